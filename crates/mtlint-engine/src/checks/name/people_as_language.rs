//! `name/people-as-language`: a people taken for its language, `she speaks Pashtun`, or the other
//! way round, `Pashto tribes`.

use super::rewrite;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::{Role, Tongue};
use mtlint_text::{Edit, Span};

const SPEAKING: &str = "speaking-verb";
const PEOPLE: &str = "people-noun";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let (speaking, crowds) = (document.pack().words(SPEAKING), document.pack().words(PEOPLE));
    let tokens = document.tokens_of(block);
    for index in document.capitalised_in(block) {
        let word = tokens[index];
        if let Some(before) = index.checked_sub(1).map(|before| tokens[before])
            && document.is_in(before, speaking)
            && spaced(document, before, word)
            && is_last(document, tokens, index)
        {
            people_spoken(document, word, report);
        }
        if let Some(after) = tokens.get(index + 1)
            && document.is_in(*after, crowds)
            && spaced(document, word, *after)
        {
            language_of_people(document, word, report);
        }
    }
}

/// `Pashtun` in `she speaks Pashtun`.
fn people_spoken(document: &Document, word: Token, report: &mut Report<'_>) {
    let text = document.slice(word.span);
    let fits = |tongue: &&Tongue| tongue.people.first().is_some_and(|person| person == text);
    if let Some(tongue) = document.pack().territories().tongues().iter().find(fits)
        && let Some(language) = tongue.language.first()
    {
        let message = format!("`{text}` is a person of the people; the language is {language}");
        mend(document, report, word.span, message, language);
    }
}

/// `Pashto` in `Pashto tribes`.
fn language_of_people(document: &Document, word: Token, report: &mut Report<'_>) {
    let text = document.slice(word.span);
    let territories = document.pack().territories();
    let fits = |tongue: &&Tongue| {
        tongue.language.iter().any(|name| name == text && !territories.is(name, Role::Adjective))
    };
    if let Some(tongue) = territories.tongues().iter().find(fits)
        && let Some(person) = tongue.people.first()
    {
        let message = format!("`{text}` is a language; its people are called {person}");
        mend(document, report, word.span, message, person);
    }
}

fn spaced(document: &Document, before: Token, after: Token) -> bool {
    document.text().get(before.span.hi()..after.span.lo()) == Some(" ")
}

/// Whether a word ends its phrase, so that it is no adjective: `speaks Afghan dialects`.
fn is_last(document: &Document, tokens: &[Token], index: usize) -> bool {
    tokens.get(index + 1).is_none_or(|next| {
        next.kind == TokenKind::Mark && document.slice(next.span) != "-"
            || document.is_listed(*next, "function-words")
    })
}

fn mend(document: &Document, report: &mut Report<'_>, span: Span, message: String, word: &str) {
    report.add(span, message).fix(rewrite(
        document,
        span,
        format!("write `{word}`"),
        vec![Edit::replace(span, word)],
    ));
}
