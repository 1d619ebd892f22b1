//! Published documents as trees: the elements of a page, or the structure that a PDF gives to a screen reader.

use std::collections::BTreeMap;

/// An element of a document.
#[derive(Debug, Clone, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// Where its text begins, counted from 1; `None` in a document without pages.
    pub page: Option<usize>,
    pub children: Vec<Node>,
}

/// What an element contains.
#[derive(Debug, Clone)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// A table as a reader meets it: its caption, and the text of every cell, row by row.
#[derive(Debug, Clone)]
pub struct Table {
    pub id: String,
    pub rows: Vec<Vec<String>>,
}

impl Element {
    /// The value of an attribute; empty where it has none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// The elements directly inside.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Itself and everything inside, in reading order.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = vec![self];
        found.extend(self.elements().flat_map(Element::all));
        found
    }

    /// Itself and everything inside that has one of these names.
    pub fn named(&self, names: &[&str]) -> Vec<&Element> {
        self.all().into_iter().filter(|element| names.contains(&element.name.as_str())).collect()
    }

    /// The element with this id.
    pub fn with_id(&self, id: &str) -> Option<&Element> {
        self.all().into_iter().find(|element| element.attribute("id") == id)
    }

    /// All text inside, without what `skips` takes out.
    pub fn text_without(&self, skips: &dyn Fn(&Element) -> bool) -> String {
        let part = |child: &Node| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) if skips(element) => String::new(),
            Node::Element(element) => element.text_without(skips),
        };
        self.children.iter().map(part).collect()
    }

    /// All text inside.
    pub fn text(&self) -> String {
        self.text_without(&|_| false)
    }

    /// The tables inside, in reading order; `text_of` reads a cell.
    pub fn tables(&self, text_of: &dyn Fn(&Element) -> String) -> Vec<Table> {
        let table = |table: &Element| {
            let rows = table.named(&["tr", "TR"]).into_iter();
            let rows = rows.map(|row| {
                let cells = row.elements().filter(|cell| ["th", "td", "TH", "TD"].contains(&cell.name.as_str()));
                cells.map(text_of).collect()
            });
            Table { id: table.attribute("id").to_owned(), rows: rows.collect() }
        };
        self.named(&["table", "Table"]).into_iter().map(table).collect()
    }
}

/// `text` without any space, so that line breaks of a layout make no difference.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
