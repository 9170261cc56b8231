//! Files of many texts: JSON Lines, CSV, TSV and, behind the feature `parquet`, Parquet; compressed with gzip or zstd
//! or not.
//!
//! A [`Corpus`] is read batch by batch, so that memory does not grow with the file, and its batches become articles
//! wherever a thread is free. A [`Writer`] writes rows of such batches with all that they hold beside the text. What
//! is said of a record is a [`Judgement`]. May use `document` with its loading and `files`, and `text`; knows nothing of
//! rules.

mod batch;
#[cfg(feature = "parquet")]
mod columns;
mod corpus;
mod judgement;
mod lines;
mod shape;
mod stream;
mod table;
mod write;

pub use batch::Batch;
pub use corpus::{Batches, Corpus};
pub use judgement::Judgement;
pub use shape::{Compression, Kind, Shape};
pub use write::{Layout, Writer};
