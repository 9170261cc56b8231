//! `kind = "literal"`: strings that are damage wherever they stand; `kind = "swap"`: strings that
//! stand for another.

use super::{Match, Matcher, Stretch};
use crate::rule::checker::Trigger;
use crate::rule::file::MatchTable;
use aho_corasick::{AhoCorasick, MatchKind};
use mtlint_document::Document;
use mtlint_text::Span;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct Literal {
    /// Built when it is first used.
    automaton: OnceLock<Result<AhoCorasick, String>>,
    strings: Vec<String>,
    /// What each string should be; empty for literals.
    replacements: Vec<String>,
    minds_case: bool,
    whole_words: bool,
}

impl Literal {
    pub(super) fn compile(table: &MatchTable) -> Result<Box<dyn Matcher>, (String, String)> {
        let strings = table.any.clone().unwrap_or_default();
        Self::build("match.any", table, strings, Vec::new())
    }

    pub(super) fn compile_swap(table: &MatchTable) -> Result<Box<dyn Matcher>, (String, String)> {
        let (strings, replacements) = table.swap.clone().unwrap_or_default().into_iter().unzip();
        Self::build("match.swap", table, strings, replacements)
    }

    fn build(
        key: &str,
        table: &MatchTable,
        strings: Vec<String>,
        replacements: Vec<String>,
    ) -> Result<Box<dyn Matcher>, (String, String)> {
        if strings.is_empty() || strings.iter().any(String::is_empty) {
            return Err((key.to_owned(), "at least one string, none of them empty, is needed".to_owned()));
        }
        Ok(Box::new(Self {
            automaton: OnceLock::new(),
            strings,
            replacements,
            minds_case: table.case.unwrap_or(false),
            whole_words: table.words.unwrap_or(true),
        }))
    }

    /// What finds the strings, or why there are too many of them.
    fn automaton(&self) -> Result<&AhoCorasick, String> {
        let build = || {
            let mut builder = AhoCorasick::builder();
            builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(!self.minds_case);
            builder.build(&self.strings).map_err(|error| error.to_string())
        };
        self.automaton.get_or_init(build).as_ref().map_err(String::clone)
    }
}

impl Matcher for Literal {
    fn find(&self, document: &Document, stretch: Stretch<'_>, found: &mut dyn FnMut(Match)) {
        let text = document.slice(stretch.span);
        let Ok(automaton) = self.automaton() else { return };
        for hit in automaton.find_iter(text) {
            if self.whole_words && !is_whole(text, hit.start(), hit.end()) {
                continue;
            }
            found(Match {
                suggestion: self.replacements.get(hit.pattern().as_usize()).cloned(),
                ..Match::new(Span::new(hit.start(), hit.end()).shifted(stretch.span.lo()))
            });
        }
    }

    fn sees_one_block(&self) -> bool {
        true
    }

    fn validate(&self) -> Result<(), String> {
        self.automaton().map(drop)
    }

    fn trigger(&self) -> Trigger {
        Trigger::AnyOf(self.strings.iter().map(|string| string.to_ascii_lowercase()).collect())
    }
}

/// Whether no word goes on across either end.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let joined =
        |before: Option<char>, after: Option<char>| before.is_some_and(is_word) && after.is_some_and(is_word);
    !joined(text[..start].chars().next_back(), text[start..].chars().next())
        && !joined(text[..end].chars().next_back(), text[end..].chars().next())
}
