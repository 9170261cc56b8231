//! Two words that lost the space between them: `ofthe`, `nextBrito`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, is_prose};
use mtlint_text::Edit;
use std::collections::HashMap;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let mut found: Vec<(Token, usize)> = Vec::new();
    let mut times: HashMap<u32, usize> = HashMap::new();
    let mut humps = 0;
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        for token in document.tokens_of(block) {
            humps += usize::from(token.kind == mtlint_document::TokenKind::Lower && !token.is_small);
            if let Some(at) = document.joined_words(*token)
                && !is_tied(document, *token)
            {
                *times.entry(token.hash).or_default() += 1;
                found.push((*token, at));
            }
        }
    }
    for (token, at) in found {
        // What stands there again is a name, a term, an identifier.
        if times[&token.hash] > 1 {
            continue;
        }
        let text = document.slice(token.span);
        let (left, right) = text.split_at(at);
        // A text with several such words writes of programs or brands.
        if !token.is_small && humps > 1 {
            continue;
        }
        let finding =
            report.add(token.span, format!("`{text}` is two words: the space between them is lost"));
        let space = Edit::insert(token.span.lo() + at, " ");
        finding.fix(Fix::unsafe_(format!("write `{left} {right}`"), vec![space]));
    }
}

/// Whether a token is part of an address, a path or an identifier.
fn is_tied(document: &Document, token: Token) -> bool {
    let touches = |c: char| "-_/@#’'.:\\=&<>`*".contains(c) || c.is_alphanumeric();
    let text = document.text();
    let mut after = text[token.span.hi()..].chars();
    document.mask().covers(token.span)
        || text[..token.span.lo()].chars().next_back().is_some_and(touches)
        || match after.next() {
            Some('.' | ':') => after.next().is_some_and(|c| touches(c) || c == '('),
            Some(c) => touches(c) || c == '(',
            None => false,
        }
}
