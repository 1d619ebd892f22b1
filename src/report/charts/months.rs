//! Chart (b): the rate of each month over the volume of each month, on shared columns.

use super::super::drawing::{Anchor, Class, Drawing, Length};
use super::super::edition::State;
use super::super::lettering::width;
use super::{Canvas, RateScale, times, units};
use crate::domain::tally::Share;

/// A month with fewer cases is drawn as a small ring and is not joined to its neighbours.
pub const FEW_CASES: u64 = 30;

/// One chart: all words are written, all rates rounded.
pub struct Months {
    pub floor: u64,
    pub goal: Option<u64>,
    /// « Cible : 90 % et plus », empty without a goal.
    pub goal_label: String,
    /// « Cas comptés, dont hors délai ».
    pub volume_label: String,
    pub hundred: String,
    pub columns: Vec<Column>,
    /// The place of the lowest month, which alone is labelled.
    pub lowest: Option<usize>,
    /// Zero, half and top of the volume axis, as numbers and as written.
    pub volume_axis: [(u64, String); 3],
}

pub struct Column {
    /// The first letter of the month, for narrow screens.
    pub initial: String,
    /// `None` where masked or empty: the line is interrupted.
    pub point: Option<Point>,
}

pub struct Point {
    pub share: Share,
    pub tenths: u64,
    pub rate_text: String,
    pub reached: Option<bool>,
}

#[derive(Clone, Copy)]
struct Layout {
    width: Length,
    left: Length,
    size: Length,
    rates: Length,
    volumes: Length,
    initials: bool,
}

const PRINT: Layout =
    Layout { width: units(492), left: units(54), size: Length(875), rates: units(66), volumes: units(30), initials: false };
const WIDE: Layout =
    Layout { width: units(848), left: units(96), size: Length(1500), rates: units(186), volumes: units(100), initials: false };
const NARROW: Layout =
    Layout { width: units(328), left: units(54), size: Length(1450), rates: units(150), volumes: units(80), initials: true };

/// The top of a volume axis: 1, 2, 4 or 8 times a power of ten.
pub fn volume_top(largest: u64) -> u64 {
    let mut power = 1u64;
    loop {
        if let Some(step) = [1, 2, 4, 8].into_iter().find(|step| step * power >= largest) {
            return step * power;
        }
        power = power.saturating_mul(10);
    }
}

impl Months {
    pub fn print(&self) -> Drawing {
        self.draw(PRINT)
    }

    pub fn wide(&self) -> Drawing {
        self.draw(WIDE)
    }

    pub fn narrow(&self) -> Drawing {
        self.draw(NARROW)
    }

    fn draw(&self, layout: Layout) -> Drawing {
        let size = layout.size;
        let mut canvas = Canvas::new(layout.width, size);
        let top = times(size, if self.goal_label.is_empty() { 80 } else { 175 });
        let bottom = Length(top.0 + layout.rates.0);
        self.draw_rates(&mut canvas, layout, RateScale { floor: self.floor, low: bottom, high: top });
        let volume_top = Length(bottom.0 + times(size, 260).0);
        let volume_bottom = Length(volume_top.0 + layout.volumes.0);
        self.draw_volumes(&mut canvas, layout, volume_top, volume_bottom);
        if !layout.initials {
            // The zero of the volume axis hangs below the axis by less than half its size.
            return canvas.finish(Length(volume_bottom.0 + times(size, 45).0));
        }
        let baseline = Length(volume_bottom.0 + times(size, 120).0);
        for (place, column) in self.columns.iter().enumerate() {
            canvas.text(Class::LabelQuiet, Anchor::Middle, self.center(layout, place), baseline, &column.initial);
        }
        canvas.finish(Length(baseline.0 + times(size, 40).0))
    }

    fn column_width(&self, layout: Layout) -> Length {
        Length((layout.width.0 - layout.left.0) / self.columns.len().max(1) as i64)
    }

    fn center(&self, layout: Layout, place: usize) -> Length {
        let width = self.column_width(layout);
        Length(layout.left.0 + width.0 * place as i64 + width.0 / 2)
    }

    fn draw_rates(&self, canvas: &mut Canvas, layout: Layout, scale: RateScale) {
        let (left, right) = (layout.left, layout.width);
        let label_end = Length(left.0 - times(layout.size, 60).0);
        if let Some(goal) = self.goal {
            canvas.rect(Class::Zone, left, scale.high, Length(right.0 - left.0), Length(scale.at(goal).0 - scale.high.0));
            canvas.text(
                Class::LabelQuiet,
                Anchor::Start,
                Length(left.0 + 200),
                Length(scale.high.0 - times(layout.size, 68).0),
                &self.goal_label,
            );
        }
        for percent in scale.ticks(if self.floor == 50 { 10 } else { 25 }) {
            let y = scale.at(percent * 10);
            canvas.horizontal(Class::Grid, y, left, right);
            let label = if percent == 100 { self.hundred.clone() } else { percent.to_string() };
            let baseline = canvas.baseline(y);
            canvas.text(Class::LabelQuiet, Anchor::End, label_end, baseline, &label);
        }
        if let Some(goal) = self.goal {
            canvas.horizontal(Class::Goal, scale.at(goal), left, right);
        }
        for run in self.joined_runs(layout, scale) {
            canvas.polyline(Class::Series, &run);
        }
        let radius = times(layout.size, 36);
        for (place, column) in self.columns.iter().enumerate() {
            let Some(point) = &column.point else { continue };
            let center = (self.center(layout, place), scale.at(point.tenths));
            match point.reached {
                _ if point.share.counted < FEW_CASES => canvas.circle(Class::MarkSmall, center, times(layout.size, 24)),
                Some(false) => canvas.mark(State::Below, center, radius),
                _ => canvas.mark(State::Reached, center, radius),
            }
            if self.lowest == Some(place) {
                self.label_lowest(canvas, layout, scale, point, center);
            }
        }
    }

    /// Beneath the mark, above it where there is no room, and never over an edge.
    fn label_lowest(&self, canvas: &mut Canvas, layout: Layout, scale: RateScale, point: &Point, center: (Length, Length)) {
        let half = width(&point.rate_text, layout.size, true).0 / 2;
        let x = Length(center.0.0.clamp(layout.left.0 + half, layout.width.0 - half));
        let below = center.1.0 + times(layout.size, 155).0;
        let baseline = if below < scale.low.0 { below } else { center.1.0 - times(layout.size, 75).0 };
        let class = if point.reached == Some(false) { Class::LabelLate } else { Class::LabelStrong };
        canvas.text(class, Anchor::Middle, x, Length(baseline), &point.rate_text);
    }

    /// Runs of neighbouring months with enough cases; a masked, empty or small month parts them.
    fn joined_runs(&self, layout: Layout, scale: RateScale) -> Vec<Vec<(Length, Length)>> {
        let points: Vec<Option<(Length, Length)>> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                let point = column.point.as_ref().filter(|point| point.share.counted >= FEW_CASES)?;
                Some((self.center(layout, place), scale.at(point.tenths)))
            })
            .collect();
        let runs = points.split(Option::is_none).filter(|run| run.len() > 1);
        runs.map(|run| run.iter().flatten().copied().collect()).collect()
    }

    fn draw_volumes(&self, canvas: &mut Canvas, layout: Layout, top: Length, bottom: Length) {
        let size = layout.size;
        let (left, right) = (layout.left, layout.width);
        let axis_top = self.volume_axis[2].0.max(1);
        let height = |cases: u64| Length((bottom.0 - top.0) * cases as i64 / axis_top as i64);
        for (place, (cases, label)) in self.volume_axis.iter().enumerate() {
            let y = Length(bottom.0 - height(*cases).0);
            canvas.horizontal(if place == 0 { Class::Edge } else { Class::Grid }, y, left, right);
            let baseline = canvas.baseline(y);
            canvas.text(Class::LabelQuiet, Anchor::End, Length(left.0 - times(size, 60).0), baseline, label);
        }
        let label_left = Length(left.0 + 200);
        let baseline = Length(top.0 - times(size, 50).0);
        canvas.text(Class::LabelQuiet, Anchor::Start, label_left, baseline, &self.volume_label);
        let swatch = Length(label_left.0 + width(&self.volume_label, size, false).0 + times(size, 70).0);
        canvas.rect(Class::BarLate, swatch, Length(baseline.0 - times(size, 75).0), times(size, 130), times(size, 85));
        let bar = times(self.column_width(layout), 62);
        for (place, column) in self.columns.iter().enumerate() {
            let Some(point) = &column.point else { continue };
            let x = Length(self.center(layout, place).0 - bar.0 / 2);
            let (met, all) = (height(point.share.met), height(point.share.counted));
            if met.0 > 0 {
                canvas.rect(Class::Bar, x, Length(bottom.0 - met.0), bar, met);
            }
            if all > met {
                canvas.rect(Class::BarLate, x, Length(bottom.0 - all.0), bar, Length(all.0 - met.0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Design, section 5: top 1, 2, 4, 8 × 10ᵏ.
    #[test]
    fn the_volume_axis_ends_at_a_round_number() {
        assert_eq!([volume_top(6310), volume_top(8000), volume_top(8001), volume_top(39)], [8000, 8000, 10_000, 40]);
    }
}
