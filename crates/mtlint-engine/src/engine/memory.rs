//! What was found in blocks that have not changed since: for an editor, which checks the same text
//! again and again, a letter apart.

use crate::rule::{Finding, Fix, Related};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3;

/// What the rules that look at nothing but one block found, by what the block is. It is good for one
/// engine: another has other rules.
#[derive(Debug, Default)]
pub struct Memory {
    /// Places are those in the block.
    blocks: HashMap<u128, Arc<[Finding]>>,
}

/// A memory while a document is checked.
pub(super) struct Recall<'m> {
    memory: &'m mut Memory,
    /// Of each block of the document.
    keys: Vec<u128>,
}

impl<'m> Recall<'m> {
    pub fn new(memory: &'m mut Memory, document: &Document) -> Self {
        let keys = document.blocks().iter().map(|block| key(document, block)).collect();
        Self { memory, keys }
    }

    /// Whether it is known what is found in the block of this index.
    pub fn knows(&self, block: usize) -> bool {
        self.memory.blocks.contains_key(&self.keys[block])
    }

    /// Adds what is known to all that was `found` in the other blocks. From now on, what was found in
    /// this document is known, and nothing else.
    pub fn complete(self, document: &Document, found: &mut Vec<Finding>) {
        let mut fresh: HashMap<usize, Vec<&Finding>> = HashMap::new();
        for finding in &*found {
            let after = document.blocks().partition_point(|block| block.span.start <= finding.span.start);
            fresh.entry(after.saturating_sub(1)).or_default().push(finding);
        }
        let mut blocks = HashMap::with_capacity(self.keys.len());
        let mut recalled = Vec::new();
        for (index, (key, block)) in self.keys.iter().zip(document.blocks()).enumerate() {
            let start = block.span.start;
            if let Some(known) = self.memory.blocks.get(key) {
                recalled.extend(known.iter().map(|finding| moved(finding, 0, start)));
                blocks.insert(*key, Arc::clone(known));
            } else {
                let list = fresh.remove(&index).unwrap_or_default();
                blocks.insert(*key, list.into_iter().map(|finding| moved(finding, start, 0)).collect());
            }
        }
        self.memory.blocks = blocks;
        found.append(&mut recalled);
    }
}

/// A number that names all of a block that a rule may look at: two blocks of which it is the same
/// have the same findings, but for their place.
fn key(document: &Document, block: &Block) -> u128 {
    let mut hasher = Xxh3::new();
    document.language().hash(&mut hasher);
    block.kind.hash(&mut hasher);
    let stretches = document.mask().stretches();
    let first = stretches.partition_point(|(span, _)| span.end <= block.span.start);
    for (span, kind) in stretches[first..].iter().take_while(|(span, _)| span.start < block.span.end) {
        // From the beginning of the block, even where the stretch begins before.
        (i64::from(span.start) - i64::from(block.span.start)).hash(&mut hasher);
        (span.len(), *kind).hash(&mut hasher);
    }
    hasher.write(document.slice(block.span).as_bytes());
    hasher.digest128()
}

/// The finding where a block that began at `from` begins at `to`.
fn moved(finding: &Finding, from: u32, to: u32) -> Finding {
    let span = |span: Span| Span { start: span.start - from + to, end: span.end - from + to };
    let edit = |edit: &Edit| Edit { span: span(edit.span), insert: edit.insert.clone() };
    Finding {
        span: span(finding.span),
        related: finding
            .related
            .iter()
            .map(|related| Related { span: span(related.span), ..related.clone() })
            .collect(),
        fixes: finding
            .fixes
            .iter()
            .map(|fix| Fix { edits: fix.edits.iter().map(edit).collect(), ..fix.clone() })
            .collect(),
        ..finding.clone()
    }
}
