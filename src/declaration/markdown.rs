//! The Markdown of texts that people wrote: paragraphs, lists, emphasis, links. Whatever else Markdown knows is refused where it
//! stands, so that nothing that was written is left out of the page.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::document::{Value, Word, known};
use super::texts::versions;
use crate::diagnostic::Code;
use crate::domain::prose::{Block, Figure, Line, Piece, Prose, Run};
use crate::domain::text::Language;

/// Extensions are recognised so that they can be refused: left alone, a table would come out as its own source.
const EXTENSIONS: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_FOOTNOTES).union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_TASKLISTS);

/// Where links may lead: to a page, to a mailbox, to a place in the report.
const ADDRESSES: [&str; 4] = ["https://", "http://", "mailto:", "#"];

const KNOWN: &str = "a text may hold paragraphs, lists, *emphasis*, **strong emphasis** and [links](https://…)";

/// The figures that a text may show.
pub type Figures = [(&'static str, Figure)];

/// Reads a table of texts by language, as `texts::text` does, and the Markdown in them.
pub fn prose(value: &Value<'_>, languages: &[Language], figures: &Figures) -> Prose {
    let versions = versions(value, languages);
    Prose::new(versions.iter().map(|(language, word)| (language.text.to_owned(), blocks(word, figures))).collect())
}

fn blocks(word: &Word<'_>, figures: &Figures) -> Vec<Block> {
    check_placeholders(word, figures);
    let mut reader =
        Reader { word, figures, blocks: Vec::new(), line: Vec::new(), list: None, style: Style::default(), refused: 0 };
    let mut parser = Parser::new_ext(word.text, EXTENSIONS).into_offset_iter();
    for (event, span) in parser.by_ref() {
        reader.read(event, span);
    }
    for (_, definition) in parser.reference_definitions().iter() {
        reader.refuse(definition.span.clone(), "a definition of a link", "put the address beside the text: [text](https://…)");
    }
    reader.blocks
}

/// Reports names between double braces that stand for no figure here.
fn check_placeholders(word: &Word<'_>, figures: &Figures) {
    for (at, _) in word.text.match_indices("{{") {
        let Some(length) = word.text[at..].find("}}") else {
            let span = at..word.text.len();
            word.problem_at(span, Code::UnknownReference, "`{{` is not closed", "write {{ rate }}, with two braces on each side");
            continue;
        };
        let name = word.text[at + 2..at + length].trim();
        if figures.iter().all(|(known, _)| *known != name) {
            let help = if figures.is_empty() {
                "this text belongs to no commitment, so it can show no figure: write it out".to_owned()
            } else {
                known(name, figures.iter().map(|(known, _)| *known))
            };
            let message = format!("`{{{{ {name} }}}}` stands for no figure here");
            word.problem_at(at..at + length + 2, Code::UnknownReference, message, help);
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    strong: u32,
    emphasis: u32,
    link: Option<String>,
}

struct List {
    ordered: bool,
    items: Vec<Line>,
}

struct Reader<'r, 'a> {
    word: &'r Word<'a>,
    figures: &'r Figures,
    blocks: Vec<Block>,
    /// The texts of the paragraph or item that is being read, each with its style.
    line: Vec<(String, Style)>,
    list: Option<List>,
    style: Style,
    /// How many elements are open, from the outermost one that was refused.
    refused: u32,
}

impl Reader<'_, '_> {
    fn read(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(_) if self.refused > 0 => self.refused += 1,
            Event::End(_) if self.refused > 0 => self.refused -= 1,
            _ if self.refused > 0 => {}
            Event::Start(tag) => self.open(tag, span),
            Event::End(tag) => self.close(tag, span),
            Event::Text(text) => self.push(&text),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => {
                self.refuse(
                    span,
                    "a line break",
                    "leave an empty line to begin a paragraph; take spaces or `\\` off the line's end",
                );
            }
            Event::Code(_) => self.refuse(span, "code", "take the backticks out"),
            Event::Rule => self.refuse(span, "a line across the page", KNOWN),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(span, "HTML", "write `\\<` for the sign itself"),
            Event::FootnoteReference(_) => self.refuse(span, "a footnote", KNOWN),
            Event::TaskListMarker(_) => self.refuse(span, "a box to tick", KNOWN),
            Event::InlineMath(_) | Event::DisplayMath(_) => self.refuse(span, "a formula", KNOWN),
        }
    }

    fn open(&mut self, tag: Tag<'_>, span: Range<usize>) {
        let (what, help) = match tag {
            Tag::Paragraph if self.list.is_none() || self.line.is_empty() => return,
            Tag::Paragraph => ("a second paragraph in an item of a list", "make it an item of its own"),
            Tag::List(first) if self.list.is_none() && first.is_none_or(|first| first == 1) => {
                self.list = Some(List { ordered: first.is_some(), items: Vec::new() });
                return;
            }
            Tag::List(_) if self.list.is_some() => ("a list inside a list", "make one list of them, or two"),
            Tag::List(_) => ("a list that does not begin with 1", "write `1.`; in a sentence that begins with a number, `1\\.`"),
            Tag::Item => return,
            Tag::Emphasis => return self.style.emphasis += 1,
            Tag::Strong => return self.style.strong += 1,
            Tag::Link { link_type, dest_url, title, .. } => {
                let mailbox = if link_type == LinkType::Email { "mailto:" } else { "" };
                let address = format!("{mailbox}{dest_url}");
                if title.is_empty() && leads_somewhere(&address) {
                    self.style.link = Some(address);
                    return;
                }
                if title.is_empty() {
                    ("a link to another kind of address", "begin the address with https://, http://, mailto: or #")
                } else {
                    ("a link with a title", "take the quoted title out: nobody would see it on paper")
                }
            }
            Tag::Image { .. } => ("a picture", "a text may link to a page that shows it"),
            Tag::Heading { .. } => ("a heading", "headings are the report's own; write `\\#` for the sign itself"),
            Tag::CodeBlock(_) => ("code", "take the backticks out; a line that begins with four spaces is code too"),
            Tag::HtmlBlock => ("HTML", "write `\\<` for the sign itself"),
            Tag::BlockQuote(_) => ("a quotation", "write quotation marks; or `\\>` for the sign itself"),
            Tag::Table(_) => ("a table", "tables are the report's own; write `\\|` for the sign itself"),
            Tag::FootnoteDefinition(_) => ("a footnote", KNOWN),
            Tag::Strikethrough => ("text struck through", "take it out; write `\\~` for the sign itself"),
            _ => ("something else than text", KNOWN),
        };
        self.refuse(span, what, help);
        self.refused = 1;
    }

    fn close(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => {
                let line = self.finished_line();
                self.blocks.push(Block::Paragraph(line));
            }
            TagEnd::Item => {
                let line = self.finished_line();
                if line.is_empty() {
                    self.refuse(span, "an item without a text", "write it, or `\\-` for the sign itself");
                }
                self.list.iter_mut().for_each(|list| list.items.push(line.clone()));
            }
            TagEnd::List(_) => {
                let list = self.list.take();
                self.blocks.extend(list.map(|list| Block::List { ordered: list.ordered, items: list.items }));
            }
            TagEnd::Emphasis => self.style.emphasis -= 1,
            TagEnd::Strong => self.style.strong -= 1,
            TagEnd::Link => self.style.link = None,
            _ => {}
        }
    }

    fn refuse(&self, span: Range<usize>, what: &str, help: &str) {
        self.word.problem_at(span, Code::Markdown, format!("{what} has no place in this text"), help);
    }

    fn push(&mut self, text: &str) {
        match self.line.last_mut() {
            Some((before, style)) if *style == self.style => before.push_str(text),
            _ => self.line.push((text.to_owned(), self.style.clone())),
        }
    }

    /// The line that was read, with its figures.
    fn finished_line(&mut self) -> Line {
        let mut line = Vec::new();
        for (text, style) in std::mem::take(&mut self.line) {
            let mut rest = text.as_str();
            let mut run = |piece| {
                let Style { strong, emphasis, link } = style.clone();
                line.push(Run { piece, strong: strong > 0, emphasis: emphasis > 0, link });
            };
            while let Some((before, figure, after)) = self.first_figure(rest) {
                if !before.is_empty() {
                    run(Piece::Text(before.to_owned()));
                }
                run(Piece::Figure(figure));
                rest = after;
            }
            if !rest.is_empty() {
                run(Piece::Text(rest.to_owned()));
            }
        }
        line
    }

    fn first_figure<'t>(&self, text: &'t str) -> Option<(&'t str, Figure, &'t str)> {
        let (before, rest) = text.split_once("{{")?;
        let (name, after) = rest.split_once("}}")?;
        let (_, figure) = self.figures.iter().find(|(known, _)| *known == name.trim())?;
        Some((before, *figure, after))
    }
}

fn leads_somewhere(address: &str) -> bool {
    let lower = address.to_lowercase();
    let start = ADDRESSES.iter().find(|start| lower.starts_with(**start));
    let unsafe_sign = |sign: char| sign.is_whitespace() || sign.is_control();
    start.is_some_and(|start| lower.len() > start.len()) && !address.contains(unsafe_sign) && !address.contains("{{")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::declaration::document::{Document, Problems};

    /// The blocks of a text that stands, in its quotes, on line 3; and the problems, each with its place.
    fn read(written: &str) -> (Vec<Block>, Vec<String>) {
        let file = format!("a = 1\n\n{written}\n");
        let parsed = toml::de::DeTable::parse(&file).unwrap();
        let value = parsed.get_ref().get("b").unwrap();
        let problems = Problems::default();
        let document = Document { name: "c", text: &file, problems: &problems };
        let text: &str = value.get_ref().as_str().unwrap();
        let blocks = blocks(&Word { text, span: value.span(), document }, &Figure::NAMES);
        let said = problems.sorted("c").into_iter().map(|problem| {
            let place = problem.place.unwrap();
            format!("{}:{} {}", place.line, place.column, problem.message.split(" has no place").next().unwrap_or_default())
        });
        (blocks, said.collect())
    }

    fn runs(line: &Line) -> Vec<String> {
        let run = |run: &Run| {
            let text = match &run.piece {
                Piece::Text(text) => text.clone(),
                Piece::Figure(figure) => format!("<{figure:?}>"),
            };
            let marks = format!("{}{}", if run.strong { "s" } else { "" }, if run.emphasis { "e" } else { "" });
            format!("{text}|{marks}{}", run.link.as_deref().unwrap_or_default())
        };
        line.iter().map(run).collect()
    }

    #[test]
    fn paragraphs_lists_emphasis_links_and_figures_are_read() {
        let (blocks, said) = read(
            "b = '''\nOne *two* **three {{ rate }}**\nfour_five_six 2 * 3.\n\n- a [b](https://c.ca)\n- <d@e.ca>\n\n1. x\n2. [y](#z)'''",
        );
        assert_eq!(said, [""; 0]);
        let [Block::Paragraph(one), Block::List { ordered: false, items }, Block::List { ordered: true, items: numbered }] =
            &blocks[..]
        else {
            panic!("{blocks:?}")
        };
        assert_eq!(runs(one), ["One |", "two|e", " |", "three |s", "<Rate>|s", " four_five_six 2 * 3.|"]);
        assert_eq!(items.iter().map(runs).collect::<Vec<_>>(), [vec!["a |", "b|https://c.ca"], vec!["d@e.ca|mailto:d@e.ca"]]);
        assert_eq!(numbered.iter().map(runs).collect::<Vec<_>>(), [["x|"], ["y|#z"]]);
    }

    #[test]
    fn whatever_else_markdown_knows_is_refused_where_it_stands() {
        let cases = [
            ("b = '''\n# Title\ntext'''", "4:1 a heading"),
            ("b = \"é <b>x\"", "3:8 HTML"),
            ("b = \"a\\n\\n<div>\\nx</div>\"", "3:11 HTML"),
            ("b = \"\"\"a \\\n    `x`\"\"\"", "4:5 code"),
            ("b = \"\"\"\na\n\n    x\"\"\"", "6:5 code"),
            ("b = \"\\u00e9 ![p](q.png)\"", "3:13 a picture"),
            ("b = '''\n| a | b |\n|---|---|\n| 1 | 2 |'''", "4:1 a table"),
            ("b = '''\na\n\n***'''", "6:1 a line across the page"),
            ("b = '''\n> a'''", "4:1 a quotation"),
            ("b = '''\na  \nb'''", "4:2 a line break"),
            ("b = 'x ~~y~~'", "3:8 text struck through"),
            ("b = '''\n- a\n  - b'''", "5:3 a list inside a list"),
            ("b = '''\n- a\n\n  b'''", "6:3 a second paragraph in an item of a list"),
            ("b = '''\n- [ ] a'''", "4:3 a box to tick"),
            ("b = '''\n-'''", "4:1 an item without a text"),
            ("b = '2019. Une année'", "3:6 a list that does not begin with 1"),
            ("b = '[x](javascript:alert(1))'", "3:6 a link to another kind of address"),
            ("b = '[x](//c.ca)'", "3:6 a link to another kind of address"),
            ("b = '[x](https://c.ca/{{rate}})'", "3:6 a link to another kind of address"),
            ("b = '[x](https://c.ca \"t\")'", "3:6 a link with a title"),
            ("b = '''\nx\n\n[y]: https://c.ca'''", "6:1 a definition of a link"),
            ("b = 'x {{ ratio }}'", "3:8 `{{ ratio }}` stands for no figure here"),
            ("b = 'x {{ rate '", "3:8 `{{` is not closed"),
        ];
        for (written, expected) in cases {
            assert_eq!(read(written).1, [expected], "{written}");
        }
    }

    #[test]
    fn signs_that_mark_nothing_are_text() {
        for text in ["2 * 3, file_name_x, a < b & c, 1\\. d, \\*e\\*", "« 5 % » [f], (g)", "~20 % et ~30 %"] {
            let (blocks, said) = read(&format!("b = '{text}'"));
            assert_eq!(said, [""; 0]);
            let [Block::Paragraph(line)] = &blocks[..] else { panic!("{blocks:?}") };
            assert_eq!(runs(line), [format!("{}|", text.replace('\\', ""))]);
        }
    }
}
