//! What fixes change: lines before and after, with what differs set off.

use super::cells::Cells;
use super::snippet::{Canvas, ELLIPSIS, Fit, GAP};
use super::window::windows;
use crate::style::{self, Paint};
use anstyle::Style;
use mtlint_text::Edit;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

impl Canvas<'_> {
    /// Appends the text before the edits and after them, as a pair of lines for each line they change.
    pub fn edits(&self, out: &mut String, edits: &[Edit]) {
        let minimal = |edit: &Edit| Edit::minimal(self.text, edit.span, &edit.insert);
        let mut sorted: Vec<Edit> = edits.iter().filter_map(minimal).collect();
        sorted.sort_by_key(|edit| edit.span);
        let line_of = |offset: usize| self.lines.line_of(offset.min(self.text.len()));
        for group in sorted.chunk_by(|a, b| line_of(a.span.hi()) == line_of(b.span.lo())) {
            let first = line_of(group[0].span.lo());
            let last = line_of(group[group.len() - 1].span.hi());
            let line = self.lines.line_range(self.text, first).start
                ..self.lines.line_range(self.text, last).end.max(group[group.len() - 1].span.hi());
            self.pair(out, first, &line, group, 0..group.len());
        }
    }

    /// Appends a line before the edits and after them, as far as the edits `chosen` are around: all of them if a
    /// row has the room, else one half after the other.
    fn pair(
        &self,
        out: &mut String,
        number: usize,
        line: &Range<usize>,
        edits: &[Edit],
        chosen: Range<usize>,
    ) {
        let marks: Vec<Range<usize>> = edits[chosen.clone()].iter().map(|edit| edit.span.range()).collect();
        let plain = Self { paint: Paint { color: false }, ..*self };
        let fitted = self.fit(line, &marks, |fit| {
            let width_of = |is_after| {
                let mut shown = String::new();
                plain.version(&mut shown, is_after, line, fit, edits, Style::new());
                shown.width()
            };
            width_of(false).max(width_of(true))
        });
        let fit = match fitted {
            Ok(fit) => fit,
            Err(_) if chosen.len() > 1 => {
                let middle = chosen.start + chosen.len() / 2;
                self.pair(out, number, line, edits, chosen.start..middle);
                self.pair(out, number, line, edits, middle..chosen.end);
                return;
            }
            Err(least) => least,
        };
        for (sign, plain, strong) in
            [("-", style::REMOVED, style::REMOVED_STRONG), ("+", style::ADDED, style::ADDED_STRONG)]
        {
            self.paint.push(out, style::GUTTER, &format!("{:>1$} ", number + 1, self.gutter));
            self.paint.push(out, plain, sign);
            out.push(' ');
            self.version(out, sign == "+", line, &fit, edits, strong);
            out.push('\n');
        }
    }

    /// The windows of a line before the edits, or after them.
    fn version(
        &self,
        out: &mut String,
        is_after: bool,
        line: &Range<usize>,
        Fit { windows, width }: &Fit,
        edits: &[Edit],
        strong: Style,
    ) {
        // Those that touch a stretch; they are in order and apart.
        let touching = |start: usize, end: usize| {
            let first = edits.partition_point(|edit| edit.span.hi() < start);
            let behind = edits.partition_point(|edit| edit.span.lo() <= end);
            &edits[first.min(behind)..behind]
        };
        let mut at = line.start;
        let push = |out: &mut String, range: Range<usize>| {
            out.push_str(&Cells::of(&self.text[range]).shown);
        };
        for (index, window) in windows.iter().enumerate() {
            // An edit that deletes all between two windows leaves nothing to elide.
            let is_gone = is_after
                && index > 0
                && touching(windows[index - 1].end, windows[index - 1].end)
                    .iter()
                    .any(|edit| window.start <= edit.span.hi());
            if window.start > line.start && !is_gone {
                out.push_str(if index == 0 { ELLIPSIS } else { GAP });
            }
            at = at.max(window.start);
            for edit in touching(window.start, window.end) {
                let range = edit.span.lo().max(window.start)..edit.span.hi().min(window.end);
                if range.start > range.end || range.end < at {
                    continue;
                }
                push(out, at..range.start.max(at));
                if is_after {
                    // An edit that reaches over several windows inserts in the first.
                    if range.start == edit.span.lo() {
                        self.paint.push(out, strong, &self.inserted(&edit.insert, *width));
                    }
                } else {
                    self.paint.push(
                        out,
                        strong,
                        &Cells::of(&self.text[range.start.max(at)..range.end]).shown,
                    );
                }
                at = range.end;
            }
            push(out, at..window.end.max(at));
            at = at.max(window.end);
        }
        if windows.last().is_some_and(|window| window.end < line.end) {
            out.push_str(ELLIPSIS);
        }
    }

    /// An inserted text as it is shown in a row of so many columns: its ends, when it is long.
    fn inserted(&self, text: &str, width: usize) -> String {
        let ends = windows(text, 0..text.len(), std::slice::from_ref(&(0..text.len())), width / 2);
        let shown: Vec<String> = ends.into_iter().map(|end| Cells::of(&text[end]).shown).collect();
        shown.join(GAP)
    }
}
