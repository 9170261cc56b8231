//! `pair`: a quotation or a bracket: its marks are lost, doubled, turned, exchanged or moved.
//!
//! Only in paragraphs whose marks leave no doubt how they pair.

use super::{Clean, Templates};
use crate::random::Random;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Pair {
    /// The opening and the closing mark, as one string each: `“”`, `""`, `()`.
    pairs: Vec<String>,
    /// `$1` is the opening mark, `$2` what stands between, `$3` the closing mark, `$4` what `where` adds.
    with: Templates,
    #[serde(default, rename = "where")]
    place: Place,
    /// How many words stand between the marks, at least and at most.
    #[serde(default = "any_length")]
    length: (usize, usize),
}

const fn any_length() -> (usize, usize) {
    (1, 60)
}

/// What `$4` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    /// Nothing.
    #[default]
    Kept,
    /// The end of what stands between the marks, from a place between two words on; `$2` is the rest.
    Early,
    /// What follows the closing mark, up to the end of the sentence.
    Late,
    /// The sentence after the quotation, with the space before it.
    Next,
}

/// A pair in the text: where its marks begin.
struct Found {
    block: Span,
    open: usize,
    close: usize,
    marks: (char, char),
}

impl Pair {
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let text = clean.text();
        let mut found = Vec::new();
        for block in clean.paragraphs() {
            for marks in &self.pairs {
                let mut chars = marks.chars();
                if let (Some(open), Some(close)) = (chars.next(), chars.next()) {
                    pairs_of(block, text, (open, close), &mut found);
                }
            }
        }
        let (least, most) = self.length;
        found.retain(|pair| {
            let words = clean.words_in(Span::new(pair.open + pair.marks.0.len_utf8(), pair.close));
            (least..=most).contains(&words)
        });
        clean.first_of(found, random, |pair, random| {
            let (open, close) = (pair.marks.0.to_string(), pair.marks.1.to_string());
            let mut inside = &text[pair.open + open.len()..pair.close];
            let behind = pair.close + close.len();
            let mut end = behind;
            let mut rest = "";
            match self.place {
                Place::Kept => {}
                Place::Early => (inside, rest) = inside.split_at(early(inside, random)?),
                Place::Late => {
                    end = sentence_end(text, behind, pair.block)?;
                    rest = &text[behind..end];
                    if rest.chars().filter(|char| char.is_alphabetic()).count() < 6 {
                        return None;
                    }
                }
                Place::Next => {
                    let first = sentence_end(text, behind, pair.block)
                        .filter(|_| !text[pair.open..pair.close].ends_with(['.', '!', '?']))
                        .unwrap_or(behind);
                    end = sentence_end(text, first, pair.block)?;
                    rest = &text[behind..end];
                    if rest.split_whitespace().count() < 4 {
                        return None;
                    }
                }
            }
            if rest.contains(|char| QUOTES.contains(&char)) {
                return None;
            }
            let template = random.pick(&self.with.0)?;
            let parts = ["", open.as_str(), inside, close.as_str(), rest];
            Some((Span::new(pair.open, end), clean.fill(template, &parts, random)?))
        })
    }
}

const QUOTES: &[char] = &['“', '”', '"', '«', '»', '„', '‘', '「', '」', '『', '』', '‹', '›'];

/// The pairs of a paragraph, where its marks come in turn and stand as they should.
fn pairs_of(block: Span, text: &str, marks: (char, char), found: &mut Vec<Found>) {
    let inside = block.of(text);
    let (open, close) = marks;
    let is_apostrophe = |at: usize| {
        close == '’' && inside[at + close.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric)
    };
    let places: Vec<(usize, char)> = inside
        .char_indices()
        .filter(|&(at, char)| char == open || char == close && !is_apostrophe(at))
        .collect();
    if places.len() % 2 == 1 {
        return;
    }
    let before = |at: usize| inside[..at].chars().next_back();
    let after = |at: usize, char: char| inside[at + char.len_utf8()..].chars().next();
    let first = found.len();
    for pair in places.chunks_exact(2) {
        let ((start, opens), (end, closes)) = (pair[0], pair[1]);
        let stands_right = opens == open
            && closes == close
            && before(start).is_none_or(|char| !char.is_alphanumeric() || !char.is_ascii())
            && after(start, open).is_some_and(|char| !char.is_whitespace() || open == '«')
            && before(end).is_some_and(|char| !char.is_whitespace() || close == '»')
            && after(end, close).is_none_or(|char| !char.is_alphanumeric() || !char.is_ascii());
        if !stands_right {
            found.truncate(first);
            return;
        }
        found.push(Found { block, open: block.lo() + start, close: block.lo() + end, marks });
    }
}

/// A place between two words, three at least from either end; behind a comma if there is one.
fn early(inside: &str, random: &mut Random) -> Option<usize> {
    let spaces: Vec<usize> = inside.match_indices(' ').map(|(at, _)| at).collect();
    let inner = spaces.get(2..spaces.len().checked_sub(2)?)?;
    let commas: Vec<usize> =
        inner.iter().copied().filter(|&at| inside[..at].ends_with([',', '.', ';'])).collect();
    random.pick(if commas.is_empty() { inner } else { &commas }).copied()
}

/// The end of the sentence that goes on at `from`, with its final mark; not behind an abbreviation.
fn sentence_end(text: &str, from: usize, block: Span) -> Option<usize> {
    let rest = text.get(from..block.hi())?;
    rest.char_indices()
        .filter(|(_, char)| matches!(char, '.' | '!' | '?' | '。'))
        .find(|&(at, char)| {
            let word = rest[..at].rsplit([' ', '\n']).next().unwrap_or_default();
            let next = rest[at + char.len_utf8()..].chars().next();
            next.is_none_or(char::is_whitespace)
                && word.chars().filter(|char| char.is_alphabetic()).count() > 3
        })
        .map(|(at, char)| from + at + char.len_utf8())
}
