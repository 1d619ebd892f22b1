//! What each event of a case is to a clock, and the ledger of the clock, case by case (`one_case.txt`).

use bilan::domain::calendar::{Calendar, Day, DayOff, DaysOff};
use bilan::domain::clock::{Clock, Clockwork, Course, Event, Moment, Zone};
use bilan::domain::commitment::{
    ClockRule, CountFrom, EventId, Exit, LimitVersion, PauseRule, ReceivedWhenClosed, Treatment, Unit,
};
use bilan::domain::ledger::{DayLine, Stretch, days, stretches};
use bilan::domain::roles::roles;
use bilan::domain::text::Text;
use chrono::Weekday;

/// Local days are those of the instants themselves.
struct Greenwich;

impl Zone for Greenwich {
    fn day_of(&self, seconds: i64) -> Day {
        Day(i32::try_from(seconds.div_euclid(86_400)).expect("a day"))
    }

    fn start_of(&self, day: Day) -> i64 {
        i64::from(day.0) * 86_400
    }
}

fn april(day: i32) -> Day {
    Day(Day::from_ymd(2025, 4, 1).expect("a date").0 + day - 1)
}

/// The letters of the events.
fn kinds(letters: &str) -> Vec<EventId> {
    letters.chars().map(|letter| EventId(u32::from(letter))).collect()
}

fn rule(options: &str) -> ClockRule {
    let kind = |letter: &str| kinds(letter)[0];
    let pause = |from, until| PauseRule { from: kind(from), until: kind(until) };
    let exit = |letter: &str| Exit { event: kind(letter), treatment: Treatment::Exclude };
    let has = |option: &str| options.split(' ').any(|word| word == option);
    ClockRule {
        unit: if has("minutes") {
            Unit::Minutes
        } else if has("calendar-days") {
            Unit::CalendarDays
        } else {
            Unit::BusinessDays
        },
        limits: vec![LimitVersion { from: None, until: None, limit: 20 }],
        start: kinds("ST"),
        stop: kinds("DG"),
        restarts: kinds("RQZ"),
        pauses: vec![pause("N", "A"), pause("M", "B"), pause("P", "Z")],
        exits: vec![exit("W"), exit("J")],
        count_from: if has("same-day") { CountFrom::SameDay } else { CountFrom::NextDay },
        received_when_closed: if has("next-business-day") {
            ReceivedWhenClosed::NextBusinessDay
        } else {
            ReceivedWhenClosed::AsReceived
        },
    }
}

/// `S1`: a start on 1 April, or one minute after its beginning.
fn event(unit: Unit, word: &str) -> Event {
    let (letter, number) = word.split_at(1);
    let number: i32 = number.parse().expect("a number");
    let seconds = match unit {
        Unit::Minutes => Greenwich.start_of(april(1)) + i64::from(number) * 60,
        Unit::BusinessDays | Unit::CalendarDays => Greenwich.start_of(april(number)),
    };
    Event { kind: kinds(letter)[0], moment: Moment { seconds, day: Greenwich.day_of(seconds) } }
}

fn ledger(clockwork: &Clockwork<'_>, clock: &Clock) -> String {
    let lines: Vec<String> = match clockwork.rule.unit {
        Unit::Minutes => stretches(clock).iter().map(stretch).collect(),
        Unit::BusinessDays | Unit::CalendarDays => {
            days(clockwork, clock, clock.end.day().unwrap_or(clockwork.as_of)).iter().map(line).collect()
        }
    };
    lines.join(" ")
}

fn stretch(stretch: &Stretch) -> String {
    let minute = |instant: i64| (instant - Greenwich.start_of(april(1))) / 60;
    let sign = if stretch.paused { 'p' } else { '+' };
    format!("{}-{}{sign}{}", minute(stretch.from), minute(stretch.until), stretch.elapsed / 60)
}

fn line(line: &DayLine<'_>) -> String {
    let mut signs = String::new();
    let off = line.off.map(|off| if off.closure { 'c' } else { 'h' });
    signs.extend(line.weekend.then_some('w').into_iter().chain(off));
    assert_eq!(line.open, signs.is_empty(), "{line:?}");
    signs.extend(line.paused.then_some('p').into_iter().chain(line.counted.then_some('+')));
    let signs = if signs.is_empty() { "." } else { &signs };
    format!("{}{signs}{}", line.day.0 - april(0).0, line.elapsed)
}

#[test]
fn events_are_what_they_are_and_days_count_as_written() {
    let off = |day, closure| (april(day), DayOff { day: april(day), name: Text::default(), source: String::new(), closure });
    let days = [off(18, false), off(21, false), off(25, true)].into();
    let calendar = Calendar::new(DaysOff { weekend: vec![Weekday::Sat, Weekday::Sun], days });
    let mut declared = rule("");
    let mut cases = 0;
    for (number, text) in include_str!("one_case.txt").lines().enumerate() {
        let place = format!("one_case.txt, line {}", number + 1);
        if let Some(options) = text.strip_prefix('[') {
            declared = rule(options.trim_end_matches(']'));
        } else if !text.is_empty() && !text.starts_with('#') {
            let columns: Vec<&str> = text.split('|').map(str::trim).collect();
            let [events, expected_roles, expected_ledger] = columns[..] else { panic!("{place}: three columns") };
            let events: Vec<Event> = events.split(' ').map(|word| event(declared.unit, word)).collect();
            let clockwork = Clockwork { rule: &declared, calendar: &calendar, zone: &Greenwich, as_of: april(30) };
            let course = clockwork.course(&events);
            let of_event = |roles: &Vec<_>| roles.iter().map(|role| format!("{role:?}")).collect::<Vec<_>>().join(" & ");
            let found: Vec<String> = roles(&clockwork, &course, &events).iter().map(of_event).collect();
            assert_eq!(found.join(", "), expected_roles, "{place}");
            let (found, elapsed) = match &course {
                Course::Running(clock) => (ledger(&clockwork, clock), Some(clockwork.elapsed(clock))),
                Course::NotStarted | Course::Unusable { .. } => (String::new(), None),
            };
            assert_eq!(found, expected_ledger, "{place}");
            // The clock subtracts where the ledger walks.
            let last: Option<i64> =
                found.rsplit(|letter: char| !letter.is_ascii_digit()).next().and_then(|last| last.parse().ok());
            let scale = if declared.unit == Unit::Minutes { 60 } else { 1 };
            assert!(last.is_none_or(|last| elapsed == Some(last * scale)), "{place}: {elapsed:?}");
            cases += 1;
        }
    }
    assert!(cases > 70, "only {cases}");
}
