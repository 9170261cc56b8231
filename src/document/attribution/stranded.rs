//! Reporting verbs that stand alone as a sentence: `… the planners. Pointed out.`

use super::Attribution;
use crate::document::{Document, Stub};
use crate::lang::WordList;
use crate::text::Span;

/// The verbs that may stand stranded: those hardly anyone writes as a sentence of one word.
const VERBS: &str = "stranded-verb";
/// What may stand before the verb: `it was`, `also`.
const LEADS: &str = "stranded-verb.lead";

/// How far before a stranded verb the clause it repeats may end, in bytes.
const REACH: usize = 400;

/// A reporting verb without a speaker, between two full stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StrandedVerb {
    /// The words and the full stop.
    pub span: Span,
    /// The same with the white space before it.
    pub with_gap: Span,
    /// The first word.
    pub first: Span,
    /// Whether words such as `it was` stand before the verb.
    pub has_lead: bool,
    /// The mark that ends the sentence before.
    pub after: char,
    /// The reporting clause before it, which it says again: an index into
    /// [`super::Attributions::all`].
    pub repeats: Option<usize>,
}

/// The stranded verbs of a document, whose reporting clauses are known.
pub(super) fn find(document: &Document, all: &[Attribution]) -> Vec<StrandedVerb> {
    let mut found = Vec::new();
    let [leads, verbs] = [LEADS, VERBS].map(|list| document.pack().words(list));
    for block in document.blocks() {
        document.stubs(block, |stub| {
            let Some(has_lead) = stranded(document, leads, verbs, stub) else { return };
            let before = all.partition_point(|attribution| attribution.clause.start < stub.span.start);
            let repeats = before.checked_sub(1).filter(|&at| {
                let clause = all[at].clause;
                clause.start >= block.span.start && stub.span.lo() - clause.hi().min(stub.span.lo()) <= REACH
            });
            found.push(StrandedVerb {
                span: stub.span,
                with_gap: stub.with_gap,
                first: stub.words[0].span,
                has_lead,
                after: stub.after,
                repeats,
            });
        });
    }
    found
}

/// Whether a stub is a stranded verb, and then whether words stand before the verb.
fn stranded(document: &Document, leads: &WordList, verbs: &WordList, stub: Stub<'_>) -> Option<bool> {
    let lead = document.prefix_of(stub.words, leads);
    let verb = document.prefix_of(&stub.words[lead..], verbs);
    // A question is answered by a stub: “Who paid?” Noted.
    let answers = stub.after == '?' && !stub.after_quotation;
    let whole = verb > 0 && lead + verb == stub.words.len();
    (whole && !answers && !document.mask().covers(stub.span)).then_some(lead > 0)
}
