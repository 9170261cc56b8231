//! Capitals: whether a text uses them, and writing a word with one.

use super::{Document, Token, TokenKind};

/// Whether any word of the text is capitalised. A text all in small letters is one decision, not a
/// slip at each sentence.
pub(super) fn uses_capitals(document: &Document) -> bool {
    document.tokens().iter().any(|token| match token.kind {
        TokenKind::Capitalised => true,
        // A single word in capitals, `NATO`, says nothing.
        _ => false,
    })
}

/// The word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Whether a token begins with a small letter of a script that has capitals and holds none further
/// on, as `iPhone` does.
pub(super) fn is_small(document: &Document, token: Token) -> bool {
    let word = document.slice(token.span);
    if token.kind != TokenKind::Lower {
        return false;
    }
    if word.is_ascii() {
        return word.starts_with(|c: char| c.is_ascii_lowercase())
            && !word.bytes().any(|b| b.is_ascii_uppercase());
    }
    word.chars().next().is_some_and(char::is_lowercase) && !word.chars().any(char::is_uppercase)
}
