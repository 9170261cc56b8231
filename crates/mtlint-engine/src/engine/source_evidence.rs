//! The source as evidence: what it has as well is no damage of the translation.

use super::Engine;
use super::run::Run;
use crate::rule::{Finding, RuleId};
use mtlint_document::Document;
use mtlint_document::pair::codes;
use mtlint_lang::{Script, dominant_script};
use mtlint_text::{Edit, Span};
use std::collections::{BTreeSet, HashSet};

/// How many letters and digits a piece of text has at least, so that it says something that the
/// source says it as well.
const TELLING: usize = 2;

/// How many characters a label of a few words has at most.
const SHORT: usize = 40;

/// How many bytes on either side of a place are looked at, so that it is found again.
const AROUND: usize = 16;

/// How many bytes a text has at least that is no label.
const LABEL: usize = 300;

/// Leaves out those findings of rules on single texts that the source explains: it says the same
/// words, shows the same kind of damage, or the place is code.
pub(super) fn spare(engine: &Engine, document: &Document, mut findings: Vec<Finding>) -> Vec<Finding> {
    let Some(source) = document.source() else { return findings };
    let is_of_pairs =
        |finding: &Finding| engine.registry.rule(finding.rule.as_str()).is_some_and(|it| it.is_of_pairs());
    if findings.iter().all(is_of_pairs) {
        return findings;
    }
    let run = engine.run(source, Some(engine.prefilter.plan(source)), Run::default());
    let in_source: BTreeSet<RuleId> =
        run.unwrap_or_default().into_iter().map(|finding| finding.rule).collect();
    let codes = codes::find(document.text());
    let own = document.language().map(|language| document.pack().script_of(language));
    let is_spaced = own.is_none_or(|own| !matches!(own, Script::Han | Script::Kana | Script::Hangul));
    let marks = |text: &str| text.matches(QUOTATION_MARKS).count();
    let quotes_alike = marks(document.text()) == marks(source.text());
    findings.retain(|finding| {
        let text = document.slice(finding.span);
        // The very words stand in the original: the mark, the fragment, the repeat is the writer's.
        if document.facts().is_round_trip {
            return is_of_pairs(finding)
                || !source.text().contains(surroundings(document.text(), finding.span));
        }
        let says =
            text.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING && source.text().contains(text);
        let is_code = || codes::touch(&codes, finding.span);
        let is_explained = match finding.rule.family() {
            // The languages of both are known, and rules on pairs ask whether they are kept.
            "language" => {
                dominant_script(text).is_some_and(|script| {
                    Some(script) == own || script == Script::Han && own == Some(Script::Kana)
                }) || document.language().is_some_and(|it| !document.pack().function_words().knows(it))
            }
            // As many marks as in the source: what was quoted is quoted.
            "quotation" => quotes_alike || !is_spaced,
            // The marks of the language that the file names, or those that stand side by side in the source, too.
            "punctuation" => !is_spaced && !text.is_ascii() || has_run(source.text(), text),
            // The source says as much twice as well.
            "repetition" => {
                let words = text.split_whitespace().count();
                says_again(source, (words / 2).max(AGAIN))
            }
            // A sentence goes on from one subtitle to the next.
            "fragment" => document.facts().cue.is_some(),
            // The source is a label of a few words as well, and this is all that it became.
            "residue" => {
                let length = |text: &str| text.trim().chars().count();
                document.text().trim().len() <= text.len() + 1 && length(source.text()) < SHORT
            }
            // How a label is capitalised is its place's matter.
            "casing" => document.facts().cue.is_some() || document.text().len() < LABEL,
            _ => false,
        };
        let stands_there = || {
            let around = between_words(document.text(), finding.span);
            around.len() > text.len() + 1 && source.text().contains(around)
        };
        is_of_pairs(finding)
            || !is_explained && !says && !in_source.contains(&finding.rule) && !is_code() && !stands_there()
    });
    findings
}

/// A stretch of a text with a little on either side.
fn surroundings(text: &str, span: Span) -> &str {
    let from = text.floor_char_boundary(span.lo().saturating_sub(AROUND));
    let to = text.ceil_char_boundary((span.hi() + AROUND).min(text.len()));
    text[from..to].trim()
}

/// A stretch of a text with the words that it touches or lies between.
fn between_words(text: &str, span: Span) -> &str {
    let is_blank = |c: char| c.is_whitespace();
    let before = text[..span.lo()].trim_end_matches(is_blank);
    let from = before.rfind(is_blank).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let after = &text[span.hi()..];
    let gap = after.len() - after.trim_start_matches(is_blank).len();
    let to = after[gap..].find(is_blank).map_or(text.len(), |at| span.hi() + gap + at);
    let from = from.max(text.floor_char_boundary(span.lo().saturating_sub(WORD)));
    let to = to.min(text.ceil_char_boundary((span.hi() + WORD).min(text.len())));
    &text[from.min(span.lo())..to.max(span.hi())]
}

/// How many bytes of a word beside a place are looked at.
const WORD: usize = 40;

/// Whether a text holds the same marks in a row, and no further ones beside them.
fn has_run(text: &str, marks: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let marks = marks.trim();
    marks.chars().count() > 1
        && marks.chars().all(is_mark)
        && text.match_indices(marks).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + marks.len()..]);
            !before.ends_with(is_mark) && !after.starts_with(is_mark)
        })
}

/// Whether a text says so many words in a row twice.
fn says_again(document: &Document, count: usize) -> bool {
    let words: Vec<u32> =
        document.tokens().iter().filter(|token| token.kind.is_word()).map(|token| token.hash).collect();
    let mut known: HashSet<&[u32]> = HashSet::new();
    words.windows(count).any(|window| !known.insert(window))
}

/// How many words in a row at least say something that is said twice.
const AGAIN: usize = 3;

/// What sets off quotations, in any language.
const QUOTATION_MARKS: [char; 14] = ['"', '“', '”', '„', '«', '»', '‘', '’', '‚', '‹', '›', '「', '」', '\''];

/// Whether the source shows that an edit is right: it writes a placeholder as the source does, or the
/// white space that the source has at its ends.
pub(super) fn vouches(document: &Document, edit: &Edit) -> bool {
    let Some(source) = document.source() else { return false };
    let Some(old) = document.text().get(edit.span.range()) else { return false };
    let is_code =
        |text: &str| matches!(codes::find(text).as_slice(), [code] if code.span.len() == text.len());
    let is_blank = |text: &str| text.trim().is_empty();
    let is_at_end = edit.span.lo() == 0 || edit.span.hi() == document.text().len();
    is_code(old) && is_code(&edit.insert) && source.text().contains(&edit.insert)
        || is_blank(old) && is_blank(&edit.insert) && is_at_end
}
