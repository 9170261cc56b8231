//! LaTeX, reStructuredText and AsciiDoc: what of a file is prose, of which kind, and where it lies.

mod asciidoc;
mod latex;
mod rst;

use mtlint_document::{BlockKind, Extract};

/// An extract, as tests look at it.
trait Read {
    /// The texts of the blocks, with their kinds.
    fn kinds(&self) -> Vec<(String, BlockKind)>;

    /// The texts of the blocks.
    fn read(&self) -> String {
        let texts: Vec<String> = self.kinds().into_iter().map(|(text, _)| text).collect();
        texts.join("|")
    }
}

impl Read for Extract {
    fn kinds(&self) -> Vec<(String, BlockKind)> {
        let blocks = self.blocks.as_deref().unwrap_or_default();
        blocks.iter().map(|(span, kind)| (span.of(&self.text).to_owned(), *kind)).collect()
    }
}
