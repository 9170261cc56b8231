//! On the texts of the evaluation sets, where they are at hand: `check` finds what
//! `check_unfiltered` finds, a safe fix is stable, and rules are measured.
//!
//! The sets are no part of the project. They lie in `../shared`, or where `MTLINT_EVALUATION` says.
//! `scripts/evaluate` runs these tests and writes what they measure.

mod injected;
mod measure;
mod nursery;
mod page;
mod roles;
mod sets;
mod tables;

use measure::Measurement;
use mtlint_document::Document;
use mtlint_engine::engine::{Circumstances, Engine, Selection};
use mtlint_engine::rule::{Applicability, Precision, Registry};
use sets::Sets;
use std::fs;
use std::path::Path;
use std::sync::Arc;

#[test]
fn the_prefilter_hides_nothing_and_fixing_is_stable() {
    let Some(sets) = Sets::find() else { return };
    let registry = Arc::new(Registry::builtin());
    let engine = Engine::new(registry.clone(), Selection::default()).unwrap();
    let parse = |text: &str| Document::plain(text, None, registry.packs());
    for path in sets.plain_texts() {
        let text = fs::read_to_string(&path).unwrap();
        let document = parse(&text);
        assert_eq!(engine.check(&document), engine.check_unfiltered(&document), "{}", path.display());
        let fixed = engine.fix(&text, Applicability::Safe, &Circumstances::default(), parse);
        assert!(fixed.is_stable, "{}", path.display());
        assert_eq!(
            engine.fix(&fixed.text, Applicability::Safe, &Circumstances::default(), parse).text,
            fixed.text,
            "{}",
            path.display()
        );
    }
}

/// A rule is on by default only if what was measured allows it. One that has not been measured is
/// judged by its examples alone, until `scripts/evaluate` is run where the sets are.
#[test]
fn the_table_allows_every_rule_that_is_on_by_default() {
    refuse_noise(Precision::builtin());
}

#[test]
fn the_table_knows_no_rule_that_is_gone() {
    let registry = Registry::builtin();
    let table = Precision::builtin();
    let gone: Vec<&str> = table.measured().filter(|id| registry.rule(id).is_none()).collect();
    assert!(gone.is_empty(), "run scripts/evaluate, or delete from rules/precision.toml: {gone:?}");
}

#[test]
fn what_is_measured_allows_every_rule_that_is_on_by_default() {
    let Some(sets) = Sets::find() else { return };
    let measurement = Measurement::of(&sets);
    hold("rules/precision.toml", &page::table(&measurement));
    hold("docs/evaluation.md", &page::page(&measurement));
    refuse_noise(&measurement.precision);
    nursery::hold(&measurement.met);
}

fn refuse_noise(table: &Precision) {
    let mut noisy = Vec::new();
    for rule in Registry::builtin().rules().iter().filter(|rule| rule.is_on_by_default()) {
        if let Some(measured) = table.of(rule).filter(|measured| !measured.allows_default()) {
            noisy.push(format!("{}: {measured}", rule.id));
        }
    }
    assert!(
        noisy.is_empty(),
        "make these rules ask for more evidence, or set `confidence = \"low\"`:\n{}",
        noisy.join("\n")
    );
}

/// Writes a file of the project where snapshots are renewed, and elsewhere says what is different. That
/// alone is no failure: what is measured must obey the rule above, and a table that lags behind does
/// no harm.
fn hold(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var("INSTA_UPDATE").is_ok_and(|wish| wish == "always") {
        fs::write(&path, expected).unwrap();
        return;
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    if found != expected {
        let diff = similar::TextDiff::from_lines(found.as_str(), expected);
        println!(
            "{file} is not what is measured; run scripts/evaluate, read the difference and commit it\n{}",
            diff.unified_diff().context_radius(1)
        );
    }
}
