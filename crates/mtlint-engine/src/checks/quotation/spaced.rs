//! `quotation/spaced`: a space between a mark and the quotation it belongs to.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Confidence, Finding, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::quotation::{Family, Mark, Neighbour, Quotations, Repair, Role};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

/// Whether marks that end a paragraph after a full stop are the only ones with a space, all of them, and few:
/// a writer may take the stop for the end, and nothing in the text says otherwise.
fn only_after_stops(document: &Document, quotations: &Quotations) -> bool {
    let spaced = quotations.repairs().iter().filter_map(|repair| match repair {
        Repair::Spaced { mark } => Some(*mark),
        _ => None,
    });
    let mut count = 0;
    for mark in spaced {
        if !is_after_stop(document, mark) {
            return false;
        }
        count += 1;
        // So many are no habit, and need not be counted for each of them.
        if count == MANY {
            return false;
        }
    }
    let closes_tightly =
        |(index, mark): (usize, &Mark)| quotations.role(index) == Role::Close && mark.left.is_terminal();
    !quotations.marks().iter().enumerate().any(closes_tightly)
}

/// From how many on the marks of a text were spaced by a machine.
const MANY: usize = 4;

/// Whether the mark closes behind a full stop and a space, at the end of its paragraph.
fn is_after_stop(document: &Document, index: usize) -> bool {
    let quotations = document.quotations();
    let mark = &quotations.marks()[index];
    quotations.role(index) != Role::Open
        && mark.left == Neighbour::Space
        && mark.right == Neighbour::Edge
        && document.text()[..mark.span.lo()].trim_end().ends_with(['.', '!', '?', '…'])
}

fn check<'r>(case: Case<'_>, report: &'r mut Report<'_>) -> Option<&'r mut Finding> {
    let finding = report_spaced(case, report)?;
    // A list of segments is set as whoever cut it left it.
    if case.document.is_cut_into_lines() {
        finding.at_most(Confidence::Low);
    }
    Some(finding)
}

fn report_spaced<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::Spaced { mark: index } = repair else { return None };
    if is_after_stop(document, index) && only_after_stops(document, quotations) {
        return None;
    }
    let opens = quotations.role(index) == Role::Open;
    let mark = &quotations.marks()[index];
    if matches!(mark.family, Family::Guillemet | Family::Straight) && document.pack().spaces_quotations() {
        return None;
    }
    let text = document.text();
    let gap = inner_gap(document, mark, opens);
    if !opens && mark.left == Neighbour::Edge && mark.right.is_gap() {
        return at_head(document, mark, report);
    }
    // After a colon it opens, whatever was left open before.
    let is_announced = text[..gap.lo()].ends_with(':') && mark.is_set_to_open();
    // Right after a comma or a full stop it closes, and before a dash too.
    let is_at_end = mark.is_set_to_close()
        && (matches!(mark.left, Neighbour::Pause | Neighbour::Terminal)
            || text[gap.hi()..].starts_with(['—', '–', '-']));
    // Print of old sets spaces around dashes, and one before a mark that closes.
    let is_behind_dash = !opens && text[..gap.lo()].ends_with(['—', '–', '-']);
    if gap.is_empty() || !opens && is_announced || opens && is_at_end || is_behind_dash {
        return None;
    }
    let message = match opens {
        true => "a space between the mark and the quotation it opens",
        false => "a space between the quotation and the mark that closes it",
    };
    // A mark set the wrong way round needs the space on its other side.
    let outside = match (opens, mark.left, mark.right) {
        (true, left, _) if left.is_word() => Some(mark.span.lo()),
        (false, _, Neighbour::Letter | Neighbour::Digit) => Some(mark.span.hi()),
        _ => None,
    };
    let edits = [Edit::delete(gap)].into_iter().chain(outside.map(|at| Edit::insert(at, " "))).collect();
    let finding = report.add(gap.cover(mark.span), message);
    finding.fix(Fix::safe("close up the space", edits));
    if let Some(other) = partner(quotations, index) {
        let other_gap = inner_gap(document, &quotations.marks()[other], !opens);
        // Between two marks there is one space alone.
        if !other_gap.is_empty() && other_gap != gap {
            finding
                .fix(Fix::display("close up both spaces", vec![Edit::delete(gap), Edit::delete(other_gap)]));
        }
    }
    Some(finding)
}

/// A mark that closes at the head of a line of its own: the end of the line was set before it.
fn at_head<'r>(document: &Document, mark: &Mark, report: &'r mut Report<'_>) -> Option<&'r mut Finding> {
    let before = &document.text()[..mark.span.lo()];
    let gap = Span::new(before.trim_end().len(), mark.span.lo());
    let finding =
        report.add(gap.cover(mark.span), "the mark that closes the quotation stands in the next line");
    // A space behind the mark becomes the one between the two sentences.
    Some(finding.fix(Fix::unsafe_("set it behind the quotation", vec![Edit::delete(gap)])))
}

/// The other mark of a short quotation: the next or the one before.
fn partner(quotations: &Quotations, index: usize) -> Option<usize> {
    let (other, role) = match quotations.role(index) {
        Role::Open => (index + 1, Role::Close),
        _ => (index.checked_sub(1)?, Role::Open),
    };
    let marks = quotations.marks();
    (marks.get(other)?.block == marks[index].block && quotations.role(other) == role).then_some(other)
}

/// The white space between a mark and what it quotes, up to the end of the line.
fn inner_gap(document: &Document, mark: &Mark, opens: bool) -> Span {
    let text = document.text();
    let is_space = |c: char| c.is_whitespace() && c != '\n' && c != '\r';
    if opens {
        let after = &text[mark.span.hi()..];
        Span::new(mark.span.hi(), mark.span.hi() + (after.len() - after.trim_start_matches(is_space).len()))
    } else {
        Span::new(text[..mark.span.lo()].trim_end_matches(is_space).len(), mark.span.lo())
    }
}
