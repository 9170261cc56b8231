//! `mtlint rules docs`: the page `docs/rules.md`, from the rules themselves.

use crate::cli::{Trouble, values};
use crate::report::{count, wrap};
use crate::rule::{Applicability, FAMILIES, Registry, Rule};
use std::fmt::Write;
use std::process::ExitCode;

/// Print docs/rules.md
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {}

pub(super) fn run(_args: &Args) -> Result<ExitCode, Trouble> {
    values::print_all(&page(&Registry::builtin()))
}

/// How wide paragraphs are, in columns.
const WIDTH: usize = 110;

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
            "{total}, {off} of them of low confidence: these run only with `--min-confidence low`, or when\n`--select` names them. `mtlint explain RULE` shows all examples of a rule.\n"
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
        members.iter().for_each(|rule| section(&mut out, rule));
    }
    out
}

fn section(out: &mut String, rule: &Rule) {
    let what = format!("{}. {}", capitalised(&rule.summary), rule.why);
    add(out, &format!("\n### {}\n\n{}\n\n", rule.id, wrap(&what, WIDTH).join("\n")));
    add(out, &format!("MQM type `{}`.", rule.mqm));
    if let Some(why) = &rule.why_unsafe {
        add(out, &format!(" The fix is unsafe: {why}"));
    }
    add(out, "\n\n");
    if let Some(bad) = rule.examples.iter().find(|example| example.is_bad()) {
        add(out, &format!("- Bad: {}\n", code(&bad.marked())));
        if let Some(fixed) = &bad.fixed {
            add(out, &format!("- Fixed: {}\n", code(fixed)));
        }
    }
    if let Some(good) = rule.examples.iter().find(|example| !example.is_bad()) {
        let why = good.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        add(out, &format!("- Good: {}{why}\n", code(&good.text)));
    }
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

/// Text as code in a line of Markdown, line breaks shown, what cannot be seen named.
fn code(text: &str) -> String {
    let mut shown = String::new();
    for char in text.chars() {
        match char {
            '\n' => shown.push('⏎'),
            ' ' => shown.push(' '),
            _ if char.is_control()
                || unicode_width::UnicodeWidthChar::width(char) == Some(0)
                || char.is_whitespace() =>
            {
                add(&mut shown, &format!("<U+{:04X}>", u32::from(char)));
            }
            _ => shown.push(char),
        }
    }
    // A fence longer than any run of backticks in the text.
    let longest = shown.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
