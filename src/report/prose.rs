//! What people wrote, set in the language, with the figures in the place of their names.

use super::context::Context;
use super::edition::{Block, Span};
use super::facts::CommitmentFacts;
use super::typography::breakable;
use crate::domain::prose::{self, Figure, Piece, Prose};

/// The blocks of a text of the ministry's own, in the language of the edition; `facts` are those of the commitment that it is about.
pub(super) fn blocks(context: &Context<'_>, text: &Prose, facts: Option<&CommitmentFacts<'_>>) -> Vec<Block> {
    let line = |line: &prose::Line| spans(context, line, facts);
    let block = |block: &prose::Block| match block {
        prose::Block::Paragraph(runs) => Block::Paragraph { spans: line(runs) },
        prose::Block::List { ordered, items } => Block::List { ordered: *ordered, items: items.iter().map(line).collect() },
    };
    text.in_language(context.writer.language).iter().map(block).collect()
}

fn spans(context: &Context<'_>, line: &prose::Line, facts: Option<&CommitmentFacts<'_>>) -> Vec<Span> {
    let texts: Vec<String> = line
        .iter()
        .map(|run| match (&run.piece, facts) {
            (Piece::Text(text), _) => text.clone(),
            (Piece::Figure(name), Some(facts)) => figure(context, facts, *name),
            // The declaration is refused when a text without a commitment names a figure.
            (Piece::Figure(_), None) => String::new(),
        })
        .collect();
    // A sign may stand in one run and the space before it in another: the line is set as a whole, letter for letter.
    let set = context.writer.catalogue.typography.apply(&texts.concat());
    let mut letters = set.chars();
    let span = |(run, text): (&prose::Run, &String)| Span {
        text: breakable(&letters.by_ref().take(text.chars().count()).collect::<String>()),
        strong: run.strong,
        emphasis: run.emphasis,
        href: run.link.clone().unwrap_or_default(),
    };
    line.iter().zip(&texts).map(span).collect()
}

/// A figure as tables show it, or the words that they show where it is masked or there is none.
fn figure(context: &Context<'_>, facts: &CommitmentFacts<'_>, figure: Figure) -> String {
    let writer = context.writer;
    let none = || context.word("no-cases");
    if facts.is_masked() {
        return context.word("spoken-masked");
    }
    match figure {
        Figure::Rate => facts.tenths.map_or_else(none, |tenths| writer.rate(tenths)),
        Figure::Counted => writer.number(facts.tally.counted()),
        Figure::Met => writer.number(facts.tally.met),
        Figure::Median => facts.tally.elapsed().percentile(50).map_or_else(none, |median| writer.elapsed(median, facts.unit())),
    }
}
