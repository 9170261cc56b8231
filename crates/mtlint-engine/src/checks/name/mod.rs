//! Names: one check for each way in which a translation loses hold of one.

pub mod acronym_variant;
pub mod broken;
pub mod exonym;
pub mod expansion;
pub mod glossary;
pub mod honorific_once;
pub mod honorific_suffix;
pub mod kin;
pub mod lower_case;
pub mod misspelt;
pub mod of_source;
pub mod people_as_language;
pub mod spelling;
pub mod stops;
pub mod territory_as_people;
pub mod title_twice;
pub mod torn;
pub mod transliteration;

use crate::rule::{Applicability, CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Glossary, Mention, Variation};
use mtlint_text::{Edit, Span};

/// Words before what is not so.
const NEGATION: &str = "negation";

/// What a name has beside letters.
const JOINTS: &str = " -‐‑–'’.&";

/// A check of every mention whose spelling deviates in one of these ways from the one preferred.
fn on_deviations(
    params: &Params,
    concerns: fn(Variation) -> bool,
    check: fn(&Document, &Deviation<'_>, &mut Report<'_>),
) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(move |document, report| {
        for deviation in document.deviating_names().iter().filter(|it| concerns(it.variation)) {
            // What the glossary knows is its matter.
            let is_settled = |glossary: &Glossary| {
                glossary.of_letters(deviation.preferred).is_some()
                    || glossary.of_letters(document.slice(deviation.mention.span)).is_some()
            };
            if !document.is_quoted_closely(deviation.mention.span)
                && !is_denied(document, deviation.mention.span)
                && !document.glossary().is_some_and(is_settled)
            {
                check(document, deviation, report);
            }
        }
    }))
}

/// Whether a spelling is said to be wrong: `It is Kowalczyk, not Kowalcyzk`.
fn is_denied(document: &Document, span: Span) -> bool {
    let at = document.tokens().partition_point(|token| token.span.start < span.start);
    let before = at.checked_sub(1).map(|index| document.slice(document.tokens()[index].span));
    before.is_some_and(|word| document.pack().words(NEGATION).contains(word))
}

/// Whether a name is made of letters: those of genes, parts and files have digits and signs, which tell them apart.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphabetic() || JOINTS.contains(c))
}

/// A fix that writes a name otherwise: words that somebody is quoted with are left to the reader.
fn rewrite(document: &Document, span: Span, title: impl Into<String>, edits: Vec<Edit>) -> Fix {
    let is_quoted = document.quotations().holds(span);
    Fix::new(title, if is_quoted { Applicability::Display } else { Applicability::Unsafe }, edits)
}

/// Relates a finding to the place where the name stands as it should, and offers to write it so.
fn prefer(document: &Document, finding: &mut Finding, span: Span, first: &Mention, preferred: &str) {
    let edits: Vec<Edit> = Edit::minimal(document.text(), span, preferred).into_iter().collect();
    finding.relate(format!("`{preferred}` here"), first.span).fix(rewrite(
        document,
        span,
        format!("write `{preferred}`"),
        edits,
    ));
}
