//! A capital in the middle of a sentence, where two pieces were joined: `the wind drops and The cold comes`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind, amid};
use mtlint_lang::WordList;
use mtlint_text::Edit;
use std::collections::{HashMap, HashSet};

const FUNCTION_WORDS: &str = "function-words";
/// Function words that are names, letters or symbols too: `Will`, `A`, `In`.
const NAMES_TOO: &str = "capital-possible";
/// Words that a clause follows rather than a name.
const JOINING: &str = "joining-word";

/// Pronouns that are the subject of a clause.
const SUBJECTS: &str = "pronoun.third-person";
/// What follows a subject.
const AUXILIARIES: &str = "auxiliary.finite";

/// How long a remark in brackets is at most, in bytes.
const LONGEST_REMARK: usize = 500;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let mut small_words = None;
        let mut meant = None;
        let lists = [FUNCTION_WORDS, JOINING, SUBJECTS].map(|name| document.pack().words(name));
        for block in document.blocks() {
            check(document, block, lists, &mut small_words, &mut meant, report);
        }
    }))
}

fn check<'d>(
    document: &'d Document,
    block: &Block,
    [function_words, joining, subjects]: [&WordList; 3],
    small_words: &mut Option<HashSet<&'d str>>,
    meant: &mut Option<HashMap<u32, usize>>,
    report: &mut Report<'_>,
) {
    let tokens = document.tokens_of(block);
    for index in document.capitalised_in(block) {
        let Some([before, word, after]) = amid(tokens, index) else { continue };
        if !after.is_small || !spaced(document, before, word) {
            continue;
        }
        // What has its capital again in mid-sentence has it on purpose: a party to a contract, a god.
        let is_meant = |meant: &mut Option<HashMap<u32, usize>>| {
            meant
                .get_or_insert_with(|| inside_sentences(document))
                .get(&word.hash)
                .is_some_and(|times| *times > 1)
        };
        let text = document.slice(word.span);
        let confidence = if before.is_small
            && document.is_in(before, joining)
            && document.is_in(word, function_words)
            && !document.is_listed(word, NAMES_TOO)
            && spaced(document, word, after)
            && !begins_title(document, &tokens[index..])
            && !document.is_quoted_closely(word.span)
        {
            Confidence::High
        } else if before.is_small
            && document.is_in(word, subjects)
            && document.is_listed(after, AUXILIARIES)
            && spaced(document, word, after)
            && !document.is_quoted_closely(word.span)
        {
            // A stop was lost before it, rather than the capital be wrong.
            Confidence::Medium
        } else if document.is_ascii_mark(before, b']')
            && after_remark_in_sentence(document, block, before)
            && small_words.get_or_insert_with(|| all_small(document)).contains(text.to_lowercase().as_str())
        {
            Confidence::Medium
        } else {
            continue;
        };
        if document.mask().covers(word.span) || is_meant(meant) {
            continue;
        }
        let lower = text.to_lowercase();
        report
            .add(
                word.span,
                format!(
                    "`{text}` has a capital in the middle of a sentence: its pieces were translated apart and joined; \
                     write `{lower}`"
                ),
            )
            .at_most(confidence)
            .fix(Fix::unsafe_(
                format!("write `{lower}`"),
                Edit::minimal(document.text(), word.span, &lower).into_iter().collect(),
            ));
    }
}

fn spaced(document: &Document, before: Token, after: Token) -> bool {
    matches!(document.text().get(before.span.hi()..after.span.lo()), Some(" " | "\u{a0}"))
}

/// Whether a capital soon after the word makes it the first of a title: `Into the Deep`.
fn begins_title(document: &Document, tokens: &[Token]) -> bool {
    let soon = tokens.iter().skip(1).take(3);
    soon.take_while(|token| token.kind.is_word())
        .any(|token| token.kind != TokenKind::Lower && !document.slice(token.span).starts_with('I'))
}

/// Whether the bracket closes a remark that stands inside a sentence: right after a word in lower case.
fn after_remark_in_sentence(document: &Document, block: &Block, close: Token) -> bool {
    let text = document.text();
    let mut start = close.span.lo().saturating_sub(LONGEST_REMARK).max(block.span.lo());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = &text[start..close.span.lo()];
    let Some(open) = before.rfind('[') else { return false };
    let remark = &before[open + 1..];
    let lead = before[..open].trim_end();
    remark.split_whitespace().count() >= 2
        && !remark.ends_with(['.', '!', '?'])
        && lead.ends_with(|c: char| c.is_alphanumeric())
}

/// How often each word has a capital right behind a small one.
fn inside_sentences(document: &Document) -> HashMap<u32, usize> {
    let mut times = HashMap::new();
    for block in document.blocks() {
        let tokens = document.tokens_of(block);
        for index in document.capitalised_in(block) {
            if index.checked_sub(1).is_some_and(|before| tokens[before].is_small) {
                *times.entry(tokens[index].hash).or_default() += 1;
            }
        }
    }
    times
}

/// All words that occur in small letters.
fn all_small(document: &Document) -> HashSet<&str> {
    let small = document.tokens().iter().filter(|token| token.is_small);
    small.map(|token: &Token| document.slice(token.span)).collect()
}
