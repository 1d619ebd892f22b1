//! Chart (c): how long cases took, in bins that give nobody away.

use std::collections::BTreeMap;

use super::super::drawing::{Anchor, Class, Drawing, Length};
use super::super::lettering::width;
use super::{Canvas, times, units};
use crate::domain::commitment::Unit;
use crate::domain::histogram::Histogram;

/// More bins than this are too thin to be told apart.
const MOST_BINS: usize = 40;

/// The published distribution: no bin holds 0 < n < minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bins {
    pub bins: Vec<Bin>,
    /// The limit, in the unit of elapsed times.
    pub limit: i64,
    /// Whether the first bin holds everything up to its end.
    pub open_start: bool,
    /// Whether the last bin holds everything from its start.
    pub open_end: bool,
}

/// Elapsed times from `first` to `last`, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bin {
    pub first: i64,
    pub last: i64,
    pub cases: u64,
}

impl Bins {
    /// The smallest width of 1, 2, 5, 10 days (10, 30, 60 seconds) that gives at most forty bins, with the limit on an edge;
    /// ends are opened until no bin holds 0 < n < `minimum`. `None` where no width does.
    pub fn new(histogram: &Histogram, limit: i64, unit: Unit, minimum: u64) -> Option<Bins> {
        let widths: &[i64] = if unit == Unit::Minutes { &[10, 30, 60] } else { &[1, 2, 5, 10] };
        widths.iter().find_map(|&width| Bins::of_width(histogram, limit, width, minimum))
    }

    fn of_width(histogram: &Histogram, limit: i64, width: i64, minimum: u64) -> Option<Bins> {
        // Bin k holds (limit + (k - 1) * width, limit + k * width]: bins up to 0 are on time. Zero joins the first wide bin.
        let bin_of = |elapsed: i64| {
            let elapsed = if width > 1 { elapsed.max(1) } else { elapsed };
            (elapsed - limit + width - 1).div_euclid(width)
        };
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        for (elapsed, cases) in histogram.iter() {
            *counts.entry(bin_of(elapsed)).or_default() += cases;
        }
        let (&lowest, _) = counts.first_key_value()?;
        let (&highest, _) = counts.last_key_value()?;
        if lowest > 0 || highest < 1 {
            return None;
        }
        let count = |bin: i64| counts.get(&bin).copied().unwrap_or(0);
        let small = |cases: u64| 0 < cases && cases < minimum;
        let sum = |from: i64, to: i64| counts.range(from..=to).map(|(_, cases)| cases).sum::<u64>();
        let start = (lowest..=0).find(|&start| !small(sum(lowest, start)) && (start + 1..=0).all(|bin| !small(count(bin))))?;
        let end = (1..=highest).rev().find(|&end| !small(sum(end, highest)) && (1..end).all(|bin| !small(count(bin))))?;
        if usize::try_from(end - start).ok()? >= MOST_BINS {
            return None;
        }
        let edges = |bin: i64| (limit + (bin - 1) * width + 1, limit + bin * width);
        let bins = (start..=end).map(|bin| {
            let (first, last) = edges(bin);
            let from = if bin == start { lowest } else { bin };
            let to = if bin == end { highest } else { bin };
            Bin { first: if bin == start { 0 } else { first }, last, cases: sum(from, to) }
        });
        Some(Bins { bins: bins.collect(), limit, open_start: start > lowest, open_end: end < highest })
    }

    pub fn late(&self) -> u64 {
        self.bins.iter().filter(|bin| bin.first > self.limit).map(|bin| bin.cases).sum()
    }

    /// The first published edge within which half of the late cases lie: lateness, and the cases up to it.
    pub fn half_of_late(&self) -> Option<(i64, u64)> {
        let closed = if self.open_end { self.bins.len() - 1 } else { self.bins.len() };
        let mut cases = 0;
        self.bins[..closed].iter().filter(|bin| bin.first > self.limit).find_map(|bin| {
            cases += bin.cases;
            (2 * cases >= self.late()).then_some((bin.last - self.limit, cases))
        })
    }
}

/// One chart: all words are written.
pub struct Distribution {
    pub bins: Bins,
    pub unit: Unit,
    /// Two lines beside the limit: words and share.
    pub on_time: [String; 2],
    pub late: [String; 2],
    /// « Jours ouvrables écoulés ».
    pub axis_title: String,
    /// Ticks of the axis of cases, from zero, as numbers and as written.
    pub case_axis: Vec<(u64, String)>,
    /// `35 +`, empty without an open end.
    pub open_label: String,
}

#[derive(Clone, Copy)]
struct Layout {
    width: Length,
    left: Length,
    size: Length,
    height: Length,
    /// Whether the axis bears its title; in print the caption above says the same in less room.
    titled: bool,
}

const PRINT: Layout = Layout { width: units(240), left: units(34), size: Length(850), height: units(70), titled: false };
const WIDE: Layout = Layout { width: units(408), left: units(58), size: Length(1450), height: units(256), titled: true };
const NARROW: Layout = Layout { width: units(328), left: units(52), size: Length(1450), height: units(200), titled: true };

/// Ticks from zero up to the first that is not under `largest`: at most four steps of 1, 2 or 5 times a power of ten.
pub fn case_ticks(largest: u64) -> Vec<u64> {
    let mut power = 1u64;
    loop {
        if let Some(step) = [1, 2, 5].map(|step| step * power).into_iter().find(|step| step * 4 >= largest) {
            return (0..=largest.div_ceil(step).max(1)).map(|tick| tick * step).collect();
        }
        power = power.saturating_mul(10);
    }
}

impl Distribution {
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
        let top = times(size, 330);
        let bottom = Length(top.0 + layout.height.0);
        let axis_top = self.case_axis.last().map_or(1, |(cases, _)| (*cases).max(1));
        let height = |cases: u64| Length(layout.height.0 * cases as i64 / axis_top as i64);
        for (place, (cases, label)) in self.case_axis.iter().enumerate() {
            let y = Length(bottom.0 - height(*cases).0);
            canvas.horizontal(if place == 0 { Class::Edge } else { Class::Grid }, y, layout.left, layout.width);
            let baseline = canvas.baseline(y);
            canvas.text(Class::LabelQuiet, Anchor::End, Length(layout.left.0 - times(size, 60).0), baseline, label);
        }
        for (place, bin) in self.bins.bins.iter().enumerate().filter(|(_, bin)| bin.cases > 0) {
            let (left, right) = self.edges(layout, place);
            let gap = (right.0 - left.0) / 10;
            let class = if bin.first > self.bins.limit { Class::BarLate } else { Class::Bar };
            let tall = height(bin.cases);
            canvas.rect(class, Length(left.0 + gap / 2), Length(bottom.0 - tall.0), Length(right.0 - left.0 - gap), tall);
        }
        self.draw_limit(&mut canvas, layout, bottom);
        let axis = Length(bottom.0 + times(size, 120).0);
        self.draw_axis(&mut canvas, layout, axis);
        if !layout.titled {
            return canvas.finish(Length(axis.0 + times(size, 40).0));
        }
        let title = Length(bottom.0 + times(size, 250).0);
        canvas.text(Class::LabelQuiet, Anchor::Start, layout.left, title, &self.axis_title);
        canvas.finish(Length(title.0 + times(size, 50).0))
    }

    /// The left and right edge of a bin; an open last bin is set off by 5.
    fn edges(&self, layout: Layout, place: usize) -> (Length, Length) {
        let set_off = if self.bins.open_end { units(5) } else { Length(0) };
        let room = layout.width.0 - layout.left.0 - set_off.0;
        let count = self.bins.bins.len().max(1) as i64;
        let edge = |place: i64| layout.left.0 + room * place / count;
        let shift = if self.bins.open_end && place + 1 == self.bins.bins.len() { set_off.0 } else { 0 };
        (Length(edge(place as i64) + shift), Length(edge(place as i64 + 1) + shift))
    }

    /// The limit line to the top, with a share on either side of it, or both on one side where the other has no room.
    fn draw_limit(&self, canvas: &mut Canvas, layout: Layout, bottom: Length) {
        let size = layout.size;
        let last_on_time = self.bins.bins.iter().rposition(|bin| bin.first <= self.bins.limit).unwrap_or(0);
        let x = self.edges(layout, last_on_time).1;
        canvas.vertical(Class::Goal, x, times(size, 20), bottom);
        let gap = times(size, 60).0;
        let (left, right) = (Length(x.0 - gap), Length(x.0 + gap));
        let widest = |lines: &[String; 2]| lines.iter().map(|line| width(line, size, true).0).max().unwrap_or(0);
        let baseline = |line: i64| times(size, 105 + 125 * line);
        let (fits_left, fits_right) = (widest(&self.on_time) <= left.0, right.0 + widest(&self.late) <= layout.width.0);
        if fits_left && fits_right {
            for (line, (on_time, late)) in (0..).zip(self.on_time.iter().zip(&self.late)) {
                canvas.text(Class::LabelAccent, Anchor::End, left, baseline(line), on_time);
                canvas.text(Class::LabelLate, Anchor::Start, right, baseline(line), late);
            }
            return;
        }
        let (anchor, at) = if fits_left { (Anchor::End, left) } else { (Anchor::Start, right) };
        canvas.text(Class::LabelAccent, anchor, at, baseline(0), &self.on_time.join("\u{a0}"));
        canvas.text(Class::LabelLate, anchor, at, baseline(1), &self.late.join("\u{a0}"));
    }

    /// The limit in bold, the open end, and round values that collide with neither.
    fn draw_axis(&self, canvas: &mut Canvas, layout: Layout, baseline: Length) {
        let size = layout.size;
        let scale = self.unit.scale();
        let mut taken: Vec<(Length, Length)> = Vec::new();
        let mut place_label = |canvas: &mut Canvas, class: Class, x: Length, label: &str| {
            let half = width(label, size, true).0 / 2;
            let x = x.0.min(layout.width.0 - half);
            let (left, right) = (x - half - times(size, 40).0, x + half + times(size, 40).0);
            if taken.iter().all(|(from, to)| right < from.0 || left > to.0) {
                taken.push((Length(left), Length(right)));
                canvas.text(class, Anchor::Middle, Length(x), baseline, label);
            }
        };
        let centre = |place: usize| {
            let (left, right) = self.edges(layout, place);
            // A bin of one day is labelled in its middle, a wider one at its right edge, which is its value.
            let bin = self.bins.bins[place];
            if bin.first == bin.last { Length((left.0 + right.0) / 2) } else { right }
        };
        let bins = &self.bins.bins;
        let count = bins.len();
        let closed = if self.bins.open_end { count - 1 } else { count };
        if let Some(limit) = bins.iter().position(|bin| bin.last == self.bins.limit) {
            place_label(canvas, Class::LabelStrong, centre(limit), &(self.bins.limit / scale).to_string());
        }
        if self.bins.open_end {
            let (left, right) = self.edges(layout, count - 1);
            place_label(canvas, Class::LabelQuiet, Length((left.0 + right.0) / 2), &self.open_label);
        }
        let span = (bins.last().map_or(1, |bin| bin.last) / scale).max(1);
        let step = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| span / step <= 8).unwrap_or(200);
        for (place, bin) in bins.iter().enumerate().take(closed).filter(|(_, bin)| bin.last % (step * scale) == 0) {
            place_label(canvas, Class::LabelQuiet, centre(place), &(bin.last / scale).to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram(counts: &[(i64, u64)]) -> Histogram {
        counts.iter().copied().collect()
    }

    // Minimum 5, limit 2: the two cases at 4 and 6 days and the bin of 3 days that they need become one open end.
    #[test]
    fn no_bin_holds_a_small_number() {
        let bins = Bins::new(&histogram(&[(0, 3), (1, 9), (2, 12), (3, 8), (4, 1), (6, 1)]), 2, Unit::BusinessDays, 5).unwrap();
        assert!(bins.bins.iter().all(|bin| bin.cases == 0 || bin.cases >= 5));
        assert_eq!(bins.bins.iter().map(|bin| bin.cases).sum::<u64>(), 34);
        assert_eq!((bins.open_start, bins.open_end), (true, true));
        assert_eq!(bins.bins.last(), Some(&Bin { first: 3, last: 3, cases: 10 }));
    }

    #[test]
    fn the_limit_is_an_edge_of_wide_bins() {
        let counts: Vec<(i64, u64)> = (0..130).map(|elapsed| (elapsed, 10)).collect();
        let bins = Bins::new(&histogram(&counts), 65, Unit::BusinessDays, 5).unwrap();
        assert!(bins.bins.iter().any(|bin| bin.last == 65));
        assert!(bins.bins.len() <= 40);
        assert_eq!(bins.late(), 640);
    }

    #[test]
    fn half_of_the_late_cases_come_from_published_bins() {
        let bins = Bins::new(&histogram(&[(1, 50), (3, 10), (4, 10), (5, 20)]), 2, Unit::BusinessDays, 5).unwrap();
        assert_eq!(bins.half_of_late(), Some((2, 20)));
        assert_eq!(case_ticks(2880), [0, 1000, 2000, 3000]);
    }
}
