//! `name/territory-as-people`: a country's name where its people are meant: `Kyrgyzstans`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::{Role, Territory};
use mtlint_text::{Edit, Span};

/// What begins a sentence before a name.
const LEADS: &str = "sentence-lead";
const NATIONALS: &str = "national-noun";
const DETERMINERS: &str = "plural-place-lead";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let nationals = document.pack().words(NATIONALS);
    let tokens = document.tokens_of(block);
    for index in document.capitalised_in(block) {
        let token = tokens[index];
        if let Some(name) = document.slice(token.span).strip_suffix('s').filter(|name| is_singular(name))
            && !document.mask().covers(token.span)
        {
            inflected(document, tokens, index, name, report);
        }
        if let Some(next) = tokens.get(index + 1)
            && next.kind == TokenKind::Lower
            && document.is_in(*next, nationals)
            && !document.mask().covers(token.span)
        {
            before_nationals(document, tokens, index, report);
        }
    }
}

/// `Tajikistans`, which no country is; `name` is the word without its ending.
fn inflected(document: &Document, tokens: &[Token], index: usize, name: &str, report: &mut Report<'_>) {
    let word = document.slice(tokens[index].span);
    let territories = document.pack().territories();
    let Some(territory) = territories.territory(name).filter(|_| territories.is(name, Role::Name)) else {
        return;
    };
    let before = index.checked_sub(1).map(|before| document.slice(tokens[before].span));
    // There are two Koreas; and `the Finlands of this world` are meant.
    let many = before.is_some_and(|word| document.pack().words(DETERMINERS).contains(word));
    let Some(people) = territories.words(territory, Role::People).first() else { return };
    if many || !territories.roles(word).is_empty() {
        return;
    }
    let message =
        format!("`{word}` is no people: the name of the country was inflected; its people are the {people}");
    report
        .add(tokens[index].span, message)
        .fix(Fix::unsafe_(format!("write `{people}`"), vec![Edit::replace(tokens[index].span, people)]));
}

/// Whether a name is such that only one country can bear it.
fn is_singular(name: &str) -> bool {
    name.ends_with("stan") || name.ends_with("land") || name.ends_with("ia") && name.len() > 7
}

/// `Tajikistan nationals`, where the text says `Tajik` elsewhere; the next token is such a noun.
fn before_nationals(document: &Document, tokens: &[Token], index: usize, report: &mut Report<'_>) {
    let name = document.slice(tokens[index].span);
    let territories = document.pack().territories();
    let Some(next) = tokens.get(index + 1) else { return };
    let noun = document.slice(next.span);
    if document.text().get(tokens[index].span.hi()..next.span.lo()) != Some(" ") {
        return;
    }
    let Some(territory) = territories.territory(name).filter(|_| territories.is(name, Role::Name)) else {
        return;
    };
    let before = index.checked_sub(1).map(|before| tokens[before]);
    let is_name = |token: Token| {
        matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper)
            && !document.is_listed(token, "function-words")
            && !document.is_listed(token, LEADS)
    };
    if before.is_some_and(is_name) {
        return;
    }
    let Some((adjective, elsewhere)) = adjective(document, territory) else { return };
    let span = Span::new(tokens[index].span.lo(), next.span.hi());
    report
        .add(
            span,
            format!(
                "`{name} {noun}` takes the country for its people: the text says `{adjective}` elsewhere"
            ),
        )
        .relate(format!("`{adjective}` here"), elsewhere)
        .fix(Fix::unsafe_(
            format!("write `{adjective}`"),
            vec![Edit::replace(tokens[index].span, adjective)],
        ));
}

/// The adjective of a territory that the text uses, and where.
fn adjective(document: &Document, territory: Territory) -> Option<(&str, Span)> {
    let adjectives = document.pack().territories().words(territory, Role::Adjective);
    let mention = document
        .names()
        .mentions_of_territory(territory)
        .find(|mention| adjectives.iter().any(|word| word == document.slice(mention.span)))?;
    Some((document.slice(mention.span), mention.span))
}
