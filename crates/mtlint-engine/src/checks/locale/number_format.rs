//! A number with the decimal or grouping mark of another language: `1,5 million`, `3.906 fans`.
//!
//! A mark that can be read in two ways is judged by what is counted or measured, and by how the
//! document writes its other numbers. May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Document, Form, Numeral, Shape, Sum, TokenKind};
use mtlint_lang::tagger::{PartOfSpeech, Tag};
use mtlint_lang::{NumberStyle, ValueWords};
use mtlint_text::{Edit, Span};

const UNITS: &str = "unit";
const SCALES: &str = "number-scale";
/// What is a number of such things.
const COUNTS: &str = "count-noun";

const FUNCTION_WORDS: &str = "function-words";

/// The currencies whose sums are grouped by two digits in English as well.
const GROUPED_BY_TWO: [&str; 5] = ["INR", "PKR", "NPR", "BDT", "LKR"];

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
    /// All marks are grouping marks.
    Groups,
    /// The groups are not of three digits.
    Sizes,
}

impl Wrong {
    fn name(self) -> &'static str {
        match self {
            Self::Decimal => "decimal mark",
            Self::Grouping | Self::Groups | Self::Sizes => "grouping mark",
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
    /// How many have a fraction of three digits that cannot be a group: `0.125`.
    long_fractions: usize,
    /// How many are grouped as India does: `1,25,000`.
    groups_of_two: usize,
}

impl Practice {
    fn of(document: &Document, style: &NumberStyle) -> Self {
        let mut practice = Self {
            own: None,
            own_groups: 0,
            spaced_groups: 0,
            own_fractions: 0,
            foreign_fractions: 0,
            long_fractions: 0,
            groups_of_two: 0,
        };
        for numeral in document.numerals() {
            match numeral.shape {
                Shape::Either(mark) | Shape::Grouped(mark) | Shape::GroupedDecimal { grouping: mark, .. }
                    if style.grouping.contains(&mark) =>
                {
                    practice.own_groups += 1;
                    practice.own = practice.own.or(Some(numeral.span));
                }
                Shape::Grouped(mark) if mark.is_whitespace() => practice.spaced_groups += 1,
                Shape::Decimal(mark) if mark == style.decimal => {
                    practice.own_fractions += 1;
                    let fraction = document.slice(numeral.span).rsplit(mark).next().map_or(0, str::len);
                    practice.long_fractions += usize::from(fraction >= 3);
                }
                Shape::Decimal(_) => practice.foreign_fractions += 1,
                Shape::Other => practice.groups_of_two += usize::from(is_grouped_by_two(document, numeral)),
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
        // `1,5000 tons`, `€6,40,000`
        Shape::Decimal(mark) if style.grouping.contains(&mark) && has_odd_group(document, numeral) => {
            (measures(document, numeral) || counts(document, numeral)).then_some(Wrong::Sizes)
        }
        Shape::Other if has_grouping_alone(document, style, numeral) && has_bare_sign(document, numeral) => {
            let is_sum = !document.slice(numeral.span).starts_with('0');
            (is_sum && !is_counted_in_rupees(document, numeral)).then_some(Wrong::Sizes)
        }
        // `1,25,000` as India groups, where the text does not do so as a rule.
        Shape::Other
            if has_grouping_alone(document, style, numeral) && is_grouped_by_two(document, numeral) =>
        {
            (practice.groups_of_two <= 1 && !is_counted_in_rupees(document, numeral)).then_some(Wrong::Sizes)
        }
        Shape::Decimal(mark) => {
            let writer_means_it = practice.foreign_fractions > 2 && practice.own_fractions == 0;
            // In some countries that speak the language this is the mark: the text must do otherwise.
            let is_regional = style.regional_decimal == Some(mark) && practice.own_fractions == 0;
            // `the World Cups of 1998,2002`: a list lacks a space.
            let long = document.slice(numeral.span).split(mark).any(|digits| digits.len() > 3);
            (mark != style.decimal
                && !long
                && !writer_means_it
                && !is_regional
                && measures(document, numeral))
            .then_some(Wrong::Decimal)
        }
        // `1.100,000`: of two groups one has the mark of another language.
        Shape::GroupedDecimal { decimal, .. }
            if style.grouping.contains(&decimal)
                && decimal != style.decimal
                && has_two_groups(document, numeral) =>
        {
            Some(Wrong::Groups)
        }
        Shape::GroupedDecimal { grouping, decimal } => match (grouping, decimal) {
            (grouping, decimal) if decimal == style.decimal => {
                let is_set = !grouping.is_whitespace() || has_bare_sign(document, numeral);
                (is_foreign(grouping) && is_set).then_some(Wrong::Grouping)
            }
            _ => (grouping == style.decimal || !style.grouping.contains(&grouping)).then_some(Wrong::Both),
        },
        // Of two groups and more; numbers of versions and addresses have other groups.
        Shape::Grouped(mark) if mark == style.decimal => Some(Wrong::Grouping),
        // `1'234`, which no text of the language means otherwise.
        Shape::Grouped(mark) if !mark.is_whitespace() && is_foreign(mark) => Some(Wrong::Grouping),
        Shape::Grouped(mark) if mark.is_whitespace() && is_foreign(mark) => {
            let odd = practice.own_groups > 0 && practice.spaced_groups <= practice.own_groups;
            let alone = practice.own_groups == 0 && practice.spaced_groups == 1;
            let is_one = counts(document, numeral) || measures(document, numeral);
            // Money is hardly grouped so; what is counted may be where it is the only number of the text.
            let is_placed = || {
                let before = &document.text()[..numeral.span.lo()];
                let word = super::before_space(before).map_or("", super::word_at_end);
                document.pack().words(FUNCTION_WORDS).contains(word)
            };
            (odd && is_one
                || alone && (has_bare_sign(document, numeral) || counts(document, numeral) || is_placed()))
            .then_some(Wrong::Grouping)
        }
        Shape::Either(mark)
            if mark == style.decimal && (style.regional_decimal.is_none() || practice.own_groups > 0) =>
        {
            // Prices of fuel have fractions of three digits, too.
            let round = document.slice(numeral.span).ends_with("00");
            let is_thousands = document.slice(numeral.span).ends_with("000") && practice.own_fractions == 0;
            let is_whole = practice.long_fractions == 0 && (counts(document, numeral) || is_thousands);
            (is_whole
                || round && has_bare_sign(document, numeral)
                || round && money_of(document, numeral).is_some())
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

/// Whether more than three digits stand behind the mark, and no year: `June 23,1998`.
fn has_odd_group(document: &Document, numeral: &Numeral) -> bool {
    let text = document.slice(numeral.span);
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let is_year =
        digits == 4 && text[text.len() - 4..].parse().is_ok_and(|year: u32| (1000..2200).contains(&year));
    digits > 3 && !is_year
}

/// Whether the last group has three digits and those before it two: `12,34,567`.
fn is_grouped_by_two(document: &Document, numeral: &Numeral) -> bool {
    let groups = document.slice(numeral.span).rsplit(|c: char| !c.is_ascii_digit());
    let lengths: Vec<usize> = groups.map(str::len).collect();
    match lengths.as_slice() {
        [3, middle @ .., first] => {
            !middle.is_empty() && middle.iter().all(|length| *length == 2) && (1..=2).contains(first)
        }
        _ => false,
    }
}

/// Whether the currency of India, Pakistan or a neighbour stands beside the numeral.
fn is_counted_in_rupees(document: &Document, numeral: &Numeral) -> bool {
    money_of(document, numeral).is_some_and(|sum| {
        sum.denominations().any(|it| it.codes.iter().any(|code| GROUPED_BY_TWO.contains(&code.as_str())))
    })
}

/// Whether nothing but the language's grouping mark stands between the digits.
fn has_grouping_alone(document: &Document, style: &NumberStyle, numeral: &Numeral) -> bool {
    let mut marks = document.slice(numeral.span).chars().filter(|c| !c.is_ascii_digit());
    marks.all(|mark| style.grouping.first() == Some(&mark))
}

/// Whether three digits stand behind the last mark.
fn has_two_groups(document: &Document, numeral: &Numeral) -> bool {
    let text = document.slice(numeral.span);
    text.bytes().rev().take_while(u8::is_ascii_digit).count() == 3
}

/// Whether the sign of a currency stands right before the numeral.
fn has_bare_sign(document: &Document, numeral: &Numeral) -> bool {
    money_of(document, numeral)
        .and_then(|sum| sum.before.as_ref())
        .is_some_and(|sign| sign.form == Form::Sign && sign.span.hi() == numeral.span.lo())
}

/// Whether the numeral is the size of something: a unit, a scale, a percent sign or a currency
/// stands beside it.
fn measures(document: &Document, numeral: &Numeral) -> bool {
    let rest = document.text()[numeral.span.hi()..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '-']);
    rest.starts_with(['%', '％', '°', '℃'])
        || money_of(document, numeral).is_some()
        || word_after(document, numeral).is_some_and(|word| is_measure(document, word))
}

/// Whether a word is a unit or multiplies the number before it.
fn is_measure(document: &Document, word: &str) -> bool {
    let (pack, values) = (document.pack(), ValueWords::of(document.language()));
    if pack.words(FUNCTION_WORDS).contains(word) {
        return false;
    }
    pack.words(UNITS).contains(word)
        || pack.words(SCALES).contains(word)
        || values.scale(&word.to_lowercase()).is_some_and(|power| power >= 3)
        || values.unit_at_start(word).is_some_and(|(_, length)| length == word.len())
}

/// Whether the numeral is how many there are of something: a noun that is no unit stands behind it, or what is a number
/// of such things before it.
fn counts(document: &Document, numeral: &Numeral) -> bool {
    let pack = document.pack();
    let tokens = document.tokens();
    let at = tokens.partition_point(|token| token.span.lo() < numeral.span.lo());
    // `an attendance of 3.906`, `a crowd of about 3.906`
    let before = &tokens[at.saturating_sub(REACH)..at];
    if before.iter().any(|token| document.is_listed(*token, COUNTS)) {
        return true;
    }
    let behind = tokens.partition_point(|token| token.span.lo() < numeral.span.hi());
    let Some(word) = word_after(document, numeral).filter(|word| word.chars().count() > 3) else {
        return false;
    };
    // A version or a figure has its number behind its name.
    let is_label = at.checked_sub(1).is_some_and(|at| {
        let before = tokens[at];
        matches!(before.kind, TokenKind::Capitalised | TokenKind::Upper | TokenKind::Number)
            && !document.is_listed(before, FUNCTION_WORDS)
    });
    let is_noun = |tag: Tag| matches!(tag.part(), PartOfSpeech::Noun | PartOfSpeech::Adjective);
    !is_measure(document, word)
        && !is_label
        && tokens.get(behind).is_some_and(|token| {
            token.kind.is_word()
                && (token.is_small || document.language().is_some_and(|own| pack.capitalises_nouns(own)))
                && !document.is_listed(*token, FUNCTION_WORDS)
        })
        && document.tag_of(behind).is_none_or(is_noun)
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
    if wrong == Wrong::Sizes {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        let groups: Vec<String> = digits.rchunks(3).rev().map(|group| group.iter().collect()).collect();
        return groups.join(&grouping.to_string());
    }
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
