//! Some records of a file that stand one after the other.

#[cfg(feature = "parquet")]
use super::columns::Columns;
use super::lines::Lines;
use super::table::Table;
use mtlint_document::load::{Article, Fields, LoadError, Settled};

/// How many records a batch has at most, and how many bytes, unless one alone has more.
pub(crate) const MOST_ROWS: usize = 256;
pub(crate) const MOST_BYTES: usize = 1 << 18;

/// How many bytes a record of text has at most: one that is longer is none that a person or program meant.
pub(crate) const MOST_RECORD: u64 = 1 << 28;
pub(crate) const TOO_LONG: &str = "is longer than 256 MiB, the most that a record may have";

/// Some records of a file.
#[derive(Clone, Debug)]
pub struct Batch {
    pub(crate) rows: Rows,
    /// The records that stand before these and cannot even be told apart.
    pub(crate) lost: Vec<LoadError>,
}

/// Some records of one format.
pub(crate) trait Records {
    /// How many they are.
    fn len(&self) -> usize;

    /// The article that one of them is. `file` is the name of theirs in messages.
    ///
    /// # Errors
    /// When it cannot be read: which, and why.
    fn article(
        &self,
        row: usize,
        file: &str,
        fields: &Fields,
        survey: &Settled,
    ) -> Result<Article, LoadError>;
}

/// Reads a file of one format from its beginning.
pub(crate) trait Reader: Send {
    /// The next records; `None` at the end.
    ///
    /// # Errors
    /// When the file cannot be read on.
    fn next(&mut self) -> Result<Option<Batch>, LoadError>;
}

/// Records as their format has them.
#[derive(Clone, Debug)]
pub(crate) enum Rows {
    Lines(Lines),
    Table(Table),
    #[cfg(feature = "parquet")]
    Columns(Columns),
}

impl Rows {
    pub fn records(&self) -> &dyn Records {
        match self {
            Self::Lines(lines) => lines,
            Self::Table(table) => table,
            #[cfg(feature = "parquet")]
            Self::Columns(columns) => columns,
        }
    }
}

impl Batch {
    /// How many records it has.
    pub fn len(&self) -> usize {
        self.rows.records().len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What stands before these records and cannot be read at all, not even as a record.
    pub fn lost(&self) -> &[LoadError] {
        &self.lost
    }
}

/// An error in a file, at a line if one is known.
pub(crate) fn fatal(file: &str, line: Option<u32>, message: &str) -> LoadError {
    LoadError { line, ..LoadError::new(file, message) }
}
