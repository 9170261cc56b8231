//! `replace`: what a pattern matches in a paragraph becomes something else.
//!
//! Most damage of marks, spaces, numbers, case and encoding is of this kind.

use super::{Clean, Pattern, Templates, trimmed};
use crate::random::Random;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Replace {
    /// Tried on each paragraph of running text by itself.
    pattern: Pattern,
    /// What becomes of it; `$1` is what the first group matches.
    with: Templates,
    /// A match of this that touches the place calls it off: there it would be no damage.
    unless: Option<Pattern>,
    /// Whether the damage is all that the pattern matches, not only what changes.
    #[serde(default)]
    whole: bool,
}

/// How far around a place `unless` looks, in bytes.
const AROUND: usize = 40;

impl Replace {
    pub(super) fn patterns(&self) -> Vec<&str> {
        std::iter::once(&self.pattern).chain(&self.unless).map(|pattern| pattern.source.as_str()).collect()
    }

    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let regex = self.pattern.of(clean.language)?;
        let unless = self.unless.as_ref().and_then(|unless| unless.of(clean.language));
        let text = clean.text();
        let places: Vec<(Span, Span)> = clean
            .paragraphs()
            .flat_map(|block| {
                let found = regex.find_iter(block.of(text));
                found.map(move |found| (block, Span::new(found.start(), found.end()).shifted(block.lo())))
            })
            .collect();
        clean.first_of(places, random, |(block, span), random| {
            if unless.as_ref().is_some_and(|unless| is_called_off(text, block, span, unless)) {
                return None;
            }
            let found = regex.captures_at(block.of(text), span.lo() - block.lo())?;
            let parts: Vec<&str> =
                found.iter().map(|group| group.map_or("", |group| group.as_str())).collect();
            let insert = clean.fill(random.pick(&self.with.0)?, &parts, random)?;
            match self.whole {
                true => Some((span, insert)),
                false => trimmed(text, span, &insert),
            }
        })
    }
}

fn is_called_off(text: &str, block: Span, span: Span, unless: &regex::Regex) -> bool {
    let lo = text.floor_char_boundary(span.lo().saturating_sub(AROUND)).max(block.lo());
    let hi = text.floor_char_boundary((span.hi() + AROUND).min(text.len())).min(block.hi());
    unless
        .find_iter(&text[lo..hi.max(lo)])
        .any(|found| Span::new(lo + found.start(), lo + found.end()).touches(span))
}
