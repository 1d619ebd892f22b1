//! `results.json`: every figure as data (specification of the outputs), masked for publication or whole for the audit.

mod fill;

use serde::{Serialize, Serializer};

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
