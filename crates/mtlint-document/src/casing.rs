//! Capitals: whether a text uses them, and writing a word with one.

use super::Document;

/// How many lines in small letters are a habit.
const SMALL_LINES: usize = 3;

/// Whether most lines begin in lower case.
pub(super) fn begins_lines_small(document: &Document) -> bool {
    let blocks = document.blocks();
    let small = blocks
        .iter()
        .filter(|block| document.tokens_of(block).first().is_some_and(|token| token.is_small))
        .count();
    small >= SMALL_LINES && small * 2 > blocks.len()
}

/// The word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
