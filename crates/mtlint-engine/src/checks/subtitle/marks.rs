//! Notes of music and dashes of speakers that the source has and the target lacks.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if pair.target().facts().cue.is_none() || !pair.is_translated() {
        return;
    }
    let notes = |text: &str| text.matches(['♪', '♫', '♬']).count();
    let speakers =
        |text: &str| text.lines().filter(|line| line.trim_start().starts_with(['-', '–', '—', '‐'])).count();
    let (source, target) = (pair.source().text(), pair.target().text());
    if notes(target) < notes(source) {
        report.add(pair.end(), "a note of music of the source is missing");
    }
    if speakers(source) >= 2 && speakers(target) < speakers(source) {
        report.add(pair.end(), "the dash of a speaker of the source is missing");
    }
}
