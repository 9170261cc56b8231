//! Addresses, paths, options and code that the target changes.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::{Code, CodeKind};

/// How much two literals may differ and still be the same one changed, of ten characters.
const CHANGED: usize = 4;

/// How many literals of a text are looked at.
const MOST: usize = 40;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() {
        return;
    }
    let text = pair.target().text();
    let target: Vec<_> = pair.target_codes().iter().filter(|code| code.kind == CodeKind::Literal).collect();
    let literals = pair.source_codes().iter().filter(|code| code.kind == CodeKind::Literal);
    for code in literals.take(MOST) {
        let bare = code.key.trim_matches('`');
        if text.contains(bare) {
            continue;
        }
        let has_own = |other: &str| pair.source().text().contains(other.trim_matches('`'));
        let distance = |other: &str| strsim::levenshtein(&clipped(other), &clipped(&code.key));
        let near = target.iter().take(MOST).filter(|other| !has_own(&other.key));
        let near = near.map(|other| (distance(&other.key), other)).min_by_key(|(distance, _)| *distance);
        match near {
            Some((_, other)) if is_localised(&code.key, &other.key) => {}
            // One of its kind for one of its kind.
            Some((_, other)) if is_alone(pair, code, other, &target) => {
                let message =
                    format!("`{}` in the source: it must stay as it is", code.key.trim_matches('`'));
                report.add(other.span, message).relate_source("in the source", code.span);
            }
            Some((distance, other)) if distance * 10 <= code.key.chars().count().min(LONGEST) * CHANGED => {
                let message =
                    format!("`{}` in the source: it must stay as it is", code.key.trim_matches('`'));
                report.add(other.span, message).relate_source("in the source", code.span);
            }
            // Code may well be explained in other words; an address may not.
            _ if code.key.contains("://") || code.key.contains('@') => {
                let message = format!("`{}` of the source is missing", code.key);
                report.add(pair.end(), message).relate_source("in the source", code.span);
            }
            _ => {}
        }
    }
}

/// How many characters are compared.
const LONGEST: usize = 200;

fn clipped(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Whether two addresses differ in a code of language alone: `/help`, `/de/help`.
fn is_localised(source: &str, target: &str) -> bool {
    let parts = |address: &str| -> Vec<String> {
        let parts = address.split(['/', '.', '?', '=']).filter(|part| !part.is_empty());
        parts
            .filter(|part| part.len() != 2 && !(part.len() == 5 && part.contains(['-', '_'])))
            .map(str::to_owned)
            .collect()
    };
    source.contains("://") && parts(source) == parts(target)
}

/// Whether each side has one literal of this kind that the other has not.
fn is_alone(pair: &Pair<'_>, code: &Code, other: &Code, target: &[&Code]) -> bool {
    let kind = |code: &Code| -> Option<&'static str> {
        ["`", "://", "@"].into_iter().find(|mark| code.key.contains(mark))
    };
    let Some(own) = kind(code) else { return false };
    let texts = (pair.source().text(), pair.target().text());
    let lost = pair
        .source_codes()
        .iter()
        .filter(|it| it.kind == CodeKind::Literal && kind(it) == Some(own) && !texts.1.contains(&it.key));
    let added = target.iter().filter(|it| kind(it) == Some(own) && !texts.0.contains(&it.key));
    kind(other) == Some(own) && lost.take(2).count() == 1 && added.take(2).count() == 1
}
