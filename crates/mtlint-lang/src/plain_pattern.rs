//! Patterns made plainer: without the characters that a text does not hold, so that automata of them are small. The packing
//! of `mtlint-data` reads this file too.

use super::alphabet::Alphabet;
use super::needs::of_plain_case;
use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// The same for the characters of an alphabet, and with `\b` between ASCII words alone. Unicode's `\b`
/// cannot be told by an automaton once the text is not ASCII, and one curly quotation mark would send the
/// whole text to an engine many times slower.
pub fn plainer(hir: Hir, alphabet: Alphabet) -> Hir {
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
