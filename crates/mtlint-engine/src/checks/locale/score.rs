//! The score of a match with the mark of another language: `a 5:2 victory`.
//!
//! Only where the sentence speaks of a match: a time, a ratio and a verse have a colon, too. May
//! use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_text::Edit;

/// Words for how a match ends.
const OUTCOMES: &str = "match-outcome";
const FUNCTION_WORDS: &str = "function-words";
/// Words for what else is written with a colon.
const RATIOS: &str = "ratio-word";
/// How many tokens before and after a score such a word may stand.
const NEAR: usize = 12;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let Some(mark) = document.pack().numbers().and_then(|style| style.score).filter(|mark| *mark != ':')
        else {
            return;
        };
        for sentence in document.sentences_of(block) {
            check(document, sentence, mark, report);
        }
    }))
}

fn check(document: &Document, sentence: &Sentence, mark: char, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    for index in 1..tokens.len().saturating_sub(2) {
        let [before, home, colon, away] =
            [tokens[index - 1], tokens[index], tokens[index + 1], tokens[index + 2]];
        if document.slice(colon.span) != ":"
            || !is_goals(document, home)
            || !is_goals(document, away)
            || !touch(home, colon)
            || !touch(colon, away)
            || touch(before, home) && document.slice(before.span) != "("
            || tokens.get(index + 3).is_some_and(|next| {
                touch(away, *next) && !matches!(document.slice(next.span), "," | "." | ")")
            })
        {
            continue;
        }
        // `6:15` is a time before it is a score, and a name before it makes it a verse.
        let minutes = document.slice(away.span).parse::<u8>().is_ok_and(|minutes| minutes < 60);
        let hours = document.slice(home.span).parse::<u8>().is_ok_and(|hours| hours < 24);
        let is_time = away.span.len() == 2 && hours && minutes;
        let is_verse = before.kind == TokenKind::Capitalised && !document.is_listed(before, FUNCTION_WORDS);
        let near = &tokens[index.saturating_sub(NEAR)..(index + NEAR).min(tokens.len())];
        let any = |list: &str| near.iter().any(|token| document.is_listed(*token, list));
        if is_time || is_verse || !any(OUTCOMES) || any(RATIOS) || document.mask().covers(colon.span) {
            continue;
        }
        let span = home.span.cover(away.span);
        let right = format!("{}{mark}{}", document.slice(home.span), document.slice(away.span));
        report
            .add(
                span,
                format!("`{}` is how other languages write a score; write `{right}`", document.slice(span)),
            )
            .fix(Fix::unsafe_(format!("write `{right}`"), vec![Edit::replace(colon.span, mark.to_string())]));
    }
}

/// Whether a token is a number of goals: of one digit or two.
fn is_goals(document: &Document, token: Token) -> bool {
    token.kind == TokenKind::Number && token.span.len() <= 2 && document.slice(token.span).is_ascii()
}

fn touch(before: Token, after: Token) -> bool {
    before.span.hi() == after.span.lo()
}
