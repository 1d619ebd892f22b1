//! Rates as two integers, and their rounding (specification, section 5).

/// A share of cases: `met` out of `counted`, with `counted` > 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub met: u64,
    pub counted: u64,
}

/// A percentage of the declaration, exact: `scaled` / 10^`decimals` percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goal {
    pub scaled: u64,
    /// 0 to 9.
    pub decimals: u32,
}

impl Goal {
    /// Reads `90 %` or `92.5%`: a decimal number, an optional space, the sign. `None` for anything else.
    pub fn parse(text: &str) -> Option<Goal> {
        let number = text.strip_suffix('%')?.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 3
            || fraction.len() > 9
            || !digits(whole)
            || !digits(fraction)
            || number.ends_with('.')
        {
            return None;
        }
        let scaled = format!("{whole}{fraction}").parse().ok()?;
        Some(Goal { scaled, decimals: fraction.len() as u32 })
    }

    fn unit(self) -> u128 {
        10u128.pow(self.decimals)
    }

    /// Whether this share lies between `low` and `high` percent, both inclusive.
    pub fn is_between(self, low: u64, high: u64) -> bool {
        let scaled = u128::from(self.scaled);
        u128::from(low) * self.unit() <= scaled && scaled <= u128::from(high) * self.unit()
    }

    /// Whether `part` of `whole` is at least this share, compared as integers.
    pub fn is_reached_by(self, part: u64, whole: u64) -> bool {
        u128::from(part) * 100 * self.unit() >= u128::from(self.scaled) * u128::from(whole)
    }

    /// Whether `part` of `whole` is more than this share, compared as integers.
    pub fn is_exceeded_by(self, part: u64, whole: u64) -> bool {
        u128::from(part) * 100 * self.unit() > u128::from(self.scaled) * u128::from(whole)
    }

    /// The largest number of tenths of a percent that lies strictly below this share; it is at least 1 percent.
    fn tenths_below(self) -> u64 {
        let tenths = (u128::from(self.scaled) * 10).div_ceil(self.unit()) - 1;
        u64::try_from(tenths).unwrap_or(u64::MAX)
    }
}

impl Rate {
    /// `None` without cases: there is no rate then.
    pub fn new(met: u64, counted: u64) -> Option<Rate> {
        (counted > 0).then_some(Rate { met, counted })
    }

    /// Rounded to six decimals, half away from zero, in millionths.
    pub fn millionths(self) -> u64 {
        divide_rounded(u128::from(self.met) * 1_000_000, u128::from(self.counted))
    }

    /// The displayed rate in tenths of a percent (942 is 94.2 %): half away from zero, with the three guards of section 5:
    /// 1000 only when all were met, 0 only when none was, and never up to the goal when below it.
    pub fn displayed_tenths(self, goal: Option<Goal>) -> u64 {
        let mut tenths = divide_rounded(u128::from(self.met) * 1000, u128::from(self.counted));
        if self.met < self.counted {
            tenths = tenths.min(999);
        }
        if self.met > 0 {
            tenths = tenths.max(1);
        }
        match goal {
            Some(goal) if !goal.is_reached_by(self.met, self.counted) => tenths.min(goal.tenths_below()),
            _ => tenths,
        }
    }
}

/// `dividend / divisor` rounded half away from zero; `divisor` > 0.
pub fn divide_rounded(dividend: u128, divisor: u128) -> u64 {
    u64::try_from((2 * dividend + divisor) / (2 * divisor)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn displayed(met: u64, counted: u64, goal: Option<&str>) -> u64 {
        Rate { met, counted }.displayed_tenths(goal.map(|text| Goal::parse(text).unwrap()))
    }

    // The examples of section 5: 99.96 -> 99.9; 89.96 against a goal of 90 -> 89.9.
    #[test]
    fn a_displayed_rate_never_flatters() {
        assert_eq!(displayed(9996, 10_000, None), 999);
        assert_eq!(displayed(8996, 10_000, Some("90 %")), 899);
        assert_eq!(displayed(8996, 10_000, None), 900);
        assert_eq!(displayed(1, 10_000, None), 1);
        assert_eq!(displayed(0, 10_000, None), 0);
        assert_eq!(displayed(10_000, 10_000, Some("100 %")), 1000);
        assert_eq!(displayed(2, 3, Some("66.7 %")), 666);
        assert_eq!(displayed(2, 3, None), 667);
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(displayed(125, 1000, None), 125);
        assert_eq!(displayed(1245, 10_000, None), 125);
        assert_eq!(divide_rounded(5, 2), 3);
    }

    #[test]
    fn goals_are_decimal_numbers_with_a_sign() {
        assert_eq!(Goal::parse("92.5 %"), Some(Goal { scaled: 925, decimals: 1 }));
        assert_eq!(Goal::parse("90%"), Some(Goal { scaled: 90, decimals: 0 }));
        for wrong in ["90", "9O %", "-1 %", "1e2 %", ".5 %", "5. %", "90 %%", " 90 %", "9 0 %"] {
            assert_eq!(Goal::parse(wrong), None, "{wrong}");
        }
        assert!(!Goal::parse("0.9 %").unwrap().is_between(1, 100));
        assert!(Goal::parse("100.0 %").unwrap().is_between(1, 100));
    }

    #[test]
    fn goals_have_at_most_three_digits_and_nine_decimals_and_no_sign() {
        assert_eq!(Goal::parse("100 %"), Some(Goal { scaled: 100, decimals: 0 }));
        assert_eq!(Goal::parse("1.123456789 %"), Some(Goal { scaled: 1_123_456_789, decimals: 9 }));
        for wrong in ["1000 %", "1.1234567890 %", "+90 %", "+9.5 %", "9.+5 %"] {
            assert_eq!(Goal::parse(wrong), None, "{wrong}");
        }
        assert!(Goal::parse("1.0 %").unwrap().is_between(1, 100));
        assert!(!Goal::parse("100.01 %").unwrap().is_between(1, 100));
    }

    // Section 7: a final report is refused above 0.1 % of the rows, not at it.
    #[test]
    fn a_share_is_exceeded_only_above_it() {
        let allowed = Goal::parse("0.1 %").unwrap();
        for (rejected, rows, exceeded) in
            [(0, 0, false), (0, 1000, false), (1, 1000, false), (2, 2000, false), (1, 999, true), (2, 1999, true), (1, 1, true)]
        {
            assert_eq!(allowed.is_exceeded_by(rejected, rows), exceeded, "{rejected} of {rows}");
        }
    }

    #[test]
    fn a_goal_is_compared_as_integers() {
        assert!(!Goal::parse("66.7 %").unwrap().is_reached_by(2, 3));
        assert!(Goal::parse("66.6 %").unwrap().is_reached_by(2, 3));
        assert!(Goal::parse("90 %").unwrap().is_reached_by(9, 10));
    }
}
