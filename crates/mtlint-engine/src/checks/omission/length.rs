//! Translations much shorter or longer than their source can be.
//!
//! May use `document`, `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::alignment::align;
use mtlint_document::pair::codes::{Code, touch};
use mtlint_document::pair::length::{Expansion, deviation};
use mtlint_document::{Document, TokenKind};
use mtlint_lang::Language;
use mtlint_text::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Limits {
    /// How many standard deviations are too many.
    deviations: f64,
    /// The same for a text that is short.
    deviations_of_short: f64,
    /// How many characters, as English would write it, a text has that is not short.
    long: f64,
    /// The same where the number of sentences differs, too.
    deviations_of_sentences: f64,
    /// How many characters of the source, as English would write it, it takes to say.
    fewest: f64,
    /// How many characters of the source are left at least without what both sides have alike.
    fewest_left: usize,
    languages: BTreeMap<Language, Expansion>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let limits: Limits = params.read()?;
    Ok(CodeCheck::pair(move |pair, report| check(&limits, pair, report)))
}

fn check(limits: &Limits, pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(languages) = pair.languages().filter(|_| pair.is_translated()) else { return };
    if pair.holds_plural_forms() {
        return;
    }
    let (source, target) = lengths(pair);
    let in_english = limits.languages.get(&languages.0).map_or(1.0, |it| it.to_english) * source as f64;
    if in_english < limits.fewest {
        return;
    }
    let Some(z) = deviation(&limits.languages, languages, source, target) else { return };
    if align(pair.source(), pair.target()).is_some_and(|alignment| alignment.is_of_lines) {
        return;
    }
    let few = if in_english < limits.long { limits.deviations_of_short } else { limits.deviations };
    let sentences = (pair.source().sentences().len(), pair.target().sentences().len());
    let is_cut = z <= -few || z <= -limits.deviations_of_sentences && sentences.1 < sentences.0;
    let is_padded = z >= few || z >= limits.deviations_of_sentences && sentences.1 > sentences.0;
    if source < limits.fewest_left {
        return;
    }
    let ratio = || 100 * target / source.max(1);
    if is_cut {
        let message = format!("{}% of the source's length: a part of it seems to be missing", ratio());
        report.add(pair.end(), message);
    } else if is_padded {
        let message = format!("{}% of the source's length: something seems to be added", ratio());
        report.add(Span::new(0, pair.target().text().trim_end().len()), message);
    }
}

/// How many characters both texts have, without code and words that are the same on both sides:
/// these are no longer or shorter in another language.
fn lengths(pair: &Pair<'_>) -> (usize, usize) {
    let hashes =
        |document: &Document| -> HashSet<u32> { document.tokens().iter().map(|token| token.hash).collect() };
    let (source, target) = (hashes(pair.source()), hashes(pair.target()));
    let count = |document: &Document, codes: &[Code], other: &HashSet<u32>| {
        let same = document.tokens().iter().filter(|token| {
            token.kind != TokenKind::Mark && token.kind != TokenKind::Lower && other.contains(&token.hash)
        });
        let text = document.text().trim();
        let same = same.map(|token| token.span).filter(|span| !touch(codes, *span));
        let spared: usize = same
            .chain(codes.iter().map(|code| code.span))
            .map(|span| document.slice(span).chars().count())
            .sum();
        text.chars().count().saturating_sub(spared)
    };
    (count(pair.source(), pair.source_codes(), &target), count(pair.target(), pair.target_codes(), &source))
}
