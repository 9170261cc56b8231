//! What a document itself does: the evidence that sets damage apart from a writer's way.

use mtlint_document::Document;
use mtlint_lang::{LazyRegex, find_all};

/// How the rest of a document speaks for or against what a rule finds in it.
#[derive(Debug, Default)]
pub struct Custom {
    /// How a text without the damage writes it. Where the document does so no more often than the
    /// rule finds damage, it is the writer's way.
    pub(super) usual: Option<LazyRegex>,
    /// What a writer who does so on purpose writes, too. Where the document does so more often than the
    /// rule finds damage, it is the writer's way.
    pub(super) manner: Option<LazyRegex>,
    /// From how many findings on it is the writer's way.
    pub(super) habit: Option<usize>,
}

impl Custom {
    /// Whether anything depends on the rest of the document.
    pub fn asks_document(&self) -> bool {
        self.usual.is_some() || self.manner.is_some() || self.habit.is_some()
    }

    /// Whether `findings` in the document are damage, and no way of writing.
    pub fn allows(&self, document: &Document, findings: usize) -> bool {
        findings == 0
            || self.habit.is_none_or(|habit| findings < habit)
                && self.usual.as_ref().is_none_or(|usual| is_outnumbered(usual, document, findings))
                && !self.manner.as_ref().is_some_and(|manner| is_outnumbered(manner, document, findings))
    }
}

/// Whether the pattern matches more often than `count` times.
fn is_outnumbered(usual: &LazyRegex, document: &Document, count: usize) -> bool {
    usual
        .get(document.alphabet(), document.text().len())
        .is_some_and(|regex| find_all(regex, document.text()).nth(count).is_some())
}
