//! Regular expressions that are built when they are first used.
//!
//! A run over one article needs few of all patterns, and to build them all takes longer than to read
//! it. What the pattern alone can tell, its syntax and its groups, is checked when a rule is loaded.

use regex_automata::meta::{Config, Regex};
use regex_syntax::hir::{Capture, Hir, HirKind, Look, Repetition};
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
    // A one-pass automaton would be built for groups alone, which are asked for once a match.
    let config = Config::new().onepass(false);
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
        HirKind::Class(class) => Hir::class(class),
    }
}
