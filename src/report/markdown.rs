//! The inline Markdown of commentaries: paragraphs, lists, emphasis, links. Anything else stays the text that it is.

use super::edition::{Block, Span};

/// Reads the blocks of a text. Blank lines part blocks; lines of a block that all begin with `- ` or `* ` are a list.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut pending: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let line = line.trim();
        let continues = if is_item(line) { pending.first().is_none_or(|first| is_item(first)) } else { !line.is_empty() };
        if !continues && !pending.is_empty() {
            blocks.push(block(&pending));
            pending.clear();
        }
        if !line.is_empty() {
            pending.push(line);
        }
    }
    blocks
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

fn block(lines: &[&str]) -> Block {
    if !lines.first().is_some_and(|line| is_item(line)) {
        return Block::Paragraph { spans: spans(&lines.join(" ")) };
    }
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (is_item(line), items.last_mut()) {
            (false, Some(item)) => {
                item.push(' ');
                item.push_str(line);
            }
            _ => items.push(line[2..].trim().to_string()),
        }
    }
    Block::List { items: items.iter().map(|item| spans(item)).collect() }
}

/// Reads `**strong**`, `*emphasis*`, `_emphasis_` and `[text](address)`.
fn spans(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut strong, mut emphasis) = (false, false);
    let mut rest = text;
    while !rest.is_empty() {
        let before = text[..text.len() - rest.len()].chars().next_back();
        if let Some(after) = rest.strip_prefix("**").filter(|after| strong || after.contains("**")) {
            strong = !strong;
            rest = after;
        } else if let Some(after) = emphasis_mark(rest, before, emphasis) {
            emphasis = !emphasis;
            rest = after;
        } else if let Some((label, address, after)) = link(rest) {
            found.push(Span { text: label.to_string(), strong, emphasis, href: address.to_string() });
            rest = after;
        } else {
            let length = rest.chars().next().map_or(0, char::len_utf8);
            push_text(&mut found, &rest[..length], strong, emphasis);
            rest = &rest[length..];
        }
    }
    found
}

/// What follows a mark that turns emphasis on (where a closing mark follows) or off. An underscore inside a word is no mark.
fn emphasis_mark(rest: &str, before: Option<char>, inside: bool) -> Option<&str> {
    let mark = rest.chars().next().filter(|mark| matches!(mark, '*' | '_'))?;
    let after = &rest[1..];
    let letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    if mark == '_' && letter(before) && letter(after.chars().next()) {
        return None;
    }
    let opens = after.starts_with(|next: char| !next.is_whitespace()) && after.contains(mark);
    (inside || opens).then_some(after)
}

fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let (label, after) = rest.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    let safe = ["https://", "http://", "mailto:", "tel:", "#"].iter().any(|start| address.starts_with(start));
    (safe && !label.contains(['[', ']']) && !address.contains(' ')).then_some((label, address, after))
}

fn push_text(found: &mut Vec<Span>, text: &str, strong: bool, emphasis: bool) {
    match found.last_mut() {
        Some(span) if span.href.is_empty() && span.strong == strong && span.emphasis == emphasis => span.text.push_str(text),
        _ => found.push(Span { text: text.to_string(), strong, emphasis, href: String::new() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_emphasis_and_links_are_read() {
        let blocks = blocks("One *two* **three**\nfour.\n\n- a [b](https://c.ca)\n- d");
        let Block::Paragraph { spans } = &blocks[0] else { panic!("a paragraph") };
        let seen: Vec<_> = spans.iter().map(|span| (span.text.as_str(), span.emphasis, span.strong)).collect();
        assert_eq!(
            seen,
            [("One ", false, false), ("two", true, false), (" ", false, false), ("three", false, true), (" four.", false, false)]
        );
        let Block::List { items } = &blocks[1] else { panic!("a list") };
        assert_eq!(items.len(), 2);
        assert_eq!(items[0][1].href, "https://c.ca");
    }

    #[test]
    fn what_is_no_mark_stays_text() {
        let blocks = blocks("2 * 3, file_name_x, [x](javascript:alert(1)) <b>");
        let Block::Paragraph { spans } = &blocks[0] else { panic!("a paragraph") };
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].text, "2 * 3, file_name_x, [x](javascript:alert(1)) <b>");
    }
}
