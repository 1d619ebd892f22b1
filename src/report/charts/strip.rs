//! The dot strip of a reading: its rate against the goal, the declared rate as a dotted line.

use super::super::drawing::{Class, Drawing, Length};
use super::{Canvas, RateScale, units};

const WIDTH: Length = units(116);
const HEIGHT: Length = units(18);

/// Draws a strip on an axis that begins at `floor` percent.
pub fn draw(floor: u64, tenths: Option<u64>, declared: u64, goal: Option<u64>, is_declared: bool) -> Drawing {
    let mut canvas = Canvas::new(WIDTH, units(9));
    let scale = RateScale { floor, low: Length(0), high: WIDTH };
    let middle = Length(HEIGHT.0 / 2);
    if let Some(goal) = goal {
        let left = scale.at(goal);
        canvas.rect(Class::Zone, left, units(5), Length(WIDTH.0 - left.0), units(8));
    }
    canvas.horizontal(Class::Track, middle, Length(0), WIDTH);
    canvas.vertical(Class::Dotted, scale.at(declared), Length(0), HEIGHT);
    if let Some(goal) = goal {
        canvas.vertical(Class::Goal, scale.at(goal), units(4), units(14));
    }
    if let Some(tenths) = tenths {
        // A mark at either end of the axis is drawn whole.
        let x = Length(scale.at(tenths).0.clamp(350, WIDTH.0 - 350));
        let class = if is_declared { Class::Mark } else { Class::MarkSmall };
        canvas.circle(class, (x, middle), Length(310));
    }
    canvas.finish(HEIGHT)
}
