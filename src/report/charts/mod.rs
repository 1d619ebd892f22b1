//! The geometry of the charts (design, section 5). Everything is in hundredths of a unit, as integers.

pub(super) mod commitments;
pub(super) mod distribution;
pub(super) mod months;

use super::drawing::{Anchor, Class, Drawing, Length, Shape};
use super::edition::State;

/// Whole units as a length.
pub(super) const fn units(units: i64) -> Length {
    Length(units * 100)
}

/// `length` times `hundredths` / 100.
pub(super) fn times(length: Length, hundredths: i64) -> Length {
    Length(length.0 * hundredths / 100)
}

/// A drawing in the making, with the size of its type.
pub(super) struct Canvas {
    drawing: Drawing,
    pub size: Length,
}

impl Canvas {
    pub fn new(width: Length, size: Length) -> Canvas {
        Canvas { drawing: Drawing { width, height: Length(0), shapes: Vec::new() }, size }
    }

    pub fn finish(mut self, height: Length) -> Drawing {
        self.drawing.height = height;
        self.drawing
    }

    pub fn line(&mut self, class: Class, from: (Length, Length), to: (Length, Length)) {
        self.drawing.shapes.push(Shape::Line { class, x1: from.0, y1: from.1, x2: to.0, y2: to.1 });
    }

    pub fn horizontal(&mut self, class: Class, y: Length, left: Length, right: Length) {
        self.line(class, (left, y), (right, y));
    }

    pub fn vertical(&mut self, class: Class, x: Length, top: Length, bottom: Length) {
        self.line(class, (x, top), (x, bottom));
    }

    pub fn rect(&mut self, class: Class, left: Length, top: Length, width: Length, height: Length) {
        self.drawing.shapes.push(Shape::Rect { class, x: left, y: top, width, height });
    }

    pub fn circle(&mut self, class: Class, center: (Length, Length), radius: Length) {
        self.drawing.shapes.push(Shape::Circle { class, x: center.0, y: center.1, radius });
    }

    pub fn polyline(&mut self, class: Class, points: &[(Length, Length)]) {
        self.drawing.shapes.push(Shape::Polyline { class, points: written(points) });
    }

    pub fn text(&mut self, class: Class, anchor: Anchor, x: Length, baseline: Length, text: &str) {
        let size = self.size;
        self.drawing.shapes.push(Shape::Text { class, x, y: baseline, size, anchor, text: text.to_string() });
    }

    /// The baseline of a line of text whose letters are centred on `middle`.
    pub fn baseline(&self, middle: Length) -> Length {
        Length(middle.0 + self.size.0 * 34 / 100)
    }

    /// The shape of a state around `center`; `radius` is that of the disc, and the others look as large.
    pub fn mark(&mut self, state: State, center: (Length, Length), radius: Length) {
        let (x, y) = center;
        match state {
            State::Reached => self.circle(Class::Mark, center, radius),
            State::Below => {
                let reach = times(radius, 138);
                let corners =
                    [(0, -1), (1, 0), (0, 1), (-1, 0)].map(|(dx, dy)| (Length(x.0 + dx * reach.0), Length(y.0 + dy * reach.0)));
                self.drawing.shapes.push(Shape::Polygon { class: Class::MarkBelow, points: written(&corners) });
            }
            State::AllOnTime => self.square(Class::Mark, center, times(radius, 95)),
            State::NoGoal => self.square(Class::MarkOpen, center, times(radius, 82)),
            State::NoCases => self.horizontal(Class::MarkNone, y, Length(x.0 - radius.0), Length(x.0 + radius.0)),
            State::Masked => {
                let arm = times(radius, 75);
                self.line(
                    Class::MarkNone,
                    (Length(x.0 - arm.0), Length(y.0 - arm.0)),
                    (Length(x.0 + arm.0), Length(y.0 + arm.0)),
                );
                self.line(
                    Class::MarkNone,
                    (Length(x.0 - arm.0), Length(y.0 + arm.0)),
                    (Length(x.0 + arm.0), Length(y.0 - arm.0)),
                );
            }
        }
    }

    fn square(&mut self, class: Class, center: (Length, Length), half: Length) {
        self.rect(class, Length(center.0.0 - half.0), Length(center.1.0 - half.0), Length(2 * half.0), Length(2 * half.0));
    }
}

fn written(points: &[(Length, Length)]) -> String {
    points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

/// A scale of rates: from `floor` percent at `low` to 100 percent at `high` (to the right, or upwards).
#[derive(Clone, Copy)]
pub(super) struct RateScale {
    pub floor: u64,
    pub low: Length,
    pub high: Length,
}

impl RateScale {
    /// Where a rate in tenths of a percent stands; one under the floor stands on it.
    pub fn at(self, tenths: u64) -> Length {
        let span = 1000 - self.floor as i64 * 10;
        let above = (tenths as i64 - self.floor as i64 * 10).max(0);
        Length(self.low.0 + (self.high.0 - self.low.0) * above / span)
    }

    /// The percentages of the axis.
    pub fn ticks(self, step: u64) -> impl Iterator<Item = u64> {
        (self.floor..=100).step_by(step as usize)
    }
}

/// The axis begins at 50 when every mark is at 55 or more, else at 0 (design, section 5).
pub(super) fn axis_floor(tenths: impl Iterator<Item = u64>) -> u64 {
    if tenths.min().is_some_and(|lowest| lowest >= 550) { 50 } else { 0 }
}

/// A goal in tenths of a percent, for drawing only.
pub(super) fn goal_tenths(goal: crate::domain::rate::Goal) -> u64 {
    goal.scaled.saturating_mul(10) / 10u64.pow(goal.decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Design, section 5: 50 if every mark, goal and past year is at least 55, else 0.
    #[test]
    fn the_axis_begins_at_fifty_only_when_nothing_is_near_it() {
        assert_eq!(axis_floor([842, 600, 550].into_iter()), 50);
        assert_eq!(axis_floor([842, 549].into_iter()), 0);
    }

    #[test]
    fn a_rate_stands_on_its_scale() {
        let scale = RateScale { floor: 50, low: units(247), high: units(370) };
        assert_eq!(scale.at(500), units(247));
        assert_eq!(scale.at(1000), units(370));
        assert_eq!(scale.at(750), Length(30_850));
    }
}
