//! A denial of something that nothing before it says: `He had kept the key. It wasn’t.`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::{Document, Sentence};

/// Denials of what something is: `it wasn't`.
const DENIALS: &str = "bare-denial";
/// What a denial may deny: forms of `be`, and verbs of seeming and thinking.
const CLAIMS: &str = "deniable";

/// How many sentences back the claim may stand.
const REACH: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let sentences = document.sentences_of(block);
        for (index, sentence) in sentences.iter().enumerate().skip(1) {
            if is_denial(document, sentence) && is_baseless(document, &sentences[..index]) {
                add(document, sentence, report);
            }
        }
    }))
}

fn is_denial(document: &Document, sentence: &Sentence) -> bool {
    let tokens = document.tokens_in(sentence);
    let words = tokens.iter().take_while(|token| token.kind.is_word()).count();
    let length = document.prefix_of(&tokens[..words], document.pack().words(DENIALS));
    length > 0
        && length == words
        && tokens.get(length).is_some_and(|stop| document.slice(stop.span) == ".")
        && tokens.len() == length + 1
        && !document.mask().covers(sentence.span)
}

/// Whether nothing before a denial says anything that it may deny. A question may be answered by one.
fn is_baseless(document: &Document, before: &[Sentence]) -> bool {
    let claims = document.pack().words(CLAIMS);
    let says = |sentence: &Sentence| {
        let mut tokens = document.tokens_in(sentence).iter();
        tokens.any(|token| {
            let word = document.slice(token.span);
            let contracted = word.rsplit_once(['’', '\'']).is_some_and(|(_, ending)| claims.contains(ending));
            claims.contains(word) || contracted || matches!(word, "?" | "!" | ":" | "…")
        })
    };
    before.iter().rev().take(REACH).enumerate().all(|(distance, sentence)| {
        // What stands further back may be part of the same thought, or a paragraph's beginning.
        !says(sentence) || distance > 0 && document.tokens_in(sentence).len() > 12
    })
}

fn add(document: &Document, sentence: &Sentence, report: &mut Report<'_>) {
    let text = document.slice(sentence.span);
    report.add(
        sentence.span,
        format!(
            "`{text}` denies what nothing before it says: the negation was torn off its sentence, which now \
             asserts the opposite"
        ),
    );
}
