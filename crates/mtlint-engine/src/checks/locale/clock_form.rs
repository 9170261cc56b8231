//! A time of the clock as another language writes it: `20.04 h`, `16h02`, `16:02 p.m.`.
//! May use `rule`, `document`, `lang` and `text`.

use super::{SPACES, digit_runs, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};

/// Signs and words that other languages set behind or into a time, in small letters.
const SIGNS: &str = "foreign-clock";

/// What makes a time one of twelve hours.
const HALVES: &str = "half-of-day";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    for (start, end) in digit_runs(text) {
        let joins =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '$' | '_' | '+');
        if end - start > 2 || text[..start].ends_with(joins) {
            continue;
        }
        let Some((length, right)) = of_other_language(document, &text[start..], end - start) else {
            continue;
        };
        let span = Span::new(start, start + length).shifted(block.span.lo());
        if document.mask().covers(span) {
            continue;
        }
        report.add(span, format!("`{}` is a time as another language writes it", document.slice(span))).fix(
            Fix::unsafe_(
                format!("write `{right}`"),
                Edit::minimal(document.text(), span, &right).into_iter().collect(),
            ),
        );
    }
}

/// The length of a time that the text begins with, in bytes, and how it should be; `None` where it is none, or right.
fn of_other_language(document: &Document, text: &str, digits: usize) -> Option<(usize, String)> {
    let pack = document.pack();
    let hour: u32 = text[..digits].parse().ok().filter(|hour| *hour < 25)?;
    let rest = &text[digits..];
    let minutes = |rest: &str| {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let is_minute = length == 2 && rest[..2].parse::<u32>().is_ok_and(|minute| minute < 60);
        is_minute.then(|| rest[..2].to_owned())
    };
    let word_behind = |at: usize| {
        let behind = &text[at..];
        let gap = behind.len() - behind.trim_start_matches(SPACES).len();
        let word = word_at_start(&behind[gap..]);
        let is_alone =
            !behind[gap + word.len()..].starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == '-');
        (gap <= 2 && !word.is_empty() && is_alone).then_some((word, at + gap + word.len()))
    };
    // `20.04 h`, `20:04 Uhr`, `16:02 p.m.`
    if let Some(minute) = rest.strip_prefix(['.', ':']).and_then(minutes) {
        let at = digits + 3;
        let (word, end) = word_behind(at)?;
        let is_sign = pack.words(SIGNS).contains(word);
        // A duration or a rate goes on: `13:11 h day:night`, `7.50 h per week`.
        let is_clock = rest.starts_with(':') || digits == 2;
        if is_sign && is_clock {
            return Some((end, format!("{}:{minute}", &text[..digits])));
        }
        let is_half = hour > 12
            && rest.starts_with(':')
            && pack.words(HALVES).contains(half(&text[end - word.len()..]));
        if is_half {
            let half = half(&text[end - word.len()..]);
            return Some((end - word.len() + half.len(), format!("{}:{minute}", &text[..digits])));
        }
        return None;
    }
    // `16h02`, `16 h 02`
    let (word, end) = word_behind_sign(text, digits)?;
    let behind = text[end..].strip_prefix(SPACES).unwrap_or(&text[end..]);
    let minute = minutes(behind)?;
    let length = text.len() - behind.len() + 2;
    // `1 h 30 min`, `1 h 30 minutes`
    let goes_on = text[length..].trim_start_matches(SPACES).starts_with(char::is_alphabetic)
        && mtlint_lang::ValueWords::of(document.language())
            .unit_at_start(text[length..].trim_start_matches(SPACES))
            .is_some();
    (pack.words(SIGNS).contains(word) && !goes_on).then(|| (length, format!("{}:{minute}", &text[..digits])))
}

/// The letters behind the hour, with a space or none before them, and where they end.
fn word_behind_sign(text: &str, digits: usize) -> Option<(&str, usize)> {
    let rest = &text[digits..];
    let gap = rest.strip_prefix(SPACES).map_or(0, |behind| rest.len() - behind.len());
    let word = word_at_start(&rest[gap..]);
    (!word.is_empty()).then_some((word, digits + gap + word.len()))
}

/// The letters and stops that a text begins with: `p.m.`.
fn half(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(text.len());
    &text[..end]
}
