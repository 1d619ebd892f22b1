//! From the figures of a run to their results, masked for the public or whole for the auditors.

use std::collections::BTreeMap;

use super::{
    Audience, BoundsResult, CellResult, CommitmentResult, Decimal, ElapsedResult, FiguresResult, FileResult, HistoryResult,
    MonthResult, Named, PeriodResult, PledgeResult, RateText, ReadingResult, Results, SourceResult, StockResult, ValueResult,
};
use crate::domain::account::{RowAccount, SourceAccount};
use crate::domain::calendar::{Day, Month};
use crate::domain::commitment::{Cohort, Commitment, Treatment, Unit};
use crate::domain::figures::Figures;
use crate::domain::masking::{Visibility, commitment_visibility, masked_cells};
use crate::domain::project::{Project, Status};
use crate::domain::rate::Rate;
use crate::domain::tally::{Reading, Share, Tally, Unusable};

impl Results {
    /// The figures of a run, for an audience.
    pub fn new(project: &Project, figures: &Figures, audience: Audience, rate_text: &RateText<'_>) -> Results {
        let view = View { project, audience, rate_text };
        let commitments = project.commitments.iter().zip(&figures.commitments);
        Results {
            schema: "bilan.results/1",
            period: PeriodResult {
                label: project.period.label.clone(),
                first: day(project.period.first),
                last: day(project.period.last),
                as_of: day(project.as_of),
            },
            status: match project.status {
                Status::Draft => "draft",
                Status::Final => "final",
            },
            commitments: commitments.map(|(commitment, tally)| view.commitment(commitment, tally)).collect(),
            pledges: project.pledges.iter().map(|pledge| view.pledge(&pledge.id, pledge.survey.as_deref())).collect(),
            sources: figures.sources.iter().map(source).collect(),
        }
    }
}

struct View<'a> {
    project: &'a Project,
    audience: Audience,
    rate_text: &'a RateText<'a>,
}

impl View<'_> {
    fn commitment(&self, commitment: &Commitment, tally: &Tally) -> CommitmentResult {
        let visibility = commitment_visibility(tally.counted(), self.project.privacy_minimum);
        let masked = self.audience == Audience::Public && visibility == Visibility::Masked;
        CommitmentResult {
            id: commitment.id.clone(),
            section: self.project.sections[commitment.section].id.clone(),
            source: self.project.sources[commitment.source].id.clone(),
            unit: match commitment.clock.unit {
                Unit::BusinessDays => "business-days",
                Unit::CalendarDays => "calendar-days",
                Unit::Minutes => "minutes",
            },
            limit: commitment.clock.limit_on(self.project.period.last),
            goal_percent: commitment.goal.map(|goal| Decimal { scaled: goal.scaled, decimals: goal.decimals }),
            counted_by: match commitment.counted_by {
                Cohort::Stop => "stop",
                Cohort::Due => "due",
                Cohort::Start => "start",
            },
            masked,
            figures: (!masked).then(|| self.figures(commitment, tally)),
            history: self.history(&commitment.id),
        }
    }

    fn figures(&self, commitment: &Commitment, tally: &Tally) -> FiguresResult {
        let tenths = tally.rate().map(|rate| rate.displayed_tenths(commitment.goal));
        let languages = self.project.languages.iter();
        let goal = commitment.goal.filter(|_| tally.counted() > 0);
        FiguresResult {
            goal_reached: goal.map(|goal| goal.is_reached_by(tally.met, tally.counted())),
            in_scope: tally.in_scope(),
            counted: tally.counted(),
            met: tally.met,
            missed: tally.missed,
            pending: tally.pending,
            outside: tally.outside,
            not_started: tally.not_started,
            excluded: self.excluded(commitment, tally),
            unusable: Named(Unusable::ALL.iter().map(|reason| reason.name().to_owned()).zip(tally.unusable).collect()),
            rate: tally.rate().map(rate),
            rate_text: Named(languages.map(|language| (language.clone(), (self.rate_text)(language, tenths))).collect()),
            bounds: tally.bounds().map(|(low, high)| BoundsResult { low: rate(low), high: rate(high) }),
            elapsed: self.elapsed(tally),
            histogram: (self.audience == Audience::Auditors).then(|| tally.histogram.iter().collect()),
            stock: StockResult { open: tally.stock.open, overdue: tally.stock.overdue, oldest: tally.stock.oldest },
            by_month: self.by_month(tally),
            by: self.by_field(commitment, tally),
            readings: Reading::ALL
                .iter()
                .zip(tally.readings)
                .map(|(reading, share)| self.reading(reading.name(), share))
                .collect(),
        }
    }

    fn excluded(&self, commitment: &Commitment, tally: &Tally) -> Named<u64> {
        let events = &self.project.sources[commitment.source].events;
        let exits = commitment.clock.exits.iter().zip(&tally.excluded_by_exit);
        let exits = exits.filter(|(exit, _)| exit.treatment != Treatment::Missed);
        let exits = exits.map(|(exit, &cases)| (events[exit.event.0 as usize].clone(), cases));
        let rules = commitment.exclude.iter().zip(&tally.excluded_by_rule).map(|(rule, &cases)| (rule.name.clone(), cases));
        Named(exits.chain(rules).collect())
    }

    fn elapsed(&self, tally: &Tally) -> ElapsedResult {
        let elapsed = tally.elapsed();
        let shown = tally.counted() > 0;
        ElapsedResult {
            n: elapsed.n(),
            mean: elapsed.mean_thousandths().filter(|_| shown).map(|scaled| Decimal { scaled, decimals: 3 }),
            median: elapsed.percentile(50),
            p90: elapsed.percentile(90),
            max: (self.audience == Audience::Auditors).then(|| elapsed.max()),
        }
    }

    fn by_month(&self, tally: &Tally) -> Vec<MonthResult> {
        let months = self.project.period.months();
        let shares: Vec<Share> = months.iter().map(|month| tally.by_month.get(month).copied().unwrap_or_default()).collect();
        let name = |month: &Month| format!("{:04}-{:02}", month.year, month.month);
        months.iter().zip(self.cells(&shares)).map(|(month, cell)| MonthResult { month: name(month), cell }).collect()
    }

    fn by_field(&self, commitment: &Commitment, tally: &Tally) -> Named<Vec<ValueResult>> {
        let fields = &self.project.sources[commitment.source].fields;
        let by = commitment.breakdown.iter().zip(&tally.by_field).map(|(&field, values): (_, &BTreeMap<String, Share>)| {
            let shares: Vec<Share> = values.values().copied().collect();
            let cells = self.cells(&shares);
            let rows = values.keys().zip(cells).map(|(value, cell)| ValueResult { value: value.clone(), cell });
            (fields[field].name.clone(), rows.collect())
        });
        Named(by.collect())
    }

    fn cells(&self, shares: &[Share]) -> Vec<CellResult> {
        let masked = match self.audience {
            Audience::Public => masked_cells(shares, self.project.privacy_minimum),
            Audience::Auditors => vec![false; shares.len()],
        };
        let cell = |(share, masked): (&Share, bool)| CellResult {
            counted: (!masked).then_some(share.counted),
            met: (!masked).then_some(share.met),
            masked,
        };
        shares.iter().zip(masked).map(cell).collect()
    }

    fn reading(&self, name: &'static str, share: Share) -> ReadingResult {
        ReadingResult { reading: name, counted: share.counted, met: share.met, rate: share.rate().map(rate) }
    }

    fn history(&self, commitment: &str) -> Vec<HistoryResult> {
        let lines = self.project.history.iter().filter(|line| line.commitment == commitment);
        let line = |line: &crate::domain::project::HistoryLine| {
            let published = line.rate_millionths.map(|millionths| Decimal { scaled: u64::from(millionths), decimals: 6 });
            HistoryResult {
                period: line.period.clone(),
                counted: line.cases.map(|(counted, _)| counted),
                met: line.cases.map(|(_, met)| met),
                rate: line.cases.and_then(|(counted, met)| Rate::new(met, counted)).map(rate).or(published),
                status: if line.restated { "restated" } else { "published" },
            }
        };
        lines.map(line).collect()
    }

    fn pledge(&self, id: &str, survey: Option<&str>) -> PledgeResult {
        let survey = survey.and_then(|name| self.project.surveys.iter().find(|survey| survey.pledge == name));
        PledgeResult {
            id: id.to_owned(),
            favourable: survey.map(|survey| survey.favourable),
            respondents: survey.map(|survey| survey.respondents),
            invited: survey.map(|survey| survey.invited),
        }
    }
}

fn source(account: &SourceAccount) -> SourceResult {
    let rows = account.rows();
    SourceResult {
        id: account.id.clone(),
        rows: rows.rows(),
        accepted: rows.accepted,
        duplicates: rows.duplicates,
        rejected: rejected(&rows),
        cases: account.cases,
        files: account
            .files
            .iter()
            .map(|file| FileResult {
                name: file.name.clone(),
                bytes: file.bytes,
                sha256: file.sha256.clone(),
                rows: file.rows.rows(),
                accepted: file.rows.accepted,
                duplicates: file.rows.duplicates,
                rejected: rejected(&file.rows),
                encoding: file.encoding.clone(),
                delimiter: delimiter(file.delimiter),
            })
            .collect(),
    }
}

/// By name of the reason, ascending.
fn rejected(rows: &RowAccount) -> Named<u64> {
    let by_name: BTreeMap<&str, u64> = rows.rejected.iter().map(|(reason, &rows)| (reason.name(), rows)).collect();
    Named(by_name.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect())
}

fn delimiter(delimiter: u8) -> String {
    if delimiter == b'\t' { "tab".to_owned() } else { char::from(delimiter).to_string() }
}

fn rate(rate: Rate) -> Decimal {
    Decimal { scaled: rate.millionths(), decimals: 6 }
}

fn day(day: Day) -> String {
    day.date().to_string()
}
