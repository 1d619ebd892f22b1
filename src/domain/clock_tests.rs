use super::*;
use crate::domain::may::*;

fn on(kind: EventId, day: u32) -> Event {
    Event { kind, moment: Moment { seconds: Greenwich.start_of(may(day)), day: may(day) } }
}

/// Runs a case that is known until 30 May: elapsed, due day of May, and how it ended.
fn run(rule: &ClockRule, events: &[Event]) -> (i64, Option<Day>, End) {
    let calendar = calendar();
    let clockwork = Clockwork { rule, calendar: &calendar, zone: &Greenwich, as_of: may(30) };
    match clockwork.course(events) {
        Course::Running(clock) => (clockwork.elapsed(&clock), clockwork.due_day(&clock), clock.end),
        other => panic!("{other:?}"),
    }
}

fn course(events: &[Event]) -> Course {
    let (calendar, rule) = (calendar(), rule(Unit::BusinessDays, 5));
    Clockwork { rule: &rule, calendar: &calendar, zone: &Greenwich, as_of: may(30) }.course(events)
}

#[test]
fn the_day_of_receipt_is_day_zero_and_the_last_day_counts() {
    let (elapsed, due, _) = run(&rule(Unit::BusinessDays, 1), &[on(RECEIVED, 2), on(DECIDED, 5)]);
    assert_eq!((elapsed, due), (1, Some(may(5))));
}

#[test]
fn the_day_of_the_notice_is_worked_and_the_day_of_completion_is_not() {
    // Received Monday 5; notice Wednesday 7; complete Monday 12; decided Wednesday 14: days 6, 7, 13, 14.
    let (elapsed, due, _) =
        run(&rule(Unit::BusinessDays, 5), &[on(RECEIVED, 5), on(NOTICE, 7), on(COMPLETE, 12), on(DECIDED, 14)]);
    assert_eq!((elapsed, due), (4, Some(may(15))));
}

#[test]
fn an_open_pause_leaves_no_due_day_unless_the_limit_was_reached_before() {
    let (elapsed, due, _) = run(&rule(Unit::BusinessDays, 5), &[on(RECEIVED, 5), on(NOTICE, 7)]);
    assert_eq!((elapsed, due), (2, None));
    let (elapsed, due, _) = run(&rule(Unit::BusinessDays, 2), &[on(RECEIVED, 5), on(NOTICE, 7)]);
    assert_eq!((elapsed, due), (2, Some(may(7))));
}

#[test]
fn a_postponement_by_the_client_starts_the_clock_again() {
    // Postponed on Friday 16: the holiday of Monday 19 is not counted, so Tuesday 20 is day 1.
    let (elapsed, due, _) =
        run(&rule(Unit::BusinessDays, 5), &[on(RECEIVED, 5), on(POSTPONED, 16), on(DECIDED, 20), on(POSTPONED, 21)]);
    assert_eq!((elapsed, due), (1, Some(may(26))));
}

#[test]
fn on_one_day_the_stop_wins_over_the_exit() {
    let events = [on(RECEIVED, 5), on(DECIDED, 7), on(WITHDRAWN, 7)];
    assert!(matches!(run(&rule(Unit::BusinessDays, 5), &events).2, End::Stopped(_)));
    let events = [on(RECEIVED, 5), on(DECIDED, 7), on(WITHDRAWN, 6)];
    assert!(matches!(run(&rule(Unit::BusinessDays, 5), &events).2, End::Exited(0, _)));
}

#[test]
fn a_stop_before_the_start_or_without_one_cannot_be_used() {
    assert_eq!(course(&[]), Course::NotStarted);
    let unusable = |reason, last_stop, first_start| Course::Unusable { reason, last_stop, first_start };
    assert_eq!(course(&[on(DECIDED, 7)]), unusable(Unusable::StopWithoutStart, may(7), None));
    assert_eq!(course(&[on(RECEIVED, 8), on(DECIDED, 7)]), unusable(Unusable::StopBeforeStart, may(7), Some(may(8))));
}

#[test]
fn calendar_days_count_every_day_and_the_first_where_declared() {
    let declared = rule(Unit::CalendarDays, 3);
    assert_eq!(run(&declared, &[on(RECEIVED, 2), on(DECIDED, 5)]).0, 3);
    let same_day = ClockRule { count_from: CountFrom::SameDay, ..declared };
    assert_eq!(
        run(&same_day, &[on(RECEIVED, 2), on(DECIDED, 5)]),
        (4, Some(may(4)), End::Stopped(Mark { point: i64::from(may(5).0), day: may(5) }))
    );
}

#[test]
fn received_on_a_closed_day_may_count_as_received_on_the_next_business_day() {
    let moved = ClockRule { received_when_closed: ReceivedWhenClosed::NextBusinessDay, ..rule(Unit::BusinessDays, 1) };
    // Saturday 3 becomes Monday 5; Sunday 4, before it, is no time at all.
    assert_eq!(run(&moved, &[on(RECEIVED, 3), on(DECIDED, 6)]).0, 1);
    assert_eq!(run(&moved, &[on(RECEIVED, 3), on(DECIDED, 4)]).0, 0);
}

#[test]
fn minutes_are_counted_in_seconds_less_the_paused_ones() {
    let at = |kind, seconds| Event { kind, moment: Moment { seconds: Greenwich.start_of(may(5)) + seconds, day: may(5) } };
    let events = [at(RECEIVED, 0), at(NOTICE, 60), at(COMPLETE, 100), at(DECIDED, 220)];
    let (elapsed, due, _) = run(&rule(Unit::Minutes, 3), &events);
    assert_eq!((elapsed, due), (180, Some(may(5))));
}
