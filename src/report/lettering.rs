//! How wide words are in the report's typeface, so that labels of charts are cut into balanced lines.

use super::drawing::Length;
use super::typography::base_letter;

/// Advance widths of Source Sans 3 Regular from U+0020 to U+007E, in thousandths of the type size.
const REGULAR: [u16; 95] = [
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497, 497, 497, 497, 497, 497,
    497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617, 652, 263, 479, 579, 486, 727, 647, 664, 566, 664,
    569, 534, 536, 645, 515, 786, 513, 476, 539, 303, 350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247,
    495, 255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
];

/// Semibold letters are wider than regular ones by less than this, in hundredths.
const SEMIBOLD_PERCENT: i64 = 104;

/// The width of `text` at `size`.
pub(super) fn width(text: &str, size: Length, strong: bool) -> Length {
    let thousandths: i64 = text.chars().map(advance).sum();
    let weight = if strong { SEMIBOLD_PERCENT } else { 100 };
    Length(thousandths * size.0 * weight / 100_000)
}

fn advance(character: char) -> i64 {
    let plain = if character.is_ascii() {
        character
    } else {
        match character {
            '\u{a0}' | '\u{202f}' => ' ',
            '\u{2011}' => '-',
            '’' => '\'',
            '–' | '−' | '«' | '»' => '0',
            '—' | '…' => '@',
            _ if character.is_uppercase() => base_letter(character).to_ascii_uppercase(),
            _ => base_letter(character),
        }
    };
    let place = (plain as usize).wrapping_sub(0x20);
    i64::from(REGULAR.get(place).copied().unwrap_or(650))
}

/// Cuts `text` into as few lines as fit into `measure`, then balances them: the longest line is as short as it can be.
pub(super) fn balanced_lines(text: &str, size: Length, strong: bool, measure: Length) -> Vec<String> {
    let lines = filled_lines(text, size, strong, measure);
    if lines.len() < 2 {
        return lines;
    }
    // The narrowest measure that needs no further line; a hundredth of a unit is finer than any eye.
    let (mut too_narrow, mut enough) = (Length(0), measure);
    while enough.0 - too_narrow.0 > 10 {
        let middle = Length((too_narrow.0 + enough.0) / 2);
        if filled_lines(text, size, strong, middle).len() > lines.len() {
            too_narrow = middle;
        } else {
            enough = middle;
        }
    }
    filled_lines(text, size, strong, enough)
}

fn filled_lines(text: &str, size: Length, strong: bool, measure: Length) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, strong) <= measure => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_balanced_and_no_word_stands_alone() {
        let lines =
            balanced_lines("Ouverture du dossier, certificat de sélection du Québec (CSQ)", Length(950), false, Length(21_000));
        assert_eq!(lines, ["Ouverture du dossier, certificat", "de sélection du Québec (CSQ)"]);
        assert_eq!(balanced_lines("Réponse à votre plainte", Length(950), false, Length(21_000)).len(), 1);
    }
}
