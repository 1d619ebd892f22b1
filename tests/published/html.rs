//! Reads a page: enough of HTML for what the program writes, and a panic on anything that it does not know.

use bilan::published::tree::{Element, Node};

const VOID: [&str; 6] = ["meta", "link", "br", "img", "hr", "input"];
/// Their content is text whatever it holds.
const RAW: [&str; 2] = ["style", "script"];

/// The whole page under one nameless element.
pub fn parse(page: &str) -> Element {
    let mut open = vec![Element::default()];
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        text(&mut open, &rest[..start]);
        rest = &rest[start..];
        if let Some(after) = rest.strip_prefix("<!") {
            rest = &after[after.find('>').expect("a declaration ends") + 1..];
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().expect("an open element");
            assert_eq!(element.name, name.trim(), "an end tag without its start");
            open.last_mut().expect("the page").children.push(Node::Element(element));
            continue;
        }
        let closed = tag.ends_with('/');
        let element = element(tag.trim_end_matches('/'));
        if closed || VOID.contains(&element.name.as_str()) {
            open.last_mut().expect("the page").children.push(Node::Element(element));
        } else if RAW.contains(&element.name.as_str()) {
            let end = rest.find(&format!("</{}", element.name)).expect("raw text ends");
            let content = rest[..end].to_owned();
            rest = &rest[end..];
            open.push(Element { children: vec![Node::Text(content)], ..element });
        } else {
            open.push(element);
        }
    }
    text(&mut open, rest);
    assert_eq!(open.len(), 1, "`{}` stays open", open.last().expect("the page").name);
    open.remove(0)
}

/// The place of the `>` that ends the tag at the start of `rest`.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (place, character) in rest.char_indices() {
        match (quote, character) {
            (None, '>') => return place,
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            _ => {}
        }
    }
    panic!("a tag without end: {}", &rest[..rest.len().min(60)]);
}

fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(|character: char| character.is_whitespace()).unwrap_or((tag, ""));
    assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "no name of an element: <{tag}>");
    let mut element = Element { name: name.to_ascii_lowercase(), ..Element::default() };
    while let Some((name, value)) = attribute(&mut rest) {
        assert!(element.attributes.insert(name, value).is_none(), "an attribute twice: <{tag}>");
    }
    element
}

fn attribute(rest: &mut &str) -> Option<(String, String)> {
    *rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let end = rest.find(|character: char| character == '=' || character.is_whitespace()).unwrap_or(rest.len());
    let name = rest[..end].to_ascii_lowercase();
    assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-:".contains(letter)), "no attribute: {rest}");
    *rest = &rest[end..];
    let Some(value) = rest.strip_prefix('=') else { return Some((name, String::new())) };
    let value = value.strip_prefix('"').unwrap_or_else(|| panic!("an attribute without quotes: {value}"));
    let end = value.find('"').expect("an attribute ends");
    *rest = &value[end + 1..];
    Some((name, decoded(&value[..end])))
}

fn text(open: &mut [Element], text: &str) {
    if !text.is_empty() {
        open.last_mut().expect("the page").children.push(Node::Text(decoded(text)));
    }
}

/// The text behind character references.
fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or_else(|| panic!("a bare ampersand before {part}"));
        let number = || {
            let digits = name.strip_prefix('#')?;
            let code = digits.strip_prefix('x').map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)
        };
        decoded.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "nbsp" => '\u{a0}',
            _ => number().unwrap_or_else(|| panic!("an unknown reference &{name};")),
        });
        decoded.push_str(rest);
    }
    decoded
}

/// The same for a text that may hold bare ampersands and references that are none.
pub fn decoded_loosely(text: &str) -> String {
    let mut rest = text;
    let mut whole = String::new();
    while let Some(at) = rest.find('&') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ["&lt;", "&gt;", "&amp;", "&quot;", "&nbsp;", "&shy;", "&zwj;", "&#60;", "&#62;", "&#0;"];
        match known.into_iter().find(|reference| rest.starts_with(reference)) {
            Some(reference) => rest = &rest[reference.len()..],
            None => {
                whole.push('&');
                rest = &rest[1..];
            }
        }
    }
    whole + rest
}
