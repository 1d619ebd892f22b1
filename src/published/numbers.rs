//! Numbers as French and English write them.

use serde_json::Value;

use crate::domain::rate::{Goal, Rate, divide_rounded};

/// Every number of a text, in the way of JSON and without zeros that say nothing: `1 847,50 %` is `1847.5`.
///
/// French groups digits with a space (a font draws them all alike, and its map may lead back to any of them) and puts a comma before
/// decimals; English, a comma and a point.
pub(super) fn numbers(text: &str, language: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let digit = |place: usize| letters.get(place).is_some_and(char::is_ascii_digit);
    let french = language == "fr";
    let is_group = |sign: char| if french { matches!(sign, ' ' | '\u{a0}' | '\u{202f}') } else { sign == ',' };
    let is_point = |sign: char| sign == if french { ',' } else { '.' };
    let mut found = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        if !digit(place) {
            place += 1;
            continue;
        }
        let mut number = String::new();
        let mut decimals = false;
        let mut groups = 0;
        loop {
            while digit(place) {
                number.push(letters[place]);
                place += 1;
            }
            let Some(&sign) = letters.get(place) else { break };
            let three_follow = (1..=3).all(|on| digit(place + on)) && !digit(place + 4);
            if !decimals && is_group(sign) && three_follow && number.len() <= 3 + 3 * groups {
                groups += 1;
                place += 1;
            } else if !decimals && is_point(sign) && digit(place + 1) {
                decimals = true;
                number.push('.');
                place += 1;
            } else {
                break;
            }
        }
        found.push(short(&number));
    }
    found
}

/// Without zeros that say nothing after the point.
pub(super) fn short(number: &str) -> String {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { number.to_owned() }
}

/// A whole number of `results.json`; `None` where it is null, absent or masked.
pub(super) fn whole(value: &Value) -> Option<String> {
    value.as_u64().map(|number| number.to_string())
}

/// The sum of the members.
pub(super) fn sum(value: &Value) -> Option<String> {
    Some(value.as_object()?.values().filter_map(Value::as_u64).sum::<u64>().to_string())
}

/// The goal of a commitment.
pub(super) fn goal_of(commitment: &Value) -> Option<Goal> {
    Goal::parse(&format!("{} %", commitment["goal_percent"].as_number()?))
}

/// The rate of a cell as it is printed.
pub(super) fn rate_of(cell: &Value, goal: Option<Goal>) -> Option<String> {
    rate(cell["met"].as_u64()?, cell["counted"].as_u64()?, goal)
}

/// A rate as it is printed; `None` without cases.
pub(super) fn rate(met: u64, counted: u64, goal: Option<Goal>) -> Option<String> {
    if met > counted {
        // No run writes this: no printed figure is equal to it.
        return Some("more than all".to_owned());
    }
    Rate::new(met, counted).map(|rate| tenths(rate.displayed_tenths(goal)))
}

/// A rate that was published without its cases.
pub(super) fn past_rate(line: &Value, goal: Option<Goal>) -> Option<String> {
    let millionths = (line["rate"].as_f64()? * 1e6).round() as u64;
    rate(millionths, 1_000_000, goal)
}

/// A share of rejected rows, in hundredths of a percent, which is never nothing where a row was rejected.
pub(super) fn share(part: u64, whole: u64) -> String {
    let hundredths = if whole == 0 { 0 } else { divide_rounded(u128::from(part) * 10_000, u128::from(whole)) };
    let hundredths = hundredths.max(u64::from(part > 0));
    short(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

fn tenths(tenths: u64) -> String {
    short(&format!("{}.{}", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_each_language_writes_them() {
        assert_eq!(numbers("54\u{202f}466", "fr"), ["54466"]);
        assert_eq!(numbers("1\u{a0}234\u{a0}567,80\u{a0}%", "fr"), ["1234567.8"]);
        assert_eq!(numbers("774\u{a0}sur\u{a0}840", "fr"), ["774", "840"]);
        assert_eq!(numbers("En 2025\u{2011}2026, 100,0\u{a0}% : 5 000", "fr"), ["2025", "2026", "100", "5000"]);
        assert_eq!(numbers("en 2025 137 cas, 12 1 234", "fr"), ["2025", "137", "12", "1234"]);
        assert_eq!(numbers("1,234 of 12,345; 92.0%, 15 d", "en"), ["1234", "12345", "92", "15"]);
        assert_eq!(numbers("89.7r", "en"), ["89.7"]);
        assert!(numbers("x .. …", "fr").is_empty());
    }
}
