//! Chart (a): every commitment as a row, its rate against its goal and its earlier years; and the same with the range of its
//! rates over all readings.

use super::super::drawing::{Anchor, Class, Drawing, Length};
use super::super::edition::State;
use super::super::lettering::{balanced_lines, width};
use super::{Canvas, RateScale, times, units};

/// One chart: all words are written, all rates rounded.
pub struct Rows {
    pub floor: u64,
    pub groups: Vec<Group>,
    pub key_goal: String,
    /// The labels of last year and of the year before, empty where there are none.
    pub key_past: [String; 2],
    /// « étendue des lectures », empty in a chart of years.
    pub key_range: String,
    /// « L’axe commence à 50 % », empty when it begins at 0.
    pub axis_note: String,
    pub limit_title: String,
    /// `100 %`.
    pub hundred: String,
}

pub struct Group {
    pub title: String,
    pub rows: Vec<Row>,
}

#[derive(Clone)]
pub struct Row {
    pub label: String,
    pub limit: String,
    /// `20 j, cible 90 %`: beside the state on narrow screens.
    pub terms: String,
    pub state: State,
    /// What stands at the end of the row: the word of the state after its shape, or the range in figures.
    pub state_word: String,
    /// `94,7 %`, `aucun cas`, `x`.
    pub rate_text: String,
    pub tenths: Option<u64>,
    pub goal: Option<u64>,
    pub past: [Option<u64>; 2],
    /// The lowest and the highest rate, in a chart of readings.
    pub range: Option<(u64, u64)>,
}

/// Where the columns of the wide layout stand.
#[derive(Clone, Copy)]
struct Columns {
    width: Length,
    size: Length,
    label: Length,
    limit: Length,
    plot: (Length, Length),
    rate: Length,
    state: Length,
}

const PRINT: Columns = Columns {
    width: units(492),
    size: Length(950),
    label: units(210),
    limit: units(234),
    plot: (units(247), units(370)),
    rate: units(419),
    state: Length(42_900),
};

const WIDE: Columns = Columns {
    width: units(848),
    size: Length(1550),
    label: units(350),
    limit: units(392),
    plot: (units(416), units(638)),
    rate: units(730),
    state: units(744),
};

impl Rows {
    pub fn print(&self) -> Drawing {
        self.draw(PRINT)
    }

    pub fn wide(&self) -> Drawing {
        self.draw(WIDE)
    }

    /// The height in print of the title of a group, and of a row: for cutting a long chart into figures.
    pub const PRINT_TITLE: Length = Length(PRINT.size.0 * 3);

    pub fn print_height(row: &Row) -> Length {
        row_height(PRINT, row)
    }

    fn draw(&self, columns: Columns) -> Drawing {
        let mut canvas = Canvas::new(columns.width, columns.size);
        let size = columns.size;
        let scale = RateScale { floor: self.floor, low: columns.plot.0, high: columns.plot.1 };
        self.key(&mut canvas, times(size, 70), times(size, 170));
        if !self.axis_note.is_empty() {
            let baseline = canvas.baseline(times(size, 70));
            canvas.text(Class::LabelQuiet, Anchor::End, columns.width, baseline, &self.axis_note);
        }

        let axis = canvas.baseline(times(size, 320));
        canvas.text(Class::LabelQuiet, Anchor::End, columns.limit, axis, &self.limit_title);
        let top = times(size, 410);
        let heights: i64 = self.groups.iter().flat_map(|group| &group.rows).map(|row| row_height(columns, row).0).sum();
        let titles = times(size, 205).0 * self.groups.len() as i64;
        let between = times(size, 85).0 * self.groups.len() as i64;
        let bottom = Length(top.0 + heights + titles + between);
        for percent in scale.ticks(if self.floor == 50 { 10 } else { 25 }) {
            let x = scale.at(percent * 10);
            canvas.vertical(Class::Grid, x, Length(top.0 - size.0 * 35 / 100), bottom);
            let label = if percent == 100 { self.hundred.clone() } else { percent.to_string() };
            canvas.text(Class::LabelQuiet, Anchor::Middle, x, axis, &label);
        }

        let mut y = top;
        for group in &self.groups {
            canvas.horizontal(Class::Edge, y, Length(0), columns.width);
            let baseline = canvas.baseline(Length(y.0 + size.0 * 150 / 100));
            canvas.text(Class::LabelStrong, Anchor::Start, Length(0), baseline, &group.title);
            y.0 += times(size, 205).0 + times(size, 35).0;
            for row in &group.rows {
                let height = row_height(columns, row);
                row.draw_wide(&mut canvas, columns, scale, Length(y.0 + height.0 / 2));
                y.0 += height.0;
            }
            y.0 += times(size, 50).0;
        }
        canvas.horizontal(Class::Edge, y, Length(0), columns.width);
        canvas.finish(Length(y.0 + 100))
    }

    /// The key: goal and earlier years only; states are written in the rows.
    fn key(&self, canvas: &mut Canvas, middle: Length, gap: Length) {
        let size = canvas.size;
        let baseline = canvas.baseline(middle);
        let mut x = times(size, 8);
        if !self.key_goal.is_empty() {
            canvas.rect(Class::Zone, x, Length(middle.0 - times(size, 43).0), times(size, 160), times(size, 86));
            canvas.vertical(Class::Goal, x, Length(middle.0 - times(size, 74).0), Length(middle.0 + times(size, 74).0));
            x.0 += times(size, 200).0;
            canvas.text(Class::LabelQuiet, Anchor::Start, x, baseline, &self.key_goal);
            x.0 += width(&self.key_goal, size, false).0 + gap.0;
        }
        x.0 += times(size, 24).0;
        if !self.key_range.is_empty() {
            let end = Length(x.0 + times(size, 160).0);
            draw_range(canvas, (x, end), middle);
            canvas.text(Class::LabelQuiet, Anchor::Start, Length(end.0 + times(size, 40).0), baseline, &self.key_range);
        }
        for (place, label) in self.key_past.iter().enumerate().filter(|(_, label)| !label.is_empty()) {
            match place {
                0 => canvas.circle(Class::PastRing, (x, middle), times(size, 32)),
                _ => canvas.vertical(
                    Class::PastTick,
                    x,
                    Length(middle.0 - times(size, 43).0),
                    Length(middle.0 + times(size, 43).0),
                ),
            }
            x.0 += times(size, 65).0;
            canvas.text(Class::LabelQuiet, Anchor::Start, x, baseline, label);
            x.0 += width(label, size, false).0 + gap.0;
        }
    }

    /// One row under the other: label, then state, terms and rate on one line, then the track.
    pub fn narrow(&self) -> Drawing {
        let (page, size) = (units(328), Length(1500));
        let mut canvas = Canvas::new(page, size);
        let scale = RateScale { floor: self.floor, low: Length(600), high: units(322) };
        self.key(&mut canvas, times(size, 70), times(size, 95));
        let mut y = times(size, 230);
        for group in &self.groups {
            canvas.horizontal(Class::Edge, y, Length(0), page);
            y.0 += times(size, 50).0;
            for line in balanced_lines(&group.title, size, true, page) {
                y.0 += times(size, 130).0;
                canvas.text(Class::LabelStrong, Anchor::Start, Length(0), y, &line);
            }
            y.0 += times(size, 60).0;
            for row in &group.rows {
                y = row.draw_narrow(&mut canvas, page, scale, y);
            }
            y.0 += times(size, 30).0;
        }
        canvas.horizontal(Class::Edge, y, Length(0), page);
        if !self.axis_note.is_empty() {
            y.0 += times(size, 150).0;
            canvas.text(Class::LabelQuiet, Anchor::Start, Length(0), y, &self.axis_note);
        }
        canvas.finish(Length(y.0 + times(size, 60).0))
    }
}

/// From the lowest to the highest rate, both ends marked.
fn draw_range(canvas: &mut Canvas, ends: (Length, Length), middle: Length) {
    let half = times(canvas.size, 26);
    canvas.horizontal(Class::PastLine, middle, ends.0, ends.1);
    for x in [ends.0, ends.1] {
        canvas.vertical(Class::PastTick, x, Length(middle.0 - half.0), Length(middle.0 + half.0));
    }
}

fn row_height(columns: Columns, row: &Row) -> Length {
    let lines = balanced_lines(&row.label, columns.size, false, columns.label).len() as i64;
    times(columns.size, (120 * lines + 60).max(185))
}

impl Row {
    fn draw_wide(&self, canvas: &mut Canvas, columns: Columns, scale: RateScale, middle: Length) {
        let size = columns.size;
        let lines = balanced_lines(&self.label, size, false, columns.label);
        let first = middle.0 - (lines.len() as i64 - 1) * times(size, 60).0;
        for (place, line) in lines.iter().enumerate() {
            let baseline = canvas.baseline(Length(first + place as i64 * times(size, 120).0));
            canvas.text(Class::Label, Anchor::Start, Length(0), baseline, line);
        }
        let baseline = canvas.baseline(middle);
        canvas.text(Class::LabelQuiet, Anchor::End, columns.limit, baseline, &self.limit);
        self.draw_track(canvas, scale, middle);
        let rate_class = if self.tenths.is_some() { Class::LabelStrong } else { Class::LabelQuiet };
        canvas.text(rate_class, Anchor::End, columns.rate, baseline, &self.rate_text);
        if self.range.is_some() {
            return canvas.text(Class::LabelQuiet, Anchor::End, columns.width, baseline, &self.state_word);
        }
        canvas.mark(self.state, (columns.state, middle), times(size, 34));
        let word_class = if self.state == State::Below { Class::LabelLate } else { Class::LabelQuiet };
        canvas.text(word_class, Anchor::Start, Length(columns.state.0 + times(size, 75).0), baseline, &self.state_word);
    }

    fn draw_narrow(&self, canvas: &mut Canvas, page: Length, scale: RateScale, top: Length) -> Length {
        let size = canvas.size;
        let mut y = top;
        for line in balanced_lines(&self.label, size, false, page) {
            y.0 += times(size, 130).0;
            canvas.text(Class::Label, Anchor::Start, Length(0), y, &line);
        }
        y.0 += times(size, 140).0;
        let mut x = Length(0);
        if self.range.is_none() {
            canvas.mark(self.state, (times(size, 45), Length(y.0 - times(size, 34).0)), times(size, 34));
            x = times(size, 120);
        }
        let late = self.state == State::Below && self.range.is_none();
        let word_class = if late { Class::LabelLate } else { Class::Label };
        canvas.text(word_class, Anchor::Start, x, y, &self.state_word);
        x.0 += width(&self.state_word, size, late).0 + times(size, 60).0;
        canvas.text(Class::LabelQuiet, Anchor::Start, x, y, &self.terms);
        let rate_class = if self.tenths.is_some() { Class::LabelStrong } else { Class::LabelQuiet };
        canvas.text(rate_class, Anchor::End, page, y, &self.rate_text);
        y.0 += times(size, 105).0;
        self.draw_track(canvas, scale, y);
        Length(y.0 + times(size, 90).0)
    }

    /// In this order: zone from the goal to 100, track, tick of the year before last, line from last year to this one,
    /// goal, ring of last year, current mark.
    fn draw_track(&self, canvas: &mut Canvas, scale: RateScale, middle: Length) {
        let size = canvas.size;
        let half = times(size, 43);
        if let Some(goal) = self.goal {
            let left = scale.at(goal);
            canvas.rect(Class::Zone, left, Length(middle.0 - half.0), Length(scale.high.0 - left.0), Length(2 * half.0));
        }
        canvas.horizontal(Class::Track, middle, scale.low, scale.high);
        if let Some(tenths) = self.past[1] {
            canvas.vertical(Class::PastTick, scale.at(tenths), Length(middle.0 - half.0), Length(middle.0 + half.0));
        }
        if let (Some(last), Some(now)) = (self.past[0], self.tenths) {
            canvas.horizontal(Class::PastLine, middle, scale.at(last), scale.at(now));
        }
        if let Some((low, high)) = self.range {
            draw_range(canvas, (scale.at(low), scale.at(high)), middle);
        }
        if let Some(goal) = self.goal {
            let reach = times(half, 172);
            canvas.vertical(Class::Goal, scale.at(goal), Length(middle.0 - reach.0), Length(middle.0 + reach.0));
        }
        if let Some(tenths) = self.past[0] {
            canvas.circle(Class::PastRing, (scale.at(tenths), middle), times(size, 29));
        }
        if let Some(tenths) = self.tenths {
            canvas.mark(self.state, (scale.at(tenths), middle), times(size, 38));
        }
    }
}
