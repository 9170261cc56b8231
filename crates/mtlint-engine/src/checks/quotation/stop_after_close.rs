//! `quotation/stop-after-close`: a second full stop behind the mark that closes a quotation which ends in one.

use super::on_marks;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Mark, Neighbour};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_marks(params, check)
}

fn check(document: &Document, mark: &Mark, report: &mut Report<'_>) {
    let text = document.text();
    let (before, after) = (&text[..mark.span.lo()], &text[mark.span.hi()..]);
    let gap = after.len() - after.trim_start_matches([' ', '\u{A0}']).len();
    let Some(rest) = after[gap..].strip_prefix('.') else { return };
    let Some(sentence) = before.strip_suffix('.').or_else(|| before.strip_suffix('…')) else { return };
    let word = sentence.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    // The first stop may be that of an abbreviation: `“U.S.”.`
    let is_abbreviated = before.ends_with('.')
        && (document.pack().is_abbreviation(word) || word.contains('.') || word.chars().count() == 1);
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if is_abbreviated
        || sentence.ends_with('.')
        || !ends
        || mark.left != Neighbour::Terminal && mark.left != Neighbour::Ellipsis
    {
        return;
    }
    let span = Span::new(mark.span.hi(), mark.span.hi() + gap + 1);
    report.add_summary(span).fix(Fix::safe("delete the second stop", vec![Edit::delete(span)]));
}
