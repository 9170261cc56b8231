//! Acronyms and what they are short for: `Harbour Safety Board (HSB)`.

use crate::{Document, Token, TokenKind};
use mtlint_text::Span;

/// How many letters an acronym has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=8;

/// How many words of an expansion are in small letters and stand for no letter at most, for each letter.
const WORDS_PER_LETTER: usize = 2;

/// An acronym in brackets behind what it is short for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The acronym, without its brackets.
    pub acronym: Span,
    /// The words before the bracket: those that spell it, or else the name right before it.
    pub expansion: Span,
    /// Whether the initials of the words spell the acronym.
    pub spells: bool,
}

/// The expansions of a document in text order.
pub(super) fn expansions(document: &Document) -> Vec<Expansion> {
    let mut found = Vec::new();
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        for (index, window) in tokens.windows(3).enumerate() {
            let [open, acronym, close] = window else { continue };
            if acronym.kind == TokenKind::Upper
                && document.slice(open.span) == "("
                && document.slice(close.span) == ")"
                && index > 0
            {
                found.extend(expansion(document, &tokens[..index], *acronym));
            }
        }
    }
    found
}

fn expansion(document: &Document, before: &[Token], acronym: Token) -> Option<Expansion> {
    let letters: Vec<char> = document.slice(acronym.span).chars().flat_map(char::to_lowercase).collect();
    if !LETTERS.contains(&letters.len()) || !letters.iter().all(|c| c.is_alphabetic()) {
        return None;
    }
    let reach = before.len().saturating_sub(letters.len() * WORDS_PER_LETTER + 2);
    let words: Vec<Token> = before[reach..]
        .iter()
        .rev()
        .take_while(|token| token.kind.is_word() || matches!(document.slice(token.span), "-" | "&" | "‑"))
        .filter(|token| token.kind.is_word())
        .copied()
        .collect();
    let last = *words.first()?;
    let initial = |token: &Token| document.slice(token.span).chars().flat_map(char::to_lowercase).next();
    // From the last word back, each letter is the initial of a word; small words may be passed over.
    let mut left = letters.len();
    for word in &words {
        if initial(word) == Some(letters[left - 1]) {
            left -= 1;
            if left == 0 {
                return Some(Expansion {
                    acronym: acronym.span,
                    expansion: word.span.cover(last.span),
                    spells: true,
                });
            }
        } else if word.kind != TokenKind::Lower {
            break;
        }
    }
    let function_words = document.pack().words("function-words");
    let is_name =
        |word: &&Token| word.kind == TokenKind::Capitalised && !document.is_in(**word, function_words);
    let capitals: Vec<&Token> = words.iter().take_while(is_name).collect();
    let first = capitals.last().filter(|_| capitals.len() >= 2)?;
    Some(Expansion { acronym: acronym.span, expansion: first.span.cover(last.span), spells: false })
}
