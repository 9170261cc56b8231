//! The name of a country, a people, a month or a weekday in lower case.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, capitalised};
use mtlint_text::{Edit, Span};

/// The fewest letters such a name has: what is shorter need not be looked up.
const SHORTEST: usize = 4;

/// Words that have a capital wherever they stand: `I`.
const ALWAYS_CAPITAL: &str = "capital-always";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let nouns = document.pack().words("proper-noun");
    // A possessive is looked up without its ending.
    let may_be_noun = |token: &&Token| {
        token.is_small
            && token.span.len() >= SHORTEST
            && (document.may_begin(**token, nouns.bit()) || is_possessive(document, **token))
    };
    for token in document.tokens_of(block).iter().filter(may_be_noun) {
        let word = document.slice(token.span);
        if !document.pack().is_proper_noun(word)
            || !document.uses_capitals()
            || document.begins_lines_small()
            || document.mask().covers(token.span)
            || is_joined(document, token.span)
            || is_on_purpose(document, word)
            || is_typed_small(document, *token)
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

fn is_possessive(document: &Document, token: Token) -> bool {
    // Few words end in an s, and those need be read alone.
    document.text().as_bytes()[token.span.hi() - 1] == b's' && {
        let word = document.slice(token.span);
        word.ends_with("'s") || word.ends_with("’s")
    }
}

/// Whether the writer gives the word no capital on purpose, as some do a state they are at war with: it
/// never has one, though it is written twice or words made of it have theirs (`ruritania`, `Ruritanian`).
fn is_on_purpose(document: &Document, word: &str) -> bool {
    let capital = capitalised(word);
    let (mut small, mut derived) = (0, false);
    for token in document.tokens() {
        let text = document.slice(token.span);
        if text == capital {
            return false;
        }
        small += usize::from(text == word);
        derived |= text.len() > capital.len() && text.starts_with(&capital);
    }
    small > 1 || derived
}

/// Whether the sentence is typed in small letters altogether: it writes `i`.
fn is_typed_small(document: &Document, token: Token) -> bool {
    let is_typed = |other: &Token| other.is_small && document.is_listed(*other, ALWAYS_CAPITAL);
    document.sentence_at(token.span).is_some_and(|it| document.tokens_in(it).iter().any(is_typed))
}

/// Whether the word is part of a longer one, an address or an identifier.
fn is_joined(document: &Document, span: Span) -> bool {
    let text = document.text();
    let before = text[..span.lo()].chars().next_back();
    let after = text[span.hi()..].chars().next();
    before.is_some_and(|c| matches!(c, '-' | '_' | '/' | '@' | '#' | '.'))
        || after.is_some_and(|c| matches!(c, '_' | '/' | '@'))
}
