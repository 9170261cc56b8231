//! A number with the decimal or grouping mark of another language: `1,5 million`, `3.906 fans`.
//!
//! A mark that can be read in two ways is judged by what is counted or measured, and by how the
//! document writes its other numbers. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Numeral, Shape, Sum};
use mtlint_lang::NumberStyle;
use mtlint_text::{Edit, Span};

const UNITS: &str = "unit";
const SCALES: &str = "number-scale";
/// What is counted one by one: a number of it has no fraction.
const COUNTED: &str = "counted-noun";
/// What is a number of such things.
const COUNTS: &str = "count-noun";

/// The spaces that may stand between a number and what it measures.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// How many words before a number such a word may stand.
const REACH: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        if let Some(style) = document.pack().numbers() {
            check(document, style, report);
        }
    }))
}

fn check(document: &Document, style: &NumberStyle, report: &mut Report<'_>) {
    let practice = Practice::of(document, style);
    for numeral in document.numerals() {
        let Some(wrong) = foreign_marks(document, style, &practice, numeral) else { continue };
        let right = rewritten(document, style, numeral, wrong);
        let text = document.slice(numeral.span);
        let finding = report.add(
            numeral.span,
            format!(
                "`{text}` has the {} of another language; {} writes `{right}`",
                wrong.name(),
                document.pack().name()
            ),
        );
        if is_set_apart(document, numeral) {
            finding.only_in_company();
        }
        if let Some(other) = practice.own {
            finding.relate("this number is written as usual", other);
        }
        let edits = Edit::minimal(document.text(), numeral.span, &right).into_iter().collect();
        finding.fix(Fix::unsafe_(format!("write `{right}`"), edits));
    }
}

/// Which marks of a numeral are another language's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Decimal,
    Grouping,
    Both,
}

impl Wrong {
    fn name(self) -> &'static str {
        match self {
            Self::Decimal => "decimal mark",
            Self::Grouping => "grouping mark",
            Self::Both => "decimal and grouping marks",
        }
    }
}

/// How the document writes the numbers that can be read in one way only.
struct Practice {
    /// A number of four digits and more that is grouped as its language does.
    own: Option<Span>,
    /// How many numbers are grouped so.
    own_groups: usize,
    /// How many are grouped by spaces, as in science.
    spaced_groups: usize,
    /// How many have a fraction as its language writes it, other than of three digits.
    own_fractions: usize,
    /// How many have a fraction behind the other mark.
    foreign_fractions: usize,
}

impl Practice {
    fn of(document: &Document, style: &NumberStyle) -> Self {
        let mut practice =
            Self { own: None, own_groups: 0, spaced_groups: 0, own_fractions: 0, foreign_fractions: 0 };
        for numeral in document.numerals() {
            match numeral.shape {
                Shape::Either(mark) | Shape::Grouped(mark) | Shape::GroupedDecimal { grouping: mark, .. }
                    if style.grouping.contains(&mark) =>
                {
                    practice.own_groups += 1;
                    practice.own = practice.own.or(Some(numeral.span));
                }
                Shape::Grouped(mark) if mark.is_whitespace() => practice.spaced_groups += 1,
                Shape::Decimal(mark) if mark == style.decimal => practice.own_fractions += 1,
                Shape::Decimal(_) => practice.foreign_fractions += 1,
                _ => {}
            }
        }
        practice
    }
}

fn foreign_marks(
    document: &Document,
    style: &NumberStyle,
    practice: &Practice,
    numeral: &Numeral,
) -> Option<Wrong> {
    let is_foreign = |mark: char| mark != style.decimal && !style.grouping.contains(&mark);
    match numeral.shape {
        Shape::Decimal(mark) => {
            let writer_means_it = practice.foreign_fractions > 2 && practice.own_fractions == 0;
            // `the World Cups of 1998,2002`: a list lacks a space.
            let long = document.slice(numeral.span).split(mark).any(|digits| digits.len() > 3);
            (mark != style.decimal && !long && !writer_means_it && measures(document, numeral))
                .then_some(Wrong::Decimal)
        }
        Shape::GroupedDecimal { grouping, decimal } => match (grouping, decimal) {
            (grouping, decimal) if decimal == style.decimal => {
                (is_foreign(grouping) && !grouping.is_whitespace()).then_some(Wrong::Grouping)
            }
            _ => (grouping == style.decimal || !style.grouping.contains(&grouping)).then_some(Wrong::Both),
        },
        // Of two groups and more; numbers of versions and addresses have other groups.
        Shape::Grouped(mark) if mark == style.decimal => Some(Wrong::Grouping),
        Shape::Grouped(mark) if mark.is_whitespace() && is_foreign(mark) => {
            let odd = practice.own_groups > 0 && practice.spaced_groups <= practice.own_groups;
            (odd && (counts(document, numeral) || measures(document, numeral))).then_some(Wrong::Grouping)
        }
        Shape::Either(mark) if mark == style.decimal => {
            // Prices of fuel have fractions of three digits, too.
            let round = document.slice(numeral.span).ends_with("00");
            (counts(document, numeral) || round && money_of(document, numeral).is_some())
                .then_some(Wrong::Grouping)
        }
        _ => None,
    }
}

fn money_of<'d>(document: &'d Document, numeral: &Numeral) -> Option<&'d Sum> {
    let sums = document.sums();
    let at = sums.binary_search_by_key(&numeral.span, |sum| sum.numeral.span).ok()?;
    Some(&sums[at])
}

/// Whether the numeral is the size of something: a unit, a scale, a percent sign or a currency
/// stands beside it.
fn measures(document: &Document, numeral: &Numeral) -> bool {
    let rest = document.text()[numeral.span.hi()..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    rest.starts_with(['%', '°', '℃'])
        || money_of(document, numeral).is_some()
        || word_after(document, numeral).is_some_and(|word| {
            let pack = document.pack();
            pack.words(UNITS).contains(word) || pack.words(SCALES).contains(word)
        })
}

/// Whether a space parts the numeral from its sign, `9,9 %` or `€ 1.000`: who sets the whole of it as
/// another language does may well be a person with that habit.
fn is_set_apart(document: &Document, numeral: &Numeral) -> bool {
    let before = document.text()[..numeral.span.lo()].trim_end_matches(SPACES);
    let after = document.text()[numeral.span.hi()..].trim_start_matches(SPACES);
    let is_apart =
        before.len() < numeral.span.lo() || after.len() < document.text().len() - numeral.span.hi();
    let is_sign = |c: Option<char>| c.is_some_and(|c| matches!(c, '%' | '‰' | '$' | '€' | '£' | '¥'));
    is_apart && (is_sign(before.chars().next_back()) || is_sign(after.chars().next()))
}

/// Whether the numeral is how many there are of something.
fn counts(document: &Document, numeral: &Numeral) -> bool {
    let pack = document.pack();
    if word_after(document, numeral).is_some_and(|word| pack.words(COUNTED).contains(word)) {
        return true;
    }
    // `an attendance of 3.906`, `a crowd of about 3.906`
    let at = document.tokens().partition_point(|token| token.span.lo() < numeral.span.lo());
    let before = &document.tokens()[at.saturating_sub(REACH)..at];
    before.iter().any(|token| document.is_listed(*token, COUNTS))
}

fn word_after<'d>(document: &'d Document, numeral: &Numeral) -> Option<&'d str> {
    let rest = &document.text()[numeral.span.hi()..];
    let start = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    if rest.len() - start.len() > 2 {
        return None;
    }
    let end = start.find(|c: char| !c.is_alphabetic()).unwrap_or(start.len());
    (end > 0).then(|| &start[..end])
}

/// The numeral with the marks of the language.
fn rewritten(document: &Document, style: &NumberStyle, numeral: &Numeral, wrong: Wrong) -> String {
    let grouping = style.grouping.first().copied().unwrap_or(' ');
    let text = document.slice(numeral.span);
    let last = text.rfind(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let marks = |at: usize| match wrong {
        Wrong::Decimal => style.decimal,
        Wrong::Both if at == last => style.decimal,
        Wrong::Grouping if at == last && matches!(numeral.shape, Shape::GroupedDecimal { .. }) => {
            style.decimal
        }
        _ => grouping,
    };
    text.char_indices().map(|(at, c)| if c.is_ascii_digit() { c } else { marks(at) }).collect()
}
