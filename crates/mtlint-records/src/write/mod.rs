//! Writing records: as their file has them where the format stays the same, converted where it does not.

#[cfg(feature = "parquet")]
mod columns;
mod lines;
mod table;

use super::batch::Rows;
use super::stream::Sink;
use super::{Batch, Corpus, Judgement, Kind, Shape};
#[cfg(feature = "parquet")]
use columns::ColumnsWriter;
use std::fs::File;
use std::io::{self, Write};
use table::TableWriter;

/// What of a record is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// These fields of it, in this order; all if none is named.
    pub keep: Vec<String>,
    /// What is said of it, too.
    pub is_judged: bool,
}

/// Writes records to a file, which is whole once [`Writer::finish`] has returned.
pub struct Writer {
    layout: Layout,
    form: Form,
    /// Which of the fields to keep a record has had.
    met: Vec<bool>,
}

enum Form {
    Lines(Box<Sink>),
    Table(Box<TableWriter>),
    #[cfg(feature = "parquet")]
    Columns(Box<ColumnsWriter>),
}

impl Writer {
    /// Begins to write what is taken from these files.
    ///
    /// # Errors
    /// When a column is to be kept that a file does not have, when the files do not go together in one table, or when
    /// nothing can be written: what, and what to do.
    pub fn new(file: File, shape: Shape, corpora: &[Corpus], layout: Layout) -> io::Result<Self> {
        for corpus in corpora {
            let Some(columns) = corpus.all_columns() else { continue };
            if let Some(missing) = layout.keep.iter().find(|name| !corpus.has_column(name)) {
                let known = columns.iter().map(String::as_str);
                let told = mtlint_text::toml_file::unknown("column", missing, known);
                return Err(io::Error::other(format!("{}: {told}", corpus.name())));
            }
        }
        let form = match shape.kind {
            Kind::JsonLines => Form::Lines(Box::new(Sink::new(file, shape.compression)?)),
            Kind::Csv | Kind::Tsv => {
                let sink = Sink::new(file, shape.compression)?;
                let writer = TableWriter::new(sink, shape.kind == Kind::Tsv, corpora, &layout)?;
                Form::Table(Box::new(writer))
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet => Form::Columns(Box::new(ColumnsWriter::new(file, corpora, &layout)?)),
            #[cfg(not(feature = "parquet"))]
            Kind::Parquet => {
                return Err(io::Error::other(
                    "it is to be Parquet, which this mtlint was built without; build it with `cargo install \
                     --path . --features parquet`, or name a file that ends in `.jsonl.zst`",
                ));
            }
        };
        let met = vec![false; layout.keep.len()];
        Ok(Self { layout, form, met })
    }

    /// Writes some records of a batch, each with what is said of it if the layout has it.
    ///
    /// # Errors
    /// When they cannot be written, or do not fit into the columns of the file.
    pub fn write(&mut self, batch: &Batch, rows: &[(usize, &Judgement)]) -> io::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        if self.met.contains(&false) {
            self.note_met(batch, rows);
        }
        match &mut self.form {
            Form::Lines(sink) => sink.write_all(&lines::written(batch, rows, &self.layout)),
            Form::Table(writer) => writer.write(batch, rows, &self.layout),
            #[cfg(feature = "parquet")]
            Form::Columns(writer) => writer.write(batch, rows, &self.layout),
        }
    }

    /// Writes a record that is lost but for what is said of it.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn write_lost(&mut self, judgement: &Judgement) -> io::Result<()> {
        match &mut self.form {
            Form::Lines(sink) => sink.write_all(&lines::lost(judgement)),
            Form::Table(writer) => writer.write_lost(judgement),
            #[cfg(feature = "parquet")]
            Form::Columns(writer) => writer.write_lost(judgement),
        }
    }

    /// Writes what is left. Returns the fields to keep that no record had.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(self) -> io::Result<Vec<String>> {
        match self.form {
            Form::Lines(sink) => sink.finish()?,
            Form::Table(writer) => writer.finish()?,
            #[cfg(feature = "parquet")]
            Form::Columns(writer) => writer.finish()?,
        }
        let names = self.layout.keep.into_iter().zip(self.met);
        Ok(names.filter(|(_, is_met)| !is_met).map(|(name, _)| name).collect())
    }

    fn note_met(&mut self, batch: &Batch, rows: &[(usize, &Judgement)]) {
        let Rows::Lines(lines) = &batch.rows else { return self.met.fill(true) };
        for (row, _) in rows {
            let Some(fields) = lines.fields(*row) else { continue };
            for (name, met) in self.layout.keep.iter().zip(&mut self.met) {
                *met = *met || lines::kept(&fields, name).is_some();
            }
        }
    }
}
