//! Keeps the text printable.
//!
//! PDF/UA and PDF/A forbid a character without a glyph, so that one emoji in a region's name would
//! cost the whole document. Such a character, and every control or direction mark (which could
//! reorder or hide what is printed), is replaced by the box `□` (U+25A1): visible, inert, and reported.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use typst::World;
use typst::text::FontBook;

const REPLACEMENT: char = '□';

/// A character that no embedded font can show, and a text that holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced {
    pub character: char,
    /// Where the text stands in the edition, for example `sections[2].commitments[0].title`.
    pub path: String,
}

/// The characters that the embedded fonts can show.
pub struct Repertoire<'world> {
    book: &'world FontBook,
    /// Whether a character is in every font, for those that were looked up.
    known: BTreeMap<char, bool>,
    replaced: BTreeSet<Replaced>,
}

impl<'world> Repertoire<'world> {
    pub fn of(world: &'world impl World) -> Self {
        Self { book: world.book(), known: BTreeMap::new(), replaced: BTreeSet::new() }
    }

    /// Makes every string of `value` displayable, at any depth; keys are the program's own.
    pub fn make_displayable(&mut self, value: &mut serde_json::Value) {
        self.visit(value, &mut String::new());
    }

    fn visit(&mut self, value: &mut serde_json::Value, path: &mut String) {
        use serde_json::Value;
        let length = path.len();
        match value {
            Value::String(text) => {
                if let Cow::Owned(changed) = self.displayable(path, text) {
                    *text = changed;
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    path.push_str(&format!("[{index}]"));
                    self.visit(item, path);
                    path.truncate(length);
                }
            }
            Value::Object(fields) => {
                for (key, field) in fields.iter_mut() {
                    if length > 0 {
                        path.push('.');
                    }
                    path.push_str(key);
                    self.visit(field, path);
                    path.truncate(length);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// The text with each undisplayable character replaced; each is noted under `path`.
    pub fn displayable<'text>(&mut self, path: &str, text: &'text str) -> Cow<'text, str> {
        if text.chars().all(|character| self.shows(character)) {
            return Cow::Borrowed(text);
        }
        let mut changed = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '\t' | '\r' => changed.push(' '),
                _ if self.shows(character) => changed.push(character),
                _ => {
                    changed.push(REPLACEMENT);
                    self.replaced.insert(Replaced { character, path: path.to_owned() });
                }
            }
        }
        Cow::Owned(changed)
    }

    fn shows(&mut self, character: char) -> bool {
        match character {
            '\n' => true,
            ' '..='~' => true,
            _ if character.is_control() || directs(character) => false,
            // One font is enough in principle, but a text can be set in any of them.
            _ => self.in_every_font(character),
        }
    }

    fn in_every_font(&mut self, character: char) -> bool {
        *self.known.entry(character).or_insert_with(|| {
            let mut fonts = (0..).map_while(|index| self.book.info(index));
            fonts.all(|font| font.coverage.contains(character.into()))
        })
    }

    pub fn into_replaced(self) -> Vec<Replaced> {
        self.replaced.into_iter().collect()
    }
}

/// Marks that change the direction of the text around them (Unicode, UAX 9).
fn directs(character: char) -> bool {
    matches!(character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
