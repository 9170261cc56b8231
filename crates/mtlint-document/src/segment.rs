//! Boundaries of words and sentences by the rules of Unicode (UAX #29).
//!
//! unicode-segmentation knows the rules in full. Most of what is read is plain enough for a fraction
//! of them, which is many times faster: text of ASCII and the usual quotation marks, for words, and
//! of letters and marks of Western print, for sentences. All else goes to the library, and a property
//! test holds the two against each other.

use mtlint_text::WordKey;
use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// In bytes from the start of the text.
    pub start: usize,
    pub end: usize,
    /// What the bytes of a plain piece tell; `None` for all others.
    pub glance: Option<Glance>,
}

/// What one look at the bytes of a plain piece tells, which saves to look again: nearly every piece of
/// an English text is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glance {
    pub key: WordKey,
    /// What its first character is.
    pub first: First,
    /// Whether any of its letters is small.
    pub has_small: bool,
    /// Whether any of its letters but the first is a capital.
    pub has_inner_capital: bool,
}

/// What a plain piece begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Small,
    Capital,
    Digit,
    Mark,
}

/// Every word, number and mark of a text, white space left out.
pub(super) fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, by_library: None }
}

/// See [`words`].
pub(super) struct Words<'t> {
    text: &'t str,
    /// Up to where the text is cut.
    at: usize,
    /// What the library makes of a piece that is not plain, and where that begins.
    by_library: Option<(usize, UWordBoundIndices<'t>)>,
}

impl Words<'_> {
    /// The next piece of what is not plain; `None` at its end.
    #[cold]
    fn next_by_library(&mut self) -> Option<Piece> {
        let (start, pieces) = self.by_library.as_mut()?;
        let piece = pieces.find(|(_, piece)| !piece.starts_with(char::is_whitespace));
        let found = piece.map(|(offset, piece)| Piece {
            start: *start + offset,
            end: *start + offset + piece.len(),
            glance: None,
        });
        if found.is_none() {
            self.by_library = None;
        }
        found
    }
}

impl Iterator for Words<'_> {
    type Item = Piece;

    #[inline]
    fn next(&mut self) -> Option<Piece> {
        let bytes = self.text.as_bytes();
        loop {
            if self.by_library.is_some() {
                if let Some(piece) = self.next_by_library() {
                    return Some(piece);
                }
                continue;
            }
            let start = self.at;
            let first = *bytes.get(start)?;
            if is_space(first) {
                self.at += 1;
            } else if let Some((end, glance)) = plain_word(bytes, start) {
                self.at = end;
                return Some(Piece { start, end, glance: Some(glance) });
            } else {
                // No word holds a space, so that what lies before the next one can be cut by itself.
                let length = bytes[start..].iter().position(|byte| is_space(*byte));
                self.at = length.map_or(bytes.len(), |length| start + length);
                self.by_library = Some((start, self.text[start..self.at].split_word_bound_indices()));
            }
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Where the piece that begins at `start` ends, if it is ASCII, or a quotation mark or dash, and nothing
/// else beyond ASCII stands behind it, which might be a part of it.
#[inline]
fn plain_word(bytes: &[u8], start: usize) -> Option<(usize, Glance)> {
    let first = class_of(bytes[start]);
    let mut end = start;
    let mut key = WordKey::default();
    if first == 0 {
        end += mark_length(&bytes[start..])?;
        bytes[start..end].iter().for_each(|byte| key.add(*byte));
        // What is joined to a mark, such as an accent, is no mark itself.
        if end < bytes.len() {
            mark_length(&bytes[end..])?;
        }
        let glance = Glance { key, first: First::Mark, has_small: false, has_inner_capital: false };
        return Some((end, glance));
    }
    key.add(lower(bytes[start], first));
    end += 1;
    let mut inner = 0;
    while let Some(&byte) = bytes.get(end) {
        let class = class_of(byte);
        if class != 0 {
            inner |= class;
            key.add(lower(byte, class));
            end += 1;
            continue;
        }
        if byte == b' ' {
            break;
        }
        let middle = &bytes[end..end + mark_length(&bytes[end..])?];
        let Some(&after) = bytes.get(end + middle.len()) else { break };
        if !joins(bytes[end - 1], middle, after) {
            // What is neither may be a letter that the mark joins.
            mark_length(&bytes[end + middle.len()..])?;
            break;
        }
        middle.iter().for_each(|byte| key.add(*byte));
        end += middle.len();
    }
    let (has_small, has_inner_capital) = ((first | inner) & SMALL != 0, inner & CAPITAL != 0);
    let first = match first {
        SMALL => First::Small,
        CAPITAL => First::Capital,
        DIGIT => First::Digit,
        _ => First::Mark,
    };
    Some((end, Glance { key, first, has_small, has_inner_capital }))
}

/// The classes of bytes of ASCII words, a bit each.
const SMALL: u8 = 1;
const DIGIT: u8 = 2;
const UNDERSCORE: u8 = 4;
/// The bit that a letter has more in lower case.
const CAPITAL: u8 = 0x20;

/// The byte, of this class, in lower case.
#[inline]
fn lower(byte: u8, class: u8) -> u8 {
    byte | class & CAPITAL
}

/// The class of a byte; 0 for what is no part of a word.
#[inline]
fn class_of(byte: u8) -> u8 {
    const CLASSES: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 128 {
            classes[byte] = match byte as u8 {
                b'a'..=b'z' => SMALL,
                b'A'..=b'Z' => CAPITAL,
                b'0'..=b'9' => DIGIT,
                b'_' => UNDERSCORE,
                _ => 0,
            };
            byte += 1;
        }
        classes
    };
    CLASSES[usize::from(byte)]
}

/// How many bytes the character has that `bytes` begin with, if it is of ASCII, a quotation mark or a
/// dash; `bytes` are not empty.
fn mark_length(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0..0x80, ..] => Some(1),
        // – — ‘ ’ “ ”
        [0xE2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9C | 0x9D, ..] => Some(3),
        _ => None,
    }
}

/// Whether `middle`, one character, between two others leaves them one word.
fn joins(before: u8, middle: &[u8], after: u8) -> bool {
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match middle {
        [b'.' | b'\''] | [0xE2, 0x80, 0x98 | 0x99] => letters || digits,
        [b':'] => letters,
        [b',' | b';'] => digits,
        _ => false,
    }
}

/// Calls `found` with the offset and text of every sentence, which together make up `text`.
pub(super) fn sentences<'t>(text: &'t str, mut found: impl FnMut(usize, &'t str)) {
    if is_plain(text) {
        let is_wide = memchr::memchr2(WIDE[0], WIDE[1], text.as_bytes()).is_some();
        let mut start = 0;
        while start < text.len() {
            let end = sentence_end(text, start, is_wide);
            found(start, &text[start..end]);
            start = end;
        }
    } else {
        text.split_sentence_bound_indices().for_each(|(start, sentence)| found(start, sentence));
    }
}

/// How many bytes are looked at as a whole, which a processor does for many of them at a time.
const CHUNK: usize = 32;

/// Whether the text holds no character of [`Class::Foreign`].
fn is_plain(text: &str) -> bool {
    let is_printed = |byte: &u8| matches!(byte, b' '..=b'~');
    let is_plain_at = |at: usize| text[at..].chars().next().is_some_and(|c| class(c) != Class::Foreign);
    text.as_bytes().chunks(CHUNK).zip((0..).step_by(CHUNK)).all(|(chunk, start)| {
        chunk.iter().fold(true, |printed, byte| printed & is_printed(byte))
            || chunk
                .iter()
                .zip(start..)
                .all(|(byte, at)| is_printed(byte) || !text.is_char_boundary(at) || is_plain_at(at))
    })
}

/// The first bytes of the wide marks of [`class`].
const WIDE: [u8; 2] = [0xE3, 0xEF];

/// The Sentence_Break property of a character, as far as Western print needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// `.`
    FullStop,
    /// `!`, `?` and the wide stops
    Terminal,
    Close,
    Space,
    Lower,
    /// A letter without case or in upper case.
    Upper,
    Digit,
    /// What a sentence goes on after: `,` `-` `:` `;` and dashes.
    Continue,
    Other,
    /// Not plain: the library decides.
    Foreign,
}

fn class(c: char) -> Class {
    match c {
        '.' => Class::FullStop,
        '!' | '?' => Class::Terminal,
        'a'..='z' => Class::Lower,
        'A'..='Z' => Class::Upper,
        '0'..='9' => Class::Digit,
        ' ' | '\t' | '\u{A0}' => Class::Space,
        ',' | '-' | ':' | ';' | '–' | '—' => Class::Continue,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '“' | '”' | '‘' | '’' | '„' | '‚' | '«' | '»' => {
            Class::Close
        }
        '…' | '€' | '£' | '©' | '®' | '™' | '•' | '·' | '−' | '°' | '×' | '½' => {
            Class::Other
        }
        '!'..='~' => Class::Other,
        // Wide marks, which stray into Western print.
        '。' | '！' | '？' => Class::Terminal,
        '，' | '、' | '：' | '；' => Class::Continue,
        '（' | '）' => Class::Close,
        // Letters of Latin-1 and Latin Extended-A.
        'à'..='ö' | 'ø'..='ÿ' | 'ß' => Class::Lower,
        'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        '\u{100}'..='\u{17F}' if c.is_lowercase() => Class::Lower,
        '\u{100}'..='\u{17F}' if c.is_uppercase() => Class::Upper,
        _ => Class::Foreign,
    }
}

/// Where the next stop lies, from `at` on; `is_wide` tells whether the text holds wide marks.
fn next_stop(text: &str, at: usize, is_wide: bool) -> Option<usize> {
    let rest = &text[at..];
    let found = if is_wide {
        rest.find(|c| matches!(class(c), Class::FullStop | Class::Terminal))
    } else {
        memchr::memchr3(b'.', b'!', b'?', rest.as_bytes())
    };
    found.map(|found| at + found)
}

/// Where the sentence that begins at `start` ends. The names are those of the rules of UAX #29.
fn sentence_end(text: &str, start: usize, is_wide: bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(stop) = next_stop(text, at, is_wide) {
        at = stop + text[stop..].chars().next().map_or(1, char::len_utf8);
        let before = text[..stop].chars().next_back().map(class);
        let mut rest = text[at..].char_indices().map(|(offset, c)| (at + offset, class(c))).peekable();
        if bytes[stop] == b'.' {
            match rest.peek() {
                // SB6 and SB7
                Some((_, Class::Digit)) => continue,
                Some((_, Class::Upper)) if matches!(before, Some(Class::Upper | Class::Lower)) => continue,
                _ => {}
            }
        }
        // SB9 and SB10
        while rest.next_if(|(_, class)| *class == Class::Close).is_some() {}
        while rest.next_if(|(_, class)| *class == Class::Space).is_some() {}
        let Some(&(boundary, next)) = rest.peek() else { return text.len() };
        // SB8a
        if matches!(next, Class::Continue | Class::FullStop | Class::Terminal) {
            continue;
        }
        // SB8
        let goes_on = bytes[stop] == b'.'
            && rest
                .find(|(_, class)| {
                    matches!(class, Class::Lower | Class::Upper | Class::FullStop | Class::Terminal)
                })
                .is_some_and(|(_, class)| class == Class::Lower);
        if !goes_on {
            return boundary;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all_words(text: &str) -> Vec<(usize, String)> {
        words(text).map(|piece| (piece.start, text[piece.start..piece.end].to_owned())).collect()
    }

    fn all_sentences(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        sentences(text, |at, sentence| found.push((at, sentence.to_owned())));
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn words_are_those_of_the_library(text in "[a-cA-C0-2_.,:;'\"‘’“”—!() éЖ漢\u{301}\u{200D}\\-@/]{0,16}") {
            // To the library a space takes an accent that follows it along; no article holds one.
            prop_assume!(!text.contains(" \u{301}") && !text.contains(" \u{200D}"));
            let library: Vec<(usize, String)> = text
                .split_word_bound_indices()
                .filter(|(_, word)| !word.starts_with(char::is_whitespace))
                .map(|(at, word)| (at, word.to_owned()))
                .collect();
            prop_assert_eq!(all_words(&text), library);
        }

        #[test]
        fn sentences_are_those_of_the_library(text in "[abAB1.,;:!?()\"“”’—… éÉőŐ&。！，（\u{A0}\\-]{0,16}") {
            let library: Vec<(usize, String)> =
                text.split_sentence_bound_indices().map(|(at, it)| (at, it.to_owned())).collect();
            prop_assert_eq!(all_sentences(&text), library);
        }
    }

    #[test]
    fn every_plain_character_has_the_class_of_the_library() {
        // What follows a stop tells a character's class by whether the sentence goes on.
        let all = ('\u{9}'..='\u{FF}')
            .chain('\u{100}'..='\u{17F}')
            .chain("–—“”‘’„‚…€™•−。！？，、：；（）".chars());
        for c in all.filter(|c| class(*c) != Class::Foreign) {
            for text in [
                format!("b.{c}"),
                format!("b. {c} c"),
                format!("b. {c} C"),
                format!("B!{c}C"),
                format!("{c}.C"),
                format!("a.{c} b"),
                format!("a.{c}. C"),
            ] {
                let library: Vec<(usize, String)> =
                    text.split_sentence_bound_indices().map(|(at, it)| (at, it.to_owned())).collect();
                assert_eq!(all_sentences(&text), library, "{text:?}");
            }
        }
    }
}
