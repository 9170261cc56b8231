//! Traces: what a translation out of a language leaves behind, by which the language shows.

use super::script::Script;
use super::{Alphabet, Language, LazyRegex, find_all};
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A kind of trace, as `rules/lang/base.toml` lists them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// What it is, for people.
    pub what: String,
    /// The languages it points to, each with how strongly.
    pub languages: BTreeMap<Language, u8>,
    /// Strings that are one.
    #[serde(default)]
    any: Vec<String>,
    /// A regular expression whose matches are one.
    pattern: Option<String>,
    /// Strings of which a text that the pattern matches holds one.
    #[serde(default)]
    needs: Vec<String>,
    /// Letters of this script are one, a run of them counted once.
    script: Option<Script>,
    /// Rules whose findings are one.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Whether findings of these rules count only for the languages that use the word found.
    #[serde(default)]
    pub by_word: bool,
}

impl Trace {
    /// Whether it is letters of this script, and so no trace in a text that is written in it.
    pub fn is_of(&self, script: Script) -> bool {
        let letter = |string: &String| string.chars().next().and_then(Script::of) == Some(script);
        self.script == Some(script) || !self.any.is_empty() && self.any.iter().all(letter)
    }
}

/// All kinds of traces.
#[derive(Debug, Default)]
pub struct Traces {
    kinds: Vec<Trace>,
    strings: OnceLock<Strings>,
    patterns: Vec<Option<LazyRegex>>,
}

#[derive(Debug)]
struct Strings {
    automaton: AhoCorasick,
    /// For each string, its trace.
    traces: Vec<usize>,
}

impl Traces {
    pub(super) fn new(kinds: Vec<Trace>) -> Self {
        let patterns = kinds.iter().map(|kind| kind.pattern.as_deref().map(LazyRegex::new)).collect();
        Self { kinds, strings: OnceLock::new(), patterns }
    }

    /// All kinds, in the order of the file.
    pub fn kinds(&self) -> &[Trace] {
        &self.kinds
    }

    /// Calls `found` with every trace that shows in `text` itself: the index of its kind, and where
    /// it begins and ends in bytes.
    pub fn find(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        let strings = self.strings.get_or_init(|| Strings::new(&self.kinds));
        for hit in strings.automaton.find_iter(text) {
            found(strings.traces[hit.pattern().as_usize()], hit.start(), hit.end());
        }
        let alphabet = Alphabet::of(text);
        for (index, (kind, pattern)) in self.kinds.iter().zip(&self.patterns).enumerate() {
            let may_match = kind.needs.is_empty() || kind.needs.iter().any(|string| text.contains(string));
            let regex = pattern.as_ref().filter(|_| may_match).and_then(|it| it.get(alphabet, text.len()));
            if let Some(regex) = regex {
                find_all(regex, text).for_each(|hit| found(index, hit.start(), hit.end()));
            }
        }
        self.find_scripts(text, found);
    }

    fn find_scripts(&self, text: &str, mut found: impl FnMut(usize, usize, usize)) {
        if text.is_ascii() {
            return;
        }
        let mut run: Option<(Script, usize, usize)> = None;
        let mut close = |run: Option<(Script, usize, usize)>| {
            if let Some((script, start, end)) = run {
                let of_script = |kind: &&Trace| kind.script == Some(script);
                let kinds = self.kinds.iter().enumerate().filter(|(_, kind)| of_script(kind));
                kinds.for_each(|(index, _)| found(index, start, end));
            }
        };
        for (at, c) in text.char_indices() {
            let script = if c.is_ascii() { None } else { Script::of(c) };
            match (run, script) {
                (Some((of_run, start, _)), Some(script)) if of_run == script => {
                    run = Some((script, start, at + c.len_utf8()))
                }
                (_, script) => {
                    close(std::mem::replace(&mut run, script.map(|script| (script, at, at + c.len_utf8()))))
                }
            }
        }
        close(run);
    }
}

impl Strings {
    fn new(kinds: &[Trace]) -> Self {
        let strings = || {
            kinds
                .iter()
                .enumerate()
                .flat_map(|(index, kind)| kind.any.iter().map(move |string| (index, string)))
        };
        Self {
            automaton: AhoCorasick::new(strings().map(|(_, string)| string)).expect("few and short strings"),
            traces: strings().map(|(index, _)| index).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{LazyRegex, Packs};

    #[test]
    fn every_pattern_is_a_regular_expression() {
        for kind in Packs::builtin().traces().kinds() {
            if let Some(pattern) = &kind.pattern {
                assert!(LazyRegex::new(pattern).validate().is_ok(), "{}: {pattern}", kind.what);
            }
            assert!(!kind.languages.is_empty() || kind.by_word, "{}", kind.what);
        }
    }
}
