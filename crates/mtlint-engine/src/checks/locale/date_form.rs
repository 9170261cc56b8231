//! A date put together as another language does: `9 of August of 1974`, `31. August 2010`, `2010 August 31`.
//!
//! A language that has no ordinal numbers with a stop has none before its months. The words between day, month and
//! year are those that the languages of Europe have there. May use `rule`, `document`, `lang` and `text`.

use super::{after_space, before_space, word_at_end, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::ValueWords;
use mtlint_text::{Edit, Span};

/// What stands between day, month and year in some language.
const JOINING: &str = "date-joining";

/// How many letters a shortened month has.
const SHORTENED: usize = 3;

/// The years that dates are of.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let values = ValueWords::of(document.language());
        if document.pack().numbers().is_none_or(|style| style.ordinal_stop) || !values.is_known {
            return;
        }
        let mut found = Vec::new();
        let mut orders = Orders::default();
        for block in document.blocks() {
            let tokens = document.tokens_of(block);
            for index in document.capitalised_in(block) {
                if values.month(document.slice(tokens[index].span)).is_some() {
                    look(document, block, tokens[index].span, &mut orders, &mut found);
                }
            }
        }
        found.iter().for_each(|date| add(document, date, &orders, report));
    }))
}

/// How often the document writes each order as its language does.
#[derive(Default)]
struct Orders {
    day_first: usize,
    month_first: usize,
}

/// A date in the form of another language.
struct Date {
    span: Span,
    day: Span,
    month: Span,
    year: Option<Span>,
}

fn look(document: &Document, block: &Block, month: Span, orders: &mut Orders, found: &mut Vec<Date>) {
    let text = document.text();
    let (before, after) = (&text[block.span.lo()..month.lo()], &text[month.hi()..block.span.hi()]);
    let back = Back::of(document, before);
    let ahead = Ahead::of(document, after);
    let at_back = |part: (usize, usize)| Span::new(part.0, part.1).shifted(block.span.lo());
    let at_ahead = |part: (usize, usize)| Span::new(part.0, part.1).shifted(month.hi());
    if document.mask().covers(month) {
        return;
    }
    let date = match (back, ahead) {
        // `9 of August`, `31. August 2010`, `9 August of 1974`
        (Back::Day { day, is_odd }, Ahead::Year { year, is_odd: is_year_odd }) => {
            orders.day_first += usize::from(!is_odd && !is_year_odd);
            (is_odd || is_year_odd).then(|| Date {
                span: at_back(day).cover(at_ahead(year)),
                day: at_back(day),
                month,
                year: Some(at_ahead(year)),
            })
        }
        (Back::Day { day, is_odd: true }, _) => {
            Some(Date { span: at_back(day).cover(month), day: at_back(day), month, year: None })
        }
        (Back::Day { .. }, _) => {
            orders.day_first += 1;
            None
        }
        // `2010 August 31`; lists of literature shorten the month.
        (Back::Year { year }, Ahead::Day { day, year: None, .. }) if month.len() > SHORTENED => Some(Date {
            span: at_back(year).cover(at_ahead(day)),
            day: at_ahead(day),
            month,
            year: Some(at_back(year)),
        }),
        // `May 5 of 1988`
        (_, Ahead::Day { day, year: Some(year), is_odd: true }) => Some(Date {
            span: month.cover(at_ahead(year)),
            day: at_ahead(day),
            month,
            year: Some(at_ahead(year)),
        }),
        (_, Ahead::Day { .. }) => {
            orders.month_first += 1;
            None
        }
        _ => None,
    };
    found.extend(date);
}

/// What stands before a month, in bytes of the text before it.
enum Back {
    Day { day: (usize, usize), is_odd: bool },
    Year { year: (usize, usize) },
    Nothing,
}

impl Back {
    fn of(document: &Document, before: &str) -> Self {
        let Some(rest) = before_space(before) else { return Self::Nothing };
        let word = word_at_end(rest);
        let is_joined = !word.is_empty() && document.pack().words(JOINING).contains(word);
        let rest = if is_joined {
            let Some(rest) = before_space(&rest[..rest.len() - word.len()]) else { return Self::Nothing };
            rest
        } else {
            rest
        };
        let (digits, has_stop, has_comma) = match rest.as_bytes().last() {
            Some(b'.') => (&rest[..rest.len() - 1], true, false),
            Some(b',') => (&rest[..rest.len() - 1], false, true),
            _ => (rest, false, false),
        };
        let length = digits.bytes().rev().take_while(u8::is_ascii_digit).count();
        let start = digits.len() - length;
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | ':' | '$' | '–');
        if length == 0 || length > 4 || digits[..start].ends_with(joins) {
            return Self::Nothing;
        }
        let span = (start, digits.len());
        match digits[start..].parse() {
            Ok(1..=31_u32) if length <= 2 && !has_comma => {
                // A stop at the end of a sentence: `on page 31. August is`.
                let is_odd = is_joined || has_stop && is_dated(document, &digits[..start]);
                if has_stop && !is_odd {
                    return Self::Nothing;
                }
                Self::Day { day: span, is_odd }
            }
            Ok(year) if length == 4 && YEARS.contains(&year) && !is_joined && !has_stop => {
                // `July 1998 July 2008` are columns of a table.
                let values = ValueWords::of(document.language());
                let last = word_at_end(digits[..start].trim_end_matches([' ', '\u{a0}', ',']));
                // `(2020, May 11)` is how literature is listed.
                let is_listed = has_comma && digits[..start].ends_with(['(', '[']);
                if values.month(last).is_some() || is_listed {
                    Self::Nothing
                } else {
                    Self::Year { year: span }
                }
            }
            _ => Self::Nothing,
        }
    }
}

/// Whether the text before a day cannot end a sentence with it: it ends in a word after which dates stand, or the
/// paragraph begins there.
fn is_dated(document: &Document, before: &str) -> bool {
    let before = before.trim_end();
    let word = word_at_end(before);
    let pack = document.pack();
    before.is_empty()
        || before.ends_with(['(', '[', ','])
        || pack.words("date-preposition").contains(word)
        || pack.words("determiner").contains(word)
        || !word.is_empty() && pack.words("function-words").contains(word.to_lowercase().as_str())
}

/// What stands behind a month, in bytes of the text behind it.
enum Ahead {
    Year { year: (usize, usize), is_odd: bool },
    Day { day: (usize, usize), year: Option<(usize, usize)>, is_odd: bool },
    Nothing,
}

impl Ahead {
    fn of(document: &Document, after: &str) -> Self {
        let (number, is_joined) = number_ahead(document, after);
        let Some((start, end)) = number else { return Self::Nothing };
        let value: u32 = after[start..end].parse().unwrap_or(0);
        match end - start {
            4 if YEARS.contains(&value) => Self::Year { year: (start, end), is_odd: is_joined },
            1 | 2 if (1..=31).contains(&value) && !is_joined => {
                let rest = &after[end..];
                let comma = usize::from(rest.starts_with(','));
                let (next, is_joined) = number_ahead(document, &rest[comma..]);
                let year = next
                    .map(|(start, end)| (start + comma, end + comma))
                    .filter(|(start, end)| {
                        end - start == 4 && rest[*start..*end].parse().is_ok_and(|year| YEARS.contains(&year))
                    })
                    .map(|year| (end + year.0, end + year.1));
                Self::Day { day: (start, end), is_odd: is_joined && year.is_some(), year }
            }
            _ => Self::Nothing,
        }
    }
}

/// The digits behind one space, or behind a word that joins dates, and whether there is one.
fn number_ahead(document: &Document, after: &str) -> (Option<(usize, usize)>, bool) {
    let Some(rest) = after_space(after) else { return (None, false) };
    let word = word_at_start(rest);
    let is_joined = !word.is_empty() && document.pack().words(JOINING).contains(word);
    let rest = if is_joined {
        let Some(rest) = after_space(&rest[word.len()..]) else { return (None, false) };
        rest
    } else {
        rest
    };
    let start = after.len() - rest.len();
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, ':' | '/' | '-' | '%');
    let behind = &rest[length..];
    let is_digit = |c: char| c.is_ascii_digit();
    let is_fraction = behind.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(is_digit));
    let is_number = length > 0 && !behind.starts_with(joins) && !is_fraction;
    (is_number.then_some((start, start + length)), is_joined)
}

fn add(document: &Document, date: &Date, orders: &Orders, report: &mut Report<'_>) {
    let [day, month] = [date.day, date.month].map(|span| document.slice(span));
    let (mut day_first, mut month_first) = (format!("{day} {month}"), format!("{month} {day}"));
    if let Some(year) = date.year {
        let year = document.slice(year);
        day_first = format!("{day_first} {year}");
        month_first = format!("{month_first}, {year}");
    }
    let mut forms = [month_first, day_first];
    if orders.day_first > orders.month_first {
        forms.reverse();
    }
    let text = document.slice(date.span);
    let finding = report.add(
        date.span,
        format!("`{text}` is a date as another language puts it together; write `{}`", forms[0]),
    );
    for form in forms {
        let edits = Edit::minimal(document.text(), date.span, &form).into_iter().collect();
        finding.fix(Fix::unsafe_(format!("write `{form}`"), edits));
    }
}
