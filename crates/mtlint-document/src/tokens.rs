//! Tokens: words, numbers and marks, by the word boundaries of Unicode (UAX #29).

use super::segment::{First, Glance};
use super::{Document, segment};
use mtlint_lang::tagger::Tagger;
use mtlint_text::{Span, WordKey};

/// What a token is made of. White space is no token; the gap between two tokens tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word that begins in lower case, or in a script without case.
    Lower,
    /// A word that begins in upper case and goes on in lower case, or is one letter long.
    Capitalised,
    /// A word of two capitals or more and nothing else.
    Upper,
    /// Begins with a digit.
    Number,
    /// A punctuation mark or symbol.
    Mark,
}

impl TokenKind {
    /// Whether the token holds letters.
    #[inline]
    pub fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Capitalised | Self::Upper)
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    /// Whether it begins with a small letter of a script that has capitals and holds none further
    /// on, as `iPhone` does.
    pub is_small: bool,
    /// Equal for words that differ in case alone; see [`word_hash`].
    pub hash: u32,
    /// Its number in the [`mtlint_lang::Lexicon`] of the document's language; 0 for a word that no entry of
    /// a word list has as its first or second.
    pub word: u16,
    /// Its number among the word forms of the document's language, see [`Document::word_form`]; 0 for what is none, and
    /// where the language's are not known.
    pub form: u16,
}

/// Cuts the blocks of a document into tokens.
pub(super) fn fill(document: &mut Document) {
    let forms = document.tagger().map(Tagger::forms);
    let Document { text, blocks, tokens, marks, capitalised, lexicon, .. } = document;
    tokens.reserve(text.len() / 4);
    marks.reserve(text.len() / 40);
    capitalised.reserve(text.len() / 40);
    for block in blocks {
        let (first, first_mark, first_capitalised) =
            (tokens.len() as u32, marks.len() as u32, capitalised.len() as u32);
        let slice = block.span.of(text);
        for piece in segment::words(slice) {
            let text = || &slice[piece.start..piece.end];
            let found = match piece.glance {
                Some(glance) => Some(of_glance(glance)),
                None => of_text(text()),
            };
            let Some((key, kind, is_small)) = found else { continue };
            let place = tokens.len() as u32 - first;
            match kind {
                TokenKind::Mark => marks.push(place),
                TokenKind::Capitalised => capitalised.push(place),
                _ => {}
            }
            let span = Span::new(piece.start, piece.end).shifted(block.span.lo());
            let hash = key.hash();
            let form = forms.filter(|_| kind.is_word()).map_or(0, |forms| match piece.glance {
                // The hash of a plain word is that of its form.
                Some(_) => forms.number_of_hash(hash),
                None => forms.number(text()),
            });
            tokens.push(Token { span, kind, is_small, hash, word: lexicon.find(key, text), form });
        }
        block.tokens = first..tokens.len() as u32;
        block.marks = first_mark..marks.len() as u32;
        block.capitalised = first_capitalised..capitalised.len() as u32;
    }
}

/// What a plain piece is: what it is known by, its kind, and whether it is small.
fn of_glance(glance: Glance) -> (WordKey, TokenKind, bool) {
    let kind = match glance.first {
        First::Small => TokenKind::Lower,
        First::Capital if glance.has_small || !glance.has_inner_capital => TokenKind::Capitalised,
        First::Capital => TokenKind::Upper,
        First::Digit => TokenKind::Number,
        First::Mark => TokenKind::Mark,
    };
    (glance.key, kind, kind == TokenKind::Lower && !glance.has_inner_capital)
}

/// The same of any piece of text; `None` for white space.
fn of_text(piece: &str) -> Option<(WordKey, TokenKind, bool)> {
    let kind = kind_of(piece)?;
    Some((WordKey::of(piece), kind, kind == TokenKind::Lower && is_small(piece)))
}

/// Whether a word in lower case is of a script that has capitals and holds none further on.
fn is_small(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase)
}

fn kind_of(piece: &str) -> Option<TokenKind> {
    let mut chars = piece.chars();
    let first = chars.next()?;
    if first.is_whitespace() {
        return None;
    }
    if first.is_numeric() {
        return Some(TokenKind::Number);
    }
    if !first.is_alphabetic() {
        return Some(TokenKind::Mark);
    }
    if !first.is_uppercase() {
        return Some(TokenKind::Lower);
    }
    let mut letters = 1;
    for c in chars {
        if c.is_lowercase() {
            return Some(TokenKind::Capitalised);
        }
        letters += usize::from(c.is_alphabetic());
    }
    Some(if letters == 1 { TokenKind::Capitalised } else { TokenKind::Upper })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_glance_tells_what_the_text_does(text in "[a-cA-C0-2_.’“'\\- é]{0,8}") {
            for piece in segment::words(&text) {
                if let Some(glance) = piece.glance {
                    assert_eq!(Some(of_glance(glance)), of_text(&text[piece.start..piece.end]));
                }
            }
        }
    }

    #[test]
    fn words_tell_their_case() {
        assert_eq!(kind_of("Afghanistan"), Some(TokenKind::Capitalised));
        assert_eq!(kind_of("UN"), Some(TokenKind::Upper));
        assert_eq!(kind_of("I"), Some(TokenKind::Capitalised));
        assert_eq!(kind_of("don’t"), Some(TokenKind::Lower));
        assert_eq!(kind_of("東"), Some(TokenKind::Lower));
        assert_eq!(kind_of("1,000"), Some(TokenKind::Number));
        assert_eq!(kind_of("”"), Some(TokenKind::Mark));
        assert_eq!(kind_of("  "), None);
    }
}
