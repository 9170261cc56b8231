//! Fingerprints: what names a finding from run to run, whatever its line.

use crate::document::Document;
use crate::rule::Finding;
use crate::text::Span;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// How many bytes of the block on either side go into a fingerprint, so that the same mark in two
/// sentences has two.
const CONTEXT: usize = 40;

/// The fingerprint of each finding, 16 hexadecimal digits: of its rule, its text with what stands
/// around it in its block, white space folded, and its number among equals.
pub fn fingerprints<'f>(document: &Document, findings: impl Iterator<Item = &'f Finding>) -> Vec<String> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    findings
        .map(|finding| {
            let text = context(document, finding.span);
            let mut key = format!("{}\n{}", finding.rule, document.slice(finding.span));
            for word in text.split_whitespace() {
                key.push('\n');
                key.push_str(word);
            }
            let count = seen.entry(xxh3_64(key.as_bytes())).or_default();
            *count += 1;
            key.push_str(&format!("\n{count}"));
            format!("{:016x}", xxh3_64(key.as_bytes()))
        })
        .collect()
}

fn context(document: &Document, span: Span) -> &str {
    let text = document.text();
    if span.lo() > text.len() {
        return document.slice(span);
    }
    let block = document.block_at(span.lo()).map_or(span, |block| block.span.cover(span));
    let mut start = span.lo().saturating_sub(CONTEXT).max(block.lo());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.hi() + CONTEXT).min(block.hi());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    &text[start..end]
}
