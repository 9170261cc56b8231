//! Records of CSV and TSV: the first row names the columns.

use super::batch::{Batch, MOST_BYTES, MOST_RECORD, MOST_ROWS, Reader, Records, Rows, TOO_LONG, fatal};
use super::stream::cannot;
use csv::{ByteRecord, ReaderBuilder};
use mtlint_document::load::{Article, Fields, LoadError, Settled, Values};
use mtlint_text::toml_file::unknown;
use mtlint_text::visible;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows of a table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Arc<Vec<String>>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    /// Of the record, 1-based, the row of names not counted.
    number: u32,
    /// In which it begins, 1-based.
    line: u32,
    fields: ByteRecord,
}

impl Table {
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The fields of a row, as they are read.
    pub fn fields(&self, row: usize) -> &ByteRecord {
        &self.rows[row].fields
    }
}

impl Records for Table {
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
        let Row { number, line, fields: values } = &self.rows[row];
        let fail = |message: String| fatal(file, Some(*line), &format!("is no record: {message}"));
        if values.len() != self.columns.len() {
            let (has, named) = (values.len(), self.columns.len());
            return Err(fail(format!("{has} columns where the first row has {named}")));
        }
        let value = |name: &str| {
            let Some(at) = self.columns.iter().position(|column| column == name) else { return Ok(None) };
            let value = str::from_utf8(&values[at])
                .map_err(|_| fail(format!("`{}` is not UTF-8; save the file as UTF-8", visible(name))))?;
            Ok(Some(value.to_owned()).filter(|value| !value.is_empty()))
        };
        let optional = |name: &Option<String>| name.as_deref().map_or(Ok(None), value);
        let values = Values {
            text: value(&fields.text)?.unwrap_or_default(),
            id: optional(&fields.id)?,
            language: optional(&fields.language)?,
            source: optional(&fields.source)?,
            source_language: optional(&fields.source_language)?,
            format: optional(&fields.format)?,
        };
        values.article(*number, *line, fields, survey).map_err(fail)
    }
}

/// Reads batches of rows.
pub(crate) struct TableReader {
    reader: csv::Reader<Limited>,
    /// How many bytes the record in work may still take.
    allowed: Arc<AtomicU64>,
    columns: Arc<Vec<String>>,
    file: String,
    number: u32,
}

impl TableReader {
    pub fn new(reader: Box<dyn BufRead + Send>, file: &str, is_tsv: bool) -> Result<Self, LoadError> {
        let allowed = Arc::new(AtomicU64::new(MOST_RECORD));
        let mut reader = ReaderBuilder::new()
            .delimiter(if is_tsv { b'\t' } else { b',' })
            .quoting(!is_tsv)
            .flexible(true)
            .from_reader(Limited { reader, allowed: allowed.clone() });
        let names = reader.byte_headers().map_err(|error| fatal(file, Some(1), &told(&error)))?;
        let names: Result<Vec<String>, _> =
            names.iter().map(|name| str::from_utf8(name).map(str::to_owned)).collect();
        let Ok(columns) = names else {
            return Err(fatal(
                file,
                Some(1),
                "the names of the columns are not UTF-8; save the file as UTF-8",
            ));
        };
        Ok(Self { reader, allowed, columns: Arc::new(columns), file: file.to_owned(), number: 0 })
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl Reader for TableReader {
    fn next(&mut self) -> Result<Option<Batch>, LoadError> {
        let mut rows = Vec::new();
        let mut bytes = 0;
        while rows.len() < MOST_ROWS && bytes < MOST_BYTES {
            let line = u32::try_from(self.reader.position().line()).unwrap_or(u32::MAX);
            self.allowed.store(MOST_RECORD, Ordering::Relaxed);
            let mut fields = ByteRecord::new();
            let is_read = self.reader.read_byte_record(&mut fields);
            if !is_read.map_err(|error| fatal(&self.file, Some(line), &told(&error)))? {
                break;
            }
            bytes += fields.as_slice().len();
            self.number = self.number.saturating_add(1);
            // Empty lines before it do not count.
            let line = fields.position().map_or(line, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
            rows.push(Row { number: self.number, line, fields });
        }
        Ok((!rows.is_empty()).then(|| Batch {
            rows: Rows::Table(Table { columns: self.columns.clone(), rows }),
            lost: Vec::new(),
        }))
    }
}

/// Holds that the columns that are read are there. An `id` may be missing.
pub(crate) fn require(columns: &[String], file: &str, fields: &Fields) -> Result<(), LoadError> {
    let known = || columns.iter().map(String::as_str);
    match fields.names().find(|name| *name != "id" && !known().any(|column| column == *name)) {
        None => Ok(()),
        Some(missing) => {
            let told = unknown("column", &visible(missing), known());
            Err(fatal(file, None, &format!("{told}; `--text-field` names the one that holds the texts")))
        }
    }
}

fn told(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => cannot(error),
        _ => error.to_string(),
    }
}

/// Ends the reading of a record that goes on for too long, as one does whose quotation mark is not closed.
struct Limited {
    reader: Box<dyn BufRead + Send>,
    allowed: Arc<AtomicU64>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowed = self.allowed.load(Ordering::Relaxed);
        if allowed == 0 {
            return Err(io::Error::other(format!("a record {TOO_LONG}; is a quotation mark not closed?")));
        }
        let length = self.reader.read(buffer)?;
        self.allowed.store(allowed.saturating_sub(length as u64), Ordering::Relaxed);
        Ok(length)
    }
}
