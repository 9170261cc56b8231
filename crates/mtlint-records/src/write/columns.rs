//! Records as rows of Parquet.

use super::{Layout, lines};
use crate::batch::{Records, Rows};
use crate::columns;
use crate::judgement::NAMES;
use crate::{Batch, Corpus, Judgement, Kind};
use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_json::reader::{ReaderBuilder, infer_json_schema_from_iterator};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;

/// How much of a row group is kept in memory before it is written, in bytes.
const ROW_GROUP: usize = 32 << 20;

/// Writes rows, zstd within.
pub(super) struct ColumnsWriter {
    writer: ArrowWriter<BufWriter<File>>,
    /// Of the records, without what is said of them.
    schema: SchemaRef,
    /// With what is said of them.
    whole: SchemaRef,
}

impl ColumnsWriter {
    pub fn new(file: File, corpora: &[Corpus], layout: &Layout) -> io::Result<Self> {
        let schema = schema(corpora, layout)?;
        let mut fields = schema.fields().to_vec();
        if layout.is_judged {
            fields.extend(judged().into_iter().map(Arc::new));
        }
        let whole = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
        // They speak of all columns.
        let notes = match corpora {
            [corpus] if layout.keep.is_empty() => corpus.parquet().map(|parquet| parquet.notes()),
            _ => None,
        };
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(notes.filter(|notes| !notes.is_empty()))
            .build();
        let file = BufWriter::with_capacity(1 << 17, file);
        let writer = ArrowWriter::try_new(file, whole.clone(), Some(properties)).map_err(io::Error::other)?;
        Ok(Self { writer, schema, whole })
    }

    pub fn write(&mut self, batch: &Batch, rows: &[(usize, &Judgement)], layout: &Layout) -> io::Result<()> {
        let mut raw: Vec<Option<String>> = vec![None; rows.len()];
        let written = match &batch.rows {
            Rows::Columns(read) => {
                let taken = if rows.len() == batch.len() {
                    read.batch().clone()
                } else {
                    let indices: Vec<usize> = rows.iter().map(|(row, _)| *row).collect();
                    read.taken(&indices).ok_or_else(|| io::Error::other("rows cannot be taken apart"))?
                };
                let column = |field: &Arc<Field>| {
                    columns::column(&taken, field.name())
                        .ok_or_else(|| io::Error::other(format!("a file has no column `{}`", field.name())))
                };
                let arrays: Vec<ArrayRef> =
                    self.schema.fields().iter().map(column).collect::<io::Result<_>>()?;
                of_arrays(&self.schema, arrays, rows.len()).map_err(mismatch)?
            }
            _ => {
                let mut json = Vec::new();
                for (at, fields) in lines::objects(batch, rows, layout).into_iter().enumerate() {
                    let fields = fields.unwrap_or_else(|record| {
                        raw[at] = Some(String::from_utf8_lossy(&record).into_owned());
                        Vec::new()
                    });
                    json.extend_from_slice(&lines::object(&fields));
                }
                self.decoded(&json, rows.len())?
            }
        };
        let judgements: Vec<&Judgement> = rows.iter().map(|(_, judgement)| *judgement).collect();
        self.put(written, &judgements, raw)
    }

    pub fn write_lost(&mut self, judgement: &Judgement) -> io::Result<()> {
        let written = match self.schema.fields().iter().all(|field| field.is_nullable()) {
            true => self.decoded(b"{}\n", 1)?,
            // No row can stand for it.
            false => return Ok(()),
        };
        self.put(written, &[judgement], vec![None])
    }

    /// Rows of lines of JSON.
    fn decoded(&self, json: &[u8], count: usize) -> io::Result<RecordBatch> {
        if self.schema.fields().is_empty() {
            return of_arrays(&self.schema, Vec::new(), count).map_err(mismatch);
        }
        let mut decoder = ReaderBuilder::new(self.schema.clone())
            .with_batch_size(count)
            .build_decoder()
            .map_err(mismatch)?;
        decoder.decode(json).map_err(mismatch)?;
        decoder.flush().map_err(mismatch)?.ok_or_else(|| io::Error::other("a record is empty"))
    }

    fn put(
        &mut self,
        rows: RecordBatch,
        judgements: &[&Judgement],
        raw: Vec<Option<String>>,
    ) -> io::Result<()> {
        let count = rows.num_rows();
        let mut arrays = rows.columns().to_vec();
        if self.whole.fields().len() > self.schema.fields().len() {
            arrays.extend(said(judgements, raw));
        }
        let rows = of_arrays(&self.whole, arrays, count).map_err(mismatch)?;
        self.writer.write(&rows).map_err(io::Error::other)?;
        if self.writer.in_progress_size() > ROW_GROUP {
            self.writer.flush().map_err(io::Error::other)?;
        }
        Ok(())
    }

    pub fn finish(self) -> io::Result<()> {
        use std::io::Write;
        self.writer.into_inner().map_err(io::Error::other)?.flush()
    }
}

fn of_arrays(schema: &SchemaRef, arrays: Vec<ArrayRef>, count: usize) -> Result<RecordBatch, ArrowError> {
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(count));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
}

fn mismatch(error: ArrowError) -> io::Error {
    io::Error::other(format!("the records do not fit into one table: {error}; write JSON Lines instead"))
}

/// The columns that hold what is said of a record.
fn judged() -> [Field; 5] {
    let [reasons, penalty, words, message, record] = NAMES;
    let field = |name: &str, kind: DataType| Field::new(name, kind, true);
    [
        field(reasons, DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)))),
        field(penalty, DataType::Float64),
        field(words, DataType::UInt64),
        field(message, DataType::Utf8),
        field(record, DataType::Utf8),
    ]
}

fn said(judgements: &[&Judgement], raw: Vec<Option<String>>) -> [ArrayRef; 5] {
    let mut reasons = ListBuilder::new(StringBuilder::new());
    for judgement in judgements {
        judgement.reasons.iter().for_each(|reason| reasons.values().append_value(reason));
        reasons.append(true);
    }
    [
        Arc::new(reasons.finish()),
        Arc::new(judgements.iter().map(|judgement| judgement.penalty).collect::<Float64Array>()),
        Arc::new(judgements.iter().map(|judgement| judgement.words).collect::<UInt64Array>()),
        Arc::new(judgements.iter().map(|judgement| judgement.message.as_deref()).collect::<StringArray>()),
        Arc::new(raw.into_iter().collect::<StringArray>()),
    ]
}

/// The columns of all files together, as far as they are kept.
fn schema(corpora: &[Corpus], layout: &Layout) -> io::Result<SchemaRef> {
    let mut all: Option<(SchemaRef, &str)> = None;
    let mut records = Vec::new();
    for corpus in corpora {
        let own = match (corpus.parquet(), corpus.shape().kind) {
            (Some(parquet), _) => parquet.schema().clone(),
            (None, Kind::JsonLines) => {
                records.push(corpus);
                continue;
            }
            _ => {
                let field = |name: &String| Field::new(name, DataType::Utf8, true);
                let columns = corpus.columns().unwrap_or_default();
                Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
            }
        };
        let own = kept(&own, layout);
        match &all {
            None => all = Some((own, corpus.name())),
            Some((known, first)) if known.fields() != own.fields() => {
                return Err(io::Error::other(format!(
                    "{} has other columns than {first}; name those to write with --keep, or write JSON Lines",
                    corpus.name()
                )));
            }
            Some(_) => {}
        }
    }
    match all {
        // Whether the records of JSON Lines fit, writing them tells.
        Some((schema, _)) => Ok(schema),
        None => Ok(kept(&Arc::new(inferred(&records)?), layout)),
    }
}

/// Those of some columns that are kept.
fn kept(schema: &SchemaRef, layout: &Layout) -> SchemaRef {
    let is_free = |name: &str| !(layout.is_judged && NAMES.contains(&name));
    let all = schema.fields();
    let fields: Vec<Field> = match layout.keep.as_slice() {
        [] => {
            let free = all.iter().filter(|field| is_free(field.name()));
            free.map(|field| field.as_ref().clone()).collect()
        }
        names => {
            let free = names.iter().filter(|name| is_free(name));
            free.filter_map(|name| columns::field(all, name)).collect()
        }
    };
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}

/// The columns that the records of JSON Lines fit into: all are read for it.
fn inferred(corpora: &[&Corpus]) -> io::Result<Schema> {
    let mut failed = None;
    let records = corpora.iter().flat_map(|corpus| {
        let batches = corpus.batches(&[]).map(|batches| batches.flatten()).map_err(|error| {
            failed.get_or_insert(error);
        });
        batches.into_iter().flatten().flat_map(|batch| match batch.rows {
            Rows::Lines(lines) => {
                (0..lines.len()).filter_map(|row| serde_json::from_slice(lines.line(row)).ok()).collect()
            }
            _ => Vec::new(),
        })
    });
    let objects = records.filter(serde_json::Value::is_object).map(Ok::<_, ArrowError>);
    let schema = infer_json_schema_from_iterator(objects).map_err(mismatch)?;
    match failed {
        Some(error) => Err(io::Error::other(error.to_string())),
        None => Ok(schema),
    }
}
