//! Names of the glossary that stay as they are, and did not.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_text::{Edit, Span};

/// How far a word may be from the name and still be meant for it.
const FARTHEST: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(terms) = pair.target().terms().filter(|_| pair.is_translated()) else { return };
    let text = pair.target().text();
    for (term, place) in terms.find(pair.source().text(), pair.target().language()) {
        let times = |text: &str| text.matches(term.source.as_str()).count();
        if !term.is_kept() || times(text) > 0 {
            continue;
        }
        let source = Span::new(place.start, place.end);
        match nearest(text, &term.source) {
            Some(span) => {
                let finding = report.add(span, format!("`{}` stays as it is", term.source));
                finding.relate_source("the name", source);
                finding.fix(Fix::unsafe_(
                    format!("write `{}`", term.source),
                    vec![Edit::replace(span, term.source.clone())],
                ));
            }
            None => {
                report
                    .add(pair.end(), format!("`{}` stays as it is, and is missing", term.source))
                    .relate_source("the name", source);
            }
        }
    }
}

/// The words that were meant for the name.
fn nearest(text: &str, name: &str) -> Option<Span> {
    let count = name.split_whitespace().count();
    let words: Vec<Span> = words(text);
    let near = |window: &[Span]| {
        let span = window[0].cover(window[window.len() - 1]);
        let distance = strsim::levenshtein(&span.of(text).to_lowercase(), &name.to_lowercase());
        (distance <= FARTHEST.min(name.chars().count() / 3)).then_some((distance, span))
    };
    let windows = words
        .windows(count)
        .filter(|window| window[window.len() - 1].hi() - window[0].lo() <= 2 * name.len() + 8);
    windows.filter_map(near).min().map(|(_, span)| span)
}

fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}
