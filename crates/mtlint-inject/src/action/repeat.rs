//! `repeat`: a piece of the text is said again, right behind itself.

use super::Clean;
use super::insert::paragraph_gap;
use crate::random::Random;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Repeat {
    unit: Unit,
    /// What stands between the two; a space, or the end of a paragraph, when left out.
    joiner: Option<Vec<String>>,
    /// How often it is said again.
    #[serde(default = "once")]
    times: Vec<usize>,
    /// Words that may well be said twice.
    #[serde(default)]
    except: Vec<String>,
    /// Whether each time a word is another one.
    #[serde(default)]
    drift: bool,
    /// How many words the unit has, at least and at most.
    length: Option<(usize, usize)>,
    /// What is said again is in lower case or, where this is so, begins with a capital.
    #[serde(default)]
    names: bool,
}

fn once() -> Vec<usize> {
    vec![1]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    /// Words in a row, inside a clause.
    Words,
    /// The last words of a sentence, without its final mark.
    Ending,
    /// What stands between commas.
    Clause,
    Sentence,
    Question,
    Paragraph,
}

impl Repeat {
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let text = clean.text();
        let (least, most) = self.length.unwrap_or(match self.unit {
            Unit::Words => (1, 1),
            Unit::Ending => (2, 5),
            _ => (4, usize::MAX),
        });
        let mut units = match self.unit {
            Unit::Words => self.rows(clean, least, most, random),
            Unit::Ending => endings(clean, least, most, random),
            Unit::Clause => clauses(clean),
            Unit::Sentence => clean.sentences().filter(|span| is_ended(span.of(text))).collect(),
            Unit::Question => clean.sentences().filter(|span| span.of(text).ends_with(['?', '？'])).collect(),
            Unit::Paragraph => clean.paragraphs().collect(),
        };
        units.retain(|span| (least..=most).contains(&clean.words_in(*span)));
        let usual = match self.unit {
            Unit::Paragraph => paragraph_gap(text),
            Unit::Sentence | Unit::Question => clean.joint(),
            _ => " ",
        };
        clean.first_of(units, random, |span, random| {
            let joiner = match &self.joiner {
                Some(joiners) => random.pick(joiners)?.as_str(),
                None => usual,
            };
            let mut insert = String::new();
            for _ in 0..*random.pick(&self.times)? {
                insert.push_str(joiner);
                match self.drift {
                    true => insert.push_str(&drifted(clean, span.of(text), random)?),
                    false => insert.push_str(span.of(text)),
                }
            }
            clean.is_prose(span).then(|| (Span::at(span.hi()), insert))
        })
    }

    /// Words in a row with single spaces between them, each inside its clause; one place for each word.
    fn rows(&self, clean: &Clean<'_>, least: usize, most: usize, random: &mut Random) -> Vec<Span> {
        let document = clean.document;
        let mut rows = Vec::new();
        for block in clean.prose.iter().map(|&at| &document.blocks()[at]) {
            let tokens = document.tokens_of(block);
            for start in 1..tokens.len().saturating_sub(1) {
                let count = least + random.below(most - least + 1);
                let Some(row) = tokens.get(start..start + count) else { continue };
                let is_word = |token: &mtlint_document::Token| {
                    let text = document.slice(token.span);
                    let is_capital = text.chars().next().is_some_and(char::is_uppercase);
                    token.kind.is_word()
                        && text.chars().count() > 1
                        && is_capital == self.names
                        && !self.except.contains(&text.to_lowercase())
                };
                let joined = |pair: &[mtlint_document::Token]| {
                    &document.text()[pair[0].span.hi()..pair[1].span.lo()] == " "
                };
                // The neighbours on both sides, so that the row lies inside a clause.
                let wide = &tokens[start - 1..(start + count + 1).min(tokens.len())];
                let is_inside = wide.len() == count + 2
                    && wide.windows(2).all(joined)
                    && wide.first().is_some_and(|first| first.kind.is_word())
                    && wide.last().is_some_and(|last| last.kind.is_word());
                if is_inside && row.iter().all(is_word) {
                    rows.push(row[0].span.cover(row[count - 1].span));
                }
            }
        }
        rows
    }
}

/// The last words of each sentence, without the final mark.
fn endings(clean: &Clean<'_>, least: usize, most: usize, random: &mut Random) -> Vec<Span> {
    let text = clean.text();
    let ending = |span: Span| {
        let bare = span.of(text).strip_suffix(['.', '!', '?'])?;
        let count = least + random.below(most - least + 1);
        let spaces: Vec<usize> = bare.match_indices(' ').map(|(at, _)| at).collect();
        let at = *spaces.get(spaces.len().checked_sub(count)?)?;
        let row = &bare[at + 1..];
        let is_plain = row.chars().all(|char| char.is_alphabetic() || matches!(char, ' ' | '-' | '\'' | '’'));
        is_plain.then(|| Span::new(span.lo() + at + 1, span.lo() + bare.len()))
    };
    clean.sentences().filter_map(ending).collect()
}

/// What stands between two commas, or between a comma and the end, together with the comma before it.
fn clauses(clean: &Clean<'_>) -> Vec<Span> {
    let text = clean.text();
    let mut found = Vec::new();
    for sentence in clean.sentences() {
        let inside = sentence.of(text);
        let commas: Vec<usize> = inside.match_indices(", ").map(|(at, _)| at).collect();
        for (index, &comma) in commas.iter().enumerate() {
            let end = commas
                .get(index + 1)
                .copied()
                .unwrap_or_else(|| inside.trim_end_matches(['.', '!', '?', '”', '"', '’', '\'']).len());
            let clause = inside.get(comma..end).unwrap_or_default();
            if !clause.contains(['“', '”', '"', '(', ')', '—', ';', ':']) && !clause.is_empty() {
                found.push(Span::new(sentence.lo() + comma, sentence.lo() + end));
            }
        }
    }
    found
}

fn is_ended(sentence: &str) -> bool {
    sentence.ends_with(['.', '!', '?', '。', '！', '？']) && !sentence.ends_with("..")
}

/// The text with one of its longer words changed for another of the whole text.
fn drifted(clean: &Clean<'_>, unit: &str, random: &mut Random) -> Option<String> {
    let long: Vec<&str> = unit
        .split(' ')
        .filter(|word| word.chars().count() > 3 && word.chars().all(char::is_lowercase))
        .collect();
    let old = random.pick(&long)?;
    let new = clean.any_word(random, |word| {
        word.chars().all(char::is_lowercase) && word.chars().count() > 3 && word != *old
    })?;
    Some(unit.replacen(old, &new, 1))
}
