//! `name/lower-case`: a name in small letters that has its capital elsewhere.

use super::rewrite;
use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::{Document, NameWord};
use mtlint_text::Edit;

/// The fewest letters of a name, and of one in capitals: shorter ones are often words, too.
const SHORTEST: usize = 4;
const SHORTEST_IN_CAPITALS: usize = 3;

/// The fewest letters of a name that no lexicon has and that has its capital twice alone.
const SHORTEST_UNKNOWN: usize = 6;

/// How often the name has its capital at least.
const FEWEST: u32 = 3;

/// How often the name has its capital for the finding to be sure.
const SURE: u32 = 6;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let names = document.name_words();
    if names.is_empty() || document.begins_lines_small() {
        return;
    }
    // A word that is small more than once is a word, and somebody is called by it.
    let is_mixed = |name: &NameWord| {
        !document.tokens()[name.last_small].is_small
            && document.slice(name.first).chars().all(char::is_uppercase)
    };
    // No word that the language knows is meant.
    let is_unknown = |name: &NameWord| {
        let token = document.tokens()[name.last_small];
        name.first.len() >= SHORTEST_UNKNOWN && document.word_form(token).is_none()
    };
    let is_odd = |name: &&NameWord| {
        name.small == 1
            && name.last_small > 0
            && name.is_met_inside()
            && (name.capital >= FEWEST || is_mixed(name) || is_unknown(name))
    };
    let mut odd: Vec<&NameWord> = names.all().map(|(_, name)| name).filter(is_odd).collect();
    odd.sort_by_key(|name| name.last_small);
    for name in odd {
        let (before, token) = (document.tokens()[name.last_small - 1], document.tokens()[name.last_small]);
        let usual = document.slice(name.first);
        let is_in_capitals = usual.chars().all(char::is_uppercase);
        // `aWS` is `AWS` with a small letter at its head.
        let is_head_small = !token.is_small
            && is_in_capitals
            && document.slice(token.span).chars().skip(1).all(char::is_uppercase);
        let shortest = if is_in_capitals { SHORTEST_IN_CAPITALS } else { SHORTEST };
        if usual.chars().count() < shortest
            || !(token.is_small && document.is_name_at_large(token) || is_head_small)
            || !before.kind.is_word()
            || before.span.end == token.span.start
            || !usual.chars().all(char::is_alphabetic)
            || !document.is_mention(token)
            || document.is_quoted_closely(token.span)
        {
            continue;
        }
        let message = format!("`{usual}` has its capital {} times elsewhere", name.capital);
        let finding = report.add(token.span, message);
        if name.capital < SURE {
            finding.at_most(Confidence::Medium);
        }
        let edits: Vec<Edit> = Edit::minimal(document.text(), token.span, usual).into_iter().collect();
        finding.relate(format!("`{usual}` here"), name.first).fix(rewrite(
            document,
            token.span,
            format!("write `{usual}`"),
            edits,
        ));
    }
}
