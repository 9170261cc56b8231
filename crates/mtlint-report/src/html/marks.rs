//! Cutting text at the ends of findings, so that each piece is marked by all that lie on it.

use mtlint_engine::rule::Severity;
use mtlint_text::Span;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How many findings a piece of text names at most: the worst of them. The others are in the list
/// of findings. Without a bound, findings that all lie on one another would take quadratic space.
const DEPTH: usize = 8;

/// A place to mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Which finding of the document.
    pub index: usize,
    pub span: Span,
    pub severity: Severity,
}

/// A run of text that the same findings lie on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub span: Span,
    /// The worst first, then in text order; at most [`DEPTH`].
    pub findings: Vec<usize>,
}

/// Cuts `text` into runs, in order and without gaps. `marks` are in the order of their starts; what
/// of them lies outside is left out. A mark that has no length makes a run without length.
pub(super) fn runs(text: Span, marks: &[Mark]) -> Vec<Run> {
    let clip = |at: u32| at.clamp(text.start, text.end);
    let mut starts: Vec<(u32, usize)> = Vec::with_capacity(marks.len());
    let mut ends: Vec<(u32, usize)> = Vec::with_capacity(marks.len());
    for (number, mark) in marks.iter().enumerate() {
        starts.push((clip(mark.span.start), number));
        ends.push((clip(mark.span.end), number));
    }
    starts.sort_unstable();
    ends.sort_unstable();

    let mut runs = Vec::new();
    let mut on: BTreeSet<(Reverse<Severity>, usize)> = BTreeSet::new();
    let push = |runs: &mut Vec<Run>, on: &BTreeSet<(Reverse<Severity>, usize)>, start: u32, end: u32| {
        let findings = on.iter().take(DEPTH).map(|(_, number)| marks[*number].index).collect();
        runs.push(Run { span: Span { start, end }, findings });
    };
    let key = |number: usize| (Reverse(marks[number].severity), number);
    let (mut starts, mut ends) = (starts.into_iter().peekable(), ends.into_iter().peekable());
    let mut at = text.start;
    while let Some(&(end, _)) = ends.peek() {
        let next = starts.peek().map_or(end, |(start, _)| end.min(*start));
        if at < next {
            push(&mut runs, &on, at, next);
            at = next;
        }
        let mut is_empty = false;
        while let Some((_, number)) = starts.next_if(|(start, _)| *start == at) {
            is_empty |= clip(marks[number].span.end) == at;
            on.insert(key(number));
        }
        if is_empty {
            push(&mut runs, &on, at, at);
        }
        while let Some((_, number)) = ends.next_if(|(end, _)| *end == at) {
            on.remove(&key(number));
        }
    }
    if at < text.end {
        push(&mut runs, &on, at, text.end);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(length: usize, marks: &[(usize, usize, Severity)]) -> Vec<(usize, usize, Vec<usize>)> {
        let marks: Vec<Mark> = marks
            .iter()
            .enumerate()
            .map(|(index, (start, end, severity))| Mark {
                index,
                span: Span::new(*start, *end),
                severity: *severity,
            })
            .collect();
        let runs = runs(Span::new(0, length), &marks);
        runs.into_iter().map(|run| (run.span.lo(), run.span.hi(), run.findings)).collect()
    }

    #[test]
    fn text_without_marks_is_one_run() {
        assert_eq!(cut(5, &[]), [(0, 5, vec![])]);
        assert_eq!(cut(0, &[]), []);
    }

    #[test]
    fn overlapping_marks_share_a_run() {
        use Severity::{Major, Minor};
        assert_eq!(
            cut(10, &[(1, 6, Minor), (4, 8, Major)]),
            [(0, 1, vec![]), (1, 4, vec![0]), (4, 6, vec![1, 0]), (6, 8, vec![1]), (8, 10, vec![])]
        );
    }

    #[test]
    fn a_mark_without_length_is_kept() {
        use Severity::Minor;
        assert_eq!(cut(4, &[(2, 2, Minor)]), [(0, 2, vec![]), (2, 2, vec![0]), (2, 4, vec![])]);
        assert_eq!(cut(2, &[(0, 2, Minor), (2, 2, Minor)]), [(0, 2, vec![0]), (2, 2, vec![0, 1])]);
        assert_eq!(cut(2, &[(7, 9, Minor)]), [(0, 2, vec![]), (2, 2, vec![0])], "outside");
    }

    #[test]
    fn depth_is_bounded() {
        let marks: Vec<_> = (0..50).map(|at| (at, 100, Severity::Minor)).collect();
        assert!(cut(100, &marks).iter().all(|(_, _, findings)| findings.len() <= DEPTH));
    }
}
