//! A heading or label that is left in the language of the source. May use `rule`, `document`, `lang` and `text`.

use super::evidence::is_own_word;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::{Script, Vocabulary};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words it has at most.
    words: usize,
    /// How much the letters of the words speak for another language at least, on average.
    strangeness: f32,
}

/// Marks that end a label.
const LABEL_ENDS: [&str; 2] = [":", "："];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(settings, document, report)))
}

fn check(settings: Settings, document: &Document, report: &mut Report<'_>) {
    if document.script() != Some(Script::Latin) {
        return;
    }
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return };
    let mut times: Option<HashMap<u32, usize>> = None;
    for block in document.blocks() {
        let Some(words) = heading(settings, document, block) else { continue };
        if words.iter().any(|word| is_own(document, *word))
            || !is_foreign(settings, document, vocabulary, words)
        {
            continue;
        }
        // What the text speaks of elsewhere is a name.
        let times = times.get_or_insert_with(|| {
            let mut times = HashMap::new();
            document.tokens().iter().for_each(|token| *times.entry(token.hash).or_default() += 1);
            times
        });
        let span = words[0].span.cover(words[words.len() - 1].span);
        if words.iter().all(|word| times[&word.hash] < 2) && !document.mask().covers(span) {
            report.add_summary(span);
        }
    }
}

/// The words of a block that is a heading, or of the label that it begins with.
fn heading<'d>(settings: Settings, document: &'d Document, block: &Block) -> Option<&'d [Token]> {
    let tokens = document.tokens_of(block);
    let words = tokens.iter().take(settings.words + 1).take_while(|token| token.kind.is_word()).count();
    if !(1..=settings.words).contains(&words) {
        return None;
    }
    let is_label = || tokens.get(words).is_some_and(|mark| LABEL_ENDS.contains(&document.slice(mark.span)));
    (words == tokens.len() || is_label()).then(|| &tokens[..words])
}

fn is_own(document: &Document, word: Token) -> bool {
    is_own_word(document, word)
        || document.is_listed(word, "function-words")
        || document.is_listed(word, "loanwords")
        || word.kind == TokenKind::Upper
}

/// Whether words that the language has not are words of another: of several one is in lower case, as names are not; a single
/// one bears a letter that the language has not.
fn is_foreign(settings: Settings, document: &Document, vocabulary: &Vocabulary, words: &[Token]) -> bool {
    let text = |word: &Token| document.slice(word.span).to_lowercase();
    if let [word] = words {
        let text = text(word);
        return text.chars().filter(|c| c.is_alphabetic()).count() > 5 && !text.is_ascii();
    }
    let small = words.iter().filter(|word| word.kind == TokenKind::Lower).count();
    let sum: f32 = words
        .iter()
        .map(|word| {
            let text = text(word);
            if text.is_ascii() { vocabulary.strangeness(&text) } else { settings.strangeness * 2.0 }
        })
        .sum();
    small > 0
        && words.iter().all(|word| word.span.len() > 1)
        && sum >= settings.strangeness * words.len() as f32
}
