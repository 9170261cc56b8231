//! A name in small letters: one that writing at large hardly ever sets so, or that the text has with its capital.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind, capitalised, is_prose};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

/// The fewest letters of a name, and of one that is known from the text alone.
const SHORTEST: usize = 4;
const SHORTEST_HERE: usize = 5;

/// From which share of capitals inside sentences on, in 255ths, a word is a name, and how frequent it is at least: the
/// logarithm of its count to the base 2, in quarters.
const MOSTLY_CAPITAL: u8 = 249;
const FREQUENT: u8 = 16;

/// From how many names in small letters on a text is typed so.
const MOST: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if !document.uses_capitals() || document.begins_lines_small() || document.tagger().is_none() {
        return;
    }
    let names = document.name_words();
    let mut found = Vec::new();
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let is_long = |token: &&Token| token.is_small && token.span.len() >= SHORTEST;
        for token in document.tokens_of(block).iter().filter(is_long) {
            // Asked first, for nearly all words are common ones.
            if Vocabulary::of(document.language()).is_none_or(|vocabulary| vocabulary.may_hold(token.hash)) {
                continue;
            }
            if document.slice(token.span).contains(['\'', '’', '-']) {
                continue;
            }
            let is_name = match document.word_form(*token) {
                Some(form) => {
                    form.usual.part() == PartOfSpeech::ProperNoun
                        && form.frequency >= FREQUENT
                        && form.capital.is_some_and(|share| share >= MOSTLY_CAPITAL)
                }
                None => {
                    token.span.len() >= SHORTEST_HERE
                        && names.place_of_once(token.hash).is_some_and(|place| is_surname(document, place))
                }
            };
            if is_name && is_written_out(document, block, *token) {
                found.push(*token);
            }
        }
    }
    if found.len() > MOST {
        return;
    }
    for token in found {
        let word = document.slice(token.span);
        let again =
            document.tokens().iter().filter(|other| other.hash == token.hash && other.is_small).count();
        // What has an address, or is small again, is written so on purpose.
        let is_address = [format!("{word}."), format!("/{word}")].iter().any(|sign| {
            document.text().match_indices(sign.as_str()).any(|(at, found)| {
                found.starts_with('/')
                    || document.text()[at + found.len()..].starts_with(char::is_alphanumeric)
            })
        });
        if again > 1 || is_address {
            continue;
        }
        let capital = capitalised(word);
        report
            .add(token.span, format!("`{word}` is a name and begins with a capital; write `{capital}`"))
            .fix(Fix::unsafe_(
                format!("write `{capital}`"),
                Edit::minimal(document.text(), token.span, &capital).into_iter().collect(),
            ));
    }
}

/// Whether a first name stands right before a mention: what has a capital for its place alone may be any word.
fn is_surname(document: &Document, place: Span) -> bool {
    let at = document.tokens().partition_point(|token| token.span.start < place.start);
    let before = at.checked_sub(1).map(|at| document.tokens()[at]);
    before.is_some_and(|before| {
        before.kind == TokenKind::Capitalised
            && document.is_name_at_large(before)
            && document.text().get(before.span.hi()..place.lo()) == Some(" ")
            && !document.slice(place).chars().skip(1).any(char::is_uppercase)
    })
}

/// Whether a word is one of the running text: no part of an address, a compound, a name of a file.
fn is_written_out(document: &Document, block: &Block, token: Token) -> bool {
    let text = document.text();
    let joins = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '_' | '/' | '@' | '#' | '.' | '[' | ']' | '<' | '>' | '=' | '`' | '*' | '~')
    };
    let before = text[..token.span.lo()].chars().next_back();
    let mut after = text[token.span.hi()..].chars();
    let is_joined = before.is_some_and(joins)
        || match after.next() {
            Some('.') => after.next().is_some_and(|c| c.is_alphanumeric()),
            Some('(') => true,
            Some(c) => joins(c),
            None => false,
        };
    let is_first = block.span.lo() == token.span.lo();
    !is_joined && !is_first && !document.mask().covers(token.span) && !document.is_quoted_closely(token.span)
}
