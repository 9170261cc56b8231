//! The last word of a bracket said twice, with the bracket: `(ten miles) miles)`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};

/// The fewest letters of such a word: one letter is the item of a list.
const FEWEST_LETTERS: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    for window in document.tokens_of(block).windows(4) {
        let &[word, bracket, copy, end] = window else { continue };
        if is_bracket(document, bracket)
            && document.slice(bracket.span) == document.slice(end.span)
            && (word.kind.is_word() || word.kind == TokenKind::Number)
            && word.span.len() >= FEWEST_LETTERS
            && word.span.end == bracket.span.start
            && copy.span.end == end.span.start
            && document.is_same_word(word, copy)
            && document.text()[bracket.span.hi()..copy.span.lo()].trim_matches(' ').is_empty()
        {
            let gap = Span::new(bracket.span.hi(), copy.span.lo());
            let span = copy.span.cover(end.span);
            report
                .add(span, format!("`{}` is said twice", document.slice(word.span)))
                .relate("here first", word.span)
                .fix(Fix::unsafe_("say it once", vec![Edit::delete(gap.cover(span))]));
        }
    }
}

fn is_bracket(document: &Document, token: Token) -> bool {
    matches!(document.slice(token.span), ")" | "）" | "]")
}
