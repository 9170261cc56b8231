//! What a text that was translated and came back says otherwise than its original.

pub mod agent;
pub mod name;
pub mod number;
pub mod polarity;
pub mod quotation;
pub mod sentence;
pub mod sentence_cut;
pub mod speaker;

use mtlint_document::pair::Pair;
use mtlint_document::pair::sentences::Bead;
use mtlint_document::{Document, Token, TokenKind};
use mtlint_text::Span;

/// How much alike two sentences must be that are compared word by word.
const ALIKE: f64 = 0.4;

/// How many letters of a word tell it, its ending left open.
const STEM: usize = 5;

/// The beads of one sentence and its own, which say much the same.
fn single_beads<'p>(pair: &'p Pair<'_>) -> impl Iterator<Item = &'p Bead> {
    pair.sentences()
        .iter()
        .filter(|bead| bead.original.len() == 1 && bead.text.len() == 1 && bead.likeness >= ALIKE)
}

/// The beginning of a word in lower case: what another form of it has as well.
fn stem(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).take(STEM).collect()
}

/// A quotation that lies in no other, without its marks, and its index.
#[derive(Clone, Copy, Debug)]
struct Quoted {
    index: usize,
    span: Span,
}

/// The quotations of a document that lie in no other, in text order.
fn quoted(document: &Document) -> Vec<Quoted> {
    let quotations = document.quotations();
    let marks = quotations.marks();
    let outer = quotations.quotations().iter().enumerate().filter(|(_, it)| it.depth == 0);
    let mut quoted: Vec<Quoted> = outer
        .filter_map(|(index, quotation)| {
            let (open, close) = (marks[quotation.open], marks[quotation.close?]);
            (open.span.hi() < close.span.lo())
                .then(|| Quoted { index, span: Span::new(open.span.hi(), close.span.lo()) })
        })
        .collect();
    quoted.sort_by_key(|it| it.span);
    quoted
}

/// The words and numbers of a stretch, in lower case.
fn said(document: &Document, span: Span) -> Vec<String> {
    let tokens = document.tokens();
    let first = tokens.partition_point(|token| token.span.start < span.start);
    let inside = tokens[first..].iter().take_while(|token| token.span.end <= span.end);
    let is_word = |token: &&Token| token.kind != TokenKind::Mark;
    inside.filter(is_word).map(|token| plain(document.slice(token.span))).collect()
}

/// A word as quotations are compared: its capitals and the form of its apostrophe aside.
fn plain(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}
