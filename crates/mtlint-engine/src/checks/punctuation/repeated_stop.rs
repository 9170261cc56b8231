//! Two full stops where one was meant: `. .`, `..`, ` ..`, `。。`. May use `rule`, `document`, `lang` and
//! `text`.
//!
//! Three and more are an ellipsis. Two side by side are at times one as well, so that a document
//! which writes them more often than this does so on purpose.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, MarkRun};
use mtlint_lang::{MarkClass, MarkHome, mark_at_home};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// From how many of one form on in a document they are the writer's way.
    habit: usize,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let Settings { habit } = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(document, habit, report)))
}

fn check(document: &Document, habit: usize, report: &mut Report<'_>) {
    let doubled: Vec<&MarkRun> = document
        .mark_runs()
        .iter()
        .filter(|run| run.marks.len() == 2 && run.is_of(MarkClass::Stop) && is_at_end(document, run.span()))
        .collect();
    let is_close = |run: &MarkRun| !run.marks[1].is_spaced;
    for is_spaced in [true, false] {
        let of_form = doubled.iter().filter(|run| is_close(run) != is_spaced);
        // Nobody sets two stops apart on purpose; two side by side are a pause that some like.
        if !is_spaced && of_form.clone().count() >= habit {
            continue;
        }
        for run in of_form {
            let span = run.span_with_space(document);
            let home = document.text()[..span.lo()]
                .chars()
                .rev()
                .take(20)
                .find_map(MarkHome::of_letter)
                .unwrap_or(MarkHome::General);
            let stop = mark_at_home(MarkClass::Stop, home);
            let edit = Edit::minimal(document.text(), span, &String::from(stop));
            report.add_summary(span).fix(Fix::safe("keep one full stop", edit.into_iter().collect()));
        }
    }
}

/// Whether the marks stand behind a word and before the end or the beginning of a sentence, and are
/// neither a path, a pause nor the rest of an ellipsis.
fn is_at_end(document: &Document, span: Span) -> bool {
    if document.mask().covers(span) {
        return false;
    }
    let text = document.text();
    let before = text[..span.lo()].trim_end_matches([' ', '\u{a0}']).chars().next_back();
    let after = &text[span.hi()..];
    let next = after.trim_start_matches(['"', '”', '’', '»', '“', '」', '』', ')', '）']);
    let is_set_off = next
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || MarkHome::of_letter(c) == Some(MarkHome::EastAsian));
    let quoted = after.len() - next.len();
    let goes_on = next.trim_start().chars().next();
    before.is_some_and(|c| c.is_alphanumeric() || ")]}）」』”’\"»%°".contains(c))
        && is_set_off
        // Words given as an example break off: `(say, “I have a cold..”)`.
        && !after[..quoted].contains([')', '）'])
        && (next.starts_with('\n') || goes_on.is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit() && c != '/'))
}
