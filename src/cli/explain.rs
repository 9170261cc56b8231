//! `mtlint explain`: all about one rule.

use super::rules::languages;
use super::{Terminal, Trouble, values};
use mtlint_engine::rule::{Applicability, Example, Rule};
use mtlint_report::style::{self, Paint};
use mtlint_report::{fold, wrap};
use std::process::ExitCode;

/// Explain a rule: why it is there, how far its fix is safe, examples
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule, such as `quotation/closed-early`
    rule: String,

    /// Only the rules built in
    #[arg(long)]
    isolated: bool,
}

pub(super) fn run(args: &Args, terminal: Terminal) -> Result<ExitCode, Trouble> {
    let registry = values::registry(args.isolated)?;
    let rule = registry.find(&args.rule).map_err(Trouble::new)?;
    values::print_all(&explain(rule, terminal))
}

/// The rule in words.
fn explain(rule: &Rule, terminal: Terminal) -> String {
    let Terminal { paint, width, .. } = terminal;
    let mut out = paint.text(style::severity(rule.severity), rule.id.as_str());
    out.push('\n');
    for line in wrap(&rule.summary, width) {
        paint.push(&mut out, style::BOLD, &line);
        out.push('\n');
    }
    out.push('\n');
    paragraph(&mut out, &rule.why, 0, width);
    out.push('\n');

    let mut row = |name: &str, value: &str| {
        out.push_str("  ");
        paint.push(&mut out, style::DIM, &format!("{name:<12}"));
        out.push_str(&wrap(value, width.saturating_sub(14).max(24)).join(&format!("\n{:14}", "")));
        out.push('\n');
    };
    row("MQM type", &rule.mqm);
    row("severity", rule.severity.as_str());
    let low = ": runs only with --min-confidence low, or when --select names it";
    let lonely = format!("; {} where no other rule finds damage in the document", rule.alone.as_str());
    let hint = match rule.is_on_by_default() {
        true if rule.alone < rule.confidence => &lonely,
        true => "",
        false => low,
    };
    row("confidence", &format!("{}{hint}", rule.confidence.as_str()));
    if let Some(scorer) = &rule.scorer {
        row("evidence", &scorer.features().collect::<Vec<_>>().join(", "));
        row("", &format!("weighed since {}: {}", scorer.date, scorer.data));
    }
    row("languages", &languages(rule));
    if let Some(measured) = rule.measured() {
        row("measured", &measured.to_string());
    }
    if !rule.finds.is_empty() {
        row("finds", &rule.finds.join(", "));
    }
    row("fix", rule.applicability.map_or("as the finding says", Applicability::as_str));
    if let Some(why) = &rule.why_unsafe {
        row("", why);
    }
    if !rule.yields_to.is_empty() {
        row("yields to", &rule.yields_to.join(", "));
    }
    row("file", &rule.file);

    for (title, is_bad) in [("Bad", true), ("Good", false)] {
        out.push('\n');
        paint.push(&mut out, style::BOLD, title);
        out.push('\n');
        for example in rule.examples().iter().filter(|example| example.is_bad() == is_bad) {
            show(&mut out, paint, example, width);
        }
    }
    out
}

fn show(out: &mut String, paint: Paint, example: &Example, width: usize) {
    let mut is_open = false;
    block(out, "  ", &example.marked(), width, |line| painted(line, paint, &mut is_open));
    if let Some(fixed) = &example.fixed {
        block(out, "→ ", fixed, width, |line| paint.text(style::ADDED, line));
    }
    if let Some(why) = &example.why {
        let mut told = String::new();
        paragraph(&mut told, why, 4, width);
        paint.push(out, style::DIM, told.trim_end());
        out.push('\n');
    }
}

/// A line of an example, where colours show what its marks do; damage may go on from line to line.
fn painted(line: &str, paint: Paint, is_open: &mut bool) -> String {
    if !paint.color {
        return line.to_owned();
    }
    let (on, off) =
        (style::REMOVED_STRONG.render().to_string(), style::REMOVED_STRONG.render_reset().to_string());
    let mut out = if *is_open { on.clone() } else { String::new() };
    for char in line.chars() {
        match char {
            '⟦' | '⟧' => {
                *is_open = char == '⟦';
                out.push_str(if *is_open { &on } else { &off });
            }
            _ => out.push(char),
        }
    }
    if *is_open {
        out.push_str(&off);
    }
    out
}

/// Appends text of one line or several, none wider than the terminal, the first after `sign`.
fn block(out: &mut String, sign: &str, text: &str, width: usize, mut paint: impl FnMut(&str) -> String) {
    for (index, line) in fold(text, width.saturating_sub(2).max(24)).iter().enumerate() {
        out.push_str(if index == 0 { sign } else { "  " });
        out.push_str(&paint(line));
        out.push('\n');
    }
}

fn paragraph(out: &mut String, text: &str, indent: usize, width: usize) {
    for line in wrap(text, width.saturating_sub(indent)) {
        out.push_str(&" ".repeat(indent));
        out.push_str(&line);
        out.push('\n');
    }
}
