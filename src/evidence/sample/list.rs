//! `sample.csv`: one line per drawn case, for programs and for those who want no workbook.

use std::io;

use super::row::Drawings;
use super::trace::Mention;
use crate::domain::calendar::Day;
use crate::evidence::spreadsheet::inert;
use crate::intake::hexadecimal;

const BEFORE_FIELDS: [&str; 6] = ["number", "stratum", "selection", "sha256", "commitment", "id"];
const AFTER_FIELDS: [&str; 17] = [
    "state",
    "reason",
    "start",
    "start_row",
    "restart",
    "restart_row",
    "ending",
    "end_event",
    "end",
    "end_row",
    "paused",
    "elapsed",
    "limit",
    "due_day",
    "counted_day",
    "pauses",
    "events",
];

/// Writes the sample, each text as it was read but for what a spreadsheet would run. Moments are local with their offset; elapsed, paused and limit are days, or seconds for minutes.
pub fn write(drawings: &Drawings<'_>, out: impl io::Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let fields = drawings.source.fields.iter().map(|field| format!("field_{}", field.name));
    let header = BEFORE_FIELDS.iter().map(|name| (*name).to_owned()).chain(fields);
    csv.write_record(header.chain(AFTER_FIELDS.iter().map(|name| (*name).to_owned())))?;
    for (number, row) in (1..).zip(&drawings.rows) {
        let case = &row.drawn.candidate;
        let moment = |mention: Option<Mention>| mention.map(|row| moment(drawings, row.event.moment.seconds)).unwrap_or_default();
        let place = |mention: Option<Mention>| mention.map(|row| drawings.place(row.origin)).unwrap_or_default();
        let told = |mention: &Mention| format!("{} {}", drawings.event(mention), moment(Some(*mention)));
        let selection = if row.drawn.at_random { "random" } else { "targeted" };
        let mut record: Vec<String> = vec![
            number.to_string(),
            row.drawn.stratum.name().to_owned(),
            selection.to_owned(),
            hexadecimal(&row.drawn.key),
            drawings.commitment.id.clone(),
            case.id.clone(),
        ];
        record.extend(case.values.iter().cloned());
        let pauses = row.trace.pauses.iter().map(|pause| {
            let until =
                pause.until.map_or_else(|| "open".to_owned(), |row| format!("{} {}", told(&row), drawings.place(row.origin)));
            format!("{} {} – {until}", told(&pause.from), drawings.place(pause.from.origin))
        });
        let events = case.rows.iter().map(|row| format!("{} {}", told(row), drawings.place(row.origin)));
        record.extend([
            row.state.to_owned(),
            row.reason.clone().unwrap_or_default(),
            moment(row.trace.start),
            place(row.trace.start),
            moment(row.trace.restart),
            place(row.trace.restart),
            row.ending.name().to_owned(),
            row.trace.end.map(|row| drawings.event(&row).to_owned()).unwrap_or_default(),
            moment(row.trace.end),
            place(row.trace.end),
            number_or_empty(row.paused),
            number_or_empty(row.elapsed),
            number_or_empty(row.limit),
            day_or_empty(row.due),
            day_or_empty(row.counted),
            pauses.collect::<Vec<_>>().join("; "),
            events.collect::<Vec<_>>().join("; "),
        ]);
        csv.write_record(record.iter().map(|text| inert(text).into_owned()))?;
    }
    csv.flush()
}

/// An instant as the wall clock showed it, with the offset that was in force: `2025-11-02T01:30:00-04:00`.
fn moment(drawings: &Drawings<'_>, instant: i64) -> String {
    drawings.zone.local(instant).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn number_or_empty(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn day_or_empty(day: Option<Day>) -> String {
    day.map(|day| day.date().format("%Y-%m-%d").to_string()).unwrap_or_default()
}
