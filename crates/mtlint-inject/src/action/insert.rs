//! `insert`: something comes in that was not there: a line of the page, words of a model, a mark.

use super::{Clean, Pattern, Templates};
use crate::random::Random;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Insert {
    at: Place,
    with: Templates,
    /// `gap`: what stands around it: a match of this, in which `|` must not lie, is cut in two at its first
    /// space.
    pattern: Option<Pattern>,
}

/// Where it comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    /// Between two words of a sentence, with a space on either side.
    Gap,
    /// Between two sentences of a paragraph.
    Sentence,
    /// Right before a sentence inside a paragraph.
    SentenceStart,
    /// Right behind a sentence inside a paragraph.
    SentenceEnd,
    /// Right before a paragraph.
    ParagraphStart,
    /// Right behind a paragraph.
    ParagraphEnd,
    /// Between two paragraphs, as one.
    Paragraph,
    /// Before the text, as a paragraph.
    Start,
    /// Behind the text, as a paragraph.
    End,
}

impl Insert {
    pub(super) fn patterns(&self) -> Vec<&str> {
        self.pattern.iter().map(|pattern| pattern.source.as_str()).collect()
    }

    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let places = self.places(clean);
        let (joint, gap) = (clean.joint(), paragraph_gap(clean.text()));
        clean.first_of(places, random, |place, random| {
            let form = clean.fill(random.pick(&self.with.0)?, &[], random)?;
            let insert = match self.at {
                Place::Gap => format!(" {form}"),
                Place::Sentence => format!("{form}{joint}"),
                Place::Paragraph | Place::End => format!("{gap}{form}"),
                Place::Start => format!("{form}{gap}"),
                _ => form,
            };
            Some((Span::at(place), insert))
        })
    }

    /// The offsets at which it may come in.
    fn places(&self, clean: &Clean<'_>) -> Vec<usize> {
        let text = clean.text();
        let paragraphs: Vec<Span> = clean.paragraphs().collect();
        let document = clean.document;
        let blocks = clean.prose.iter().map(|&at| document.sentences_of(&document.blocks()[at]));
        match self.at {
            Place::Gap => match self.pattern.as_ref() {
                Some(pattern) => {
                    let Some(regex) = pattern.of(clean.language) else { return Vec::new() };
                    let gap = |block: Span| {
                        let found: Vec<usize> = regex
                            .find_iter(block.of(text))
                            .filter_map(|found| Some(block.lo() + found.start() + found.as_str().find(' ')?))
                            .collect();
                        found
                    };
                    paragraphs.into_iter().flat_map(gap).collect()
                }
                None => {
                    let letters = |at: &usize| {
                        let is_letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
                        is_letter(text[..*at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
                    };
                    let spaces = |block: Span| {
                        block.of(text).match_indices(' ').map(|(at, _)| block.lo() + at).collect::<Vec<_>>()
                    };
                    paragraphs.into_iter().flat_map(spaces).filter(letters).collect()
                }
            },
            Place::Sentence | Place::SentenceStart => blocks
                .flat_map(|sentences| sentences.iter().skip(1))
                .map(|sentence| sentence.span.lo())
                .collect(),
            Place::SentenceEnd => blocks
                .flat_map(|sentences| &sentences[..sentences.len().saturating_sub(1)])
                .map(|sentence| sentence.span.hi())
                .collect(),
            Place::ParagraphStart => paragraphs.iter().map(|block| block.lo()).collect(),
            Place::ParagraphEnd => paragraphs.iter().map(|block| block.hi()).collect(),
            Place::Paragraph => {
                paragraphs[..paragraphs.len().saturating_sub(1)].iter().map(|block| block.hi()).collect()
            }
            Place::Start => paragraphs.first().map(|block| block.lo()).into_iter().collect(),
            Place::End => paragraphs.last().map(|block| block.hi()).into_iter().collect(),
        }
    }
}

/// What stands between two paragraphs of a text.
pub(super) fn paragraph_gap(text: &str) -> &'static str {
    if text.trim().contains('\n') && !text.contains("\n\n") && !text.contains("\r\n") { "\n" } else { "\n\n" }
}
