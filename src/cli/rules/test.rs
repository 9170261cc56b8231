//! `mtlint rules test`: run the examples of rules, which are their tests.

use crate::cli::{FINDINGS, Terminal, Trouble, values};
use mtlint_engine::config::rule_texts;
use mtlint_engine::engine::run_examples;
use mtlint_engine::rule::{ExampleError, Registry, Rule};
use mtlint_report::{count, style};
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Run the examples of rules
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A folder of rules; the rules built in and those of `mtlint.toml` when left out
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args, terminal: Terminal) -> Result<ExitCode, Trouble> {
    let (registry, only) = match &args.folder {
        None => (values::registry(false)?, None),
        Some(folder) => {
            let texts = rule_texts(folder)?;
            let ids: Vec<String> = texts.iter().map(|rule| rule.id.clone()).collect();
            let builtin = Registry::builtin();
            // A folder that holds a rule built in, as the catalogue itself does, tests that one.
            let own = texts.iter().filter(|text| builtin.rule(&text.id).is_none());
            let files = own.map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str()));
            (Arc::new(Registry::with_files(files)?), Some(ids))
        }
    };
    let rules: Vec<&Rule> = registry
        .rules()
        .iter()
        .filter(|rule| only.as_ref().is_none_or(|ids| ids.iter().any(|id| id == rule.id.as_str())))
        .collect();
    let failed: Vec<ExampleError> =
        rules.par_iter().flat_map_iter(|rule| run_examples(&registry, rule)).collect();

    let paint = terminal.paint;
    let mut out = String::new();
    for errors in failed.chunk_by(|a, b| a.rule == b.rule) {
        paint.push(&mut out, style::REMOVED_STRONG, "failed");
        out.push_str(&format!(" {}\n", errors[0].rule));
        for error in errors {
            out.push_str(&format!("  {error}\n"));
        }
    }
    let examples: usize = rules.iter().map(|rule| rule.examples.len()).sum();
    let broken = failed.chunk_by(|a, b| (&a.rule, &a.example.name) == (&b.rule, &b.example.name)).count();
    let verdict = match broken {
        0 => paint.text(style::ADDED.bold(), "all hold"),
        _ => paint.text(style::REMOVED_STRONG, &format!("{broken} failed")),
    };
    out.push_str(&format!("{} of {}: {verdict}\n", count(examples, "example"), count(rules.len(), "rule")));
    let code = values::print_all(&out)?;
    Ok(if broken == 0 { code } else { ExitCode::from(FINDINGS) })
}
