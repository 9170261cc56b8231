//! The name of a country, a people, a month or a weekday in lower case.
//!
//! May use `rule`, `document` and `text`.

use crate::document::{Block, Document, TokenKind, capitalised};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// The fewest letters such a name has: what is shorter need not be looked up.
const SHORTEST: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let nouns = document.pack().words("proper-noun");
    for token in document.tokens_of(block).iter().filter(|token| token.kind == TokenKind::Lower) {
        let word = document.slice(token.span);
        // A possessive is looked up without its ending.
        if word.len() < SHORTEST
            || !nouns.may_hold(token.hash) && !word.ends_with("'s") && !word.ends_with("’s")
            || !document.pack().is_proper_noun(word)
            || !document.is_small(*token)
            || !document.uses_capitals()
            || document.mask().covers(token.span)
            || is_joined(document, token.span)
        {
            continue;
        }
        let capital = capitalised(word);
        report
            .add(
                token.span,
                format!(
                    "`{word}` is a name and begins with a capital: the translation took it from lower-cased text \
                     or from a language that writes it small; write `{capital}`"
                ),
            )
            .fix(Fix::unsafe_(
                format!("write `{capital}`"),
                Edit::minimal(document.text(), token.span, &capital).into_iter().collect(),
            ));
    }
}

/// Whether the word is part of a longer one, an address or an identifier.
fn is_joined(document: &Document, span: Span) -> bool {
    let text = document.text();
    let before = text[..span.lo()].chars().next_back();
    let after = text[span.hi()..].chars().next();
    before.is_some_and(|c| matches!(c, '-' | '_' | '/' | '@' | '#' | '.'))
        || after.is_some_and(|c| matches!(c, '_' | '/' | '@'))
}
