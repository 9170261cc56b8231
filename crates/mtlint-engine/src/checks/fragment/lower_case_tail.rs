//! A quotation that closes with a full stop while its sentence goes on in lower case.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, TokenKind};
use mtlint_text::{Edit, Span};

/// Abbreviations that a word in lower case often follows.
const ABBREVIATIONS: &str = "abbreviation.before-lower";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for stop in document.marks_in(block).filter(|&at| document.is_ascii_mark(tokens[at], b'.')) {
        // A word at the very end of a block is the name of an agency: `dpa`.
        let Some(&[word, stop, mark, tail, _]) = stop.checked_sub(1).and_then(|at| tokens.get(at..at + 5))
        else {
            continue;
        };
        let closes = mark.kind == TokenKind::Mark
            && matches!(document.slice(mark.span), "”" | "»" | "\"")
            && word.kind.is_word()
            && word.span.end == stop.span.start
            && stop.span.end == mark.span.start;
        if !closes {
            continue;
        }
        let gap = document.text().get(mark.span.hi()..tail.span.lo()).unwrap_or_default();
        let text = document.slice(tail.span);
        let goes_on = tail.kind == TokenKind::Lower
            && matches!(gap, " " | "\u{a0}")
            && text.chars().all(char::is_lowercase)
            && text.chars().nth(1).is_some();
        let before = document.slice(word.span);
        let abbreviated = before.contains('.')
            || before.chars().nth(2).is_none()
            || document.pack().is_abbreviation(before)
            || document.pack().words(ABBREVIATIONS).contains(before);
        if !goes_on || abbreviated || document.mask().covers(tail.span) {
            continue;
        }
        let comma = Edit::replace(stop.span, ",");
        let finding = report.add(
            Span::new(stop.span.lo(), tail.span.hi()),
            format!(
                "the quotation ends in a full stop, but its sentence goes on with `{text}`: the pieces were \
                 translated one by one; set a comma, or begin a new sentence"
            ),
        );
        finding.fix(Fix::display("set a comma instead of the full stop", vec![comma]));
    }
}
