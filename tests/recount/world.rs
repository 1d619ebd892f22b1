//! Random commitments, calendars and cases: everything that the measurement rules allow, crowded on few days so that ties are common.

use super::random::Random;
use bilan::domain::calendar::{Calendar, Day, DayOff, DaysOff};
use bilan::domain::clock::{Event, Moment, Zone};
use bilan::domain::commitment::{
    ClockRule, Cohort, Commitment, CountFrom, EventId, ExcludeRule, Exit, LimitVersion, PauseRule, ReceivedWhenClosed, Treatment,
    Unit,
};
use bilan::domain::project::Period;
use bilan::domain::text::Text;
use chrono::Weekday;
use std::collections::{BTreeMap, BTreeSet};

/// How many calendars a run uses: building one counts four centuries of days.
const CALENDARS: u64 = 48;

/// A time zone with one change of its offset, at noon of a day.
#[derive(Debug, Clone, Copy)]
pub struct OneChange {
    pub before: i64,
    pub after: i64,
    pub day: i32,
}

impl Zone for OneChange {
    fn day_of(&self, seconds: i64) -> Day {
        let near = seconds.div_euclid(86_400) as i32;
        let holds = |day: &i32| self.start_of(Day(*day)) <= seconds && seconds < self.start_of(Day(*day + 1));
        Day((near - 2..=near + 2).find(holds).expect("an instant lies on one day"))
    }

    fn start_of(&self, day: Day) -> i64 {
        i64::from(day.0) * 86_400 - if day.0 <= self.day { self.before } else { self.after }
    }
}

/// A calendar and what it was made of.
pub struct RandomCalendar {
    pub calendar: Calendar,
    pub weekend: Vec<Weekday>,
    pub days_off: BTreeSet<i32>,
    /// Cases of this calendar lie some months after this day.
    pub base: i32,
}

impl RandomCalendar {
    fn new(random: &mut Random) -> RandomCalendar {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let usual = vec![Sat, Sun];
        let weekend = random.pick(&[
            usual.clone(),
            usual,
            vec![Fri, Sat],
            vec![],
            vec![Sun],
            vec![Thu, Fri, Sat, Sun, Mon, Tue],
            vec![Wed],
        ]);
        // 1908, 1970 (over day 0), 1999 (over 29 February 2000), 2024, 2099 (over 28 February 2100), 2190.
        let base = random.pick(&[-22_600, -100, 10_900, 20_000, 47_400, 80_400]);
        let dense = random.pick(&[0, 4, 4, 30]);
        let days_off = (base - 100..base + 900).filter(|_| random.chance(dense)).collect();
        RandomCalendar { calendar: calendar(&weekend, &days_off), weekend, days_off, base }
    }
}

/// The calendar with these days off.
pub fn calendar(weekend: &[Weekday], days_off: &BTreeSet<i32>) -> Calendar {
    let day_off =
        |&day: &i32| (Day(day), DayOff { day: Day(day), name: Text::default(), source: String::new(), closure: day % 2 == 0 });
    let days: BTreeMap<Day, DayOff> = days_off.iter().map(day_off).collect();
    Calendar::new(DaysOff { weekend: weekend.to_vec(), days })
}

/// The calendars of a run.
pub fn calendars(seed: u64) -> Vec<RandomCalendar> {
    (0..CALENDARS).map(|number| RandomCalendar::new(&mut Random::of(seed ^ 0xca1e_da20, number))).collect()
}

/// A commitment with the period and the knowledge date for which it is measured.
#[derive(Debug, Clone)]
pub struct World {
    pub calendar: usize,
    pub zone: OneChange,
    pub commitment: Commitment,
    pub period: Period,
    pub as_of: Day,
}

/// A case of a world.
#[derive(Debug, Clone)]
pub struct RandomCase {
    pub events: Vec<Event>,
    pub exclude_rule: Option<usize>,
    pub values: Vec<String>,
}

/// Events that a rule may name.
const VOCABULARY: u32 = 11;

impl World {
    /// A random world on one of the calendars.
    pub fn new(random: &mut Random, calendars: &[RandomCalendar]) -> World {
        let calendar = random.below(calendars.len());
        let base = calendars[calendar].base;
        let first = base + random.between(30, 90) as i32;
        let length = random.pick(&[0, 6, 13, 29, 29, 60, 60, 364]);
        let period = Period { label: "P".to_owned(), first: Day(first), last: Day(first + length) };
        let as_of = Day(period.last.0 + random.pick(&[0, 0, 1, 4, 12, 40]));
        let offsets = [-14_400, -18_000, 0, 3_600, 20_700];
        let zone = OneChange {
            before: random.pick(&offsets),
            after: random.pick(&offsets),
            day: random.between(i64::from(first) - 20, i64::from(as_of.0) + 20) as i32,
        };
        let exits = random.pick(&[0, 1, 1, 2, 3]);
        let clock = clock_rule(random, exits, &period);
        let commitment = Commitment {
            id: "c".to_owned(),
            section: 0,
            source: 0,
            title: Text::default(),
            short: Text::default(),
            noun: None,
            cite: None,
            condition: Vec::new(),
            clock,
            exclude: (0..random.below(3)).map(exclude_rule).collect(),
            counted_by: random.pick(&[Cohort::Stop, Cohort::Due, Cohort::Start]),
            goal: None,
            breakdown: (0..random.below(3)).collect(),
        };
        World { calendar, zone, commitment, period, as_of }
    }

    /// A random case; events lie around one day, often on the same, some before the period and some after the knowledge date.
    pub fn case(&self, random: &mut Random) -> RandomCase {
        let (first, last) = (i64::from(self.period.first.0), i64::from(self.period.last.0));
        let centre =
            if random.chance(60) { random.between(first, last) } else { random.between(first - 25, i64::from(self.as_of.0) + 3) };
        let spread = random.pick(&[0, 1, 3, 3, 7, 15, 45]);
        // For minutes: seconds in steps, so that instants tie as well.
        let step = random.pick(&[20, 60, 900, 7_200]);
        let first_second = random.between(0, 86_399);
        let moment = |random: &mut Random| {
            let day = (centre + random.between(-spread, spread)) as i32;
            let second = (first_second + step * random.between(0, 12)) % 86_400;
            let seconds = self.zone.start_of(Day(day)) + second;
            Moment { seconds, day: self.zone.day_of(seconds) }
        };
        let mut events = Vec::new();
        if random.chance(90) {
            events.push(Event { kind: random.pick(&self.commitment.clock.start), moment: moment(random) });
        }
        if random.chance(35) {
            events.push(Event { kind: random.pick(&self.commitment.clock.stop), moment: moment(random) });
        }
        for _ in 0..random.pick(&[0, 1, 2, 3, 4, 6, 9]) {
            let kind = EventId(random.below(VOCABULARY as usize) as u32);
            events.push(Event { kind, moment: moment(random) });
        }
        random.shuffle(&mut events);
        let rules = self.commitment.exclude.len();
        let exclude_rule = (rules > 0 && random.chance(15)).then(|| random.below(rules));
        let values = self.commitment.breakdown.iter().map(|_| random.pick(&["", "a", "b", "é"]).to_owned()).collect();
        RandomCase { events, exclude_rule, values }
    }
}

fn exclude_rule(number: usize) -> ExcludeRule {
    ExcludeRule { name: format!("rule-{number}"), condition: Vec::new(), because: Text::default() }
}

/// Each event has one part most of the time; in some worlds an event may have several.
fn clock_rule(random: &mut Random, exits: usize, period: &Period) -> ClockRule {
    let mixed = random.chance(15);
    let event = |usual: u32, random: &mut Random| {
        let number = if mixed { random.below(VOCABULARY as usize) as u32 } else { usual };
        EventId(number)
    };
    let unit = random.pick(&[Unit::BusinessDays, Unit::BusinessDays, Unit::CalendarDays, Unit::Minutes]);
    let start = (0..1 + random.below(2) as u32).map(|number| event(number, random)).collect();
    let stop = (0..1 + random.below(2) as u32).map(|number| event(2 + number, random)).collect();
    let restarts = (0..random.below(2) as u32).map(|number| event(4 + number, random)).collect();
    let pauses = (0..random.below(3) as u32)
        .map(|number| PauseRule { from: event(5 + number, random), until: event(7 - number, random) })
        .collect();
    let mut names: Vec<EventId> = Vec::new();
    for number in 0..exits as u32 {
        let name = event(8 + number, random);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    random.shuffle(&mut names);
    let treatments = [Treatment::Exclude, Treatment::Missed, Treatment::ByWait];
    let in_days = unit != Unit::Minutes;
    ClockRule {
        unit,
        limits: limits(random, unit, period),
        start,
        stop,
        restarts,
        pauses,
        exits: names.into_iter().map(|event| Exit { event, treatment: random.pick(&treatments) }).collect(),
        count_from: if in_days && random.chance(40) { CountFrom::SameDay } else { CountFrom::NextDay },
        received_when_closed: if in_days && random.chance(40) {
            ReceivedWhenClosed::NextBusinessDay
        } else {
            ReceivedWhenClosed::AsReceived
        },
    }
}

/// One to three versions that follow one another without gap.
fn limits(random: &mut Random, unit: Unit, period: &Period) -> Vec<LimitVersion> {
    let sizes: &[u32] = if unit == Unit::Minutes { &[1, 2, 3, 15, 120, 1440, 5000] } else { &[1, 1, 2, 3, 5, 10, 25] };
    let mut borders: Vec<i32> = (0..random.below(3)).map(|_| period.first.0 + random.between(-20, 20) as i32).collect();
    borders.sort_unstable();
    borders.dedup();
    let from = std::iter::once(None).chain(borders.iter().map(|&day| Some(Day(day))));
    let until = borders.iter().map(|&day| Some(Day(day - 1))).chain(std::iter::once(None));
    from.zip(until).map(|(from, until)| LimitVersion { from, until, limit: random.pick(sizes) }).collect()
}
