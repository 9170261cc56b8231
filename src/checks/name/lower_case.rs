//! `name/lower-case`: a name in small letters that has its capital elsewhere.

use super::prefer;
use crate::document::names::{EntityKind, Evidence, Mention};
use crate::document::{Document, Token};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use crate::text::{BuildWordHasher, word_hash};
use std::collections::HashMap;

/// How often the name has its capital at least, beyond doubt.
const FEWEST: usize = 3;

/// The fewest letters of a name: shorter ones are often words, too.
const SHORTEST: usize = 5;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let names = document.names();
    let mut certain: HashMap<u32, (usize, &Mention), BuildWordHasher> = HashMap::default();
    for mention in names.mentions().iter().filter(|mention| mention.is_certain()) {
        let entity = names.entity_of(mention);
        if entity.kind != EntityKind::Person || !entity.evidence.contains(Evidence::Surname) {
            continue;
        }
        let text = document.slice(mention.span);
        if text.chars().count() >= SHORTEST && text.chars().all(char::is_alphabetic) {
            certain.entry(word_hash(text)).or_insert((0, mention)).0 += 1;
        }
    }
    certain.retain(|_, (count, _)| *count >= FEWEST);
    if certain.is_empty() {
        return;
    }
    let mut small: HashMap<u32, Vec<Token>, BuildWordHasher> = HashMap::default();
    for token in document.tokens().iter().filter(|token| token.is_small) {
        if certain.contains_key(&token.hash) {
            small.entry(token.hash).or_default().push(*token);
        }
    }
    for (hash, tokens) in small {
        let (count, mention) = certain[&hash];
        // A word that is often small is a word, and somebody is called by it.
        let [token] = tokens.as_slice() else { continue };
        let preferred = document.slice(mention.span);
        if document.mask().covers(token.span) {
            continue;
        }
        let message = format!("`{preferred}` has its capital {count} times elsewhere");
        prefer(document, report.add(token.span, message), token.span, mention, preferred);
    }
}
