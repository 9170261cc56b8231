//! A short form without its apostrophe, where the text writes others with it: `doesnt`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Token, TokenKind, is_prose};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

/// What hangs on a word by an apostrophe: `t`, `re`; and the same with it: `n't`.
const ENDINGS: &str = "split-clitic";
const CONTRACTIONS: &str = "contraction";

/// How many short forms with an apostrophe there are for each that has none, at least.
const SHARE: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return };
    let mut found: Vec<(Token, usize)> = Vec::new();
    let (mut straight, mut curly) = (0, 0);
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let mut begins = true;
        for token in document.tokens_of(block) {
            // Inside a sentence a capital is a name's.
            let begins = std::mem::replace(&mut begins, token.kind == TokenKind::Mark);
            if !matches!(token.kind, TokenKind::Lower | TokenKind::Capitalised) || token.span.len() < 4 {
                continue;
            }
            if token.kind == TokenKind::Capitalised && !begins {
                continue;
            }
            let text = document.slice(token.span);
            if text.contains('\'') {
                straight += 1;
            } else if !text.is_ascii() && text.contains('’') {
                curly += 1;
            } else if !vocabulary.may_hold(token.hash)
                && !document.mask().covers(token.span)
                && let Some(at) = apostrophe(document, text)
            {
                found.push((*token, at));
            }
        }
    }
    let others = straight + curly;
    if others == 0 || found.len() > 1 && others < found.len() * SHARE {
        return;
    }
    let apostrophe = if curly > straight { "’" } else { "'" };
    for (token, at) in found {
        let text = document.slice(token.span);
        let right = format!("{}{apostrophe}{}", &text[..at], &text[at..]);
        report.add(token.span, format!("`{text}` lost its apostrophe: `{right}`")).fix(Fix::unsafe_(
            format!("write `{right}`"),
            vec![Edit::replace(Span::at(token.span.lo() + at), apostrophe)],
        ));
    }
}

/// Where the apostrophe belongs in a word that is a small word and what hangs on it, in bytes: a verb and its
/// negation, a pronoun and its verb.
fn apostrophe(document: &Document, word: &str) -> Option<usize> {
    let pack = document.pack();
    let tagger = document.tagger()?;
    let is = |stem: &str, part: PartOfSpeech| {
        tagger.forms().find(stem).is_some_and(|form| form.usual.part() == part || form.tags.is_only(&[part]))
    };
    let by_contraction = pack.words(CONTRACTIONS).words().find_map(|ending| {
        let place = ending.find(['\'', '’'])?;
        let bare = ending.replace(['\'', '’'], "");
        let stem = word.strip_suffix(bare.as_str())?;
        (place > 0 && is(stem, PartOfSpeech::Auxiliary)).then_some(stem.len() + place)
    });
    by_contraction.or_else(|| {
        let ending = pack
            .words(ENDINGS)
            .words()
            .find(|ending| word.strip_suffix(*ending).is_some_and(|stem| is(stem, PartOfSpeech::Pronoun)))?;
        Some(word.len() - ending.len())
    })
}
