//! What speaks for and against a repair: how sure the reading is, what the document does otherwise, and what stands around
//! the mark. All in thousandths, for the scorers of the rules.

use super::marks::{Family, Neighbour};
use super::{Document, Quotations, Repair, places};
use crate::BlockKind;

/// The names of the features, in the order of [`Quotations::evidence`].
pub const FEATURES: [&str; 12] = [
    "margin",
    "sure",
    "same-share",
    "single",
    "straight",
    "after-stop",
    "before-space",
    "beside-dash",
    "beside-other",
    "no-paragraph",
    "lines",
    "place",
];

impl Quotations {
    /// What speaks for and against a repair: the names of [`FEATURES`] with values in thousandths.
    pub fn evidence(&self, document: &Document, repair: &Repair) -> [(&'static str, i32); FEATURES.len()] {
        let place = repair.place();
        let mark = &self.marks[place];
        let thousandths = |holds: bool| if holds { 1000 } else { 0 };
        let margin = self.margins[place].clamp(0, 400);
        let same = self.counts[repair.kind()];
        // The first of its kind tells nothing of what the document does otherwise.
        let share = 1000 * same.saturating_sub(1) / (same + self.quotations.len()).max(1);
        let text = document.text();
        let before = text[..mark.span.lo()].trim_end().chars().next_back();
        let after = text[mark.span.hi()..].trim_start().chars().next();
        let is_dash = |c: Option<char>| matches!(c, Some('—' | '–' | '-' | '―'));
        let weighed = match repair {
            Repair::NeverClosed { open, .. } => places::closing_places(document, self, *open),
            Repair::NeverOpened { close } => places::opening_places(document, self, *close),
            _ => Vec::new(),
        };
        let values = [
            margin * 1000 / 400,
            thousandths(margin == 400),
            share as i32,
            thousandths(mark.family.is_single()),
            thousandths(mark.family == Family::Straight),
            thousandths(matches!(mark.left, Neighbour::Terminal | Neighbour::Pause | Neighbour::Ellipsis)),
            thousandths(mark.right.is_gap()),
            thousandths(is_dash(before) || is_dash(after)),
            thousandths(mark.left == Neighbour::Other || mark.right == Neighbour::Other),
            thousandths(document.blocks()[mark.block].kind != BlockKind::Paragraph),
            thousandths(document.is_cut_into_lines()),
            weighed.first().map_or(0, |best| best.score.clamp(-300, 500) * 2),
        ];
        std::array::from_fn(|at| (FEATURES[at], values[at]))
    }
}
