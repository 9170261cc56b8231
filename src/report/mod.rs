//! Reports: what was found, written for people and for programs, one file a format.
//!
//! A [`Format`] writes one document at a time into a buffer, so that documents can be rendered by
//! many threads and printed in order. Nothing here prints. May use `rule`'s findings, `document` for
//! the places of spans, `text` and `score`.

mod checked;
mod json;
mod jsonl;
mod summary;

pub use checked::{Checked, Located};
pub use json::Json;
pub use jsonl::Jsonl;
pub use summary::{Failure, Summary};

/// How findings are written.
pub trait Format: Sync {
    /// Writes what stands before the first document.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// Writes one document.
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>);

    /// What stands between two documents that were written.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Writes what stands after the last document.
    fn end(&self, _summary: &Summary, _out: &mut Vec<u8>) {}
}
