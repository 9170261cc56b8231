//! A character written as in a web address: `the%20mill`.
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
    for escaped in document.escaped_bytes(block, b'%') {
        // `5%20 less`: a percentage has a digit before it.
        let before = document.text()[..escaped.span.lo()].chars().next_back();
        let after = document.text()[escaped.span.hi()..].chars().next();
        let is_space = escaped.decoded.chars().all(char::is_whitespace);
        let follows = before.is_some_and(|c| c.is_alphabetic() || ",;.!?:’')”\"".contains(c))
            || before.is_none_or(char::is_whitespace) && !is_space;
        let goes_on = match after {
            Some(c) if is_space => c.is_alphabetic() || "“‘\"'(".contains(c),
            Some(c) => !c.is_ascii_digit(),
            None => !is_space,
        };
        // A single letter or digit is written so by nobody.
        let is_mark = escaped.decoded.chars().all(|c| !c.is_ascii_alphanumeric());
        if !escaped.is_utf8 || !follows || !goes_on || !is_mark {
            continue;
        }
        let text = document.slice(escaped.span);
        report.add(escaped.span, format!("`{text}` is written as in a web address")).fix(Fix::unsafe_(
            format!("write `{}`", escaped.decoded),
            vec![Edit::replace(escaped.span, escaped.decoded.clone())],
        ));
    }
}
