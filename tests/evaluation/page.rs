//! What was measured, written down: the table that is built in, and the page for people.

use crate::measure::Measurement;
use crate::tables;

/// `rules/precision.toml`.
pub fn table(measurement: &Measurement) -> String {
    let table = toml::to_string(&measurement.precision).expect("counts are TOML");
    format!(
        "# How many findings of each rule fall on human writing and on damaged texts; of the latter, how many are at\n\
         # marked damage; under `first` the same where nobody had looked before. Written by `scripts/evaluate`;\n\
         # docs/evaluation.md tells what was read and what is allowed.\n\n\
         {table}"
    )
}

/// `docs/evaluation.md`.
pub fn page(measurement: &Measurement) -> String {
    let mut out = include_str!("page.md").to_owned();
    for section in [
        tables::first_contact(measurement),
        tables::budgets(measurement),
        tables::large(measurement),
        tables::careful(measurement),
        tables::marked(measurement),
        tables::languages(measurement),
        tables::kinds(measurement),
        tables::rules(measurement),
        tables::series(measurement),
    ] {
        out.push_str(&section);
    }
    out
}
