//! The draw: seeded, by strata, and such that anybody can do it again with `sha256sum` and a sorted list.

use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::clock::Course;
use crate::domain::judge::Verdict;
use crate::domain::sampling::{Aim, Share};
use crate::domain::strata::Stratum;
use crate::measure::{JudgedCase, Witness};

use super::trace::Mention;

/// What decides the order of a case in the draw: SHA-256 of `seed|id`, so that no order of rows or files and no machine matters.
pub type Key = [u8; 32];

/// One case in this many of the size is the least that each stratum gives.
const QUOTA: u64 = 20;
/// So many cases that drawing one changes nothing: no population needs a larger sample.
const ENDLESS: u64 = 1_000_000_000_000;

/// How many cases are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// So many in all.
    Given(u64),
    /// As many at random as proves that fewer than `tolerable` cases are in error, and those that the strata add.
    Planned { tolerable: Share, expected: Share },
}

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// The place of the commitment in the project.
    pub commitment: usize,
    pub seed: u64,
    pub confidence: Share,
    pub size: Size,
}

impl Plan {
    fn aim(&self) -> Option<Aim> {
        match self.size {
            Size::Given(_) => None,
            Size::Planned { tolerable, expected } => Some(Aim { confidence: self.confidence, tolerable, expected }),
        }
    }

    /// The size for so many counted cases; `None` where no sample of a sensible size proves what is wanted.
    fn size(&self, counted: u64) -> Option<u64> {
        match (self.size, self.aim()) {
            (Size::Given(size), _) => Some(size),
            (Size::Planned { .. }, aim) => aim.and_then(|aim| aim.size(counted)),
        }
    }
}

/// A case that may be drawn, as the exports tell it and as it was judged.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: String,
    pub values: Vec<String>,
    /// In order of time.
    pub rows: Vec<Mention>,
    pub course: Course,
    pub verdict: Verdict,
}

/// Looks at every case of one commitment and keeps those that may be drawn.
#[derive(Debug, Clone)]
pub struct Drawing {
    plan: Plan,
    /// How many candidates are kept of each stratum, and of the longest.
    kept: usize,
    kept_longest: usize,
    /// By stratum, the longest still among the others.
    population: BTreeMap<Stratum, u64>,
    lists: BTreeMap<Stratum, BTreeMap<Key, Candidate>>,
    longest: BTreeMap<(Reverse<i64>, Key), (Stratum, Candidate)>,
}

impl Drawing {
    /// A draw that has seen no case yet; `None` where the plan needs more cases than anybody would look at.
    pub fn new(plan: Plan) -> Option<Drawing> {
        let most = plan.size(ENDLESS)?;
        let quota = most.div_ceil(QUOTA);
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Some(Drawing {
            plan,
            kept: place(most + quota),
            kept_longest: place(quota),
            population: BTreeMap::new(),
            lists: BTreeMap::new(),
            longest: BTreeMap::new(),
        })
    }

    /// Takes what the other source's drawing has: only one of them has seen the commitment.
    pub fn or(self, other: Drawing) -> Drawing {
        if self.population.is_empty() { other } else { self }
    }

    /// Draws.
    pub fn draw(mut self) -> Sample {
        let counted = self.population.iter().filter(|(stratum, _)| stratum.is_counted()).map(|(_, cases)| cases).sum();
        let size = self.plan.size(counted).unwrap_or(counted);
        let quota = size.div_ceil(QUOTA);
        let in_order = self.in_order();
        let strata = self.strata(quota);
        let chosen = choose(self.plan.size, size, quota, &strata, &in_order);
        let lines = Stratum::ALL.map(|stratum| {
            let drawn = || chosen.keys.iter().filter(|key| strata.get(*key) == Some(&stratum));
            StratumLine {
                stratum,
                population: self.population.get(&stratum).copied().unwrap_or(0),
                drawn: drawn().count() as u64,
                at_random: drawn().filter(|key| chosen.at_random.contains(*key)).count() as u64,
            }
        });
        let mut cases: Vec<Drawn> = Vec::new();
        let longest = std::mem::take(&mut self.longest).into_iter().map(|((_, key), (_, candidate))| (key, candidate));
        let candidates: BTreeMap<Key, Candidate> = longest.chain(self.lists.into_values().flatten()).collect();
        for (key, candidate) in candidates {
            if let Some(&stratum) = strata.get(&key).filter(|_| chosen.keys.contains(&key)) {
                cases.push(Drawn { stratum, at_random: chosen.at_random.contains(&key), key, candidate });
            }
        }
        cases.sort_by_key(|case| (case.stratum, case.key));
        let at_random = chosen.at_random.len() as u64;
        Sample { plan: self.plan, size, quota, counted, at_random, strata: lines, cases }
    }

    /// The keys of counted cases, then those of all others, each in order.
    fn in_order(&self) -> [BTreeSet<Key>; 2] {
        let keys = |is_counted: bool| {
            let lists = self.lists.iter().filter(|(stratum, _)| stratum.is_counted() == is_counted);
            lists.flat_map(|(_, list)| list.keys().copied()).collect()
        };
        [keys(true), keys(false)]
    }

    /// The stratum of every candidate, now that the `quota` longest are known.
    fn strata(&mut self, quota: u64) -> BTreeMap<Key, Stratum> {
        let lists = self.lists.iter();
        let mut strata: BTreeMap<Key, Stratum> =
            lists.flat_map(|(stratum, list)| list.keys().map(|key| (*key, *stratum))).collect();
        let quota = usize::try_from(quota).unwrap_or(usize::MAX);
        for ((_, key), (stratum, _)) in self.longest.iter().take(quota) {
            strata.insert(*key, Stratum::Longest);
            *self.population.entry(*stratum).or_default() -= 1;
            *self.population.entry(Stratum::Longest).or_default() += 1;
        }
        strata
    }
}

impl Witness for Drawing {
    fn take(&mut self, case: &JudgedCase<'_>) {
        if case.commitment != self.plan.commitment {
            return;
        }
        let clockwork = case.judge.clockwork();
        let Some(stratum) = Stratum::of(clockwork, &case.judged.course, case.judged.verdict) else { return };
        *self.population.entry(stratum).or_default() += 1;
        let key = key(self.plan.seed, case.row.id);
        keep(self.lists.entry(stratum).or_default(), self.kept, key, || candidate(case));
        if let (true, Course::Running(clock)) = (stratum.is_counted(), &case.judged.course) {
            let place = (Reverse(clockwork.elapsed(clock)), key);
            keep(&mut self.longest, self.kept_longest, place, || (stratum, candidate(case)));
        }
    }

    fn append(&mut self, later: Self) {
        for (stratum, cases) in later.population {
            *self.population.entry(stratum).or_default() += cases;
        }
        for (stratum, list) in later.lists {
            let kept = self.lists.entry(stratum).or_default();
            list.into_iter().for_each(|(key, candidate)| keep(kept, self.kept, key, || candidate));
        }
        for (place, candidate) in later.longest {
            keep(&mut self.longest, self.kept_longest, place, || candidate);
        }
    }
}

/// SHA-256 of the seed, a vertical bar and the id, all in UTF-8.
fn key(seed: u64, id: &str) -> Key {
    Sha256::digest(format!("{seed}|{id}")).into()
}

/// Keeps a value if it belongs to the first `most` by key.
fn keep<K: Ord, V>(kept: &mut BTreeMap<K, V>, most: usize, key: K, value: impl FnOnce() -> V) {
    if kept.len() < most || kept.last_key_value().is_some_and(|(last, _)| key < *last) {
        kept.insert(key, value());
        if kept.len() > most {
            kept.pop_last();
        }
    }
}

fn candidate(case: &JudgedCase<'_>) -> Candidate {
    let rows = case.row.events.iter().zip(case.row.origins);
    let mut rows: Vec<Mention> = rows.map(|(&event, &origin)| Mention { event, origin }).collect();
    rows.sort_by_key(|row| (row.event.moment, row.origin));
    Candidate {
        id: case.row.id.to_owned(),
        values: case.row.values.iter().map(|value| (*value).to_owned()).collect(),
        rows,
        course: case.judged.course.clone(),
        verdict: case.judged.verdict,
    }
}

struct Chosen {
    keys: BTreeSet<Key>,
    /// Those that stand before all others of the counted cases.
    at_random: BTreeSet<Key>,
}

/// First the first `quota` of each stratum, in the order of strata; then all counted cases in order of their keys, from the first:
/// `size` of them where that was planned, else until `size` cases are chosen in all; then all others in the same way.
fn choose(
    wanted: Size,
    size: u64,
    quota: u64,
    strata: &BTreeMap<Key, Stratum>,
    [counted, others]: &[BTreeSet<Key>; 2],
) -> Chosen {
    let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let most = match wanted {
        Size::Given(size) => place(size),
        Size::Planned { .. } => usize::MAX,
    };
    let mut keys = BTreeSet::new();
    for stratum in Stratum::ALL {
        let members = strata.iter().filter(|(_, of)| **of == stratum).map(|(key, _)| *key);
        let room = most - keys.len();
        keys.extend(members.take(place(quota).min(room)));
    }
    let mut at_random = BTreeSet::new();
    let walked = match wanted {
        Size::Given(_) => usize::MAX,
        Size::Planned { .. } => place(size),
    };
    for key in counted.iter().take(walked) {
        if !keys.contains(key) && keys.len() >= most {
            break;
        }
        keys.insert(*key);
        at_random.insert(*key);
    }
    if let Size::Given(_) = wanted {
        for key in others {
            if keys.len() < most {
                keys.insert(*key);
            }
        }
    }
    Chosen { keys, at_random }
}

/// One stratum of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StratumLine {
    pub stratum: Stratum,
    pub population: u64,
    pub drawn: u64,
    /// Of those drawn, how many belong to the random selection.
    pub at_random: u64,
}

/// A case that was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub stratum: Stratum,
    /// Whether it belongs to the random selection, from which all counted cases may be judged; else its stratum asked for it.
    pub at_random: bool,
    pub key: Key,
    pub candidate: Candidate,
}

/// An audit sample of one commitment.
#[derive(Debug, Clone)]
pub struct Sample {
    pub plan: Plan,
    /// Given or planned.
    pub size: u64,
    /// The least that each stratum gives, as far as it has cases.
    pub quota: u64,
    /// Counted cases: what the random selection is drawn from.
    pub counted: u64,
    /// How many of them belong to the random selection.
    pub at_random: u64,
    pub strata: [StratumLine; 8],
    /// In the order of strata and keys.
    pub cases: Vec<Drawn>,
}
