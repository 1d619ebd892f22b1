//! The period is May 2025, of 21 business days.

use super::*;
use crate::domain::cohort::{Exits, Placement};
use crate::domain::commitment::{Cohort, Commitment, Exit};
use crate::domain::judge::{Case, Judge};
use crate::domain::may::*;
use crate::domain::tally::Tally;
use crate::domain::text::Text;

/// The signs of a case, each with `+` where it shows it and `-` where it could have.
fn signs_under(rule: &ClockRule, events: &[(EventId, u32)]) -> String {
    let (calendar, period) = (calendar(), month());
    let clockwork = Clockwork { rule, calendar: &calendar, zone: &Greenwich, as_of: may(31) };
    let events = in_may(events);
    let course = clockwork.course(&events);
    let placement = Placement { clockwork, period: &period, cohort: Cohort::Stop, exits: Exits::AsDeclared };
    let verdict = Verdict::Standing(placement.place(&course));
    let sights = Watch::new(clockwork, &period, Some((RECEIVED, REGISTERED))).sights(&events, &course, verdict);
    let written = Sign::ALL.iter().zip(sights).filter_map(|(sign, sight)| {
        let mark = if sight? == Sight::Found { '+' } else { '-' };
        Some(format!("{}{mark}", sign.name()))
    });
    written.collect::<Vec<_>>().join(" ")
}

/// Within 5 business days: what is received on Monday 5 is due on Monday 12.
fn signs(events: &[(EventId, u32)]) -> String {
    signs_under(&rule(Unit::BusinessDays, 5), events)
}

#[test]
fn the_last_day_is_held_against_the_day_before_and_the_day_after() {
    for (day, expected) in [
        (8, "closed-day- year-end-"),
        (9, "last-day- closed-day- year-end-"),
        (10, "last-day- closed-day+ year-end-"),
        (12, "last-day+ closed-day- year-end-"),
        (13, "last-day- closed-day- year-end-"),
        (14, "closed-day- year-end-"),
    ] {
        assert_eq!(signs(&[(RECEIVED, 5), (DECIDED, day)]), expected, "decided on {day} May");
    }
    // Of four days the last is one of few.
    assert_eq!(signs_under(&rule(Unit::BusinessDays, 4), &[(RECEIVED, 5), (DECIDED, 9)]), "closed-day- year-end-");
    // Calendar days know no closed day; the fifth after Monday 5 is Saturday 10.
    assert_eq!(signs_under(&rule(Unit::CalendarDays, 5), &[(RECEIVED, 5), (DECIDED, 10)]), "last-day+ year-end-");
    assert_eq!(signs_under(&rule(Unit::Minutes, 5), &[(RECEIVED, 5), (DECIDED, 5)]), "");
}

#[test]
fn a_pause_is_late_from_the_due_day_on() {
    let paused = |notice| signs(&[(RECEIVED, 5), (NOTICE, notice), (COMPLETE, 20), (DECIDED, 23)]);
    assert_eq!(paused(9), "late-pause- closed-day- year-end-");
    assert_eq!(paused(12), "late-pause+ closed-day- year-end-");
    assert_eq!(paused(13), "late-pause+ closed-day- year-end-");
    // An earlier pause of two days, 7 and 8 May, moves the due day to Wednesday 14.
    let twice = |notice| signs(&[(RECEIVED, 5), (NOTICE, 6), (COMPLETE, 8), (NOTICE, notice), (COMPLETE, 20), (DECIDED, 23)]);
    assert_eq!(twice(13), "late-pause- closed-day- year-end-");
    assert_eq!(twice(14), "late-pause+ closed-day- year-end-");
    // One late pause is enough, whatever comes before it; a case that is still open is not counted.
    assert_eq!(signs(&[(RECEIVED, 5), (NOTICE, 12)]), "");
}

#[test]
fn the_year_ends_with_its_last_five_business_days() {
    assert_eq!(signs(&[(RECEIVED, 14), (DECIDED, 23)]), "last-day- closed-day- year-end-");
    // Saturday 24 and Sunday 25 lie before Monday 26, the fifth last business day; Saturday 31 lies after the last.
    assert_eq!(signs(&[(RECEIVED, 12), (DECIDED, 25)]), "closed-day+ year-end-");
    assert_eq!(signs(&[(RECEIVED, 12), (DECIDED, 26)]), "closed-day- year-end+");
    assert_eq!(signs(&[(RECEIVED, 12), (DECIDED, 31)]), "closed-day+ year-end+");
}

#[test]
fn an_exit_is_late_when_the_limit_is_past() {
    assert_eq!(signs(&[(RECEIVED, 5), (WITHDRAWN, 12)]), "late-exit-");
    assert_eq!(signs(&[(RECEIVED, 5), (WITHDRAWN, 13)]), "late-exit+");
    // Who is counted as late all the same leaves nothing behind.
    let counted = Exit { event: WITHDRAWN, treatment: Treatment::Missed };
    let rule = ClockRule { exits: vec![counted], ..rule(Unit::BusinessDays, 5) };
    assert_eq!(signs_under(&rule, &[(RECEIVED, 5), (WITHDRAWN, 13)]), "");
}

#[test]
fn a_registration_is_late_on_the_second_business_day() {
    // From Friday 2 to Monday 5 is one business day.
    assert_eq!(signs(&[(RECEIVED, 2), (REGISTERED, 5), (DECIDED, 7)]), "closed-day- year-end- late-registration-");
    assert_eq!(signs(&[(RECEIVED, 2), (REGISTERED, 6), (DECIDED, 7)]), "closed-day- year-end- late-registration+");
    assert_eq!(signs(&[(RECEIVED, 2), (DECIDED, 7)]), "closed-day- year-end-");
}

// Only who is told which events they are can look at them.
#[test]
fn a_judge_counts_the_signs_of_the_cases_that_he_judges() {
    let (calendar, period) = (calendar(), month());
    let commitment = Commitment {
        id: "answer".to_owned(),
        section: 0,
        source: 0,
        title: Text::default(),
        short: Text::default(),
        noun: None,
        cite: None,
        condition: Vec::new(),
        clock: rule(Unit::BusinessDays, 5),
        exclude: Vec::new(),
        counted_by: Cohort::Stop,
        goal: None,
        breakdown: Vec::new(),
    };
    let events = in_may(&[(RECEIVED, 2), (REGISTERED, 6), (DECIDED, 9)]);
    let case = Case { events: &events, exclude_rule: None, values: &[] };
    let judge = || Judge::new(&commitment, &period, &calendar, &Greenwich, may(31));
    let counted = |judge: Judge<'_>| {
        let mut tally = Tally::default();
        judge.judge(&case, &mut tally);
        [Sign::LastDay, Sign::LateRegistration].map(|sign| tally.signs.of(sign))
    };
    let one = Sighted { found: 1, among: 1 };
    assert_eq!(counted(judge()), [one, Sighted::default()]);
    assert_eq!(counted(judge().with_registration(Some((RECEIVED, REGISTERED)))), [one, one]);
}

#[test]
fn a_case_that_a_rule_takes_out_shows_no_sign_of_its_end() {
    let (calendar, period, rule) = (calendar(), month(), rule(Unit::BusinessDays, 5));
    let clockwork = Clockwork { rule: &rule, calendar: &calendar, zone: &Greenwich, as_of: may(31) };
    let events = in_may(&[(RECEIVED, 5), (DECIDED, 12)]);
    let watch = Watch::new(clockwork, &period, None);
    assert_eq!(watch.sights(&events, &clockwork.course(&events), Verdict::ExcludedByRule(0)), [None; 6]);
}

#[test]
fn only_a_long_limit_in_days_has_a_last_day() {
    let can_show = |unit, limit| Watch::concerns(Sign::LastDay, &rule(unit, limit), None);
    assert!(can_show(Unit::BusinessDays, 5) && can_show(Unit::CalendarDays, 5));
    assert!(!can_show(Unit::BusinessDays, 4) && !can_show(Unit::Minutes, 5));
}

#[test]
fn a_sign_says_something_from_twenty_cases_and_above_its_share() {
    let passes = |sign, found, among| Threshold::of(sign, &month(), &calendar()).is_passed_by(Sighted { found, among });
    // More than the two days beside it together.
    assert!(passes(Sign::LastDay, 20, 39) && !passes(Sign::LastDay, 20, 40) && !passes(Sign::LastDay, 19, 19));
    // More than twice five days of an average of 21: above 10 of 21.
    assert!(passes(Sign::YearEnd, 20, 41) && !passes(Sign::YearEnd, 20, 42));
    // More than one in twenty.
    for sign in [Sign::LatePause, Sign::ClosedDay, Sign::LateExit, Sign::LateRegistration] {
        assert!(passes(sign, 20, 399) && !passes(sign, 20, 400) && !passes(sign, 0, 0), "{sign:?}");
    }
}

#[test]
fn counts_add_up() {
    let mut first = Signs::default();
    first.count(&[Some(Sight::Found), None, Some(Sight::Beside), None, None, None]);
    let mut second = first;
    second.count(&[Some(Sight::Beside), None, None, None, None, Some(Sight::Found)]);
    second.add(&first);
    assert_eq!(second.of(Sign::LastDay), Sighted { found: 2, among: 3 });
    assert_eq!(second.of(Sign::ClosedDay), Sighted { found: 0, among: 2 });
    assert_eq!(second.of(Sign::LateRegistration), Sighted { found: 1, among: 1 });
    assert_eq!(second.of(Sign::LatePause), Sighted::default());
}
