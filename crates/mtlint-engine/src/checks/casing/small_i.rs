//! A pronoun that is always a capital, in lower case: `and i was told`.
//!
//! The letter alone may be a number, an item or a sign; what makes it a pronoun is the verb behind it. May use `rule`,
//! `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind, capitalised};
use mtlint_lang::tagger::{PartOfSpeech, Tag, VerbForm};
use mtlint_text::Edit;

/// Words that have a capital wherever they stand: `I`.
const ALWAYS_CAPITAL: &str = "capital-always";

/// What stands behind a subject of the third person.
const THIRD_PERSON: &str = "auxiliary.third";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let always_capital = document.pack().words(ALWAYS_CAPITAL);
    let pronouns = document.tokens().iter().filter(|token| document.is_in(**token, always_capital));
    let (mut small, mut capital) = (0, 0);
    for token in pronouns {
        *if token.is_small { &mut small } else { &mut capital } += 1;
    }
    // Who types small letters all along means it.
    if small == 0 || small > capital && small > 1 || !document.uses_capitals() {
        return;
    }
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        for at in 0..tokens.len() {
            let token = tokens[at];
            if !token.is_small
                || !document.is_in(token, always_capital)
                || !stands_inside(document, tokens, at)
                || !is_subject(document, tokens, at)
                || document.mask().covers(token.span)
            {
                continue;
            }
            let text = document.slice(token.span);
            let capital_text = capitalised(text);
            let finding = report.add(token.span, format!("the pronoun `{capital_text}` is always a capital"));
            if capital == 0 {
                finding.at_most(Confidence::Medium);
            }
            finding.fix(Fix::unsafe_(
                format!("write `{capital_text}`"),
                Edit::minimal(document.text(), token.span, &capital_text).into_iter().collect(),
            ));
        }
    }
}

/// Whether a word, a mark that goes on, or an opening mark stands before it, with a space between.
fn stands_inside(document: &Document, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| tokens[at]) else { return false };
    let gap = document.text().get(before.span.hi()..tokens[at].span.lo()).unwrap_or_default();
    let mark = document.slice(before.span);
    match before.kind {
        TokenKind::Mark => {
            matches!(mark, "“" | "‘" | "\"" | "(")
                || gap == " " && matches!(mark, "," | ";" | ":" | "…" | "—" | "–" | "-" | "." | "...")
        }
        _ => gap == " " && before.kind.is_word(),
    }
}

/// Whether a finite verb that fits the pronoun stands behind it, or its clitic: `i'm`.
fn is_subject(document: &Document, tokens: &[Token], at: usize) -> bool {
    if document.slice(tokens[at].span).chars().count() > 1 {
        // `i'm` is one token.
        return true;
    }
    let after = |by: usize| tokens.get(at + by).copied().filter(|token| token.is_small);
    let Some(next) = after(1) else { return false };
    let is_beside = document.text().get(tokens[at].span.hi()..next.span.lo()) == Some(" ");
    let usual = |token: Token| document.word_form(token).map(|form| form.usual.part());
    let verb = match usual(next) {
        Some(PartOfSpeech::Adverb) => after(2),
        _ => Some(next),
    };
    let is_finite =
        |tag: Tag| matches!(tag.verb_form(), Some(VerbForm::Base | VerbForm::Present | VerbForm::Past));
    // `the number i is`, `the root i was`: a sign may be a subject, too.
    let is_of_signs = |token: Token| document.is_listed(token, THIRD_PERSON);
    let before_is_noun = || at.checked_sub(1).is_some_and(|at| usual(tokens[at]) == Some(PartOfSpeech::Noun));
    is_beside
        && verb.is_some_and(|verb| {
            document.word_form(verb).is_some_and(|form| {
                matches!(form.usual.part(), PartOfSpeech::Verb | PartOfSpeech::Auxiliary)
                    && form.tags.tags().any(is_finite)
            }) && !(is_of_signs(verb) && before_is_noun())
        })
}
