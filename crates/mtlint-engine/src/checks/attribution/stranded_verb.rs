//! A reporting verb that stands alone as a sentence: `… the planners. Pointed out.`
//!
//! A language that puts the verb last says who and what first; cut at the wrong place, the verb
//! comes back as a sentence of its own. May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, Observation, ParamError, Params, Report};
use mtlint_document::attribution::StrandedVerb;
use mtlint_document::{Document, Lead, Token, TokenKind};
use mtlint_text::{Edit, Span};

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
    let leftover = &verb.leftover;
    // Where verbs of saying are counted, a short sentence about something else is one: `It was planned.`, `We know.`
    let tells = |token: &Token| document.tells_speech(*token);
    if document.tagger().is_some() && !document.tokens_within(leftover.span).iter().any(tells) {
        return;
    }
    let again = ("again", i32::from(verb.repeats.is_some()) * 1000);
    let evidence: Vec<Observation> = leftover.evidence.iter().copied().chain([again]).collect();
    let assessment = report.assess(&evidence);
    if assessment.is_none() && !leftover.is_plain {
        return;
    }
    let first = leftover.first;
    // The subject stands right before an auxiliary: the full stop between them is the damage.
    let goes_on =
        leftover.after == '.' && !leftover.after_quotation && document.is_listed(first, AUXILIARIES);
    let cut = goes_on
        .then(|| Span::new(leftover.with_gap.lo().saturating_sub(1), first.span.hi()))
        .filter(|cut| document.text().get(cut.range()).is_some_and(|text| text.starts_with('.')));
    let span = cut.map_or(leftover.span, |cut| cut.cover(leftover.span));
    let text = document.slice(leftover.span);
    let finding = report.add(
        span,
        format!(
            "`{text}` stands alone: the verb of the sentence before it, torn off where the source language puts \
             the verb last; delete it, or give it back its speaker"
        ),
    );
    match assessment {
        Some(assessment) if !leftover.is_plain => {
            finding.assessed(assessment);
        }
        _ if verb.lead != Lead::Auxiliaries && first.kind != TokenKind::Lower => {
            finding.at_most(Confidence::Medium);
        }
        _ => {}
    }
    if let Some(cut) = cut {
        let lower = document.slice(first.span).to_lowercase();
        let edits = vec![Edit::replace(cut, format!(" {lower}"))];
        finding.fix(Fix::unsafe_("join it to the sentence before", edits));
    } else if let Some(clause) = verb.repeats.map(|at| &document.attributions().all()[at]) {
        finding.relate("the verb it says again", clause.verb);
    }
    finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(leftover.with_gap)]));
}
