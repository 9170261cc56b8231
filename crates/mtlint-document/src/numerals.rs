//! Numerals: numbers in digits, with the marks between their digits, and what may be read off
//! these marks.

use super::Document;
use mtlint_text::Span;

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    pub span: Span,
    pub shape: Shape,
}

/// What the marks of a numeral say whatever the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No mark.
    Plain,
    /// One mark before other than three digits: `1.5`.
    Decimal(char),
    /// Groups of three digits, two marks or more: `1.250.000`; or one mark that is no stop and no
    /// comma: `7 310`.
    Grouped(char),
    /// One stop or comma before three digits: `3.906`.
    Either(char),
    /// Groups of three digits, then a fraction: `1.250,50`.
    GroupedDecimal { grouping: char, decimal: char },
    /// A version, a list, an address.
    Other,
}

/// All numerals of the document that are no part of a word, a date, a time or an address.
pub(super) fn find(document: &Document) -> Vec<Numeral> {
    let text = document.text();
    let bytes = text.as_bytes();
    let mut numerals = Vec::new();
    for block in document.blocks() {
        let mut at = block.span.lo();
        while let Some(before) = next_digit(&bytes[at..block.span.hi()]) {
            at += before;
            let (end, shape) = numeral(text, at, block.span.hi());
            let span = Span::new(at, end);
            let joined = is_joined(&text[block.span.lo()..at], &text[end..block.span.hi()]);
            if !joined && !document.mask().covers(span) {
                numerals.push(Numeral { span, shape });
            }
            at = end;
        }
    }
    numerals
}

/// Where the first digit is.
fn next_digit(bytes: &[u8]) -> Option<usize> {
    // A chunk is looked at as a whole, which a processor does for many bytes at a time.
    const CHUNK: usize = 32;
    let holds_digit = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | byte.is_ascii_digit());
    let (chunk, bytes) = bytes.chunks(CHUNK).enumerate().find(|(_, chunk)| holds_digit(chunk))?;
    bytes.iter().position(u8::is_ascii_digit).map(|at| chunk * CHUNK + at)
}

/// Whether what stands on either side makes the digits a part of something longer: a word, a date,
/// a time, a telephone number.
fn is_joined(before: &str, after: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric();
    let mut backwards = before.chars().rev();
    let touches = match backwards.next() {
        Some(c) if c.is_whitespace() => backwards.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => is_name(c) || matches!(c, '/' | ':' | '_' | '#' | '.' | ','),
        None => false,
    };
    touches || after.strip_prefix(['/', ':', '_']).is_some_and(|rest| rest.starts_with(is_name))
}

/// The end and the shape of the numeral whose first digit is at `start`.
fn numeral(text: &str, start: usize, limit: usize) -> (usize, Shape) {
    let digits = |at: usize| text[at..limit].bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(start);
    let mut end = start + first;
    let mut marks: Vec<(char, usize)> = Vec::new();
    while let Some(mark) = text[end..limit].chars().next().filter(|c| is_mark(*c)) {
        let after = end + mark.len_utf8();
        let length = digits(after);
        // A space parts groups of three, and nothing else.
        let groups = first <= 3 && length == 3 && marks.iter().all(|(_, length)| *length == 3);
        let leading_zero = text[start..].starts_with('0');
        if length == 0 || mark.is_whitespace() && (!groups || leading_zero) {
            break;
        }
        marks.push((mark, length));
        end = after + length;
    }
    (end, shape(first, &marks, text[start..].starts_with('0')))
}

/// Whether a character may part the digits of one number.
fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn shape(first: usize, marks: &[(char, usize)], leading_zero: bool) -> Shape {
    let Some(((last, fraction), groups)) = marks.split_last() else { return Shape::Plain };
    let is_head = first <= 3 && !leading_zero;
    let Some((head, _)) = groups.first() else {
        return match (last, fraction) {
            ('.' | ',', 3) if is_head => Shape::Either(*last),
            ('.' | ',', _) => Shape::Decimal(*last),
            (_, 3) if is_head => Shape::Grouped(*last),
            _ => Shape::Other,
        };
    };
    let uniform = is_head && groups.iter().all(|(mark, length)| mark == head && *length == 3);
    match (uniform, last == head, fraction) {
        (true, true, 3) => Shape::Grouped(*head),
        (true, false, _) if matches!(last, '.' | ',') => {
            Shape::GroupedDecimal { grouping: *head, decimal: *last }
        }
        _ => Shape::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn shapes(text: &str) -> Vec<(String, Shape)> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        find(&document).iter().map(|numeral| (numeral.span.of(text).to_owned(), numeral.shape)).collect()
    }

    fn shape_of(text: &str) -> Shape {
        let found = shapes(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].1
    }

    #[test]
    fn marks_tell_the_shape() {
        assert_eq!(shape_of("It has 40 nets."), Shape::Plain);
        assert_eq!(shape_of("It is 1.8 metres."), Shape::Decimal('.'));
        assert_eq!(shape_of("about 0.125 of it"), Shape::Decimal('.'));
        assert_eq!(shape_of("a crowd of 3.906"), Shape::Either('.'));
        assert_eq!(shape_of("some 7 310 boats"), Shape::Grouped(' '));
        assert_eq!(shape_of("1.250.000 boats"), Shape::Grouped('.'));
        assert_eq!(shape_of("1,250.50 lei"), Shape::GroupedDecimal { grouping: ',', decimal: '.' });
        assert_eq!(shape_of("version 1.2.3 is out"), Shape::Other);
        assert_eq!(shape_of("12,34,567 rupees"), Shape::Other);
    }

    #[test]
    fn dates_times_and_codes_are_no_numerals() {
        assert!(shapes("On 3/4 at 10:30, A4 paper and room#12").is_empty());
    }

    #[test]
    fn a_space_parts_only_groups_of_three() {
        let found = shapes("In 2014 300 boats, 12 30 boats, call 020 794 600");
        assert!(found.iter().all(|(_, shape)| *shape == Shape::Plain), "{found:?}");
    }
}
