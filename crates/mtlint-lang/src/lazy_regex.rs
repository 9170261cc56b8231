//! Regular expressions that are built when they are first used.
//!
//! A run over one article needs few of all patterns, and to build them all takes longer than to read
//! it. What the pattern alone can tell, its syntax and its groups, is checked when a rule is loaded.
//!
//! Most articles are of few letters. For them a pattern is built without all other characters, which
//! they cannot match: a class of all letters then takes a fraction of the time.

use super::needs::of_plain_case;
use super::script::Alphabet;
use mtlint_text::count_bytes;
use regex_automata::meta::{Config, Regex};
use regex_automata::{Input, Match};
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A regular expression, built when it is first used.
#[derive(Debug)]
pub struct LazyRegex {
    pattern: String,
    /// Whether strings that every match holds are looked for first.
    looks_for_strings: bool,
    /// For each of [`Alphabet::ALL`].
    engines: [Engines; Alphabet::ALL.len()],
}

impl LazyRegex {
    /// Takes a pattern whose syntax is known to be right.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self { pattern: pattern.into(), looks_for_strings: true, engines: Default::default() }
    }

    /// The same for a pattern whose matches hold nothing but what most texts are full of, such as `er`:
    /// to look for that first would take longer than to search.
    pub fn of_the_usual(pattern: impl Into<String>) -> Self {
        Self { looks_for_strings: false, ..Self::new(pattern) }
    }

    /// The regular expression that finds what the pattern means, in texts of this alphabet; `bytes` tells
    /// how many are to be searched with it now. `None` when it is too large to be built, which
    /// [`LazyRegex::validate`] tells beforehand.
    pub fn get(&self, alphabet: Alphabet, bytes: usize) -> Option<&Regex> {
        self.engines[alphabet as usize]
            .get(bytes, |speed| build(&self.pattern, alphabet, speed, self.looks_for_strings).ok())
    }

    /// Tells it that much more will be searched than what it was asked for so far: an engine that
    /// searches quickly is built the next time.
    pub fn expect_more(&self) {
        for engines in &self.engines {
            engines.searched.store(WORTH_IT, Ordering::Relaxed);
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

/// How many bytes from where a search begins it looks at, at least, before it looks further on: an alternative
/// that is preferred, `[^\n]*%`, would otherwise go over the rest of a long line once for every match of another.
const REACH: usize = 16 * 1024;

/// The first match in `text` from the byte `from` on, which is on a boundary. What stands before may be looked
/// at by `\b` and the like. A match that is longer than half of [`REACH`] may be cut there or missed.
pub fn find_from(regex: &Regex, text: &str, from: usize) -> Option<Match> {
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
pub fn find_all<'t>(regex: &'t Regex, text: &'t str) -> impl Iterator<Item = Match> + 't {
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

impl Engines {
    fn get(&self, bytes: usize, build: impl Fn(Speed) -> Option<Regex>) -> Option<&Regex> {
        // Once the fast one is there, nothing need be counted, and threads need not wait for each other.
        let (engine, speed) = match self.searches_quickly.get() {
            Some(regex) => return regex.as_ref(),
            None if self.searched.fetch_add(bytes, Ordering::Relaxed) + bytes < WORTH_IT => {
                (&self.built_quickly, Speed::Build)
            }
            None => (&self.searches_quickly, Speed::Search),
        };
        engine.get_or_init(|| build(speed)).as_ref()
    }
}

/// From how many bytes on an engine that searches quickly is worth its building.
const WORTH_IT: usize = 8_000;

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

/// The same for the characters of an alphabet, and with `\b` between ASCII words alone. Unicode's `\b`
/// cannot be told by an automaton once the text is not ASCII, and one curly quotation mark would send the
/// whole text to an engine many times slower.
fn plainer(hir: Hir, alphabet: Alphabet) -> Hir {
    let plainer = |hir| plainer(hir, alphabet);
    match hir.into_kind() {
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => other,
        }),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(plainer(*repetition.sub)), ..repetition })
        }
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(plainer(*capture.sub)), ..capture })
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(plainer).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(plainer).collect()),
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(narrowed(class, alphabet))),
        HirKind::Class(class) => Hir::class(class),
    }
}

/// From how many ranges on a class is one of the great ones: all letters, all capitals.
const GREAT: usize = 200;

/// Where today's print is: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, the scripts of India and
/// South-East Asia, Georgian, Ethiopic, Khmer, all punctuation and symbols, CJK, Hangul, emoji.
const PRINT: [(char, char); 7] = [
    ('\0', '\u{6FF}'),
    ('\u{900}', '\u{10FF}'),
    ('\u{1200}', '\u{137F}'),
    ('\u{1780}', '\u{17FF}'),
    ('\u{1E00}', '\u{D7A3}'),
    ('\u{F900}', '\u{FFFF}'),
    ('\u{1F000}', '\u{1FAFF}'),
];

/// The class without what the text does not hold, and a great class of letters or digits without the
/// scripts that no article is printed in: automata for all of Unicode take several times as long to
/// build.
fn narrowed(mut class: ClassUnicode, alphabet: Alphabet) -> ClassUnicode {
    if let Some(plain) = of_plain_case(&class) {
        return plain;
    }
    let holds = |c: char| class.ranges().iter().any(|range| range.start() <= c && c <= range.end());
    let only = match alphabet.characters() {
        Some(characters) => characters,
        // The complement of a great class, `\P{L}`, is of other use.
        None if class.ranges().len() > GREAT && !holds(' ') => &PRINT,
        None => return class,
    };
    let ranges = only.iter().map(|&(first, last)| ClassUnicodeRange::new(first, last));
    class.intersect(&ClassUnicode::new(ranges));
    class
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
