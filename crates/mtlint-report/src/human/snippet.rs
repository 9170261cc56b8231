//! Lines of the text with marks under them.

use super::cells::Cells;
use super::window::windows;
use crate::style::{self, Paint};
use anstyle::Style;
use mtlint_text::{LineIndex, Span};
use std::ops::Range;

/// A text, and how much room there is to show it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canvas<'a> {
    pub text: &'a str,
    pub lines: &'a LineIndex,
    /// Columns for the text itself.
    pub width: usize,
    /// Columns for line numbers.
    pub gutter: usize,
    pub paint: Paint,
}

/// A place that is marked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    pub span: Span,
    pub label: &'a str,
    /// Whether it is the finding itself, or explains it.
    pub is_primary: bool,
    pub style: Style,
}

/// The part of a mark that lies in one line.
#[derive(Clone, Debug)]
struct Piece<'a> {
    range: Range<usize>,
    mark: Mark<'a>,
    label: &'a str,
}

/// The windows on a line, and for how many columns they were made.
#[derive(Debug)]
pub(super) struct Fit {
    pub windows: Vec<Range<usize>>,
    pub width: usize,
}

/// The shown parts of a line, and where in it each column is.
struct Line {
    parts: Vec<(Range<usize>, Cells, usize)>,
    shown: String,
    /// How many columns it takes.
    width: usize,
}

pub(super) const ELLIPSIS: &str = "…";
pub(super) const GAP: &str = " … ";

/// A label that has fewer columns than this beside the bars of others gets a whole row.
const NARROWEST_LABEL: usize = 20;

impl Line {
    fn new(text: &str, line: &Range<usize>, windows: Vec<Range<usize>>) -> Self {
        let mut shown = String::new();
        let mut column = 0;
        let mut parts = Vec::with_capacity(windows.len());
        for window in windows {
            let separator = match parts.is_empty() {
                true if window.start == line.start => "",
                true => ELLIPSIS,
                false => GAP,
            };
            shown.push_str(separator);
            column += separator.chars().count();
            let cells = Cells::of(&text[window.clone()]);
            shown.push_str(&cells.shown);
            let start = column;
            column += cells.width();
            parts.push((window, cells, start));
        }
        if parts.last().is_some_and(|(window, ..)| window.end < line.end) {
            shown.push_str(ELLIPSIS);
            column += 1;
        }
        Self { parts, shown, width: column }
    }

    /// The columns under the bytes of `range`, at least one.
    fn columns(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.part(range.start).map_or(0, |(window, cells, base)| {
            base + cells.start(range.start.min(window.end) - window.start).1
        });
        let last = range.end.max(range.start);
        let end = self.part(last.saturating_sub(1).max(range.start)).map_or(0, |(window, cells, base)| {
            base + cells.end(last.clamp(window.start, window.end) - window.start).1
        });
        start..end.max(start + 1)
    }

    fn part(&self, offset: usize) -> Option<&(Range<usize>, Cells, usize)> {
        let after = self.parts.partition_point(|(window, ..)| window.start <= offset);
        self.parts.get(after.saturating_sub(1))
    }
}

impl Canvas<'_> {
    /// Appends the lines under `marks`, the marks below them.
    pub fn snippet(&self, out: &mut String, marks: &[Mark<'_>]) {
        let mut pieces: Vec<(usize, Piece<'_>)> = marks.iter().flat_map(|mark| self.pieces(*mark)).collect();
        pieces.sort_by_key(|(line, piece)| (*line, piece.range.start, piece.range.end));
        let mut last: Option<usize> = None;
        for group in pieces.chunk_by(|a, b| a.0 == b.0) {
            let number = group[0].0;
            if last.is_some_and(|last| last + 1 < number) {
                self.paint.push(out, style::GUTTER, &format!("{:>1$}", "...", self.gutter + 2));
                out.push('\n');
            }
            last = Some(number);
            let pieces: Vec<&Piece<'_>> = group.iter().map(|(_, piece)| piece).collect();
            self.line(out, number, &pieces);
        }
    }

    /// An empty line with only its frame.
    pub fn frame(&self, out: &mut String, text: &str) {
        let frame = format!("{:1$} {text}", "", self.gutter);
        self.paint.push(out, style::GUTTER, frame.trim_end());
    }

    /// The windows on a line that show `marks` in a row that is no wider than there is room. `shown_width` says how
    /// wide a row of such windows is: what is inserted, named or elided changes it. Several marks are refused when hardly anything could be shown around them; what a
    /// refusal holds is as narrow as can be.
    pub fn fit(
        &self,
        line: &Range<usize>,
        marks: &[Range<usize>],
        shown_width: impl Fn(&Fit) -> usize,
    ) -> Result<Fit, Fit> {
        let least = if marks.len() > 1 { self.width * 3 / 4 } else { 1 };
        let mut width = self.width;
        loop {
            let fit = Fit { windows: windows(self.text, line.clone(), marks, width), width };
            let shown = shown_width(&fit);
            if shown <= self.width {
                return Ok(fit);
            }
            if width <= least {
                return Err(fit);
            }
            // By what is too much, but by no less than a twelfth, so that few attempts are made, and by no more than
            // a quarter, for all that is shown shrinks.
            let excess = (shown - self.width).clamp(width.div_ceil(12), width.div_ceil(4));
            width = width.saturating_sub(excess).max(least);
        }
    }

    /// The parts of a mark by line: all of it, or its first and its last line.
    fn pieces<'m>(&self, mark: Mark<'m>) -> Vec<(usize, Piece<'m>)> {
        let span = mark.span;
        let first = self.lines.line_of(span.lo());
        let last = self.lines.line_of(span.hi().max(span.lo() + 1) - 1).max(first);
        let piece = |line: usize, label: &'m str| {
            let line_range = self.lines.line_range(self.text, line);
            let start = span.lo().clamp(line_range.start, line_range.end);
            (line, Piece { range: start..span.hi().clamp(start, line_range.end), mark, label })
        };
        if first == last {
            vec![piece(first, mark.label)]
        } else {
            vec![piece(first, ""), piece(last, mark.label)]
        }
    }

    fn line(&self, out: &mut String, number: usize, pieces: &[&Piece<'_>]) {
        let range = self.lines.line_range(self.text, number);
        let marks: Vec<Range<usize>> = pieces.iter().map(|piece| piece.range.clone()).collect();
        let line = |windows: &[Range<usize>]| Line::new(self.text, &range, windows.to_vec());
        let fit = match self.fit(&range, &marks, |fit| line(&fit.windows).width) {
            Ok(fit) => fit,
            Err(_) if pieces.len() > 1 => {
                let (first, second) = pieces.split_at(pieces.len() / 2);
                self.line(out, number, first);
                self.line(out, number, second);
                return;
            }
            Err(least) => least,
        };
        let line = line(&fit.windows);
        self.paint.push(out, style::GUTTER, &format!("{:>1$} |", number + 1, self.gutter));
        if !line.shown.is_empty() {
            out.push(' ');
            out.push_str(&line.shown);
        }
        out.push('\n');

        let placed: Vec<(Range<usize>, &Piece<'_>)> =
            pieces.iter().map(|piece| (line.columns(&piece.range), *piece)).collect();
        let mut row = Row::default();
        for primary in [false, true] {
            for (columns, piece) in placed.iter().filter(|(_, piece)| piece.mark.is_primary == primary) {
                row.fill(columns.clone(), if primary { '^' } else { '-' }, piece.mark.style);
            }
        }
        let mut labels: Vec<(usize, usize, &Piece<'_>)> = placed
            .iter()
            .filter(|(_, piece)| !piece.label.is_empty())
            .map(|(columns, piece)| (columns.start, columns.end, *piece))
            .collect();
        labels.sort_by_key(|(start, ..)| *start);
        // The last label stands beside the marks when nothing follows it.
        if let Some((_, end, piece)) = labels.last()
            && *end == row.cells.len()
            && end + 1 + Cells::of(piece.label).width() <= self.width
        {
            row.write(end + 1, piece.label, piece.mark.style);
            labels.pop();
        }
        self.row(out, &row);
        if !labels.is_empty() {
            self.row(out, &bars(&labels));
        }
        while let Some((start, _, piece)) = labels.pop() {
            // As far to the left as it must, but not over the bars of the labels that follow.
            let width = Cells::of(piece.label).width();
            let bars_end = labels.last().map_or(0, |(start, ..)| start + 2);
            let start = start.min(self.width.saturating_sub(width)).max(bars_end);
            let is_narrow = start + width > self.width && self.width < start + NARROWEST_LABEL;
            let start = if is_narrow { 0 } else { start };
            for line in crate::wrap(&Cells::of(piece.label).shown, self.width - start) {
                let mut row = if is_narrow { Row::default() } else { bars(&labels) };
                row.write(start, &line, piece.mark.style);
                self.row(out, &row);
            }
        }
    }

    fn row(&self, out: &mut String, row: &Row) {
        self.frame(out, "|");
        out.push(' ');
        for run in row.cells.chunk_by(|a, b| a.1 == b.1) {
            let text: String = run.iter().map(|(char, _)| *char).collect();
            self.paint.push(out, run[0].1, &text);
        }
        out.push('\n');
    }
}

/// A row of marks.
#[derive(Default)]
struct Row {
    cells: Vec<(char, Style)>,
}

impl Row {
    fn fill(&mut self, columns: Range<usize>, char: char, style: Style) {
        if self.cells.len() < columns.end {
            self.cells.resize(columns.end, (' ', Style::new()));
        }
        self.cells[columns].fill((char, style));
    }

    fn write(&mut self, column: usize, text: &str, style: Style) {
        if self.cells.len() < column {
            self.cells.resize(column, (' ', Style::new()));
        }
        self.cells.truncate(column);
        self.cells.extend(Cells::of(text).shown.chars().map(|char| (char, style)));
    }
}

/// A row of bars that lead from marks down to their labels.
fn bars(labels: &[(usize, usize, &Piece<'_>)]) -> Row {
    let mut row = Row::default();
    for (start, _, piece) in labels {
        row.fill(*start..start + 1, '|', piece.mark.style);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, part: &str, label: &'static str, is_primary: bool) -> Mark<'static> {
        let start = text.find(part).unwrap();
        Mark { span: Span::new(start, start + part.len()), label, is_primary, style: Style::new() }
    }

    fn drawn(text: &str, marks: &[Mark<'_>], width: usize) -> String {
        let lines = LineIndex::new(text);
        let paint = Paint { color: false };
        let mut out = String::from("\n");
        Canvas { text, lines: &lines, width, gutter: 1, paint }.snippet(&mut out, marks);
        out
    }

    #[test]
    fn labels_hang_below_their_marks() {
        let text = "“Come in,” he said. And left.”";
        let marks = [
            mark(text, "“", "the quotation opens here", false),
            mark(text, "said", "", true),
            mark(text, "left", "and goes on here", false),
        ];
        assert_eq!(
            drawn(text, &marks, 60),
            "
1 | “Come in,” he said. And left.”
  | -             ^^^^      ---- and goes on here
  | |
  | the quotation opens here
"
        );
        assert_eq!(
            drawn(text, &[marks[0], marks[2], mark(text, "”", "", true)], 30),
            "
1 | “Come in,” he said. And left.”
  | -        ^              ----
  | |                       |
  | |             and goes on here
  | the quotation opens here
"
        );
    }

    #[test]
    fn lines_apart_are_shown_apart() {
        let text = "one\ntwo\nthree\nfour";
        let marks = [
            mark(text, "one", "first", false),
            mark(text, "three", "", true),
            mark(text, "four", "last", false),
        ];
        assert_eq!(
            drawn(text, &marks, 60),
            "
1 | one
  | --- first
...
3 | three
  | ^^^^^
4 | four
  | ---- last
"
        );
    }

    #[test]
    fn an_empty_mark_is_seen() {
        let text = "one";
        let mark = Mark { span: Span::at(3), label: "here", is_primary: true, style: Style::new() };
        assert_eq!(drawn(text, &[mark], 60), "\n1 | one\n  |    ^ here\n");
        assert_eq!(drawn("", &[Mark { span: Span::at(0), ..mark }], 60), "\n1 |\n  | ^ here\n");
    }
}
