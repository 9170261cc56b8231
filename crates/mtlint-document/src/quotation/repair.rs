//! From the roles of the marks to the quotations that stand and the repairs that are due.

use super::Quotation;
use super::marks::{Family, Lean, Mark, Neighbour};
use super::places;
use super::solve::{Reading, Role};
use crate::Document;
use mtlint_text::Span;

/// Something to mend. Numbers are indices into [`super::Quotations::marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// The quotation that `open` opens goes on behind `early` and ends at `close`.
    ClosedEarly { open: usize, early: usize, close: usize },
    /// The quotation took in the clause that attributes it: it ends at `at`, a byte of the text.
    ClosedLate { open: usize, close: usize, at: usize },
    /// `stray` closes once more what `kept` closes, right beside it.
    DoubledClose { kept: usize, stray: usize },
    /// `stray` closes, and nothing is open.
    OrphanClose { stray: usize },
    /// `stray` opens once more what `kept` opens, which it touches.
    DoubledOpen { kept: usize, stray: usize },
    /// `stray` opens what `open` has opened already.
    Reopened { open: usize, stray: usize },
    /// Nothing closes `open` before its block ends, or before `next` opens another quotation in it.
    NeverClosed { open: usize, next: Option<usize> },
    /// Nothing opens what `close` closes.
    NeverOpened { close: usize },
    /// The glyph points the other way than the role of the mark.
    WrongDirection { mark: usize },
    /// `open` and `close` belong to different styles.
    Mismatched { open: usize, close: usize },
    /// A quotation with the same marks as the one it lies in.
    SameInside { open: usize, close: usize },
    /// A space on the inner side of the mark.
    Spaced { mark: usize },
    /// No space on the outer side of the mark.
    Glued { mark: usize },
}

/// An open quotation.
struct Opened {
    mark: usize,
    /// Marks that closed it too early.
    early: Vec<usize>,
}

pub(super) fn interpret(
    document: &Document,
    marks: &[Mark],
    readings: &[Reading],
) -> (Vec<Quotation>, Vec<Repair>) {
    let mut walk =
        Walk { document, marks, readings, stack: Vec::new(), quotations: Vec::new(), repairs: Vec::new() };
    for index in 0..marks.len() {
        walk.enter(index);
        walk.step(index);
    }
    walk.abandon(None);
    let Walk { quotations, mut repairs, .. } = walk;
    // The repair of a quotation closed early sets its last mark right as well.
    let mended: Vec<usize> = repairs
        .iter()
        .filter_map(|repair| match repair {
            Repair::ClosedEarly { close, .. } => Some(*close),
            _ => None,
        })
        .collect();
    repairs.retain(|repair| !matches!(repair, Repair::Spaced { mark } if mended.binary_search(mark).is_ok()));
    repairs.sort_by_key(|repair| marks[repair.place()].span);
    (quotations, repairs)
}

impl Repair {
    /// The rules that report repairs, by the number of the kind.
    pub const KINDS: [&str; 13] = [
        "closed-early",
        "closed-late",
        "doubled-close",
        "doubled-open",
        "orphan-close",
        "reopened",
        "never-closed",
        "never-opened",
        "wrong-direction",
        "mismatched",
        "same-inside",
        "spaced",
        "glued",
    ];

    /// The number of its kind in [`Self::KINDS`].
    pub fn kind(&self) -> usize {
        match self {
            Self::ClosedEarly { .. } => 0,
            Self::ClosedLate { .. } => 1,
            Self::DoubledClose { .. } => 2,
            Self::DoubledOpen { .. } => 3,
            Self::OrphanClose { .. } => 4,
            Self::Reopened { .. } => 5,
            Self::NeverClosed { .. } => 6,
            Self::NeverOpened { .. } => 7,
            Self::WrongDirection { .. } => 8,
            Self::Mismatched { .. } => 9,
            Self::SameInside { .. } => 10,
            Self::Spaced { .. } => 11,
            Self::Glued { .. } => 12,
        }
    }

    /// The mark that the repair is about.
    pub fn place(&self) -> usize {
        match *self {
            Self::ClosedEarly { early: mark, .. }
            | Self::ClosedLate { close: mark, .. }
            | Self::DoubledClose { stray: mark, .. }
            | Self::DoubledOpen { stray: mark, .. }
            | Self::OrphanClose { stray: mark }
            | Self::Reopened { stray: mark, .. }
            | Self::NeverClosed { open: mark, .. }
            | Self::NeverOpened { close: mark }
            | Self::WrongDirection { mark }
            | Self::Mismatched { close: mark, .. }
            | Self::SameInside { open: mark, .. }
            | Self::Spaced { mark }
            | Self::Glued { mark } => mark,
        }
    }
}

struct Walk<'d> {
    document: &'d Document,
    marks: &'d [Mark],
    readings: &'d [Reading],
    stack: Vec<Opened>,
    quotations: Vec<Quotation>,
    repairs: Vec<Repair>,
}

impl Walk<'_> {
    /// Settles, before the first mark of a block, what earlier blocks left open.
    fn enter(&mut self, index: usize) {
        let block = self.marks[index].block;
        let is_first = index.checked_sub(1).is_some_and(|previous| self.marks[previous].block != block);
        if is_first && self.readings[index].before == 0 {
            self.abandon(Some(index));
        }
    }

    /// Gives up what is open: it goes on in the block that `next` opens again, or was never closed.
    fn abandon(&mut self, next: Option<usize>) {
        for opened in std::mem::take(&mut self.stack) {
            let last = next
                .map_or(self.readings.last(), |next| next.checked_sub(1).map(|last| &self.readings[last]));
            if last.is_some_and(|last| last.goes_on) {
                let depth = self.stack.len();
                self.quotations.push(Quotation { open: opened.mark, close: None, depth });
            } else {
                self.repairs.push(Repair::NeverClosed { open: opened.mark, next: None });
            }
        }
    }

    fn step(&mut self, index: usize) {
        let mark = &self.marks[index];
        match self.readings[index].role {
            Role::Open => {
                if self.readings[index].after == self.readings[index].before
                    && let Some(opened) = self.stack.pop()
                {
                    self.repairs.push(Repair::NeverClosed { open: opened.mark, next: Some(index) });
                }
                self.stack.push(Opened { mark: index, early: Vec::new() });
                if mark.lean == Lean::Close {
                    self.repairs.push(Repair::WrongDirection { mark: index });
                }
                if mark.right.is_gap() {
                    self.repairs.push(Repair::Spaced { mark: index });
                } else if !mark.left.is_gap() && mark.left != Neighbour::Joint && !self.opens_inside(index) {
                    self.repairs.push(Repair::Glued { mark: index });
                }
            }
            Role::Close => {
                self.close(index);
                self.check_closing_spaces(index);
            }
            Role::CloseUnopened => {
                self.repairs.push(Repair::NeverOpened { close: index });
                self.check_closing_spaces(index);
            }
            Role::NoQuotation => {}
            Role::Stray => self.drop(index),
        }
    }

    fn close(&mut self, index: usize) {
        let mark = &self.marks[index];
        // More than one may close at a time: the inner ones were never closed.
        while self.stack.len() > self.readings[index].after + 1 {
            if let Some(inner) = self.stack.pop() {
                self.repairs.push(Repair::NeverClosed { open: inner.mark, next: None });
            }
        }
        let Some(opened) = self.stack.pop() else { return };
        let open = &self.marks[opened.mark];
        let depth = self.stack.len();
        self.quotations.push(Quotation { open: opened.mark, close: Some(index), depth });
        if opened.mark + 1 == index
            && open.block == mark.block
            && let Some(at) =
                places::end_before_clause(self.document, Span::new(open.span.hi(), mark.span.lo()))
        {
            self.repairs.push(Repair::ClosedLate { open: opened.mark, close: index, at });
        }
        let is_pair =
            open.family == mark.family || open.family == Family::Low && mark.family == Family::Curly;
        if mark.lean == Lean::Open && open.family != Family::Low {
            self.repairs.push(Repair::WrongDirection { mark: index });
        } else if !is_pair {
            self.repairs.push(Repair::Mismatched { open: opened.mark, close: index });
        }
        if self.stack.iter().any(|outer| self.marks[outer.mark].family == open.family) {
            self.repairs.push(Repair::SameInside { open: opened.mark, close: index });
        }
        for early in opened.early {
            self.repairs.push(Repair::ClosedEarly { open: opened.mark, early, close: index });
        }
    }

    fn check_closing_spaces(&mut self, index: usize) {
        let mark = &self.marks[index];
        if mark.left.is_gap() {
            if !self.closes_outer(index) {
                self.repairs.push(Repair::Spaced { mark: index });
            }
        } else if matches!(mark.right, Neighbour::Letter | Neighbour::Digit) {
            self.repairs.push(Repair::Glued { mark: index });
        }
    }

    /// Whether the mark closes right behind one that closes the inner quotation: some set a space
    /// between the two.
    fn closes_outer(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|previous| {
            let gap = self.marks[index].span.lo() - self.marks[previous].span.hi();
            self.readings[previous].role == Role::Close && gap <= 3
        })
    }

    /// Whether another mark that opens touches this one from the left.
    fn opens_inside(&self, index: usize) -> bool {
        index.checked_sub(1).is_some_and(|previous| {
            self.marks[previous].span.end == self.marks[index].span.start
                && self.readings[previous].role == Role::Open
        })
    }

    fn drop(&mut self, index: usize) {
        let mark = &self.marks[index];
        let looks_open = mark.lean == Lean::Open || mark.lean == Lean::Either && mark.is_set_to_open();
        if looks_open {
            let previous = index.checked_sub(1).filter(|previous| {
                super::context::touches_previous(self.document.text(), self.marks, index)
                    && self.readings[*previous].role == Role::Open
            });
            if let Some(kept) = previous {
                self.repairs.push(Repair::DoubledOpen { kept, stray: index });
                return;
            }
            self.repairs.push(match self.stack.last() {
                Some(opened) => Repair::Reopened { open: opened.mark, stray: index },
                None => Repair::NeverClosed { open: index, next: None },
            });
            return;
        }
        let kept = [index.checked_sub(1), Some(index + 1)]
            .into_iter()
            .flatten()
            .find(|&other| other < self.marks.len() && self.is_twin(index, other));
        if let Some(kept) = kept {
            self.repairs.push(Repair::DoubledClose { kept, stray: index });
        } else if let Some(opened) = self.stack.last_mut() {
            opened.early.push(index);
        } else {
            self.repairs.push(Repair::OrphanClose { stray: index });
        }
    }

    /// Whether `other` closes right beside the stray mark, nothing but spaces and stops between.
    fn is_twin(&self, stray: usize, other: usize) -> bool {
        let (a, b) = (&self.marks[stray.min(other)], &self.marks[stray.max(other)]);
        let between = self.document.text().get(a.span.hi()..b.span.lo()).unwrap_or_default();
        a.block == b.block
            && matches!(self.readings[other].role, Role::Close | Role::CloseUnopened | Role::Stray)
            && (self.readings[other].role != Role::Stray || other < stray)
            && between.len() <= 4
            && between.chars().all(|c| matches!(c, ' ' | '.' | ',' | '\u{A0}'))
    }
}
