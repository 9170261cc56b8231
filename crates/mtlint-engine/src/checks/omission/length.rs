//! Translations much shorter or longer than their source can be.
//!
//! How far a length is off is weighed together with what else was lost or came in: sentences, numbers,
//! names, words that both languages share. The weights are `rules/evidence/omission/length.toml`.
//!
//! May use `document`, `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Observation, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::alignment::align;
use mtlint_document::pair::anchors::anchors;
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
    if source < limits.fewest_left {
        return;
    }
    let evidence = evidence(pair, z, in_english);
    let Some(assessment) = report.assess(&evidence) else { return };
    let ratio = (100.0 * target / source.max(1.0)).round();
    let (span, message) = if z <= 0.0 {
        (pair.end(), format!("{ratio}% of the source's length: a part of it seems to be missing"))
    } else {
        let all = Span::new(0, pair.target().text().trim_end().len());
        (all, format!("{ratio}% of the source's length: something seems to be added"))
    };
    report.add(span, message).assessed(assessment);
}

/// How many deviations count at most, so that a single very long text does not outweigh all else.
const MOST_DEVIATIONS: f64 = 8.0;
/// How many characters, as English would write them, a text has that is not short.
const SHORT: f64 = 90.0;

/// What is observed of a pair: how far its length is off, and what else was lost or came in.
fn evidence(pair: &Pair<'_>, z: f64, in_english: f64) -> Vec<Observation> {
    let sentences = pair.target().sentences().len() as f64 - pair.source().sentences().len() as f64;
    let anchors = anchors(pair);
    let shorter = (-z).clamp(0.0, MOST_DEVIATIONS);
    let longer = z.clamp(0.0, MOST_DEVIATIONS);
    let is = |it: bool| f64::from(u8::from(it));
    let up_to = |count: usize, most: usize| count.min(most) as f64;
    let observed = [
        ("shorter", shorter),
        ("shorter-squared", shorter * shorter / 5.0),
        ("longer", longer),
        ("longer-squared", longer * longer / 5.0),
        ("fewer-sentences", is(sentences < 0.0)),
        ("more-sentences", is(sentences > 0.0)),
        ("fewer-and-shorter", is(sentences < 0.0) * shorter),
        ("more-and-longer", is(sentences > 0.0) * longer),
        ("lost-numbers", up_to(anchors.lost_numbers, 3)),
        ("added-numbers", up_to(anchors.added_numbers, 3)),
        ("same-numbers", up_to(anchors.same_numbers, 2)),
        ("lost-names", up_to(anchors.lost_names, 3)),
        ("lost-names-and-shorter", up_to(anchors.lost_names, 3) * shorter / 3.0),
        ("cognates", anchors.cognates.unwrap_or(0.0) * 5.0),
        ("same-letters", is(anchors.cognates.is_some())),
        ("short", is(in_english < SHORT)),
    ];
    observed.map(|(name, value)| (name, (value * 1000.0).round() as i32)).to_vec()
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
