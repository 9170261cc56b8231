//! A sentence cut by a full stop: `It grew old. considered to be lost.`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, Token, TokenKind};
use mtlint_lang::Vocabulary;
use mtlint_text::{Edit, Span};

/// Abbreviations that a word in lower case often follows.
const ABBREVIATIONS: &str = "abbreviation.before-lower";
/// Words of two letters that are no abbreviation.
const FUNCTION_WORDS: &str = "function-words";
/// Words that join what follows to what stands before.
const JOINING: &str = "joining-word";
/// Words that stand before a name in lower case: `de Gaulle`.
const PARTICLES: &str = "name-particle";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    for stop in document.marks_in(block).filter(|&at| document.is_ascii_mark(tokens[at], b'.')) {
        // A word at the very end of a block is the name of an agency: `dpa`.
        let Some(&[before, stop, after, next]) = stop.checked_sub(1).and_then(|at| tokens.get(at..at + 4))
        else {
            continue;
        };
        let is_cut = after.kind == TokenKind::Lower
            && before.span.end == stop.span.start
            && is_space(document, stop.span.hi(), after.span.lo())
            && ends_sentence(document, before)
            && begins_clause(document, after)
            && !document.is_ascii_mark(next, b'.');
        if is_cut && !document.mask().covers(before.span.cover(after.span)) {
            add(document, [before, stop, after], report);
        }
    }
}

fn is_space(document: &Document, start: usize, end: usize) -> bool {
    matches!(document.text().get(start..end), Some(" " | "\u{a0}" | "  "))
}

/// Whether a full stop after this word ends a sentence and is not part of an abbreviation.
fn ends_sentence(document: &Document, token: Token) -> bool {
    let word = document.slice(token.span);
    let pack = document.pack();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let text = document.text().as_bytes();
    let dotted = word.contains('.') || token.span.lo() > 0 && text[token.span.lo() - 1] == b'.';
    let function_word =
        token.kind == TokenKind::Lower && letters == 2 && pack.words(FUNCTION_WORDS).contains(word);
    // `Jbn.` and `chr.` have no vowel, and are short for something.
    let sounds = !word.is_ascii() || word.contains(|c: char| "aeiouyAEIOUY".contains(c));
    token.kind.is_word()
        && (letters >= 3 || function_word)
        && sounds
        && !document.begins_lines_small()
        && !dotted
        && token.kind != TokenKind::Upper
        && !pack.is_abbreviation(word)
        && !pack.words(ABBREVIATIONS).contains(word)
}

/// Whether a word in lower case can begin what was cut off: no name such as `iPhone`, no single letter.
fn begins_clause(document: &Document, token: Token) -> bool {
    let word = document.slice(token.span);
    let single = word.chars().nth(1).is_none() && word != "a";
    let cased = word.chars().next().is_some_and(char::is_lowercase);
    // A dot or slash right after it makes it an address or a file name.
    let joined =
        document.text()[token.span.hi()..].chars().next().is_some_and(|c| matches!(c, '/' | '@' | '_'));
    // A name of two words may go on so behind a short title, and a name that nobody knows begin a sentence.
    let is_name = document.is_listed(token, PARTICLES)
        || Vocabulary::of(document.language()).is_some_and(|vocabulary| !vocabulary.may_hold(token.hash))
            && !document.pack().words(FUNCTION_WORDS).contains(word);
    cased
        && !is_name
        && !single
        && !joined
        && !word.chars().any(char::is_uppercase)
        && !word.contains(['.', ':'])
}

fn add(document: &Document, [before, stop, after]: [Token; 3], report: &mut Report<'_>) {
    let word = document.slice(after.span);
    let finding = report.add(
        before.span.cover(after.span),
        format!(
            "a full stop before `{word}` in lower case: one sentence was cut in two where the translation \
             worked on its pieces; join the pieces, or begin the second with a capital"
        ),
    );
    let mut chars = word.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    let join = Edit::delete(stop.span);
    let begin = Edit::replace(after.span, capital);
    if document.pack().words(JOINING).contains(word) {
        finding.fix(Fix::unsafe_("take the full stop out", vec![join]));
        finding.fix(Fix::unsafe_("begin a new sentence", vec![begin]));
        return;
    }
    finding.at_most(Confidence::Medium);
    finding.fix(Fix::display("begin a new sentence", vec![begin]));
    let comma = Edit::replace(Span::new(stop.span.lo(), stop.span.hi()), ",");
    finding.fix(Fix::display("go on after a comma", vec![comma]));
}
