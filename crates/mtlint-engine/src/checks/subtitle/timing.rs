//! Subtitles that overlap, end before they begin, are too short to be read, or are shown at another
//! time than those of the source.
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
    /// How long a subtitle is shown at least, in milliseconds.
    shortest: u64,
    /// How many characters a second can be read.
    speed: f64,
    /// The same of a script without spaces.
    unspaced_speed: f64,
    /// How much earlier or later than the source's, in milliseconds, the rest of the file allowed for.
    shift: u64,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let limits: Limits = params.read()?;
    Ok(CodeCheck::pair(move |pair, report| check(&limits, pair, report)))
}

fn check(limits: &Limits, pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(cue) = pair.target().facts().cue.filter(|_| pair.is_translated()) else { return };
    let text = pair.target().text();
    let whole = Span::new(0, text.trim_end().len());
    if cue.end <= cue.start {
        report.add(whole, "the subtitle ends before it begins");
        return;
    }
    if cue.next.is_some_and(|next| next < cue.end) {
        report.add(whole, "the next subtitle begins before this one ends");
    }
    let length = cue.end - cue.start;
    let count = text.chars().filter(|c| !c.is_whitespace() || *c == ' ').count() as f64;
    let speed = if text.chars().any(is_unspaced) { limits.unspaced_speed } else { limits.speed };
    if length < limits.shortest {
        report.add(whole, format!("shown for {length} milliseconds, too short to be seen"));
    } else if count * 1000.0 / length as f64 > speed {
        let per_second = count * 1000.0 / length as f64;
        report.add(whole, format!("{per_second:.0} characters a second, where {speed:.0} can be read"));
    }
    if let Some((start, _)) = cue.source.filter(|(start, _)| start.abs_diff(cue.start) > limits.shift) {
        report.add(
            whole,
            format!(
                "shown {} milliseconds {} the source",
                start.abs_diff(cue.start),
                if start > cue.start { "before" } else { "after" }
            ),
        );
    }
}
