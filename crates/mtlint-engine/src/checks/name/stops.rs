//! `name/stops`: `US` beside `U.S.`.

use super::{on_deviations, rewrite};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Variation};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_deviations(params, |it| it == Variation::Stops, check)
}

fn check(document: &Document, deviation: &Deviation<'_>, report: &mut Report<'_>) {
    let Deviation { mention, first, preferred, .. } = *deviation;
    // Newspapers write `US` in headlines and `U.S.` in the text below.
    if is_in_headline(document, mention.span) {
        return;
    }
    let text = document.slice(mention.span);
    // A stop inside an address, a version or a number of a section belongs to it: `Tables.gov`, `E15.5`.
    if [text, preferred].iter().any(|name| name.contains(|c: char| c.is_lowercase() || c.is_numeric())) {
        return;
    }
    // A full stop after the letters may end the sentence as well.
    let ends = text.ends_with('.') && ends_sentence(document, mention.span);
    let followed = document.text()[mention.span.hi()..].starts_with('.');
    let insert = match preferred.strip_suffix('.') {
        Some(bare) if followed => bare.to_owned(),
        None if ends => format!("{preferred}."),
        _ => preferred.to_owned(),
    };
    let message = format!("`{text}` is `{preferred}` elsewhere: write one abbreviation in one way");
    let edits: Vec<Edit> = Edit::minimal(document.text(), mention.span, &insert).into_iter().collect();
    report.add(mention.span, message).relate(format!("`{preferred}` here"), first.span).fix(rewrite(
        document,
        mention.span,
        format!("write `{preferred}`"),
        edits,
    ));
}

/// Whether a place is in the first sentence of the text: its headline, even where that ends in no stop.
fn is_in_headline(document: &Document, span: Span) -> bool {
    document.sentences().first().is_some_and(|first| span.end <= first.span.end)
}

fn ends_sentence(document: &Document, span: Span) -> bool {
    let after = document.text()[span.hi()..].trim_start_matches([' ', '”', '"', '’', '\'', ')']);
    after.chars().next().is_none_or(|c| c == '\n' || c.is_uppercase())
}
