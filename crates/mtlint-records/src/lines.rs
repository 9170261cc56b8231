//! Records of JSON Lines.

use super::batch::{Batch, MOST_BYTES, MOST_RECORD, MOST_ROWS, Reader, Records, Rows, TOO_LONG, fatal};
use super::stream::cannot;
use mtlint_document::load::{Article, Fields, JsonRow, LoadError, Settled, json_record};
use std::io::{self, BufRead, Read};
use std::ops::Range;

/// Lines of a file, one after the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    bytes: Vec<u8>,
    rows: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    /// 1-based.
    number: u32,
    /// Where it begins in the file, compression undone.
    offset: u64,
    span: Range<usize>,
}

impl Lines {
    /// The line of a row as the file has it, without its end.
    pub fn line(&self, row: usize) -> &[u8] {
        self.bytes[self.rows[row].span.clone()].trim_ascii_end()
    }

    /// The fields of a row; `None` of what is no record.
    pub fn fields(&self, row: usize) -> Option<JsonRow<'_>> {
        JsonRow::read(str::from_utf8(self.line(row)).ok()?).ok()
    }
}

impl Records for Lines {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn article(
        &self,
        row: usize,
        file: &str,
        fields: &Fields,
        survey: &Settled,
    ) -> Result<Article, LoadError> {
        let Line { number, offset, .. } = self.rows[row];
        json_record(file, number, offset, self.line(row), fields, survey)
            .unwrap_or_else(|| Err(fatal(file, Some(number), "is no record: the line is empty")))
    }
}

/// Reads batches of lines; empty ones are passed over.
pub(crate) struct LinesReader {
    reader: Box<dyn BufRead + Send>,
    file: String,
    number: u32,
    offset: u64,
}

impl LinesReader {
    /// Of what is behind the byte order mark.
    pub fn new(mut reader: Box<dyn BufRead + Send>, file: &str) -> Result<Self, LoadError> {
        let head = reader.fill_buf().map_err(|error| fatal(file, None, &cannot(&error)))?;
        let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        reader.consume(mark);
        Ok(Self { reader, file: file.to_owned(), number: 0, offset: mark as u64 })
    }
}

impl Reader for LinesReader {
    /// Lines that are too long to be read are lost.
    fn next(&mut self) -> Result<Option<Batch>, LoadError> {
        let mut lines = Lines::default();
        let mut lost = Vec::new();
        while lines.rows.len() < MOST_ROWS && lines.bytes.len() < MOST_BYTES {
            let start = lines.bytes.len();
            self.number = self.number.saturating_add(1);
            let mut length = (&mut self.reader)
                .take(MOST_RECORD + 1)
                .read_until(b'\n', &mut lines.bytes)
                .map_err(|error| fatal(&self.file, Some(self.number), &cannot(&error)))?
                as u64;
            if length == 0 {
                let is_end = lines.rows.is_empty() && lost.is_empty();
                return Ok((!is_end).then_some(Batch { rows: Rows::Lines(lines), lost }));
            }
            if length > MOST_RECORD {
                lines.bytes.truncate(start);
                lost.push(fatal(&self.file, Some(self.number), TOO_LONG));
                length += skip_line(&mut self.reader)
                    .map_err(|error| fatal(&self.file, Some(self.number), &cannot(&error)))?;
            } else if lines.bytes[start..].trim_ascii().is_empty() {
                lines.bytes.truncate(start);
            } else {
                let span = start..lines.bytes.len();
                lines.rows.push(Line { number: self.number, offset: self.offset, span });
            }
            self.offset += length;
        }
        Ok(Some(Batch { rows: Rows::Lines(lines), lost }))
    }
}

/// Reads to the end of the line and keeps nothing; returns how many bytes that were.
fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |at| at + 1);
        let is_done = end.is_some() || buffer.is_empty();
        reader.consume(length);
        skipped += length as u64;
        if is_done {
            return Ok(skipped);
        }
    }
}
