//! A common word in capitals inside a sentence, the only one of the text: `the HOUSE on the hill`.
//!
//! Writers raise their voice more than once, and in texts that use capitals for more than names. May use `rule`,
//! `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document, Token, TokenKind, amid};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::Edit;

/// The fewest letters of such a word: shorter ones are acronyms as likely as not.
const SHORTEST: usize = 4;

/// From which share of capitals on, in 255ths, a word is a name in writing at large.
const MOSTLY_CAPITAL: u8 = 64;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return };
    let is_word = |token: &Token| {
        token.kind == TokenKind::Upper && token.span.len() >= SHORTEST && vocabulary.may_hold(token.hash)
    };
    let all: Vec<(usize, usize)> = document
        .blocks()
        .iter()
        .enumerate()
        .flat_map(|(number, block)| {
            let tokens = document.tokens_of(block).iter().enumerate();
            tokens.filter(|(_, token)| is_word(token)).map(move |(at, _)| (number, at))
        })
        .take(2)
        .collect();
    let [(block, at)] = all[..] else { return };
    let block = &document.blocks()[block];
    let Some([before, word, after]) = amid(document.tokens_of(block), at) else { return };
    let is_spaced = |a: Token, b: Token| document.text().get(a.span.hi()..b.span.lo()) == Some(" ");
    let is_common = document.word_form(word).is_some_and(|form| {
        // Writers raise their voice on `VERY` and `ALL` rather than on what they speak of.
        matches!(form.usual.part(), PartOfSpeech::Noun | PartOfSpeech::Verb)
            && form.capital.is_some_and(|share| share < MOSTLY_CAPITAL)
    });
    if block.kind != BlockKind::Paragraph
        || !before.is_small
        || !after.is_small
        || !is_spaced(before, word)
        || !is_spaced(word, after)
        || !is_common
        || !document.is_mention(word)
        || document.is_quoted_closely(word.span)
    {
        return;
    }
    let (text, lower) = (document.slice(word.span), document.slice(word.span).to_lowercase());
    report
        .add(word.span, format!("`{text}` is a common word in capitals, the only one here: write `{lower}`"))
        .fix(Fix::unsafe_(
            format!("write `{lower}`"),
            Edit::minimal(document.text(), word.span, &lower).into_iter().collect(),
        ));
}
