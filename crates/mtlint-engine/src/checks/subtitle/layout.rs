//! Subtitles with lines too long or too many.
//!
//! May use `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_lang::is_unspaced;
use mtlint_text::Span;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Limits {
    /// How many characters a line has at most that could be broken as the source is.
    longest: usize,
    /// The same of a script without spaces.
    unspaced_longest: usize,
    /// How much longer it may be where it cannot.
    stretch: usize,
    /// How many lines.
    lines: usize,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let limits: Limits = params.read()?;
    Ok(CodeCheck::pair(move |pair, report| check(&limits, pair, report)))
}

fn check(limits: &Limits, pair: &Pair<'_>, report: &mut Report<'_>) {
    if pair.target().facts().cue.is_none() {
        return;
    }
    let text = pair.target().text();
    let longest = if text.chars().any(is_unspaced) { limits.unspaced_longest } else { limits.longest };
    let lines = |text: &str| text.trim_end().lines().count();
    let could_break = lines(text) < lines(pair.source().text());
    let longest = if could_break { longest } else { longest + limits.stretch };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let length = content.chars().count();
        if length > longest {
            report.add(
                Span::new(start, start + content.len()),
                format!("a line of {length} characters, where {longest} fit"),
            );
        }
        start += line.len();
    }
    if lines(text) > limits.lines.max(lines(pair.source().text())) {
        report.add(
            Span::new(0, text.trim_end().len()),
            format!("{} lines, where {} fit", lines(text), limits.lines),
        );
    }
}
