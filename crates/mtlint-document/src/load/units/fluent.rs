//! Fluent: messages, their attributes, and terms.
//!
//! `fluent-syntax` reads the file; where a piece lies is told by where in the text its slices begin.

use super::{Broken, Unit, notes};
use crate::{Note, UnitFacts};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use mtlint_text::Span;

/// How deep placeables may nest: deeper ones are no translations.
const DEEPEST: usize = 100;

pub(super) fn read(text: &str) -> Result<Vec<Unit>, Broken> {
    check_depth(text)?;
    let resource = parser::parse(text).map_err(|(_, errors)| {
        let first = errors.first();
        let at = first.map_or(0, |error| error.pos.start.min(text.len()));
        Broken::at(at, first.map_or_else(|| "is no Fluent".to_owned(), |error| error.to_string()))
    })?;
    let mut reader = Reader { text, units: Vec::new(), notes: Vec::new() };
    let mut of_group: Vec<Note> = Vec::new();
    for entry in &resource.body {
        let (prefix, id, value, attributes, comment) = match entry {
            Entry::Message(it) => ("", &it.id, it.value.as_ref(), &it.attributes, it.comment.as_ref()),
            Entry::Term(it) => ("-", &it.id, Some(&it.value), &it.attributes, it.comment.as_ref()),
            Entry::GroupComment(comment) => {
                of_group = said(&comment.content);
                continue;
            }
            _ => continue,
        };
        reader.notes = of_group.clone();
        reader.notes.extend(comment.map(|comment| said(&comment.content)).unwrap_or_default());
        let name = format!("{prefix}{}", id.name);
        if let Some(value) = value {
            reader.pattern(&name, value, id.name);
        }
        for attribute in attributes {
            reader.pattern(&format!("{name}.{}", attribute.id.name), &attribute.value, attribute.id.name);
        }
    }
    Ok(reader.units)
}

/// What the lines of a comment say to mtlint.
fn said(lines: &[&str]) -> Vec<Note> {
    notes::of_comment(&lines.join("\n"))
}

struct Reader<'t> {
    text: &'t str,
    units: Vec<Unit>,
    /// Of the message at hand.
    notes: Vec<Note>,
}

impl<'t> Reader<'t> {
    /// The units of a pattern that follows `before`, its name or the key of a variant: one, or one for each
    /// variant where it chooses among some.
    fn pattern(&mut self, name: &str, pattern: &Pattern<&'t str>, before: &'t str) {
        let selects: Vec<_> = pattern
            .elements
            .iter()
            .filter_map(|element| match element {
                PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                    Some(variants)
                }
                _ => None,
            })
            .collect();
        if selects.is_empty() {
            let facts = UnitFacts { is_finished: true, notes: self.notes.clone(), ..UnitFacts::default() };
            self.units.extend(self.span(pattern, before).map(|target| Unit {
                id: name.to_owned(),
                target,
                facts,
                ..Unit::default()
            }));
            return;
        }
        for variant in selects.into_iter().flatten() {
            let (VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key }) =
                &variant.key;
            self.pattern(&format!("{name}[{key}]"), &variant.value, key);
        }
    }

    /// Where a pattern lies that has no variants.
    fn span(&self, pattern: &Pattern<&'t str>, before: &'t str) -> Option<Span> {
        // Behind the name stand `=` or `]`, and white space.
        let after = self.offset(before)? + before.len();
        let sign = after + self.text[after..].find(['=', ']'])? + 1;
        let mut at = sign + self.text[sign..].len() - self.text[sign..].trim_start().len();
        let start = at;
        for element in &pattern.elements {
            at = match element {
                PatternElement::TextElement { value } => self.offset(value)? + value.len(),
                PatternElement::Placeable { expression } => {
                    let open = at + self.text[at..].find('{')?;
                    // A string may hold braces; behind it stands its quotation mark.
                    let inside = match expression {
                        Expression::Inline(InlineExpression::StringLiteral { value }) => {
                            self.offset(value)? + value.len() + 1
                        }
                        _ => open + 1,
                    };
                    end_of_placeable(self.text, inside)?
                }
            };
        }
        let end = start + self.text.get(start..at)?.trim_end().len();
        Some(Span::new(start, end))
    }

    /// Where a slice of the text begins.
    fn offset(&self, slice: &str) -> Option<usize> {
        let at = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (at + slice.len() <= self.text.len()).then_some(at)
    }
}

/// The end of the placeable that is open at `at`.
fn end_of_placeable(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 1;
    let mut at = at;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'"' if depth > 0 => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' && bytes[at] != b'\n' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The parser follows nesting with the stack: what nests too deep is refused before.
fn check_depth(text: &str) -> Result<(), Broken> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            // No placeable of an entry reaches into the next.
            b'\n' if text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') => depth = 0,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Broken::at(at, format!("placeables nest deeper than {DEEPEST}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Syntax, extract};
    use super::*;

    const FILE: &str = "# mtlint-ignore term: a title\nhello = Hello, { $name }!\n    .title = A title\nmulti =\n    Line one\n      Line { \"}\" } two { -brand }\nboats = { $n ->\n    [one] One ferry\n   *[other] { $n } ferries\n }\n-brand = Quaymaster\nstart = { $x } foo { $y }\n";

    #[test]
    fn messages_attributes_terms_and_variants_are_read() {
        let units = read(FILE).unwrap();
        let said: Vec<(String, String)> = units
            .iter()
            .map(|unit| (unit.id.clone(), extract(Syntax::Fluent, unit.target.of(FILE)).text))
            .collect();
        let expected = [
            ("hello", "Hello, { $name }!"),
            ("hello.title", "A title"),
            ("multi", "Line one\nLine { \"}\" } two { -brand }"),
            ("boats[one]", "One ferry"),
            ("boats[other]", "{ $n } ferries"),
            ("-brand", "Quaymaster"),
            ("start", "{ $x } foo { $y }"),
        ];
        assert_eq!(said, expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
        assert_eq!((units[0].facts.notes.len(), units[2].facts.notes.len()), (1, 0));
    }

    #[test]
    fn broken_files_are_named_and_none_is_too_deep() {
        assert!(read("hello = Hello, { $name\n").is_err());
        assert!(read("a = b\nno entry\n").is_err());
        assert!(read(&format!("a = {}\n", "{".repeat(100_000))).is_err());
        for text in ["", "a", "a =", "# c", "a = {\"", "é = ü", "a =\r\n    b\r\n"] {
            let _ = read(text);
        }
    }
}
