//! A sentence that ends with the words it began with: `For the third time, it rose for the third time.`
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Sentence, TokenKind, capitalised};
use mtlint_lang::WordList;
use mtlint_text::{Edit, Span};

/// How many words the opening has.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=10;

/// Words that a sentence opens with to say when, where or how.
const OPENERS: &str = "preposition";
const COORDINATING: &str = "coordinating";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let openers = document.pack().words(OPENERS);
        for sentence in document.sentences_of(block) {
            check(document, openers, sentence, report);
        }
    }))
}

fn check(document: &Document, openers: &WordList, sentence: &Sentence, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    let start = tokens.iter().take_while(|token| token.kind == TokenKind::Mark).count();
    let most = LENGTHS.end() + 1;
    let length = tokens[start..].iter().take(most).take_while(|token| token.kind != TokenKind::Mark).count();
    let comma = start + length;
    let opens = LENGTHS.contains(&length)
        && tokens.get(comma).is_some_and(|mark| document.is_ascii_mark(*mark, b','))
        && document.is_in(tokens[start], openers);
    if !opens {
        return;
    }
    let opening = &tokens[start..comma];
    let is_again = |at: &usize| {
        let copy = &tokens[*at..*at + length];
        // `In the mill they bake, and in the mill they sleep`: two clauses.
        opening.iter().zip(copy).all(|(a, b)| document.is_same_word(*a, *b))
            && !document.is_listed(tokens[*at - 1], COORDINATING)
    };
    let last = tokens.len().saturating_sub(length);
    let Some(again) = (comma + 1..=last).find(is_again) else { return };
    let Some(next) = tokens.get(comma + 1).filter(|next| next.kind.is_word()) else { return };
    let copy = tokens[again].span.cover(tokens[again + length - 1].span);
    let span = opening[0].span.cover(tokens[comma].span);
    if document.mask().covers(sentence.span) {
        return;
    }
    let text = document.slice(copy);
    let until_next = Span::new(span.lo(), next.span.hi());
    report
        .add(
            span,
            format!(
                "the sentence says `{text}` at both ends: the words were translated where the source has them and \
                 where English does"
            ),
        )
        .relate("the same words again", copy)
        .fix(Fix::unsafe_(
            format!("say `{text}` once"),
            vec![Edit::replace(until_next, capitalised(document.slice(next.span)))],
        ));
}
