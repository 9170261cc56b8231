//! Checks of numbers, money, times and spelling that belong to another locale than the text.

pub mod broken_number;
pub mod clock_form;
pub mod comma_placement;
pub mod currency_mixed;
pub mod currency_place;
pub mod currency_space;
pub mod currency_twice;
pub mod date_form;
pub mod day_without_article;
pub mod number_format;
pub mod ordinal_form;
pub mod ordinal_stop;
pub mod quotation_mixed;
pub mod score;
pub mod spelling_variety;
pub mod unit_twice;
pub mod value_form;
pub mod value_word;
pub mod year_form;

use mtlint_lang::NumberStyle;

/// The spaces that may stand between a number and what belongs to it.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// Where runs of ASCII digits begin and end in a text, in bytes.
fn digit_runs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + length;
        Some((start, at))
    })
}

/// The letters that a text begins with.
fn word_at_start(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// The letters that a text ends with.
fn word_at_end(text: &str) -> &str {
    text.rfind(|c: char| !c.is_alphabetic())
        .map_or(text, |at| &text[at + text[at..].chars().next().map_or(1, char::len_utf8)..])
}

/// The text behind a space, where it begins with one and no more.
fn after_space(text: &str) -> Option<&str> {
    text.strip_prefix(SPACES).filter(|rest| !rest.starts_with(char::is_whitespace))
}

/// The text before a space, where it ends with one and no more.
fn before_space(text: &str) -> Option<&str> {
    text.strip_suffix(SPACES).filter(|rest| !rest.ends_with(char::is_whitespace))
}

/// What the language writes behind the digits of an ordinal number.
fn ordinal_ending<'s>(style: &'s NumberStyle, digits: &str) -> Option<&'s str> {
    let number: usize = digits.parse().ok()?;
    let place = if (11..=13).contains(&(number % 100)) { 0 } else { number % 10 };
    style.ordinal_endings.get(place).or(style.ordinal_endings.last()).map(String::as_str)
}
