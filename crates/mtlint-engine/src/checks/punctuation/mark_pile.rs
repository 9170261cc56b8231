//! Marks side by side that exclude each other: `,.` `;,` `. ,` `,,` `? .` `。，` `؟?`. May use `rule`,
//! `document`, `lang` and `text`.
//!
//! The pairs are judged by what each mark does. What writers set on purpose is left alone: `?!`, an
//! ellipsis before or behind a mark, the stop of an abbreviation before a mark, faces.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use MarkClass::{Colon, Comma, Ellipsis, Exclamation, Question, Semicolon, Stop};
use mtlint_document::{Document, MarkRun, RunMark};
use mtlint_lang::{ClauseMark, MarkClass, MarkHome, Vocabulary, mark_at_home};
use mtlint_text::{Edit, Span, word_hash};
use std::cell::OnceCell;
use std::collections::HashSet;

/// From how many kinds of marks on in a run they are a list of marks, and no prose.
const LISTED: usize = 4;

/// From how many marks on in a run they are a picture.
const PICTURE: usize = 12;

const FUNCTION_WORDS: &str = "function-words";

/// From how many letters on a word of an unknown vocabulary is no abbreviation.
const LONG_WORD: usize = 5;

/// How many characters before a run its letters are looked for.
const NEAR: usize = 20;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let practice = Practice::default();
    for run in document.mark_runs().iter().filter(|run| is_pile(document, &practice, run)) {
        let span = run.span_with_space(document);
        let message = message(run);
        let finding = report.add(span, message);
        let kept = kept_marks(document, run);
        let is_safe = kept.len() == 1;
        for class in kept {
            for mark in marks_at_home(document, run, class) {
                let title = format!("keep `{mark}`");
                let edit = rewritten(document, run, class, mark);
                let fix = if is_safe { Fix::safe(title, edit) } else { Fix::unsafe_(title, edit) };
                finding.fix(fix);
            }
        }
    }
}

fn message(run: &MarkRun) -> String {
    let [first, .., last] = run.marks.as_slice() else { return String::new() };
    if run.is_of(first.mark.class) {
        format!("two {}s where one was meant", first.mark.class.name())
    } else {
        format!(
            "a {} and a {} side by side exclude each other",
            first.mark.class.name(),
            last.mark.class.name()
        )
        .replace("a ellipsis", "an ellipsis")
        .replace("a exclamation", "an exclamation")
    }
}

/// What the document does elsewhere: the words that it writes at least once without a stop behind them are no
/// abbreviations.
#[derive(Default)]
struct Practice {
    plain_words: OnceCell<HashSet<u32>>,
    /// Whether it sets marks apart for emphasis.
    sets_marks_apart: OnceCell<bool>,
}

impl Practice {
    fn has_plain(&self, document: &Document, word: &str) -> bool {
        let hashes = self.plain_words.get_or_init(|| {
            let pairs = document.tokens().windows(2);
            let plain =
                pairs.filter(|pair| pair[0].kind.is_word() && document.ascii_mark(pair[1]) != Some(b'.'));
            plain.map(|pair| pair[0].hash).collect()
        });
        hashes.contains(&word_hash(word))
    }
}

fn is_pile(document: &Document, practice: &Practice, run: &MarkRun) -> bool {
    if run.marks.len() >= PICTURE {
        return false;
    }
    let span = run.span();
    let text = document.text();
    let before = text[..run.span_with_space(document).lo()].chars().next_back();
    let after = text[span.hi()..].chars().next();
    // Behind a word, and before the next one or a closing mark.
    // A face at the end of a clause: `left :, he thought`.
    let is_face = run.marks.len() == 2
        && run.marks[0].is_spaced
        && matches!(run.marks[0].mark.class, Colon | Semicolon)
        && !run.marks[1].is_spaced
        && !sets_space(document, run.marks[0].mark.class);
    let is_behind_word = before.is_some_and(|c| c.is_alphanumeric() || ")]}）」』》”’\"»%°".contains(c));
    let is_before_word = after.is_none_or(|c| {
        c.is_whitespace()
            || "\"”’»“」』）)".contains(c) && !is_mouth(run, c)
            || MarkHome::of_letter(c) == Some(MarkHome::EastAsian)
            || c.is_uppercase() && run.marks.iter().any(|mark| mark.mark.class.ends_sentence())
    });
    if is_face || !is_behind_word || !is_before_word || document.mask().covers(span)
        // Markup that is no part of the text stood between.
        || document.to_original(span).len() != span.len()
    {
        return false;
    }
    let mut classes: Vec<MarkClass> = run.marks.iter().map(|mark| mark.mark.class).collect();
    classes.sort_unstable();
    classes.dedup();
    classes.len() < LISTED
        && !run.is_of(Stop)
        && run
            .marks
            .windows(2)
            .enumerate()
            .any(|(index, pair)| excludes(document, practice, run, index, &pair[0], &pair[1]))
}

/// Whether a bracket behind the marks makes a face of them: `, :)`.
fn is_mouth(run: &MarkRun, bracket: char) -> bool {
    let last = run.marks[run.marks.len() - 1];
    ")(".contains(bracket) && matches!(last.mark.class, Colon | Semicolon)
}

/// Whether two marks next to each other exclude each other; `index` is the place of the first.
fn excludes(
    document: &Document,
    practice: &Practice,
    run: &MarkRun,
    index: usize,
    first: &RunMark,
    second: &RunMark,
) -> bool {
    let is_close = !second.is_spaced;
    let is_foreign = first.mark.home != second.mark.home;
    match (first.mark.class, second.mark.class) {
        // An ellipsis, and what stands beside it.
        (Ellipsis, _) | (_, Ellipsis) => false,
        (Stop, Stop) => is_foreign && !is_ellipsis(run, index),
        (_, Stop) if is_ellipsis(run, index + 1) => false,
        (Stop, _) if is_ellipsis(run, index) => false,
        // `?!`, `!!!`; the mark of another script is one too many.
        (Exclamation | Question, Exclamation | Question) => {
            is_foreign
                || !is_close
                    && first.mark.class == second.mark.class
                    && run.marks.len() == 2
                    && !*practice.sets_marks_apart.get_or_init(|| sets_marks_apart(document))
        }
        // A title or a call inside the sentence: `Yahoo!, he said`.
        (Exclamation | Question, Comma | Semicolon | Colon) => false,
        (Exclamation | Question, Stop) => true,
        // The stop of an abbreviation.
        (Stop, Comma | Semicolon | Colon | Exclamation | Question) => {
            index > 0 || !is_abbreviation(document, practice, first.span.lo())
        }
        (Colon, Colon) => !is_close || is_foreign,
        (Comma | Semicolon | Colon, _) => true,
    }
}

/// Whether the document sets marks apart for emphasis.
fn sets_marks_apart(document: &Document) -> bool {
    let is_apart = |run: &&MarkRun| {
        run.marks[1].is_spaced
            && matches!(run.marks[1].mark.class, Exclamation | Question)
            && run.is_of(run.marks[1].mark.class)
    };
    document.mark_runs().iter().filter(is_apart).count() > 2
}

/// Whether the stop at `index` is one of three or more, or one of two behind `?` or `!`.
fn is_ellipsis(run: &MarkRun, index: usize) -> bool {
    let is_stop = |mark: &&RunMark| mark.mark.class == Stop;
    let behind = run.marks[index..].iter().take_while(is_stop).count();
    let before = run.marks[..index].iter().rev().take_while(is_stop).count();
    let first = index - before;
    let follows_call = first > 0 && matches!(run.marks[first - 1].mark.class, Exclamation | Question);
    before + behind >= if follows_call { 2 } else { 3 }
}

/// Whether the stop at `at` belongs to the word before it.
fn is_abbreviation(document: &Document, practice: &Practice, at: usize) -> bool {
    let before = document.text()[..at].trim_end();
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '’' | '\'' | '-' | '\u{ad}');
    let start = before.char_indices().rev().take_while(|(_, c)| is_inner(*c)).last().map(|(at, _)| at);
    let Some(word) = start.map(|start| &before[start..]) else { return false };
    if MarkHome::of_letter(word.chars().next_back().unwrap_or(' ')) == Some(MarkHome::EastAsian) {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    if word.contains('.') || letters <= 1 && !is_number || document.pack().is_abbreviation(word) {
        return true;
    }
    // `5.,` is an ordinal of some languages.
    if is_number {
        return document.pack().numbers().is_some_and(|numbers| numbers.ordinal_stop);
    }
    if practice.has_plain(document, word) || document.pack().words(FUNCTION_WORDS).contains(word) {
        return false;
    }
    let is_small = word.chars().next().is_some_and(char::is_lowercase);
    match Vocabulary::of(document.language()) {
        Some(vocabulary) if is_small => letters < LONG_WORD && !vocabulary.has(word),
        _ => letters < LONG_WORD,
    }
}

/// The classes that may be kept, the likeliest first: what stands behind tells whether a sentence ends.
fn kept_marks(document: &Document, run: &MarkRun) -> Vec<MarkClass> {
    let after = document.text()[run.span().hi()..]
        .trim_start_matches(|c: char| c == ' ' || c == '\u{a0}' || "\"“”‘’«»„「」『』()（）".contains(c));
    let next = after.chars().next();
    let mut classes = Vec::new();
    for class in run.marks.iter().map(|mark| mark.mark.class) {
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    let ends = next.is_none_or(|c| c == '\n' || c.is_uppercase() || "¿¡—–-".contains(c));
    let goes_on = next.is_some_and(char::is_lowercase);
    // A question or a call asserts more than a stop; a comma less than a colon.
    let rank = |class: &MarkClass| {
        let order = match class {
            Question => 0,
            Exclamation => 1,
            Stop | Ellipsis => 2,
            Comma => 3,
            Semicolon => 4,
            Colon => 5,
        };
        (class.ends_sentence() == goes_on, order)
    };
    classes.sort_by_key(rank);
    let fitting = |class: &&MarkClass| if ends { class.ends_sentence() } else { !class.ends_sentence() };
    if (ends || goes_on) && classes.iter().filter(fitting).count() == 1 {
        let only = *classes.iter().find(fitting).expect("counted");
        // A mark that asks or calls may be meant where the sentence goes on.
        if classes.iter().all(|class| !matches!(class, Question | Exclamation)) || ends && only != Stop {
            return vec![only];
        }
    }
    classes
}

/// The marks of a class that may stand here: those of the run that belong with the letters around it.
fn marks_at_home(document: &Document, run: &MarkRun, class: MarkClass) -> Vec<char> {
    let home = home_of(document, run);
    let mut marks = Vec::new();
    for mark in run.marks.iter().filter(|mark| mark.mark.class == class && mark.mark.home == home) {
        if !marks.contains(&mark.character) {
            marks.push(mark.character);
        }
    }
    if marks.is_empty() {
        marks.push(mark_at_home(class, home));
    }
    marks
}

/// Where the letters around a run are at home.
fn home_of(document: &Document, run: &MarkRun) -> MarkHome {
    let (text, span) = (document.text(), run.span());
    let near = text[..span.lo()].chars().rev().take(NEAR).chain(text[span.hi()..].chars().take(NEAR));
    near.filter_map(MarkHome::of_letter).next().unwrap_or(MarkHome::General)
}

/// The edits that leave `mark` of `class`, with the space that belongs behind it.
fn rewritten(document: &Document, run: &MarkRun, class: MarkClass, mark: char) -> Vec<Edit> {
    let text = document.text();
    let span = run.span_with_space(document);
    let mut written = String::from(mark);
    let first = run.marks[0];
    // French sets a space before a high mark.
    let keeps_space = first.is_spaced && first.mark.class == class && sets_space(document, class);
    let start = if keeps_space { first.span.lo() } else { span.lo() };
    if ClauseMark::of(mark).is_some_and(|mark| mark.home != MarkHome::EastAsian)
        && text[span.hi()..].starts_with(char::is_alphanumeric)
    {
        written.push(' ');
    }
    Edit::minimal(text, Span::new(start, span.hi()), &written).into_iter().collect()
}

/// Whether the language sets a space before marks of this class.
fn sets_space(document: &Document, class: MarkClass) -> bool {
    matches!(class, Colon | Semicolon | Exclamation | Question) && document.pack().spaces_quotations()
}
