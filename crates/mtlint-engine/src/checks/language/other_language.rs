//! Targets that are in another language than the file says.
//!
//! May use `document`, `lang`, `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::touch;
use mtlint_document::{Token, TokenKind};
use mtlint_lang::{Language, Script, dominant_script, identify};
use mtlint_text::Span;
use serde::Deserialize;

/// How many letters a text has at least that is told by its script.
const FEWEST_LETTERS: usize = 8;
/// How many words a text has at least that is told by its words.
const FEWEST_WORDS: usize = 6;
/// How many letters of its own script make a text one of its language.
const FEWEST_OWN: usize = 3;
/// How many function words tell a language.
const FEWEST_HITS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Relations {
    /// Languages so near that a sentence may be in either.
    related: Vec<Vec<Language>>,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let Relations { related } = params.read()?;
    Ok(CodeCheck::pair(move |pair, report| check(&related, pair, report)))
}

fn check(related: &[Vec<Language>], pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some((_, to)) = pair.languages() else { return };
    // Of a language whose words are not known, nothing can be told from its neighbours.
    if !pair.target().pack().function_words().knows(to) {
        return;
    }
    let text = pair.target().text();
    let prose = prose(pair);
    let Some(found) = by_script(pair, &prose, to).or_else(|| by_words(pair, &prose, to)) else { return };
    let is_near = related.iter().any(|group| group.contains(&found) && group.contains(&to));
    if found == to || is_near || same_text(pair) {
        return;
    }
    let names = pair.target().pack();
    let message = format!("in {}, not in {}", names.name_of(&found), names.name_of(&to));
    report.add(Span::new(0, text.trim_end().len()), message);
}

/// Whether the target's language is written in letters that Chinese and Japanese have not.
fn shares_no_letters(pair: &Pair<'_>, to: Language) -> bool {
    !matches!(pair.target().pack().script_of(to), Script::Han | Script::Kana)
}

/// Whether the target is the source: what was left is another rule's matter.
fn same_text(pair: &Pair<'_>) -> bool {
    pair.source().text().trim() == pair.target().text().trim()
}

/// The target without its code.
fn prose(pair: &Pair<'_>) -> String {
    let text = pair.target().text();
    let mut prose = String::with_capacity(text.len());
    let mut done = 0;
    for code in pair.target_codes() {
        prose.push_str(&text[done..code.span.lo()]);
        prose.push(' ');
        done = code.span.hi();
    }
    prose.push_str(&text[done..]);
    prose
}

/// The language of a text whose letters are not those of the target's language, which writes no
/// spaces between words.
fn by_script(pair: &Pair<'_>, text: &str, to: Language) -> Option<Language> {
    let mut counts = [0_usize; Script::COUNT];
    text.chars().filter_map(Script::of).for_each(|script| counts[script as usize] += 1);
    let letters: usize = counts.iter().sum();
    let count = |script: Script| counts[script as usize];
    let is_foreign = match pair.target().pack().script_of(to) {
        // A heading may well hold Chinese characters alone; a sentence does not.
        Script::Kana => {
            count(Script::Kana) == 0
                && count(Script::Han) * 10 >= letters * 9
                && letters >= 2 * FEWEST_LETTERS
        }
        Script::Han => count(Script::Kana) * 5 >= letters || count(Script::Hangul) * 2 >= letters,
        Script::Hangul => (count(Script::Han) + count(Script::Kana)) * 2 >= letters,
        // Names may be in Latin letters, whole texts are in no others than the language's.
        own => {
            let latin = if own == Script::Latin { 0 } else { count(Script::Latin) };
            let others = letters.saturating_sub(count(own) + latin);
            others * 10 >= letters * 9
        }
    };
    let words = pair.target().pack().function_words();
    if is_foreign && letters >= FEWEST_LETTERS { identify::passage(text, words) } else { None }
}

/// The language that the words of a text tell clearly.
fn by_words(pair: &Pair<'_>, text: &str, to: Language) -> Option<Language> {
    let target = pair.target();
    let is_prose = |token: &Token| token.kind.is_word() && !touch(pair.target_codes(), token.span);
    let words = target.tokens().iter().filter(|token| is_prose(token)).count();
    let own_script = target.pack().script_of(to);
    let of_own = text.chars().filter(|c| Script::of(*c) == Some(own_script)).count();
    // Names in other letters stand among them.
    if own_script != Script::Latin && of_own >= FEWEST_OWN {
        let letters = text.chars().filter(|c| Script::of(*c).is_some()).count();
        if own_script != Script::Cyrillic && own_script != Script::Arabic || of_own * 2 < letters {
            return None;
        }
    }
    let script = dominant_script(text)?;
    let is_unspaced = matches!(script, Script::Han | Script::Kana | Script::Thai);
    if words < FEWEST_WORDS && !is_unspaced || is_unspaced && !shares_no_letters(pair, to) {
        return None;
    }
    let function_words = target.pack().function_words();
    let evidence = function_words.evidence(text);
    // A list of names is in no language.
    if matches!(own_script, Script::Latin | Script::Cyrillic | Script::Greek) {
        let small = target.tokens().iter().filter(|token| is_prose(token) && token.kind == TokenKind::Lower);
        if small.count() * 3 < words {
            return None;
        }
    }
    // The target's own words speak for it: names and titles may be foreign.
    let own = || {
        let is_own = |token: &&Token| {
            let word = target.slice(token.span).to_lowercase();
            is_prose(token) && function_words.users(&word).any(|user| user == to)
        };
        target.tokens().iter().filter(is_own).count()
    };
    let of_others = evidence.filter(|evidence| evidence.language != to);
    match of_others {
        Some(evidence)
            if evidence.hits >= FEWEST_HITS
                && evidence.weight >= 1.5 * evidence.second
                && evidence.hits > own() + 1
                // Its letters may be those of the target's language alone.
                && identify::passage(text, function_words) != Some(to) =>
        {
            Some(evidence.language)
        }
        Some(_) => None,
        None if evidence.is_none() && own() == 0 => identify::passage(text, function_words),
        None => None,
    }
}
