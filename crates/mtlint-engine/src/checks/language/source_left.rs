//! Source text that was left in the target, whole or in part.
//!
//! May use `document`, `lang`, `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::TokenKind;
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::touch;
use mtlint_document::pair::echo::{Run, runs};
use mtlint_lang::{Language, Script, dominant_script};

/// How many words in lower case a run has at least, so that it is no name.
const FEWEST_LOWER: usize = 2;
/// How many words it has in a language that shares its script with the source's.
const FEWEST_OF_SCRIPT: usize = 4;
/// How many words a label has at most.
const LABEL: usize = 4;
/// How many characters of a script without spaces.
const FEWEST_UNSPACED: usize = 6;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(languages) = pair.languages() else { return };
    for run in runs(pair.source(), pair.target()) {
        if is_left(pair, languages, &run) {
            report.add_summary(run.span).relate_source("the same words of the source", run.source);
        }
    }
}

/// Whether a run of words that both texts have is text that was not translated.
fn is_left(pair: &Pair<'_>, (from, to): (Language, Language), run: &Run) -> bool {
    let target = pair.target();
    let is_code = |span| touch(pair.target_codes(), span) || target.mask().covers(span);
    let words: Vec<_> = target.tokens()[run.tokens.0..run.tokens.1]
        .iter()
        .filter(|token| token.kind.is_word() && !is_code(token.span))
        .collect();
    // A variable, or a function with what it is given, is no word: `fma(a, b)`.
    let is_word = |token: &&&mtlint_document::Token| {
        token.kind == TokenKind::Lower
            && target.slice(token.span).chars().nth(1).is_some()
            && !target.text()[token.span.hi()..].starts_with('(')
    };
    let all: std::collections::BTreeSet<u32> = words.iter().filter(is_word).map(|token| token.hash).collect();
    let lower = all.len();
    let text = target.slice(run.span);
    let Some(script) = dominant_script(text) else { return false };
    match script {
        // Chinese characters are Japanese as well: kana are not.
        Script::Han if matches!(target.pack().script_of(to), Script::Han | Script::Kana) => return false,
        Script::Kana | Script::Thai | Script::Han => {
            let own = text.chars().filter(|c| Script::of(*c) == Some(script)).count();
            return own >= FEWEST_UNSPACED && target.pack().script_of(to) != script;
        }
        _ => {}
    }
    // The name of a switch or label, which both texts set between quotation marks.
    let is_set_apart = |text: &str, span: mtlint_text::Span| {
        let is_mark = |c: char| {
            matches!(c, '\'' | '"' | '“' | '”' | '‘' | '’' | '`' | '«' | '»' | '「' | '」' | '„' | '‚')
        };
        text[..span.lo()].ends_with(is_mark) && text[span.hi()..].starts_with(is_mark)
    };
    if words.len() <= LABEL
        && is_set_apart(target.text(), run.span)
        && is_set_apart(pair.source().text(), run.source)
    {
        return false;
    }
    let function_words = target.pack().function_words();
    let tells = |token: &&&mtlint_document::Token| {
        let word = target.slice(token.span).to_lowercase();
        let mut users = function_words.users(&word);
        let (mut of_source, mut of_target) = (false, false);
        users.by_ref().for_each(|user| {
            of_source |= user == from;
            of_target |= user == to;
        });
        of_source && !of_target
    };
    let telling = words.iter().filter(tells).count();
    // A name of several words, `Office for Wharves and Piers`, holds no other small words than these.
    let capitals = words.iter().filter(|token| token.kind != TokenKind::Lower).count();
    let is_function = |token: &&&mtlint_document::Token| {
        function_words.users(&target.slice(token.span).to_lowercase()).any(|user| user == from)
    };
    let small = words.iter().filter(|token| token.kind == TokenKind::Lower);
    if capitals > lower && small.clone().filter(|it| is_word(it)).all(|it| is_function(&it)) {
        return false;
    }
    let is_foreign_script = target.pack().script_of(to) != script;
    let fewest = if is_foreign_script { 3 } else { FEWEST_OF_SCRIPT };
    lower >= FEWEST_LOWER && words.len() >= fewest && (telling >= 1 || is_foreign_script && lower >= 4)
}
