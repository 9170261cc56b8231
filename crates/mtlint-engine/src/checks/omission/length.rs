//! Translations much shorter or longer than their source can be.
//!
//! May use `document`, `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::alignment::align;
use mtlint_document::pair::codes::{Code, touch};
use mtlint_document::pair::length::{Expansion, Usual, usual};
use mtlint_document::{Document, TokenKind};
use mtlint_lang::{Language, Script};
use mtlint_text::Span;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// From which difference on, as a logarithm, a file's own lengths are others than usual.
const OTHER: f64 = 0.1;

/// From how many characters of English for one of a language on its script says more with a character.
const DENSE: f64 = 1.5;

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
    fewest_left: f64,
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
    let (source, target) = lengths(limits, pair, languages);
    let in_english = limits.languages.get(&languages.0).map_or(1.0, |it| it.to_english) * source;
    if in_english < limits.fewest {
        return;
    }
    let Some(usual) = usual(&limits.languages, languages) else { return };
    let z = match pair.target().facts().habits.as_ref().and_then(|habits| habits.lengths) {
        // Where the translations of this very file are clearly longer or shorter than those of others,
        // as in interfaces, they say more.
        Some((ratio, _)) if (ratio / usual.ratio).ln().abs() >= OTHER => {
            Usual { ratio, spread: usual.spread * (ratio / usual.ratio).max(1.0) }.deviation(source, target)
        }
        _ => usual.deviation(source, target),
    };
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
    let ratio = || (100.0 * target / source.max(1.0)).round();
    if is_cut {
        let message = format!("{}% of the source's length: a part of it seems to be missing", ratio());
        report.add(pair.end(), message);
    } else if is_padded {
        let message = format!("{}% of the source's length: something seems to be added", ratio());
        report.add(Span::new(0, pair.target().text().trim_end().len()), message);
    }
}

/// How many characters both texts have, without code and words that are the same on both sides:
/// these are no longer or shorter in another language. Latin letters within a script that says more
/// with a character count for as much less.
fn lengths(limits: &Limits, pair: &Pair<'_>, languages: (Language, Language)) -> (f64, f64) {
    let hashes =
        |document: &Document| -> HashSet<u32> { document.tokens().iter().map(|token| token.hash).collect() };
    let (source, target) = (hashes(pair.source()), hashes(pair.target()));
    let weigh = |document: &Document, text: &str, language: Language| {
        let characters = text.chars().count() as f64;
        let dense = limits.languages.get(&language).map_or(1.0, |it| it.to_english);
        if dense < DENSE || document.pack().script_of(language) == Script::Latin {
            return characters;
        }
        let latin = text.chars().filter(char::is_ascii_alphanumeric).count() as f64;
        characters - latin * (1.0 - 1.0 / dense)
    };
    let count = |document: &Document, codes: &[Code], other: &HashSet<u32>, language: Language| {
        let same = document.tokens().iter().filter(|token| {
            token.kind != TokenKind::Mark && token.kind != TokenKind::Lower && other.contains(&token.hash)
        });
        let text = document.text().trim();
        let same = same.map(|token| token.span).filter(|span| !touch(codes, *span));
        let spared: f64 = same
            .chain(codes.iter().map(|code| code.span))
            .map(|span| weigh(document, document.slice(span), language))
            .sum();
        (weigh(document, text, language) - spared).max(0.0)
    };
    (
        count(pair.source(), pair.source_codes(), &target, languages.0),
        count(pair.target(), pair.target_codes(), &source, languages.1),
    )
}
