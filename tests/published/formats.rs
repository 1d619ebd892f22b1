//! How each language writes numbers, percentages, ranges and dates, on the whole page: after the Office québécois de la langue
//! française for French, The Canadian Style for English.

use super::run::{LANGUAGES, Run};
use bilan::published::tree::{Element, Node};

const MONTHS: [(&str, [&str; 12]); 2] = [
    (
        "fr",
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    ),
    (
        "en",
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    ),
];

/// What a language writes in another way, each with some letters around it.
fn faults(text: &str, language: &str) -> Vec<String> {
    // The number of a chapter of the Revised Statutes of Québec is a name.
    let letters: Vec<char> = text.replace("A-6.01", "A-6").chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or('\n');
    let digit = |place: usize| at(place).is_ascii_digit();
    let digits_from = |place: usize| (place..).take_while(|&place| digit(place)).count();
    let french = language == "fr";
    let mut found = Vec::new();
    for place in 1..letters.len() {
        let sign = at(place);
        let (before, after) = (digit(place - 1), digits_from(place + 1));
        let wrong = match sign {
            // 94,2 % with a no-break space; 94.2% without one.
            '%' if french => before || (at(place - 1) == ' ' && digit(place.wrapping_sub(2))),
            '%' => at(place - 1).is_whitespace() && digit(place.wrapping_sub(2)),
            // 94,2 and 1 847; 94.2 and 1,847.
            '.' if french => before && after > 0,
            ',' if french => before && after >= 3,
            ',' => before && after > 0 && after != 3,
            ' ' => before && after == 3 && !digit(place.wrapping_sub(4)),
            '\u{a0}' | '\u{202f}' if !french => before && after == 3,
            // 2025‑2026 with a hyphen that does not break; 2025–2026 with a dash.
            '-' => before && after == 4 && (1..=4).all(|back| digit(place.wrapping_sub(back))),
            '\u{2013}' if french => before && after == 4,
            '\u{2011}' if !french => before && after == 4,
            _ => false,
        };
        if wrong {
            found.push(letters[place.saturating_sub(12)..(place + 8).min(letters.len())].iter().collect());
        }
    }
    found.extend(wrong_dates(text, french));
    found
}

/// 1ᵉʳ avril 2025 and 31 mars 2026, the day bound to its month; April 1, 2025.
fn wrong_dates(text: &str, french: bool) -> Vec<String> {
    let months = MONTHS.iter().flat_map(|(of, months)| months.iter().map(move |month| (*of, *month)));
    let mut found = Vec::new();
    for (of, month) in months.filter(|(_, month)| text.contains(month)) {
        for (place, _) in text.match_indices(month) {
            let (before, after) = (&text[..place], &text[place + month.len()..]);
            let day_before = before.trim_end().ends_with(|last: char| last.is_ascii_digit() || last == 'ʳ');
            let day_after = after.starts_with([' ', '\u{a0}']) && !after.trim_start().starts_with("20");
            let day_after = day_after && after.trim_start().starts_with(|first: char| first.is_ascii_digit());
            let alone = before.ends_with(|last: char| last.is_whitespace()) || before.is_empty();
            let first = before.trim_end();
            let unmarked = first.ends_with('1') && !first[..first.len() - 1].ends_with(|last: char| last.is_ascii_digit());
            let wrong = match (french, of) {
                (true, "fr") => alone && ((day_before && !before.ends_with('\u{a0}')) || unmarked || day_after),
                (false, "en") => {
                    alone && day_before && !first.ends_with("20") && first.len() < before.len() && after.starts_with(" 20")
                }
                _ => alone && (day_before || day_after),
            };
            if wrong {
                found.push(format!("{}{month}{}", tail(before), after.chars().take(6).collect::<String>()));
            }
        }
    }
    found
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters[letters.len().saturating_sub(8)..].iter().collect()
}

/// Every text of a page but names of files and fingerprints, the style and what stands in another language.
fn texts(element: &Element, into: &mut Vec<String>) {
    let skipped = ["style", "script", "code"].contains(&element.name.as_str())
        || ["table-rows", "table-files", "colophon", "report-colophon"].contains(&element.attribute("id"))
        || element.attribute("class").split(' ').any(|class| class == "files")
        || (element.name != "html" && !element.attribute("lang").is_empty());
    if skipped {
        return;
    }
    for child in &element.children {
        match child {
            Node::Text(text) => into.push(text.clone()),
            Node::Element(inside) => texts(inside, into),
        }
    }
}

#[test]
fn each_language_writes_numbers_percentages_ranges_and_dates_in_its_own_way() {
    let run = Run::sample();
    for language in LANGUAGES {
        let mut page = Vec::new();
        texts(&run.pages[language], &mut page);
        let alternatives = run.pdfs[language].structure.all().into_iter().map(|element| element.attribute("Alt").to_owned());
        page.extend(alternatives);
        assert!(page.iter().map(String::len).sum::<usize>() > 20_000);
        let found: Vec<String> = page.iter().flat_map(|text| faults(text, language)).collect();
        assert!(found.is_empty(), "{language}: {found:#?}");
    }
}

/// Each way of the other language, and each space that may break, is noticed.
#[test]
fn the_ways_of_the_other_language_are_noticed() {
    let wrong_in_french = [
        "94.2\u{a0}%",
        "94,2%",
        "94,2 %",
        "1,847 cas",
        "1 847 cas",
        "2025-2026",
        "2025\u{2013}2026",
        "1 avril 2025",
        "31 mars 2026",
        "April\u{a0}1, 2025",
    ];
    let wrong_in_english = [
        "94.2\u{a0}%",
        "94.2 %",
        "94,2%",
        "1\u{a0}847 cases",
        "1 847 cases",
        "2025-2026",
        "2025\u{2011}2026",
        "31 March 2026",
        "31\u{a0}mars",
    ];
    for (language, wrong) in [("fr", &wrong_in_french[..]), ("en", &wrong_in_english[..])] {
        for text in wrong {
            assert!(!faults(text, language).is_empty(), "{language}: nobody notices `{text}`");
        }
    }
    let right = [
        ("fr", "Du 1ᵉʳ\u{a0}avril 2025 au 31\u{a0}mars 2026, 94,2\u{a0}% de 1\u{a0}847 cas; 2025\u{2011}2026, en juillet 2025"),
        ("en", "From April\u{a0}1, 2025, to March\u{a0}31, 2026, 94.2% of 1,847 cases; 2025\u{2013}2026, in July 2025"),
    ];
    for (language, text) in right {
        assert_eq!(faults(text, language), Vec::<String>::new());
    }
}
