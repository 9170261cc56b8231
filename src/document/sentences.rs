//! Sentences: the boundaries of Unicode (UAX #29), mended where a language's abbreviations and
//! stray marks mislead them.

use super::Document;
use crate::lang::LanguagePack;
use crate::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A sentence, or what stands for one: a heading, a list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space at either end.
    pub span: Span,
    /// Into [`Document::tokens`].
    pub tokens: Range<u32>,
}

/// Cuts the blocks of a document, whose tokens are known, into sentences.
pub(super) fn fill(document: &mut Document) {
    let mut sentences = Vec::with_capacity(document.text.len() / 100 + 1);
    for block in &mut document.blocks {
        let first = sentences.len() as u32;
        let mut token = block.tokens.start;
        for span in spans(&document.text, block.span, &document.pack) {
            let start = token;
            while token < block.tokens.end && document.tokens[token as usize].span.start < span.end {
                token += 1;
            }
            sentences.push(Sentence { span, tokens: start..token });
        }
        block.sentences = first..sentences.len() as u32;
    }
    document.sentences = sentences;
}

fn spans(text: &str, block: Span, pack: &LanguagePack) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    // Whether the next piece still belongs to the sentence before it.
    let mut open = false;
    for (offset, piece) in block.of(text).split_sentence_bound_indices() {
        let trimmed = piece.trim_end();
        if trimmed.is_empty() {
            continue;
        }
        let start = block.lo() + offset;
        let span = Span::new(start, start + trimmed.len());
        // Marks alone are what is left of the sentence before: `. ”`
        let marks_only = !trimmed.chars().any(char::is_alphanumeric);
        match spans.last_mut() {
            Some(last) if open || marks_only => last.end = span.end,
            _ => spans.push(span),
        }
        open = ends_in_abbreviation(trimmed, pack);
    }
    spans
}

/// Whether the full stop at the end of `sentence` belongs to a word that is written with one and
/// that no sentence ends with: `Gen.`, `St.`, an initial.
fn ends_in_abbreviation(sentence: &str, pack: &LanguagePack) -> bool {
    let Some(before) = sentence.strip_suffix('.') else { return false };
    let start = before
        .rfind(|c: char| c.is_whitespace() || "([{“‘\"«—–-".contains(c))
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let word = &before[start..];
    let mut letters = word.chars();
    // An initial, as in `J. Smith`; the pronoun I can end a sentence.
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
    initial || pack.is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::lang::{Language, Packs};

    fn sentences(text: &str) -> Vec<String> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        document.sentences().iter().map(|sentence| document.slice(sentence.span).to_owned()).collect()
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Gen. Hale met Dr. A. Moss at 5 p.m. They spoke. He left."),
            ["Gen. Hale met Dr. A. Moss at 5 p.m.", "They spoke.", "He left."]
        );
    }

    #[test]
    fn stray_marks_stay_with_their_sentence() {
        assert_eq!(sentences("It grew. ” And then. . He went."), ["It grew. ”", "And then. .", "He went."]);
    }

    #[test]
    fn a_closing_mark_belongs_to_the_sentence_it_closes() {
        assert_eq!(sentences("“We grow.” It is so."), ["“We grow.”", "It is so."]);
    }
}
