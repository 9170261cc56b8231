//! `mtlint rules docs`: the page `docs/rules.md`, from the rules themselves.

use crate::cli::{Trouble, values};
use mtlint_document::capitalised;
use mtlint_engine::rule::{Applicability, FAMILIES, Registry, Rule};
use mtlint_report::{count, explanation};
use std::fmt::Write;
use std::process::ExitCode;

/// Print docs/rules.md
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {}

pub(super) fn run(_args: &Args) -> Result<ExitCode, Trouble> {
    values::print_all(&page(&Registry::builtin()))
}

/// The page of all rules of the registry, in Markdown.
fn page(registry: &Registry) -> String {
    let rules = registry.rules();
    let off = rules.iter().filter(|rule| !rule.is_on_by_default()).count();
    let mut out = String::from(
        "# Rules\n\n<!-- Written by `cargo run -- rules docs > docs/rules.md` from rules/. -->\n\n",
    );
    let total = count(rules.len(), "rule");
    add(
        &mut out,
        &format!(
            "{total}, {off} of them of low confidence: these run only with `--min-confidence low`, or when\n`--select` names them. `mtlint explain RULE` shows all examples of a rule.\n[evaluation.md](evaluation.md) tells how rules are measured, and what they must hold to be on by default.\n"
        ),
    );
    for (family, about) in FAMILIES {
        let members: Vec<&Rule> = rules.iter().filter(|rule| rule.id.family() == *family).collect();
        if members.is_empty() {
            continue;
        }
        add(&mut out, &format!("\n## {family}\n\n{}.\n\n", capitalised(about)));
        add(&mut out, "| Rule | Severity | Confidence | Fix | Languages |\n|---|---|---|---|---|\n");
        for rule in &members {
            let fix = rule.applicability.map_or("", Applicability::as_str);
            add(
                &mut out,
                &format!(
                    "| [{id}](#{anchor}) | {} | {} | {fix} | {} |\n",
                    rule.severity.as_str(),
                    rule.confidence.as_str(),
                    languages(rule),
                    id = rule.id,
                    anchor = rule.id.as_str().replace('/', ""),
                ),
            );
        }
        for rule in &members {
            add(&mut out, &format!("\n### {}\n\n{}", rule.id, explanation(rule)));
        }
    }
    out
}

fn add(out: &mut String, text: &str) {
    out.write_str(text).expect("a String takes everything");
}

/// The languages of a rule, for people.
pub(in crate::cli) fn languages(rule: &Rule) -> String {
    match rule.languages.as_slice() {
        [] => "all".to_owned(),
        some => some.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}
