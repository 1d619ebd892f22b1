//! Which column could play which part.

use std::collections::HashMap;

use super::column::{Column, ID_WORDS, fingerprint};
use crate::diagnostic::distance;

const EVENT_WORDS: [&str; 9] = ["event", "even", "activit", "etape", "action", "concept", "statut", "status", "code"];
const SECONDS_WORDS: [&str; 5] = ["sec", "wait", "attente", "dur", "s"];

/// The column or the two columns of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    One(usize),
    Pair(usize, usize),
}

impl At {
    /// The column of the date.
    pub fn date(self) -> usize {
        match self {
            At::One(place) | At::Pair(place, _) => place,
        }
    }
}

/// The parts of the columns of a group, by their places. First choices; the others are left to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// One row per event, instead of one per case.
    pub is_log: bool,
    /// Why, in words.
    pub because: String,
    pub id: Option<usize>,
    pub other_ids: Vec<usize>,
    /// In a log, the column that says what happened.
    pub event: Option<usize>,
    pub other_events: Vec<usize>,
    pub at: Vec<At>,
    /// Columns of whole seconds, from which an event could be derived.
    pub seconds: Vec<usize>,
    pub fields: Vec<usize>,
}

impl Parts {
    /// Finds the parts. `walk` hands the values of the columns asked for, row by row, to the function that it is given.
    pub fn find(columns: &[Column], walk: &Walk<'_>) -> Parts {
        let at = timestamps(columns);
        let by_id_name = |places: Vec<usize>| by_name(columns, places, &ID_WORDS);
        let all = 0..columns.len();
        let unique = by_id_name(all.clone().filter(|&place| columns[place].tells_rows_apart()).collect());
        let mut grouping: Vec<usize> =
            all.filter(|&place| columns[place].may_group() && !columns[place].is_named(&SECONDS_WORDS)).collect();
        grouping.sort_by_key(|&place| (!columns[place].is_named(&ID_WORDS), std::cmp::Reverse(columns[place].different())));
        if let Some(&case) = grouping.first().filter(|_| !at.is_empty())
            && let Some(mut log) = log(columns, case, &unique, &at, walk)
        {
            log.other_ids = grouping.into_iter().filter(|&place| place != case && columns[place].is_named(&ID_WORDS)).collect();
            return log;
        }
        let id = unique.first().copied();
        let because = match id {
            Some(id) => match &columns[id].repeated {
                None => format!("every row has another `{}`", columns[id].name),
                Some((value, first, second)) => {
                    let again = columns[id].filled - columns[id].different();
                    format!(
                        "nearly every row has another `{}`; {again} come again, such as {value} on lines {first} and {second}",
                        columns[id].name
                    )
                }
            },
            None => "no column names a case in several rows, and none tells all rows apart".to_owned(),
        };
        let seconds: Vec<usize> =
            (0..columns.len()).filter(|&place| columns[place].is_number() && columns[place].is_named(&SECONDS_WORDS)).collect();
        let fields = fields(columns, |place| Some(place) == id || seconds.contains(&place));
        let other_ids = unique.into_iter().skip(1).collect();
        Parts { is_log: false, because, id, other_ids, event: None, other_events: Vec::new(), at, seconds, fields }
    }
}

/// Hands the values of some columns, row by row, to a function.
pub type Walk<'w> = dyn Fn(&[usize], &mut dyn FnMut(&[String])) + 'w;

/// The parts of a log of events by `case`, when the rows of a case tell of different things.
fn log(columns: &[Column], case: usize, unique: &[usize], at: &[At], walk: &Walk<'_>) -> Option<Parts> {
    let codes: Vec<usize> = (0..columns.len())
        .filter(|&place| place != case && columns[place].codes().is_some() && columns[place].may_name())
        .collect();
    let dates: Vec<usize> = at.iter().map(|at| at.date()).collect();
    let asked: Vec<usize> = [case].into_iter().chain(codes.iter().copied()).chain(dates.iter().copied()).collect();
    let varying = cases_that_vary(&asked, walk);
    let several = varying[0];
    let vary = |place: &usize| asked.iter().skip(1).position(|other| other == place).map_or(0, |at| varying[at + 1]);
    let mut events: Vec<usize> = codes.iter().copied().filter(|place| vary(place) * 2 >= several).collect();
    events.sort_by_key(|place| (!columns[*place].is_named(&EVENT_WORDS), std::cmp::Reverse(vary(place))));
    let event = events.first().copied().filter(|_| several > 0)?;
    // A table of cases has columns that come back as well: where a column tells all rows apart, names must speak for a log.
    let spoken = columns[event].is_named(&EVENT_WORDS) && columns[case].is_named(&ID_WORDS);
    if !unique.is_empty() && !spoken {
        return None;
    }
    let mut at = at.to_vec();
    at.sort_by_key(|at| (std::cmp::Reverse(vary(&at.date())), std::cmp::Reverse(columns[at.date()].different())));
    let (value, first, second) = columns[case].repeated.clone().unwrap_or_default();
    let because = format!(
        "`{}` comes back ({value} on lines {first} and {second}), and `{}` changes from row to row of {} of the {several} cases with several rows",
        columns[case].name,
        columns[event].name,
        vary(&event)
    );
    let fields = fields(columns, |place| place == case || events.first() == Some(&place));
    let other_events = events.into_iter().skip(1).collect();
    let parts = Parts {
        is_log: true,
        because,
        id: Some(case),
        other_ids: Vec::new(),
        event: Some(event),
        other_events,
        at,
        seconds: Vec::new(),
        fields,
    };
    Some(parts)
}

/// How many cases have several rows, and of those, for each further column, how many have different values in it.
fn cases_that_vary(asked: &[usize], walk: &Walk<'_>) -> Vec<u64> {
    let mut cases: HashMap<u64, (Vec<u64>, Vec<bool>)> = HashMap::new();
    walk(asked, &mut |values| {
        let of_row: Vec<u64> = values.iter().skip(1).map(|value| fingerprint(value)).collect();
        match cases.entry(fingerprint(&values[0])) {
            std::collections::hash_map::Entry::Vacant(place) => drop(place.insert((of_row, Vec::new()))),
            std::collections::hash_map::Entry::Occupied(mut place) => {
                let (first, varies) = place.get_mut();
                varies.resize(first.len(), false);
                varies.iter_mut().zip(first.iter().zip(&of_row)).for_each(|(varies, (first, value))| *varies |= first != value);
            }
        }
    });
    let several = cases.values().filter(|(_, varies)| !varies.is_empty() || asked.len() == 1).count() as u64;
    let vary = |column: usize| cases.values().filter(|(_, varies)| varies.get(column) == Some(&true)).count() as u64;
    std::iter::once(several).chain((0..asked.len() - 1).map(vary)).collect()
}

/// Every column of timestamps, a date with its time of day where there is one.
fn timestamps(columns: &[Column]) -> Vec<At> {
    let mut times: Vec<usize> = (0..columns.len()).filter(|&place| columns[place].is_time()).collect();
    let stamps = |place: &usize| columns[*place].stamps.as_ref().map(|stamps| (*place, stamps.dates_alone));
    let found = (0..columns.len()).filter_map(|place| stamps(&place));
    let pair = |(place, dates_alone): (usize, bool)| {
        let near = |&time: &usize| distance(&columns[place].name, &columns[time].name);
        match times.iter().copied().min_by_key(near).filter(|_| dates_alone) {
            Some(time) => {
                times.retain(|other| *other != time);
                At::Pair(place, time)
            }
            None => At::One(place),
        }
    };
    found.map(pair).collect()
}

fn fields(columns: &[Column], taken: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..columns.len()).filter(|&place| !taken(place) && columns[place].codes().is_some()).collect()
}

/// Those whose names hold one of these words before the others, each in the order of the header.
fn by_name(columns: &[Column], mut places: Vec<usize>, words: &[&str]) -> Vec<usize> {
    places.sort_by_key(|&place| (!columns[place].is_named(words), place));
    places
}
