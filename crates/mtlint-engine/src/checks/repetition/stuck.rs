//! Words that a decoder could not stop saying, whatever it set between them: `very, very, very, very`,
//! `the test / the test / the test`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words the piece has at most.
    words: usize,
    /// How many times a single word stands there at least.
    times: usize,
    /// How many times several words do.
    times_of_phrase: usize,
}

/// What joins words of one kind: `and`, `or`.
const JOINING: &str = "coordinating";
/// What people say again and again.
const REPEATABLE: [&str; 2] = ["repeatable", "repeatable-joined"];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    if block.kind == BlockKind::TableCell {
        return;
    }
    let tokens = document.tokens_of(block);
    let first = block.tokens.start as usize;
    let mut done = 0;
    for at in 0..tokens.len() {
        if at < done || !tokens[at].kind.is_word() {
            continue;
        }
        // Few words come again soon.
        let found = document.repeats().distances(first + at).take(2).find_map(|distance| {
            let (length, joined) = unit(document, tokens, at, distance)?;
            if length > settings.words {
                return None;
            }
            let is_same = |place: usize| {
                tokens.get(place + distance).is_some_and(|again| {
                    tokens[place].hash == again.hash && document.is_same_word(tokens[place], *again)
                })
            };
            let equal = (at..).take_while(|place| is_same(*place)).count();
            let times = 1 + (equal + usize::from(joined)) / distance;
            let wanted = if length == 1 || joined { settings.times } else { settings.times_of_phrase };
            (times >= wanted).then_some((length, distance, times))
        });
        let Some((length, distance, times)) = found else { continue };
        let last = at + (times - 1) * distance + length;
        done = last;
        let copies = Span::new(tokens[at + length - 1].span.hi(), tokens[last - 1].span.hi());
        let whole = tokens[at].span.cover(copies);
        let unit = document.slice(tokens[at].span.cover(tokens[at + length - 1].span));
        let is_meant = length == 1 && REPEATABLE.iter().any(|list| document.is_listed(tokens[at], list));
        if is_meant || document.mask().covers(whole) || document.quotations().holds(whole) {
            continue;
        }
        report
            .add(whole, format!("`{unit}` again and again: the decoder was stuck"))
            .fix(Fix::unsafe_("say it once", vec![Edit::delete(copies)]));
    }
}

/// How many words come again at this distance, and whether a mark or a small word joins one copy to the next.
fn unit(document: &Document, tokens: &[Token], at: usize, distance: usize) -> Option<(usize, bool)> {
    let piece = tokens.get(at..at + distance)?;
    let (last, words) = piece.split_last()?;
    let is_mark = last.kind == TokenKind::Mark && !document.is_ascii_mark(*last, b'.');
    let joins = !words.is_empty() && (is_mark || document.is_listed(*last, JOINING));
    let words = if joins { words } else { piece };
    let is_plain = words.iter().all(|token| token.kind.is_word());
    let is_small = words.iter().any(|token| token.kind == TokenKind::Lower && token.span.len() > 1);
    (is_plain && is_small).then_some((words.len(), joins))
}
