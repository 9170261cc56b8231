//! Shortcut keys that the source marks and the target does not: `&Open`.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;

/// How many characters a label with a shortcut has at most.
const LONGEST: usize = 60;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let source = pair.source().text();
    let is_label = source.chars().count() <= LONGEST && pair.is_translated();
    if is_label && shortcuts(source) == 1 && shortcuts(pair.target().text()) == 0 {
        report.add_summary(pair.end());
    }
}

/// How many letters of a text bear the mark of a shortcut key. `R&D` and `&amp;` hold none.
fn shortcuts(text: &str) -> usize {
    let is_shortcut = |(at, _): (usize, &str)| {
        let after = &text[at + 1..];
        let before = text[..at].chars().next_back();
        let is_entity = after[..after.floor_char_boundary(8)].contains(';');
        after.starts_with(char::is_alphanumeric)
            && !is_entity
            && !(before.is_some_and(char::is_uppercase) && after.starts_with(char::is_uppercase))
    };
    text.match_indices('&').filter(|found| is_shortcut(*found)).count()
}
