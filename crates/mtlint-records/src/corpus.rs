//! A file of records, opened: its articles, batch by batch.

use super::batch::{Batch, Reader};
#[cfg(feature = "parquet")]
use super::columns::{self, Parquet};
use super::lines::LinesReader;
use super::table::{self, TableReader};
use super::{Kind, Shape, stream};
use mtlint_document::load::{Article, Fields, LoadError, Settled, Survey};
use std::path::{Path, PathBuf};

/// Of how many records one has a source at least, so that the file is surveyed.
const FIRST: usize = 100;

/// A file of records.
#[derive(Debug)]
pub struct Corpus {
    path: PathBuf,
    name: String,
    shape: Shape,
    fields: Fields,
    /// The names of its columns, where the file names them once and for all.
    columns: Option<Vec<String>>,
    /// What records that have a source say together.
    survey: Settled,
    #[cfg(feature = "parquet")]
    parquet: Option<Parquet>,
}

impl Corpus {
    /// Opens a file, which goes by `name` in messages and whose records have these fields. Where they have a source it is read once, so that it is known
    /// what its translations are like.
    ///
    /// # Errors
    /// When it cannot be read, or lacks a column that is named.
    pub fn open(path: &Path, name: &str, shape: Shape, fields: Fields) -> Result<Self, LoadError> {
        let mut corpus = Self {
            path: path.to_path_buf(),
            name: name.to_owned(),
            shape,
            fields,
            columns: None,
            survey: Settled::default(),
            #[cfg(feature = "parquet")]
            parquet: None,
        };
        match shape.kind {
            Kind::JsonLines => drop(corpus.lines()?),
            Kind::Csv | Kind::Tsv => {
                let columns = corpus.table()?.columns().to_vec();
                table::require(&columns, &corpus.name, &corpus.fields)?;
                corpus.columns = Some(columns);
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet => {
                let parquet = Parquet::open(path, &corpus.name, &corpus.fields)?;
                corpus.columns = Some(parquet.columns());
                corpus.parquet = Some(parquet);
            }
            #[cfg(not(feature = "parquet"))]
            Kind::Parquet => {
                return Err(LoadError::new(
                    &corpus.name,
                    "is Parquet, which this mtlint was built without; build it with `cargo install --path . \
                     --features parquet`, or convert the file to JSON Lines",
                ));
            }
        }
        if corpus.fields.source.is_some() {
            corpus.survey = corpus.surveyed()?;
        }
        Ok(corpus)
    }

    /// The file as the user knows it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The names of its columns; `None` where every record names its own.
    pub fn columns(&self) -> Option<&[String]> {
        self.columns.as_deref()
    }

    /// The names of its columns, those inside them among them.
    pub(crate) fn all_columns(&self) -> Option<Vec<String>> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &self.parquet {
            return Some(columns::names(parquet.schema().fields()));
        }
        self.columns.clone()
    }

    /// Whether it has a column of this name, or one inside a column.
    pub(crate) fn has_column(&self, name: &str) -> bool {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &self.parquet {
            return columns::field(parquet.schema().fields(), name).is_some();
        }
        self.columns.iter().flatten().any(|column| column == name)
    }

    /// How many records it has, where the file says so.
    pub fn rows(&self) -> Option<u64> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &self.parquet {
            return Some(parquet.len());
        }
        None
    }

    #[cfg(feature = "parquet")]
    pub(crate) fn parquet(&self) -> Option<&Parquet> {
        self.parquet.as_ref()
    }

    /// All records, with the columns that are named, or with all if none is; those of the fields that are read come
    /// in any case.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    pub fn batches(&self, keep: &[String]) -> Result<Batches, LoadError> {
        let reader: Box<dyn Reader> = match self.shape.kind {
            Kind::JsonLines => Box::new(self.lines()?),
            Kind::Csv | Kind::Tsv => Box::new(self.table()?),
            Kind::Parquet => self.columns_reader(keep)?,
        };
        Ok(Batches { reader: Some(reader) })
    }

    /// The same with nothing but the fields that are read.
    ///
    /// # Errors
    /// As [`Corpus::batches`].
    fn bare_batches(&self) -> Result<Batches, LoadError> {
        self.batches(std::slice::from_ref(&self.fields.text))
    }

    /// The article that a record of a batch is.
    ///
    /// # Errors
    /// When it cannot be read: which, and why.
    pub fn article(&self, batch: &Batch, row: usize) -> Result<Article, LoadError> {
        let Self { name, fields, survey, .. } = self;
        batch.rows.records().article(row, name, fields, survey)
    }

    /// All articles in order; an error for each record that cannot be read, and one at last if the file cannot be
    /// read to its end.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    pub fn articles(
        &self,
    ) -> Result<impl Iterator<Item = Result<Article, LoadError>> + Send + '_, LoadError> {
        Ok(self.bare_batches()?.flat_map(move |batch| match batch {
            Ok(batch) => {
                let lost = batch.lost.iter().cloned().map(Err);
                let rows = (0..batch.len()).map(|row| self.article(&batch, row));
                lost.chain(rows).collect()
            }
            Err(error) => vec![Err(error)],
        }))
    }

    fn surveyed(&self) -> Result<Settled, LoadError> {
        let mut survey = Survey::default();
        let (mut read, mut taken) = (0, 0);
        for batch in self.bare_batches()? {
            // What is wrong is told when the records are checked.
            let Ok(batch) = batch else { break };
            for row in 0..batch.len() {
                read += 1;
                if read > FIRST && taken == 0 {
                    return Ok(survey.settle());
                }
                let Ok(article) = self.article(&batch, row) else { continue };
                if let Some(source) = &article.source {
                    taken += 1;
                    survey.add(source, &article.extract.text, (article.source_language, article.language));
                }
            }
        }
        Ok(survey.settle())
    }

    fn lines(&self) -> Result<LinesReader, LoadError> {
        LinesReader::new(stream::open_text(&self.path, &self.name)?, &self.name)
    }

    fn table(&self) -> Result<TableReader, LoadError> {
        let reader = stream::open_text(&self.path, &self.name)?;
        TableReader::new(reader, &self.name, self.shape.kind == Kind::Tsv)
    }

    #[cfg(feature = "parquet")]
    fn columns_reader(&self, keep: &[String]) -> Result<Box<dyn Reader>, LoadError> {
        let parquet = self.parquet.as_ref().ok_or_else(|| LoadError::new(&self.name, "is no Parquet"))?;
        Ok(Box::new(parquet.reader(keep, &self.fields)?))
    }

    #[cfg(not(feature = "parquet"))]
    fn columns_reader(&self, _: &[String]) -> Result<Box<dyn Reader>, LoadError> {
        Err(LoadError::new(&self.name, "is Parquet, which this mtlint was built without"))
    }
}

/// The batches of a file. After an error there are no more.
pub struct Batches {
    reader: Option<Box<dyn Reader>>,
}

impl Iterator for Batches {
    type Item = Result<Batch, LoadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.reader.as_mut()?.next();
        if !matches!(next, Ok(Some(_))) {
            self.reader = None;
        }
        next.transpose()
    }
}
