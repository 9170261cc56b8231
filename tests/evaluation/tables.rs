//! The tables of `docs/evaluation.md`.

use crate::injected::Outcome;
use crate::measure::Measurement;
use crate::roles::Role;
use mtlint_engine::rule::{Registry, wilson};
use mtlint_inject::Operators;
use std::collections::{BTreeMap, BTreeSet};

/// A difference between texts that were looked at and others from which on the mechanism is at fault.
const FAULT: f64 = 0.1;

/// Alarms in 1,000 words of human writing that somebody may be ready to bear.
const BUDGETS: [f64; 3] = [0.05, 0.1, 0.2];

/// What share of injected damages is found and mended.
#[derive(Clone, Copy, Default)]
struct Share {
    total: usize,
    found: usize,
    mended: usize,
    elsewhere: usize,
}

impl Share {
    fn of<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> Self {
        outcomes.fold(Self::default(), |sum, outcome| Self {
            total: sum.total + 1,
            found: sum.found + usize::from(!outcome.hits.is_empty()),
            mended: sum.mended + usize::from(outcome.is_mended()),
            elsewhere: sum.elsewhere + outcome.elsewhere,
        })
    }

    fn recall(self) -> f64 {
        self.found as f64 / self.total.max(1) as f64
    }

    /// `0.85 (0.81–0.88)`.
    fn found(self) -> String {
        with_bounds(self.found, self.total)
    }

    fn mended(self) -> String {
        with_bounds(self.mended, self.total)
    }
}

fn with_bounds(hits: usize, total: usize) -> String {
    if total == 0 {
        return "–".to_owned();
    }
    let (low, high) = wilson(hits, total);
    format!("{:.2} ({low:.2}–{high:.2})", hits as f64 / total as f64)
}

/// Findings in 1,000 words, with bounds.
fn rate(findings: usize, words: usize) -> String {
    let (low, high) = wilson(findings.min(words), words);
    let rate = findings as f64 * 1000.0 / words.max(1) as f64;
    format!("{rate:.2} ({:.2}–{:.2})", low * 1000.0, high * 1000.0)
}

fn english(measurement: &Measurement, role: Role) -> impl Iterator<Item = &Outcome> {
    measurement.injected.iter().filter(move |outcome| outcome.language == "en" && outcome.role == role)
}

/// Injected damage in English by family, on texts that were looked at and on others.
pub fn first_contact(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## First contact\n\nInjected damage, one in each English text: what is found and what is mended exactly, where rules were written\n\
         with such texts before the eyes (forms of damage that are held out are left out there), and where nobody had\n\
         looked before: all forms, and apart those that may be tuned on and those that are held out. In brackets the bounds of\n95 % certainty. A difference of more than 0.1 is a fault of the mechanism: **!**.\n\n\
         | Family | Looked at: found | mended | First contact: found | mended | Difference | Same forms: found | Held out: found |\n|---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let families: BTreeSet<&str> =
        measurement.injected.iter().map(|outcome| outcome.family.as_str()).collect();
    let mut row = |name: &str, takes: &dyn Fn(&&Outcome) -> bool| {
        let tuned = Share::of(english(measurement, Role::LookedAt).filter(takes));
        let first = Share::of(english(measurement, Role::First).filter(takes));
        let is_alike = |outcome: &&Outcome| takes(outcome) && !outcome.is_held_out;
        let alike = Share::of(english(measurement, Role::First).filter(is_alike));
        let is_apart = |outcome: &&Outcome| takes(outcome) && outcome.is_held_out;
        let apart = Share::of(english(measurement, Role::First).filter(is_apart));
        let difference = tuned.recall() - first.recall();
        let sign = if difference > FAULT { " **!**" } else { "" };
        out.push_str(&format!(
            "| {name} | {} | {} | {} | {} | {difference:+.2}{sign} | {} | {} |\n",
            tuned.found(),
            tuned.mended(),
            first.found(),
            first.mended(),
            alike.found(),
            apart.found(),
        ));
    };
    for family in families {
        row(family, &|outcome| outcome.family == family);
    }
    row("all", &|_| true);
    let elsewhere = Share::of(english(measurement, Role::First));
    out.push_str(&format!(
        "\nBeside the damage {} new findings in {} damaged texts.\n",
        elsewhere.elsewhere, elsewhere.total
    ));
    out
}

/// How likely a finding is to be true: what it says itself, or how often its rule was right on texts that were
/// looked at.
struct Scores(BTreeMap<String, f64>);

impl Scores {
    fn new(measurement: &Measurement) -> Self {
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (_, rule, _) in measurement.alarms.iter().filter(|(role, ..)| *role == Role::LookedAt) {
            counts.entry(rule).or_default().1 += 1;
        }
        for outcome in english(measurement, Role::LookedAt) {
            for hit in &outcome.hits {
                counts.entry(&hit.rule).or_default().0 += 1;
            }
        }
        let share = |(hits, alarms): (usize, usize)| (hits as f64 + 1.0) / ((hits + alarms) as f64 + 2.0);
        Self(counts.into_iter().map(|(rule, counts)| (rule.to_owned(), share(counts))).collect())
    }

    fn of(&self, rule: &str, probability: Option<f64>) -> f64 {
        probability.unwrap_or_else(|| self.0.get(rule).copied().unwrap_or(0.5))
    }
}

/// What is found where only so many alarms may be raised.
pub fn budgets(measurement: &Measurement) -> String {
    let scores = Scores::new(measurement);
    let words: usize = measurement
        .large
        .iter()
        .filter(|((role, language, _), _)| *role == Role::First && language == "en")
        .map(|(_, human)| human.words)
        .sum();
    let mut alarms: Vec<f64> = measurement
        .alarms
        .iter()
        .filter(|(role, ..)| *role == Role::First)
        .map(|(_, rule, probability)| scores.of(rule, *probability))
        .collect();
    alarms.sort_by(|a, b| b.total_cmp(a));
    let mut out = String::from(
        "\n## Recall at a budget of alarms\n\nIf only so many findings may fall on human writing that nobody had looked at (English, slips of the writers among\n\
         them), the most likely findings first: by their probability, or by how often their rule was right on texts that were\n\
         looked at. What is then found of injected damage at first contact.\n\n| In 1,000 words | Found |\n|--:|--:|\n",
    );
    let outcomes: Vec<&Outcome> = english(measurement, Role::First).collect();
    let mut row = |name: &str, least: Option<f64>| {
        let is_found = |outcome: &&&Outcome| {
            least.is_some_and(|least| {
                outcome.hits.iter().any(|hit| scores.of(&hit.rule, hit.probability) > least)
            })
        };
        let found = outcomes.iter().filter(is_found).count();
        out.push_str(&format!("| {name} | {} |\n", with_bounds(found, outcomes.len())));
    };
    for budget in BUDGETS {
        let allowed = (budget * words as f64 / 1000.0) as usize;
        // What is as likely as the first alarm that is too many is left out.
        row(&budget.to_string(), Some(alarms.get(allowed).copied().unwrap_or(0.0)));
    }
    row("any", Some(-1.0));
    out
}

/// Human writing of any quality.
pub fn large(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## Human writing of any quality\n\nAll findings, slips of the writers and of digitisation among them, which are about two fifths.\n\n\
         | Role | Language | Genre | Words | Findings | In 1,000 words |\n|---|---|---|--:|--:|--:|\n",
    );
    let mut totals: BTreeMap<(Role, &str), (usize, usize)> = BTreeMap::new();
    for ((role, language, genre), human) in &measurement.large {
        out.push_str(&format!(
            "| {} | {language} | {genre} | {} | {} | {} |\n",
            role_name(*role),
            human.words,
            human.findings,
            rate(human.findings, human.words)
        ));
        let total = totals.entry((*role, language)).or_default();
        *total = (total.0 + human.words, total.1 + human.findings);
    }
    for ((role, language), (words, findings)) in totals {
        out.push_str(&format!(
            "| {} | {language} | all | {words} | {findings} | {} |\n",
            role_name(role),
            rate(findings, words)
        ));
    }
    out
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::LookedAt => "looked at",
        Role::First => "first contact",
    }
}

/// Careful human writing.
pub fn careful(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## Careful human writing\n\nWhat rules that are on by default find there.\n\n| Set | Words | Findings | In 1,000 words |\n|---|--:|--:|--:|\n",
    );
    let mut row = |set: &str, words: usize, findings: usize| {
        let rate = findings as f64 * 1000.0 / words.max(1) as f64;
        out.push_str(&format!("| {set} | {words} | {findings} | {rate:.2} |\n"));
    };
    for (set, human) in &measurement.human {
        row(set, human.words, human.findings);
    }
    let words: usize = measurement.human.values().map(|human| human.words).sum();
    let findings: usize = measurement.human.values().map(|human| human.findings).sum();
    row("all", words, findings);
    out
}

/// Texts whose damage is marked.
pub fn marked(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## Marked damage\n\n| Set | Role | Damages | Found | Findings | At a damage |\n|---|---|--:|--:|--:|--:|\n",
    );
    for ((set, role), damaged) in &measurement.damaged {
        out.push_str(&format!(
            "| {set} | {} | {} | {} | {} | {} |\n",
            role_name(*role),
            damaged.damages,
            with_bounds(damaged.found, damaged.damages),
            damaged.findings,
            with_bounds(damaged.marked, damaged.findings)
        ));
    }
    out
}

/// Injected damage by language.
pub fn languages(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## Injected damage by language\n\n| Language | Role | Texts | Found | Mended |\n|---|---|--:|--:|--:|\n",
    );
    let keys: BTreeSet<(&str, Role)> =
        measurement.injected.iter().map(|outcome| (outcome.language.as_str(), outcome.role)).collect();
    for (language, role) in keys {
        let mine = measurement.injected.iter();
        let share = Share::of(mine.filter(|outcome| outcome.language == language && outcome.role == role));
        out.push_str(&format!(
            "| {language} | {} | {} | {} | {} |\n",
            role_name(role),
            share.total,
            share.found(),
            share.mended()
        ));
    }
    out
}

/// Injected damage in English by kind, and which rules name the kind.
pub fn kinds(measurement: &Measurement) -> String {
    let registry = Registry::builtin();
    let mut out = String::from(
        "\n## Injected damage by kind\n\nEnglish. `mtlint inject --list` tells what each kind is. The rules are those that name the kind in `finds`.\n\n\
         | Kind | Looked at | First contact | Rules |\n|---|--:|--:|---|\n",
    );
    for operator in Operators::builtin().iter() {
        let of = |role| Share::of(english(measurement, role).filter(|outcome| outcome.kind == operator.kind));
        let (tuned, first) = (of(Role::LookedAt), of(Role::First));
        if tuned.total + first.total == 0 {
            continue;
        }
        let plain = |share: Share| match share.total {
            0 => "–".to_owned(),
            _ => format!("{:.2}", share.recall()),
        };
        let rules: Vec<&str> = registry
            .rules()
            .iter()
            .filter(|rule| rule.finds.contains(&operator.kind))
            .map(|rule| rule.id.as_str())
            .collect();
        let rules = if rules.is_empty() { "none".to_owned() } else { rules.join(", ") };
        out.push_str(&format!("| {} | {} | {} | {rules} |\n", operator.kind, plain(tuned), plain(first)));
    }
    out
}

/// Each rule at first contact: what it finds and mends of the injected damage that it is for, and its alarms.
pub fn rules(measurement: &Measurement) -> String {
    let registry = Registry::builtin();
    let mut out = String::from(
        "\n## Rules at first contact\n\nInjected damage in English of the kinds that the rule names in `finds`; marked damage; and all findings on human\n\
         writing in its languages, slips of the writers among them.\n\n\
         | Rule | Found | Mended | At a marked damage | On human writing | Words |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for rule in registry.rules().iter().filter(|rule| rule.is_on_by_default()) {
        let Some(measured) = measurement.precision.of(rule) else { continue };
        let first = measured.first;
        let named = english(measurement, Role::First).filter(|outcome| rule.finds.contains(&outcome.kind));
        let is_mended =
            |outcome: &&Outcome| outcome.hits.iter().any(|hit| hit.is_mended && hit.rule == rule.id.as_str());
        let mended = named.filter(is_mended).count();
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            rule.id,
            with_bounds(first.found, first.injected),
            with_bounds(mended, first.injected),
            with_bounds(first.marked, first.damaged),
            first.human,
            measured.first_words
        ));
    }
    out
}

/// What was found the first time, and who looked.
pub fn series(measurement: &Measurement) -> String {
    let mut out = String::from(
        "\n## First figures\n\nWhat was found in texts of a new kind before anything was mended for them.\n\n| Date | Texts | Recall | Precision |\n|---|---|--:|--:|\n",
    );
    let Some(sources) = &measurement.sources else { return out };
    for figures in &sources.series {
        let precision = figures.precision.map_or("–".to_owned(), |precision| format!("{precision:.2}"));
        out.push_str(&format!(
            "| {} | {} | {:.2} | {precision} |\n",
            figures.date, figures.what, figures.recall
        ));
    }
    out.push_str("\n## Looks\n\nSources that nobody had looked at, and now somebody has.\n\n| Date | Source | Why |\n|---|---|---|\n");
    for look in &sources.looks {
        out.push_str(&format!("| {} | {} | {} |\n", look.date, look.source, look.why));
    }
    out
}
