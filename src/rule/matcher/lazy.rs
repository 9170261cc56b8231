//! Regular expressions that are built when they are first used.
//!
//! A run over one article needs few of all patterns, and to build them all takes longer than to read
//! it. What the pattern alone can tell, its syntax and its groups, is checked when a rule is loaded.

use regex_automata::meta::{Config, Regex};
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};
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
        self.regex.get_or_init(|| build(&self.pattern).ok()).as_ref()
    }

    /// Builds it for a try.
    ///
    /// # Errors
    /// Why it cannot be built.
    pub(super) fn validate(&self) -> Result<(), String> {
        build(&self.pattern).map(drop)
    }
}

fn build(pattern: &str) -> Result<Regex, String> {
    let hir = regex_syntax::parse(pattern).map_err(|error| error.to_string())?;
    // A one-pass automaton would be built for groups alone, which are asked for once a match; a full
    // DFA takes longer to build than most runs search with it.
    let config = Config::new().onepass(false).dfa(false);
    Regex::builder()
        .configure(config)
        .build_from_hir(&with_plain_boundaries(hir))
        .map_err(|error| error.to_string())
}

/// The same with `\b` between ASCII words alone. Unicode's `\b` cannot be told by an automaton once
/// the text is not ASCII, and one curly quotation mark would send the whole text to an engine many
/// times slower.
fn with_plain_boundaries(hir: Hir) -> Hir {
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
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(with_plain_boundaries(*repetition.sub)),
            ..repetition
        }),
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(with_plain_boundaries(*capture.sub)), ..capture })
        }
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(with_plain_boundaries).collect()),
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.into_iter().map(with_plain_boundaries).collect())
        }
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(of_print(class))),
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

/// A great class of letters or digits without the scripts that no article is printed in: automata
/// for all of Unicode take several times as long to build, and are built at nearly every start.
fn of_print(mut class: ClassUnicode) -> ClassUnicode {
    let holds = |c: char| class.ranges().iter().any(|range| range.start() <= c && c <= range.end());
    // The complement of one, `\P{L}`, is of other use.
    if class.ranges().len() > GREAT && !holds(' ') {
        class.intersect(&ClassUnicode::new(PRINT.map(|(first, last)| ClassUnicodeRange::new(first, last))));
    }
    class
}
