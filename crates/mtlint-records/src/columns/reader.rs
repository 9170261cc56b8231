//! Reading Parquet batch by batch.
//!
//! Pages are read as they are needed, so memory does not grow with the file or its row groups. Where a batch cannot be
//! read, it is halved until what is broken stands alone: a row, or a run of rows that share a page. How often that is done
//! has a bound.

use super::{Columns, find};
use crate::batch::{Batch, MOST_BYTES, MOST_ROWS, Reader, Rows, fatal};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use mtlint_document::files;
use mtlint_document::load::{Fields, LoadError, explain};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::KeyValue;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// What every file begins and ends with.
const MAGIC: &[u8; 4] = b"PAR1";

/// How often a part of a file is read anew to find what in it is broken.
const MOST_TRIES: usize = 2000;

/// A file in Parquet, of which the end is read: what it holds, and where.
#[derive(Debug)]
pub(crate) struct Parquet {
    path: PathBuf,
    name: String,
    metadata: ArrowReaderMetadata,
}

impl Parquet {
    pub fn open(path: &Path, name: &str, fields: &Fields) -> Result<Self, LoadError> {
        let fail = |message: &str| LoadError::new(name, message);
        let file = files::open(path).map_err(|error| fail(&explain(&error)))?;
        // The library looks at the end alone; without its beginning a file is shifted, and none of its pages is where the
        // end says.
        let mut head = [0; MAGIC.len()];
        let metadata = match (&file).read_exact(&mut head) {
            Ok(()) if head == *MAGIC => {
                guarded(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()))
            }
            Ok(()) => Err("it does not begin as Parquet does".to_owned()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err("it is too short".to_owned()),
            Err(error) => return Err(fail(&explain(&error))),
        };
        let metadata = metadata.map_err(|told| fail(&format!("is no Parquet, or is damaged: {told}")))?;
        let parquet = Self { path: path.to_path_buf(), name: name.to_owned(), metadata };
        let columns = parquet.schema();
        // An `id` is taken where there is one.
        let is_missing = |field: &str| field == "id" && columns.fields().find("id").is_none();
        for field in fields.names().filter(|field| !is_missing(field)) {
            let is_id = fields.id.as_deref() == Some(field) && field != fields.text;
            find(columns.fields(), field, is_id).map_err(|told| fail(&told))?;
        }
        Ok(parquet)
    }

    /// The columns as Arrow has them, with what the file says of itself.
    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    /// What the file says of itself beside its columns, for pandas for instance.
    pub fn notes(&self) -> Vec<KeyValue> {
        let notes = self.metadata.metadata().file_metadata().key_value_metadata();
        notes.into_iter().flatten().filter(|note| note.key != "ARROW:schema").cloned().collect()
    }

    pub fn columns(&self) -> Vec<String> {
        self.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    pub fn len(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Reads the columns that are to be kept, all if none is named, and the fields.
    pub fn reader(&self, keep: &[String], fields: &Fields) -> Result<ColumnsReader, LoadError> {
        let schema = self.metadata.parquet_schema();
        let mask = match keep {
            [] => ProjectionMask::all(),
            keep => {
                // A stop may be a part of a name, or stand between two.
                let names: Vec<&str> = keep.iter().map(String::as_str).chain(fields.names()).collect();
                let is_read = |leaf: &usize| {
                    let path = schema.column(*leaf).path().string();
                    let lies_in = |name: &&str| {
                        path.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                    };
                    names.iter().any(lies_in)
                };
                ProjectionMask::leaves(schema, (0..schema.num_columns()).filter(is_read))
            }
        };
        let rows = self.len().max(1);
        let groups = self.metadata.metadata().row_groups();
        let bytes: u64 = groups.iter().map(|group| u64::try_from(group.total_byte_size()).unwrap_or(0)).sum();
        let fitting = (MOST_BYTES as u64).checked_div(bytes / rows).unwrap_or(u64::MAX);
        let batch = usize::try_from(fitting).unwrap_or(MOST_ROWS).clamp(1, MOST_ROWS);
        let mut reader = ColumnsReader {
            path: self.path.clone(),
            name: self.name.clone(),
            metadata: self.metadata.clone(),
            mask,
            fields: fields.clone(),
            size: batch,
            all: self.len(),
            next: 0,
            open: None,
            broken: Vec::new(),
            tries: 0,
        };
        reader.open = Some(reader.from(0..reader.all, batch).map_err(|told| reader.fail(&told))?);
        Ok(reader)
    }
}

/// Reads batches of rows.
pub(crate) struct ColumnsReader {
    path: PathBuf,
    name: String,
    metadata: ArrowReaderMetadata,
    mask: ProjectionMask,
    fields: Fields,
    /// How many rows are read at once.
    size: usize,
    /// How many there are.
    all: u64,
    /// The first that is not read yet, 0-based.
    next: u64,
    /// `None` behind what is broken.
    open: Option<ParquetRecordBatchReader>,
    /// What is broken somewhere and still to be read, the last first.
    broken: Vec<Range<u64>>,
    /// How often a part was read anew.
    tries: usize,
}

impl Reader for ColumnsReader {
    /// Rows that cannot be read are lost.
    fn next(&mut self) -> Result<Option<Batch>, LoadError> {
        let mut lost = Vec::new();
        loop {
            if let Some(rows) = self.broken.pop() {
                match self.try_again(&rows) {
                    Ok(batch) => return Ok(Some(self.batch(batch, rows.start, lost))),
                    Err(told) if self.is_broken_throughout(&rows) => lost.extend(self.lost(&rows, &told)),
                    Err(_) => {
                        let middle = rows.start + (rows.end - rows.start) / 2;
                        self.broken.extend([middle..rows.end, rows.start..middle]);
                    }
                }
                continue;
            }
            if self.next >= self.all {
                let empty = RecordBatch::new_empty(self.metadata.schema().clone());
                return Ok((!lost.is_empty()).then(|| self.batch(empty, self.all, lost)));
            }
            let rows = self.next..(self.next + self.size as u64).min(self.all);
            let mut open = match self.open.take() {
                Some(open) => open,
                None => self.from(self.next..self.all, self.size).map_err(|told| self.fail(&told))?,
            };
            match guarded(|| open.next().transpose()) {
                Ok(Some(batch)) if batch.num_rows() > 0 => {
                    self.open = Some(open);
                    self.next += batch.num_rows() as u64;
                    return Ok(Some(self.batch(batch, rows.start, lost)));
                }
                Ok(_) => {
                    let (has, said) = (self.next, self.all);
                    return Err(self.fail(&format!("ends after {has} rows, and says that it has {said}")));
                }
                Err(told) if self.tries >= MOST_TRIES => {
                    return Err(self.fail(&format!("is damaged in too many places: {told}")));
                }
                Err(_) => {
                    self.next = rows.end;
                    self.broken.push(rows);
                }
            }
        }
    }
}

impl ColumnsReader {
    /// Rows that begin with the one at `first`, 0-based.
    fn batch(&self, rows: RecordBatch, first: u64, lost: Vec<LoadError>) -> Batch {
        Batch { rows: Rows::Columns(Columns::new(rows, first + 1, &self.fields)), lost }
    }

    /// Reads some rows by themselves.
    fn try_again(&mut self, rows: &Range<u64>) -> Result<RecordBatch, String> {
        self.tries += 1;
        let length = usize::try_from(rows.end - rows.start).map_err(|error| error.to_string())?;
        let mut reader = self.from(rows.clone(), length)?;
        match guarded(|| reader.next().transpose())? {
            Some(batch) if batch.num_rows() == length => Ok(batch),
            _ => Err("there are fewer rows than the file says".to_owned()),
        }
    }

    /// Whether none of some rows that cannot be read together can be read alone: where the first, the middle and the last
    /// cannot, it is their page that is broken.
    fn is_broken_throughout(&mut self, rows: &Range<u64>) -> bool {
        let length = rows.end - rows.start;
        if length == 1 || self.tries >= MOST_TRIES {
            return true;
        }
        // Of two rows, each is tried anyway.
        length > 3
            && [rows.start, rows.start + length / 2, rows.end - 1]
                .iter()
                .all(|row| self.try_again(&(*row..row + 1)).is_err())
    }

    /// Begins to read some rows.
    fn from(&self, rows: Range<u64>, batch: usize) -> Result<ParquetRecordBatchReader, String> {
        let file: File = files::open(&self.path).map_err(|error| explain(&error))?;
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        guarded(|| {
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_projection(self.mask.clone())
                .with_batch_size(batch)
                .with_offset(count(rows.start))
                .with_limit(count(rows.end - rows.start))
                .build()
        })
    }

    fn fail(&self, message: &str) -> LoadError {
        LoadError::new(&self.name, message)
    }

    fn lost(&self, rows: &Range<u64>, told: &str) -> impl Iterator<Item = LoadError> {
        let message = format!("is no record: it cannot be read: {told}");
        let name = self.name.clone();
        rows.clone().map(move |row| fatal(&name, Some(u32::try_from(row + 1).unwrap_or(u32::MAX)), &message))
    }
}

/// What the library makes of a file, which may be anything: a panic is an error, too.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| error.to_string()),
        Err(_) => Err("its parts contradict each other".to_owned()),
    }
}
