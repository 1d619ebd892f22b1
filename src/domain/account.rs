//! The accounting of rows: every row read ends in exactly one place (specification, section 7).

use std::collections::BTreeMap;

/// Why a row was rejected, in the order in which the reasons are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reject {
    InvalidEncoding,
    UnclosedQuote,
    SuspiciousQuote,
    RaggedRow,
    MissingId,
    MissingTimestamp,
    BadTimestamp,
    NeedsTime,
    UnknownEvent,
    ConflictingId,
}

impl Reject {
    /// Every reason, in order.
    pub const ALL: [Reject; 10] = [
        Reject::InvalidEncoding,
        Reject::UnclosedQuote,
        Reject::SuspiciousQuote,
        Reject::RaggedRow,
        Reject::MissingId,
        Reject::MissingTimestamp,
        Reject::BadTimestamp,
        Reject::NeedsTime,
        Reject::UnknownEvent,
        Reject::ConflictingId,
    ];

    /// The reason's name in `results.json`, `rejected.csv` and diagnostics.
    pub fn name(self) -> &'static str {
        match self {
            Reject::InvalidEncoding => "invalid-encoding",
            Reject::UnclosedQuote => "unclosed-quote",
            Reject::SuspiciousQuote => "suspicious-quote",
            Reject::RaggedRow => "ragged-row",
            Reject::MissingId => "missing-id",
            Reject::MissingTimestamp => "missing-timestamp",
            Reject::BadTimestamp => "bad-timestamp",
            Reject::NeedsTime => "needs-time",
            Reject::UnknownEvent => "unknown-event",
            Reject::ConflictingId => "conflicting-id",
        }
    }
}

/// `rows = accepted + duplicates + rejected`, of a file or of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowAccount {
    pub accepted: u64,
    pub duplicates: u64,
    /// Only reasons that occur.
    pub rejected: BTreeMap<Reject, u64>,
}

impl RowAccount {
    /// Rows rejected for any reason.
    pub fn rejected_rows(&self) -> u64 {
        self.rejected.values().sum()
    }

    /// Rows read.
    pub fn rows(&self) -> u64 {
        self.accepted + self.duplicates + self.rejected_rows()
    }

    /// Adds the rows of `other`.
    pub fn add(&mut self, other: &RowAccount) {
        self.accepted += other.accepted;
        self.duplicates += other.duplicates;
        for (&reason, rows) in &other.rejected {
            *self.rejected.entry(reason).or_default() += rows;
        }
    }
}

/// `physical = header + blank + rows`: every line of a file stands in the header, in a row, or is empty.
///
/// A line ends with LF or CRLF or with the file; an empty one at the very end counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineAccount {
    /// The lines of the decoded text, counted by themselves.
    pub physical: u64,
    pub header: u64,
    pub blank: u64,
    /// The lines of rows accepted, duplicate or rejected; a quoted line break makes a row longer than one.
    pub rows: u64,
}

/// One file of a source, and what became of its lines and rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAccount {
    /// The path relative to the data folder, with `/`.
    pub name: String,
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// The encoding read, lower case: `utf-8`, `windows-1252`, `utf-16le`…
    pub encoding: String,
    pub delimiter: u8,
    pub lines: LineAccount,
    pub rows: RowAccount,
}

/// One source: its files in order, and its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceAccount {
    pub id: String,
    pub files: Vec<FileAccount>,
    pub cases: u64,
}

impl SourceAccount {
    /// The rows of all its files.
    pub fn rows(&self) -> RowAccount {
        let mut total = RowAccount::default();
        for file in &self.files {
            total.add(&file.rows);
        }
        total
    }
}
