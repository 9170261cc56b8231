//! A source text that most of the file translates otherwise, and a translation of two unlike sources.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::Span;

/// How many characters of another text a message shows.
const SHOWN: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let whole = Span::new(0, pair.target().text().trim_end().len());
    let shown = |text: &str| text.chars().take(SHOWN).collect::<String>();
    let facts = pair.target().facts();
    if let Some(usual) = &facts.usual_target {
        report.add(whole, format!("the same source is `{}` elsewhere in the file", shown(usual)));
    }
    if let Some(twin) = &facts.twin_source {
        report.add(whole, format!("the file translates `{}` in the very same words", shown(twin)));
    }
}
