//! The whole declaration, validated: everything that is promised, counted and published.

use super::calendar::{Calendar, Day, Month};
use super::commitment::{Commitment, Pledge};
use super::prose::Prose;
use super::rate::{Goal, Rate};
use super::source::Source;
use super::text::{Language, Text};

/// The reporting year: two inclusive days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// As printed and as the name of the output folder: `2025-2026`.
    pub label: String,
    pub first: Day,
    pub last: Day,
}

impl Period {
    /// Whether `day` lies in the period.
    pub fn contains(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// Every month that has a day in the period, in order.
    pub fn months(&self) -> Vec<Month> {
        let last = self.last.month();
        std::iter::successors(Some(self.first.month()), |month| (*month < last).then(|| month.next())).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Draft,
    Final,
}

/// A part of the declaration, printed in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub id: String,
    pub title: Text,
}

/// Limits that a final report must keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// The share of rejected rows of a source, and of unusable cases, above which a final report is refused.
    pub max_rejected: Goal,
    /// Timestamps on earlier days are errors in the export.
    pub earliest: Day,
    /// A commitment without goal and below this share needs an explanation.
    pub explain_below: Option<Goal>,
}

/// Published figures of an earlier year, frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub commitment: String,
    pub period: String,
    /// Counted and met, where they were published.
    pub cases: Option<(u64, u64)>,
    /// The published rate in millionths of one, where only a percentage was published.
    pub rate_millionths: Option<u32>,
    /// `true` for `restated`, `false` for `published`.
    pub restated: bool,
    /// Why it was restated; empty where nobody said so.
    pub reason: Text,
}

impl HistoryLine {
    /// The rate that was published: that of the cases where they were.
    pub fn rate(&self) -> Option<Rate> {
        match self.cases {
            Some((counted, met)) => Rate::new(met, counted),
            None => self.rate_millionths.and_then(|millionths| Rate::new(millionths.into(), 1_000_000)),
        }
    }
}

/// A line of `surveys.csv`: what people answered about a pledge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    pub pledge: String,
    pub question: Text,
    pub favourable: u64,
    pub respondents: u64,
    pub invited: u64,
    /// When the survey was held, as written.
    pub fielded: String,
}

/// What people wrote about a commitment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    pub explanation: Option<Prose>,
    pub action: Option<Prose>,
    pub approved_by: Option<String>,
    pub approved_on: Option<Day>,
}

/// The texts of `commentary.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commentary {
    pub introduction: Option<Prose>,
    pub reliability: Option<Prose>,
    /// By the place of the commitment in the project.
    pub explanations: std::collections::BTreeMap<usize, Explanation>,
}

/// The declaration file and what it points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub organization: Text,
    pub title: Text,
    /// The first is the official text; the others are translations.
    pub languages: Vec<Language>,
    pub period: Period,
    /// The knowledge date: events on later days are ignored.
    pub as_of: Day,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    pub status: Status,
    pub calendar: Calendar,
    pub quality: Quality,
    /// Figures over fewer cases than this are masked in what is published.
    pub privacy_minimum: u64,
    pub sources: Vec<Source>,
    pub sections: Vec<Section>,
    pub commitments: Vec<Commitment>,
    pub pledges: Vec<Pledge>,
    pub commentary: Commentary,
    pub history: Vec<HistoryLine>,
    pub surveys: Vec<Survey>,
}

#[cfg(test)]
mod tests {
    use super::{HistoryLine, Month, Period};
    use crate::domain::calendar::Day;
    use crate::domain::rate::Goal;

    #[test]
    fn a_period_has_the_months_that_have_a_day_in_it() {
        let months = |first: (i32, u32, u32), last: (i32, u32, u32)| {
            let day = |(year, month, day)| Day::from_ymd(year, month, day).unwrap();
            Period { label: String::new(), first: day(first), last: day(last) }.months()
        };
        let month = |year, month| Day::from_ymd(year, month, 1).unwrap().month();
        let year: Vec<Month> =
            (4..=12).map(|number| month(2025, number)).chain((1..=3).map(|number| month(2026, number))).collect();
        assert_eq!(months((2025, 4, 1), (2026, 3, 31)), year);
        assert_eq!(months((2025, 4, 30), (2025, 5, 1)), [month(2025, 4), month(2025, 5)]);
        assert_eq!(months((2025, 4, 2), (2025, 4, 2)), [month(2025, 4)]);
    }

    /// An earlier year is printed with the guards of section 5 like any other, also where only a percentage was published.
    #[test]
    fn a_past_rate_is_never_rounded_up_to_all_or_to_the_goal() {
        let goal = Goal::parse("90 %");
        for (cases, rate_millionths, tenths) in [
            (Some((10_000, 8_996)), None, Some(899)),
            (Some((10_000, 9_000)), None, Some(900)),
            (None, Some(899_600), Some(899)),
            (None, Some(900_000), Some(900)),
            (None, Some(999_600), Some(999)),
            (None, Some(400), Some(1)),
            (None, Some(0), Some(0)),
            (Some((2, 1)), Some(999_600), Some(500)),
            (None, None, None),
            (Some((0, 0)), None, None),
        ] {
            let (commitment, period) = (String::new(), String::new());
            let line = HistoryLine { commitment, period, cases, rate_millionths, restated: false, reason: Default::default() };
            assert_eq!(line.rate().map(|rate| rate.displayed_tenths(goal)), tenths, "{cases:?} {rate_millionths:?}");
        }
    }
}
