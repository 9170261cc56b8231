//! Text as the page shows it: what cannot be seen is named, and what HTML does not allow is replaced.

use maud::{Markup, Render, html};
use std::fmt::Write;

/// Text of an article or a message as the content of an element, escaped, without the characters
/// that HTML does not allow. The script of the page reads an element of the class `cr` as a carriage
/// return.
#[derive(Clone, Copy)]
pub(super) struct Plain<'t>(pub &'t str);

impl Render for Plain<'_> {
    fn render_to(&self, out: &mut String) {
        for piece in self.0.split_inclusive(is_special) {
            let special = piece.chars().next_back().filter(|char| is_special(*char));
            let rest = &piece[..piece.len() - special.map_or(0, char::len_utf8)];
            rest.render_to(out);
            match special {
                // As such it would become a line feed, and by its number it is an error.
                Some('\r') => out.push_str("<span class=\"cr\"></span>"),
                Some(char) => out.push(picture(char)),
                None => {}
            }
        }
    }
}

/// Whether HTML has no place for the character, or reads another one in its place.
pub(super) fn is_special(char: char) -> bool {
    match char {
        '\t' | '\n' => false,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => true,
        _ => char as u32 & 0xFFFE == 0xFFFE,
    }
}

/// The picture of a control character.
fn picture(char: char) -> char {
    let picture = match char {
        '\0'..='\x1F' => char::from_u32(0x2400 + char as u32),
        '\x7F' => Some('␡'),
        _ => None,
    };
    picture.unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// How many unseen characters are named at most.
const NAMED: usize = 4;

/// The names of the characters when none of them can be seen, such as `U+200B`; `None` when one can.
/// Plain white space shows by its colour, and needs no name.
pub(super) fn unseen(text: &str) -> Option<String> {
    let is_unseen = |char: char| {
        matches!(char,
        '\n' | '\r' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
    };
    if text.is_empty() || !text.chars().all(|char| is_unseen(char) || char.is_whitespace()) {
        return None;
    }
    let mut names = String::new();
    for (index, char) in text.chars().filter(|char| is_unseen(*char)).enumerate() {
        match (index, char) {
            (NAMED.., _) => return Some(names + "…"),
            (_, '\n') => names.push('↵'),
            (_, '\r') => {}
            _ => {
                let gap = if names.is_empty() { "" } else { " " };
                // Writing to a string does not fail.
                let _ = write!(names, "{gap}U+{:04X}", char as u32);
            }
        }
    }
    (!names.is_empty()).then_some(names)
}

/// A message, where `…` between backticks is code.
pub(super) fn message(text: &str) -> Markup {
    let pieces: Vec<&str> = text.split('`').collect();
    html! {
        @for (index, piece) in pieces.iter().enumerate() {
            @if index % 2 == 0 { (Plain(piece)) }
            // The last backtick of an odd number opens nothing.
            @else if index + 1 == pieces.len() { "`" (Plain(piece)) }
            @else { code { (Plain(piece)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let shown = |text| Plain(text).render().into_string();
        assert_eq!(shown("a<b> & \"c\"\t\n"), "a&lt;b&gt; &amp; &quot;c&quot;\t\n");
        assert_eq!(
            shown("a\0b\x1B\r\u{85}\u{FFFF}\u{1FFFE}"),
            "a␀b␛<span class=\"cr\"></span>\u{FFFD}\u{FFFD}\u{FFFD}"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(unseen("\u{200B}\u{FEFF}").as_deref(), Some("U+200B U+FEFF"));
        assert_eq!(unseen(" \r\n").as_deref(), Some("↵"));
        assert_eq!(unseen(&"\u{200B}".repeat(5)).as_deref(), Some("U+200B U+200B U+200B U+200B…"));
        assert_eq!(unseen("  "), None);
        assert_eq!(unseen("a\u{200B}"), None);
        assert_eq!(unseen(""), None);
    }

    #[test]
    fn backticks_make_code() {
        assert_eq!(message("`a` and `<b>`").into_string(), "<code>a</code> and <code>&lt;b&gt;</code>");
        assert_eq!(message("one ` two").into_string(), "one ` two");
        assert_eq!(message("").into_string(), "");
    }
}
