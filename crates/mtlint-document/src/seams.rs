//! Seams: what is left where a translation took sentences apart and put the pieces down one by one.
//! A text that shows one is likelier to hold damage that only its meaning tells.

use super::Document;
use super::quotation::Repair;

pub(super) fn shows_seams(document: &Document) -> bool {
    let is_seam = |repair: &Repair| {
        matches!(
            repair,
            Repair::ClosedEarly { .. }
                | Repair::DoubledClose { .. }
                | Repair::OrphanClose { .. }
                | Repair::Reopened { .. }
        )
    };
    document.quotations().repairs().iter().any(is_seam)
        || document.attributions().stranded().iter().any(|verb| verb.leftover.is_plain)
}
