//! Quotation marks that do not pair: one check for each repair of the quotation structure.

pub mod closed_early;
pub mod closed_late;
pub mod doubled_close;
pub mod doubled_open;
pub mod foreign_marks;
pub mod glued;
pub mod marks_of_source;
pub mod mismatched;
pub mod never_closed;
pub mod never_opened;
pub mod orphan_close;
pub mod reopened;
pub mod same_inside;
pub mod spaced;
pub mod stop_after_close;
pub mod unlikely_marks;
pub mod wrong_direction;

use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Mark, Neighbour, Quotations, Repair, Role};
use mtlint_text::{Edit, Span};

/// A repair with the document and the structure it belongs to.
#[derive(Clone, Copy)]
struct Case<'d> {
    document: &'d Document,
    quotations: &'d Quotations,
    repair: Repair,
}

/// Reports one kind of repair, and gives back what it found.
type CheckRepair = for<'r> fn(Case<'_>, &'r mut Report<'_>) -> Option<&'r mut Finding>;

/// A check that is shown every repair. Where its rule has a scorer, that says how likely it is that what it found is damage.
fn on_repairs(params: &Params, check: CheckRepair) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(move |document, report| {
        let quotations = document.quotations();
        for repair in quotations.repairs().iter().copied() {
            let case = Case { document, quotations, repair };
            if !report.is_scored() {
                check(case, report);
            } else if report.is_for(Repair::KINDS[repair.kind()])
                && let Some(assessment) = report.assess(&quotations.evidence(document, &repair))
                && let Some(finding) = check(case, report)
            {
                finding.assessed(assessment);
            }
        }
    }))
}

/// A check that is shown every mark that closes a quotation.
fn on_marks(params: &Params, check: fn(&Document, &Mark, &mut Report<'_>)) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(move |document, report| {
        let quotations = document.quotations();
        for (index, mark) in quotations.marks().iter().enumerate() {
            if matches!(quotations.role(index), Role::Close | Role::CloseUnopened) {
                check(document, mark, report);
            }
        }
    }))
}

/// Whether the mark opens a quotation right after a stroke, a dash or a bracket, and points the other
/// way: editors that curl marks as one types make `”` of any that follows a character: `“yes”/”no”`.
fn is_curled_by_editor(mark: &Mark) -> bool {
    mark.left == Neighbour::Joint && matches!(mark.glyph, '”' | '’')
}

/// The mark and the white space before it, which goes with it when it goes.
fn with_gap(document: &Document, mark: &Mark) -> Span {
    let before = &document.text()[..mark.span.lo()];
    let start = match mark.left {
        Neighbour::Space => before.trim_end_matches([' ', '\u{A0}', '\t', '\u{202F}', '\u{2009}']).len(),
        _ => before.len(),
    };
    Span::new(start, mark.span.hi())
}

/// `span`, and the stop right before it where there is one: where an editor begins to look.
fn from_stop(document: &Document, span: Span) -> Span {
    match document.text()[..span.lo()].chars().next_back() {
        Some(c) if matches!(c, '.' | '!' | '?' | '…' | ',') => {
            Span::new(span.lo() - c.len_utf8(), span.hi())
        }
        _ => span,
    }
}

/// How many bytes a finding spans at most.
const LONGEST: usize = 400;

/// The word and the mark that stand before a place, to name it by.
fn word_before(document: &Document, at: usize) -> &str {
    let before = document.text().get(..at).unwrap_or_default();
    let start = before.trim_end().char_indices().rev().take(NAMED + 1).find(|(_, c)| c.is_whitespace());
    let start = start.map_or(0, |(space, c)| space + c.len_utf8());
    let word = before[start..].trim();
    word.char_indices().rev().nth(NAMED).map_or(word, |(from, _)| &word[from..])
}

/// The word that stands behind a place, to name it by.
fn word_behind(document: &Document, at: usize) -> &str {
    let after = document.text().get(at..).unwrap_or_default();
    let word = after.split_whitespace().next().unwrap_or_default();
    word.char_indices().nth(NAMED).map_or(word, |(to, _)| &word[..to])
}

/// How many characters name a place.
const NAMED: usize = 20;

/// Deletes the mark, and of the spaces on either side of it all but one.
fn delete_mark(document: &Document, mark: &Mark) -> Edit {
    let is_doubled_space = mark.right.is_gap();
    Edit::delete(if is_doubled_space { with_gap(document, mark) } else { mark.span })
}

/// The fix that lets the quotation before a mark go on to it: that may have been closed too early.
fn close_later<'d>(document: &Document, quotations: &'d Quotations, close: usize) -> Option<(&'d Mark, Fix)> {
    let marks = quotations.marks();
    let before = close.checked_sub(1).filter(|before| quotations.role(*before) == Role::Close)?;
    let (before, close) = (&marks[before], &marks[close]);
    let fix = Fix::display(
        "let the quotation before go on, and delete its last mark",
        keep_last(document, before, close),
    );
    (before.block == close.block).then_some((before, fix))
}

/// Lets a quotation go on to the mark `close`: deletes the one that closes it before, and the space before the last.
fn keep_last(document: &Document, early: &Mark, close: &Mark) -> Vec<Edit> {
    let gap = with_gap(document, close);
    let mut edits = vec![delete_mark(document, early)];
    if gap.start < close.span.start {
        edits.push(Edit::delete(Span { start: gap.start, end: close.span.start }));
    }
    edits
}
