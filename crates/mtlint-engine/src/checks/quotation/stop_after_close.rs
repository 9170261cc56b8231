//! `quotation/stop-after-close`: a second full stop or comma behind the mark that closes a quotation which ends in one.

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
    let mut rest = after[gap..].chars();
    let (Some(inside), Some(outside)) = (before.chars().next_back(), rest.next()) else { return };
    let rest = rest.as_str();
    let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let goes_on = rest.trim_start().starts_with(char::is_lowercase);
    let is_said_twice = match (inside, outside) {
        ('.' | '…', '.') => {
            matches!(mark.left, Neighbour::Terminal | Neighbour::Ellipsis)
                && !is_abbreviation(document, before)
        }
        (',', ',' | '.') => true,
        // British print sets the stop of the whole sentence behind the mark; this one ends none.
        ('!' | '?', '.') => goes_on,
        _ => false,
    };
    if !ends || !is_said_twice {
        return;
    }
    let behind = Span::new(mark.span.hi(), mark.span.hi() + gap + 1);
    if (inside, outside) == (',', '.') && !goes_on {
        let span = Span::new(mark.span.lo() - 1, behind.hi());
        let keep = vec![Edit::delete(Span::new(mark.span.lo() - 1, mark.span.lo()))];
        let finding =
            report.add(span, "a comma before the mark that closes the quotation, and a full stop behind it");
        finding.fix(Fix::unsafe_("delete the comma", keep));
        finding.fix(Fix::display("delete the stop", vec![Edit::delete(behind)]));
        return;
    }
    report.add_summary(behind).fix(Fix::safe("delete the second stop", vec![Edit::delete(behind)]));
}

/// Whether the stop at the end of `before` may be that of an abbreviation, `“U.S.”.`, or one of several.
fn is_abbreviation(document: &Document, before: &str) -> bool {
    let Some(sentence) = before.strip_suffix('.').or_else(|| before.strip_suffix('…')) else {
        return false;
    };
    let word = sentence.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    sentence.ends_with('.')
        || before.ends_with('.')
            && (document.pack().is_abbreviation(word) || word.contains('.') || word.chars().count() == 1)
}
