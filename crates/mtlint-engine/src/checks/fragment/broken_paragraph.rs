//! A paragraph that ends in the middle of a sentence, and the next goes on with it: a line end that is none.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, TokenKind};
use mtlint_text::{Edit, Span};

/// How many blocks begin with a small letter at most: verse, lists and chats have more.
const MOST: usize = 2;

/// How many words both paragraphs have together at least.
const FEWEST_WORDS: usize = 8;

/// How many tokens a line has at least that is no heading.
const FEWEST_OF_LINE: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let blocks = document.blocks();
    let is_small =
        |block: &Block| document.tokens_of(block).first().is_some_and(|token| token.kind == TokenKind::Lower);
    let small = blocks.iter().filter(|block| is_small(block)).count();
    let ended = blocks.iter().filter(|block| ends_sentence(document, block)).count();
    if small == 0 || small > MOST || ended < 1 || ended < 2 * small {
        return;
    }
    for pair in blocks.windows(2) {
        let [first, second] = pair else { continue };
        // A line without a mark at its end may pass for a heading.
        let is_text = |block: &Block| {
            block.kind == BlockKind::Paragraph
                || block.kind == BlockKind::Heading && block.tokens.len() >= FEWEST_OF_LINE
        };
        let Some(last) = document.tokens_of(first).last() else { continue };
        let Some(next) = document.tokens_of(second).first() else { continue };
        let gap = Span::new(last.span.hi(), next.span.lo());
        let between = document.to_original(gap).of(document.original());
        let is_broken = is_text(first)
            && is_text(second)
            && is_small(second)
            && next.is_small
            && last.kind == TokenKind::Lower
            && last.hash != next.hash
            && first.tokens.len() + second.tokens.len() >= FEWEST_WORDS
            && ends_sentence(document, second)
            && between.chars().all(char::is_whitespace)
            && !document.mask().covers(last.span)
            && !document.mask().covers(next.span);
        if !is_broken {
            continue;
        }
        report
            .add(
                last.span.cover(next.span),
                "a sentence is broken by the end of a paragraph: a line end of the source was taken for one",
            )
            .fix(Fix::unsafe_("join the paragraphs", vec![Edit::replace(gap, " ")]));
    }
}

/// Whether a block ends with a mark that ends a sentence.
fn ends_sentence(document: &Document, block: &Block) -> bool {
    let text = document.slice(block.span).trim_end();
    text.trim_end_matches(['"', '”', '’', '»', ')', '\'']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
