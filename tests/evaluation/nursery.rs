//! The nursery: a rule is on by default only when it has met enough damage.

use mtlint_engine::rule::{Registry, Rule};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `nursery.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nursery {
    /// At how many injected and marked damages a rule on by default has a finding at least.
    least: usize,
    /// Rules and families for damage that cannot be injected into a text by itself.
    apart: Vec<String>,
    /// Rules that were on before there was a nursery.
    older: Vec<String>,
}

fn nursery() -> Nursery {
    toml::from_str(include_str!("nursery.toml")).expect("tests/evaluation/nursery.toml is as it should be")
}

/// Refuses rules that are on by default and have not met enough; `met` says at how many damages each rule
/// has a finding.
pub fn hold(met: &BTreeMap<String, usize>) {
    let Nursery { least, apart, older } = nursery();
    let registry = Registry::builtin();
    let has_met = |id: &str| met.get(id).copied().unwrap_or(0);
    let young: Vec<String> = registry
        .rules()
        .iter()
        // What compares with a source finds nothing in texts that have none.
        .filter(|rule| rule.is_on_by_default() && !rule.is_of_pairs() && !selects(&apart, rule))
        .map(|rule| (rule.id.as_str(), has_met(rule.id.as_str())))
        .filter(|(id, count)| *count < least && !older.iter().any(|known| known == id))
        .map(|(id, count)| format!("{id}: {count} of {least}"))
        .collect();
    assert!(
        young.is_empty(),
        "these rules have met too little damage to be on by default; set `confidence = \"low\"`, or write an operator \
         in crates/mtlint-inject/src/operators that does the damage they are for:\n{}",
        young.join("\n")
    );
    let grown: Vec<&String> = older.iter().filter(|id| has_met(id) >= least).collect();
    if !grown.is_empty() {
        println!("these rules have met enough and can go from tests/evaluation/nursery.toml: {grown:?}");
    }
}

fn selects(names: &[String], rule: &Rule) -> bool {
    names.iter().any(|name| *name == rule.id.as_str() || *name == rule.id.family())
}
