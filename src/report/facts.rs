//! What all languages share: states, rates, masks and earlier years of every commitment, decided once.

use crate::domain::calendar::{Day, Month};
use crate::domain::commitment::{Commitment, Unit};
use crate::domain::figures::Figures;
use crate::domain::masking::{Visibility, commitment_visibility, masked_cells};
use crate::domain::project::{HistoryLine, Project};
use crate::domain::tally::{Share, Tally};
use crate::domain::text::Text;
use chrono::{Datelike, NaiveDate};

use super::edition::State;
use super::typography::alphabetical_key;

/// How many earlier years stand beside the current one.
const PAST_YEARS: usize = 2;

/// The whole run as the report sees it.
pub(super) struct Facts<'a> {
    pub project: &'a Project,
    pub figures: &'a Figures,
    /// In declaration order.
    pub commitments: Vec<CommitmentFacts<'a>>,
    /// Labels of earlier periods, newest first, at most two.
    pub past_labels: Vec<&'a str>,
}

/// One commitment in this period.
pub(super) struct CommitmentFacts<'a> {
    pub place: usize,
    pub commitment: &'a Commitment,
    pub tally: &'a Tally,
    pub state: State,
    /// In tenths of a percent; `None` without cases and where masked.
    pub tenths: Option<u64>,
    /// Every month of the period in order.
    pub months: Vec<MonthShare>,
    pub breakdowns: Vec<Breakdown<'a>>,
    /// For each of `Facts::past_labels`.
    pub past: Vec<Option<PastFigure<'a>>>,
    /// The last change of the limit within the years that are shown.
    pub limit_break: Option<LimitBreak>,
}

/// A month of the period; `share` is `None` where masked.
#[derive(Clone, Copy)]
pub(super) struct MonthShare {
    pub month: Month,
    pub share: Option<Share>,
}

/// A breakdown in alphabetical order; `None` marks a masked cell.
pub(super) struct Breakdown<'a> {
    pub field: &'a str,
    pub cells: Vec<(&'a str, Option<Share>)>,
}

/// A figure published in an earlier year.
pub(super) struct PastFigure<'a> {
    pub tenths: u64,
    pub counted: Option<u64>,
    pub restated: bool,
    /// Where the figure was restated, the one that had been published, when it is known.
    pub published_before: Option<u64>,
    /// Why it was restated; may be empty.
    pub reason: &'a Text,
}

/// A change of the limit: years before it do not compare with those after it.
pub(super) struct LimitBreak {
    /// The year column (0 is the current one) whose older edge the break stands on.
    pub after_year: usize,
    pub from: Day,
    pub limit_before: u32,
    pub limit_after: u32,
}

impl<'a> Facts<'a> {
    pub fn new(project: &'a Project, figures: &'a Figures) -> Facts<'a> {
        let past_labels = past_labels(project);
        let commitments = project.commitments.iter().zip(&figures.commitments).enumerate();
        let commitments =
            commitments.map(|(place, (commitment, tally))| CommitmentFacts::new(project, &past_labels, place, commitment, tally));
        Facts { project, figures, commitments: commitments.collect(), past_labels }
    }

    /// The commitments of one section, in order.
    pub fn of_section(&self, section: usize) -> impl Iterator<Item = &CommitmentFacts<'a>> {
        self.commitments.iter().filter(move |facts| facts.commitment.section == section)
    }
}

impl<'a> CommitmentFacts<'a> {
    fn new(project: &'a Project, past_labels: &[&str], place: usize, commitment: &'a Commitment, tally: &'a Tally) -> Self {
        let minimum = project.privacy_minimum;
        let masked = commitment_visibility(tally.counted(), minimum) == Visibility::Masked;
        let fields = commitment.breakdown.iter().zip(&tally.by_field).filter(|_| !masked);
        let breakdowns = fields.map(|(&field, shares)| {
            let name = project.sources[commitment.source].fields[field].name.as_str();
            let shares: Vec<(&str, Share)> = shares.iter().map(|(value, &share)| (value.as_str(), share)).collect();
            breakdown(name, &shares, minimum)
        });
        CommitmentFacts {
            place,
            commitment,
            tally,
            state: state(commitment, tally, masked),
            tenths: tally.rate().filter(|_| !masked).map(|rate| rate.displayed_tenths(commitment.goal)),
            months: if masked { Vec::new() } else { months(project, tally) },
            breakdowns: breakdowns.collect(),
            past: past_labels.iter().map(|label| past_figure(project, commitment, label)).collect(),
            limit_break: limit_break(project, commitment),
        }
    }

    pub fn is_masked(&self) -> bool {
        self.state == State::Masked
    }

    pub fn unit(&self) -> Unit {
        self.commitment.clock.unit
    }

    /// The limit in force at the end of the period.
    pub fn limit(&self, project: &Project) -> u32 {
        self.commitment.clock.limit_on(project.period.last)
    }

    /// Cases counted in this period; `None` where masked.
    pub fn counted(&self) -> Option<u64> {
        (!self.is_masked()).then(|| self.tally.counted())
    }
}

fn state(commitment: &Commitment, tally: &Tally, masked: bool) -> State {
    match commitment.goal {
        _ if masked => State::Masked,
        _ if tally.counted() == 0 => State::NoCases,
        Some(goal) if goal.is_reached_by(tally.met, tally.counted()) => State::Reached,
        Some(_) => State::Below,
        None if tally.missed == 0 => State::AllOnTime,
        None => State::NoGoal,
    }
}

/// Every month of the period, masked together by one decision that tables, charts and texts share.
fn months(project: &Project, tally: &Tally) -> Vec<MonthShare> {
    let mut all = Vec::new();
    let mut month = project.period.first.month();
    while month <= project.period.last.month() {
        all.push((month, tally.by_month.get(&month).copied().unwrap_or_default()));
        month = month.next();
    }
    let shares: Vec<Share> = all.iter().map(|(_, share)| *share).collect();
    let masked = masked_cells(&shares, project.privacy_minimum);
    all.into_iter().zip(masked).map(|((month, share), masked)| MonthShare { month, share: (!masked).then_some(share) }).collect()
}

/// Masks in code-point order, as the rule for ties says, then sorts for reading.
fn breakdown<'a>(field: &'a str, shares: &[(&'a str, Share)], minimum: u64) -> Breakdown<'a> {
    let masked = masked_cells(&shares.iter().map(|(_, share)| *share).collect::<Vec<_>>(), minimum);
    let mut cells: Vec<(&str, Option<Share>)> =
        shares.iter().zip(masked).map(|(&(value, share), masked)| (value, (!masked).then_some(share))).collect();
    cells.sort_by_cached_key(|(value, _)| (value.is_empty(), alphabetical_key(value)));
    Breakdown { field, cells }
}

fn past_labels(project: &Project) -> Vec<&str> {
    let mut labels: Vec<&str> =
        project.history.iter().map(|line| line.period.as_str()).filter(|label| *label < project.period.label.as_str()).collect();
    labels.sort_unstable_by(|one, other| other.cmp(one));
    labels.dedup();
    labels.truncate(PAST_YEARS);
    labels
}

fn past_figure<'a>(project: &'a Project, commitment: &Commitment, label: &str) -> Option<PastFigure<'a>> {
    let lines = || project.history.iter().filter(|line| line.commitment == commitment.id && line.period == label);
    let past_tenths = |line: &HistoryLine| line.rate().map(|rate| rate.displayed_tenths(commitment.goal));
    let published = lines().rfind(|line| !line.restated);
    let restated = lines().rfind(|line| line.restated);
    let line = restated.or(published)?;
    Some(PastFigure {
        tenths: past_tenths(line)?,
        counted: line.cases.map(|(counted, _)| counted),
        restated: line.restated,
        published_before: published.filter(|_| line.restated).and_then(past_tenths),
        reason: &line.reason,
    })
}

fn limit_break(project: &Project, commitment: &Commitment) -> Option<LimitBreak> {
    let starts = (0..=PAST_YEARS).filter_map(|years| Some((years, years_before(project.period.first, years)?)));
    for (years, start) in starts {
        for pair in commitment.clock.limits.windows(2).rev() {
            let from = pair[1].from?;
            let in_or_before = from <= project.period.last && pair[0].limit != pair[1].limit;
            if in_or_before && from >= start {
                return Some(LimitBreak { after_year: years, from, limit_before: pair[0].limit, limit_after: pair[1].limit });
            }
        }
    }
    None
}

fn years_before(day: Day, years: usize) -> Option<Day> {
    let date = day.date();
    let year = date.year().checked_sub(i32::try_from(years).ok()?)?;
    let same = NaiveDate::from_ymd_opt(year, date.month(), date.day());
    same.or_else(|| NaiveDate::from_ymd_opt(year, date.month(), 28)).map(Day::from_date)
}
