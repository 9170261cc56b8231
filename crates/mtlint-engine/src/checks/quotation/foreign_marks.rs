//! `quotation/foreign-marks`: a quotation in marks that its language does not use.

use super::is_curled_by_editor;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Family, Mark, Quotation, Quotations, closing_glyph};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let quotations = document.quotations();
    for quotation in quotations.quotations() {
        if let Some(close) = quotation.close {
            check_quotation(document, quotations, quotation, close, report);
        }
    }
}

fn check_quotation(
    document: &Document,
    quotations: &Quotations,
    quotation: &Quotation,
    close: usize,
    report: &mut Report<'_>,
) {
    let (open, close) = (&quotations.marks()[quotation.open], &quotations.marks()[close]);
    let is_pair = open.family == close.family || open.family == Family::Low;
    let styles = document.pack().quotation_styles();
    let is_native = styles.iter().any(|style| style.outer.0 == open.glyph || style.inner.0 == open.glyph);
    // A mismatched pair is another rule's, and a text that is itself in the other language, too.
    if !is_pair
        || is_native
        || is_curled_by_editor(open)
        || is_among_its_own(document, open.span.hi(), close.span.lo())
    {
        return;
    }
    let usual = quotations.usual_glyphs();
    let inner = styles.iter().find(|style| style.outer.0 == usual.0).map_or(usual, |style| style.inner);
    let right = if quotation.depth == 0 { usual } else { inner };
    let message = format!(
        "`{}…{}` is not how {} sets quotations",
        open.glyph,
        closing_glyph(document, open.glyph),
        document.pack().name()
    );
    let finding = report.add(open.span, message);
    finding.relate("its other mark", close.span);
    finding.fix(Fix::safe(
        format!("write `{}…{}`", right.0, right.1),
        vec![
            Edit::replace(with_inner_space(document, open, true), right.0.to_string()),
            Edit::replace(with_inner_space(document, close, false), right.1.to_string()),
        ],
    ));
}

/// Whether what is quoted is in a script whose marks these are: a title left in the original.
fn is_among_its_own(document: &Document, start: usize, end: usize) -> bool {
    let quoted = document.text().get(start..end).unwrap_or_default();
    !quoted.chars().any(|c| c.is_ascii_alphabetic())
}

/// A mark and the white space between it and what it quotes, which some languages set there; none in those that do.
fn with_inner_space(document: &Document, mark: &Mark, opens: bool) -> Span {
    let text = document.text();
    let is_space = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
    if document.pack().spaces_quotations() {
        return mark.span;
    }
    if opens {
        let after = &text[mark.span.hi()..];
        Span::new(mark.span.lo(), text.len() - after.trim_start_matches(is_space).len())
    } else {
        Span::new(text[..mark.span.lo()].trim_end_matches(is_space).len(), mark.span.hi())
    }
}
