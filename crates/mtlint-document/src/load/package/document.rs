//! A document of paragraphs: its text, and the parts it is made of.

use super::super::{Article, Format, LoadError};
use super::paragraphs::{Paragraph, extract};
use crate::{BlockKind, UnitFacts};
use mtlint_text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A part of a document and its paragraphs.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub name: String,
    pub xml: String,
    pub paragraphs: Vec<Paragraph>,
}

/// The parts of a document, and the text of all of them, a paragraph a line.
#[derive(Clone, Debug)]
pub(super) struct Parts {
    parts: Vec<Part>,
    text: String,
    kinds: Arc<[Option<BlockKind>]>,
    format: Format,
}

impl Parts {
    pub fn new(format: Format, parts: Vec<Part>) -> Self {
        let paragraphs = || parts.iter().flat_map(|part| &part.paragraphs);
        let lines: Vec<&str> = paragraphs().map(|paragraph| paragraph.text.as_str()).collect();
        let text = lines.join("\n");
        let kinds = paragraphs().map(|paragraph| paragraph.kind).collect();
        Self { text, kinds, parts, format }
    }

    pub fn article(&self) -> Article {
        Article {
            record: None,
            key: 1,
            extract: extract(&self.text, &self.kinds),
            format: Some(self.format),
            language: None,
            source: None,
            source_place: None,
            source_language: None,
            facts: Arc::<UnitFacts>::default(),
            paragraphs: Some(Arc::clone(&self.kinds)),
        }
    }

    /// The parts that change when the text of the document does.
    ///
    /// # Errors
    /// When a paragraph cannot be written where it came from.
    pub fn with_text(&self, name: &str, text: &str) -> Result<BTreeMap<String, Vec<u8>>, LoadError> {
        let mut lines = text.split('\n');
        let mut changed = BTreeMap::new();
        // Also of a document without paragraphs, whose text has a line all the same.
        if text == self.text {
            return Ok(changed);
        }
        let mut number = 0_u32;
        let refuse = |number: u32, why: &str| LoadError {
            line: Some(number),
            ..LoadError::new(
                name,
                format!("paragraph {number} is not fixed, and the file is left as it is: {why}"),
            )
        };
        for part in &self.parts {
            let mut changes: Vec<(Span, String)> = Vec::new();
            for paragraph in &part.paragraphs {
                number += 1;
                let line =
                    lines.next().ok_or_else(|| refuse(number, "a fix would join it with the one before"))?;
                if line != paragraph.text {
                    changes.extend(paragraph.changes(line).map_err(|why| refuse(number, why))?);
                }
            }
            if !changes.is_empty() {
                changed.insert(part.name.clone(), replace(&part.xml, changes).into_bytes());
            }
        }
        match lines.next() {
            None => Ok(changed),
            Some(_) => Err(refuse(number, "a fix would part it")),
        }
    }
}

/// A text with other texts in some places, none of which lies in another.
fn replace(text: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort_by_key(|(span, _)| (span.start, span.end));
    // An attribute is written once, however many pieces of its element change.
    changes.dedup();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in changes {
        out.push_str(&text[done..span.lo()]);
        out.push_str(&new);
        done = span.hi();
    }
    out.push_str(&text[done..]);
    out
}
