//! Where in a file the text lies that an article was translated from. May use `text` and its parents.

use super::super::OriginMap;
use mtlint_text::{LineIndex, Position, Span};
use std::sync::{Arc, OnceLock};

/// Where a source text lies.
#[derive(Clone, Debug)]
pub struct SourcePlace {
    /// The file as the user knows it; `None` for that of the translation.
    pub file: Option<Arc<str>>,
    /// Where in the file the text begins as the file writes it.
    start: Position,
    /// From the text to what the file writes; `None` where it is the same.
    origin: Option<OriginMap>,
    /// Of what the file writes; made when the first place is asked for.
    lines: OnceLock<LineIndex>,
}

impl SourcePlace {
    /// The place of a text that begins at `start`.
    pub(super) fn new(file: Option<Arc<str>>, start: Position, origin: Option<OriginMap>) -> Self {
        Self { file, start, origin, lines: OnceLock::new() }
    }

    /// Where a span of `text`, the source, begins and ends in the file.
    pub fn positions(&self, text: &str, span: Span) -> (Position, Position) {
        let (written, span) = match &self.origin {
            Some(origin) => (origin.original(), origin.span(span)),
            None => (text, span),
        };
        let lines = self.lines.get_or_init(|| LineIndex::new(written));
        let place = |offset: usize| {
            let local = lines.position(written, offset.min(written.len()));
            match local.line {
                1 => Position {
                    line: self.start.line,
                    column: self.start.column + local.column - 1,
                    utf16: self.start.utf16 + local.utf16,
                    utf8: self.start.utf8 + local.utf8,
                },
                _ => Position { line: self.start.line + local.line - 1, ..local },
            }
        };
        (place(span.lo()), place(span.hi()))
    }
}

/// The beginning of a file.
pub(super) const START: Position = Position { line: 1, column: 1, utf16: 0, utf8: 0 };
