//! `swap`: a word becomes another, as a table says: one of another language, of another variety, or a wrong one.

use super::Clean;
use crate::random::Random;
use mtlint_text::Edit;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Swap {
    /// Of a word, as it is written, what it may become.
    words: BTreeMap<String, Vec<String>>,
}

impl Swap {
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let document = clean.document;
        let mut places = Vec::new();
        for block in clean.prose.iter().map(|&at| &document.blocks()[at]) {
            let words = document.tokens_of(block).iter().filter(|token| token.kind.is_word());
            places.extend(
                words
                    .filter(|token| self.words.contains_key(document.slice(token.span)))
                    .map(|token| token.span),
            );
        }
        clean.first_of(places, random, |span, random| {
            let other = random.pick(self.words.get(document.slice(span))?)?;
            Some((span, other.clone()))
        })
    }
}
