//! Weighs what tells that a part of a translation was lost or added: `omission/length`.
//!
//! Right translations are sound; each is damaged in every way that its length may tell: a sentence or a
//! clause is lost, a sentence comes in or is said twice, the whole is the translation of something
//! else. The kinds of damage count alike.

use super::calibration::{Calibration, Scored};
use super::logistic::{Example, Model};
use super::today;
use crate::sources::Source;
use flate2::read::GzDecoder;
use mtlint_document::Document;
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::{Confidence, Registry};
use mtlint_lang::{Language, Packs};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::sync::Arc;

const RULE: &str = "omission/length";

/// Into how many parts the pairs are divided, of which each is scored by a model of the others.
const PARTS: usize = 5;

/// How many of 1,000 right translations may be told at medium confidence.
const BUDGET: f64 = 1.75;

/// From which probability on a finding has medium confidence.
const MEDIUM: f64 = 0.9;

/// Which share of the pairs the mixture takes for damaged.
const DAMAGED: f64 = 0.05;

/// A right translation.
#[derive(Deserialize)]
struct Row {
    source: String,
    text: String,
    source_lang: String,
    lang: String,
}

/// The ways to damage a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    FirstSentenceLost,
    LastSentenceLost,
    ClauseLost,
    SentenceAdded,
    SentenceDoubled,
    Detached,
}

const DAMAGES: [Damage; 6] = [
    Damage::FirstSentenceLost,
    Damage::LastSentenceLost,
    Damage::ClauseLost,
    Damage::SentenceAdded,
    Damage::SentenceDoubled,
    Damage::Detached,
];

/// Weighs the rule on these files.
///
/// # Errors
/// When a file cannot be read, holds no pairs, or the weights cannot be written.
pub fn run(paths: &[&str]) -> Result<(), String> {
    let (rows, sources) = read(paths)?;
    let selection =
        Selection { select: vec![RULE.to_owned()], min_confidence: Confidence::Low, ..Selection::default() };
    let engine = Engine::new(Arc::new(Registry::builtin().with_every_candidate(RULE)), selection)
        .map_err(|messages| messages.join("\n"))?;
    let packs = Packs::builtin();
    let work: Vec<(usize, Option<Damage>)> = (0..rows.len())
        .flat_map(|row| std::iter::once(None).chain(DAMAGES.map(Some)).map(move |damage| (row, damage)))
        .collect();
    let observed: Vec<Observed> = work
        .par_iter()
        .filter_map(|&(row, damage)| {
            let text = match damage {
                None => rows[row].text.clone(),
                Some(damage) => damaged(&rows, row, damage, &packs)?,
            };
            let document = pair(&rows[row], &text, &packs)?;
            let found = engine.check(&document);
            let evidence = found.iter().find(|finding| finding.probability.is_some())?.evidence.iter();
            Some((row, damage, evidence.map(|it| (it.name, it.value())).collect()))
        })
        .collect();
    let names: Vec<&str> =
        observed.first().map(|it| it.2.iter().map(|(name, _)| *name).collect()).unwrap_or_default();
    let mut counts: BTreeMap<Damage, f64> = BTreeMap::new();
    observed.iter().filter_map(|it| it.1).for_each(|damage| *counts.entry(damage).or_default() += 1.0);
    let sound = observed.iter().filter(|it| it.1.is_none()).count() as f64;
    if counts.is_empty() || sound == 0.0 {
        return Err("no pair is long enough".to_owned());
    }
    let all_damaged = sound * DAMAGED / (1.0 - DAMAGED);
    let examples: Vec<Example> = observed
        .iter()
        .map(|(row, damage, values)| Example {
            values: values.iter().map(|(_, value)| *value).collect(),
            is_damage: damage.is_some(),
            weight: damage.map_or(1.0, |damage| all_damaged / counts.len() as f64 / counts[&damage]),
            part: row * PARTS / rows.len(),
        })
        .collect();
    let models: Vec<Model> = (0..PARTS)
        .into_par_iter()
        .map(|part| Model::fit(&examples, names.len(), |it| it.part != part))
        .collect();
    let scored: Vec<Scored> =
        examples.iter().map(|it| (models[it.part].sum(it), it.is_damage, it.weight)).collect();
    let mut of_sound: Vec<f64> = scored.iter().filter(|it| !it.1).map(|it| it.0).collect();
    of_sound.sort_by(|a, b| b.total_cmp(a));
    let least = of_sound[((BUDGET * sound / 1000.0) as usize).min(of_sound.len() - 1)];
    for damage in DAMAGES {
        let of_kind = observed.iter().zip(&scored).filter(|(it, _)| it.1 == Some(damage));
        let found = of_kind.clone().filter(|(_, scored)| scored.0 > least).count();
        println!("{damage:?}: {found} of {}", of_kind.count());
    }
    let calibration = Calibration::of(scored);
    let said = calibration.at(least).clamp(0.001, 0.999);
    let odds = MEDIUM * (1.0 - said) / (said * (1.0 - MEDIUM));
    println!(
        "{BUDGET} of 1,000 right ones lie above a sum of {least:.2}, said to be {said:.3}: odds {odds:.3}"
    );
    let calibration = calibration.with_odds(odds);
    write(&Model::fit(&examples, names.len(), |_| true), &calibration, &names, &sources, sound)
}

/// Which pair, how its translation was damaged, and what was observed.
type Observed = (usize, Option<Damage>, Vec<(&'static str, f64)>);

/// The pairs of the files, and what these are.
fn read(paths: &[&str]) -> Result<(Vec<Row>, Vec<Source>), String> {
    let (mut rows, mut sources) = (Vec::new(), Vec::new());
    for path in paths {
        let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
        let mut text = String::new();
        let read = match path.ends_with(".gz") {
            true => GzDecoder::new(&bytes[..]).read_to_string(&mut text),
            false => (&bytes[..]).read_to_string(&mut text),
        };
        read.map_err(|error| format!("{path}: {error}"))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            rows.push(serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))?);
        }
        sources.push(Source::new(path, &bytes));
    }
    if rows.is_empty() { Err("there are no pairs".to_owned()) } else { Ok((rows, sources)) }
}

fn pair(row: &Row, text: &str, packs: &Packs) -> Option<Document> {
    let language = |tag: &str| Language::parse(tag).ok();
    let source = Document::plain(&row.source, Some(language(&row.source_lang)?), packs);
    let target = Document::plain(text, Some(language(&row.lang)?), packs);
    Some(target.with_source(Some(Arc::new(source))))
}

/// The translation of a row after damage; `None` where it has no place for it.
fn damaged(rows: &[Row], row: usize, damage: Damage, packs: &Packs) -> Option<String> {
    let text = rows[row].text.trim();
    let document = Document::plain(text, Language::parse(&rows[row].lang).ok(), packs);
    let sentences: Vec<&str> = document.sentences().iter().map(|it| document.slice(it.span)).collect();
    // Another translation between the same languages, the same one in every run.
    let other = || {
        let is_like = |it: &&Row| it.lang == rows[row].lang && it.source_lang == rows[row].source_lang;
        let after = rows[row + 1..].iter().chain(&rows[..row]);
        after.filter(is_like).nth(row % 7 + 3).map(|it| it.text.trim())
    };
    match damage {
        Damage::FirstSentenceLost if sentences.len() > 1 => Some(sentences[1..].join(" ")),
        Damage::LastSentenceLost if sentences.len() > 1 => Some(sentences[..sentences.len() - 1].join(" ")),
        Damage::ClauseLost => {
            let is_mark = |c: char| matches!(c, ',' | '，' | '、' | '،' | ';' | '；');
            let places: Vec<usize> = text.match_indices(is_mark).map(|(at, _)| at).collect();
            let inner = places.into_iter().find(|at| (text.len() / 4..text.len() * 3 / 4).contains(at))?;
            let end = text.chars().next_back().filter(|c| !c.is_alphanumeric());
            Some(text[..inner].chars().chain(end).collect())
        }
        Damage::SentenceAdded => {
            let added = other()?;
            let first = Document::plain(added, Language::parse(&rows[row].lang).ok(), packs);
            let span = first.sentences().first()?.span;
            Some(format!("{text} {}", first.slice(span)))
        }
        Damage::SentenceDoubled => Some(format!("{text} {}", sentences.last()?)),
        Damage::Detached => other().map(str::to_owned),
        Damage::FirstSentenceLost | Damage::LastSentenceLost => None,
    }
}

fn write(
    model: &Model,
    calibration: &Calibration,
    names: &[&str],
    sources: &[Source],
    sound: f64,
) -> Result<(), String> {
    let from: Vec<String> =
        sources.iter().map(|source| format!("{} ({})", source.name, &source.sha256[..12])).collect();
    let mut page = format!(
        "# Written by `cargo run -p xtask -- train lengths`: what each observation counts, and which probability a sum has.\n\
         date = \"{}\"\n\
         data = \"{sound:.0} right translations of {}, one in twenty taken for damaged in one of six ways, its odds taken \
         as the budget of {BUDGET} false alarms in 1,000 allows\"\n\
         bias = {:.3}\ncalibration = [\n",
        today(),
        from.join(", "),
        model.bias()
    );
    for (sum, probability) in calibration.points() {
        writeln!(page, "    [{sum:.3}, {probability:.4}],").expect("writing to a string does not fail");
    }
    page.push_str("]\n\n[weights]\n");
    for (name, weight) in names.iter().zip(model.weights()) {
        writeln!(page, "{name} = {weight:.3}").expect("writing to a string does not fail");
    }
    let path = format!("rules/evidence/{RULE}.toml");
    fs::create_dir_all("rules/evidence/omission").map_err(|error| format!("{path}: {error}"))?;
    fs::write(&path, page).map_err(|error| format!("{path}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_damage_changes_the_text() {
        let row = |text: &str| Row {
            source: String::new(),
            text: text.to_owned(),
            source_lang: "de".into(),
            lang: "en".into(),
        };
        let rows: Vec<Row> = (0..12)
            .map(|n| row(&format!("The {n} ferries left early, before the fog came in. Nobody waved.")))
            .collect();
        let packs = Packs::builtin();
        for damage in DAMAGES {
            let text = damaged(&rows, 0, damage, &packs).unwrap();
            assert_ne!(text, rows[0].text, "{damage:?}");
        }
        assert_eq!(damaged(&rows, 0, Damage::FirstSentenceLost, &packs).unwrap(), "Nobody waved.");
        assert_eq!(damaged(&rows, 0, Damage::ClauseLost, &packs).unwrap(), "The 0 ferries left early.");
    }
}
