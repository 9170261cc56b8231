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
pub mod wrong_direction;

use crate::rule::{CodeCheck, Confidence, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Mark, Neighbour, Quotations, Repair, Role};
use mtlint_text::{Edit, Span};

/// A check that is shown every repair with the structure it belongs to, and gives back what it found.
fn on_repairs(
    params: &Params,
    check: for<'r> fn(&Document, &Quotations, Repair, &'r mut Report<'_>) -> Option<&'r mut Finding>,
) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(move |document, report| {
        let quotations = document.quotations();
        for repair in quotations.repairs() {
            assess(document, quotations, *repair, report, check);
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

/// Lets the scorer of the rule, if it has one, say how likely it is that what a check found is damage.
fn assess(
    document: &Document,
    quotations: &Quotations,
    repair: Repair,
    report: &mut Report<'_>,
    check: for<'r> fn(&Document, &Quotations, Repair, &'r mut Report<'_>) -> Option<&'r mut Finding>,
) {
    if !report.is_scored() {
        check(document, quotations, repair, report);
    } else if report.is_for(Repair::KINDS[repair.kind()])
        && let Some(assessment) = report.assess(&quotations.evidence(document, &repair))
        && let Some(finding) = check(document, quotations, repair, report)
    {
        finding.assessed(assessment);
        if may_be_cut(document, quotations, repair) {
            finding.at_most(Confidence::Low);
        }
    }
}

/// How many paragraphs from either end of a text a quotation is still likely to go on beyond that end.
const FEW_BLOCKS: usize = 2;

/// Whether the other mark of a quotation may stand in what the text was cut from: a list of segments, an excerpt that
/// begins inside a quotation or ends in one.
fn may_be_cut(document: &Document, quotations: &Quotations, repair: Repair) -> bool {
    let marks = quotations.marks();
    let last = document.blocks().len().saturating_sub(1);
    match repair {
        Repair::NeverOpened { close } => {
            document.is_cut_into_lines() || close == 0 && marks[close].block <= FEW_BLOCKS && last > 0
        }
        Repair::NeverClosed { open, .. } => {
            let left = last - marks[open].block.min(last);
            document.is_cut_into_lines() || open + 1 == marks.len() && left <= FEW_BLOCKS && last > 0
        }
        _ => false,
    }
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

/// How many words a name or title has at most that is set in the marks of the quotation around it.
const TITLE: usize = 3;

/// Whether the two marks hold a few words and no sentence: a name, a title, a word held at a distance.
/// Writers set these in the marks of the quotation around them.
fn is_title(document: &Document, open: &Mark, close: &Mark) -> bool {
    let inside = Span { start: open.span.end, end: close.span.start };
    open.block == close.block
        && !matches!(close.left, Neighbour::Terminal | Neighbour::Pause)
        && document.slice(inside).split_whitespace().take(TITLE + 1).count() <= TITLE
}

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
