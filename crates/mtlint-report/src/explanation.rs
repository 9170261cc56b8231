//! A rule in words, in Markdown: for the page of all rules and for the editor.

use super::wrap;
use mtlint_document::capitalised;
use mtlint_engine::rule::Rule;

/// How wide paragraphs are, in columns.
const WIDTH: usize = 110;

/// What the rule finds and why, its MQM type, what its fix may change, and examples.
pub fn explanation(rule: &Rule) -> String {
    let what = format!("{}. {}", capitalised(&rule.summary), rule.why);
    let mut out = format!("{}\n\nMQM type `{}`.", wrap(&what, WIDTH).join("\n"), rule.mqm);
    if let Some(why) = &rule.why_unsafe {
        out.push_str(&format!(" The fix is unsafe: {why}"));
    }
    if let Some(measured) = rule.measured() {
        out.push_str(&format!("\n\nMeasured: {measured}."));
    }
    out.push_str("\n\n");
    if let Some(bad) = rule.examples().iter().find(|example| example.is_bad()) {
        out.push_str(&format!("- Bad: {}\n", code(&bad.marked())));
        if let Some(fixed) = &bad.fixed {
            out.push_str(&format!("- Fixed: {}\n", code(fixed)));
        }
    }
    if let Some(good) = rule.examples().iter().find(|example| !example.is_bad()) {
        let why = good.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        out.push_str(&format!("- Good: {}{why}\n", code(&good.text)));
    }
    out
}

/// Text as code in a line of Markdown, line breaks shown, what cannot be seen named.
pub(super) fn code(text: &str) -> String {
    let mut shown = String::new();
    for char in text.chars() {
        match char {
            '\n' => shown.push('⏎'),
            ' ' => shown.push(' '),
            _ if char.is_control()
                || unicode_width::UnicodeWidthChar::width(char) == Some(0)
                || char.is_whitespace() =>
            {
                shown.push_str(&format!("<U+{:04X}>", u32::from(char)));
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
