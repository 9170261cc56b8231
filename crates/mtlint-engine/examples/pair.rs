//! Compares a translation with its source, as a gate in a pipeline does: fails when something major is found.
//! `cargo run -p mtlint-engine --example pair -- "Es kostet 250 Euro." "It costs 205 euros."`

use mtlint_engine::{Linter, Severity};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(source), Some(target)) = (arguments.next(), arguments.next()) else {
        eprintln!("give a source and its translation");
        return ExitCode::from(2);
    };
    let linter = match Linter::builder().min_severity(Severity::Major).build() {
        Ok(linter) => linter,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let findings = linter.check_pair(&source, &target);
    for finding in &findings {
        println!("{}: {}", finding.rule, finding.message);
    }
    ExitCode::from(u8::from(!findings.is_empty()))
}
