//! Texts that are written as fields of a table, between quotation marks with those inside doubled: what a table that was
//! cut into records of JSON Lines without being read leaves. A table that is read as one has no such.

use crate::{Escape, Extract, OriginMap};
use mtlint_text::Span;

/// The text of a record that is not marked up, as what it says.
pub(super) fn extract(text: &str) -> Extract {
    let field = text.trim();
    if !is_field(field) {
        return Extract::plain(text);
    }
    // White space beside its quotation marks belongs to it no more than they do.
    let inner = field[1..field.len() - 1].trim();
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    let mut map = OriginMap::of_escaped(text, Escape::DoubledQuotes);
    let mut said = String::with_capacity(inner.len());
    let mut done = 0;
    for (at, twice) in inner.match_indices("\"\"") {
        said.push_str(&inner[done..at]);
        map.copy(Span::new(start + done, start + at));
        said.push('"');
        done = at + twice.len();
        map.replace(Span::new(start + at, start + done), 1);
    }
    said.push_str(&inner[done..]);
    map.copy(Span::new(start + done, start + inner.len()));
    Extract { text: said, origin: Some(map), ..Extract::default() }
}

/// Whether a text is a field of a table: all quotation marks between its first and its last are doubled, and
/// there are such.
fn is_field(text: &str) -> bool {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    let mut runs = 0;
    let mut length = 0_usize;
    for c in inner.chars().chain(std::iter::once(' ')) {
        if c == '"' {
            length += 1;
        } else {
            runs += usize::from(length > 0);
            if !length.is_multiple_of(2) {
                return false;
            }
            length = 0;
        }
    }
    runs > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_field_of_a_table_is_read_as_one() {
        let field = extract("\"The \"\"Gull\"\" left. \"");
        assert_eq!(field.text, "The \"Gull\" left.");
        let map = field.origin.unwrap();
        assert_eq!(map.span(Span::new(5, 9)), Span::new(7, 11));
        for text in ["\"The Gull left.\"", "\"The \"Gull\" left.\"", "The \"\"Gull\"\"", "\"\"", "\""] {
            assert_eq!(extract(text).text, text);
        }
    }
}
