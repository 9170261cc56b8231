//! Cutting long texts into passages. Uses `document` and `text`.

use mtlint_document::Document;
use mtlint_text::Span;
use std::ops::RangeInclusive;

/// The passages of a text that have as many words, in text order: whole paragraphs, the last of them cut at
/// the end of a sentence where it would be too long. What fits in none is left out.
pub fn passages(document: &Document, words: &RangeInclusive<usize>) -> Vec<Span> {
    let text = document.text();
    // Two characters of Chinese or Japanese are about a word.
    let is_spaced = !document.language().is_some_and(|language| matches!(language.as_str(), "ja" | "zh"));
    let count = |span: Span| match is_spaced {
        true => span.of(text).split_whitespace().count(),
        false => span.of(text).chars().filter(|char| char.is_alphabetic()).count() / 2,
    };
    let mut found = Vec::new();
    let mut begun: Option<Span> = None;
    for block in document.blocks() {
        let wider = begun.map_or(block.span, |begun| begun.cover(block.span));
        if count(wider) < *words.start() {
            begun = Some(wider);
            continue;
        }
        let mut end = begun.map_or(block.span.lo(), Span::hi);
        if count(wider) <= *words.end() {
            end = wider.hi();
        } else {
            for sentence in document.sentences_of(block) {
                if count(Span::new(wider.lo(), sentence.span.hi())) > *words.end() {
                    break;
                }
                end = sentence.span.hi();
            }
        }
        let passage = Span::new(wider.lo(), end.max(wider.lo()));
        if words.contains(&count(passage)) {
            found.push(passage);
        }
        begun = None;
    }
    found
}
