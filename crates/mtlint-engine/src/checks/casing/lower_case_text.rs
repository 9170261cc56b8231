//! A whole text in small letters.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, capitalised};
use mtlint_text::{Edit, Span};

/// How many words a text has at least: fewer are a caption or a file's name.
const FEWEST_WORDS: usize = 4;

const ALWAYS_CAPITAL: &str = "capital-always";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if document.uses_capitals() || holds_smile(document.text()) {
        return;
    }
    let words = document.tokens().iter().filter(|token| token.kind.is_word());
    let Some(first) = words.clone().next() else { return };
    let masked = document.mask().covers(first.span);
    if !first.is_small || masked || words.clone().count() < FEWEST_WORDS || !has_sentence(document) {
        return;
    }
    report
        .add(
            first.span,
            "the whole text is in small letters: a system that was trained on lower-cased text gave no capitals \
             back; restore them",
        )
        .fix(Fix::unsafe_("begin sentences and names with capitals", capitals(document)));
}

/// Whether the text holds an emoji or a smile made of brackets: who chats minds no capitals.
fn holds_smile(text: &str) -> bool {
    text.contains("))") || !text.is_ascii() && text.contains(|c| matches!(c, '\u{1F300}'..='\u{1FAFF}'))
}

/// Whether the text holds a sentence: a list of tags or a menu has no full stop.
fn has_sentence(document: &Document) -> bool {
    document
        .blocks()
        .iter()
        .any(|block| document.slice(block.span).ends_with(['.', '!', '?', '…', '"', '”', '’']))
}

fn capitals(document: &Document) -> Vec<Edit> {
    let pack = document.pack();
    let mut edits = Vec::new();
    for sentence in document.sentences() {
        let mut begins = true;
        for token in document.tokens_in(sentence) {
            let word = document.slice(token.span);
            let stem = word.split(['\'', '’']).next().unwrap_or(word);
            let wanted = begins || pack.words(ALWAYS_CAPITAL).contains(stem) || pack.is_proper_noun(word);
            if token.kind.is_word() && wanted && token.is_small && !document.mask().covers(token.span) {
                let length = word.chars().next().map_or(0, char::len_utf8);
                let span = Span::new(token.span.lo(), token.span.lo() + length);
                edits.extend(Edit::minimal(document.text(), span, &capitalised(document.slice(span))));
            }
            begins = begins && !token.kind.is_word() || matches!(word, "." | "!" | "?");
        }
    }
    edits
}
