//! A word of another language between words of the text's own.
//!
//! A word is foreign when it is frequent in another language and no word of this one, or when it
//! bears accents that this language's words do not. Names, titles, quoted and explained words are
//! meant to stay. May use `rule`, `document`, `lang`
//! and `text`.

use crate::document::{Block, Document, Token, TokenKind};
use crate::lang::Script;
use crate::rule::{CodeCheck, ParamError, Params, Report};
use crate::text::Span;

/// Words of the text's language that other languages have too, and names in lower case.
const HOMOGRAPHS: &str = "homographs";
const FUNCTION_WORDS: &str = "function-words";
const LOANWORDS: &str = "loanwords";
const PARTICLES: &str = "name-particle";
const MENTIONS: &str = "word-mention";

/// How many foreign words in a row are still a slip; more are a phrase that is meant to stay, or a
/// sentence, which is another rule's matter.
const LONGEST_RUN: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    let strangers = document.pack().telling_words().strangers(document.language());
    let mut index = 0;
    while index < tokens.len() {
        // Most words are the language's own, and are told so by a glance.
        let token = tokens[index];
        if !token.kind.is_word() || !strangers.may_hold(token.hash) && document.slice(token.span).is_ascii() {
            index += 1;
            continue;
        }
        let length = (index..tokens.len()).take_while(|&index| is_foreign(document, tokens, index)).count();
        if (1..=LONGEST_RUN).contains(&length) {
            let run = &tokens[index..index + length];
            let before = index.checked_sub(1).map(|index| tokens[index]);
            if is_slip(document, before, run, tokens.get(index + length).copied()) {
                add(document, run, report);
            }
        }
        index += length.max(1);
    }
}

fn is_foreign(document: &Document, tokens: &[Token], index: usize) -> bool {
    let token = tokens[index];
    let word = document.slice(token.span);
    if !document.is_small(token) {
        return token.kind == TokenKind::Capitalised && is_common_noun(document, tokens, index);
    }
    let pack = document.pack();
    let letters = word.chars().count();
    if letters < 2 || pack.words(HOMOGRAPHS).contains(word) {
        return false;
    }
    if word.is_ascii() || word.contains(['\'', '’']) {
        return is_frequent_elsewhere(document, word);
    }
    // Macrons are how Japanese, Arabic and Maori words are transcribed, which are meant to stay.
    let accented =
        word.chars().all(|c| Script::of(c) == Some(Script::Latin) && !"āēīōū".contains(c)) && letters >= 3;
    accented && !pack.words(LOANWORDS).contains(word) && !is_inflected(document, word)
}

/// Whether a capitalised word is a noun of a language that capitalises nouns, and no name: right
/// after a word or number of the sentence, and before a word in lower case.
fn is_common_noun(document: &Document, tokens: &[Token], index: usize) -> bool {
    let word = document.slice(tokens[index].span);
    let pack = document.pack();
    let small = |token: Option<&Token>| token.is_some_and(|token| document.is_small(*token));
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    word.chars().count() >= 3
        && small(tokens.get(index + 1))
        && (small(before) || before.is_some_and(|token| token.kind == TokenKind::Number))
        && !pack.words(HOMOGRAPHS).contains(word)
        && !pack.words(PARTICLES).contains(word)
        && is_frequent_elsewhere(document, &word.to_lowercase())
}

fn is_frequent_elsewhere(document: &Document, word: &str) -> bool {
    let mut users = document.pack().telling_words().users(word).peekable();
    users.peek().is_some() && users.all(|user| Some(user) != document.language())
}

/// Whether the word is a loanword with an ending of its new language: `cafés`, `clichéd`.
fn is_inflected(document: &Document, word: &str) -> bool {
    let loanwords = document.pack().words(LOANWORDS);
    ["s", "d", "es", "ed", "ing", "ly", "r", "rs"]
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(|stem| loanwords.contains(stem)))
}

/// Whether foreign words stand in a sentence as its own would: not as a name, a quotation, a gloss.
fn is_slip(document: &Document, before: Option<Token>, run: &[Token], after: Option<Token>) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return false };
    let span = first.span.cover(last.span);
    let text = document.text();
    let touching_before = text[..span.lo()].chars().next_back();
    let touching_after = text[span.hi()..].chars().next();
    let joined = |c: Option<char>| {
        c.is_some_and(|c| {
            matches!(c, '-' | '/' | '_' | '@' | '#' | '*' | '’' | '\'' | '&') || c.is_alphanumeric()
        })
    };
    let bracketed = matches!(touching_before, Some('(' | '[')) || text[span.hi()..].starts_with(" (");
    let is_name = |token: Option<Token>| {
        token.is_some_and(|token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper))
    };
    let particles =
        run.iter().any(|token| document.pack().words(PARTICLES).contains(document.slice(token.span)));
    // `Česká dráha`: names of other languages go on in lower case.
    let accented = !document.slice(span).is_ascii();
    // A capital at the beginning of a sentence makes no name of a function word.
    let begins = before
        .is_some_and(|token| document.pack().words(FUNCTION_WORDS).contains(document.slice(token.span)));
    let named = is_name(before) && !begins && (is_name(after) || accented)
        || particles && (is_name(before) || is_name(after));
    let mentioned =
        before.is_some_and(|token| document.pack().words(MENTIONS).contains(document.slice(token.span)));
    let native = before.is_some() && after.is_some();
    native
        && is_native_sentence(document, span, run.len())
        && !joined(touching_before)
        && !joined(touching_after)
        && !bracketed
        && !named
        && !mentioned
        && !document.mask().covers(span)
        && !document.is_quoted_closely(span)
}

/// Whether the sentence around the words is of the text's own language, by its function words.
fn is_native_sentence(document: &Document, span: Span, foreign: usize) -> bool {
    let sentences = document.sentences();
    let at = sentences.partition_point(|sentence| sentence.span.start <= span.start);
    let Some(sentence) = at.checked_sub(1).and_then(|index| sentences.get(index)) else { return false };
    let function_words = document.pack().words(FUNCTION_WORDS);
    let own = document
        .tokens_in(sentence)
        .iter()
        .filter(|token| function_words.contains(document.slice(token.span)));
    own.take(foreign + 1).count() > foreign
}

fn add(document: &Document, run: &[Token], report: &mut Report<'_>) {
    let span = run.iter().fold(run[0].span, |span: Span, token| span.cover(token.span));
    let words = document.slice(span);
    report.add(
        span,
        format!(
            "`{words}` belongs to another language: the system passed a word of the source through; translate it"
        ),
    );
}
