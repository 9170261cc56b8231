//! Names of the source that the target spells otherwise.
//!
//! A name that stands on both sides in the same letters is no matter here. What is looked for is a
//! word of the target that the source does not have and that is one of the source's with two letters
//! turned round, or, where the target is written in other letters and so copies names letter by
//! letter, with any small difference.
//!
//! May use `document`, `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::touch;
use mtlint_document::{Document, Token, TokenKind};
use mtlint_lang::{Script, Vocabulary};
use mtlint_text::Edit;
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

/// How many letters a name has at least.
const FEWEST: usize = 4;
/// How many letters it has for one of them to be another.
const FEWEST_FOR_ANY: usize = 6;
/// How many words of a text are looked at.
const MOST: usize = 200;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if pair.languages().is_none() {
        return;
    }
    let (source, target) = (pair.source(), pair.target());
    let copies = target.language().is_some_and(|language| target.pack().script_of(language) != Script::Latin);
    let source_words = latin_words(source, pair.source_codes());
    let target_words = latin_words(target, pair.target_codes());
    let texts = |document: &Document, words: &[Token]| -> HashSet<String> {
        words.iter().map(|token| document.slice(token.span).to_owned()).collect()
    };
    let (known, said) = (texts(source, &source_words), texts(target, &target_words));
    let missing: Vec<&Token> =
        source_words.iter().filter(|token| !said.contains(source.slice(token.span))).take(MOST).collect();
    // Those of the source that the target lacks, by their letters in order: read when there is a name to compare.
    let by_letters = LazyCell::new(|| {
        let mut by_letters: HashMap<String, &Token> = HashMap::new();
        for token in &missing {
            by_letters.entry(letters(source.slice(token.span))).or_insert(token);
        }
        by_letters
    });
    let is_word = |word: &str| {
        Vocabulary::of(target.language()).is_some_and(|vocabulary| vocabulary.has(&word.to_lowercase()))
    };
    for token in target_words.iter().filter(|token| !known.contains(target.slice(token.span))).take(MOST) {
        let word = target.slice(token.span);
        let is_name = token.kind != TokenKind::Lower || copies;
        let alike = is_name.then(|| by_letters.get(&letters(word)).copied()).flatten();
        let turned = alike.filter(|other| is_turned(source.slice(other.span), word));
        let other = turned.or_else(|| {
            missing.iter().copied().find(|other| copies && is_near(source.slice(other.span), word))
        });
        let Some(other) = other.filter(|_| !is_word(word)) else { continue };
        let name = source.slice(other.span);
        let finding = report.add(token.span, format!("`{name}` in the source"));
        finding.relate_source("the name", other.span);
        let edit = Edit::minimal(target.text(), token.span, name);
        finding.fix(Fix::unsafe_(format!("write `{name}`"), edit.into_iter().collect()));
    }
}

/// The words in Latin letters that may be names, outside of code.
fn latin_words(document: &Document, codes: &[mtlint_document::pair::codes::Code]) -> Vec<Token> {
    let is_latin = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() && Script::of(c).is_none_or(|script| script == Script::Latin))
    };
    let is_free = |token: &&Token| !touch(codes, token.span) && !document.mask().covers(token.span);
    let tokens = document.tokens().iter().filter(|token| token.kind.is_word());
    let long = tokens.filter(|token| token.span.len() >= FEWEST && is_latin(document.slice(token.span)));
    long.filter(is_free).copied().collect()
}

/// The letters of a word in small, in alphabetical order.
fn letters(word: &str) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// Whether two words differ in two neighbouring letters that changed places.
fn is_turned(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|index| a[*index] != b[*index]).collect();
    a.len() == b.len()
        && matches!(differing.as_slice(), [first, second] if second - first == 1 && second + 1 < a.len() && a[*first] == b[*second] && a[*second] == b[*first])
}

/// Whether a word that was copied is another in case, or in one letter of many.
fn is_near(a: &str, b: &str) -> bool {
    // `usage` and `Usage` are both right; `TogiNet` has one spelling.
    let has_inner_capital = a.starts_with(char::is_uppercase)
        && a.chars().skip(1).any(char::is_uppercase)
        && a.chars().any(char::is_lowercase);
    let is_case = a.to_lowercase() == b.to_lowercase();
    if is_case {
        return has_inner_capital;
    }
    // A plural, another ending.
    if a.starts_with(b) || b.starts_with(a) {
        return false;
    }
    let length = a.chars().count();
    (FEWEST_FOR_ANY..40).contains(&length) && strsim::levenshtein(a, b) == 1
}
