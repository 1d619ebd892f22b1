//! What must hold for every case, whatever the figures are: identities, and changes that may not change anything.
//!
//! `BILAN_PROPERTY_CASES` sets how many random cases each property meets (10^5 otherwise), `BILAN_PROPERTY_SEED` which.

#[path = "properties/projects.rs"]
mod projects;
#[path = "recount/random.rs"]
mod random;
#[path = "properties/reading.rs"]
mod reading;
#[path = "recount/world.rs"]
mod world;

use bilan::domain::calendar::Calendar;
use bilan::domain::clock::{Clockwork, Course, Event, Moment, Zone};
use bilan::domain::commitment::{ClockRule, Cohort, Commitment, EventId, PauseRule, ReceivedWhenClosed, Unit};
use bilan::domain::judge::{Case, Judge};
use bilan::domain::tally::Tally;
use random::{Random, setting};
use world::{RandomCalendar, RandomCase, World, calendar, calendars};

/// Cases of one world.
const CASES: u64 = 50;

/// Hands every random world with its cases to a property; `fewer` divides their number.
fn on_random_cases(fewer: u64, property: impl Fn(&mut Random, &[RandomCalendar], &World, Vec<RandomCase>)) {
    let cases = setting("BILAN_PROPERTY_CASES", 100_000) / fewer;
    let seed = setting("BILAN_PROPERTY_SEED", 20_260_331);
    println!("BILAN_PROPERTY_CASES={cases} BILAN_PROPERTY_SEED={seed}");
    let calendars = calendars(seed);
    for number in 0..cases.div_ceil(CASES) {
        let mut random = Random::of(seed, number);
        let world = World::new(&mut random, &calendars);
        let cases = (0..CASES).map(|_| world.case(&mut random)).collect();
        let told = Told { seed, number };
        property(&mut random, &calendars, &world, cases);
        drop(told);
    }
}

/// Tells which world a property failed on.
struct Told {
    seed: u64,
    number: u64,
}

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("BILAN_PROPERTY_SEED={}, world {}", self.seed, self.number);
        }
    }
}

fn tally<'a>(
    commitment: &Commitment,
    world: &World,
    calendar: &Calendar,
    cases: impl IntoIterator<Item = &'a RandomCase>,
) -> Tally {
    let judge = Judge::new(commitment, &world.period, calendar, &world.zone, world.as_of);
    let mut tally = Tally::new(commitment.clock.exits.len(), commitment.exclude.len(), commitment.breakdown.len());
    for case in cases {
        let values: Vec<&str> = case.values.iter().map(String::as_str).collect();
        judge.judge(&Case { events: &case.events, exclude_rule: case.exclude_rule, values: &values }, &mut tally);
    }
    tally
}

fn with_rule(commitment: &Commitment, clock: ClockRule) -> Commitment {
    Commitment { clock, ..commitment.clone() }
}

#[test]
fn every_case_in_scope_is_in_exactly_one_state() {
    on_random_cases(1, |_, calendars, world, cases| {
        let calendar = &calendars[world.calendar].calendar;
        for case in &cases {
            let tally = tally(&world.commitment, world, calendar, [case]);
            let states = tally.met + tally.missed + tally.pending + tally.outside + tally.not_started;
            let left_out = tally.excluded_by_exit.iter().chain(&tally.excluded_by_rule).chain(&tally.unusable).sum::<u64>();
            assert_eq!(states + left_out, 1, "{case:#?}\n{tally:#?}\n{world:#?}");
            assert_eq!(tally.in_scope(), 1);
        }
    });
}

#[test]
fn breakdowns_statistics_and_readings_fit_the_whole() {
    on_random_cases(1, |_, calendars, world, cases| {
        let tally = tally(&world.commitment, world, &calendars[world.calendar].calendar, &cases);
        let counted = tally.met + tally.missed;
        assert_eq!(tally.in_scope(), cases.len() as u64);
        assert_eq!(tally.counted(), counted);
        let cells = std::iter::once(tally.by_month.values().collect::<Vec<_>>());
        for cells in cells.chain(tally.by_field.iter().map(|field| field.values().collect())) {
            let sums = cells.iter().fold((0, 0), |sums, cell| (sums.0 + cell.counted, sums.1 + cell.met));
            assert_eq!(sums, (counted, tally.met), "{world:#?}");
            assert!(cells.iter().all(|cell| 0 < cell.counted && cell.met <= cell.counted));
        }
        assert!(tally.by_month.keys().all(|month| world.period.months().contains(month)), "{world:#?}");
        assert!(tally.met <= tally.elapsed().n() && tally.elapsed().n() <= counted);
        assert!(tally.histogram.iter().all(|(elapsed, _)| elapsed >= 0));
        assert!(tally.stock.overdue <= tally.stock.open && tally.stock.oldest.is_some() == (tally.stock.open > 0));
        // The declared cohort is one of the readings, and the unusable are added to the counted.
        let same = tally.readings[world.commitment.counted_by as usize];
        assert_eq!((same.counted, same.met), (counted, tally.met));
        assert_eq!((tally.readings[7].counted, tally.readings[7].met), (counted + tally.unusable(), tally.met));
        assert!(tally.readings[5].counted <= counted && counted <= tally.readings[6].counted, "{world:#?}\n{tally:#?}");
        assert!(tally.readings.iter().all(|reading| reading.met <= reading.counted));
    });
}

#[test]
fn the_order_of_events_and_of_cases_changes_nothing() {
    on_random_cases(1, |random, calendars, world, mut cases| {
        let calendar = &calendars[world.calendar].calendar;
        let before = tally(&world.commitment, world, calendar, &cases);
        random.shuffle(&mut cases);
        cases.iter_mut().for_each(|case| random.shuffle(&mut case.events));
        assert_eq!(before, tally(&world.commitment, world, calendar, &cases), "{world:#?}");
    });
}

#[test]
fn tallies_merged_in_any_split_equal_the_whole() {
    on_random_cases(1, |random, calendars, world, cases| {
        let calendar = &calendars[world.calendar].calendar;
        let mut parts: Vec<Vec<&RandomCase>> = vec![Vec::new(); 1 + random.below(6)];
        for case in &cases {
            let part = random.below(parts.len());
            parts[part].push(case);
        }
        let mut merged = tally(&world.commitment, world, calendar, []);
        for part in parts {
            merged.add(&tally(&world.commitment, world, calendar, part));
        }
        assert_eq!(merged, tally(&world.commitment, world, calendar, &cases), "{world:#?}");
    });
}

#[test]
fn a_longer_limit_never_lowers_met() {
    on_random_cases(1, |random, calendars, world, cases| {
        let calendar = &calendars[world.calendar].calendar;
        let declared = Commitment { counted_by: Cohort::Stop, ..world.commitment.clone() };
        let mut longer = declared.clone();
        for version in &mut longer.clock.limits {
            version.limit += random.below(4) as u32;
        }
        for case in &cases {
            let (before, after) = (tally(&declared, world, calendar, [case]), tally(&longer, world, calendar, [case]));
            assert!(before.met <= after.met, "{case:#?}\n{longer:#?}\n{world:#?}");
            // Only an exit by waiting depends on the limit: it may go from missed to excluded, and never back.
            assert!(before.excluded() <= after.excluded() && before.pending == after.pending, "{case:#?}\n{world:#?}");
        }
    });
}

#[test]
fn an_empty_pause_changes_nothing() {
    on_random_cases(1, |random, calendars, world, cases| {
        let calendar = &calendars[world.calendar].calendar;
        let before = tally(&world.commitment, world, calendar, &cases);
        let (from, until) = (EventId(90), EventId(91));
        let mut clock = world.commitment.clock.clone();
        clock.pauses.insert(random.below(clock.pauses.len() + 1), PauseRule { from, until });
        let paused = cases.into_iter().map(|mut case| {
            let mut moments: Vec<Moment> = world.case(random).events.iter().map(|event| event.moment).collect();
            moments.push(start_of_period(world));
            let moment = random.pick(&moments);
            case.events.insert(0, Event { kind: from, moment });
            case.events.push(Event { kind: until, moment });
            case
        });
        let paused: Vec<RandomCase> = paused.collect();
        assert_eq!(before, tally(&with_rule(&world.commitment, clock), world, calendar, &paused), "{world:#?}");
    });
}

#[test]
fn a_pause_split_in_two_changes_nothing() {
    on_random_cases(1, |random, calendars, world, cases| {
        let calendar = &calendars[world.calendar].calendar;
        let kinds = [90, 91, 92, 93].map(EventId);
        let mut clock = world.commitment.clock.clone();
        clock.pauses.push(PauseRule { from: kinds[0], until: kinds[1] });
        let whole_rule = with_rule(&world.commitment, clock.clone());
        clock.pauses.push(PauseRule { from: kinds[2], until: kinds[3] });
        let split_rule = with_rule(&world.commitment, clock);
        for case in cases {
            // Three moments in order: the pause runs from the first to the third, and is cut at the second.
            let mut events: Vec<Event> = std::iter::repeat_with(|| world.case(random).events).flatten().take(3).collect();
            events.sort_by_key(|event| event.moment.seconds);
            let at = |kind: EventId, place: usize| Event { kind, moment: events[place].moment };
            let with = |added: &[Event]| RandomCase { events: [&case.events, added].concat(), ..case.clone() };
            let whole = with(&[at(kinds[0], 0), at(kinds[1], 2)]);
            let split = with(&[at(kinds[0], 0), at(kinds[1], 1), at(kinds[2], 1), at(kinds[3], 2)]);
            let (one, two) = (tally(&whole_rule, world, calendar, [&whole]), tally(&split_rule, world, calendar, [&split]));
            assert_eq!(one, two, "{split:#?}\n{split_rule:#?}\n{world:#?}");
        }
    });
}

#[test]
fn a_further_holiday_never_raises_elapsed() {
    // Each world needs a calendar of its own, and building one counts four centuries of days.
    on_random_cases(10, |random, calendars, world, cases| {
        let RandomCalendar { calendar: before, weekend, days_off, .. } = &calendars[world.calendar];
        let mut more = days_off.clone();
        for _ in 0..1 + random.below(3) {
            more.insert(random.between(i64::from(world.period.first.0) - 15, i64::from(world.as_of.0)) as i32);
        }
        let after = calendar(weekend, &more);
        let rule = &world.commitment.clock;
        for case in &cases {
            let elapsed = |calendar: &Calendar| {
                let clockwork = Clockwork { rule, calendar, zone: &world.zone, as_of: world.as_of };
                match clockwork.course(&case.events) {
                    Course::Running(clock) => Some(clockwork.elapsed(&clock)),
                    Course::NotStarted | Course::Unusable { .. } => None,
                }
            };
            let (less, more) = (elapsed(before), elapsed(&after));
            assert!(less >= more && less.is_some() == more.is_some(), "{case:#?}\n{world:#?}");
            let by_day_off = rule.unit == Unit::BusinessDays || rule.received_when_closed == ReceivedWhenClosed::NextBusinessDay;
            assert!(by_day_off || less == more, "{case:#?}\n{world:#?}");
        }
    });
}

fn start_of_period(world: &World) -> Moment {
    Moment { seconds: world.zone.start_of(world.period.first), day: world.period.first }
}
