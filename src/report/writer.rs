//! Figures, dates and times as one language writes them.

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{M, MD, YM, YMD};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use std::fmt;

use super::catalogue::{Argument, Catalogue, WordingError};
use super::edition::Span;
use super::typography::breakable;
use crate::domain::calendar::{Day, Month};
use crate::domain::commitment::Unit;
use crate::domain::rate::Goal;
use crate::domain::text::Text;
use chrono::Datelike;

/// A decimal number: `scaled` / 10^`decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scaled {
    pub scaled: u64,
    pub decimals: u32,
}

impl Scaled {
    /// A number of tenths: 942 is 94.2.
    pub fn tenths(tenths: u64) -> Scaled {
        Scaled { scaled: tenths, decimals: 1 }
    }
}

impl fmt::Display for Scaled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10u64.pow(self.decimals);
        match self.decimals {
            0 => write!(formatter, "{}", self.scaled),
            decimals => write!(formatter, "{}.{:0width$}", self.scaled / unit, self.scaled % unit, width = decimals as usize),
        }
    }
}

type DateFormatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// Writes one language.
pub(super) struct Writer<'a> {
    pub language: &'a str,
    pub catalogue: &'a Catalogue,
    decimal: DecimalFormatter,
    full_date: DateFormatter<YMD>,
    day_month: DateFormatter<MD>,
    month_year: DateFormatter<YM>,
    month_long: DateFormatter<M>,
    month_short: DateFormatter<M>,
}

impl<'a> Writer<'a> {
    pub fn new(language: &'a str, catalogue: &'a Catalogue) -> Result<Writer<'a>, Vec<WordingError>> {
        let unreadable = |problem: String| vec![WordingError { language: language.to_string(), at: None, problem }];
        let locale: Locale =
            catalogue.locale.to_string().parse().map_err(|_| unreadable(format!("`{}` is no locale", catalogue.locale)))?;
        let preferences = DateTimeFormatterPreferences::from(&locale);
        let missing = |error: icu_datetime::DateTimeFormatterLoadError| unreadable(error.to_string());
        Ok(Writer {
            language,
            catalogue,
            decimal: DecimalFormatter::try_new((&locale).into(), Default::default())
                .map_err(|error| unreadable(error.to_string()))?,
            full_date: DateFormatter::try_new(preferences, YMD::long()).map_err(missing)?,
            day_month: DateFormatter::try_new(preferences, MD::long()).map_err(missing)?,
            month_year: DateFormatter::try_new(preferences, YM::long()).map_err(missing)?,
            month_long: DateFormatter::try_new(preferences, M::long()).map_err(missing)?,
            month_short: DateFormatter::try_new(preferences, M::medium()).map_err(missing)?,
        })
    }

    pub fn word(&self, key: &str) -> String {
        self.catalogue.word(key)
    }

    pub fn message(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        self.catalogue.message(key, arguments)
    }

    pub fn spans(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> Vec<Span> {
        self.catalogue.spans(key, arguments)
    }

    /// A text of the declaration in this language, set by its typography.
    pub fn text(&self, text: &Text) -> String {
        breakable(&self.catalogue.typography.apply(text.in_language(self.language)))
    }

    /// A text that stands in no language: a label, a name.
    pub fn plain(&self, text: &str) -> String {
        breakable(&self.catalogue.typography.apply(text))
    }

    /// `38 912`, `38,912`.
    pub fn number(&self, number: u64) -> String {
        self.decimal.format(&Decimal::from(number)).to_string()
    }

    /// `5,8`, `5.8`.
    pub fn decimal(&self, number: Scaled) -> String {
        let mut decimal = Decimal::from(number.scaled);
        decimal.multiply_pow10(-(number.decimals as i16));
        self.decimal.format(&decimal).to_string()
    }

    /// A rate without its sign: `94,2`.
    pub fn tenths(&self, tenths: u64) -> String {
        self.decimal(Scaled::tenths(tenths))
    }

    /// `94,2 %`, `94.2%`.
    pub fn rate(&self, tenths: u64) -> String {
        self.percent(&self.tenths(tenths))
    }

    pub fn percent(&self, number: &str) -> String {
        self.message("percent", &[("number", number.into())])
    }

    /// A goal without its sign and without decimals that say nothing: `90`, `92,5`.
    pub fn goal_number(&self, goal: Goal) -> String {
        self.decimal(shortest(goal))
    }

    /// `90 %`.
    pub fn goal(&self, goal: Goal) -> String {
        self.percent(&self.goal_number(goal))
    }

    /// A count of up to sixteen in letters, beyond in figures.
    pub fn spelled(&self, count: u64) -> String {
        self.catalogue.optional(&format!("spelled-{count}")).unwrap_or_else(|| self.number(count))
    }

    /// `31 mars 2026`, `1ᵉʳ avril 2025`.
    pub fn date(&self, day: Day) -> String {
        self.set_date(self.full_date.format(&gregorian(day)).to_string())
    }

    /// `31 mars`.
    pub fn day_month(&self, day: Day) -> String {
        self.set_date(self.day_month.format(&gregorian(day)).to_string())
    }

    /// `juillet 2025`.
    pub fn month_year(&self, month: Month) -> String {
        self.month_year.format(&first_day(month)).to_string()
    }

    /// `juillet`.
    pub fn month_long(&self, month: Month) -> String {
        self.month_long.format(&first_day(month)).to_string()
    }

    /// `juill.`
    pub fn month_short(&self, month: Month) -> String {
        self.month_short.format(&first_day(month)).to_string()
    }

    /// The first day of a month bears an ordinal in French, and a day does not part from its month.
    fn set_date(&self, date: String) -> String {
        let date = match date.strip_prefix("1 ") {
            Some(rest) => format!("{} {rest}", self.word("first-of-month")),
            None => date,
        };
        date.replacen(' ', "\u{a0}", 1)
    }

    /// `20 jours ouvrables`, `3 minutes`.
    pub fn limit(&self, limit: u32, unit: Unit) -> String {
        self.counted_unit("limit", u64::from(limit), unit)
    }

    /// `20 j`, `3 min`.
    pub fn limit_short(&self, limit: u32, unit: Unit) -> String {
        self.counted_unit("limit-short", u64::from(limit), unit)
    }

    fn counted_unit(&self, kind: &str, count: u64, unit: Unit) -> String {
        let key = format!("{kind}-{}", unit_name(unit));
        self.message(&key, &[("count", count.into()), ("n", (&self.number(count)).into())])
    }

    /// An elapsed time in days or seconds: `15 jours`, `2 min 15 s`.
    pub fn elapsed(&self, elapsed: i64, unit: Unit) -> String {
        let elapsed = elapsed.unsigned_abs();
        if unit != Unit::Minutes {
            return self.message("elapsed-days", &[("count", elapsed.into()), ("n", (&self.number(elapsed)).into())]);
        }
        let (minutes, seconds) = (self.number(elapsed / 60), self.number(elapsed % 60));
        let arguments = [("minutes", (&minutes).into()), ("seconds", (&seconds).into())];
        match (elapsed / 60, elapsed % 60) {
            (0, _) => self.message("elapsed-seconds", &[("seconds", (&seconds).into())]),
            (_, 0) => self.message("elapsed-minutes", &[("minutes", (&minutes).into())]),
            _ => self.message("elapsed-minutes-seconds", &arguments),
        }
    }

    /// An elapsed time with the full name of its unit: `71 jours ouvrables`, `2 min 15 s`.
    pub fn elapsed_full(&self, elapsed: i64, unit: Unit) -> String {
        match unit {
            Unit::Minutes => self.elapsed(elapsed, unit),
            _ => self.counted_unit("limit", elapsed.unsigned_abs(), unit),
        }
    }

    /// `a, b et c`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => {
                self.message("list-two", &[("first", (&first.join(&self.word("list-separator"))).into()), ("last", last.into())])
            }
        }
    }
}

/// The name of a unit in the keys of the catalogue.
pub(super) fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::BusinessDays => "business-days",
        Unit::CalendarDays => "calendar-days",
        Unit::Minutes => "minutes",
    }
}

/// A goal without trailing zeros.
pub(super) fn shortest(goal: Goal) -> Scaled {
    let mut number = Scaled { scaled: goal.scaled, decimals: goal.decimals };
    while number.decimals > 0 && number.scaled.is_multiple_of(10) {
        number = Scaled { scaled: number.scaled / 10, decimals: number.decimals - 1 };
    }
    number
}

fn gregorian(day: Day) -> Date<Gregorian> {
    let date = day.date();
    date_of(date.year(), date.month(), date.day())
}

fn first_day(month: Month) -> Date<Gregorian> {
    date_of(month.year, month.month, 1)
}

/// Days of the declaration lie between 1899 and 2299; the fallback is never met.
fn date_of(year: i32, month: u32, day: u32) -> Date<Gregorian> {
    Date::try_new_gregorian(year, month as u8, day as u8)
        .unwrap_or_else(|_| Date::from_rata_die(icu_calendar::types::RataDie::new(1), Gregorian))
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogues;
    use super::*;

    const SOURCES: [(&str, &str); 2] = [
        ("fr", include_str!("../../report-templates/locales/fr.ftl")),
        ("en", include_str!("../../report-templates/locales/en.ftl")),
    ];

    fn written(language: &str, write: impl Fn(&Writer<'_>) -> String) -> String {
        let catalogues = Catalogues::parse(SOURCES).unwrap();
        let writer = Writer::new(language, catalogues.of(language).unwrap()).unwrap();
        let text = write(&writer);
        writer.catalogue.check().unwrap();
        text
    }

    // Design, section 6.
    #[test]
    fn numbers_and_rates_follow_the_language() {
        assert_eq!(written("fr", |w| w.rate(942)), "94,2\u{a0}%");
        assert_eq!(written("en", |w| w.rate(942)), "94.2%");
        assert_eq!(written("fr", |w| w.number(1847)), "1\u{a0}847");
        assert_eq!(written("en", |w| w.number(32_764)), "32,764");
        assert_eq!(written("fr", |w| w.goal(Goal::parse("92.50 %").unwrap())), "92,5\u{a0}%");
    }

    #[test]
    fn dates_follow_the_language() {
        let (april, march) = (Day::from_ymd(2025, 4, 1).unwrap(), Day::from_ymd(2026, 3, 31).unwrap());
        assert_eq!(written("fr", |w| w.date(april)), "1ᵉʳ\u{a0}avril 2025");
        assert_eq!(written("en", |w| w.date(april)), "April\u{a0}1, 2025");
        assert_eq!(written("fr", |w| w.day_month(march)), "31\u{a0}mars");
        assert_eq!(written("fr", |w| w.month_short(april.month())), "avr.");
        assert_eq!(written("fr", |w| w.plain("2025-2026")), "2025\u{2011}2026");
        assert_eq!(written("en", |w| w.plain("2025-2026")), "2025\u{2013}2026");
    }

    #[test]
    fn times_follow_the_unit() {
        assert_eq!(written("fr", |w| w.limit(20, Unit::BusinessDays)), "20\u{a0}jours ouvrables");
        assert_eq!(written("fr", |w| w.limit(1, Unit::BusinessDays)), "1\u{a0}jour ouvrable");
        // In French 0 and 1.5 are singular, in English they are plural.
        assert_eq!(written("fr", |w| w.elapsed(0, Unit::BusinessDays)), "0\u{a0}jour");
        assert_eq!(written("en", |w| w.elapsed(0, Unit::BusinessDays)), "0 days");
        assert_eq!(written("fr", |w| w.elapsed(135, Unit::Minutes)), "2\u{a0}min\u{a0}15\u{a0}s");
        assert_eq!(written("en", |w| w.elapsed(1, Unit::BusinessDays)), "1 day");
    }
}
