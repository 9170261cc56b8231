//! Some records of a file that stand one after the other.

#[cfg(feature = "parquet")]
use super::columns::Columns;
use super::lines::Lines;
use super::table::Table;
use mtlint_document::load::LoadError;

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

/// Records as their format has them.
#[derive(Clone, Debug)]
pub(crate) enum Rows {
    Lines(Lines),
    Table(Table),
    #[cfg(feature = "parquet")]
    Columns(Columns),
}

impl Batch {
    /// How many records it has.
    pub fn len(&self) -> usize {
        match &self.rows {
            Rows::Lines(lines) => lines.len(),
            Rows::Table(table) => table.len(),
            #[cfg(feature = "parquet")]
            Rows::Columns(columns) => columns.len(),
        }
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
