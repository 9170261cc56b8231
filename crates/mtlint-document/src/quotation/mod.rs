//! The quotation structure: which marks open, close or are no quotation marks at all, and the
//! cheapest repair where they do not pair.
//!
//! [`marks`] finds the marks and what stands on either side of each. [`solve`] gives every mark a
//! role, so that the whole document costs least: a mark in its usual role with its usual spaces
//! costs nothing; a mark dropped, flipped or missing costs, the more the better the evidence for
//! it. [`repair`] tells what the costs were paid for. Uses `text`, `lang` and the blocks and tokens
//! of the document.

pub mod changes;
mod context;
mod costs;
mod evidence;
mod marks;
mod places;
mod prices;
mod repair;
mod site_source;
mod solve;

pub use evidence::FEATURES;
pub use marks::{Family, Lean, Mark, Neighbour, closing_glyph, is_title, opening_glyph};
pub(crate) use places::between;
pub use places::{Place, closing_places, opening_places};
pub use repair::Repair;
pub use solve::Role;

use super::Document;
use mtlint_text::Span;
use std::collections::BTreeMap;

/// A quotation: indices into [`Quotations::marks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    pub open: usize,
    /// `None` when the quotation goes on in the next block, which opens it again.
    pub close: Option<usize>,
    /// How many quotations it lies in.
    pub depth: usize,
}

/// The quotation marks of a document.
#[derive(Debug)]
pub struct Quotations {
    marks: Vec<Mark>,
    roles: Vec<Role>,
    quotations: Vec<Quotation>,
    repairs: Vec<Repair>,
    /// What lies in quotations, those inside others left out; in text order.
    quoted: Vec<Span>,
    usual_glyphs: (char, char),
    stops_stand_inside: bool,
    /// How much dearer the next reading of the block of each mark is, in hundredths.
    margins: Vec<i32>,
    /// How many repairs of each kind there are.
    counts: [usize; Repair::KINDS.len()],
    habits: evidence::Habits,
}

impl Quotations {
    pub(super) fn of(document: &Document) -> Self {
        Self::read(document, costs::Costs::of_language(document.language()))
    }

    /// The quotations by costs that need not be the shipped ones.
    fn read(document: &Document, costs: &costs::Costs) -> Self {
        let marks = marks::find(document);
        let solve::Solution { readings, margins, .. } =
            solve::solve(document, &marks, costs, &|_, _, _| true);
        let (quotations, repairs) = repair::interpret(document, &marks, &readings);
        let mut counts = [0; Repair::KINDS.len()];
        repairs.iter().for_each(|repair| counts[repair.kind()] += 1);
        let roles: Vec<Role> = readings.iter().map(|reading| reading.role).collect();
        Self {
            habits: evidence::Habits::of(&marks, &roles, &quotations),
            usual_glyphs: usual_glyphs(document, &marks, &quotations),
            stops_stand_inside: stops_stand_inside(&marks, &quotations),
            roles,
            quoted: quoted(document, &marks, &quotations),
            marks,
            quotations,
            repairs,
            margins,
            counts,
        }
    }

    /// Every mark that may be a quotation mark, in text order; apostrophes inside words are left out.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// What a mark does.
    pub fn role(&self, mark: usize) -> Role {
        self.roles[mark]
    }

    /// The quotations that stand, in the order in which they close.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The marks that most quotations of the document are set in which lie in no other: the opening
    /// and the closing one. Without any, those most usual in its language.
    pub fn usual_glyphs(&self) -> (char, char) {
        self.usual_glyphs
    }

    /// Whether stops mostly stand before the mark that closes, as in American print, rather than
    /// behind it.
    pub fn stops_stand_inside(&self) -> bool {
        self.stops_stand_inside
    }

    /// Whether a span lies in a quotation.
    pub fn holds(&self, span: Span) -> bool {
        let after = self.quoted.partition_point(|quoted| quoted.lo() <= span.lo());
        after.checked_sub(1).is_some_and(|index| self.quoted[index].contains(span))
    }

    /// How many repairs of the kind of this one there are.
    pub fn count(&self, like: Repair) -> usize {
        self.counts[like.kind()]
    }

    /// What must be done for all marks to pair, in text order.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }
}

fn quoted(document: &Document, marks: &[Mark], quotations: &[Quotation]) -> Vec<Span> {
    let outer = quotations.iter().filter(|quotation| quotation.depth == 0);
    let mut spans: Vec<Span> = outer
        .map(|quotation| {
            let open = &marks[quotation.open];
            let end = match quotation.close {
                Some(close) => marks[close].span.hi(),
                None => document.blocks()[open.block].span.hi(),
            };
            Span::new(open.span.lo(), end)
        })
        .collect();
    spans.sort_unstable();
    spans
}

fn usual_glyphs(document: &Document, marks: &[Mark], quotations: &[Quotation]) -> (char, char) {
    let styles = document.pack().quotation_styles();
    let is_native = |open: char| styles.iter().any(|style| style.outer.0 == open || style.inner.0 == open);
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for quotation in quotations.iter().filter(|quotation| quotation.depth == 0) {
        let open = marks[quotation.open].glyph;
        if is_native(open) {
            *counts.entry(open).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).map(|(open, _)| open);
    let open = most.or(styles.first().map(|style| style.outer.0)).unwrap_or('“');
    (open, closing_glyph(document, open))
}

fn stops_stand_inside(marks: &[Mark], quotations: &[Quotation]) -> bool {
    let is_stop = |neighbour| matches!(neighbour, Neighbour::Terminal | Neighbour::Pause);
    let closes = quotations.iter().filter_map(|quotation| quotation.close).map(|mark| &marks[mark]);
    let (inside, outside) = closes.fold((0, 0), |(inside, outside), mark| {
        (inside + usize::from(is_stop(mark.left)), outside + usize::from(is_stop(mark.right)))
    });
    inside >= outside
}

#[cfg(test)]
mod train;
