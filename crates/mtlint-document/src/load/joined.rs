//! The text of a paragraph that lies in several places of the file: lines without what begins them,
//! or a cell of a table.

use super::builder::Builder;
use mtlint_text::Span;

/// Pieces of the file, one behind the other, with a line break between two.
#[derive(Clone, Debug, Default)]
pub(super) struct Joined {
    pub text: String,
    /// Where each piece begins in the text, and where it lies in the file.
    pieces: Vec<(usize, Span)>,
}

impl Joined {
    /// Adds the piece under `span` of `original`, if it holds anything.
    pub fn push(&mut self, original: &str, span: Span) {
        self.push_place(span, span.of(original));
    }

    /// Adds a piece that lies at `span` and reads `text`, if it holds anything.
    pub fn push_place(&mut self, span: Span, text: &str) {
        if span.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.pieces.push((self.text.len(), span));
        self.text.push_str(text);
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Cuts the text off at `end`.
    pub fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
    }

    /// The piece that holds the byte at `offset`, or ends right before it.
    fn piece(&self, offset: usize) -> (usize, Span) {
        let index = self.pieces.partition_point(|(start, _)| *start <= offset);
        self.pieces[index.saturating_sub(1)]
    }

    /// Where the bytes from `from` to `to` lie in the file, from the first to the last.
    pub fn place(&self, from: usize, to: usize) -> Span {
        let at = |offset: usize| {
            let (start, span) = self.piece(offset);
            (span.lo() + (offset - start)).min(span.hi())
        };
        let start = at(from);
        let end = if to > from { at(to - 1) + 1 } else { start };
        Span::new(start, end.max(start))
    }

    /// Whether the bytes lie in one piece of the file.
    fn is_one(&self, from: usize, to: usize) -> bool {
        to == from || self.piece(from).0 == self.piece(to - 1).0
    }

    /// Takes the bytes from `from` to `to` over as they are, line breaks as spaces.
    pub fn copy(&self, builder: &mut Builder<'_>, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let end = memchr::memchr(b'\n', &self.text.as_bytes()[at..to]).map_or(to, |found| at + found);
            builder.copy(self.place(at, end));
            if end < to {
                let break_end = self.place(end + 1, end + 1).lo();
                let break_start = self.place(end, end).lo();
                builder.space(Span::new(break_start.min(break_end), break_end));
            }
            at = end + 1;
        }
    }

    /// Takes in `meant` for the bytes from `from` to `to`, which an edit may replace where they lie in one
    /// piece.
    pub fn replace(&self, builder: &mut Builder<'_>, from: usize, to: usize, meant: &str) {
        let place = self.place(from, to);
        builder.replace(if self.is_one(from, to) { place } else { Span::at(place.lo()) }, meant);
    }
}
