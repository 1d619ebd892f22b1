//! A recount by another program path: random commitments and cases, measured by `domain` and counted again naively, day by day.
//!
//! `BILAN_RECOUNT_CASES` sets how many cases (10^6 otherwise), `BILAN_RECOUNT_SEED` which. Both are printed with `--nocapture`,
//! and with the first disagreement, which holds everything that is needed to work it out by hand.

#[path = "recount/figures.rs"]
mod figures;
#[path = "recount/naive.rs"]
mod naive;
#[path = "recount/random.rs"]
mod random;
#[path = "recount/world.rs"]
mod world;

use bilan::domain::clock::Course;
use bilan::domain::judge::{Case, Judge, Judged};
use bilan::domain::tally::Tally;
use figures::Expected;
use naive::{Fate, Recount};
use random::{Random, setting};
use std::sync::atomic::{AtomicU64, Ordering};
use world::{RandomCalendar, RandomCase, World, calendars};

/// Cases of one world.
const CASES: u64 = 50;

#[test]
fn a_naive_recount_agrees_on_every_random_case() {
    let cases = setting("BILAN_RECOUNT_CASES", 1_000_000);
    let seed = setting("BILAN_RECOUNT_SEED", 20_250_401);
    println!("BILAN_RECOUNT_CASES={cases} BILAN_RECOUNT_SEED={seed}");
    let calendars = calendars(seed);
    let worlds = cases.div_ceil(CASES);
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let found: Vec<Result<Seen, (u64, String)>> = std::thread::scope(|scope| {
        let work = || {
            let mut seen = Seen::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= worlds {
                    return Ok(seen);
                }
                if let Err(difference) = recount(seed, number, &calendars, &mut seen) {
                    next.store(worlds, Ordering::Relaxed);
                    return Err((number, difference));
                }
            }
        };
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread of the recount")).collect()
    });
    let first = found.iter().filter_map(|result| result.as_ref().err()).min();
    if let Some((number, difference)) = first {
        panic!("BILAN_RECOUNT_SEED={seed}, world {number}\n{difference}");
    }
    let seen = found.into_iter().flatten().fold(Seen::default(), Seen::and);
    println!("{seen:?}");
    // What the cases are for must be among them, or their agreement says little.
    let shares = [seen.met, seen.missed, seen.pending, seen.outside, seen.not_started, seen.excluded, seen.unusable, seen.open];
    assert!(cases < 100_000 || shares.iter().all(|&share| share * 200 > cases), "hardly any of a kind: {seen:?}");
}

/// How many cases of each kind there were.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    met: u64,
    missed: u64,
    pending: u64,
    outside: u64,
    not_started: u64,
    excluded: u64,
    unusable: u64,
    open: u64,
}

impl Seen {
    fn and(self, other: Seen) -> Seen {
        Seen {
            met: self.met + other.met,
            missed: self.missed + other.missed,
            pending: self.pending + other.pending,
            outside: self.outside + other.outside,
            not_started: self.not_started + other.not_started,
            excluded: self.excluded + other.excluded,
            unusable: self.unusable + other.unusable,
            open: self.open + other.open,
        }
    }
}

/// One world: every case by itself, then all of them together.
fn recount(seed: u64, number: u64, calendars: &[RandomCalendar], seen: &mut Seen) -> Result<(), String> {
    let mut random = Random::of(seed, number);
    let world = World::new(&mut random, calendars);
    let calendar = &calendars[world.calendar];
    let recount = Recount::declared(&world, calendar);
    let commitment = &world.commitment;
    let judge = Judge::new(commitment, &world.period, &calendar.calendar, &world.zone, world.as_of);
    let empty = || Tally::new(commitment.clock.exits.len(), commitment.exclude.len(), commitment.breakdown.len());
    let (mut all, mut whole) = (Expected::new(commitment.breakdown.len()), empty());
    for _ in 0..CASES {
        let case = world.case(&mut random);
        let mut expected = Expected::new(commitment.breakdown.len());
        expected.add(&recount, &case);
        let values: Vec<&str> = case.values.iter().map(String::as_str).collect();
        let mut tally = empty();
        let judged = Case { events: &case.events, exclude_rule: case.exclude_rule, values: &values };
        let Judged { course, verdict, .. } = judge.judge(&judged, &mut tally);
        let mut differences = expected.differences(&tally);
        differences.extend(lives_differ(&recount.fate(&case), &course, &judge));
        if !differences.is_empty() {
            let found = format!("{}\nmeasured: {course:?} {verdict:?}", differences.join("\n"));
            return Err(described(&world, calendar, &case, &recount, &found));
        }
        whole.add(&tally);
        all.append(expected);
    }
    let mut differences = all.differences(&whole);
    differences.extend(all.statistics(&whole, &mut random));
    *seen = seen.and(Seen {
        met: whole.met,
        missed: whole.missed,
        pending: whole.pending,
        outside: whole.outside,
        not_started: whole.not_started,
        excluded: whole.excluded(),
        unusable: whole.unusable(),
        open: whole.stock.open,
    });
    if differences.is_empty() { Ok(()) } else { Err(format!("{}\nall cases of {world:#?}", differences.join("\n"))) }
}

/// The clock itself: start, elapsed, limit and due day, also of cases that no figure shows them of.
fn lives_differ(fate: &Fate, course: &Course, judge: &Judge<'_>) -> Vec<String> {
    let (life, clock) = match (fate, course) {
        (Fate::Started(life), Course::Running(clock)) => (life, clock),
        (Fate::NotStarted, Course::NotStarted) | (Fate::Unusable { .. }, Course::Unusable { .. }) => return Vec::new(),
        _ => return vec!["one started, the other did not".to_owned()],
    };
    let clockwork = judge.clockwork();
    let recounted = (life.first_start, life.start, life.elapsed, life.paused, life.limit, life.due);
    let measured = (
        clock.first_start.day.0,
        clock.start.day.0,
        clockwork.elapsed(clock),
        clockwork.paused(clock),
        clockwork.limit(clock),
        clockwork.due_day(clock).map(|day| day.0),
    );
    if recounted == measured {
        return Vec::new();
    }
    vec![format!("first start, start, elapsed, paused, limit, due: recounted {recounted:?}, measured {measured:?}")]
}

fn described(world: &World, calendar: &RandomCalendar, case: &RandomCase, recount: &Recount<'_>, found: &str) -> String {
    let near: Vec<_> = calendar.days_off.range(world.period.first.0 - 80..world.as_of.0 + 80).collect();
    format!(
        "{found}\nrecounted: {:?}\n{case:#?}\n{world:#?}\nweekend {:?}, days off {near:?}",
        recount.fate(case),
        calendar.weekend
    )
}
