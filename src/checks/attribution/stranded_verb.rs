//! A reporting verb that stands alone as a sentence: `… the planners. Pointed out.`
//!
//! A language that puts the verb last says who and what first; cut at the wrong place, the verb
//! comes back as a sentence of its own. May use `rule`, `document` and `text`.

use crate::document::{Document, Stub};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// The verbs that may stand stranded: those hardly anyone writes as a sentence of one word.
const VERBS: &str = "stranded-verb";
/// What may stand before the verb: `it was`, `also`.
const LEADS: &str = "stranded-verb.lead";
/// Auxiliaries whose subject is in the sentence before: `the universities. Have said.`
const AUXILIARIES: &str = "auxiliary.perfect";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        document.stubs(block, |stub| check(document, stub, report));
    }))
}

fn check(document: &Document, stub: Stub<'_>, report: &mut Report<'_>) {
    let pack = document.pack();
    let words = || stub.words.iter().map(|token| document.slice(token.span));
    let lead = pack.words(LEADS).prefix_of(words());
    let verb = pack.words(VERBS).prefix_of(words().skip(lead));
    if verb == 0 || lead + verb != stub.words.len() || document.mask().covers(stub.span) {
        return;
    }
    // A question is answered by a stub: “Who paid?” Noted.
    if stub.after == '?' && !stub.after_quotation {
        return;
    }
    let first = stub.words[0];
    // The subject stands right before an auxiliary: the full stop between them is the damage.
    let cut = (lead > 0 && stub.after == '.' && pack.words(AUXILIARIES).contains(document.slice(first.span)))
        .then(|| Span::new(stub.with_gap.lo().saturating_sub(1), first.span.hi()))
        .filter(|cut| document.text().get(cut.range()).is_some_and(|text| text.starts_with('.')));
    let span = cut.map_or(stub.span, |cut| cut.cover(stub.span));
    let text = document.slice(stub.span);
    let finding = report.add(
        span,
        format!(
            "`{text}` stands alone: the verb of the sentence before it, torn off where the source language puts \
             the verb last; delete it, or give it back its speaker"
        ),
    );
    if let Some(cut) = cut {
        let lower = document.slice(first.span).to_lowercase();
        finding
            .fix(Fix::safe("join it to the sentence before", vec![Edit::replace(cut, format!(" {lower}"))]));
    }
    finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(stub.with_gap)]));
}
