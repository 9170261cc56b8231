//! Reporting verbs that stand alone as a sentence: `… the planners. Pointed out.`

use super::Attribution;
use crate::{Document, Lead, Leftover, LeftoverKind};

/// How far before a stranded verb the clause it repeats may end, in bytes.
const REACH: usize = 400;

/// A reporting verb without a speaker, between two full stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StrandedVerb {
    pub leftover: Leftover,
    /// What stands before the verb.
    pub lead: Lead,
    /// The reporting clause before it, which it says again: an index into
    /// [`super::Attributions::all`].
    pub repeats: Option<usize>,
}

/// The stranded verbs of a document, whose reporting clauses are known.
pub(super) fn find(document: &Document, all: &[Attribution]) -> Vec<StrandedVerb> {
    let stranded = |leftover: &Leftover| {
        let LeftoverKind::Reporting(lead) = leftover.kind else { return None };
        let before = all.partition_point(|attribution| attribution.clause.start < leftover.span.start);
        let block = document.block_at(leftover.span.lo())?;
        let repeats = before.checked_sub(1).filter(|&at| {
            let clause = all[at].clause;
            let end = clause.hi().min(leftover.span.lo());
            clause.start >= block.span.start && leftover.span.lo() - end <= REACH
        });
        Some(StrandedVerb { leftover: *leftover, lead, repeats })
    };
    document.leftovers().iter().filter_map(stranded).collect()
}
