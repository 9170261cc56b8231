//! What the units of one file say of each other: one source translated in two ways, and what a
//! survey tells.

use super::super::survey::Survey;
use super::{Source, Syntax, Unit, extract};
use mtlint_lang::Language;
use mtlint_text::Span;
use std::collections::HashMap;

pub(super) fn compare(units: &mut [Unit], text: &str, other: Option<&str>, syntax: Syntax) {
    let said = |span: Span, text: &str| extract(syntax, span.of(text)).text;
    let read = |span: Span| said(span, text);
    let texts: Vec<(String, String)> = units
        .iter()
        .map(|unit| {
            let source = match &unit.source {
                Source::None => String::new(),
                Source::Here(span) => read(*span),
                Source::Elsewhere(span) => other.map(|other| said(*span, other)).unwrap_or_default(),
            };
            (source.trim().to_owned(), read(unit.target).trim().to_owned())
        })
        .collect();
    // A memory may hold translations into several languages.
    let mut by_source: HashMap<(Option<Language>, &str), HashMap<&str, usize>> = HashMap::new();
    let mut by_target: HashMap<&str, usize> = HashMap::new();
    for (unit, (source, target)) in
        units.iter().zip(&texts).filter(|(_, (source, target))| !source.is_empty() && !target.is_empty())
    {
        *by_source.entry((unit.language, source)).or_default().entry(target).or_default() += 1;
        *by_target.entry(target).or_default() += 1;
    }
    let mut survey = Survey::default();
    for (unit, (source, target)) in units.iter().zip(&texts) {
        survey.add(source, target, (unit.source_language, unit.language));
    }
    let survey = survey.settle();
    for (index, unit) in units.iter_mut().enumerate() {
        let (source, target) = &texts[index];
        survey.tell(source, target, (unit.source_language, unit.language), &mut unit.facts);
        let targets = by_source.get(&(unit.language, source.as_str())).filter(|_| !target.is_empty());
        let Some(targets) = targets else { continue };
        if targets.len() > 1 {
            // How often a translation stands anywhere decides where it is one against one.
            let weight = |target: &str| {
                (targets.get(target).copied().unwrap_or(0), by_target.get(target).copied().unwrap_or(0))
            };
            let best =
                targets.keys().copied().max_by_key(|target| (weight(target), std::cmp::Reverse(*target)));
            unit.facts.usual_target =
                best.filter(|best| *best != target && weight(best) > weight(target)).map(str::to_owned);
        }
    }
}
