//! A word joined to itself: `the customs and customs of the valley`. May use `rule`, `document` and `lang`.
//!
//! People do so for weight, `more and more`, with few words, which human writing shows and the language pack
//! lists, and where the second word begins a compound: `tax and tax credits`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, TokenKind};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// The word list of conjunctions that join two words.
    joining: String,
    /// The word list of what human writing joins to itself.
    repeatable: String,
    /// The word list of words that a phrase begins with.
    function_words: String,
    /// How many letters the word has at least.
    letters: usize,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::block(move |document, block, report| check(&settings, document, block, report)))
}

fn check(settings: &Settings, document: &Document, block: &Block, report: &mut Report<'_>) {
    let pack = document.pack();
    let joining = pack.words(&settings.joining);
    let tokens = document.tokens_of(block);
    for (index, window) in tokens.windows(3).enumerate() {
        let [first, join, second] = window else { continue };
        let is_pair = first.kind == TokenKind::Lower
            && second.kind == TokenKind::Lower
            && first.hash == second.hash
            && document.is_same_word(*first, *second);
        if !is_pair || !joining.contains(document.slice(join.span)) {
            continue;
        }
        let word = document.slice(first.span);
        let before = index.checked_sub(1).map(|before| tokens[before]);
        let after = tokens.get(index + 3);
        // What follows is a mark or begins a new phrase: the second word is no first part of a compound.
        let ends = after.is_none_or(|after| {
            let is_glued = after.span.start == second.span.end && document.ascii_mark(*after) == Some(b'-');
            !is_glued
                && (after.kind == TokenKind::Mark
                    || pack.words(&settings.function_words).contains(document.slice(after.span)))
        });
        // `again and again and again` is a chain.
        let is_chain = before.is_some_and(|before| joining.contains(document.slice(before.span)))
            || after.is_some_and(|after| joining.contains(document.slice(after.span)));
        // `shorter and shorter`: what grows is said twice.
        let grows = document
            .word_form(*first)
            .is_some_and(|form| matches!(form.usual.part(), PartOfSpeech::Adjective | PartOfSpeech::Adverb));
        let is_known = Vocabulary::of(document.language()).is_none_or(|vocabulary| vocabulary.has(word));
        if !ends
            || is_chain
            || !is_known
            || word.chars().count() < settings.letters
            || pack.words(&settings.repeatable).contains(word)
            || document.mask().covers(first.span.cover(second.span))
        {
            continue;
        }
        let copy = Span::new(first.span.hi(), second.span.hi());
        let finding = report.add(first.span.cover(second.span), format!("`{word}` is joined to itself"));
        finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(copy)]));
        if grows {
            finding.at_most(Confidence::Low);
        }
    }
}
