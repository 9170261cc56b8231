//! `name`: one mention of a name becomes otherwise than the others.

use super::{Clean, Templates};
use crate::random::Random;
use mtlint_document::TokenKind;
use mtlint_text::{Edit, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Name {
    /// What becomes of the mention, `$0`.
    with: Templates,
    /// How often the text has the name at least.
    #[serde(default = "three")]
    least: usize,
    /// Whether the name is in capitals, `NATO`.
    #[serde(default)]
    capitals: bool,
}

const fn three() -> usize {
    3
}

impl Name {
    pub(super) fn damage(&self, clean: &Clean<'_>, random: &mut Random) -> Option<Edit> {
        let document = clean.document;
        let text = clean.text();
        // By its spelling: each mention, and whether words in lower case stand before it somewhere.
        let mut mentions: BTreeMap<&str, (Vec<Span>, usize)> = BTreeMap::new();
        let mut small = std::collections::BTreeSet::new();
        for block in clean.prose.iter().map(|&at| &document.blocks()[at]) {
            let tokens = document.tokens_of(block);
            for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind.is_word()) {
                let word = document.slice(token.span);
                let letters = word.chars().filter(|char| char.is_alphabetic()).count();
                let is_plain =
                    letters == word.chars().count() && letters >= if self.capitals { 3 } else { 4 };
                let is_upper = word.chars().all(char::is_uppercase);
                let is_mixed = !is_upper && word.chars().skip(1).any(char::is_uppercase);
                // `Figure 2`, `Article IV`: a label, which a writer may well write otherwise.
                let is_label = tokens.get(index + 1).is_some_and(|next| next.kind == TokenKind::Number);
                let is_capital = word.chars().next().is_some_and(char::is_uppercase);
                if word.chars().all(char::is_lowercase) {
                    small.insert(word.to_owned());
                }
                if !is_plain || !is_capital || is_mixed || is_label || is_upper != self.capitals {
                    continue;
                }
                let is_inside =
                    index.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
                        document.slice(before.span).chars().all(char::is_lowercase)
                            && &text[before.span.hi()..token.span.lo()] == " "
                    });
                let (places, inside) = mentions.entry(word).or_default();
                places.push(token.span);
                *inside += usize::from(is_inside);
            }
        }
        let mut places: Vec<Span> = Vec::new();
        for (word, (mut spans, inside)) in mentions {
            if spans.len() >= self.least && inside >= 2 && !small.contains(&word.to_lowercase()) {
                spans.remove(0);
                places.extend(spans);
            }
        }
        clean.first_of(places, random, |span, random| {
            let insert = clean.fill(random.pick(&self.with.0)?, &[span.of(text)], random)?;
            Some((span, insert))
        })
    }
}
