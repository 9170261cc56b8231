//! A word that a space, a line end or a hyphen tore apart: `unli kely`, `eco- nomic`, `updat-ed`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, TokenKind, is_prose};
use mtlint_text::Edit;

/// How many letters an ending has at most.
const LONGEST_ENDING: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    if !is_prose(block) {
        return;
    }
    let tokens = document.tokens_of(block);
    for (at, first) in tokens.iter().enumerate().filter(|(_, token)| token.kind.is_word()) {
        let Some(next) = tokens.get(at + 1) else { continue };
        let gap = document.text().get(first.span.hi()..next.span.lo()).unwrap_or_default();
        let (second, is_space) = match (next.kind, gap) {
            (TokenKind::Lower, " " | "\u{a0}" | "\u{2009}" | "\u{202f}") => (*next, true),
            (TokenKind::Mark, "") if matches!(document.slice(next.span), "-" | "\u{ad}" | "‐") => {
                let Some(second) = tokens.get(at + 2) else { continue };
                let gap = document.text().get(next.span.hi()..second.span.lo()).unwrap_or_default();
                if !matches!(gap, "" | " " | "\n" | "\r\n") {
                    continue;
                }
                (*second, false)
            }
            _ => continue,
        };
        // Asked first: nearly all words are whole.
        let Some(whole) = document.torn_word(*first, second) else { continue };
        let span = first.span.cover(second.span);
        let touches =
            |c: char| matches!(c, '-' | '_' | '/' | '@' | '#' | '\'' | '’' | '.') || c.is_alphanumeric();
        let before = document.text()[..span.lo()].chars().next_back();
        let mut after = document.text()[span.hi()..].chars();
        let is_tied = before.is_some_and(touches)
            || after
                .next()
                .is_some_and(|c| touches(c) && c != '.' || c == '.' && after.next().is_some_and(touches));
        if is_tied || document.mask().covers(span) {
            continue;
        }
        // Two halves of a compound are tied by a hyphen as well, its ending never is.
        let glued =
            !is_space && first.span.end + 1 >= second.span.start && document.is_ascii_mark(*next, b'-');
        if glued && (second.span.len() > LONGEST_ENDING || first.span.len() < second.span.len() + 2) {
            continue;
        }
        // What the text writes so again, it means: a name, a term, a dialect.
        let is_meant = tokens.iter().filter(|token| token.hash == first.hash).count() > 1
            && tokens.iter().filter(|token| token.hash == second.hash).count() > 1;
        if is_meant {
            continue;
        }
        let text = document.slice(span);
        let by = if is_space { "a space" } else { "a hyphen" };
        report
            .add(span, format!("`{text}` is `{whole}`, torn by {by}"))
            .fix(Fix::unsafe_(format!("write `{whole}`"), vec![Edit::replace(span, whole)]));
    }
}
