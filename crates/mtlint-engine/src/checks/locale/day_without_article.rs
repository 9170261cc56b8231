//! A day of the month without an article: `on the morning of 12th`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_text::Edit;
use serde::Deserialize;

/// `morning`, `night`.
const PARTS: &str = "part-of-day";
const MONTHS: &str = "month";
/// What is counted by ordinal numbers and is no day: `grade`, `century`.
const COUNTED: &str = "ordinal-noun";
/// How many tokens on either side the month may stand.
const NEAR: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The words before the day of a date.
    before: Vec<String>,
    /// The word between a part of the day and the day.
    of: String,
    /// What is missing.
    article: String,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| {
        for sentence in document.sentences_of(block) {
            check(&settings, document, sentence, report);
        }
    }))
}

fn check(settings: &Settings, document: &Document, sentence: &Sentence, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    for (index, day) in tokens.iter().enumerate() {
        if day.kind != TokenKind::Number || index == 0 || !is_day(document, *day) {
            continue;
        }
        let is_part = |token: Option<&Token>| token.is_some_and(|token| document.is_listed(*token, PARTS));
        let before = document.slice(tokens[index - 1].span);
        let after_part = before == settings.of && is_part(tokens[..index - 1].last());
        let after_word = settings.before.iter().any(|word| word.eq_ignore_ascii_case(before));
        let next = tokens.get(index + 1);
        let ends = next.is_none_or(|next| {
            next.kind == TokenKind::Mark && matches!(document.slice(next.span), "." | "," | ";")
        });
        let goes_on = next.is_some_and(|next| next.is_small && !document.is_listed(*next, COUNTED));
        let fits = after_part && (ends || goes_on) || after_word && (ends || is_part(next));
        let near = &tokens[index.saturating_sub(NEAR)..(index + NEAR).min(tokens.len())];
        let dated = near
            .iter()
            .any(|token| token.kind == TokenKind::Capitalised && document.is_listed(*token, MONTHS));
        if !fits || dated || document.mask().covers(day.span) {
            continue;
        }
        let article = &settings.article;
        let name = document.slice(day.span);
        report
            .add(day.span, format!("the day lacks its article: many languages name a day by its number alone; write `{article} {name}`"))
            .fix(Fix::unsafe_(format!("write `{article} {name}`"), vec![Edit::insert(day.span.lo(), format!("{article} "))]));
    }
}

/// Whether a token is the ordinal number of a day: `12th`.
fn is_day(document: &Document, token: Token) -> bool {
    let text = document.slice(token.span);
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let endings = document.pack().numbers().map_or(&[][..], |style| &style.ordinal_endings);
    digits.len() < text.len()
        && endings.iter().any(|ending| &text[digits.len()..] == ending)
        && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}
