//! A letter and its diacritic as two characters, where the text has others as one.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    if text.is_ascii() {
        return;
    }
    let is_part = |c: char| c.is_alphabetic() || is_combining_mark(c);
    let mut rest = 0;
    while let Some(start) = text[rest..].find(is_part).map(|at| rest + at) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |at| start + at);
        rest = end;
        let word = &text[start..end];
        // The composed form of other scripts may be one that Unicode excludes.
        let is_latin = || word.chars().all(|c| u32::from(c) < 0x0370);
        if word.is_ascii() || !word.contains(is_combining_mark) || !is_latin() {
            continue;
        }
        let composed: String = word.nfc().collect();
        let span = Span::new(start, end).shifted(block.span.lo());
        if composed == word || document.mask().covers(span) {
            continue;
        }
        report.add(span, format!("`{composed}` is written with letters and accents apart")).fix(Fix::safe(
            format!("write `{composed}` with whole letters"),
            vec![Edit::replace(span, composed)],
        ));
    }
}
