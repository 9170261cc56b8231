//! A reporting verb that stands alone as a sentence: `… the planners. Pointed out.`
//!
//! A language that puts the verb last says who and what first; cut at the wrong place, the verb
//! comes back as a sentence of its own. May use `rule`, `document` and `text`.

use crate::document::Document;
use crate::document::attribution::StrandedVerb;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// Auxiliaries whose subject is in the sentence before: `the universities. Have said.`
const AUXILIARIES: &str = "auxiliary.perfect";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for verb in document.attributions().stranded() {
            add(document, verb, report);
        }
    }))
}

fn add(document: &Document, verb: &StrandedVerb, report: &mut Report<'_>) {
    let first = document.slice(verb.first);
    // The subject stands right before an auxiliary: the full stop between them is the damage.
    let cut = (verb.has_lead && verb.after == '.' && document.pack().words(AUXILIARIES).contains(first))
        .then(|| Span::new(verb.with_gap.lo().saturating_sub(1), verb.first.hi()))
        .filter(|cut| document.text().get(cut.range()).is_some_and(|text| text.starts_with('.')));
    let span = cut.map_or(verb.span, |cut| cut.cover(verb.span));
    let text = document.slice(verb.span);
    let finding = report.add(
        span,
        format!(
            "`{text}` stands alone: the verb of the sentence before it, torn off where the source language puts \
             the verb last; delete it, or give it back its speaker"
        ),
    );
    if let Some(cut) = cut {
        let lower = first.to_lowercase();
        finding.fix(Fix::unsafe_(
            "join it to the sentence before",
            vec![Edit::replace(cut, format!(" {lower}"))],
        ));
    } else if let Some(clause) = verb.repeats.map(|at| &document.attributions().all()[at]) {
        finding.relate("the verb it says again", clause.verb);
    }
    finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(verb.with_gap)]));
}
