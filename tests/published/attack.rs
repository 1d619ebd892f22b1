//! An attacker: given a breakdown as it is published, its total and the rule by which cells are masked, which is published too,
//! says what each masked cell must be, and nothing that could be otherwise.

use std::collections::BTreeMap;

/// Counted and met; `None` where masked.
pub type Cell = Option<(u64, u64)>;

/// A breakdown as published, with the figures of the whole that it is a part of.
#[derive(Debug, Clone)]
pub struct Breakdown {
    pub commitment: String,
    /// `by_month`, or the field.
    pub name: String,
    pub total: (u64, u64),
    pub cells: Vec<(String, Cell)>,
    pub minimum: u64,
    pub rule: Rule,
}

/// By which rule cells were masked, which the method note of the report says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Small cells and others with them (section 5).
    Whole,
    /// Small cells alone: too weak, so that an attacker must succeed.
    SmallOnly,
}

/// What was recovered: of each masked cell, by its place.
#[derive(Debug)]
pub struct Recovered {
    pub facts: BTreeMap<usize, Vec<Fact>>,
    /// Whether every way to fill the masked cells was tried.
    pub exhaustive: bool,
}

/// What an attacker knows of a masked cell for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Counted(u64),
    Met(u64),
}

/// More ways to fill the masked cells than this are not tried one by one: bounds are then taken instead, which is less.
const MOST_TRIED: usize = 100_000;

/// What can be worked out of each masked cell, by its place.
pub fn recovered(breakdown: &Breakdown) -> Recovered {
    let places: Vec<usize> = (0..breakdown.cells.len()).filter(|&place| breakdown.cells[place].1.is_none()).collect();
    let seen = breakdown.cells.iter().filter_map(|(_, cell)| *cell);
    let (counted, met) = seen.fold(breakdown.total, |(counted, met), cell| (counted - cell.0, met - cell.1));
    let (counts, exhaustive) = possible_counts(breakdown, &places, counted);
    let mut facts = BTreeMap::new();
    for (index, &place) in places.iter().enumerate() {
        let (low, high) = counts[index];
        let mut known = Vec::new();
        if low == high {
            known.push(Fact::Counted(low));
        }
        // Those that were on time elsewhere are at most the cases elsewhere.
        let met_low = met.saturating_sub(counted - low);
        let met_high = met.min(high);
        if met_low == met_high {
            known.push(Fact::Met(met_low));
        }
        if !known.is_empty() {
            facts.insert(place, known);
        }
    }
    Recovered { facts, exhaustive }
}

/// The smallest and the largest count of each masked cell, over all ways to fill them that would have been masked so; and
/// whether all ways were tried.
fn possible_counts(breakdown: &Breakdown, places: &[usize], sum: u64) -> (Vec<(u64, u64)>, bool) {
    let spare = sum - (places.len() as u64 - u64::from(!places.is_empty()));
    let mut bounds = vec![(u64::MAX, 0); places.len()];
    let mut tried = 0;
    let mut counts = vec![1; places.len()];
    let mut fill = |counts: &[u64]| {
        tried += 1;
        if tried <= MOST_TRIED && masked_by_the_rule(breakdown, places, counts) {
            for (bound, &count) in bounds.iter_mut().zip(counts) {
                *bound = (bound.0.min(count), bound.1.max(count));
            }
        }
        tried <= MOST_TRIED
    };
    each_filling(&mut counts, 0, sum, &mut fill);
    if tried > MOST_TRIED {
        let lowest = if places.len() == 1 { sum } else { 1 };
        bounds = vec![(lowest, spare); places.len()];
    }
    (bounds, tried <= MOST_TRIED)
}

/// All lists of positive counts with a sum. Stops when `fill` says so.
fn each_filling(counts: &mut [u64], place: usize, left: u64, fill: &mut dyn FnMut(&[u64]) -> bool) -> bool {
    if place == counts.len() {
        return left > 0 || fill(counts);
    }
    let after = (counts.len() - place - 1) as u64;
    let least = if after == 0 { left } else { 1 };
    for count in least..=left.saturating_sub(after) {
        counts[place] = count;
        if count > 0 && !each_filling(counts, place + 1, left - count, fill) {
            return false;
        }
    }
    true
}

/// Section 5, small numbers, word for word: whether these counts would have been masked at these places.
fn masked_by_the_rule(breakdown: &Breakdown, places: &[usize], counts: &[u64]) -> bool {
    let mut cells: Vec<u64> = breakdown.cells.iter().map(|(_, cell)| cell.map_or(0, |cell| cell.0)).collect();
    for (&place, &count) in places.iter().zip(counts) {
        cells[place] = count;
    }
    let mut masked: Vec<usize> = (0..cells.len()).filter(|&place| 0 < cells[place] && cells[place] < breakdown.minimum).collect();
    let none_small = masked.is_empty();
    let whole = breakdown.rule == Rule::Whole;
    while whole && !none_small && (masked.len() < 2 || masked.iter().map(|&place| cells[place]).sum::<u64>() < breakdown.minimum)
    {
        let open = (0..cells.len()).filter(|place| cells[*place] > 0 && !masked.contains(place));
        match open.min_by_key(|&place| (cells[place], cells.len() - place)) {
            Some(place) => masked.push(place),
            None => break,
        }
    }
    masked.sort_unstable();
    masked == places
}
