//! Regular expressions that are built when they are first used.
//!
//! A run over one article needs few of all patterns, and to build them all takes longer than to read
//! it. What the pattern alone can tell, its syntax and its groups, is checked when a rule is loaded.

use regex_automata::meta::Regex;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct LazyRegex {
    pattern: String,
    regex: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    /// Takes a pattern whose syntax is known to be right.
    pub(super) fn new(pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), regex: OnceLock::new() }
    }

    /// The regular expression; `None` when it is too large to be built, which [`LazyRegex::validate`]
    /// tells beforehand.
    pub(super) fn get(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }

    /// Builds it for a try.
    ///
    /// # Errors
    /// Why it cannot be built.
    pub(super) fn validate(&self) -> Result<(), String> {
        Regex::new(&self.pattern).map(drop).map_err(|error| error.to_string())
    }
}
