//! Fingerprints: what names a finding from run to run, whatever its line.

use crate::rule::Finding;
use foldhash::fast::FixedState;
use mtlint_document::Document;
use mtlint_text::Span;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt::Write;
use xxhash_rust::xxh3::xxh3_64;

/// What of a finding stays when the text around it is edited: its rule, what it is about, and the
/// nearest word on either side in its block. A word is letters and digits alone, so that damage to
/// the marks and spaces around a finding changes none of it; nor does anything further away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    pub rule: String,
    /// White space folded, and a long text cut, with its length and hash for the rest.
    pub text: String,
    /// Empty at the beginning of a block.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// Empty at the end of a block.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// How many characters of the text of a finding are kept.
const KEPT: usize = 120;

impl Identity {
    /// What names a finding of `document`.
    pub fn of(document: &Document, finding: &Finding) -> Self {
        let (before, after) = neighbours(document, finding.span);
        Self {
            rule: finding.rule.as_str().to_owned(),
            text: normalised(document.slice(finding.span)),
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }
}

/// What names a finding in its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// 16 hexadecimal digits: of its identity, and its number among those of the document that share it.
    pub digits: String,
    /// How many findings of the document share its identity.
    pub alike: u32,
}

/// The fingerprint of each finding.
pub fn fingerprints<'f>(
    document: &Document,
    findings: impl Iterator<Item = &'f Finding>,
) -> Vec<Fingerprint> {
    let mut seen: HashMap<u64, u32, FixedState> = HashMap::default();
    let numbered: Vec<(u64, String)> = findings
        .map(|finding| {
            let Identity { rule, text, before, after } = Identity::of(document, finding);
            let mut key = [rule, text, before, after].join("\n");
            let identity = xxh3_64(key.as_bytes());
            let number = seen.entry(identity).or_default();
            *number += 1;
            write!(key, "\n{number}").expect("a String takes everything");
            (identity, format!("{:016x}", xxh3_64(key.as_bytes())))
        })
        .collect();
    let alike = |identity: u64| seen.get(&identity).copied().unwrap_or_default();
    numbered.into_iter().map(|(identity, digits)| Fingerprint { digits, alike: alike(identity) }).collect()
}

fn normalised(text: &str) -> String {
    let mut folded = String::new();
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    if let Some((cut, _)) = folded.char_indices().nth(KEPT) {
        let hash = xxh3_64(folded.as_bytes());
        folded.truncate(cut);
        write!(folded, "… {hash:016x}").expect("a String takes everything");
    }
    folded
}

/// How many bytes away a neighbour is looked for, and how long it is at most: enough for any word,
/// and little on a line of megabytes without one.
const REACH: usize = 200;

/// The nearest words on either side of a span in its block.
fn neighbours(document: &Document, span: Span) -> (&str, &str) {
    let text = document.text();
    let Some(block) = document.block_at(span.lo()).filter(|_| span.hi() <= text.len()) else {
        return ("", "");
    };
    let start = floor(text, block.span.lo().max(span.lo().saturating_sub(REACH)).min(span.lo()));
    let end = floor(text, block.span.hi().min(span.hi() + REACH).max(span.hi()));
    let is_part = |c: char| c.is_alphanumeric();
    let before = text[start..span.lo()].trim_end_matches(|c| !is_part(c));
    let after = text[span.hi()..end].trim_start_matches(|c| !is_part(c));
    (
        &before[before.rfind(|c| !is_part(c)).map_or(0, |at| at + char_length(before, at))..],
        &after[..after.find(|c| !is_part(c)).unwrap_or(after.len())],
    )
}

fn char_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// The last character boundary at or before `offset`.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
