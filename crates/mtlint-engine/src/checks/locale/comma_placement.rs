//! A comma or full stop outside a quotation where the text sets them inside: `“stale”, which`.
//!
//! The other way round is no sign of anything: British print, which sets stops outside behind a
//! few words quoted, has them inside where a sentence is attributed. May use `rule`, `document`
//! and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Family, Mark, Quotation};
use mtlint_text::{Edit, Span};

/// How many quotations with the stop inside make it the practice of the text.
const PRACTICE: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let text = document.text();
    let quotations = document.quotations();
    let marks = quotations.marks();
    let closed = |quotation: &Quotation| -> Option<(Mark, Mark)> {
        Some((marks[quotation.open], marks[quotation.close?])).filter(|(_, close)| !close.family.is_single())
    };
    let pairs: Vec<(Mark, Mark)> = quotations.quotations().iter().filter_map(closed).collect();
    let inside = pairs
        .iter()
        .filter(|(open, close)| is_fragment(text, open) && text[..close.span.lo()].ends_with([',', '.']));
    let outside: Vec<&(Mark, Mark)> =
        pairs.iter().filter(|(_, close)| text[close.span.hi()..].starts_with([',', '.'])).collect();
    let first = inside.clone().next();
    if outside.is_empty() || inside.count() < PRACTICE.max(outside.len() * 3) {
        return;
    }
    for (open, close) in outside {
        let stop = Span::new(close.span.hi(), close.span.hi() + 1);
        let ended = text[..close.span.lo()].ends_with(['.', ',', '!', '?', '…', ';', ':']);
        // `“a”...` trails off, and `“a”.5` is no stop.
        let single = !text[stop.hi()..].starts_with(|c: char| matches!(c, '.' | ',') || c.is_alphanumeric());
        if ended || !single || close.family == Family::Corner {
            continue;
        }
        let finding = report.add(
            close.span.cover(stop),
            format!(
                "`{}` stands outside the quotation, and inside elsewhere in this text",
                document.slice(stop)
            ),
        );
        finding.relate("this quotation", open.span);
        if let Some((_, other)) = first {
            finding.relate("here it stands inside", other.span);
        }
        finding.fix(Fix::unsafe_(
            "set it inside",
            vec![Edit::insert(close.span.lo(), document.slice(stop)), Edit::delete(stop)],
        ));
    }
}

/// Whether a few words are quoted and no sentence: a stop inside is then the printer's.
fn is_fragment(text: &str, open: &Mark) -> bool {
    text[open.span.hi()..].starts_with(char::is_lowercase)
}
