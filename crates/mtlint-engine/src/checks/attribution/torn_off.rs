//! A quotation that ends in a comma at the end of its paragraph, and nobody says it.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document, TokenKind};
use mtlint_text::Span;

/// How many words a quotation has at least; fewer may be a title or a word in a list.
const FEWEST_WORDS: usize = 5;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let quotations = document.quotations();
    let marks = quotations.marks();
    let mut found: Vec<Span> = Vec::new();
    for (index, quotation) in quotations.quotations().iter().enumerate() {
        let (open, Some(close)) = (marks[quotation.open], quotation.close.map(|close| marks[close])) else {
            continue;
        };
        let block = &document.blocks()[close.block];
        let text = document.text();
        let comma = text[..close.span.lo()].chars().next_back().filter(|c| matches!(c, ',' | '，'));
        let waits = quotation.depth == 0
            && open.block == close.block
            && block.span.end == close.span.end
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation);
        let Some(comma) = comma.filter(|_| waits) else { continue };
        let tokens = document.tokens_of(block);
        let inside = tokens
            .iter()
            .filter(|token| open.span.end <= token.span.start && token.span.end <= close.span.start);
        let words = inside.filter(|token| token.kind != TokenKind::Mark).count();
        // What goes on in lower case goes on from here.
        let next = document.blocks().get(close.block + 1);
        let goes_on = next.is_some_and(|next| document.slice(next.span).starts_with(char::is_lowercase));
        if words >= FEWEST_WORDS && !goes_on && document.attributions().of_quotation(index).is_none() {
            found.push(Span::new(close.span.lo() - comma.len_utf8(), close.span.hi()));
        }
    }
    found.sort();
    for span in found {
        report.add(span, "the quotation ends in a comma, and nobody says it: the attribution was torn off");
    }
}
