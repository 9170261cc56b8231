//! Capitals inside or at the end of a common word: `a greaT many`, `the hUMAN race`, `a poSSible way`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Document, MaskKind, Token, TokenKind, is_prose};
use mtlint_lang::Vocabulary;
use mtlint_text::{BuildWordHasher, Edit, word_hash};
use std::collections::HashMap;

/// The fewest letters of such a word, and where a text speaks of code: shorter ones are symbols and names of programs.
const SHORTEST: usize = 4;
const SHORTEST_BESIDE_CODE: usize = 7;

/// From how many on a document writes so on purpose.
const HABIT: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return };
    let speaks_of_code = document.mask().stretches().iter().any(|(_, kind)| *kind == MaskKind::Code);
    let shortest = if speaks_of_code { SHORTEST_BESIDE_CODE } else { SHORTEST };
    let mut found: Vec<Token> = Vec::new();
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let odd = |token: &&Token| {
            token.kind == TokenKind::Lower && !token.is_small && token.span.len() >= shortest
        };
        let words = document.tokens_of(block).iter().filter(odd);
        found.extend(words.filter(|token| is_odd(document, vocabulary, **token)).copied());
    }
    if found.is_empty() || found.len() >= HABIT {
        return;
    }
    let mut uses: HashMap<u32, usize, BuildWordHasher> = HashMap::default();
    for token in &found {
        *uses.entry(token.hash).or_default() += 1;
    }
    for token in found.into_iter().filter(|token| uses[&token.hash] == 1) {
        let (text, lower) = (document.slice(token.span), document.slice(token.span).to_lowercase());
        let finding = report.add(token.span, format!("`{text}` has capitals inside: write `{lower}`"));
        if document.word_form(token).is_none() {
            finding.at_most(Confidence::Medium);
        }
        finding.fix(Fix::unsafe_(
            format!("write `{lower}`"),
            Edit::minimal(document.text(), token.span, &lower).into_iter().collect(),
        ));
    }
}

/// Whether a word is one of the language whose capitals part it into nothing that is a word.
fn is_odd(document: &Document, vocabulary: &Vocabulary, token: Token) -> bool {
    let text = document.slice(token.span);
    if !text.chars().all(char::is_alphabetic) || !vocabulary.may_hold(token.hash) {
        return false;
    }
    let Some((at, _)) = text.char_indices().find(|(_, c)| c.is_uppercase()) else { return false };
    let (head, tail) = text.split_at(at);
    let capitals = tail.chars().take_while(|c| c.is_uppercase()).count();
    let is_at_end = capitals == tail.chars().count();
    // `eBay`, `openStack` and what programs call their parts.
    let is_compound = !is_at_end
        && (head.chars().count() == 1
            || vocabulary.may_hold(word_hash(head)) && vocabulary.may_hold(word_hash(tail))
            || capitals == 1 && vocabulary.may_hold(word_hash(head)));
    let is_frequent = document.word_form(token).is_some() || head.chars().count() > 1;
    !is_compound && is_frequent && document.is_mention(token) && !document.is_quoted_closely(token.span)
}
