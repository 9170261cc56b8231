//! `--format jsonl`: one document a line as in `json`, then a line with the summary.

use super::json::{self, JsonDocument, JsonSummary};
use super::{Format, Summary};
use mtlint_engine::lint::Checked;
use serde::Serialize;

/// A line a document, for pipelines that read as it comes.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl {
    /// Whether findings come with what was weighed for them.
    pub evidence: bool,
}

#[derive(Serialize)]
struct Closing<'a> {
    summary: JsonSummary<'a>,
}

impl Format for Jsonl {
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        json::write(&JsonDocument::of(checked, self.evidence), out);
        out.push(b'\n');
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        json::write(&Closing { summary: JsonSummary::of(summary) }, out);
        out.push(b'\n');
    }
}
