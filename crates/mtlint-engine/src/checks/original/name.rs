//! Names that the original does not have, where it has another.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::stem;
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::names::Mention;
use mtlint_document::pair::Pair;
use mtlint_document::pair::sentences::cover;
use mtlint_document::{Document, TokenKind};
use mtlint_text::{Edit, Span};
use std::collections::HashSet;

/// How many letters a word of a name has at least that tells it.
const FEWEST: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    let (in_original, in_text) = (words(original), words(text));
    for bead in pair.sentences() {
        let (Some(from), Some(to)) = (cover(original, &bead.original), cover(text, &bead.text)) else {
            continue;
        };
        // A name of which the other text knows no word, in either of the two sentences.
        let unknown = |document: &Document, span: Span, known: &HashSet<String>| -> Vec<Span> {
            let mentions = document.names().mentions_in(span).iter();
            let is_unknown = |mention: &&Mention| {
                let parts = parts(document, mention.span);
                !parts.is_empty()
                    && parts.iter().all(|part| !known.contains(part))
                    && !begins(document, mention)
            };
            mentions.filter(is_unknown).map(|mention| mention.span).collect()
        };
        let (lost, new) = (unknown(original, from, &in_text), unknown(text, to, &in_original));
        for (lost, new) in lost.iter().zip(&new) {
            let (was, is) = (original.slice(*lost), text.slice(*new));
            if is_short_for(was, is) || is_short_for(is, was) {
                continue;
            }
            let message = format!("the original knows no `{is}`; it has `{was}` here");
            let finding = report.add(*new, message);
            finding.relate_source("the name in the original", *lost);
            let edit = Edit::minimal(text.text(), *new, was);
            finding.fix(Fix::unsafe_(format!("write `{was}`"), edit.into_iter().collect()));
        }
    }
}

/// The beginnings of all words of a document.
fn words(document: &Document) -> HashSet<String> {
    let words = document.tokens().iter().filter(|token| token.kind != TokenKind::Mark);
    // `Brito’s` is Brito.
    words
        .flat_map(|token| document.slice(token.span).split(|c: char| !c.is_alphanumeric()))
        .map(stem)
        .collect()
}

/// The beginnings of the words of a name.
fn parts(document: &Document, span: Span) -> Vec<String> {
    let words = document.slice(span).split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() >= FEWEST).map(stem).collect()
}

/// Whether a name of one word begins its sentence, where any word has a capital.
fn begins(document: &Document, mention: &Mention) -> bool {
    let is_single = !document.slice(mention.span).contains(' ');
    is_single && document.sentence_at(mention.span).is_some_and(|it| it.span.start == mention.span.start)
}

/// Whether one name is the initials of the other: `UN`, `United Nations`.
fn is_short_for(short: &str, long: &str) -> bool {
    let initials: String = long
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect();
    let short: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    short.len() > 1 && (initials == short || initials.starts_with(&short))
}
