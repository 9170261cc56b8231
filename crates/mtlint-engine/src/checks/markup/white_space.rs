//! Spaces at the ends, line breaks and shortcut keys that the target lacks or adds.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_lang::Script;
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() || !pair.target().facts().is_finished {
        return;
    }
    let (source, target) = (pair.source().text(), pair.target().text());
    let start = |text: &str| text[..text.len() - text.trim_start().len()].to_owned();
    let end = |text: &str| text[text.trim_end().len()..].to_owned();
    let (before, after) =
        (Span::new(0, start(target).len()), Span::new(target.trim_end().len(), target.len()));
    for (span, expected, place) in [(before, start(source), "beginning"), (after, end(source), "end")] {
        if span.of(target) != expected && span.of(target).is_empty() != expected.is_empty() {
            let message = match expected.is_empty() {
                true => format!("white space at the {place}, where the source has none"),
                false => format!("the white space at the {place} of the source is missing"),
            };
            let fix = Fix::safe("write the white space of the source", vec![Edit::replace(span, expected)]);
            report.add(span, message).fix(fix);
        }
    }
    let is_invisible = |c: char| matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}');
    let breaks_words = pair.target().language().is_some_and(|language| {
        // Scripts without spaces that break lines at an invisible one.
        matches!(pair.target().pack().script_of(language), Script::Thai | Script::Other)
    });
    if !breaks_words && !source.contains(is_invisible) {
        for (at, c) in target.char_indices().filter(|(_, c)| is_invisible(*c)) {
            let span = Span::new(at, at + c.len_utf8());
            report
                .add(span, "an invisible character, which the source has not")
                .fix(Fix::safe("delete it", vec![Edit::delete(span)]));
        }
    }
    let breaks = |text: &str| text.trim().matches('\n').count() + text.trim().matches("\\n").count();
    if breaks(source) > 0 && breaks(target) == 0 {
        report.add(pair.end(), "the line breaks of the source are missing");
    }
}
