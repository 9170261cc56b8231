//! `name/honorific-suffix`: `Tanaka-san` in a text that is no longer Japanese.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};

const SUFFIXES: &str = "honorific.suffix";
const WORDS: &str = "honorific.after";

/// How many letters an ending has that no list knows, at most.
const LONGEST_ENDING: usize = 4;

/// How often a text has such words at most that does not mean them.
const MOST: usize = 1;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        for block in document.blocks() {
            check(document, block, report);
        }
        check_words(document, report);
    }))
}

/// A name with a word of respect behind it, once, where the text has the same name without: `Moriyama Bey`.
fn check_words(document: &Document, report: &mut Report<'_>) {
    let words = document.pack().words(WORDS);
    let found: Vec<usize> = (1..document.tokens().len())
        .filter(|&at| document.is_in(document.tokens()[at], words))
        .take(MOST + 1)
        .collect();
    // Who writes so on purpose does it again.
    if found.len() > MOST {
        return;
    }
    for at in found {
        let (name, suffix) = (document.tokens()[at - 1], document.tokens()[at]);
        let is_beside = document.text().get(name.span.hi()..suffix.span.lo()) == Some(" ");
        let goes_on = document.tokens().get(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Capitalised && next.span.lo() == suffix.span.hi() + 1
        });
        let stands_alone = document
            .name_words()
            .get(name.hash)
            .is_some_and(|word| word.capital > 1 && document.slice(word.first) == document.slice(name.span));
        let is_name = matches!(name.kind, TokenKind::Capitalised | TokenKind::Upper)
            && suffix.kind == TokenKind::Capitalised;
        if !is_name || !is_beside || goes_on || !stands_alone || !document.is_mention(name) {
            continue;
        }
        let span = name.span.cover(suffix.span);
        let word = document.slice(suffix.span);
        report
            .add(
                span,
                format!(
                    "`{word}` is a form of address of the source language that was carried over with the name, which \
                     stands without it elsewhere; English leaves it out"
                ),
            )
            .fix(Fix::unsafe_("leave it out", vec![Edit::delete(Span::new(name.span.hi(), suffix.span.hi()))]));
    }
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    for window in document.tokens_of(block).windows(3) {
        let [name, hyphen, suffix] = window else { continue };
        let touches = name.span.hi() == hyphen.span.lo() && hyphen.span.hi() == suffix.span.lo();
        if name.kind != TokenKind::Capitalised
            || !touches
            || suffix.kind != TokenKind::Lower
            || !matches!(document.slice(hyphen.span), "-" | "‑" | "‐")
        {
            continue;
        }
        let word = document.slice(suffix.span);
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let is_listed =
            document.pack().words(SUFFIXES).contains(stem) && !document.quotations().holds(name.span);
        let is_strange = || is_strange_ending(document, *name, *suffix);
        if !is_listed && !is_strange() {
            continue;
        }
        let end = suffix.span.lo() + stem.len();
        let span = Span::new(name.span.lo(), end);
        let finding = report.add(
            span,
            format!(
                "`-{stem}` is a form of address of the source language that was carried over with the name; English \
                 leaves it out"
            ),
        );
        if !is_listed {
            finding.at_most(Confidence::Medium);
        }
        finding.fix(Fix::unsafe_("leave it out", vec![Edit::delete(Span::new(hyphen.span.lo(), end))]));
    }
}

/// Whether a few letters that are no word hang on a name which stands without them time and again.
fn is_strange_ending(document: &Document, name: Token, suffix: Token) -> bool {
    let is_name = document.name_words().get(name.hash).is_some_and(|word| {
        word.capital > 1 && word.small == 0 && document.slice(word.first) == document.slice(name.span)
    });
    let letters = document.slice(suffix.span).chars().count();
    is_name
        && suffix.is_small
        && (2..=LONGEST_ENDING).contains(&letters)
        && document.word_form(name).is_none()
        && document.word_form(suffix).is_none()
        && document.is_name_at_large(suffix)
        && !document.mask().covers(name.span.cover(suffix.span))
}
