//! Texts that people wrote about their figures: paragraphs and lists, with emphasis, links, and figures by their names.

use std::collections::BTreeMap;

use super::text::Language;

/// A figure of the commitment that a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// The share of counted cases that met the limit.
    Rate,
    Counted,
    Met,
    /// The median elapsed time.
    Median,
}

impl Figure {
    /// Every figure, under the name that stands for it between double braces.
    pub const NAMES: [(&str, Figure); 4] =
        [("rate", Figure::Rate), ("counted", Figure::Counted), ("met", Figure::Met), ("median", Figure::Median)];
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Figure(Figure),
}

/// A piece with its emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub piece: Piece,
    pub strong: bool,
    pub emphasis: bool,
    /// The address that it leads to.
    pub link: Option<String>,
}

/// Pieces to be read one after the other, with nothing between them.
pub type Line = Vec<Run>;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Line),
    /// Its items; `ordered` ones are numbered from 1.
    List {
        ordered: bool,
        items: Vec<Line>,
    },
}

/// A text in every language of the report: the declaration is refused when one is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(BTreeMap<Language, Vec<Block>>);

impl Prose {
    /// A text from its versions.
    pub fn new(versions: BTreeMap<Language, Vec<Block>>) -> Prose {
        Prose(versions)
    }

    /// The version in `language`; empty where there is none, as there may be for languages that the report does not use.
    pub fn in_language(&self, language: &str) -> &[Block] {
        self.0.get(language).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_versions_that_it_was_given() {
        let blocks = |items: usize| vec![Block::List { ordered: false, items: vec![Line::default(); items] }];
        let prose = Prose::new(BTreeMap::from([("fr".to_owned(), blocks(1)), ("en".to_owned(), blocks(2))]));
        assert_eq!((prose.in_language("fr"), prose.in_language("en")), (&*blocks(1), &*blocks(2)));
        assert!(prose.in_language("iu").is_empty());
    }
}
