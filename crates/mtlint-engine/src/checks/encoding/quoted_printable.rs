//! Bytes written as in an e-mail: `didn=E2=80=99t`, `didn=92t`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    for escaped in document.escaped_bytes(block, b'=') {
        let before = document.text()[..escaped.span.lo()].chars().next_back();
        let after = document.text()[escaped.span.hi()..].chars().next();
        let beside_letter = before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_alphabetic);
        // `x=A1`: one byte is one only where it is a mark inside a word, or a space at a line end.
        let is_sure = if escaped.is_utf8 {
            !escaped.decoded.is_ascii() || escaped.decoded == " " && after.is_none_or(char::is_whitespace)
        } else {
            beside_letter && escaped.decoded.chars().all(|c| ('\u{2010}'..='\u{203A}').contains(&c))
        };
        if !is_sure {
            continue;
        }
        let text = document.slice(escaped.span);
        let finding = report.add(escaped.span, format!("`{text}` is written as in an e-mail"));
        let own = document.in_own_marks(&escaped.decoded);
        for decoded in own.into_iter().chain([escaped.decoded]) {
            finding
                .fix(Fix::unsafe_(format!("write `{decoded}`"), vec![Edit::replace(escaped.span, decoded)]));
        }
    }
}
