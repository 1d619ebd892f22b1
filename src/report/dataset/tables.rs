//! The tables: which columns each has, and where their values come from.

use super::{Column, Kind, Side, Table, Value, Writers};
use crate::domain::project::Project;
use crate::domain::rate::{Goal, Rate};
use crate::domain::tally::Share;
use crate::domain::text::Text;
use crate::report::results::{
    Audience, CellResult, CommitmentResult, Decimal, FiguresResult, FileResult, HistoryResult, MonthResult, PledgeResult,
    ReadingResult, Results, SourceResult, ValueResult,
};

pub(super) fn all(project: &Project, results: &Results, audience: Audience, writers: &Writers<'_>) -> Vec<Table> {
    let shaper = Shaper { project, results, audience, writers };
    let mut tables = vec![
        shaper.commitments(),
        shaper.months(),
        shaper.breakdowns(),
        shaper.readings(),
        shaper.history(),
        shaper.reasons(),
        shaper.pledges(),
        shaper.sources(),
        shaper.files(),
        shaper.rejected(),
    ];
    if audience == Audience::Auditors {
        tables.push(shaper.distribution());
    }
    tables
}

struct Shaper<'a> {
    project: &'a Project,
    results: &'a Results,
    audience: Audience,
    writers: &'a Writers<'a>,
}

/// A table that is being made of rows of one type.
struct Draft<'a, Row> {
    writers: &'a Writers<'a>,
    name: &'static str,
    rows: Vec<Row>,
    columns: Vec<Column>,
    values: Vec<Vec<Value>>,
}

impl<'a, Row> Draft<'a, Row> {
    fn new(writers: &'a Writers<'a>, name: &'static str, rows: Vec<Row>) -> Self {
        let values = rows.iter().map(|_| Vec::new()).collect();
        Draft { writers, name, rows, columns: Vec::new(), values }
    }

    fn column(mut self, name: &str, kind: Kind, value: impl Fn(&Row) -> Value) -> Self {
        let key = format!("data-{}", name.replace('_', "-"));
        let (title, meaning) = (self.writers.word(&key), self.writers.word(&format!("{key}-meaning")));
        self.columns.push(Column { name: name.to_owned(), kind, title, meaning });
        for (row, values) in self.rows.iter().zip(&mut self.values) {
            values.push(value(row));
        }
        self
    }

    /// One column for each language: `title_fr`, `title_en`.
    fn in_each_language(mut self, name: &str, kind: Kind, value: impl Fn(&Row, usize) -> Value) -> Self {
        let writers = self.writers;
        for (place, language) in writers.0.iter().map(|writer| writer.language).enumerate() {
            self = self.column(name, kind, |row| value(row, place));
            if let Some(column) = self.columns.last_mut() {
                column.name = format!("{name}_{language}");
                column.title.iter_mut().for_each(|title| *title = format!("{title} ({language})"));
            }
        }
        self
    }

    /// Counted, met, the rate of both as a number and as it is printed, and whether they are masked.
    fn share(self, cell: impl Fn(&Row) -> &CellResult, goal: impl Fn(&Row) -> Option<Goal>) -> Self {
        let share = |row: &Row| Some(Share { counted: cell(row).counted?, met: cell(row).met? });
        self.column("counted", Kind::Count, |row| cell(row).counted.map_or(Value::Masked, Value::from))
            .column("met", Kind::Count, |row| cell(row).met.map_or(Value::Masked, Value::from))
            .rate(|row| share(row).map(|share| (share, goal(row))))
            .column("masked", Kind::Masked, |row| Value::Flag(cell(row).masked))
    }

    /// The rate of a share as a number and as it is printed, held against a goal; `None` is masked.
    fn rate(self, share: impl Fn(&Row) -> Option<(Share, Option<Goal>)>) -> Self {
        let writers = self.writers;
        self.column("rate", Kind::Rate, |row| share(row).map_or(Value::Masked, |(share, goal)| rate(share, goal)))
            .in_each_language("rate_text", Kind::RateText, |row, language| match share(row) {
                None => Value::Masked,
                Some((share, goal)) => {
                    let writer = &writers.0[language];
                    let tenths = share.rate().map(|rate| rate.displayed_tenths(goal));
                    Value::Text(tenths.map_or_else(|| writer.word("no-cases"), |tenths| writer.rate(tenths)))
                }
            })
    }

    fn finish(self) -> Table {
        let title = self.writers.word(&format!("data-table-{}", self.name));
        Table { name: self.name, title, columns: self.columns, rows: self.values }
    }
}

/// A rate with six decimals, and where it lies when they say that all or none was met, or the goal was, and that is not so.
fn rate(share: Share, goal: Option<Goal>) -> Value {
    let Some(rate) = Rate::new(share.met, share.counted) else { return Value::Empty };
    let millionths = rate.millionths();
    let missed = goal.filter(|goal| !goal.is_reached_by(share.met, share.counted));
    let side = if share.met > 0 && millionths == 0 {
        Side::Above
    } else if (share.met < share.counted && millionths == 1_000_000)
        || missed.is_some_and(|goal| goal.is_reached_by(millionths, 1_000_000))
    {
        Side::Below
    } else {
        Side::There
    };
    Value::Rate(Decimal { scaled: millionths, decimals: 6 }, side)
}

impl Shaper<'_> {
    fn draft<Row>(&self, name: &'static str, rows: Vec<Row>) -> Draft<'_, Row> {
        Draft::new(self.writers, name, rows)
    }

    fn goal(&self, commitment: &str) -> Option<Goal> {
        self.project.commitments.iter().find(|known| known.id == commitment)?.goal
    }

    fn text(&self, text: &Text, language: usize) -> Value {
        Value::Text(self.writers.0[language].text(text))
    }

    fn commitments(&self) -> Table {
        let rows: Vec<_> = self.project.commitments.iter().zip(&self.results.commitments).collect();
        let of = |row: &(_, &CommitmentResult), value: fn(&FiguresResult) -> Value| figure(row.1, value);
        let draft = self
            .draft("commitments", rows)
            .column("commitment", Kind::Name, |(_, result)| Value::from(&result.id))
            .in_each_language("title", Kind::Words, |(commitment, _), language| self.text(&commitment.title, language))
            .column("section", Kind::Name, |(_, result)| Value::from(&result.section))
            .column("source", Kind::Name, |(_, result)| Value::from(&result.source))
            .column("period", Kind::Name, |_| Value::from(&self.results.period.label))
            .column("unit", Kind::Choice(&["business-days", "calendar-days", "minutes"]), |(_, result)| {
                Value::Text(result.unit.to_owned())
            })
            .column("limit", Kind::Count, |(_, result)| Value::Whole(i64::from(result.limit)))
            .column("goal_percent", Kind::Percent, |(_, result)| Value::from(result.goal_percent))
            .column("goal_reached", Kind::Flag, |row| of(row, |of| of.goal_reached.map_or(Value::Empty, Value::Flag)))
            .column("counted_by", Kind::Choice(&["stop", "due", "start"]), |(_, result)| {
                Value::Text(result.counted_by.to_owned())
            })
            .column("in_scope", Kind::Count, |row| of(row, |of| of.in_scope.into()))
            .column("counted", Kind::Count, |row| of(row, |of| of.counted.into()))
            .column("met", Kind::Count, |row| of(row, |of| of.met.into()))
            .column("missed", Kind::Count, |row| of(row, |of| of.missed.into()))
            .column("pending", Kind::Count, |row| of(row, |of| of.pending.into()))
            .column("outside", Kind::Count, |row| of(row, |of| of.outside.into()))
            .column("not_started", Kind::Count, |row| of(row, |of| of.not_started.into()))
            .column("excluded", Kind::Count, |row| of(row, |of| sum(&of.excluded.0)))
            .column("unusable", Kind::Count, |row| of(row, |of| sum(&of.unusable.0)))
            .rate(|(commitment, result)| {
                let figures = result.figures.as_ref()?;
                Some((Share { counted: figures.counted, met: figures.met }, commitment.goal))
            })
            .column("rate_low", Kind::Rate, |row| of(row, |of| of.bounds.as_ref().map(|bounds| bounds.low).into()))
            .column("rate_high", Kind::Rate, |row| of(row, |of| of.bounds.as_ref().map(|bounds| bounds.high).into()))
            .column("elapsed_n", Kind::Count, |row| of(row, |of| of.elapsed.n.into()))
            .column("elapsed_mean", Kind::Decimal, |row| of(row, |of| of.elapsed.mean.into()))
            .column("elapsed_median", Kind::Whole, |row| of(row, |of| of.elapsed.median.into()))
            .column("elapsed_p90", Kind::Whole, |row| of(row, |of| of.elapsed.p90.into()));
        let draft = match self.audience {
            Audience::Public => draft,
            Audience::Auditors => draft.column("elapsed_max", Kind::Whole, |row| of(row, |of| of.elapsed.max.flatten().into())),
        };
        draft
            .column("open", Kind::Count, |row| of(row, |of| of.stock.open.into()))
            .column("overdue", Kind::Count, |row| of(row, |of| of.stock.overdue.into()))
            .column("oldest", Kind::Whole, |row| of(row, |of| of.stock.oldest.into()))
            .column("masked", Kind::Masked, |(_, result)| Value::Flag(result.masked))
            .finish()
    }

    /// The figures of commitments that are not masked as a whole, each with the id of its commitment.
    fn figures(&self) -> impl Iterator<Item = (&str, &FiguresResult)> {
        self.results.commitments.iter().filter_map(|result| Some((result.id.as_str(), result.figures.as_ref()?)))
    }

    fn months(&self) -> Table {
        let rows = self.figures().flat_map(|(id, figures)| figures.by_month.iter().map(move |month| (id, month)));
        self.draft::<(&str, &MonthResult)>("months", rows.collect())
            .column("commitment", Kind::Name, |(id, _)| Value::from(*id))
            .column("month", Kind::Month, |(_, month)| Value::from(&month.month))
            .share(|(_, month)| &month.cell, |(id, _)| self.goal(id))
            .finish()
    }

    fn breakdowns(&self) -> Table {
        let rows = self.figures().flat_map(|(id, figures)| {
            let fields = figures.by.0.iter();
            fields.flat_map(move |(field, values)| values.iter().map(move |value| (id, field.as_str(), value)))
        });
        self.draft::<(&str, &str, &ValueResult)>("breakdowns", rows.collect())
            .column("commitment", Kind::Name, |(id, ..)| Value::from(*id))
            .column("field", Kind::Name, |(_, field, _)| Value::from(*field))
            .column("value", Kind::Words, |(.., value)| Value::from(&value.value))
            .share(|(.., value)| &value.cell, |(id, ..)| self.goal(id))
            .finish()
    }

    fn readings(&self) -> Table {
        let rows = self.figures().flat_map(|(id, figures)| figures.readings.iter().map(move |reading| (id, reading)));
        self.draft::<(&str, &ReadingResult)>("readings", rows.collect())
            .column("commitment", Kind::Name, |(id, _)| Value::from(*id))
            .column("reading", Kind::Name, |(_, reading)| Value::from(reading.reading))
            .in_each_language("title", Kind::Words, |(_, reading), language| {
                Value::Text(self.writers.0[language].word(&format!("reading-{}", reading.reading)))
            })
            .column("counted", Kind::Count, |(_, reading)| reading.counted.into())
            .column("met", Kind::Count, |(_, reading)| reading.met.into())
            .rate(|(id, reading)| Some((Share { counted: reading.counted, met: reading.met }, self.goal(id))))
            .finish()
    }

    fn history(&self) -> Table {
        let rows = self.results.commitments.iter();
        let rows = rows.flat_map(|result| result.history.iter().map(move |line| (result.id.as_str(), line)));
        self.draft::<(&str, &HistoryResult)>("history", rows.collect())
            .column("commitment", Kind::Name, |(id, _)| Value::from(*id))
            .column("period", Kind::Name, |(_, line)| Value::from(&line.period))
            .column("counted", Kind::Count, |(_, line)| line.counted.map_or(Value::Empty, Value::from))
            .column("met", Kind::Count, |(_, line)| line.met.map_or(Value::Empty, Value::from))
            .column("rate", Kind::Rate, |(id, line)| match (line.counted, line.met) {
                (Some(counted), Some(met)) => rate(Share { counted, met }, self.goal(id)),
                _ => line.rate.into(),
            })
            .column("status", Kind::Choice(&["published", "restated"]), |(_, line)| Value::Text(line.status.to_owned()))
            .finish()
    }

    fn reasons(&self) -> Table {
        let rows = self.figures().flat_map(|(id, figures)| {
            let excluded = figures.excluded.0.iter().map(move |(reason, cases)| (id, "excluded", reason, *cases));
            excluded.chain(figures.unusable.0.iter().map(move |(reason, cases)| (id, "unusable", reason, *cases)))
        });
        self.draft::<(&str, &str, &String, u64)>("reasons", rows.collect())
            .column("commitment", Kind::Name, |(id, ..)| Value::from(*id))
            .column("outcome", Kind::Choice(&["excluded", "unusable"]), |(_, outcome, ..)| Value::from(*outcome))
            .column("reason", Kind::Name, |(_, _, reason, _)| Value::from(*reason))
            .column("cases", Kind::Count, |(.., cases)| Value::from(*cases))
            .finish()
    }

    fn distribution(&self) -> Table {
        let rows = self.figures().flat_map(|(id, figures)| {
            let bars = figures.histogram.iter().flatten();
            bars.map(move |(elapsed, cases)| (id, *elapsed, *cases))
        });
        self.draft::<(&str, i64, u64)>("distribution", rows.collect())
            .column("commitment", Kind::Name, |(id, ..)| Value::from(*id))
            .column("elapsed", Kind::Whole, |(_, elapsed, _)| Value::Whole(*elapsed))
            .column("cases", Kind::Count, |(.., cases)| Value::from(*cases))
            .finish()
    }

    fn pledges(&self) -> Table {
        let rows: Vec<_> = self.project.pledges.iter().zip(&self.results.pledges).collect();
        let count = |value: Option<u64>| value.map_or(Value::Empty, Value::from);
        let share = |pledge: &PledgeResult| Some(Share { counted: pledge.respondents?, met: pledge.favourable? });
        self.draft("pledges", rows)
            .column("pledge", Kind::Name, |(_, result)| Value::from(&result.id))
            .in_each_language("title", Kind::Words, |(pledge, _), language| self.text(&pledge.title, language))
            .column("favourable", Kind::Count, |(_, result)| count(result.favourable))
            .column("respondents", Kind::Count, |(_, result)| count(result.respondents))
            .column("invited", Kind::Count, |(_, result)| count(result.invited))
            .column("rate", Kind::Rate, |(_, result)| share(result).map_or(Value::Empty, |share| rate(share, None)))
            .finish()
    }

    fn sources(&self) -> Table {
        self.draft::<&SourceResult>("sources", self.results.sources.iter().collect())
            .column("source", Kind::Name, |source| Value::from(&source.id))
            .column("rows", Kind::Count, |source| source.rows.into())
            .column("accepted", Kind::Count, |source| source.accepted.into())
            .column("duplicates", Kind::Count, |source| source.duplicates.into())
            .column("rejected", Kind::Count, |source| sum(&source.rejected.0))
            .column("cases", Kind::Count, |source| source.cases.into())
            .finish()
    }

    fn source_files(&self) -> impl Iterator<Item = (&str, &FileResult)> {
        self.results.sources.iter().flat_map(|source| source.files.iter().map(move |file| (source.id.as_str(), file)))
    }

    fn files(&self) -> Table {
        self.draft("files", self.source_files().collect())
            .column("source", Kind::Name, |(source, _)| Value::from(*source))
            .column("file", Kind::Name, |(_, file)| Value::from(&file.name))
            .column("bytes", Kind::Count, |(_, file)| file.bytes.into())
            .column("sha256", Kind::Fingerprint, |(_, file)| Value::from(&file.sha256))
            .column("rows", Kind::Count, |(_, file)| file.rows.into())
            .column("accepted", Kind::Count, |(_, file)| file.accepted.into())
            .column("duplicates", Kind::Count, |(_, file)| file.duplicates.into())
            .column("rejected", Kind::Count, |(_, file)| sum(&file.rejected.0))
            .column("encoding", Kind::Name, |(_, file)| Value::from(&file.encoding))
            .column("delimiter", Kind::Name, |(_, file)| Value::from(&file.delimiter))
            .finish()
    }

    fn rejected(&self) -> Table {
        let reasons = |(source, file): (_, &'_ FileResult)| {
            let rejected = file.rejected.0.clone().into_iter();
            rejected.map(move |(reason, rows)| (source, file.name.clone(), reason, rows)).collect::<Vec<_>>()
        };
        self.draft::<(&str, String, String, u64)>("rejected", self.source_files().flat_map(reasons).collect())
            .column("source", Kind::Name, |(source, ..)| Value::from(*source))
            .column("file", Kind::Name, |(_, file, ..)| Value::from(file))
            .column("reason", Kind::Name, |(_, _, reason, _)| Value::from(reason))
            .column("rows", Kind::Count, |(.., rows)| Value::from(*rows))
            .finish()
    }
}

/// A figure of this period; masked where the commitment is.
fn figure(result: &CommitmentResult, value: fn(&FiguresResult) -> Value) -> Value {
    result.figures.as_ref().map_or(Value::Masked, value)
}

fn sum(parts: &[(String, u64)]) -> Value {
    Value::from(parts.iter().map(|(_, cases)| cases).sum::<u64>())
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Value {
        number.map_or(Value::Empty, Value::Whole)
    }
}

impl From<Option<Decimal>> for Value {
    fn from(number: Option<Decimal>) -> Value {
        number.map_or(Value::Empty, Value::Decimal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(met: u64, counted: u64, goal: Option<&str>) -> (u64, Side) {
        match rate(Share { counted, met }, goal.map(|goal| Goal::parse(goal).unwrap())) {
            Value::Rate(number, side) => (number.scaled, side),
            other => panic!("{other:?}"),
        }
    }

    // 9 999 999 of 10 000 000 rounds to 1.000000; 8 999 999 to 0.900000, the goal that it misses.
    #[test]
    fn a_rate_that_rounds_to_a_guard_says_on_which_side_of_it_it_lies() {
        assert_eq!(written(9_999_999, 10_000_000, None), (1_000_000, Side::Below));
        assert_eq!(written(10_000_000, 10_000_000, None), (1_000_000, Side::There));
        assert_eq!(written(1, 10_000_000, None), (0, Side::Above));
        assert_eq!(written(0, 10_000_000, None), (0, Side::There));
        assert_eq!(written(8_999_999, 10_000_000, Some("90 %")), (900_000, Side::Below));
        assert_eq!(written(8_999_999, 10_000_000, None), (900_000, Side::There));
        assert_eq!(written(9996, 10_000, None), (999_600, Side::There));
        assert_eq!(rate(Share { counted: 0, met: 0 }, None), Value::Empty);
    }
}
