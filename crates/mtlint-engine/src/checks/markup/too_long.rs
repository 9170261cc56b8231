//! Texts longer than their file allows.
//!
//! May use `document`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let text = pair.target().text();
    let Some(most) = pair.target().facts().max_length else { return };
    let most = most as usize;
    if let Some((end, _)) = text.char_indices().nth(most) {
        let length = text.chars().count();
        report.add(Span::new(end, text.len()), format!("{length} characters where the file allows {most}"));
    }
}
