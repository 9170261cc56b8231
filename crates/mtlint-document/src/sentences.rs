//! Sentences: the boundaries of Unicode (UAX #29), mended where a language's abbreviations and
//! stray marks mislead them.

use super::{Block, Document, segment};
use mtlint_lang::LanguagePack;
use mtlint_text::{Span, is_alphanumeric};
use std::ops::Range;

/// A sentence, or what stands for one: a heading, a list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without white space at either end.
    pub span: Span,
    /// Into [`Document::tokens`].
    pub tokens: Range<u32>,
}

impl Document {
    /// Whether the text is lines of one sentence each, as a chat, a list of segments or a file of
    /// subtitles is: what begins or ends a line there says little.
    pub fn is_cut_into_lines(&self) -> bool {
        *self.cut_into_lines.get_or_init(|| self.find_lines_of_a_sentence())
    }

    fn find_lines_of_a_sentence(&self) -> bool {
        let is_ended = |block: &&Block| self.slice(block.span).trim_end_matches(CLOSING).ends_with(ENDS);
        let (mut lines, mut sentences) = (0, 0);
        for block in self.blocks().iter().filter(is_ended) {
            lines += 1;
            sentences += block.sentences.len();
        }
        lines >= FEWEST_LINES && sentences * 10 < lines * 11
    }
}

/// Marks with which a sentence ends.
const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Marks that may close behind the end of a sentence.
const CLOSING: [char; 7] = ['”', '’', '"', '\'', '»', ')', ']'];

/// Fewer lines are a heading or two above a paragraph.
const FEWEST_LINES: usize = 5;

/// Cuts the blocks of a document, whose tokens are known, into sentences.
pub(super) fn fill(document: &mut Document) {
    let mut sentences = Vec::with_capacity(document.text.len() / 100 + 1);
    let mut spans = Vec::new();
    for block in &mut document.blocks {
        let first = sentences.len() as u32;
        let mut token = block.tokens.start;
        cut(&document.text, block.span, &document.pack, &mut spans);
        for span in spans.drain(..) {
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

/// Puts the sentences of a block into `spans`, which are empty.
fn cut(text: &str, block: Span, pack: &LanguagePack, spans: &mut Vec<Span>) {
    let mut before = "";
    segment::sentences(block.of(text), |offset, piece| {
        let trimmed = piece.trim_end();
        if trimmed.is_empty() {
            return;
        }
        let mut span = Span::new(0, trimmed.len()).shifted(block.lo() + offset);
        // Marks set off by spaces are what is left of the sentence before: `. ” He left.`
        let own = trimmed.len() - without_stray_marks(trimmed).len();
        match spans.last_mut() {
            Some(last) if own == trimmed.len() || ends_in_abbreviation(before, pack) => last.end = span.end,
            Some(last) if own > 0 => {
                let marks = trimmed[..own].trim_end().len();
                last.end = span.start + marks as u32;
                span.start += own as u32;
                spans.push(span);
            }
            _ => spans.push(span),
        }
        before = trimmed;
    });
}

/// `sentence` from its first word on, or from a mark that touches one.
fn without_stray_marks(sentence: &str) -> &str {
    let mut rest = sentence;
    loop {
        let marks = rest.find(|c: char| is_alphanumeric(c) || c.is_whitespace()).unwrap_or(rest.len());
        let after = &rest[marks..];
        let is_set_off = marks > 0 && (after.is_empty() || after.starts_with(char::is_whitespace));
        // A dash or a bullet begins what follows it.
        if !is_set_off || rest.starts_with(['-', '–', '—', '•', '*']) {
            return rest;
        }
        rest = after.trim_start();
    }
}

/// Whether the full stop at the end of `sentence` belongs to a word that is written with one and
/// that no sentence ends with: `Gen.`, `St.`, an initial.
fn ends_in_abbreviation(sentence: &str, pack: &LanguagePack) -> bool {
    let Some(before) = sentence.strip_suffix('.') else { return false };
    let start = before
        .rfind(|c: char| {
            matches!(c, '(' | '[' | '{' | '“' | '‘' | '"' | '«' | '—' | '–' | '-') || c.is_whitespace()
        })
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let word = &before[start..];
    let mut letters = word.chars();
    // An initial, as in `J. Smith`; the pronoun I can end a sentence.
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase() && c != 'I');
    initial || pack.is_abbreviation(word)
}

#[cfg(test)]
mod tests {
    use crate::Document;
    use mtlint_lang::{Language, Packs};

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
