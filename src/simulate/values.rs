//! Which values a field may have in an invented export, and how often.

use crate::domain::commitment::Commitment;
use crate::domain::source::Source;

/// Values for usual field names, with their weights. The regions are the 17 administrative regions of Québec.
const CATALOGUE: &str = include_str!("fields.csv");

/// The weight of a value that the catalogue does not know.
const USUAL_WEIGHT: u64 = 10;

/// A value and how often it occurs, relative to the others of its field.
pub struct Choice {
    pub value: String,
    pub weight: u64,
    /// The same on a day when nobody is there: nothing is handed in at a counter on a Sunday.
    pub weight_when_closed: u64,
}

/// The choices for each field of `source`: those of the catalogue, those that its commitments ask for, and those that
/// they exclude, which are rare. A field of which nothing is known gets three unequal letters.
pub fn choices(source: &Source, commitments: &[&Commitment]) -> Vec<Vec<Choice>> {
    (0..source.fields.len()).map(|field| choices_of(source, field, commitments)).collect()
}

/// How often `value` occurs in the field called `field`.
pub fn weight(field: &str, value: &str) -> u64 {
    catalogue(field).find(|choice| choice.value == value).map_or(USUAL_WEIGHT, |choice| choice.weight)
}

fn catalogue(field: &str) -> impl Iterator<Item = Choice> {
    CATALOGUE.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split(',');
        let (name, value) = (cells.next()?, cells.next()?);
        let mut weight = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(USUAL_WEIGHT);
        (name == field).then(|| Choice { value: value.to_owned(), weight: weight(), weight_when_closed: weight() })
    })
}

fn choices_of(source: &Source, field: usize, commitments: &[&Commitment]) -> Vec<Choice> {
    let name = &source.fields[field].name;
    let asked = commitments.iter().flat_map(|commitment| &commitment.condition);
    let asked: Vec<&String> =
        asked.filter(|condition| condition.field == field).flat_map(|condition| &condition.values).collect();
    let mut choices: Vec<Choice> = catalogue(name).collect();
    // A field that commitments ask for holds what they ask for: values of another ministry would be in no figure.
    if !asked.is_empty() {
        choices.retain(|choice| asked.contains(&&choice.value));
    }
    for value in asked {
        add(&mut choices, value, USUAL_WEIGHT);
    }
    if choices.is_empty() {
        for (value, weight) in [("A", 60), ("B", 30), ("C", 10)] {
            add(&mut choices, value, weight);
        }
    }
    let rare = (choices.iter().map(|choice| choice.weight).sum::<u64>() / 50).max(1);
    let rules = commitments.iter().flat_map(|commitment| &commitment.exclude).flat_map(|rule| &rule.condition);
    for value in rules.filter(|condition| condition.field == field).flat_map(|condition| &condition.values) {
        add(&mut choices, value, rare);
    }
    choices
}

fn add(choices: &mut Vec<Choice>, value: &str, weight: u64) {
    if choices.iter().all(|choice| choice.value != value) {
        choices.push(Choice { value: value.to_owned(), weight, weight_when_closed: weight });
    }
}
