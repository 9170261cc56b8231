//! Records of Parquet, as Arrow has them in memory.

mod reader;
mod strings;

pub(crate) use reader::Parquet;
pub(crate) use strings::{column, field, find, names};

use super::batch::{Records, fatal};
use arrow_array::{RecordBatch, RecordBatchOptions, UInt64Array};
use arrow_json::writer::{LineDelimited, WriterBuilder};
use arrow_schema::{Field, Schema};
use mtlint_document::load::{Article, Fields, JsonRow, LoadError, Settled, Values};
use std::sync::Arc;
use strings::Strings;

/// The fields of a row, each with its value in JSON.
pub type Object = Vec<(String, String)>;

/// Rows of a file.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    batch: RecordBatch,
    /// The number of the first row, 1-based.
    first: u64,
    /// What of them is read.
    strings: Arc<Read>,
}

/// The fields of the rows that are read.
#[derive(Debug)]
struct Read {
    text: Option<Strings>,
    id: Option<Strings>,
    language: Option<Strings>,
    source: Option<Strings>,
    source_language: Option<Strings>,
    format: Option<Strings>,
}

impl Columns {
    pub fn new(batch: RecordBatch, first: u64, fields: &Fields) -> Self {
        let strings = |name: &Option<String>| Strings::of(&batch, name.as_deref()?);
        let strings = Arc::new(Read {
            text: Strings::of(&batch, &fields.text),
            id: strings(&fields.id),
            language: strings(&fields.language),
            source: strings(&fields.source),
            source_language: strings(&fields.source_language),
            format: strings(&fields.format),
        });
        Self { batch, first, strings }
    }

    pub fn batch(&self) -> &RecordBatch {
        &self.batch
    }

    /// These rows alone.
    pub fn taken(&self, rows: &[usize]) -> Option<RecordBatch> {
        let rows = UInt64Array::from_iter_values(rows.iter().map(|row| *row as u64));
        arrow_select::take::take_record_batch(&self.batch, &rows).ok()
    }

    /// The names of all columns, but not of those inside them.
    pub fn names(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The fields of these rows of these names, each with its value in JSON; those of no row where Arrow has no JSON for
    /// them.
    pub fn objects(&self, rows: &[usize], names: &[String]) -> Vec<Result<Object, Vec<u8>>> {
        let lines = self.taken(rows).and_then(|batch| {
            let fields = batch.schema();
            let kept = names.iter().map(|name| Some((field(fields.fields(), name)?, column(&batch, name)?)));
            let (fields, columns): (Vec<Field>, Vec<_>) =
                kept.collect::<Option<Vec<_>>>()?.into_iter().unzip();
            let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
            let schema = Arc::new(Schema::new(fields));
            let batch = RecordBatch::try_new_with_options(schema, columns, &options).ok()?;
            let mut writer =
                WriterBuilder::new().with_explicit_nulls(true).build::<_, LineDelimited>(Vec::new());
            writer.write(&batch).ok()?;
            writer.finish().ok()?;
            String::from_utf8(writer.into_inner()).ok()
        });
        let lines = lines.unwrap_or_default();
        let mut objects: Vec<_> = lines
            .lines()
            .map(|line| match JsonRow::read(line) {
                Ok(row) => {
                    Ok(row.fields().map(|(name, value)| (name.to_owned(), value.get().to_owned())).collect())
                }
                Err(_) => Err(line.as_bytes().to_vec()),
            })
            .collect();
        objects.resize(rows.len(), Err(Vec::new()));
        objects
    }
}

impl Records for Columns {
    fn len(&self) -> usize {
        self.batch.num_rows()
    }

    fn article(
        &self,
        row: usize,
        file: &str,
        fields: &Fields,
        survey: &Settled,
    ) -> Result<Article, LoadError> {
        let number = u32::try_from(self.first + row as u64).unwrap_or(u32::MAX);
        let fail = |message: String| fatal(file, Some(number), &format!("is no record: {message}"));
        let value = |strings: &Option<Strings>, name: &str| match strings {
            Some(strings) => strings.value(row).map_err(|told| fail(format!("`{name}` {told}"))),
            None => Ok(None),
        };
        let optional = |strings: &Option<Strings>, name: &Option<String>| {
            value(strings, name.as_deref().unwrap_or_default())
        };
        let read = &self.strings;
        let text = value(&read.text, &fields.text)?
            .ok_or_else(|| fail(format!("`{}` must be a string, not null", fields.text)))?;
        let values = Values {
            text,
            id: optional(&read.id, &fields.id)?,
            language: optional(&read.language, &fields.language)?,
            source: optional(&read.source, &fields.source)?,
            source_language: optional(&read.source_language, &fields.source_language)?,
            format: optional(&read.format, &fields.format)?,
        };
        values.article(number, number, fields, survey).map_err(fail)
    }
}
