//! The cases of one commitment in two runs, side by side.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::causes::{Circumstances, Known, Pair};
use super::{CaseChange, CommitmentComparison, FigureChange, Move, RunEvidence, list};
use crate::evidence::case_reader::{Cell, Column, Lines};
use crate::evidence::difference::NOTHING;

/// What a reader wants to know of a case that differs.
const COLUMNS: [&str; 11] =
    ["state", "reason", "counted_day", "start_utc", "stop_utc", "start_day", "stop_day", "paused", "elapsed", "due_day", "limit"];
/// The first of these say how the case stands; the others are its clock.
const STANDING: usize = 3;
/// Another limit, and the due day that follows from it, make no case another as long as it stands where it stood.
const MEASURED: usize = 9;

/// Adds the cases that differ, no more than `limit` of them one by one.
pub(super) fn compare(
    first: &RunEvidence<'_>,
    second: &RunEvidence<'_>,
    circumstances: &Circumstances,
    limit: usize,
    comparison: &mut CommitmentComparison,
) -> Result<(), String> {
    let lines = [first.cases.of(&comparison.id)?, second.cases.of(&comparison.id)?];
    let tables = [Table::of(lines[0].as_ref())?, Table::of(lines[1].as_ref())?];
    let pairs = paired(&tables, circumstances.anonymous);
    let alone = |place: usize| -> BTreeSet<&str> {
        let rows = pairs.iter().filter(|pair| pair[1 - place].is_none()).filter_map(|pair| pair[place]);
        rows.map(|row| tables[place].id(row)).collect()
    };
    let moved = [
        elsewhere(second, circumstances, &comparison.id, &alone(0))?,
        elsewhere(first, circumstances, &comparison.id, &alone(1))?,
    ];
    let mut moves: BTreeMap<Move, u64> = BTreeMap::new();
    for rows in &pairs {
        if !(0..MEASURED).any(|column| differs(&tables, *rows, column)) {
            continue;
        }
        let details = details(&tables, *rows);
        let (id, causes) = match *rows {
            [Some(first), Some(second)] => {
                let pair = Pair {
                    first: tables[0].known(first),
                    second: tables[1].known(second),
                    fields: tables[0].fields(first) != tables[1].fields(second),
                    standing: (0..STANDING).any(|column| differs(&tables, *rows, column)),
                };
                (tables[1].id(second), circumstances.of_pair(pair))
            }
            [Some(row), None] => {
                (tables[0].id(row), circumstances.of_one(true, tables[0].known(row), moved[0].contains(tables[0].id(row))))
            }
            [None, Some(row)] => {
                (tables[1].id(row), circumstances.of_one(false, tables[1].known(row), moved[1].contains(tables[1].id(row))))
            }
            [None, None] => continue,
        };
        let state = |place: usize| rows[place].and_then(|row| tables[place].cell(0, row).shown());
        let kind = Move { first: state(0), second: state(1), causes: causes.clone(), cases: 0 };
        *moves.entry(kind).or_default() += 1;
        comparison.cases += 1;
        if comparison.changed.len() < limit {
            comparison.changed.push(CaseChange { id: id.to_owned(), causes, details });
        }
    }
    comparison.moves = moves.into_iter().map(|(kind, cases)| Move { cases, ..kind }).collect();
    Ok(())
}

/// The rows of a case in either table.
type Rows = [Option<usize>; 2];

/// What a case is known by.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Id(&'a str),
    /// An id that is a line number is another as soon as a row is put in above it.
    Content(Option<u64>),
}

/// Every case of either table: those of the first in its order, then those that only the second has.
fn paired(tables: &[Table<'_>; 2], anonymous: bool) -> Vec<Rows> {
    let key = |place: usize, row: usize| -> Key<'_> {
        if anonymous { Key::Content(tables[place].fingerprint(row)) } else { Key::Id(tables[place].id(row)) }
    };
    let mut places: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for row in (0..tables[1].height).rev() {
        places.entry(key(1, row)).or_default().push(row);
    }
    let mut met = vec![false; tables[1].height];
    let mut pairs: Vec<Rows> = Vec::with_capacity(tables[0].height);
    for row in 0..tables[0].height {
        let other = places.get_mut(&key(0, row)).and_then(Vec::pop);
        if let Some(other) = other {
            met[other] = true;
        }
        pairs.push([Some(row), other]);
    }
    pairs.extend((0..tables[1].height).filter(|&row| !met[row]).map(|row| [None, Some(row)]));
    pairs
}

/// Which of these cases a run has under another commitment on the same source.
fn elsewhere(
    run: &RunEvidence<'_>,
    circumstances: &Circumstances,
    commitment: &str,
    ids: &BTreeSet<&str>,
) -> Result<BTreeSet<String>, String> {
    let mut found = BTreeSet::new();
    if ids.is_empty() || circumstances.anonymous {
        return Ok(found);
    }
    let others = list(&run.rules, "commitments").iter().filter(|rule| rule["source"] == circumstances.source.as_str());
    for other in others.filter_map(|rule| rule["id"].as_str()).filter(|id| *id != commitment) {
        let lines = run.cases.of(other)?;
        let table = Table::of(lines.as_ref())?;
        found.extend((0..table.height).map(|row| table.id(row)).filter(|id| ids.contains(id)).map(str::to_owned));
    }
    Ok(found)
}

/// The columns of a commitment's cases; a run without such a case has none.
struct Table<'a> {
    height: usize,
    ids: Option<&'a Column>,
    columns: [Option<&'a Column>; COLUMNS.len()],
    fingerprint: Option<&'a Column>,
    last_day: Option<&'a Column>,
    fields: BTreeMap<&'a str, &'a Column>,
}

impl<'a> Table<'a> {
    fn of(lines: Option<&'a Lines>) -> Result<Table<'a>, String> {
        let column = |name: &str| lines.and_then(|lines| lines.column(name));
        let columns = lines.into_iter().flat_map(Lines::columns);
        let table = Table {
            height: lines.map_or(0, Lines::height),
            ids: column("id"),
            columns: COLUMNS.map(column),
            fingerprint: column("fingerprint"),
            last_day: column("last_day"),
            fields: columns.filter_map(|(name, column)| Some((name.strip_prefix("field_")?, column))).collect(),
        };
        let further = [table.ids, table.fingerprint, table.last_day];
        let complete = table.columns.iter().chain(&further).all(Option::is_some);
        if lines.is_none() || complete { Ok(table) } else { Err("it lacks columns that every run writes".to_owned()) }
    }

    fn id(&self, row: usize) -> &'a str {
        Cell::of(self.ids, row).text().unwrap_or_default()
    }

    fn fingerprint(&self, row: usize) -> Option<u64> {
        match Cell::of(self.fingerprint, row) {
            Cell::Fingerprint(number) => Some(number),
            _ => None,
        }
    }

    /// The fields that have a value: a source without a field leaves its column empty.
    fn fields(&self, row: usize) -> Vec<(&'a str, Cell<'a>)> {
        let cells = self.fields.iter().map(|(name, column)| (*name, column.cell(row)));
        cells.filter(|(_, cell)| *cell != Cell::Empty).collect()
    }

    fn cell(&self, column: usize, row: usize) -> Cell<'a> {
        Cell::of(self.columns[column], row)
    }

    fn named(&self, name: &str, row: usize) -> Cell<'a> {
        COLUMNS.iter().position(|column| *column == name).map_or(Cell::Empty, |column| self.cell(column, row))
    }

    fn known(&self, row: usize) -> Known {
        let day = |cell: Cell<'_>| match cell {
            Cell::Day(day) => Some(day.0),
            _ => None,
        };
        Known {
            fingerprint: self.fingerprint(row),
            start_day: day(self.named("start_day", row)),
            stop_day: day(self.named("stop_day", row)),
            due_day: day(self.named("due_day", row)),
            last_day: day(Cell::of(self.last_day, row)),
            limit: match self.named("limit", row) {
                Cell::Number(limit) => Some(limit),
                _ => None,
            },
        }
    }
}

fn differs(tables: &[Table<'_>; 2], rows: Rows, column: usize) -> bool {
    let value = |place: usize| rows[place].map(|row| tables[place].cell(column, row));
    value(0) != value(1)
}

/// What differs in a case; of a case that one run lacks, its state alone.
fn details(tables: &[Table<'_>; 2], rows: Rows) -> Vec<FigureChange> {
    let shown = if rows.iter().all(Option::is_some) { COLUMNS.len() } else { 1 };
    let text = |place: usize, column: usize| {
        rows[place].and_then(|row| tables[place].cell(column, row).shown()).unwrap_or_else(|| NOTHING.to_owned())
    };
    let differing = (0..shown).filter(|&column| differs(tables, rows, column));
    differing
        .map(|column| FigureChange { figure: COLUMNS[column].to_owned(), first: text(0, column), second: text(1, column) })
        .collect()
}
