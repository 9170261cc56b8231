//! Reports: what was found, written for people and for programs, one file a format.
//!
//! A [`Format`] writes one document at a time into a buffer, so that documents can be rendered by
//! many threads and printed in order. Nothing here prints. May use `rule`'s findings, `document` for
//! the places of spans, `text` and `score`.

mod answer;
mod azure;
mod checkstyle;
mod concise;
mod diff;
mod explanation;
mod github;
mod gitlab;
mod html;
mod human;
mod its;
mod json;
mod jsonl;
mod junit;
mod level;
mod markdown;
mod most_severe;
mod rdjsonl;
mod rules;
mod sarif;
mod scores;
pub mod style;
mod summary;
mod taxonomy;
mod wmt;
mod xml;

pub use answer::{check_answer, fix_answer, fix_schema, score_answer, score_schema};
pub use azure::Azure;
pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use diff::unified;
pub use explanation::explanation;
pub use github::Github;
pub use gitlab::Gitlab;
pub use html::{Checking, Html, workbench};
pub use human::{Human, marked_line};
pub use its::Its;
pub use json::{Json, escape_json, json_schema};
pub use jsonl::Jsonl;
pub use junit::Junit;
pub use markdown::Markdown;
pub use rdjsonl::Rdjsonl;
pub use rules::JsonRule;
pub use sarif::Sarif;
pub use scores::{JsonMetric, JsonScored, JsonTally, Tally};
pub use summary::{Failure, RuleSummary, Summary, statistics};
pub use wmt::Wmt;

use mtlint_engine::lint::Checked;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How findings are written.
pub trait Format: Sync {
    /// Whether documents come with what fixing makes of them, which takes as long as fixing.
    fn wants_mended(&self) -> bool {
        false
    }

    /// Writes what stands before the first document.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// Writes one document.
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>);

    /// What stands between two documents that were written.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Writes what stands after the last document.
    fn end(&self, _summary: &Summary, _out: &mut Vec<u8>) {}

    /// What the user should know of the report, such as that it does not hold everything.
    fn remark(&self, _summary: &Summary) -> Option<String> {
        None
    }
}

/// `text` in lines of at most `width` columns, broken between words. A word that is longer than a line, such as a
/// path, is broken behind its slashes or, where one of its parts is too long, anywhere between two graphemes.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_behind(text, 0, width)
}

/// The same for a text whose first line begins behind `used` columns that are taken.
pub(crate) fn wrap_behind(text: &str, used: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = used;
    for word in text.split_whitespace() {
        let needed = word.width();
        let space = usize::from(!line.is_empty());
        if used + space + needed <= width {
            line.push_str(&" "[..space]);
            line.push_str(word);
            used += space + needed;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if needed <= width {
            line.push_str(word);
            used = needed;
            continue;
        }
        for part in word.split_inclusive('/') {
            let is_long = part.width() > width;
            if !is_long && used > 0 && used + part.width() > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for grapheme in part.graphemes(true) {
                let needed = grapheme.width();
                if used > 0 && used + needed > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(grapheme);
                used += needed;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The lines of `text` in lines of at most `width` columns, broken behind spaces and, where a word is longer than a line,
/// anywhere between two graphemes. No character is lost: what is damaged may be a space.
pub fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for whole in text.lines() {
        let mut line = String::new();
        let mut used = 0;
        for word in whole.split_inclusive(' ') {
            if used > 0 && used + word.trim_end_matches(' ').width() > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for grapheme in word.graphemes(true) {
                let needed = grapheme.width();
                if used > 0 && needed > 0 && used + needed > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push_str(grapheme);
                used += needed;
            }
        }
        lines.push(line);
    }
    lines
}

/// A count with its noun: `1 finding`, `2,000 findings`, `2 fixes`.
pub fn count(number: usize, noun: &str) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let ending = match number {
        1 => "",
        _ if noun.ends_with('x') => "es",
        _ => "s",
    };
    format!("{out} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two  three\nfour", 9), ["one two", "three", "four"]);
        assert_eq!(wrap("", 9), [""; 0]);
        assert_eq!(wrap_behind("one two", 8, 9), ["", "one two"]);
        assert_eq!(wrap("in some/long/folder/of.txt", 12), ["in", "some/long/", "folder/", "of.txt"]);
        assert_eq!(wrap("a 港港港港e\u{301}e\u{301}x", 5), ["a", "港港", "港港e\u{301}", "e\u{301}x"]);
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(1, "word"), "1 word");
        assert_eq!(count(1234567, "word"), "1,234,567 words");
        assert_eq!(count(0, "word"), "0 words");
    }
}
