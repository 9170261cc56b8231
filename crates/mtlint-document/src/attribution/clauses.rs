//! The pieces of text outside quotations in which a reporting clause may stand.

use crate::{Block, Document, Sentence, Token, TokenKind};
use mtlint_text::Span;
use std::ops::Range;

/// A quotation that lies in no other, as far as it stands in the block in which it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Into [`crate::quotation::Quotations::quotations`].
    pub quotation: usize,
    pub block: usize,
    /// With its marks.
    pub span: Span,
}

/// The outermost quotations, in text order.
pub(super) fn quoted_stretches(document: &Document) -> Vec<Quoted> {
    let quotations = document.quotations();
    let marks = quotations.marks();
    let outer = quotations.quotations().iter().enumerate().filter(|(_, quotation)| quotation.depth == 0);
    let mut stretches: Vec<Quoted> = outer
        .map(|(index, quotation)| {
            let open = marks[quotation.open];
            let end_of_block = document.blocks()[open.block].span.end;
            let close = quotation.close.map(|close| marks[close]).filter(|close| close.block == open.block);
            let end = close.map_or(end_of_block, |close| close.span.end);
            let span = Span { start: open.span.start, end };
            Quoted { quotation: index, block: open.block, span }
        })
        .collect();
    stretches.sort_by_key(|stretch| stretch.span.start);
    stretches
}

/// A stretch of tokens outside quotations that holds no end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Into the tokens of the block; the mark that ends the sentence is left out.
    pub tokens: Range<usize>,
    /// The first token that is a word.
    pub first_word: usize,
    /// The quotation right before it, in the same sentence or what may be one: an index into the
    /// quoted stretches of the block.
    pub after: Option<usize>,
    /// The quotation right behind it in the same sentence.
    pub before: Option<usize>,
    /// Whether the quotation right before it ends in a full stop, so that another sentence may have begun.
    pub after_stop: bool,
}

/// The pieces of a block, in text order.
pub(super) fn pieces(document: &Document, block: &Block, quoted: &[Quoted]) -> Vec<Piece> {
    let tokens = document.tokens_of(block);
    let mut stops = document.marks_in(block).filter(|&at| ends_sentence(document, tokens[at])).peekable();
    let sentences = document.sentences_of(block);
    let mut pieces = Vec::new();
    let mut start = 0;
    for next in 0..=quoted.len() {
        let end = quoted.get(next).map_or(tokens.len(), |stretch| {
            tokens.partition_point(|token| token.span.start < stretch.span.start)
        });
        let after = next.checked_sub(1);
        // Two quotations may overlap where their marks are beyond repair.
        if start < end {
            while stops.next_if(|&at| at < start).is_some() {}
            let stops = std::iter::from_fn(|| stops.next_if(|&at| at < end));
            let before = (next < quoted.len()).then_some(next);
            let after_stop = start >= 2 && ends_sentence(document, tokens[start - 2]);
            let ends = stops.filter(|&stop| stop + 1 == end || is_end(sentences, tokens, stop));
            cut(tokens, start..end, ends, Sides { after, before, after_stop }, &mut pieces);
        }
        if let Some(stretch) = quoted.get(next) {
            start = tokens.partition_point(|token| token.span.start < stretch.span.end).max(start);
        }
    }
    pieces
}

/// What [`Piece`] tells of the quotations on either side of a gap between two.
struct Sides {
    after: Option<usize>,
    before: Option<usize>,
    after_stop: bool,
}

/// Cuts the tokens of `gap`, which lie between two quotations, at the `ends` of the sentences among them.
fn cut(
    tokens: &[Token],
    gap: Range<usize>,
    ends: impl Iterator<Item = usize>,
    sides: Sides,
    pieces: &mut Vec<Piece>,
) {
    let mut add = |start: usize, end: usize, before: Option<usize>| {
        if start < end {
            let is_first = start == gap.start;
            pieces.push(Piece {
                tokens: start..end,
                first_word: (start..end).find(|&at| tokens[at].kind.is_word()).unwrap_or(end),
                after: sides.after.filter(|_| is_first),
                before,
                after_stop: sides.after_stop && is_first,
            });
        }
    };
    let mut start = gap.start;
    for end in ends {
        add(start, end, None);
        start = end + 1;
    }
    add(start, gap.end, sides.before);
}

fn ends_sentence(document: &Document, token: Token) -> bool {
    if token.kind != TokenKind::Mark {
        return false;
    }
    match document.ascii_mark(token) {
        Some(mark) => matches!(mark, b'.' | b'!' | b'?'),
        None => matches!(document.slice(token.span), "…" | "。"),
    }
}

/// Whether the stop at `at` ends a sentence: not one of an abbreviation or an initial.
fn is_end(sentences: &[Sentence], tokens: &[Token], at: usize) -> bool {
    let next = &tokens[at + 1];
    if next.span.start == tokens[at].span.end {
        return false;
    }
    let begins = sentences.binary_search_by_key(&next.span.start, |sentence| sentence.span.start).is_ok();
    begins || next.kind == TokenKind::Lower
}
