//! `results.json`: every figure as data (specification of the outputs), masked for publication or whole for the audit.

use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

use crate::domain::account::{RowAccount, SourceAccount};
use crate::domain::calendar::{Day, Month};
use crate::domain::commitment::{Cohort, Commitment, Treatment, Unit};
use crate::domain::figures::Figures;
use crate::domain::masking::{Visibility, commitment_visibility, masked_cells};
use crate::domain::project::{Project, Status};
use crate::domain::rate::Rate;
use crate::domain::tally::{Reading, Share, Tally, Unusable};

/// For whom results are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Small cells masked, no histogram, no largest elapsed time.
    Public,
    /// Everything.
    Auditors,
}

/// Writes a displayed rate in a language: tenths of a percent, or `None` without cases.
pub type RateText<'a> = dyn Fn(&str, Option<u64>) -> String + 'a;

/// The content of `results.json`.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    pub schema: &'static str,
    pub period: PeriodResult,
    pub status: &'static str,
    pub commitments: Vec<CommitmentResult>,
    pub pledges: Vec<PledgeResult>,
    pub sources: Vec<SourceResult>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PeriodResult {
    pub label: String,
    pub first: String,
    pub last: String,
    pub as_of: String,
}

/// One commitment. In a masked one every figure of this period is absent but the limit and the goal.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentResult {
    pub id: String,
    pub section: String,
    pub source: String,
    pub unit: &'static str,
    /// The one in force at the end of the period.
    pub limit: u32,
    pub goal_percent: Option<Decimal>,
    pub counted_by: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub figures: Option<FiguresResult>,
    pub history: Vec<HistoryResult>,
}

/// The figures of this period of a commitment.
#[derive(Debug, Clone, Serialize)]
pub struct FiguresResult {
    pub goal_reached: Option<bool>,
    pub in_scope: u64,
    pub counted: u64,
    pub met: u64,
    pub missed: u64,
    pub pending: u64,
    pub outside: u64,
    pub not_started: u64,
    pub excluded: Named<u64>,
    pub unusable: Named<u64>,
    pub rate: Option<Decimal>,
    pub rate_text: Named<String>,
    pub bounds: Option<BoundsResult>,
    pub elapsed: ElapsedResult,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Vec<(i64, u64)>>,
    pub stock: StockResult,
    pub by_month: Vec<MonthResult>,
    pub by: Named<Vec<ValueResult>>,
    pub readings: Vec<ReadingResult>,
}

#[derive(Debug, Clone, Serialize)]
pub struct BoundsResult {
    pub low: Decimal,
    pub high: Decimal,
}

#[derive(Debug, Clone, Serialize)]
pub struct ElapsedResult {
    pub n: u64,
    pub mean: Option<Decimal>,
    pub median: Option<i64>,
    pub p90: Option<i64>,
    /// `None`: not shown; `Some(None)`: there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<Option<i64>>,
}

#[derive(Debug, Clone, Serialize)]
pub struct StockResult {
    pub open: u64,
    pub overdue: u64,
    pub oldest: Option<i64>,
}

/// Counted and met of a cell; both null where it is masked.
#[derive(Debug, Clone, Serialize)]
pub struct CellResult {
    pub counted: Option<u64>,
    pub met: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct MonthResult {
    pub month: String,
    #[serde(flatten)]
    pub cell: CellResult,
}

#[derive(Debug, Clone, Serialize)]
pub struct ValueResult {
    pub value: String,
    #[serde(flatten)]
    pub cell: CellResult,
}

#[derive(Debug, Clone, Serialize)]
pub struct ReadingResult {
    pub reading: &'static str,
    pub counted: u64,
    pub met: u64,
    pub rate: Option<Decimal>,
}

#[derive(Debug, Clone, Serialize)]
pub struct HistoryResult {
    pub period: String,
    pub counted: Option<u64>,
    pub met: Option<u64>,
    pub rate: Option<Decimal>,
    pub status: &'static str,
}

/// A pledge, with the answers of its survey where it has one.
#[derive(Debug, Clone, Serialize)]
pub struct PledgeResult {
    pub id: String,
    pub favourable: Option<u64>,
    pub respondents: Option<u64>,
    pub invited: Option<u64>,
}

#[derive(Debug, Clone, Serialize)]
pub struct SourceResult {
    pub id: String,
    pub rows: u64,
    pub accepted: u64,
    pub duplicates: u64,
    pub rejected: Named<u64>,
    pub cases: u64,
    pub files: Vec<FileResult>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FileResult {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
    pub rows: u64,
    pub accepted: u64,
    pub duplicates: u64,
    pub rejected: Named<u64>,
    pub encoding: String,
    pub delimiter: String,
}

/// A number of `scaled` / 10^`decimals`, written as a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub scaled: u64,
    pub decimals: u32,
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.decimals {
            0 => serializer.serialize_u64(self.scaled),
            // The nearest double of a short decimal is written as that decimal.
            decimals => serializer.serialize_f64(self.scaled as f64 / 10f64.powi(decimals as i32)),
        }
    }
}

/// An object whose keys keep their order.
#[derive(Debug, Clone)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

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
            histogram: (self.audience == Audience::Auditors)
                .then(|| tally.histogram.iter().map(|(&elapsed, &cases)| (elapsed, cases)).collect()),
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
