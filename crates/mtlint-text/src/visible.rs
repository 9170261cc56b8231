//! Text that is shown to people outside of its document: nothing in it acts on the terminal or begins
//! a line of its own.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character controls something rather than being one that is seen: a control, a line
/// separator, or one that changes the direction of what follows.
pub fn is_control(char: char) -> bool {
    char.is_control() || matches!(char, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` with the names of control characters in their places, such as `<U+001B>`; line breaks are
/// among them.
pub fn visible(text: &str) -> Cow<'_, str> {
    visible_but(text, |_| false)
}

/// The same for a text of several lines, whose line feeds stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    visible_but(text, |char| char == '\n')
}

fn visible_but(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|char| is_control(char) && !stays(char)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for char in text.chars() {
        match is_control(char) && !stays(char) {
            true => push_name(&mut shown, char),
            false => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// Appends the name of a character, such as `<U+001B>`.
pub fn push_name(out: &mut String, char: char) {
    write!(out, "<U+{:04X}>", u32::from(char)).expect("a String takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_is_named() {
        assert!(matches!(visible("Zoë 👩‍👧 \u{200B}"), Cow::Borrowed(_)));
        assert_eq!(
            visible("a\n\u{1B}[1m\u{9B}\u{7F}\u{202E}"),
            "a<U+000A><U+001B>[1m<U+009B><U+007F><U+202E>"
        );
        assert_eq!(visible_lines("a\n\r\tb"), "a\n<U+000D><U+0009>b");
    }
}
