//! What one may change in the quotation marks of a paragraph.

use super::paragraph::{Paragraph, Placed, class};

/// A change of the quotation marks of a paragraph. Numbers are indices of its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A mark is one too many.
    Delete(usize),
    /// A mark is missing.
    Insert(Placed),
    /// A mark stands in the wrong place, and belongs before the word of this number.
    Move(usize, u16),
    /// A mark opens that should close, or the other way round.
    Turn(usize),
    /// A mark is single that should be double, or the other way round.
    Swap(usize),
    /// A quotation takes in a clause that stands outside: the mark that ends it before, and the one that begins it again.
    Split(Placed, Placed),
}

/// How many words a clause has at most that a quotation took in.
const CLAUSE: usize = 16;

impl Change {
    /// The names of the kinds, in the order of [`Change::kind`].
    pub const KINDS: [&str; mtlint_lang::MARK_CHANGES] =
        ["delete", "insert-open", "insert-close", "move", "turn", "swap", "split"];

    /// The number of its kind.
    pub fn kind(self) -> usize {
        match self {
            Self::Delete(_) => 0,
            Self::Insert(mark) => 2 - usize::from(mark.opens),
            Self::Move(..) => 3,
            Self::Turn(_) => 4,
            Self::Swap(_) => 5,
            Self::Split(..) => 6,
        }
    }

    /// Puts the changed marks into `into`; whether they are in order.
    pub fn apply(self, placed: &[Placed], into: &mut Vec<Placed>) -> bool {
        into.clear();
        into.extend_from_slice(placed);
        let insert = |into: &mut Vec<Placed>, mark: Placed| {
            // Beside others, a mark that closes stands behind those that close, and before those that open.
            let at = into.partition_point(|it| it.gap < mark.gap || it.gap == mark.gap && !it.opens);
            into.insert(at, mark);
        };
        match self {
            Self::Delete(at) => {
                into.remove(at);
            }
            Self::Insert(mark) => insert(into, mark),
            Self::Move(at, gap) => {
                let mark = into.remove(at);
                insert(into, Placed { gap, ..mark });
            }
            Self::Turn(at) => into[at].opens = !into[at].opens,
            Self::Swap(at) => into[at].single = !into[at].single,
            Self::Split(close, open) => {
                insert(into, close);
                insert(into, open);
            }
        }
        true
    }
}

impl Paragraph {
    /// Calls `propose` with every change of the marks that may be thought of.
    pub fn changes(&self, placed: &[Placed], mut propose: impl FnMut(Change)) {
        let count = self.words.len() as u16;
        // A mark of the other kind is lost too rarely to be looked for where none of it stands.
        let singles =
            [false, true].into_iter().filter(|single| placed.iter().any(|mark| mark.single == *single));
        for single in singles {
            for gap in 0..=count {
                for opens in [true, false] {
                    let mark = Placed { gap, opens, single };
                    if self.may_stand(mark) && !placed.contains(&mark) {
                        propose(Change::Insert(mark));
                    }
                }
            }
        }
        for (at, mark) in placed.iter().enumerate() {
            propose(Change::Delete(at));
            propose(Change::Swap(at));
            let turned = Placed { opens: !mark.opens, ..*mark };
            if self.may_stand(turned) {
                propose(Change::Turn(at));
            }
            let low = at.checked_sub(1).map_or(0, |at| placed[at].gap);
            let high = placed.get(at + 1).map_or(count, |mark| mark.gap);
            for gap in low..=high {
                let moved = Placed { gap, ..*mark };
                if gap != mark.gap && self.may_stand(moved) && !placed.contains(&moved) {
                    propose(Change::Move(at, gap));
                }
            }
            if mark.opens {
                self.splits(mark.gap..=high, mark.single, &mut propose);
            }
        }
    }

    fn splits(&self, within: std::ops::RangeInclusive<u16>, single: bool, propose: &mut impl FnMut(Change)) {
        for close in within.clone() {
            let close = Placed { gap: close, opens: false, single };
            if close.gap == *within.start() || !self.may_stand(close) || !self.is_paused(close.gap) {
                continue;
            }
            let to = (close.gap + CLAUSE as u16).min(*within.end());
            if !(close.gap..to).any(|at| self.words[at as usize].class == class::SAYS) {
                continue;
            }
            for open in close.gap + 1..to {
                let open = Placed { gap: open, opens: true, single };
                if self.may_stand(open) && self.is_paused(open.gap) {
                    propose(Change::Split(close, open));
                }
            }
        }
    }

    /// Whether a comma, a stop or another mark stands before the word of this number.
    fn is_paused(&self, gap: u16) -> bool {
        self.word(gap as isize - 1).is_mark()
    }

    /// Whether a mark may stand in its place.
    pub fn may_stand(&self, mark: Placed) -> bool {
        let gaps = if mark.opens { &self.may_open } else { &self.may_close };
        gaps.get(mark.gap as usize).copied().unwrap_or(false)
    }
}
