//! A quotation or sentence that is said twice: `He said: “It grows,” he said.`
//!
//! May use `rule`, `document` and `text`.

use crate::document::Document;
use crate::document::attribution::{Attribution, Place};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for pair in document.attributions().all().windows(2) {
        let [first, second] = pair else { continue };
        let same_quotation =
            first.quotations.last().is_some_and(|quotation| second.quotations == [*quotation]);
        let same_sentence = first.quotations.is_empty()
            && second.quotations.is_empty()
            && sentence_of(document, first.clause) == sentence_of(document, second.clause)
            && (first.is_prepositional || second.is_prepositional);
        let is_double = first.place == Place::Before
            && second.place == Place::After
            && (same_quotation || same_sentence)
            && ends(document, second)
            && names_the_same(document, first, second);
        if is_double && !document.mask().covers(second.clause) {
            add(document, first, second, report);
        }
    }
}

/// Whether nothing follows a clause in its sentence.
fn ends(document: &Document, attribution: &Attribution) -> bool {
    let rest = &document.text()[attribution.clause.hi()..];
    rest.is_empty() || rest.starts_with(['.', ',', ';', '\n', '\r'])
}

/// The number of the sentence that holds the beginning of a span.
fn sentence_of(document: &Document, span: Span) -> usize {
    document.sentences().partition_point(|sentence| sentence.span.start <= span.start)
}

/// Whether both clauses name one speaker: the same last word.
fn names_the_same(document: &Document, first: &Attribution, second: &Attribution) -> bool {
    let (Some(a), Some(b)) = (first.speaker, second.speaker) else { return false };
    let last = |span: Span| document.slice(span).rsplit(char::is_whitespace).next().unwrap_or_default();
    last(a.span) == last(b.span)
}

fn add(document: &Document, first: &Attribution, second: &Attribution, report: &mut Report<'_>) {
    let (before, again) = (document.slice(first.clause), document.slice(second.clause));
    let finding = report.add(
        second.clause,
        format!(
            "`{before}` has told already who says this: the source has its verb of saying at the end, and it was \
             translated in both places"
        ),
    );
    finding.relate("told here already", first.clause);
    let text = document.text();
    let start = text[..second.clause.lo()].trim_end().len();
    let quoted = text[..start].ends_with(['”', '"', '’', '»']);
    let comma = text[..start].ends_with(',') && !quoted;
    // `“It grows,” he said.` needs more than a deletion; `It grows, he said.` does not.
    if comma {
        let span = Span::new(start - 1, second.clause.hi());
        finding.fix(Fix::unsafe_(format!("delete `{again}`"), vec![Edit::delete(span)]));
    }
}
