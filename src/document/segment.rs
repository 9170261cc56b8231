//! Boundaries of words and sentences by the rules of Unicode (UAX #29).
//!
//! unicode-segmentation knows the rules in full. Most of what is read is plain enough for a fraction
//! of them, which is many times faster: text of ASCII, for words, and of letters and marks of
//! Western print, for sentences. All else goes to the library, and a property test holds the two
//! against each other.

use unicode_segmentation::UnicodeSegmentation;

/// Calls `found` with the offset and text of every word, number and mark, white space left out.
pub(super) fn words(text: &str, mut found: impl FnMut(usize, &str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if is_space(bytes[at]) {
            at += 1;
            continue;
        }
        // No word holds a space, so that what lies between two of them can be cut by itself.
        let mut end = at;
        let mut ascii = 0;
        while end < bytes.len() && !is_space(bytes[end]) {
            ascii |= bytes[end];
            end += 1;
        }
        let chunk = &text[at..end];
        if ascii < 0x80 {
            ascii_words(chunk, |start, word| found(at + start, word));
        } else {
            for (start, word) in chunk.split_word_bound_indices() {
                if !word.starts_with(char::is_whitespace) {
                    found(at + start, word);
                }
            }
        }
        at = end;
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The words of ASCII text without white space.
fn ascii_words(chunk: &str, mut found: impl FnMut(usize, &str)) {
    let bytes = chunk.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut start = 0;
    while start < bytes.len() {
        let mut end = start + 1;
        if is_part(bytes[start]) {
            while let Some(&byte) = bytes.get(end) {
                if is_part(byte) {
                    end += 1;
                } else if bytes.get(end + 1).is_some_and(|&after| joins(bytes[end - 1], byte, after)) {
                    end += 2;
                } else {
                    break;
                }
            }
        }
        found(start, &chunk[start..end]);
        start = end;
    }
}

/// Whether `middle` between two characters leaves them one word.
fn joins(before: u8, middle: u8, after: u8) -> bool {
    let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    match middle {
        b'.' | b'\'' => letters || digits,
        b':' => letters,
        b',' | b';' => digits,
        _ => false,
    }
}

/// Calls `found` with the offset and text of every sentence, which together make up `text`.
pub(super) fn sentences<'t>(text: &'t str, mut found: impl FnMut(usize, &'t str)) {
    let is_plain_ascii = text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    if is_plain_ascii || text.chars().all(|c| matches!(c, ' '..='~') || class(c) != Class::Foreign) {
        let mut start = 0;
        while start < text.len() {
            let end = sentence_end(text, start);
            found(start, &text[start..end]);
            start = end;
        }
    } else {
        text.split_sentence_bound_indices().for_each(|(start, sentence)| found(start, sentence));
    }
}

/// The Sentence_Break property of a character, as far as Western print needs it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// `.`
    FullStop,
    /// `!` and `?`
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
        // Letters of Latin-1 and Latin Extended-A.
        'à'..='ö' | 'ø'..='ÿ' | 'ß' => Class::Lower,
        'À'..='Ö' | 'Ø'..='Þ' => Class::Upper,
        '\u{100}'..='\u{17F}' if c.is_lowercase() => Class::Lower,
        '\u{100}'..='\u{17F}' if c.is_uppercase() => Class::Upper,
        _ => Class::Foreign,
    }
}

/// Where the sentence that begins at `start` ends. The names are those of the rules of UAX #29.
fn sentence_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &bytes[at..]) {
        let stop = at + found;
        at = stop + 1;
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
        let mut found = Vec::new();
        words(text, |at, word| found.push((at, word.to_owned())));
        found
    }

    fn all_sentences(text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        sentences(text, |at, sentence| found.push((at, sentence.to_owned())));
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn words_are_those_of_the_library(text in "[a-cA-C0-2_.,:;'\"’!() éЖ漢\\-@/]{0,16}") {
            let library: Vec<(usize, String)> = text
                .split_word_bound_indices()
                .filter(|(_, word)| !word.starts_with(char::is_whitespace))
                .map(|(at, word)| (at, word.to_owned()))
                .collect();
            prop_assert_eq!(all_words(&text), library);
        }

        #[test]
        fn sentences_are_those_of_the_library(text in "[abAB1.,;:!?()\"“”’—… éÉőŐ&\u{A0}\\-]{0,16}") {
            let library: Vec<(usize, String)> =
                text.split_sentence_bound_indices().map(|(at, it)| (at, it.to_owned())).collect();
            prop_assert_eq!(all_sentences(&text), library);
        }
    }

    #[test]
    fn every_plain_character_has_the_class_of_the_library() {
        // What follows a stop tells a character's class by whether the sentence goes on.
        let all = ('\u{9}'..='\u{FF}').chain('\u{100}'..='\u{17F}').chain("–—“”‘’„‚…€™•−".chars());
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
