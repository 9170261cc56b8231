//! A name said twice: `in Zell Zell`.
//!
//! Some names are one word twice. This one stands elsewhere in the text once and nowhere else twice, or is part of a
//! longer name. May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind, is_prose};
use mtlint_text::{Edit, Span};

/// Names that are one word twice, and what people say twice.
const REPEATABLE: [&str; 2] = ["repeatable", "repeatable-name"];
/// Forms of address, behind which a name comes again: `Humbert Humbert`.
const HONORIFICS: [&str; 2] = ["honorific", "title"];

/// How many letters a name has at least.
const FEWEST_LETTERS: usize = 3;
/// From how many letters on no name is one word twice.
const LONG: usize = 9;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        let mut done = 0;
        for at in document.capitalised_in(block) {
            if at < done || at == 0 || at + 1 >= tokens.len() || !is_twice(document, tokens, at) {
                continue;
            }
            let mut last = at + 1;
            while last + 1 < tokens.len() && is_twice(document, tokens, last) {
                last += 1;
            }
            done = last + 1;
            if !is_damage(document, tokens, at, last) {
                continue;
            }
            let word = document.slice(tokens[at].span);
            let copies = Span::new(tokens[at].span.hi(), tokens[last].span.hi());
            report
                .add(tokens[at].span.cover(copies), format!("`{word}` is said twice"))
                .fix(Fix::unsafe_(format!("say `{word}` once"), vec![Edit::delete(copies)]));
        }
    }
}

/// Whether the word at `at` stands again right behind itself, a space between.
fn is_twice(document: &Document, tokens: &[Token], at: usize) -> bool {
    let (first, second) = (tokens[at], tokens[at + 1]);
    let gap = Span::new(first.span.hi(), second.span.lo());
    first.hash == second.hash
        && document.slice(first.span) == document.slice(second.span)
        && document.slice(gap) == " "
        && document.to_original(gap).of(document.original()) == " "
}

fn is_damage(document: &Document, tokens: &[Token], at: usize, last: usize) -> bool {
    let token = tokens[at];
    let word = document.slice(token.span);
    let before = tokens[at - 1];
    let after = tokens.get(last + 1);
    let is_name = |token: &Token| {
        matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper) && token.span.len() > 1
    };
    let touches = |offset: Option<char>| offset.is_some_and(|c| "-_/@#*&".contains(c));
    let span = token.span.cover(tokens[last].span);
    let text = document.text();
    if word.chars().count() < FEWEST_LETTERS
        || REPEATABLE.iter().any(|list| document.is_listed(token, list))
        || document.mask().covers(span)
        || document.is_quoted_closely(span)
        || touches(text[span.hi()..].chars().next())
        || touches(text[..span.lo()].chars().next_back())
        // Behind the end of a line or sentence the second begins another.
        || !before.kind.is_word()
        || HONORIFICS.iter().any(|list| document.is_listed(before, list))
    {
        return false;
    }
    let again =
        document.tokens().windows(2).filter(|pair| pair[0].hash == token.hash && pair[1].hash == token.hash);
    let is_only = again.count() == last - at;
    // Elsewhere by itself, but not always taken up from here: `Sirhan Sirhan … Sirhan`.
    let single = document.tokens().iter().filter(|other| other.hash == token.hash).count() - (last - at + 1);
    let before_here = document.tokens().iter().take_while(|other| other.span.start < span.start);
    let is_known = before_here.filter(|other| other.hash == token.hash).count() > 0;
    let is_part = is_name(&before);
    // `Huat Huat Holdings`, of somebody who is named with his first name elsewhere.
    let goes_on = after.is_some_and(is_name) && single > 0;
    is_only
        && !goes_on
        && (is_known
            || is_part
            || last - at > 1
            || word.chars().count() >= LONG
            || single == 0 && after.is_some_and(is_name))
}
