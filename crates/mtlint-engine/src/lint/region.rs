//! Where in a file a finding lies, for programs that open the file.

use super::{Checked, Located};
use mtlint_document::load::Record;
use mtlint_text::{Position, Span};
use std::borrow::Cow;

/// A part of a file.
///
/// The text of a record is not the text of its line: JSON writes quotation marks and line breaks in
/// its own way. So a place in a record is its line, and the message says where in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// 1-based.
    pub line: u32,
    /// 1-based, the last one.
    pub end_line: u32,
    /// Where in these lines it begins and ends, the end exclusive; `None` in a record.
    pub columns: Option<(Position, Position)>,
}

impl Checked<'_> {
    /// Where a span lies in the file.
    pub fn region(&self, span: Span) -> Region {
        if let Some(Record { line, start: None, .. }) = self.record {
            return Region { line: *line, end_line: *line, columns: None };
        }
        let place = |offset| self.position(offset);
        let (start, end) = (place(span.lo()), place(span.hi()));
        Region { line: start.line, end_line: end.line, columns: Some((start, end)) }
    }

    /// Where a span of the source text lies, and in which file; that of a record, which has no place of its
    /// own, is its line. `None` where there is no source, or none knows where it lies.
    pub fn source_region(&self, span: Span) -> Option<(&str, Region)> {
        let source = self.document.source()?;
        match (self.source_place, self.record) {
            (Some(place), _) => {
                let (start, end) = place.positions(source.text(), span);
                let region = Region { line: start.line, end_line: end.line, columns: Some((start, end)) };
                Some((place.file.as_deref().unwrap_or(self.path), region))
            }
            (None, Some(Record { line, start: None, .. })) => {
                Some((self.path, Region { line: *line, end_line: *line, columns: None }))
            }
            _ => None,
        }
    }

    /// What is wrong, for programs that show it beside [`Checked::region`].
    pub fn message<'m>(&self, located: &'m Located<'_>) -> Cow<'m, str> {
        let message = &located.finding.message;
        match self.record {
            None => Cow::Borrowed(message),
            Some(Record { id, start: Some(_), .. }) => Cow::Owned(format!("{id}: {message}")),
            Some(Record { id, kind, .. }) => {
                let start = self.document.lines().position(self.text(), located.span.lo());
                Cow::Owned(format!("{} {id} at {}:{}: {message}", kind.name(), start.line, start.column))
            }
        }
    }

    /// The path with what tells apart the records of a file: `a.jsonl#17`.
    pub fn name(&self) -> String {
        match self.record {
            None => self.path.to_owned(),
            Some(Record { id, .. }) => format!("{}#{id}", self.path),
        }
    }
}
