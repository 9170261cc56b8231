//! A word or a few in the letters of another script.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{Script, is_latin_alone, look_alike};
use mtlint_text::{Edit, Span};

/// Words before a word that is spoken of: `the character 犬`, `in Russian: год`.
const MENTIONS: &str = "word-mention";
const LANGUAGES: &str = "language-name";
const LANGUAGE_PREPOSITIONS: &str = "language-preposition";

/// The fewest Greek letters that are a word and no symbol.
const GREEK_WORD: usize = 3;

/// How many bracketed glosses in a text show that the writer means to give them.
const HABIT: usize = 4;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let Some(main) = document.script() else { return };
        if main == Script::Latin && document.is_latin_alone() {
            return;
        }
        let runs: Vec<Run> = document.blocks().iter().flat_map(|block| runs(document, block, main)).collect();
        let glosses = runs.iter().filter(|run| run.bracket.is_some()).count();
        for run in &runs {
            add(document, run, glosses >= HABIT, report);
        }
    }))
}

/// Words of a foreign script in a row.
struct Run {
    span: Span,
    script: Script,
    /// The brackets around it, when they hold nothing else.
    bracket: Option<Span>,
}

fn runs(document: &Document, block: &Block, main: Script) -> Vec<Run> {
    let text = document.slice(block.span);
    let mut runs = Vec::new();
    if main == Script::Latin && is_latin_alone(text) {
        return runs;
    }
    let mut open: Option<(Span, Script, usize)> = None;
    let mut close = |open: &mut Option<(Span, Script, usize)>| {
        if let Some((span, script, letters)) = open.take()
            && (script != Script::Greek || letters >= GREEK_WORD)
            && !document.mask().covers(span)
            && !is_look_alike(document, span, main)
            && !is_made_up(document, span, main)
        {
            let bracket = document.brackets_around(span, is_filling);
            runs.push(Run { span: with_name(document, span), script, bracket });
        }
    };
    for (at, c) in text.char_indices() {
        let span = Span::new(block.span.lo() + at, block.span.lo() + at + c.len_utf8());
        let foreign = Script::of(c).filter(|script| script.is_foreign_to(main) && c != '丨');
        match (&mut open, foreign) {
            (Some((run, _, letters)), Some(_)) => {
                *run = run.cover(span);
                *letters += 1;
            }
            (None, Some(script)) => open = Some((span, script, 1)),
            // Joins two foreign words, or ends the run when none follows.
            (Some((run, ..)), None) if is_filling(c) && at - (run.hi() - block.span.lo()) < 4 => {}
            (Some(_), None) => close(&mut open),
            (None, None) => {}
        }
    }
    close(&mut open);
    runs
}

/// Whether a character may stand between two words of a run.
fn is_filling(c: char) -> bool {
    Script::of(c).is_none()
        && !matches!(c, '\n' | '(' | ')' | '（' | '）' | '[' | ']' | '"' | '“' | '”' | ';')
        || Script::of(c).is_some_and(|script| script != Script::Latin)
}

/// Whether the run is a few letters that look like the text's own, which is another rule's matter.
fn is_look_alike(document: &Document, span: Span, main: Script) -> bool {
    let run = || document.slice(span).chars().filter(|c| Script::of(*c).is_some());
    let text = document.text();
    let own = |c: Option<char>| c.and_then(Script::of) == Some(main);
    let joined = own(text[..span.lo()].chars().next_back()) || own(text[span.hi()..].chars().next());
    let digits = document.slice(span).contains(|c: char| c.is_numeric());
    let small = run().nth(1).is_none() || digits || run().all(|c| !c.is_lowercase()) && run().count() <= 5;
    (joined || small) && run().all(|c| look_alike(c, main).is_some())
}

/// Whether the run is a part of a word in capitals whose other letters are the text's own: `ΣPOT`, a
/// name or a sign somebody made up.
fn is_made_up(document: &Document, span: Span, main: Script) -> bool {
    let text = document.text();
    let own = |c: Option<char>| c.is_some_and(|c| Script::of(c) == Some(main) && c.is_uppercase());
    let is_upper = |c: char| c.is_uppercase() || Script::of(c).is_none();
    (own(text[..span.lo()].chars().next_back()) || own(text[span.hi()..].chars().next()))
        && document.slice(span).chars().all(is_upper)
}

/// The run with the middle dot that joins it to a name translated by half: `Ada · 诺尔`.
fn with_name(document: &Document, span: Span) -> Span {
    let before = &document.text()[..span.lo()];
    let trimmed = before.trim_end();
    match trimmed.strip_suffix(['·', '・', '•']) {
        Some(name) if name.trim_end().ends_with(char::is_alphabetic) => {
            Span::new(name.trim_end().len(), span.hi())
        }
        _ => span,
    }
}

fn add(document: &Document, run: &Run, habit: bool, report: &mut Report<'_>) {
    let text = document.text();
    let whole = run.bracket.unwrap_or(run.span);
    let before = text[..whole.lo()].trim_end();
    let gap = Span::new(before.len(), whole.lo());
    let word = document.slice(run.span);
    let after_name = last_word(before)
        .is_some_and(|word| word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphanumeric));
    let gloss = run.bracket.is_some();
    let labelled = !gloss && document.brackets_around(run.span, |c| c != '\n').is_some();
    let is_meant = gloss && (after_name || habit)
        || labelled
        || is_mentioned(document, before)
        // A word inside a quotation in the text's own language is no quoted word.
        || !gloss && before.ends_with(|c: char| !c.is_alphanumeric()) && document.is_quoted_closely(whole);
    if is_meant {
        return;
    }
    let finding = report.add(
        whole,
        format!(
            "`{word}` is in {} script: a word of the source that the system did not know was passed through; \
             translate or transcribe it",
            run.script.name()
        ),
    );
    let number_before = before.ends_with(|c: char| c.is_numeric()) || before.ends_with("0s");
    if gloss {
        finding.fix(Fix::unsafe_("delete the gloss", vec![Edit::delete(gap.cover(whole))]));
    } else if number_before && is_measure(word, run.script, gap) {
        finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(gap.cover(whole))]));
    } else if let Some(ending) = ending(text, run.span) {
        finding.fix(Fix::unsafe_("delete the ending", vec![Edit::delete(ending)]));
    } else if let Some(bracket) = latin_gloss(text, run.span) {
        let inside = Span::new(bracket.lo() + 1, bracket.hi() - 1);
        finding.fix(Fix::unsafe_(
            "write the name in the brackets",
            vec![Edit::replace(run.span.cover(bracket), document.slice(inside))],
        ));
    }
}

/// The most letters of an ending or particle that another language hangs on a word.
const LONGEST_ENDING: usize = 3;

/// What is to go where the run is an ending of the source that hangs on a word or a quotation of the text: `mill의`, `mill-а`.
fn ending(text: &str, run: Span) -> Option<Span> {
    let before = &text[..run.lo()];
    let stem = before.strip_suffix(['-', '‐', '‑']).unwrap_or(before);
    let closes = |c: char| c.is_alphanumeric() || matches!(c, '”' | '’' | '"' | '»' | ')');
    let is_short = run.of(text).chars().count() <= LONGEST_ENDING;
    let goes_on = text[run.hi()..].starts_with(char::is_alphanumeric);
    (is_short && stem.ends_with(closes) && !goes_on).then(|| Span::new(stem.len(), run.hi()))
}

fn last_word(text: &str) -> Option<&str> {
    text.rsplit(|c: char| c.is_whitespace())
        .next()
        .map(|word| word.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether one of the words before speaks of words, so that the foreign one is meant. The name of a
/// language speaks of words where one says `in Russian` or sets a mark after it; `the Russian` is an
/// adjective.
fn is_mentioned(document: &Document, before: &str) -> bool {
    let pack = document.pack();
    let is_word = |c: char| c.is_alphabetic();
    let mut words = before.rsplit(|c: char| !is_word(c)).filter(|word| !word.is_empty());
    let marked = !before.ends_with(is_word);
    let last: Vec<&str> = words.by_ref().take(3).collect();
    let is_language = |word: &str| pack.words(LANGUAGES).contains(word);
    last.iter().any(|word| pack.words(MENTIONS).contains(word))
        || last.first().is_some_and(|word| is_language(word))
            && (marked || last.get(1).is_some_and(|word| pack.words(LANGUAGE_PREPOSITIONS).contains(word)))
}

/// Whether the run is what another language writes after a number: `年`, `歳`, `году`, `гг`.
fn is_measure(word: &str, script: Script, gap: Span) -> bool {
    let letters = word.chars().count();
    match script {
        Script::Han | Script::Hangul => gap.is_empty() && letters <= 2,
        Script::Cyrillic => letters <= 4,
        _ => false,
    }
}

/// The bracket right after a run that gives it in Latin letters: `诺尔 (Noor)`.
fn latin_gloss(text: &str, run: Span) -> Option<Span> {
    let after = &text[run.hi()..];
    let open = after.len() - after.trim_start_matches(' ').len();
    let inside = after[open..].strip_prefix('(')?;
    let end = inside.find([')', '(', '\n'])?;
    let name = &inside[..end];
    let is_name = inside[end..].starts_with(')')
        && name.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| Script::of(c) == Some(Script::Latin) || matches!(c, ' ' | '-' | '.' | '\'' | '’'));
    is_name.then(|| Span::new(run.hi() + open, run.hi() + open + end + 2))
}
