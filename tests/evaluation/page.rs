//! What was measured, written down: the table that is built in, and the page for people.

use crate::measure::Measurement;
use std::fmt::Write;

/// `rules/precision.toml`.
pub fn table(measurement: &Measurement) -> String {
    let table = toml::to_string(&measurement.precision).expect("counts are TOML");
    format!(
        "# How many findings of each rule fall on human writing and on damaged texts; of the latter, how many are at\n\
         # marked damage. Written by `scripts/evaluate`; docs/evaluation.md tells what was read and what is allowed.\n\n\
         {table}"
    )
}

/// `docs/evaluation.md`.
pub fn page(measurement: &Measurement) -> String {
    let mut out = include_str!("page.md").to_owned();
    add(&mut out, "\n## Human writing\n\nWhat rules that are on by default find there.\n\n");
    add(&mut out, "| Set | Words | Findings | In 1,000 words |\n|---|--:|--:|--:|\n");
    for (set, human) in &measurement.human {
        let rate = human.findings as f64 * 1000.0 / human.words.max(1) as f64;
        add(&mut out, &format!("| {set} | {} | {} | {rate:.2} |\n", human.words, human.findings));
    }
    let words: usize = measurement.human.values().map(|human| human.words).sum();
    let findings: usize = measurement.human.values().map(|human| human.findings).sum();
    let rate = findings as f64 * 1000.0 / words.max(1) as f64;
    add(&mut out, &format!("| all | {words} | {findings} | {rate:.2} |\n"));
    add(
        &mut out,
        "\n## Marked damage\n\n| Set | Damages | Found | Findings | At a damage |\n|---|--:|--:|--:|--:|\n",
    );
    for (set, damaged) in &measurement.damaged {
        add(
            &mut out,
            &format!(
                "| {set} | {} | {} | {} | {} |\n",
                damaged.damages, damaged.found, damaged.findings, damaged.marked
            ),
        );
    }
    out
}

fn add(out: &mut String, text: &str) {
    out.write_str(text).expect("a String takes everything");
}
