//! Spaces, hyphens and apostrophes that must not be left to whoever types a text.

use super::edition::Span;

const NO_BREAK_SPACE: char = '\u{a0}';
const NO_BREAK_HYPHEN: char = '\u{2011}';
const EN_DASH: char = '\u{2013}';
/// What stands for a character that cannot be shown, as in the PDF.
const REPLACEMENT: char = '□';
const ZERO_WIDTH_SPACE: char = '\u{200b}';
/// Words of more letters may be broken, after so many.
const LONGEST_WORD: usize = 40;
const SYLLABLE: usize = 12;

/// The conventions of a language, as its catalogue names them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typography {
    /// Québec French: no-break spaces before `% : $ »` and after `«`, and between a number and its unit.
    french: bool,
}

impl Typography {
    pub fn new(french: bool) -> Typography {
        Typography { french }
    }

    /// The hyphen between the years of a period: `2025‑2026` in French, `2025–2026` in English.
    fn year_hyphen(self) -> char {
        if self.french { NO_BREAK_HYPHEN } else { EN_DASH }
    }

    /// Sets `text` by the conventions, letter for letter; a text that is already set stays as it is.
    pub fn apply(self, text: &str) -> String {
        let characters: Vec<char> = text.chars().map(visible).collect();
        let at = |place: usize| characters.get(place).copied().unwrap_or(' ');
        let mut set = String::with_capacity(text.len() + 8);
        for (place, &character) in characters.iter().enumerate() {
            let before = if place == 0 { ' ' } else { at(place - 1) };
            let after = at(place + 1);
            set.push(match character {
                '\'' if before.is_alphabetic() && after.is_alphabetic() => '’',
                '-' if is_year(&characters, place.wrapping_sub(4)) && is_year(&characters, place + 1) => self.year_hyphen(),
                ' ' if self.french && self.must_not_break(before, after) => NO_BREAK_SPACE,
                _ => character,
            });
        }
        set
    }

    fn must_not_break(self, before: char, after: char) -> bool {
        matches!(after, '%' | ':' | '$' | '»') || before == '«' || (before.is_ascii_digit() && after.is_lowercase())
    }
}

/// A letter that is seen where it stands: characters that steer a terminal, turn the direction of what follows or are none at all
/// become the sign for a character that cannot be shown.
fn visible(character: char) -> char {
    match character {
        '\t' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\n' => character,
        // Marks that turn directions (Unicode, UAX 9).
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => REPLACEMENT,
        // Noncharacters, which no page may hold.
        _ if character.is_control() || u32::from(character) & 0xfffe == 0xfffe => REPLACEMENT,
        '\u{fdd0}'..='\u{fdef}' => REPLACEMENT,
        _ => character,
    }
}

/// A text that is shown as it is written, but for characters that are not seen.
pub(super) fn verbatim(text: &str) -> String {
    breakable(&text.chars().map(visible).collect::<String>())
}

/// The text with places to break the line in words that no column has room for.
pub(super) fn breakable(text: &str) -> String {
    let is_long = |word: &str| word.chars().count() > LONGEST_WORD;
    if !text.split(char::is_whitespace).any(is_long) {
        return text.to_string();
    }
    let mut broken = String::with_capacity(text.len() * 5 / 4);
    for word in text.split_inclusive(char::is_whitespace) {
        let long = is_long(word.trim_end());
        for (place, letter) in word.chars().enumerate() {
            if long && place > 0 && place % SYLLABLE == 0 && !letter.is_whitespace() {
                broken.push(ZERO_WIDTH_SPACE);
            }
            broken.push(letter);
        }
    }
    broken
}

/// The beginning of a text that is longer than `most` characters, with an ellipsis.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// Whether four digits, and no more, stand at `start`.
fn is_year(characters: &[char], start: usize) -> bool {
    let digit = |place: usize| characters.get(place).is_some_and(char::is_ascii_digit);
    (start..start.saturating_add(4)).all(digit) && !digit(start.wrapping_add(4)) && !digit(start.wrapping_sub(1))
}

/// Cuts a text at `**`, which turns bold on and off.
pub(super) fn bold_spans(text: &str) -> Vec<Span> {
    let parts = text.split("**").enumerate().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(place, part)| Span { text: part.to_string(), strong: place % 2 == 1, emphasis: false, href: String::new() })
        .collect()
}

/// `text` with a capital first letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The letter without its accent, in lower case: for alphabetical order and for the width of letters.
pub(super) fn base_letter(character: char) -> char {
    match character.to_lowercase().next().unwrap_or(character) {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

/// French alphabetical order: letters first, accents, capitals and signs only between words that are otherwise equal.
pub(super) fn alphabetical_key(text: &str) -> (String, String) {
    let expanded = text.replace(['œ', 'Œ'], "oe").replace(['æ', 'Æ'], "ae");
    (expanded.chars().filter(|character| character.is_alphanumeric()).map(base_letter).collect(), text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Design, section 6.
    #[test]
    fn french_spaces_and_hyphens_do_not_break() {
        let french = Typography::new(true);
        assert_eq!(
            french.apply("délai : 84,2 % de « cas » en 2025-2026"),
            "délai\u{a0}: 84,2\u{a0}% de «\u{a0}cas\u{a0}» en 2025\u{2011}2026"
        );
        assert_eq!(french.apply("20 jours; l'an"), "20\u{a0}jours; l’an");
        assert_eq!(Typography::new(false).apply("2025-2026: 84.2%, on 2025-12-11"), "2025\u{2013}2026: 84.2%, on 2025-12-11");
    }

    #[test]
    fn what_cannot_be_seen_is_shown_as_such() {
        let plain = Typography::new(false);
        assert_eq!(plain.apply("a\u{0}b\u{1b}[2J \u{202e}c\u{fffe}\td\ne"), "a□b□[2J □c□ d\ne");
        assert_eq!((shortened("abc", 3), shortened("abécd", 3)), ("abc".to_string(), "abé…".to_string()));
    }

    #[test]
    fn only_endless_words_are_broken() {
        let long = "x".repeat(41);
        assert_eq!(breakable(&format!("a {long}\nb")), format!("a {0}\u{200b}{0}\u{200b}{0}\u{200b}xxxxx\nb", "x".repeat(12)));
        let longest = "x".repeat(40);
        assert_eq!(breakable(&longest), longest);
    }

    #[test]
    fn accents_do_not_change_the_place_in_the_alphabet() {
        let mut regions = ["Outaouais", "Estrie", "Été", "Montréal", "Montérégie", "Côte-Nord", "Capitale-Nationale"];
        regions.sort_by_key(|region| alphabetical_key(region));
        assert_eq!(regions, ["Capitale-Nationale", "Côte-Nord", "Estrie", "Été", "Montérégie", "Montréal", "Outaouais"]);
    }

    #[test]
    fn stars_turn_bold_on_and_off() {
        let spans = bold_spans("a **b** c");
        assert_eq!(
            spans.iter().map(|span| (span.text.as_str(), span.strong)).collect::<Vec<_>>(),
            [("a ", false), ("b", true), (" c", false)]
        );
    }
}
