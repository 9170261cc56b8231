//! Brackets that pair in the source and not in the target.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !unpaired(pair.source().text()).is_empty() {
        return;
    }
    let is_quoted = |text: &str, at: usize| text[..at].ends_with(['“', '‘', '"', '\'', '「', '‚', '«']);
    let target = pair.target().text();
    for empty in ["()", "（）"] {
        if let Some(at) = target.find(empty).filter(|_| !pair.source().text().contains(empty)) {
            report.add(
                Span::new(at, at + empty.len()),
                "brackets with nothing between them, which the source has not",
            );
        }
    }
    for at in unpaired(target).into_iter().filter(|at| !is_quoted(target, *at)) {
        let width = pair.target().text()[at..].chars().next().map_or(0, char::len_utf8);
        report.add_summary(Span::new(at, at + width));
    }
}

/// Where the brackets stand that have no partner.
fn unpaired(text: &str) -> Vec<usize> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut lonely = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push((')', at)),
            '[' | '［' => open.push((']', at)),
            ')' | '）' | ']' | '］' => {
                let close = if matches!(c, ')' | '）') { ')' } else { ']' };
                match open.iter().rposition(|(expected, _)| *expected == close) {
                    Some(place) => {
                        lonely.extend(open.drain(place..).skip(1).map(|(_, at)| at));
                    }
                    // The number of a list: `a)`, and a smiley.
                    None if is_list_number(&text[..at]) => {}
                    None => lonely.push(at),
                }
            }
            _ => {}
        }
    }
    lonely.extend(open.into_iter().map(|(_, at)| at));
    lonely.sort_unstable();
    lonely
}

/// Whether what stands before a closing bracket makes it that of a list's number, or a smiley.
fn is_list_number(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    word.chars().count() <= 2 && !word.is_empty()
}
