//! `name/honorific-suffix`: `Tanaka-san` in a text that is no longer Japanese.

use crate::document::{Block, Document, TokenKind};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

const SUFFIXES: &str = "honorific.suffix";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    for window in document.tokens_of(block).windows(3) {
        let [name, hyphen, suffix] = window else { continue };
        let touches = name.span.hi() == hyphen.span.lo() && hyphen.span.hi() == suffix.span.lo();
        if name.kind != TokenKind::Capitalised
            || !touches
            || suffix.kind != TokenKind::Lower
            || !matches!(document.slice(hyphen.span), "-" | "‑" | "‐")
        {
            continue;
        }
        let word = document.slice(suffix.span);
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if !document.pack().words(SUFFIXES).contains(stem) || document.quotations().holds(name.span) {
            continue;
        }
        let end = suffix.span.lo() + stem.len();
        let span = Span::new(name.span.lo(), end);
        report
            .add(
                span,
                format!(
                    "`-{stem}` is a form of address of the source language that was carried over with the name; English \
                     leaves it out"
                ),
            )
            .fix(Fix::unsafe_("leave it out", vec![Edit::delete(Span::new(hyphen.span.lo(), end))]));
    }
}
