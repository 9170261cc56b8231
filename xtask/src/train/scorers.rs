//! Weighs the evidence of rules: a logistic regression over the observations of their candidates, calibrated on texts
//! that it was not fitted on, and written to `rules/evidence`.
//!
//! Candidates on human writing and on machine translation count as sound, but for the share of them that people judged
//! to be slips; those at an injected or a marked damage are damage. The mixture is stated: as much human writing as machine
//! translation, and in the latter as many such damages as people marked there.

use super::calibration::{Calibration, Scored};
use super::logistic::{Example, Model};
use super::plan::{Marked, Plan, Texts};
use super::today;
use crate::corpus::{self, Source, Text};
use mtlint_document::Document;
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::{Confidence, Finding, Registry};
use mtlint_inject::Operators;
use mtlint_lang::{Language, Packs};
use mtlint_text::Span;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

/// Into how many parts the texts are divided, of which each is scored by a model of the others.
const PARTS: usize = 5;

/// As many damages are taken for met in marked texts beside those that were.
const ALSO_MARKED: f64 = 1.0;

/// How many bytes beside a damage a candidate may stand.
const BESIDE: usize = 2;

/// How many times as frequent a damage is taken for, at most, as it is in marked texts: these are so few that a rate of
/// none or one in all of them leaves it open, and what a system that cuts texts into pieces does may be in none of them. How many
/// false alarms a rule may have is held by the budget in any case.
const MOST_ODDS: f64 = 50.0;

/// With fewer candidates on either side nothing is weighed.
const FEWEST: usize = 5;

/// Weighs the evidence of the rules, or of all that the plan names.
///
/// # Errors
/// When the plan or a text cannot be read, or a file cannot be written.
pub fn run(folder: &str, rules: &[&str]) -> Result<(), String> {
    let plan = Plan::read()?;
    for (apart, planned) in [(false, &plan.scorers.all), (true, &plan.scorers.apart)] {
        let is_asked_for = |rule: &&String| rules.is_empty() || rules.contains(&rule.as_str());
        let planned: Vec<&String> = planned.iter().filter(is_asked_for).collect();
        if planned.is_empty() {
            continue;
        }
        let texts = plan.texts(folder, apart)?;
        let sound = Documents::of(&texts);
        let families: BTreeSet<&str> = planned.iter().map(|rule| family(rule)).collect();
        for family_name in families {
            let damaged: Vec<Marked> =
                (0..plan.seeds).flat_map(|seed| plan.damaged(&texts, family_name, seed)).collect();
            let injected = documents(damaged.iter().map(|it| &it.text), texts.language);
            let share = false_share(folder, family_name)?;
            for rule in planned.iter().filter(|rule| family(rule) == family_name) {
                weigh(rule, &plan, &texts, &sound, &damaged, &injected, share)?;
            }
        }
        let name = if apart { "scorers-apart" } else { "scorers" };
        // A part of the rules alone says nothing of the others.
        if rules.is_empty() {
            write_manifest(name, &plan, &texts, &planned)?;
        }
    }
    Ok(())
}

fn family(rule: &str) -> &str {
    rule.split('/').next().unwrap_or_default()
}

/// Which share of what was found in human writing people judged to be false: of this family, with one more on either side.
fn false_share(folder: &str, family: &str) -> Result<f64, String> {
    let path = format!("{folder}/data/human-large/verdicts.tsv");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let (mut wrong, mut all) = (1.0, 2.0);
    for line in text.lines() {
        let mut columns = line.split('\t').skip(1);
        let (verdict, rule) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        if self::family(rule) == family {
            all += 1.0;
            wrong += f64::from(u8::from(verdict != "true"));
        }
    }
    Ok(wrong / all)
}

/// A candidate: what was observed, and the number of its text.
type Candidate = (Finding, usize);

/// The part that all pieces of a text belong to, damaged or not.
fn part(text: &Text) -> usize {
    text.origin % PARTS
}

/// The candidates of texts.
struct Gathered {
    found: Vec<Candidate>,
    words: usize,
}

fn gather(engine: &Engine, documents: &[Document]) -> Gathered {
    let found: Vec<Vec<Finding>> = documents
        .par_iter()
        .map(|document| {
            let mut found = engine.check(document);
            // What a rule tells by its form has no evidence.
            found.retain(|finding| finding.probability.is_some());
            found
        })
        .collect();
    Gathered {
        words: documents.par_iter().map(Document::word_count).sum(),
        found: found
            .into_iter()
            .enumerate()
            .flat_map(|(text, findings)| findings.into_iter().map(move |finding| (finding, text)))
            .collect(),
    }
}

/// The documents of all texts that hold for every rule: what is found out about one is found out once.
struct Documents {
    human: Vec<Document>,
    translated: Vec<Document>,
    marked: Vec<Document>,
}

impl Documents {
    fn of(texts: &Texts) -> Self {
        let marked = texts.marked.iter().map(|it| &it.text);
        Self {
            human: documents(texts_of(&texts.human), texts.language),
            translated: documents(texts_of(&texts.translated), texts.language),
            marked: documents(marked, texts.language),
        }
    }
}

fn documents<'t>(texts: impl Iterator<Item = &'t Text>, language: Language) -> Vec<Document> {
    let packs = Packs::builtin();
    let texts: Vec<&Text> = texts.collect();
    texts.into_par_iter().map(|text| corpus::document(text, &text.text, language, &packs)).collect()
}

fn texts_of(sources: &[Source]) -> impl Iterator<Item = &Text> {
    sources.iter().flat_map(|source| &source.texts)
}

/// The number of the first of these places at which a candidate stands.
fn place_of(finding: &Finding, places: &[Span]) -> Option<usize> {
    let is_at =
        |place: &Span| finding.span.lo() < place.hi() + BESIDE && place.lo() < finding.span.hi() + BESIDE;
    places.iter().position(is_at)
}

fn is_at(finding: &Finding, places: &[Span]) -> bool {
    place_of(finding, places).is_some()
}

/// Of each candidate at an injected damage the kind of the damage.
fn kinds<'m>(found: &[&Candidate], damaged: &'m [Marked]) -> Vec<&'m str> {
    let kind = |(finding, text): &&Candidate| {
        let marked = &damaged[*text];
        place_of(finding, &marked.damage).map_or("", |at| marked.kinds[at].as_str())
    };
    found.iter().map(kind).collect()
}

/// What each candidate at an injected damage counts, all together 1: as often as its kind of damage comes by itself, and not as
/// often as texts have a place for it.
fn shares(kinds: &[&str]) -> Vec<f64> {
    let operators = Operators::builtin();
    let weight = |kind: &str| f64::from(operators.get(kind).map_or(0, |operator| operator.weight));
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    kinds.iter().for_each(|kind| *counts.entry(kind).or_default() += 1.0);
    let share = |kind: &str| weight(kind) / counts[kind].max(FEWEST as f64);
    let total: f64 = kinds.iter().map(|kind| share(kind)).sum();
    kinds.iter().map(|kind| share(kind) / total.max(f64::MIN_POSITIVE)).collect()
}

/// Weighs one rule and writes its file.
fn weigh(
    rule: &str,
    plan: &Plan,
    texts: &Texts,
    sound: &Documents,
    damaged: &[Marked],
    injected: &[Document],
    false_share: f64,
) -> Result<(), String> {
    let selection =
        Selection { select: vec![rule.to_owned()], min_confidence: Confidence::Low, ..Selection::default() };
    let registry = Arc::new(Registry::builtin().with_every_candidate(rule));
    let engine = Engine::new(Arc::clone(&registry), selection).map_err(|messages| messages.join("\n"))?;
    let [human, translated, injected, marked] = [&sound.human, &sound.translated, injected, &sound.marked]
        .map(|documents| gather(&engine, documents));

    // What stands at a damage of another kind may be there by chance: it counts neither way.
    let finds = registry.rule(rule).map(|rule| rule.finds.as_slice()).unwrap_or_default();
    let kind_of = |(finding, text): &Candidate| {
        place_of(finding, &damaged[*text].damage).map(|at| &damaged[*text].kinds[at])
    };
    let is_found = |candidate: &&Candidate| {
        kind_of(candidate).is_some_and(|kind| finds.is_empty() || finds.contains(kind))
    };
    let at_injected: Vec<&Candidate> = injected.found.iter().filter(is_found).collect();
    let beside = injected.found.iter().filter(|candidate| kind_of(candidate).is_none()).count();
    let marked_found: Vec<&Candidate> =
        marked.found.iter().filter(|(finding, text)| !is_at(finding, &texts.marked[*text].unsure)).collect();
    let (at_marked, beside_marked): (Vec<&Candidate>, Vec<&Candidate>) =
        marked_found.into_iter().partition(|(finding, text)| is_at(finding, &texts.marked[*text].damage));
    println!(
        "{rule}: {} candidates at injected damage, {} at marked, {} beside marked, {} beside injected, {} in {} words of \
         human writing, {} in {} words of machine translation",
        at_injected.len(),
        at_marked.len(),
        beside_marked.len(),
        beside,
        human.found.len(),
        human.words,
        translated.found.len(),
        translated.words
    );
    if at_injected.len() < FEWEST || human.found.len() < FEWEST {
        println!("  too few: not weighed");
        return Ok(());
    }

    // All is counted for as many words as there are of human writing, and as many of machine translation.
    let words = human.words as f64;
    let rate = (at_marked.len() as f64 + ALSO_MARKED) / marked.words.max(1) as f64;
    let sound_translated = (translated.found.len() + beside_marked.len()) as f64;
    let translated_words = (translated.words + marked.words).max(1) as f64;
    let damage_weight = rate * words;
    let kinds = kinds(&at_injected, damaged);
    let shares = shares(&kinds);
    // Each that people marked counts as one of the others does on average.
    let at_injected_share = at_injected.len() as f64 / (at_injected.len() + at_marked.len()) as f64;
    let marked_weight = damage_weight / (at_injected.len() + at_marked.len()) as f64;
    let translated_weight = false_share * words / translated_words;
    let names: Vec<&str> = {
        let all = [&human, &translated, &injected].into_iter().flat_map(|gathered| &gathered.found);
        let names: BTreeSet<&str> =
            all.flat_map(|(finding, _)| finding.evidence.iter().map(|it| it.name)).collect();
        names.into_iter().collect()
    };
    let [of_human, of_translated, of_injected, of_marked]: [Vec<usize>; 4] = [
        texts_of(&texts.human).map(part).collect(),
        texts_of(&texts.translated).map(part).collect(),
        damaged.iter().map(|it| part(&it.text)).collect(),
        (0..texts.marked.len()).map(|text| text % PARTS).collect(),
    ];
    let example = |(finding, text): &Candidate, parts: &[usize], is_damage: bool, weight: f64| Example {
        values: names
            .iter()
            .map(|name| finding.evidence.iter().find(|it| it.name == *name).map_or(0.0, |it| it.value()))
            .collect(),
        is_damage,
        weight,
        part: parts[*text],
    };
    let mut all: Vec<Example> =
        human.found.iter().map(|it| example(it, &of_human, false, false_share)).collect();
    let humans = all.len();
    all.extend(translated.found.iter().map(|it| example(it, &of_translated, false, translated_weight)));
    all.extend(beside_marked.iter().map(|it| example(it, &of_marked, false, translated_weight)));
    let injected_from = all.len();
    let weighted = at_injected.iter().zip(&shares);
    all.extend(
        weighted
            .map(|(it, share)| example(it, &of_injected, true, share * at_injected_share * damage_weight)),
    );
    all.extend(at_marked.iter().map(|it| example(it, &of_marked, true, marked_weight)));

    let models: Vec<Model> =
        (0..PARTS).into_par_iter().map(|part| Model::fit(&all, names.len(), |it| it.part != part)).collect();
    let scored: Vec<Scored> =
        all.iter().map(|it| (models[it.part].sum(it), it.is_damage, it.weight)).collect();
    let half = |parity: usize| -> Vec<Scored> {
        let all = scored.iter().zip(&all).enumerate();
        all.filter(|(at, _)| at % 2 == parity).map(|(_, (scored, _))| *scored).collect()
    };
    Calibration::of(half(0)).print_reliability(&half(1));

    // So many findings on human writing keep within the budget; its slips stand for as many as they are.
    let calibration = Calibration::of(scored.clone());
    let mut on_human: Vec<f64> = scored[..humans].iter().map(|it| it.0).collect();
    on_human.sort_by(|a, b| b.total_cmp(a));
    for budget in [plan.budget / 2.0, plan.budget, plan.budget * 2.0] {
        let threshold = threshold(&on_human, budget * words / 1000.0 / false_share);
        let found = scored.iter().filter(|it| it.1 && it.0 > threshold).count() as f64;
        println!(
            "  {budget} false alarms in 1,000 words: {:.3} of the candidates at damage, from a sum of {threshold:.2}, said to be {:.3}",
            found / (at_injected.len() + at_marked.len()) as f64,
            calibration.at(threshold)
        );
    }
    let least = threshold(&on_human, plan.budget * words / 1000.0 / false_share);
    let said = calibration.at(least).clamp(0.001, 0.999);
    let odds = (MEDIUM * (1.0 - said) / (said * (1.0 - MEDIUM))).min(MOST_ODDS);
    let calibration = calibration.with_odds(odds);
    let model = Model::fit(&all, names.len(), |_| true);
    let kept = |is_damage: bool| {
        let of_class = scored.iter().filter(|it| it.1 == is_damage);
        let kept = of_class.clone().filter(|it| calibration.at(it.0) >= MEDIUM).count();
        kept as f64 / of_class.count().max(1) as f64
    };
    let on_human = scored[..humans].iter().filter(|it| calibration.at(it.0) >= MEDIUM).count();
    println!(
        "  at {MEDIUM}: {:.3} of the damage, {:.3} of the rest, {on_human} findings on human writing ({:.4} in 1,000 words)",
        kept(true),
        kept(false),
        1000.0 * on_human as f64 / words
    );

    let mut likeliest: Vec<usize> = (0..humans).collect();
    likeliest.sort_by(|a, b| scored[*b].0.total_cmp(&scored[*a].0));
    for &at in likeliest.iter().take(SHOWN) {
        let (finding, text) = &human.found[at];
        println!("    human {:.2}: {}", scored[at].0, around(&sound.human[*text], finding.span));
    }

    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (kind, it) in kinds.iter().zip(&scored[injected_from..]) {
        let counts = by_kind.entry(kind).or_default();
        counts.0 += usize::from(calibration.at(it.0) >= MEDIUM);
        counts.1 += 1;
    }
    for (kind, (kept, all)) in by_kind {
        println!("    {kind}: {kept} of {all}");
    }

    let mut page = format!(
        "# Written by `cargo run -p xtask -- train scorers`: what each observation counts, and which probability a sum has.\n\
         # models/scorers*.toml tells of which texts.\n\
         date = \"{}\"\n\
         data = \"{} candidates at damage, {} of them marked by people, and {} on human writing, of which {:.2} are false, \
         in equal parts of human writing and machine translation, which has {:.2} such damages in 1,000 words, its odds \
         taken {odds:.2} times as the budget of false alarms allows; {:.0} sound candidates of machine translation\"\n\
         bias = {:.3}\ncalibration = [\n",
        today(),
        at_injected.len() + at_marked.len(),
        at_marked.len(),
        human.found.len(),
        false_share,
        1000.0 * rate,
        sound_translated,
        model.bias(),
    );
    for (sum, probability) in calibration.points() {
        writeln!(page, "    [{sum:.3}, {probability:.4}],").expect("writing to a string does not fail");
    }
    page.push_str("]\n\n[weights]\n");
    for (name, weight) in names.iter().zip(model.weights()) {
        writeln!(page, "{name} = {weight:.3}").expect("writing to a string does not fail");
    }
    let path = format!("rules/evidence/{rule}.toml");
    let folder = format!("rules/evidence/{}", family(rule));
    fs::create_dir_all(&folder).map_err(|error| format!("{folder}: {error}"))?;
    fs::write(&path, page).map_err(|error| format!("{path}: {error}"))
}

/// How many of the likeliest candidates on human writing are printed: slips, or what the evidence does not tell.
const SHOWN: usize = 12;

/// What stands around a place, in one line.
fn around(document: &Document, span: Span) -> String {
    let text = document.text();
    let from = text.floor_char_boundary(span.lo().saturating_sub(60));
    let to = text.ceil_char_boundary((span.hi() + 60).min(text.len()));
    let line = |text: &str| text.replace(['\n', '\t'], "⏎");
    let inside = text.get(span.range()).unwrap_or_default();
    format!("{}⟦{}⟧{}", line(&text[from..span.lo()]), line(inside), line(&text[span.hi()..to]))
}

/// From which probability on a rule reports without being asked.
const MEDIUM: f64 = 0.9;

/// The sum above which so many of the candidates lie.
fn threshold(falling: &[f64], allowed: f64) -> f64 {
    falling.get(allowed as usize).or(falling.last()).copied().unwrap_or(f64::MIN)
}

/// Writes `models/NAME.toml`: the texts that the weights were made from.
fn write_manifest(name: &str, plan: &Plan, texts: &Texts, rules: &[&String]) -> Result<(), String> {
    let mut page = format!(
        "# What the weights of these rules were made from. Written by `cargo run -p xtask -- train scorers`; NOTICE names the \
         licences.\n\
         date  = \"{}\"\nrules = {rules:?}\n\n\
         # Human texts were damaged by the operators that are not held out: damages in 1,000 words, and how often anew.\n\
         rates = {:?}\nseeds = {}\n\n\
         # Machine translations whose damage people have marked.\nmarked = {}\n",
        today(),
        plan.rates,
        plan.seeds,
        texts.marked.len()
    );
    let sources = texts.human.iter().map(|it| ("human", it));
    for (kind, source) in sources.chain(texts.translated.iter().map(|it| ("translated", it))) {
        write!(
            page,
            "\n[[{kind}]]\nname   = {:?}\npart   = {:?}\ntexts  = {}\nsha256 = {:?}\n",
            source.name,
            source.part,
            source.texts.len(),
            source.checksum
        )
        .expect("writing to a string does not fail");
    }
    let path = format!("models/{name}.toml");
    fs::write(&path, page).map_err(|error| format!("{path}: {error}"))
}
