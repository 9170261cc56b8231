//! A year written as a quantity, or named twice: `in 1,998`, `in 2010 year`, `1990-s`, `in 19 98`.
//! May use `rule`, `document`, `lang` and `text`.

use super::{SPACES, after_space, digit_runs, word_at_end, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{NumberStyle, ValueWords};
use mtlint_text::{Edit, Span};

/// Words before a year and hardly a quantity: `since`.
const YEAR_PREPOSITION: &str = "year-preposition";

/// What is named before or behind a year: `year`.
const YEAR: &str = "year";

/// The years that texts are about.
const YEARS: std::ops::RangeInclusive<u32> = 1400..=2099;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        if let Some(style) = document.pack().numbers() {
            check(document, style, block, report);
        }
    }))
}

fn check(document: &Document, style: &NumberStyle, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    for (start, end) in digit_runs(text) {
        let joins =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | ':' | '$' | '_' | '#' | '€' | '£');
        let before = &text[..start];
        if before.ends_with(joins) {
            continue;
        }
        let found = match end - start {
            1 => as_quantity(document, style, before, &text[start..]),
            2 => split(document, before, &text[start..]),
            4 => named_twice(document, before, &text[start..]),
            _ => None,
        };
        let Some((length, right)) = found else { continue };
        let span = Span::new(start, start + length).shifted(block.span.lo());
        if document.mask().covers(span) {
            continue;
        }
        report.add(span, format!("`{}` is a year; write `{right}`", document.slice(span))).fix(Fix::unsafe_(
            format!("write `{right}`"),
            Edit::minimal(document.text(), span, &right).into_iter().collect(),
        ));
    }
}

/// A year with the mark of thousands: its length in bytes, and how it should be.
fn as_quantity(
    document: &Document,
    style: &NumberStyle,
    before: &str,
    text: &str,
) -> Option<(usize, String)> {
    let mark = text[1..]
        .chars()
        .next()
        .filter(|c| matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}'))?;
    let at = 1 + mark.len_utf8();
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let year = format!("{}{}", &text[..1], text.get(at..at + 3)?);
    let is_year = digits == 3 && year.parse().is_ok_and(|year| YEARS.contains(&year));
    if !is_year || mark == style.decimal && !is_after_month(document, before) {
        return None;
    }
    let behind = &text[at + 3..];
    let goes_on =
        behind.strip_prefix([',', '.']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_date = is_after_month(document, before);
    let is_alone = || {
        let word = before.strip_suffix(SPACES).map_or("", word_at_end);
        document.pack().words(YEAR_PREPOSITION).contains(word) && !counts(document, behind)
    };
    (!goes_on && (is_date || is_alone())).then_some((at + 3, year))
}

/// A year in two pieces: `in 19 98`.
fn split(document: &Document, before: &str, text: &str) -> Option<(usize, String)> {
    let rest = after_space(&text[2..])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year = format!("{}{}", &text[..2], rest.get(..2)?);
    let is_year = digits == 2 && year.parse().is_ok_and(|year| YEARS.contains(&year));
    let behind = rest.get(2..)?;
    let goes_on = behind.starts_with([':', '.', ',', '-', '/'])
        && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    let word = before.strip_suffix(SPACES).map_or("", word_at_end);
    let is_placed = is_after_month(document, before)
        || document.pack().words(YEAR_PREPOSITION).contains(word.to_lowercase().as_str())
            && !counts(document, behind);
    (is_year && !goes_on && is_placed).then(|| (text.len() - behind.len(), year))
}

/// Whether a month, or a month and a day, stands before.
fn is_after_month(document: &Document, before: &str) -> bool {
    let values = ValueWords::of(document.language());
    let rest = before.trim_end_matches(SPACES);
    let rest = rest.strip_suffix(',').unwrap_or(rest);
    let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    let rest = if digits <= 2 { rest[..rest.len() - digits].trim_end_matches(SPACES) } else { rest };
    rest.len() < before.len() && values.month(word_at_end(rest)).is_some()
}

/// Whether what stands behind a number may be counted or measured: a word that is no function word, a sign.
fn counts(document: &Document, behind: &str) -> bool {
    match after_space(behind) {
        Some(rest) => {
            let word = word_at_start(rest);
            word.is_empty() && !rest.starts_with(['(', '–', '—', '“', '"'])
                || !word.is_empty() && !document.pack().words("function-words").contains(word)
        }
        None => behind
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '°' | '-' | '€' | '£' | '$')),
    }
}

/// A year with its word behind it, or the ending of a decade set apart.
fn named_twice(document: &Document, before: &str, text: &str) -> Option<(usize, String)> {
    let year = &text[..4];
    year.parse().ok().filter(|year| YEARS.contains(year))?;
    let behind = &text[4..];
    if behind.starts_with("-s") && !behind[2..].starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return Some((6, format!("{year}s")));
    }
    let word = word_at_start(after_space(behind)?);
    let length = text.len() - after_space(behind)?.len() + word.len();
    let is_named =
        document.pack().words(YEAR).contains(word) && !text[length..].starts_with(['-', '–', '’', '\'']);
    // `in 2010 year on year`
    let is_again =
        text[length..].split_whitespace().take(2).any(|next| next.trim_end_matches([',', '.']) == word);
    // `the 1998 year` has a determiner; a month, a day or a preposition leaves no place for it.
    let last = before.strip_suffix(SPACES).map_or("", word_at_end);
    let is_placed =
        document.pack().words(YEAR_PREPOSITION).contains(last) || is_after_month(document, before);
    (is_named && is_placed && !is_again).then(|| (length, year.to_owned()))
}
