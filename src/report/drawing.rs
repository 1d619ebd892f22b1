//! Charts as lists of shapes: coordinates are settled here, looks are left to the templates of `report-templates/charts`.

use serde::{Serialize, Serializer};

/// A length in hundredths of a drawing unit (a point in print, a pixel on the web).
///
/// An integer, so that the same figures give the same bytes on every machine; it is written as `12.34`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i64);

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.abs() / 100, self.0.abs() % 100);
        match (fraction, fraction % 10) {
            (0, _) => write!(formatter, "{sign}{whole}"),
            (_, 0) => write!(formatter, "{sign}{whole}.{}", fraction / 10),
            _ => write!(formatter, "{sign}{whole}.{fraction:02}"),
        }
    }
}

/// A figure: drawn three times, described once.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// Unique in the document and the same in all languages; the key of its SVG.
    pub id: String,
    /// `Figure 1.`
    pub label: String,
    /// The finding, from a closed list of rules: « Neuf cibles sur douze atteintes ».
    pub title: String,
    /// What is drawn: « Part des cas traités dans le délai, 2025‑2026 ».
    pub caption: String,
    /// The alternative text: the same figures in words.
    pub description: String,
    /// For the PDF: 492 or 240 wide.
    pub print: Drawing,
    /// For wide screens.
    pub wide: Drawing,
    /// For narrow screens, 328 wide.
    pub narrow: Drawing,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Drawing {
    pub width: Length,
    pub height: Length,
    /// In the order in which they are drawn. Left out where the edition is handed over, of which they would be half: only the
    /// templates that draw read them.
    #[serde(skip)]
    pub shapes: Vec<Shape>,
}

/// A shape, with its part in the chart (`class`), which decides its look.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Shape {
    Line {
        class: Class,
        x1: Length,
        y1: Length,
        x2: Length,
        y2: Length,
    },
    Rect {
        class: Class,
        x: Length,
        y: Length,
        width: Length,
        height: Length,
    },
    Circle {
        class: Class,
        x: Length,
        y: Length,
        radius: Length,
    },
    /// Straight lines through `points` (`1,2 3,4`); closed for a polygon.
    Polyline {
        class: Class,
        points: String,
    },
    Polygon {
        class: Class,
        points: String,
    },
    Text {
        class: Class,
        x: Length,
        y: Length,
        size: Length,
        anchor: Anchor,
        text: String,
    },
}

/// The part that a shape plays. Looks are in the template, one for each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The goal and beyond.
    Zone,
    /// A thin line behind the data.
    Grid,
    /// The line that a row's marks stand on.
    Track,
    /// A rule that separates.
    Edge,
    /// The line of a goal or of a limit.
    Goal,
    /// The mark of an earlier year, filled with the colour of the paper.
    PastRing,
    /// The mark of the year before that.
    PastTick,
    /// From last year's mark to this year's.
    PastLine,
    /// A filled mark: goal reached, all on time.
    Mark,
    /// An open mark in the colour `late`.
    MarkBelow,
    /// An open mark in ink.
    MarkOpen,
    /// A short line: no cases.
    MarkNone,
    /// A line through the months.
    Series,
    /// The mark of a month with few cases.
    MarkSmall,
    /// A bar on time.
    Bar,
    /// A bar over the limit: hatched.
    BarLate,
    Label,
    LabelStrong,
    LabelQuiet,
    LabelAccent,
    LabelLate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    Start,
    Middle,
    End,
}
