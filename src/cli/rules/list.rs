//! `mtlint rules list`: every rule in a line.

use crate::cli::{Terminal, Trouble, values};
use mtlint_engine::rule::{FAMILIES, Registry, Rule, selects};
use mtlint_report::style;
use mtlint_report::{JsonRule, count, wrap};
use std::process::ExitCode;

/// List rules, by family
#[derive(Debug, Default, clap::Args)]
pub(in crate::cli) struct Args {
    /// Only these rules or families
    #[arg(value_name = "RULE|FAMILY")]
    only: Vec<String>,

    /// How rules are written
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,

    /// Only the rules built in
    #[arg(long)]
    isolated: bool,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    #[default]
    Human,
    Json,
}

pub(super) fn run(args: &Args, terminal: Terminal) -> Result<ExitCode, Trouble> {
    let registry = values::registry(args.isolated)?;
    let unknown: Vec<String> = args
        .only
        .iter()
        .filter(|name| !registry.knows(name))
        .map(|name| registry.unknown_selector(name))
        .collect();
    if !unknown.is_empty() {
        return Err(unknown.into());
    }
    let rules: Vec<&Rule> = registry
        .rules()
        .iter()
        .filter(|rule| args.only.is_empty() || args.only.iter().any(|name| selects(name, &rule.id)))
        .collect();
    let text = match args.format {
        FormatName::Human => table(&registry, &rules, terminal),
        FormatName::Json => json(&rules),
    };
    values::print_all(&text)
}

fn json(rules: &[&Rule]) -> String {
    let rules: Vec<JsonRule<'_>> = rules.iter().map(|rule| JsonRule::of(rule)).collect();
    // Strings, numbers and lists are always valid JSON.
    let mut text = serde_json::to_string_pretty(&rules).unwrap_or_default();
    text.push('\n');
    text
}

fn table(registry: &Registry, rules: &[&Rule], terminal: Terminal) -> String {
    let paint = terminal.paint;
    let names = rules.iter().map(|rule| rule.id.as_str().len()).max().unwrap_or(0);
    // Two spaces, the name, two spaces, the severity, two spaces, the confidence, two spaces.
    let before = 2 + names + 2 + 8 + 2 + 6 + 2;
    // On a narrow terminal a rule takes two lines.
    let is_narrow = before + 24 > terminal.width;
    let (before, between) = if is_narrow { (6, "\n    ") } else { (before, "") };
    let width = terminal.width.saturating_sub(before);
    let mut out = String::new();
    for group in rules.chunk_by(|a, b| a.id.family() == b.id.family()) {
        let family = group[0].id.family();
        let about = FAMILIES.iter().find(|(name, _)| *name == family).map_or("", |(_, about)| about);
        // A family of the user's own has nothing to say.
        let colon = if about.is_empty() { "" } else { ": " };
        for (index, line) in wrap(&format!("{family}{colon}{about}"), terminal.width).iter().enumerate() {
            let (heading, rest) = line.split_at(if index == 0 { family.len().min(line.len()) } else { 0 });
            paint.push(&mut out, style::BOLD, heading);
            out.push_str(&format!("{rest}\n"));
        }
        for rule in group {
            out.push_str("  ");
            let id = match is_narrow {
                true => wrap(rule.id.as_str(), terminal.width.saturating_sub(2)).join("\n  "),
                false => format!("{:<names$}", rule.id.as_str()),
            };
            let is_on = rule.is_on_by_default();
            paint.push(&mut out, if is_on { anstyle::Style::new() } else { style::DIM }, &id);
            out.push_str(between);
            out.push_str("  ");
            paint.push(&mut out, style::severity(rule.severity), &format!("{:<8}", rule.severity.as_str()));
            out.push_str(&format!("  {:<6}  ", rule.confidence.as_str()));
            if is_narrow {
                out.truncate(out.trim_end().len());
                out.push_str(&format!("\n{:before$}", ""));
            }
            let summary = wrap(&rule.summary, width);
            out.push_str(&summary.join(&format!("\n{:before$}", "")));
            out.push('\n');
        }
        out.push('\n');
    }
    let off = rules.iter().filter(|rule| !rule.is_on_by_default()).count();
    let mut sum = count(rules.len(), "rule");
    if off > 0 {
        sum.push_str(&format!(
            ", {off} of low confidence that run only with --min-confidence low or --select"
        ));
    }
    out.push_str(&wrap(&sum, terminal.width).join("\n"));
    if let Some(rule) = rules.first().or(registry.rules().first().as_ref()) {
        let more = format!("`mtlint explain {}` tells more about one", rule.id);
        out.push_str(&format!("\n{}\n", wrap(&more, terminal.width).join("\n")));
    }
    out
}
