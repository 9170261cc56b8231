//! Apple's `.strings`: `"key" = "text";`.

use super::{Broken, Unit, notes};
use crate::{Note, UnitFacts};
use mtlint_text::Span;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    let bytes = text.as_bytes();
    let mut units = Vec::new();
    // The key and, behind `=`, the text.
    let mut parts: Vec<Span> = Vec::new();
    let mut has_equals = false;
    // What the comments before the entry say.
    let mut said: Vec<Note> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if text[at..].starts_with("/*") => {
                let end =
                    text[at + 2..].find("*/").ok_or_else(|| Broken::at(at, "a comment is not closed"))?;
                said.extend(notes::of_comment(&text[at + 2..at + 2 + end]));
                at += end + 4;
            }
            b'/' if text[at..].starts_with("//") => {
                let end = text[at..].find('\n').map_or(bytes.len(), |end| at + end);
                said.extend(notes::of_comment(&text[at + 2..end]));
                at = end;
            }
            b'"' => {
                let start = at + 1;
                let mut end = start;
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                if end >= bytes.len() {
                    return Err(Broken::at(at, "a string is not closed"));
                }
                parts.push(Span::new(start, end));
                at = end + 1;
            }
            b'=' => {
                has_equals = true;
                at += 1;
            }
            b';' => {
                match (parts.as_slice(), has_equals) {
                    ([key, target], true) => units.push(Unit {
                        id: super::extract(super::Syntax::Strings, key.of(text)).text,
                        target: *target,
                        facts: UnitFacts {
                            notes: std::mem::take(&mut said),
                            is_finished: true,
                            ..UnitFacts::default()
                        },
                        ..Unit::default()
                    }),
                    _ => return Err(Broken::at(at, "not `\"key\" = \"text\";`")),
                }
                parts.clear();
                has_equals = false;
                at += 1;
            }
            b if b.is_ascii_whitespace() => at += 1,
            // A key may stand without quotation marks.
            b if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-') => {
                let length = bytes[at..]
                    .iter()
                    .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
                    .count();
                parts.push(Span::new(at, at + length));
                at += length;
            }
            _ => return Err(Broken::at(at, "not `\"key\" = \"text\";`")),
        }
    }
    if parts.is_empty() { Ok(units) } else { Err(Broken::at(parts[0].lo(), "an entry has no semicolon")) }
}
