//! A common word with a capital inside a sentence: `met the Local police`.
//!
//! A capital may make a name of any word, so that the word must be one that hardly ever is a name by
//! itself. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind, amid};
use mtlint_text::{Edit, Span};
use std::collections::HashMap;

/// Words that are hardly ever names by themselves.
const COMMON: &str = "common-word";
const FUNCTION_WORDS: &str = "function-words";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let mut uses = None;
        for block in document.blocks() {
            if !matches!(
                block.kind,
                BlockKind::Title | BlockKind::Heading | BlockKind::Caption | BlockKind::TableCell
            ) {
                check(document, block, &mut uses, report);
            }
        }
    }))
}

fn check(
    document: &Document,
    block: &Block,
    uses: &mut Option<HashMap<u32, usize>>,
    report: &mut Report<'_>,
) {
    let common = document.pack().words(COMMON);
    let tokens = document.tokens_of(block);
    for index in document.capitalised_in(block) {
        let Some([before, word, after]) = amid(tokens, index) else { continue };
        if !after.is_small
            || !document.is_in(word, common)
            || !spaced(document, before, word)
            || !spaced(document, word, after)
            || !is_before_noun(document, before)
            || !is_noun(document, after, tokens.get(index + 2).copied())
            || is_set_apart(document, word.span)
        {
            continue;
        }
        // A word that is a name here is one each time.
        if *uses.get_or_insert_with(|| capitals(document)).get(&word.hash).unwrap_or(&0) > 1 {
            continue;
        }
        let lower = document.slice(word.span).to_lowercase();
        report
            .add(
                word.span,
                format!(
                    "`{}` has a capital inside a sentence and is no name: a word that was looked up, or taken from a \
                     heading, kept it; write `{lower}`",
                    document.slice(word.span)
                ),
            )
            .fix(Fix::unsafe_(
                format!("write `{lower}`"),
                Edit::minimal(document.text(), word.span, &lower).into_iter().collect(),
            ));
    }
}

fn spaced(document: &Document, before: Token, after: Token) -> bool {
    matches!(document.text().get(before.span.hi()..after.span.lo()), Some(" " | "\u{a0}"))
}

/// Whether a noun must come after the word, so that no sentence can begin there: after `the`, `of`,
/// a people or a possessive.
fn is_before_noun(document: &Document, before: Token) -> bool {
    let word = document.slice(before.span);
    before.is_small && document.pack().words(FUNCTION_WORDS).contains(word)
        || word.ends_with("'s")
        || word.ends_with("’s")
        || document.pack().is_proper_noun(word) && before.kind == TokenKind::Capitalised
}

/// Whether the word may be a noun: no function word, unless it is joined to the next one.
fn is_noun(document: &Document, word: Token, next: Option<Token>) -> bool {
    let joined =
        next.is_some_and(|next| document.slice(next.span) == "-" && next.span.lo() == word.span.hi());
    joined || !document.is_listed(word, FUNCTION_WORDS)
}

/// Whether a word is quoted or masked.
fn is_set_apart(document: &Document, span: Span) -> bool {
    document.mask().covers(span) || document.is_quoted_closely(span)
}

/// How often each word has a capital inside a sentence, by its hash.
fn capitals(document: &Document) -> HashMap<u32, usize> {
    let mut capitals: HashMap<u32, usize> = HashMap::new();
    let mut begins = true;
    for token in document.tokens() {
        if !begins && matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper) {
            *capitals.entry(token.hash).or_default() += 1;
        }
        begins = matches!(document.slice(token.span), "." | "!" | "?" | ":" | "“" | "\"" | "”" | "…");
    }
    capitals
}
