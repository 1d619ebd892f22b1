//! The first sheet: what was promised, how the sample was drawn and how to draw it again, and what the strata came to.

use rust_xlsxwriter::{RowNum, Worksheet, XlsxError};

use super::Paper;
use super::columns::{Column, Columns};
use super::page::{self, Kind, Page, Role, cell, day_number, moment_number};
use crate::domain::clock::Zone;
use crate::domain::commitment::{Cohort, CountFrom, EventId, FieldCondition, LimitVersion, ReceivedWhenClosed, Treatment, Unit};
use crate::domain::sampling::Share;
use crate::domain::strata::{Stratum, margin};
use crate::domain::text::Text;
use crate::evidence::sample::draw::{Size, StratumLine};
use crate::evidence::sample::query::query;

/// How many characters a line of the wide column surely holds.
const TEXT_WIDTH: usize = 88;

/// Names of cells for formulas, with where they stand.
type Defined = Vec<(&'static str, String)>;

/// Fills the sheet; the names of its cells.
pub fn write(paper: &Paper<'_>, sheet: &mut Worksheet) -> Result<Defined, XlsxError> {
    for (column, width) in [(0, 44.0), (1, 92.0)].into_iter().chain((2..10).map(|column| (column, 12.0))) {
        sheet.set_column_width(column, width)?;
    }
    let mut writer = Writer { paper, page: Page(sheet), at: 0, defined: Vec::new() };
    writer.title()?;
    writer.rule()?;
    writer.parameters()?;
    writer.limits()?;
    writer.draw()?;
    writer.strata()?;
    writer.again()?;
    Ok(writer.defined)
}

struct Writer<'a> {
    paper: &'a Paper<'a>,
    page: Page<'a>,
    at: RowNum,
    defined: Defined,
}

impl Writer<'_> {
    fn word(&self, key: &str) -> String {
        self.paper.word(key)
    }

    fn written<'t>(&self, text: &'t Text) -> &'t str {
        text.in_language(self.paper.words.language())
    }

    fn heading(&mut self, key: &str) -> Result<(), XlsxError> {
        self.at += 1;
        self.page.text(self.at, 0, &self.paper.word(key), &page::heading())?;
        self.at += 1;
        Ok(())
    }

    fn pair(&mut self, key: &str, value: &str) -> Result<(), XlsxError> {
        self.page.text(self.at, 0, &self.paper.word(key), &page::label())?;
        self.page.text(self.at, 1, value, &page::text())?;
        self.page.fit(self.at, value, TEXT_WIDTH)?;
        self.at += 1;
        Ok(())
    }

    /// A value that formulas refer to by its name.
    fn parameter(&mut self, key: &str, name: &'static str, number: f64, kind: Kind) -> Result<(), XlsxError> {
        self.page.text(self.at, 0, &self.paper.word(key), &page::label())?;
        self.page.number(self.at, 1, number, &cell(Role::Shown, kind).set_align(rust_xlsxwriter::FormatAlign::Left))?;
        self.define_cell(name);
        self.at += 1;
        Ok(())
    }

    /// Names the cell beside a label. `NETWORKDAYS.INTL` takes no weekend from a range, even of one cell.
    fn define_cell(&mut self, name: &'static str) {
        let sheet = self.paper.sheet("sheet-method");
        self.defined.push((name, format!("{sheet}!$B${}", self.at + 1)));
    }

    fn define(&mut self, name: &'static str, column: u16, first: RowNum, last: RowNum) {
        let letters = page::letters(column);
        let sheet = self.paper.sheet("sheet-method");
        self.defined.push((name, format!("{sheet}!${letters}${}:${letters}${}", first + 1, last + 1)));
    }

    fn title(&mut self) -> Result<(), XlsxError> {
        let project = self.paper.drawings.project;
        let commitment = self.paper.drawings.commitment;
        let title = self.paper.words.message("title", &[("commitment", self.written(&commitment.short))]);
        self.page.text(0, 0, &title, &page::title())?;
        let organization = format!("{} · {}", self.written(&project.organization), project.period.label);
        self.page.text(1, 0, &organization, &page::heading())?;
        self.page.text(2, 0, &self.word("warning"), &page::label().unset_text_wrap())?;
        self.at = 3;
        Ok(())
    }

    fn rule(&mut self) -> Result<(), XlsxError> {
        let drawings = self.paper.drawings;
        let (commitment, rule) = (drawings.commitment, &drawings.commitment.clock);
        let name = |event: &EventId| drawings.source.events[event.0 as usize].as_str();
        let names = |events: &[EventId]| events.iter().map(name).collect::<Vec<_>>().join(", ");
        self.heading("heading-rule")?;
        let promise = format!("{} ({})", self.written(&commitment.title), commitment.id);
        self.pair("rule-promise", &promise)?;
        self.pair("rule-source", &format!("{}: {}", drawings.source.id, drawings.files.join(", ")))?;
        if !commitment.condition.is_empty() {
            self.pair("rule-cases", &self.condition(&commitment.condition))?;
        }
        self.pair("rule-start", &names(&rule.start))?;
        self.pair("rule-stop", &names(&rule.stop))?;
        for pause in &rule.pauses {
            self.pair("rule-pause", &format!("{} → {}", name(&pause.from), name(&pause.until)))?;
        }
        if !rule.restarts.is_empty() {
            self.pair("rule-restarts", &names(&rule.restarts))?;
        }
        for exit in &rule.exits {
            let treatment = match exit.treatment {
                Treatment::Exclude => "treatment-exclude",
                Treatment::Missed => "treatment-missed",
                Treatment::ByWait => "treatment-by-wait",
            };
            self.pair("rule-exit", &format!("{}: {}", name(&exit.event), self.word(treatment)))?;
        }
        for exclude in &commitment.exclude {
            let because = self.written(&exclude.because).to_owned();
            self.pair("rule-exclude", &format!("{}: {}. {because}", exclude.name, self.condition(&exclude.condition)))?;
        }
        let counting = match (rule.unit, rule.count_from) {
            (Unit::Minutes, _) => "count-minutes",
            (Unit::BusinessDays, CountFrom::NextDay) => "count-business-next",
            (Unit::BusinessDays, CountFrom::SameDay) => "count-business-same",
            (Unit::CalendarDays, CountFrom::NextDay) => "count-calendar-next",
            (Unit::CalendarDays, CountFrom::SameDay) => "count-calendar-same",
        };
        self.pair("rule-count", &self.word(counting))?;
        if rule.received_when_closed == ReceivedWhenClosed::NextBusinessDay {
            self.pair("rule-closed", &self.word("closed-next"))?;
        }
        let cohort = match commitment.counted_by {
            Cohort::Stop => "cohort-stop",
            Cohort::Due => "cohort-due",
            Cohort::Start => "cohort-start",
        };
        self.pair("rule-cohort", &self.word(cohort))
    }

    fn condition(&self, condition: &[FieldCondition]) -> String {
        let fields = &self.paper.drawings.source.fields;
        let told = condition.iter().map(|field| format!("{} = {}", fields[field.field].name, field.values.join(" | ")));
        told.collect::<Vec<_>>().join("; ")
    }

    fn parameters(&mut self) -> Result<(), XlsxError> {
        let (project, zone) = (self.paper.drawings.project, self.paper.drawings.zone);
        self.heading("heading-parameters")?;
        self.parameter("period-first", "period_first", day_number(project.period.first), Kind::Date)?;
        self.parameter("period-last", "period_last", day_number(project.period.last), Kind::Date)?;
        self.parameter("as-of", "as_of", day_number(project.as_of), Kind::Date)?;
        if self.paper.drawings.commitment.clock.unit == Unit::Minutes {
            let end = zone.start_of(crate::domain::calendar::Day(project.as_of.0 + 1));
            self.parameter("as-of-end", "as_of_end", moment_number(end), Kind::Moment)?;
        }
        self.pair("time-zone", &project.time_zone)?;
        let days = project.calendar.days_off().weekend.iter().map(|day| day.num_days_from_monday());
        let mut weekend = [b'0'; 7];
        days.for_each(|day| weekend[day as usize] = b'1');
        self.define_cell("weekend");
        self.pair("weekend", &String::from_utf8_lossy(&weekend))
    }

    fn limits(&mut self) -> Result<(), XlsxError> {
        let rule = &self.paper.drawings.commitment.clock;
        self.at += 1;
        for (column, key) in (0..).zip(["limit-from", "limit-value"]) {
            self.page.text(self.at, column, &self.paper.word(key), &page::head())?;
        }
        let first = self.at + 1;
        for LimitVersion { from, limit, .. } in &rule.limits {
            self.at += 1;
            // The first version has no first day: 0 is before any date.
            let format =
                cell(Role::Shown, Kind::Date).set_num_format("yyyy-mm-dd;;\"–\"").set_align(rust_xlsxwriter::FormatAlign::Left);
            self.page.number(self.at, 0, from.map_or(0.0, day_number), &format)?;
            let written = self.paper.words.limit(rule.unit, *limit).replace('"', "");
            let words = written.trim_start_matches(|c: char| c.is_ascii_digit());
            let format = cell(Role::Shown, Kind::Number)
                .set_num_format(format!("0\"{words}\""))
                .set_align(rust_xlsxwriter::FormatAlign::Left);
            self.page.number(self.at, 1, f64::from(*limit), &format)?;
        }
        self.define("limit_from", 0, first, self.at);
        self.define("limit_value", 1, first, self.at);
        self.at += 1;
        Ok(())
    }

    fn draw(&mut self) -> Result<(), XlsxError> {
        let sample = self.paper.drawings.sample;
        self.heading("heading-draw")?;
        self.pair("draw-seed", &sample.plan.seed.to_string())?;
        self.pair("draw-confidence", &percent(sample.plan.confidence))?;
        if let Size::Planned { tolerable, expected } = sample.plan.size {
            self.pair("draw-tolerable", &percent(tolerable))?;
            self.pair("draw-expected", &percent(expected))?;
        }
        let [size, quota, counted, random, drawn] =
            [sample.size, sample.quota, sample.counted, sample.at_random, sample.cases.len() as u64]
                .map(|number| number.to_string());
        self.pair("draw-population", &counted)?;
        let key = if matches!(sample.plan.size, Size::Given(_)) { "draw-given" } else { "draw-planned" };
        self.pair("draw-size", &self.paper.words.message(key, &[("size", &size), ("random", &random), ("drawn", &drawn)]))?;
        self.pair("draw-order", &self.paper.words.message("draw-order-text", &[("seed", &sample.plan.seed.to_string())]))?;
        self.pair("draw-first", &self.paper.words.message("draw-first-text", &[("quota", &quota)]))?;
        let key = if matches!(sample.plan.size, Size::Given(_)) { "draw-then-given" } else { "draw-then-planned" };
        self.pair("draw-then", &self.paper.words.message(key, &[("size", &size)]))?;
        self.pair("draw-use", &self.word("draw-use-text"))
    }

    fn strata(&mut self) -> Result<(), XlsxError> {
        self.heading("heading-strata")?;
        let heads = [
            "stratum",
            "definition",
            "population",
            "drawn",
            "random",
            "formulas-agree",
            "formulas-differ",
            "yes-count",
            "no-count",
            "unfilled",
        ];
        for (column, key) in (0..).zip(heads) {
            self.page.text(self.at, column, &self.paper.word(&format!("strata-{key}")), &page::head())?;
        }
        self.page.0.set_row_height(self.at, 30)?;
        let first = self.at + 1;
        let columns = Columns::new(self.paper);
        for line in self.paper.drawings.sample.strata {
            self.at += 1;
            self.stratum(&columns, &line)?;
        }
        let last = self.at;
        self.at += 1;
        self.page.text(self.at, 0, &self.word("strata-all"), &cell(Role::Shown, Kind::Text).set_bold())?;
        self.page.text(self.at, 1, &self.outside(), &cell(Role::Shown, Kind::Text).set_text_wrap())?;
        let drawn = self.paper.drawings.sample.cases.len() as u64;
        let of = |number: fn(&StratumLine) -> u64| self.paper.drawings.sample.strata.iter().map(number).sum::<u64>();
        let sums = [of(|line| line.population), drawn, of(|line| line.at_random), drawn, 0, 0, 0, drawn];
        for (column, sum) in (2..).zip(sums) {
            let letters = page::letters(column);
            let formula = format!("=SUM({letters}{}:{letters}{})", first + 1, last + 1);
            self.page.formula(self.at, column, &formula, sum, &cell(Role::Computed, Kind::Number).set_bold())?;
        }
        self.at += 1;
        Ok(())
    }

    fn stratum(&mut self, columns: &Columns, line: &StratumLine) -> Result<(), XlsxError> {
        let name = self.word(&format!("stratum-{}", line.stratum.name()));
        self.page.text(self.at, 0, &name, &cell(Role::Shown, Kind::Text))?;
        let definition = self.definition(line.stratum);
        self.page.text(self.at, 1, &definition, &cell(Role::Shown, Kind::Text).set_text_wrap())?;
        self.page.fit(self.at, &definition, TEXT_WIDTH)?;
        for (column, number) in (2..).zip([line.population, line.drawn, line.at_random]) {
            self.page.number(self.at, column, number as f64, &cell(Role::Shown, Kind::Number))?;
        }
        let here = format!("{},$A{}", columns.range(Column::Stratum), self.at + 1);
        let count = |column: Column, word: &str| format!("=COUNTIFS({here},{},{})", columns.range(column), page::quoted(word));
        let formulas = [
            (count(Column::Comparison, &self.word("agrees")), line.drawn),
            (count(Column::Comparison, &self.word("differs")), 0),
            (count(Column::Agreed, &self.word("yes")), 0),
            (count(Column::Agreed, &self.word("no")), 0),
            (format!("=D{row}-H{row}-I{row}", row = self.at + 1), line.drawn),
        ];
        for (column, (formula, expected)) in (5..).zip(formulas) {
            self.page.formula(self.at, column, &formula, expected, &cell(Role::Computed, Kind::Number))?;
        }
        Ok(())
    }

    fn definition(&self, stratum: Stratum) -> String {
        let rule = &self.paper.drawings.commitment.clock;
        if stratum != Stratum::AtLimit {
            return self.word(&format!("definition-{}", stratum.name()));
        }
        let limits = rule.limits.iter().map(|version| i64::from(version.limit) * rule.unit.scale());
        let margins: std::collections::BTreeSet<i64> = limits.map(|limit| margin(rule.unit, limit)).collect();
        let margins = margins.iter().map(i64::to_string).collect::<Vec<_>>().join(" / ");
        let key = if rule.unit == Unit::Minutes { "definition-at-limit-minutes" } else { "definition-at-limit-days" };
        self.paper.words.message(key, &[("margin", &margins)])
    }

    /// What belongs to no stratum, so that the populations add up to all cases in scope.
    fn outside(&self) -> String {
        let tally = self.paper.tally;
        let [scope, not_started, outside] = [tally.in_scope(), tally.not_started, tally.outside].map(|number| number.to_string());
        let arguments = [("scope", &scope[..]), ("not-started", &not_started[..]), ("outside", &outside[..])];
        self.paper.words.message("strata-outside", &arguments)
    }

    /// How to draw the sample again from the evidence of the report.
    fn again(&mut self) -> Result<(), XlsxError> {
        self.heading("heading-again")?;
        self.pair("again-one", &self.word("again-one-text"))?;
        let first = self.paper.drawings.rows.first();
        if let Some(row) = first {
            let id = row.drawn.candidate.id.replace('\'', "'\\''");
            let seed = self.paper.drawings.sample.plan.seed;
            self.pair("again-key", &format!("printf %s '{seed}|{id}' | sha256sum"))?;
        }
        self.pair("again-all", &query(self.paper.drawings))
    }
}

/// A share as a percentage, without superfluous zeros.
fn percent(share: Share) -> String {
    let (whole, rest) = (share.0 / 10_000, share.0 % 10_000);
    let decimals = format!("{rest:04}");
    match decimals.trim_end_matches('0') {
        "" => format!("{whole} %"),
        decimals => format!("{whole}.{decimals} %"),
    }
}
