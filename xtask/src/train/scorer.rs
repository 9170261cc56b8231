//! Weighs the evidence of a rule: a logistic regression over the observations of its candidates, calibrated on texts
//! apart from those it was fitted on.
//!
//! Candidates on human writing and on real machine translation count as sound, those at an injected damage as damage.
//! The mixture is stated: as many words of the one as of the other, and one damage in so many words.

use super::today;
use crate::corpus::{self, Source, Text};
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::{Confidence, Finding, Registry};
use mtlint_lang::{Language, Packs};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::sync::Arc;

/// What pulls weights to nothing.
const RIDGE: f64 = 1.0;

const STEPS: usize = 25;

/// A candidate of the rule.
struct Candidate {
    /// In the order of the names.
    values: Vec<f64>,
    is_damage: bool,
    /// What it counts in the mixture.
    weight: f64,
    /// Whether it is for calibrating.
    is_apart: bool,
}

/// What one kind of text gave.
struct Gathered {
    found: Vec<(Finding, usize)>,
    words: usize,
    texts: usize,
}

/// Weighs the evidence of `rule` and writes its file.
///
/// # Errors
/// When an argument is wrong, a source cannot be read or the file cannot be written.
pub fn run(rule: &str, arguments: &[&str]) -> Result<(), String> {
    let mut sources: BTreeMap<&str, Vec<Source>> = BTreeMap::new();
    let (mut kind, mut code, mut words_a_damage) = ("", "en", 1000.0);
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match *argument {
            "--lang" => code = arguments.next().ok_or("`--lang` needs a language")?,
            "--words-a-damage" => {
                let number = arguments.next().and_then(|number| number.parse().ok());
                words_a_damage = number.ok_or("`--words-a-damage` needs a number")?;
            }
            "--human" | "--translated" | "--damaged" => kind = argument,
            _ if kind.is_empty() => return Err(format!("`{argument}`: say before what it is, as `--human`")),
            path => sources.entry(kind).or_default().push(corpus::read(path, code)?),
        }
    }
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let selection =
        Selection { select: vec![rule.to_owned()], min_confidence: Confidence::Low, ..Selection::default() };
    let engine = Engine::new(Arc::new(Registry::builtin().with_every_candidate()), selection)
        .map_err(|messages| messages.join("\n"))?;
    let gather = |kind: &str| gather(&engine, sources.get(kind).map_or(&[], Vec::as_slice), language);
    let (human, translated, damaged) = (gather("--human"), gather("--translated"), gather("--damaged"));
    if damaged.found.is_empty() || human.found.is_empty() {
        return Err("there must be candidates on human writing and at damage".to_owned());
    }

    let names: BTreeSet<&'static str> = [&human, &translated, &damaged]
        .into_iter()
        .flat_map(|gathered| gathered.found.iter().flat_map(|(finding, _)| finding.evidence.iter()))
        .map(|evidence| evidence.name)
        .collect();
    let names: Vec<&str> = names.into_iter().collect();
    let words = human.words as f64;
    let candidates = |gathered: &Gathered, is_damage: bool, weight: f64| -> Vec<Candidate> {
        let candidate = |(finding, text): &(Finding, usize)| Candidate {
            values: values(finding, &names),
            is_damage,
            weight,
            is_apart: text % 2 == 1,
        };
        gathered.found.iter().map(candidate).collect()
    };
    let mut all = candidates(&human, false, 1.0);
    all.extend(candidates(&translated, false, words / (translated.words.max(1) as f64)));
    let mixed = if translated.words > 0 { 2.0 * words } else { words };
    all.extend(candidates(&damaged, true, mixed / words_a_damage / damaged.texts as f64));

    let weights = fit(&all, names.len());
    let score = |candidate: &Candidate| {
        weights[0]
            + candidate.values.iter().zip(&weights[1..]).map(|(value, weight)| value * weight).sum::<f64>()
    };
    let calibration = calibrate(
        all.iter().filter(|it| it.is_apart).map(|it| (score(it), it.is_damage, it.weight)).collect(),
    );
    report(&all, &score, &human, &damaged);

    let mut told: Vec<String> = Vec::new();
    for (kind, sources) in &sources {
        for source in sources {
            told.push(format!("{} {}{} ({})", &kind[2..], source.name, source.part, &source.checksum[..12]));
        }
    }
    let mixture = match translated.words {
        0 => "human writing",
        _ => "equal parts of human writing and machine translation",
    };
    let mut out = format!(
        "# Written by `cargo run -p xtask -- train scorer {rule}`: what each observation counts, and which probability\n\
         # a sum has in {mixture} with one such damage in {words_a_damage} words.\n\
         date = \"{}\"\ndata = \"{}\"\nbias = {:.3}\n\n[weights]\n",
        today(),
        told.join(", "),
        weights[0],
    );
    // Tables come last in TOML.
    let points: Vec<String> =
        calibration.iter().map(|(sum, p)| format!("[{sum:.3}, {:.4}]", p.max(0.0))).collect();
    out = out.replace(
        "\n\n[weights]",
        &format!("\ncalibration = [\n    {},\n]\n\n[weights]", points.join(",\n    ")),
    );
    for (name, weight) in names.iter().zip(&weights[1..]) {
        writeln!(out, "{name} = {weight:.3}").expect("writing to a string does not fail");
    }
    let path = format!("rules/evidence/{rule}.toml");
    fs::write(&path, out).map_err(|error| format!("{path}: {error}"))
}

fn values(finding: &Finding, names: &[&str]) -> Vec<f64> {
    let value =
        |name: &&str| finding.evidence.iter().find(|it| it.name == *name).map_or(0.0, |it| it.value());
    names.iter().map(value).collect()
}

/// The candidates of the texts; where a text says where its damage is, those that are there.
fn gather(engine: &Engine, sources: &[Source], language: Language) -> Gathered {
    let packs = Packs::builtin();
    let texts: Vec<&Text> = sources.iter().flat_map(|source| &source.texts).collect();
    let found: Vec<(usize, Vec<Finding>)> = texts
        .par_iter()
        .map(|text| {
            let document = corpus::document(text, &text.text, language, &packs);
            let mut findings = engine.check(&document);
            if let Some(damage) = text.damage {
                findings.retain(|finding| finding.span.start < damage.end && damage.start < finding.span.end);
            }
            (document.word_count(), findings)
        })
        .collect();
    Gathered {
        words: found.iter().map(|(words, _)| words).sum(),
        texts: texts.len(),
        found: found
            .into_iter()
            .enumerate()
            .flat_map(|(text, (_, findings))| findings.into_iter().map(move |finding| (finding, text)))
            .collect(),
    }
}

/// The bias and the weights that fit best, by Newton's method.
fn fit(candidates: &[Candidate], width: usize) -> Vec<f64> {
    let width = width + 1;
    let mut weights = vec![0.0; width];
    for _ in 0..STEPS {
        let mut slope = vec![0.0; width];
        let mut bend = vec![vec![0.0; width]; width];
        for at in 1..width {
            slope[at] -= RIDGE * weights[at];
        }
        (0..width).for_each(|at| bend[at][at] += RIDGE);
        for candidate in candidates.iter().filter(|candidate| !candidate.is_apart) {
            let values: Vec<f64> = std::iter::once(1.0).chain(candidate.values.iter().copied()).collect();
            let sum: f64 = values.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let error = f64::from(u8::from(candidate.is_damage)) - p;
            let curve = candidate.weight * (p * (1.0 - p)).max(1e-6);
            for (row, a) in values.iter().enumerate() {
                slope[row] += candidate.weight * error * a;
                for (column, b) in values.iter().enumerate() {
                    bend[row][column] += curve * a * b;
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step.clamp(-2.0, 2.0));
    }
    weights
}

/// Solves a system of linear equations by elimination; the matrix is symmetric and positive.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for pivot in 0..size {
        let (upper, lower) = matrix.split_at_mut(pivot + 1);
        let pivot_row = &upper[pivot];
        for (offset, row) in lower.iter_mut().enumerate() {
            let factor = row[pivot] / pivot_row[pivot];
            row.iter_mut().zip(pivot_row).skip(pivot).for_each(|(value, above)| *value -= factor * above);
            right[pivot + 1 + offset] -= factor * right[pivot];
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

/// Points of a rising curve from sums to probabilities: neighbours that would fall are taken together, and each step
/// is counted as if it had met one more sound candidate.
fn calibrate(mut scored: Vec<(f64, bool, f64)>) -> Vec<(f64, f64)> {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    struct Step {
        sums: f64,
        count: f64,
        damage: f64,
        weight: f64,
    }
    let share = |step: &Step| step.damage / (step.weight + 1.0);
    let mut steps: Vec<Step> = Vec::new();
    for group in scored.chunks(scored.len().div_ceil(200).max(1)) {
        steps.push(Step {
            sums: group.iter().map(|it| it.0).sum(),
            count: group.len() as f64,
            damage: group.iter().filter(|it| it.1).map(|it| it.2).sum(),
            weight: group.iter().map(|it| it.2).sum(),
        });
        while let [.., before, last] = steps.as_slice()
            && (share(before) >= share(last) || last.weight < 4.0)
        {
            let last = steps.pop().expect("there are two");
            let before = steps.last_mut().expect("there are two");
            before.sums += last.sums;
            before.count += last.count;
            before.damage += last.damage;
            before.weight += last.weight;
        }
    }
    let mut points: Vec<(f64, f64)> =
        steps.iter().map(|step| (step.sums / step.count, share(step))).collect();
    points.dedup_by(|next, last| (next.0 - last.0).abs() < 0.01);
    points
}

/// Tells how much is found at which rate of false alarms.
fn report(all: &[Candidate], score: &impl Fn(&Candidate) -> f64, human: &Gathered, damaged: &Gathered) {
    let mut sound: Vec<f64> = all[..human.found.len()].iter().map(score).collect();
    sound.sort_by(|a, b| b.total_cmp(a));
    for rate in [0.02, 0.05, 0.1, 0.2] {
        let allowed = (rate * human.words as f64 / 1000.0) as usize;
        let threshold = sound.get(allowed).copied().unwrap_or(f64::MIN);
        let found = all.iter().filter(|it| it.is_damage && score(it) > threshold).count();
        println!(
            "{rate} false alarms in 1,000 words: {:.3} of the damage found (sum over {threshold:.2})",
            found as f64 / damaged.texts as f64
        );
    }
}
