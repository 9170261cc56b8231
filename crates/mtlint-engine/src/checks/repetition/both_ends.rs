//! A preposition or adverb on both sides of what it belongs to: `in which in`, `once again closed again`. May use `rule`,
//! `document` and `lang`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Sentence, Token, TokenKind};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};

/// How many words stand between the two adverbs at most.
const REACH: usize = 4;

/// What people do set on both sides.
const REPEATABLE: &str = "repeatable-around";
const RELATIVES: &str = "relative-pronoun";
const PREPOSITIONS: &str = "preposition";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for block in document.blocks() {
            for sentence in document.sentences_of(block) {
                check(document, sentence, report);
            }
        }
    }))
}

fn check(document: &Document, sentence: &Sentence, report: &mut Report<'_>) {
    let tokens = document.tokens_in(sentence);
    let mut done = 0;
    for (at, token) in tokens.iter().enumerate() {
        if at < done || token.kind != TokenKind::Lower {
            continue;
        }
        let last = tokens.len().min(at + 2 + REACH);
        let Some(again) = (at + 1..last).find(|again| tokens[*again].hash == token.hash) else { continue };
        let between = &tokens[at + 1..again];
        let found = again > at + 1
            && document.is_same_word(*token, tokens[again])
            && (is_around_relative(document, *token, between)
                || is_adverb_again(document, tokens, at, again));
        if found && !document.mask().covers(token.span) {
            let (first, second) = (*token, tokens[again]);
            let cut = Span::new(tokens[again - 1].span.hi(), second.span.hi());
            let finding = report.add(
                second.span,
                format!(
                    "`{}` stands on both sides: the source has it in another place, and it was translated in both",
                    document.slice(second.span)
                ),
            );
            finding.relate("it stands here first", first.span);
            finding.fix(Fix::unsafe_("delete the second", vec![Edit::delete(cut)]));
            let head = Span::new(first.span.lo(), tokens[at + 1].span.lo());
            finding.fix(Fix::unsafe_("delete the first", vec![Edit::delete(head)]));
            done = again + 1;
        }
    }
}

/// `the town in which in everyone`
fn is_around_relative(document: &Document, token: Token, between: &[Token]) -> bool {
    matches!(between, [relative] if document.is_listed(*relative, RELATIVES))
        && document.is_listed(token, PREPOSITIONS)
}

/// `meet again on Wednesday again`
fn is_adverb_again(document: &Document, tokens: &[Token], at: usize, again: usize) -> bool {
    let is_adverb = |token: Token| {
        document.word_form(token).is_some_and(|form| form.tags.is_only(&[PartOfSpeech::Adverb]))
    };
    let between = &tokens[at + 1..again];
    let breaks = |token: &Token| {
        token.kind == TokenKind::Mark
            || document.is_listed(*token, "coordinating")
            || document.is_listed(*token, "comparison-word")
    };
    let ends = tokens
        .get(again + 1)
        .is_none_or(|next| next.kind != TokenKind::Mark || document.slice(next.span) != "-");
    is_adverb(tokens[at])
        && ends
        && !between.iter().any(breaks)
        && !document.is_listed(tokens[at], REPEATABLE)
}
