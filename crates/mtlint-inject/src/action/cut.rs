//! `cut`: the end of a sentence, a paragraph or the text is lost.

use super::{Clean, Templates};
use crate::random::Random;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Cut {
    /// Whose end is lost.
    unit: Unit,
    /// Whether a word is cut in two, or the cut comes between two words.
    at: At,
    /// What stands in place of what is lost.
    with: Templates,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Sentence,
    Paragraph,
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    Word,
    Gap,
}

/// As many words stay at least on either side, so that the loss shows.
const LEAST_WORDS: usize = 4;

impl Cut {
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let text = clean.text();
        let paragraphs =
            || clean.paragraphs().filter(|block| block.of(text).ends_with(['.', '!', '?', '。']));
        let places: Vec<(Span, usize)> = match self.unit {
            Unit::Sentence => clean.sentences().map(|span| (span, span.hi())).collect(),
            Unit::Paragraph => {
                let last = |block: Span| clean.sentences().filter(move |span| block.contains(*span)).last();
                paragraphs().filter_map(|block| Some((last(block)?, block.hi()))).collect()
            }
            Unit::Text => {
                clean.sentences().last().map(|span| (span, text.trim_end().len())).into_iter().collect()
            }
        };
        clean.first_of(places, random, |(sentence, end), random| {
            let inside = sentence.of(text);
            let gaps: Vec<usize> = inside
                .match_indices(' ')
                .map(|(at, _)| at)
                .filter(|&at| inside[..at].ends_with(|char: char| char.is_lowercase()))
                .collect();
            let inner = gaps.get(LEAST_WORDS..gaps.len().checked_sub(LEAST_WORDS)?)?;
            let gap = *random.pick(inner)?;
            let at = match self.at {
                At::Gap => gap,
                At::Word => {
                    let word = inside[gap + 1..].split(' ').next()?;
                    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(2).collect();
                    let places = places.get(..places.len().checked_sub(2)?)?;
                    gap + 1 + random.pick(places)?
                }
            };
            let insert = clean.fill(random.pick(&self.with.0)?, &[], random)?;
            Some((Span::new(sentence.lo() + at, end), insert))
        })
    }
}
