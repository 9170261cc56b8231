//! Capitals: whether a text uses them, and writing a word with one.

use super::{Document, TokenKind};

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
