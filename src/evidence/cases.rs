//! `cases.parquet`: one line per case in scope and commitment, with everything that its verdict rests on.

use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, MutableBooleanArray, MutablePrimitiveArray, MutableUtf8ValuesArray, PrimitiveArray,
    Utf8Array,
};
use polars_arrow::datatypes::{ArrowDataType, Field, TimeUnit};
use polars_error::PolarsResult;
use polars_parquet::write::Encoding;
use std::collections::{BTreeSet, HashMap};
use xxhash_rust::xxh3::xxh3_64;

use crate::domain::calendar::Day;
use crate::domain::clock::{Clock, Course, End, Event};
use crate::domain::cohort::Standing;
use crate::domain::commitment::{Commitment, EventId};
use crate::domain::judge::Verdict;
use crate::domain::project::Project;
use crate::domain::signs::{Sight, Sign};
use crate::domain::source::Source;
use crate::domain::strata::began_again;
use crate::domain::tally::{Reading, Unusable};
use crate::intake::Origin;
use crate::measure::JudgedCase;

/// The judged cases of one commitment, column by column.
#[derive(Debug, Default)]
struct Columns {
    id: MutableUtf8ValuesArray<i64>,
    /// Of the fields and events of the case, as known: equal where a case has not changed.
    fingerprint: Vec<u64>,
    /// Of its last event.
    last_day: Days,
    /// One column for each field of the source.
    fields: Vec<Words>,
    /// In milliseconds.
    start: Numbers,
    stop: Numbers,
    /// Local days.
    start_day: Days,
    stop_day: Days,
    counted_day: Days,
    due_day: Days,
    paused: Numbers,
    elapsed: Numbers,
    limit: Numbers,
    /// Whether the clock counts from a restart.
    restarted: MutableBooleanArray,
    state: Words,
    reason: Words,
    /// On the last day of the period, of cases open then.
    stock_elapsed: Numbers,
    stock_overdue: MutableBooleanArray,
    /// In the order of `Reading::ALL`: met or not, where the case counts.
    readings: [MutableBooleanArray; 8],
    /// The names of the signs that the case shows, with a space between.
    signs: Words,
    /// File and line of the row of the start event, and of the row that ended the clock.
    start_row: Rows,
    stop_row: Rows,
}

type Days = MutablePrimitiveArray<i32>;
type Numbers = MutablePrimitiveArray<i64>;

/// A column of files, by their place, and one of lines.
#[derive(Debug, Default)]
struct Rows {
    files: MutablePrimitiveArray<u32>,
    lines: Numbers,
}

impl Rows {
    fn push(&mut self, row: Option<Origin>) {
        self.files.push(row.map(|row| row.file));
        self.lines.push(row.map(|row| i64::from(row.line)));
    }
}

/// A column of texts that are mostly the same few.
#[derive(Debug, Default)]
struct Words {
    texts: Vec<String>,
    places: HashMap<String, u32>,
    last: Option<u32>,
    rows: MutablePrimitiveArray<u32>,
}

impl Words {
    /// Up to so many different texts are looked through one by one.
    const FEW: usize = 8;

    fn push(&mut self, text: Option<&str>) {
        self.last = text.map(|text| self.find(text).unwrap_or_else(|| self.add(text)));
        self.rows.push(self.last);
    }

    fn find(&self, text: &str) -> Option<u32> {
        let known = |place: u32| self.texts[place as usize] == text;
        match self.last {
            Some(last) if known(last) => Some(last),
            _ if self.texts.len() <= Words::FEW => (0..self.texts.len() as u32).find(|&place| known(place)),
            _ => self.places.get(text).copied(),
        }
    }

    fn add(&mut self, text: &str) -> u32 {
        let place = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// A column of `cases.parquet`.
pub struct CaseColumn {
    pub field: Field,
    pub cells: Box<dyn Array>,
    /// How the cells are written: in the form that takes least work and little room for what they are.
    pub encoding: Encoding,
}

impl CaseColumn {
    fn new(name: &str, kind: ArrowDataType, cells: impl Array, encoding: Encoding) -> CaseColumn {
        CaseColumn { field: Field::new(name.into(), kind, true), cells: Box::new(cells), encoding }
    }

    fn texts(name: &str, texts: MutableUtf8ValuesArray<i64>) -> CaseColumn {
        let cells: Utf8Array<i64> = texts.into();
        CaseColumn::new(name, ArrowDataType::Utf8View, cells, Encoding::Plain)
    }

    /// `rows` are places among `texts`.
    fn words(name: &str, texts: &[impl AsRef<str>], rows: MutablePrimitiveArray<u32>) -> PolarsResult<CaseColumn> {
        let texts = Utf8Array::<i64>::from_slice(texts);
        let cells = DictionaryArray::try_from_keys(rows.into(), texts.boxed(), false)?;
        Ok(CaseColumn::new(name, ArrowDataType::Utf8View, cells, Encoding::RleDictionary))
    }

    fn days(name: &str, days: Days) -> CaseColumn {
        let cells = PrimitiveArray::from(days).to(ArrowDataType::Date32);
        CaseColumn::new(name, ArrowDataType::Date32, cells, Encoding::DeltaBinaryPacked)
    }

    fn moments(name: &str, milliseconds: Numbers) -> CaseColumn {
        let kind = ArrowDataType::Timestamp(TimeUnit::Millisecond, None);
        let cells = PrimitiveArray::from(milliseconds).to(kind.clone());
        CaseColumn::new(name, kind, cells, Encoding::DeltaBinaryPacked)
    }

    fn numbers(name: &str, numbers: Numbers) -> CaseColumn {
        CaseColumn::new(name, ArrowDataType::Int64, PrimitiveArray::from(numbers), Encoding::DeltaBinaryPacked)
    }

    fn fingerprints(name: &str, numbers: Vec<u64>) -> CaseColumn {
        CaseColumn::new(name, ArrowDataType::UInt64, PrimitiveArray::from_vec(numbers), Encoding::Plain)
    }

    fn flags(name: &str, flags: MutableBooleanArray) -> CaseColumn {
        CaseColumn::new(name, ArrowDataType::Boolean, BooleanArray::from(flags), Encoding::Plain)
    }
}

/// Takes down every judged case of a source.
#[derive(Debug)]
pub struct CaseTable<'a> {
    project: &'a Project,
    /// By commitment of the project; empty for those on other sources.
    commitments: Vec<Columns>,
    /// What the fingerprint of the last case was made of.
    content: Vec<u8>,
}

impl<'a> CaseTable<'a> {
    /// An empty table.
    pub fn new(project: &'a Project) -> CaseTable<'a> {
        let commitments = project.commitments.iter().map(|_| Columns::default()).collect();
        CaseTable { project, commitments, content: Vec::new() }
    }
}

impl CaseTable<'_> {
    /// Takes one case.
    pub fn take(&mut self, case: &JudgedCase<'_>) {
        let commitment = &self.project.commitments[case.commitment];
        let columns = &mut self.commitments[case.commitment];
        columns.id.push(case.row.id);
        columns.fingerprint.push(fingerprint(&self.project.sources[commitment.source], case, &mut self.content));
        columns.last_day.push(case.row.events.iter().map(|event| event.moment.day.0).max());
        columns.fields.resize_with(case.row.values.len(), Words::default);
        for (column, value) in columns.fields.iter_mut().zip(case.row.values) {
            column.push(Some(value));
        }
        let (state, reason) = state(self.project, commitment, &case.judged.course, case.judged.verdict);
        columns.state.push(Some(state));
        columns.reason.push(reason.as_deref());
        columns.signs.push(signs(case).as_deref());
        let counted_day = match case.judged.verdict {
            Verdict::Standing(Standing::Counted { day, .. }) => Some(day.0),
            _ => None,
        };
        columns.counted_day.push(counted_day);
        columns.stock_elapsed.push(case.judged.open.map(|open| open.elapsed));
        columns.stock_overdue.push(case.judged.open.map(|open| open.overdue));
        for (column, met) in columns.readings.iter_mut().zip(case.judged.readings) {
            column.push(met);
        }
        match &case.judged.course {
            Course::Running(clock) => columns.push_clock(case, clock, commitment.clock.start.as_slice()),
            Course::Unusable { first_start, .. } => columns.push_no_clock(case, first_start.map(|day| day.0)),
            Course::NotStarted => columns.push_no_clock(case, None),
        }
    }

    /// How many cases of a commitment there are.
    pub fn height(&self, commitment: usize) -> usize {
        self.commitments[commitment].fingerprint.len()
    }

    /// Takes the cases of a commitment out of the table; `files` are the names of the files of its source.
    ///
    /// The columns are the same for every commitment. Times are instants in UTC, elapsed and paused in days or seconds.
    pub fn columns(&mut self, commitment: usize, files: &[String]) -> PolarsResult<Vec<CaseColumn>> {
        std::mem::take(&mut self.commitments[commitment]).into_columns(self.project, commitment, files)
    }
}

/// The names of the fields of all sources, each once.
fn field_names(project: &Project) -> Vec<&str> {
    let names: BTreeSet<&str> =
        project.sources.iter().flat_map(|source| &source.fields).map(|field| field.name.as_str()).collect();
    names.into_iter().collect()
}

impl Columns {
    fn push_clock(&mut self, case: &JudgedCase<'_>, clock: &Clock, starts: &[EventId]) {
        let clockwork = case.judge.clockwork();
        let stop = match clock.end {
            End::Open(_) => None,
            End::Stopped(mark) => first_at(case, &clockwork.rule.stop, mark.day, mark.point),
            End::Exited(place, mark) => first_at(case, &[clockwork.rule.exits[place].event], mark.day, mark.point),
        };
        self.push_ends(earliest(case, starts), stop);
        self.start_day.push(Some(clock.start.day.0));
        self.stop_day.push(clock.end.day().map(|day| day.0));
        self.due_day.push(clockwork.due_day(clock).filter(|day| day.0 < i32::MAX).map(|day| day.0));
        self.paused.push(Some(clockwork.paused(clock)));
        self.elapsed.push(Some(clockwork.elapsed(clock)));
        self.limit.push(Some(clockwork.limit(clock)));
        self.restarted.push(Some(began_again(clockwork, clock)));
    }

    /// The first start and the first stop are told also of a case that has no clock: they say why.
    fn push_no_clock(&mut self, case: &JudgedCase<'_>, start_day: Option<i32>) {
        let rule = case.judge.clockwork().rule;
        let stop = earliest(case, &rule.stop);
        self.push_ends(earliest(case, &rule.start), stop);
        self.start_day.push(start_day);
        self.stop_day.push(stop.map(|(event, _)| event.moment.day.0));
        self.restarted.push(None);
        for column in [&mut self.paused, &mut self.elapsed, &mut self.limit] {
            column.push(None);
        }
        self.due_day.push(None);
    }

    fn push_ends(&mut self, start: Option<(Event, Origin)>, stop: Option<(Event, Origin)>) {
        let moment = |(event, _): (Event, Origin)| event.moment.seconds * 1000;
        self.start.push(start.map(moment));
        self.start_row.push(start.map(|(_, origin)| origin));
        self.stop.push(stop.map(moment));
        self.stop_row.push(stop.map(|(_, origin)| origin));
    }

    fn into_columns(self, project: &Project, commitment: usize, files: &[String]) -> PolarsResult<Vec<CaseColumn>> {
        let height = self.fingerprint.len();
        let source = &project.sources[project.commitments[commitment].source];
        let of_commitment = [&project.commitments[commitment].id];
        let words = |name: &str, words: Words| CaseColumn::words(name, &words.texts, words.rows);
        let mut columns = vec![
            CaseColumn::words("commitment", &of_commitment, MutablePrimitiveArray::from_vec(vec![0; height]))?,
            CaseColumn::texts("id", self.id),
            words("state", self.state)?,
            words("reason", self.reason)?,
            CaseColumn::moments("start_utc", self.start),
            CaseColumn::moments("stop_utc", self.stop),
            CaseColumn::days("start_day", self.start_day),
            CaseColumn::days("stop_day", self.stop_day),
            CaseColumn::days("counted_day", self.counted_day),
            CaseColumn::days("due_day", self.due_day),
            CaseColumn::flags("restarted", self.restarted),
            CaseColumn::numbers("paused", self.paused),
            CaseColumn::numbers("elapsed", self.elapsed),
            CaseColumn::numbers("limit", self.limit),
            CaseColumn::words("start_file", files, self.start_row.files)?,
            CaseColumn::numbers("start_line", self.start_row.lines),
            CaseColumn::words("stop_file", files, self.stop_row.files)?,
            CaseColumn::numbers("stop_line", self.stop_row.lines),
            words("signs", self.signs)?,
            CaseColumn::days("last_day", self.last_day),
            CaseColumn::fingerprints("fingerprint", self.fingerprint),
            CaseColumn::numbers("stock_elapsed", self.stock_elapsed),
            CaseColumn::flags("stock_overdue", self.stock_overdue),
        ];
        for (reading, met) in Reading::ALL.into_iter().zip(self.readings) {
            columns.push(CaseColumn::flags(&format!("reading_{}", reading.name().replace('-', "_")), met));
        }
        let mut fields = self.fields;
        for name in field_names(project) {
            let place = source.fields.iter().position(|field| field.name == name);
            let column = match place.and_then(|place| fields.get_mut(place)) {
                Some(column) => std::mem::take(column),
                None => Words { rows: MutablePrimitiveArray::from_iter(vec![None; height]), ..Words::default() },
            };
            columns.push(words(&format!("field_{name}"), column)?);
        }
        Ok(columns)
    }
}

/// A number that is the same wherever the same fields and events of a case were read, in whatever order its rows stand: XXH3 of 64
/// bits, <https://github.com/Cyan4973/xxHash>. It tells runs apart for `compare`; against forgery stand the fingerprints of the files.
///
/// `content` is overwritten.
fn fingerprint(source: &Source, case: &JudgedCase<'_>, content: &mut Vec<u8>) -> u64 {
    content.clear();
    let mut add = |text: &str| {
        content.extend_from_slice(text.as_bytes());
        content.push(0);
    };
    for (field, value) in source.fields.iter().zip(case.row.values) {
        add(&field.name);
        add(value);
    }
    // A source that does not list its codes takes any: those of which no clock hears have no name, and count by their time.
    let name = |kind: EventId| source.events.get(kind.0 as usize).map_or("", String::as_str);
    let add_event = |(seconds, day, name): (i64, i32, &str)| {
        content.extend_from_slice(&seconds.to_le_bytes());
        content.extend_from_slice(&day.to_le_bytes());
        content.extend_from_slice(name.as_bytes());
        content.push(0);
    };
    let events = case.row.events.iter().map(|event| (event.moment.seconds, event.moment.day.0, name(event.kind)));
    if events.clone().is_sorted() {
        events.for_each(add_event);
    } else {
        let mut events: Vec<_> = events.collect();
        events.sort_unstable();
        events.into_iter().for_each(add_event);
    }
    xxh3_64(content)
}

/// The state of a case in the words of `results.json`, and why.
pub fn state(project: &Project, commitment: &Commitment, course: &Course, verdict: Verdict) -> (&'static str, Option<String>) {
    let exit = |place: usize| {
        let event = commitment.clock.exits[place].event;
        project.sources[commitment.source].events[event.0 as usize].clone()
    };
    match verdict {
        Verdict::ExcludedByRule(rule) => ("excluded", Some(commitment.exclude[rule].name.clone())),
        Verdict::Standing(Standing::ExcludedByExit(place)) => ("excluded", Some(exit(place))),
        Verdict::Standing(Standing::Unusable(reason)) => ("unusable", Some(Unusable::name(reason).to_owned())),
        Verdict::Standing(Standing::Counted { met: true, .. }) => ("met", None),
        Verdict::Standing(Standing::Counted { met: false, .. }) => match course {
            Course::Running(Clock { end: End::Exited(place, _), .. }) => ("missed", Some(exit(*place))),
            _ => ("missed", None),
        },
        Verdict::Standing(Standing::Pending) => ("pending", None),
        Verdict::Standing(Standing::NotStarted) => ("not-started", None),
        Verdict::Standing(Standing::Outside) => ("outside", None),
    }
}

/// The signs that a case shows, as `signs.csv` names them.
fn signs(case: &JudgedCase<'_>) -> Option<String> {
    let found = Sign::ALL.iter().zip(case.judged.sights).filter(|(_, sight)| *sight == Some(Sight::Found));
    let names: Vec<&str> = found.map(|(sign, _)| sign.name()).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

/// The earliest event of these kinds, with its row.
fn earliest(case: &JudgedCase<'_>, kinds: &[EventId]) -> Option<(Event, Origin)> {
    let events = case.row.events.iter().zip(case.row.origins).filter(|(event, _)| kinds.contains(&event.kind));
    events.min_by_key(|(event, origin)| (event.moment, **origin)).map(|(event, origin)| (*event, *origin))
}

/// The earliest event of these kinds at the point that ended the clock: a day, or an instant for minutes.
fn first_at(case: &JudgedCase<'_>, kinds: &[EventId], day: Day, point: i64) -> Option<(Event, Origin)> {
    let at_end = |event: &Event| event.moment.day == day && (point == i64::from(day.0) || point == event.moment.seconds);
    let events = case.row.events.iter().zip(case.row.origins);
    let events = events.filter(|(event, _)| kinds.contains(&event.kind) && at_end(event));
    events.min_by_key(|(event, origin)| (event.moment, **origin)).map(|(event, origin)| (*event, *origin))
}
