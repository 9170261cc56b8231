//! `mtlint rules test`: run the examples of rules, which are their tests.

use crate::cli::{FINDINGS, Terminal, Trouble, values};
use mtlint_engine::config::{Config, RuleText, rule_text, rule_texts};
use mtlint_engine::engine::run_examples;
use mtlint_engine::rule::{ExampleError, Registry, Rule, selects};
use mtlint_report::{count, style};
use mtlint_text::toml_file::Problem;
use rayon::prelude::*;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Run the examples of rules
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Rules, families, rule files, folders of rules and style packages; all rules built in and those of `mtlint.toml` when
    /// left out
    #[arg(value_name = "RULE|FAMILY|PATH")]
    what: Vec<String>,
}

pub(super) fn run(args: &Args, terminal: Terminal) -> Result<ExitCode, Trouble> {
    let mut texts = Vec::new();
    let mut selectors = Vec::new();
    for what in &args.what {
        match Path::new(what) {
            package if Config::is_package(package) => {
                let config = Config::of_package(package)?;
                let mut found = config.rule_texts()?;
                let problems = config.unknown_names(&own_registry(&found)?);
                if !problems.is_empty() {
                    return Err(problems.into());
                }
                texts.append(&mut found);
            }
            folder if folder.is_dir() => texts.append(&mut rule_texts(folder)?),
            file if file.extension().is_some_and(|ending| ending == "toml") => texts.push(rule_text(file)?),
            _ => selectors.push(what.clone()),
        }
    }
    // What is named by its path need not be what the configuration knows.
    let registry = if texts.is_empty() { values::registry(false)? } else { Arc::new(own_registry(&texts)?) };
    let unknown: Vec<String> = selectors
        .iter()
        .filter(|selector| !registry.knows(selector))
        .map(|selector| format!("{}; nor is it a folder or a rule file", registry.unknown_selector(selector)))
        .collect();
    if !unknown.is_empty() {
        return Err(unknown.into());
    }
    selectors.extend(texts.iter().map(|text| text.id.clone()));
    let is_meant =
        |rule: &&Rule| args.what.is_empty() || selectors.iter().any(|selector| selects(selector, &rule.id));
    let rules: Vec<&Rule> = registry.rules().iter().filter(is_meant).collect();
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
    let examples: usize = rules.iter().map(|rule| rule.examples().len()).sum();
    let broken = failed.chunk_by(|a, b| (&a.rule, &a.example.name) == (&b.rule, &b.example.name)).count();
    let verdict = match broken {
        0 => paint.text(style::ADDED.bold(), "all hold"),
        _ => paint.text(style::REMOVED_STRONG, &format!("{broken} failed")),
    };
    out.push_str(&format!("{} of {}: {verdict}\n", count(examples, "example"), count(rules.len(), "rule")));
    let code = values::print_all(&out)?;
    Ok(if broken == 0 { code } else { ExitCode::from(FINDINGS) })
}

/// The rules built in, and these. A folder that holds a rule built in, as the catalogue itself does, tests that one.
fn own_registry(texts: &[RuleText]) -> Result<Registry, Vec<Problem>> {
    let builtin = Registry::builtin();
    let own = texts.iter().filter(|text| builtin.rule(&text.id).is_none());
    Registry::with_files(own.map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str())))
}
