//! What the units of one file say of each other: one source translated in two ways, two sources
//! translated alike.

use super::{Source, Syntax, Unit, extract};
use mtlint_text::Span;
use std::collections::HashMap;

/// How many characters a text has at least that two unlike sources do not share by chance.
const FEWEST: usize = 20;

pub(super) fn compare(units: &mut [Unit], text: &str, syntax: Syntax) {
    let read = |span: Span| extract(syntax, span.of(text)).text;
    let texts: Vec<(String, String)> = units
        .iter()
        .map(|unit| {
            let source = match &unit.source {
                Source::None => String::new(),
                Source::Here(span) => read(*span),
                Source::Elsewhere(text) => text.clone(),
            };
            (source.trim().to_owned(), read(unit.target).trim().to_owned())
        })
        .collect();
    let mut by_source: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    let mut by_target: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, (source, target)) in
        texts.iter().enumerate().filter(|(_, (source, target))| !source.is_empty() && !target.is_empty())
    {
        *by_source.entry(source).or_default().entry(target).or_default() += 1;
        by_target.entry(target).or_default().push(index);
    }
    let middle = {
        let mut ratios: Vec<f64> = texts
            .iter()
            .filter(|(source, target)| !source.is_empty() && !target.is_empty())
            .map(ratio)
            .collect();
        ratios.sort_by(f64::total_cmp);
        ratios.get(ratios.len() / 2).copied().unwrap_or(0.0)
    };
    for (index, unit) in units.iter_mut().enumerate() {
        let (source, target) = &texts[index];
        let Some(targets) = by_source.get(source.as_str()).filter(|_| !target.is_empty()) else { continue };
        if targets.len() > 1 {
            // How often a translation stands anywhere decides where it is one against one.
            let weight = |target: &str| {
                (targets.get(target).copied().unwrap_or(0), by_target.get(target).map_or(0, Vec::len))
            };
            let best =
                targets.keys().copied().max_by_key(|target| (weight(target), std::cmp::Reverse(*target)));
            unit.facts.usual_target =
                best.filter(|best| *best != target && weight(best) > weight(target)).map(str::to_owned);
        }
        let others = &by_target[target.as_str()];
        if others.len() == 2 && target.chars().count() >= FEWEST {
            let other = if others[0] == index { others[1] } else { others[0] };
            // Of the two, the one whose length fits worse.
            let misfit = |index: usize| (ratio(&texts[index]) - middle).abs();
            if are_unlike(source, &texts[other].0) && misfit(index) > misfit(other) {
                unit.facts.twin_source = Some(texts[other].0.clone());
            }
        }
    }
}

/// How much longer the target is than the source, as a logarithm.
fn ratio((source, target): &(String, String)) -> f64 {
    (target.chars().count() as f64 / source.chars().count().max(1) as f64).ln()
}

/// Whether two texts have hardly a word in common.
fn are_unlike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> std::collections::HashSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    a.len() >= 2 && b.len() >= 2 && a.intersection(&b).count() * 4 < a.len().min(b.len())
}
