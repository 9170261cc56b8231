//! Units whose translation is missing.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if let Some((expected, found)) =
        pair.target().facts().plural_forms.filter(|(expected, found)| expected != found)
    {
        let end = pair.end();
        report.add(end, format!("{found} plural forms where the file says there are {expected}"));
    }
    let is_open = !pair.target().facts().is_finished;
    if !is_open && !pair.is_translated() && pair.source().text().contains(char::is_alphanumeric) {
        report.add_summary(Span::at(0));
    }
}
