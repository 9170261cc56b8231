//! Regular expressions that are built when they are first used.
//!
//! A run over one article needs few of all patterns, and to build them all takes longer than to read
//! it. Of most patterns of the rules, `mtlint-data` holds automata that are ready to search such an article. What the pattern alone can tell, its syntax and its groups, is checked when a rule is loaded.
//!
//! Most articles are of few letters. For them a pattern is built without all other characters, which
//! they cannot match: a class of all letters then takes a fraction of the time.

use super::alphabet::Alphabet;
use super::plain_pattern::plainer;
use mtlint_text::count_bytes;
use regex_automata::dfa::sparse::DFA;
use regex_automata::meta::{Config, Regex};
use regex_automata::{Input, Match, dfa};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A regular expression, built when it is first used.
#[derive(Debug)]
pub struct LazyRegex {
    pattern: String,
    /// Whether strings that every match holds are looked for first.
    looks_for_strings: bool,
    /// What the catalogue has of it, for texts of [`Alphabet::Western`].
    ready: OnceLock<Option<Ready>>,
    /// For each of [`Alphabet::ALL`].
    engines: [Engines; Alphabet::ALL.len()],
}

impl LazyRegex {
    /// Takes a pattern whose syntax is known to be right.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self {
            pattern: pattern.into(),
            looks_for_strings: true,
            ready: OnceLock::new(),
            engines: Default::default(),
        }
    }

    /// The same for a pattern whose matches hold nothing but what most texts are full of, such as `er`:
    /// to look for that first would take longer than to search.
    pub fn of_the_usual(pattern: impl Into<String>) -> Self {
        Self { looks_for_strings: false, ..Self::new(pattern) }
    }

    /// What finds the matches of the pattern in texts of this alphabet; `bytes` tells how many are to be searched with it
    /// now. `None` when it is too large to be built, which [`LazyRegex::validate`] tells beforehand.
    pub fn get(&self, alphabet: Alphabet, bytes: usize) -> Option<Searcher<'_>> {
        let engines = &self.engines[alphabet as usize];
        // Once the fast one is there, nothing need be counted, and threads need not wait for each other.
        if let Some(regex) = engines.searches_quickly.get() {
            return regex.as_ref().map(Searcher::Built);
        }
        let searched = engines.searched.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
        if searched < MUCH && alphabet == Alphabet::Western {
            let ready = self.ready.get_or_init(|| ready(&self.pattern));
            if let Some(ready) = ready {
                return Some(Searcher::Ready(ready));
            }
        }
        let (engine, speed) = match searched < WORTH_IT {
            true => (&engines.built_quickly, Speed::Build),
            false => (&engines.searches_quickly, Speed::Search),
        };
        engine.get_or_init(|| self.build(alphabet, speed)).as_ref().map(Searcher::Built)
    }

    /// What finds the groups of a match in texts of this alphabet.
    pub fn with_groups(&self, alphabet: Alphabet) -> Option<&Regex> {
        let engines = &self.engines[alphabet as usize];
        let built_quickly = || engines.built_quickly.get_or_init(|| self.build(alphabet, Speed::Build));
        engines.searches_quickly.get().unwrap_or_else(built_quickly).as_ref()
    }

    fn build(&self, alphabet: Alphabet, speed: Speed) -> Option<Regex> {
        build(&self.pattern, alphabet, speed, self.looks_for_strings).ok()
    }

    /// Tells it that much more will be searched than what it was asked for so far: an engine that
    /// searches quickly is built the next time.
    pub fn expect_more(&self) {
        for engines in &self.engines {
            engines.searched.store(MUCH, Ordering::Relaxed);
        }
    }

    /// Builds it for a try.
    ///
    /// # Errors
    /// Why it cannot be built.
    pub fn validate(&self) -> Result<(), String> {
        build(&self.pattern, Alphabet::Any, Speed::Search, true).map(drop)
    }
}

/// Automata that are searched where they lie in the catalogue.
type Ready = dfa::regex::Regex<DFA<&'static [u8]>>;

/// The automata that the catalogue has of a pattern.
fn ready(pattern: &str) -> Option<Ready> {
    let [forward, backward] = mtlint_data::automata(pattern)?.map(|bytes| DFA::from_bytes(bytes).ok());
    Some(dfa::regex::Builder::new().build_from_dfas(forward?.0, backward?.0))
}

/// What finds the matches of a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Searcher<'r> {
    /// Automata of the catalogue.
    Ready(&'r dfa::regex::Regex<DFA<&'static [u8]>>),
    /// What was built in this process.
    Built(&'r Regex),
}

impl Searcher<'_> {
    fn find(self, input: Input<'_>) -> Option<Match> {
        match self {
            // It cannot fail: it holds no Unicode word boundary, the one thing that no automaton can tell.
            Self::Ready(automata) => automata.try_search(&input).ok().flatten(),
            Self::Built(regex) => regex.find(input),
        }
    }
}

impl<'r> From<&'r Regex> for Searcher<'r> {
    fn from(regex: &'r Regex) -> Self {
        Self::Built(regex)
    }
}

/// How many bytes from where a search begins it looks at, at least, before it looks further on: an alternative
/// that is preferred, `[^\n]*%`, would otherwise go over the rest of a long line once for every match of another.
const REACH: usize = 16 * 1024;

/// The first match in `text` from the byte `from` on, which is on a boundary. What stands before may be looked
/// at by `\b` and the like. A match that is longer than half of [`REACH`] may be cut there or missed.
pub fn find_from<'r>(regex: impl Into<Searcher<'r>>, text: &str, from: usize) -> Option<Match> {
    let regex = regex.into();
    let mut start = from;
    loop {
        let end = text.floor_char_boundary(start + REACH);
        let found = regex.find(Input::new(text).span(start..end));
        count_bytes(found.map_or(end, |found| found.end()) - start);
        let halfway = text.floor_char_boundary(start + REACH / 2);
        match found {
            // It may go on beyond the end.
            Some(found) if end < text.len() && found.start() > halfway => start = found.start(),
            Some(found) => return Some(found),
            None if end == text.len() => return None,
            None => start = halfway,
        }
    }
}

/// All matches in `text` that do not overlap, as [`find_from`] finds them.
pub fn find_all<'t>(regex: impl Into<Searcher<'t>>, text: &'t str) -> impl Iterator<Item = Match> + 't {
    let regex = regex.into();
    let mut from = Some(0);
    std::iter::from_fn(move || {
        let found = find_from(regex, text, from?)?;
        from = if found.is_empty() { next_char(text, found.end()) } else { Some(found.end()) };
        Some(found)
    })
}

/// Where the character after the one at `at` begins; `None` at the end.
pub fn next_char(text: &str, at: usize) -> Option<usize> {
    text[at..].chars().next().map(|c| at + c.len_utf8())
}

/// What a regular expression is to be quick at.
#[derive(Clone, Copy)]
enum Speed {
    /// At being built: for the few paragraphs of one article that it looks at.
    Build,
    /// At searching: for all others.
    Search,
}

/// One pattern, built for either.
#[derive(Debug, Default)]
struct Engines {
    built_quickly: OnceLock<Option<Regex>>,
    searches_quickly: OnceLock<Option<Regex>>,
    /// How many bytes were searched so far.
    searched: AtomicUsize,
}

/// From how many bytes on an engine that searches quickly is worth its building.
const WORTH_IT: usize = 8_000;

/// The same where automata are ready, which search as quickly but look at every byte.
const MUCH: usize = 64_000;

/// Builds `pattern` for texts of an alphabet.
fn build(pattern: &str, alphabet: Alphabet, speed: Speed, looks_for_strings: bool) -> Result<Regex, String> {
    let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
    // A one-pass automaton would be built for groups alone, which are asked for once a match; a full
    // DFA takes longer to build than most runs search with it.
    let config = Config::new().onepass(false).dfa(false);
    let config = match speed {
        Speed::Build => config.hybrid(false).auto_prefilter(false),
        Speed::Search => config.auto_prefilter(looks_for_strings),
    };
    Regex::builder()
        .configure(config)
        .build_from_hir(&plainer(hir, alphabet))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::is_latin_alone;
    use mtlint_text::steps;
    use proptest::prelude::*;

    #[test]
    fn long_texts_are_searched_as_short_ones_are() {
        // Matches at every place of the window that a search looks at.
        for gap in [1, 700, REACH / 2 - 2, REACH / 2, REACH - 4, REACH - 1, REACH, 3 * REACH] {
            let text = format!("{}left {}right", "é".repeat(gap), "a b ".repeat(gap)).repeat(3);
            for pattern in [r"left a?", r"\bleft\b", "(?:a b )+r", "x?", r"b{0,3} right", "é+l"] {
                let regex = Regex::new(pattern).unwrap();
                let whole: Vec<Match> = regex.find_iter(&text).collect();
                if whole.iter().all(|found| found.len() < REACH / 2) {
                    assert_eq!(find_all(&regex, &text).collect::<Vec<_>>(), whole, "{pattern} {gap}");
                }
            }
        }
    }

    #[test]
    fn an_alternative_that_looks_far_ahead_takes_no_more_steps_than_the_text_is_long() {
        let regex = Regex::new(r"[^\n]*%|\bleft\b").unwrap();
        let steps_of = |times: usize| {
            let text = "left ".repeat(times);
            let before = steps();
            assert_eq!(find_all(&regex, &text).count(), times);
            steps() - before
        };
        assert!(steps_of(40_000) < 5 * steps_of(10_000));
    }

    proptest! {
        #[test]
        fn a_text_of_few_characters_is_matched_alike(text in prop_oneof![
            "[a-cA-Z .,’“ſK\u{33F}éß\u{2FFF}]{0,12}",
            "[a-cA-Z .,’“éÿ\u{20FF}、。\u{303F}！Ａ\u{FFFF}]{0,12}",
        ]) {
            let smallest = Alphabet::of(&text);
            prop_assert_ne!(smallest, Alphabet::Any);
            let alphabets = Alphabet::ALL.into_iter().filter(|it| *it as usize >= smallest as usize);
            let holds_latin = smallest == Alphabet::Latin || is_latin_alone(&text);
            let alphabets = alphabets.filter(|alphabet| *alphabet != Alphabet::Latin || holds_latin);
            for alphabet in alphabets {
                for pattern in
                    [r"\p{L}+", r"\P{L}", r"(?i)ks?", r"[^\s.]+\b", r"\p{Lu}\w", r"[\p{Han}é]", r".\p{P}"]
                {
                    let found = |alphabet: Alphabet, speed: Speed| {
                        let regex = build(pattern, alphabet, speed, true).unwrap();
                        regex.find_iter(&text).map(|found| found.range()).collect::<Vec<_>>()
                    };
                    let all = found(Alphabet::Any, Speed::Search);
                    prop_assert_eq!(&all, &found(alphabet, Speed::Search), "{} {:?}", pattern, alphabet);
                    prop_assert_eq!(&all, &found(alphabet, Speed::Build), "{} {:?}", pattern, alphabet);
                }
            }
        }
    }
}
