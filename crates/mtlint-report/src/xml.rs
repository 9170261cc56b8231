//! Text in XML 1.0.

use std::fmt::Write;

/// `text` for an attribute in double quotes or for the content of an element. Characters that XML
/// cannot hold, not even as references, are left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Readers make spaces of these in attributes when they stand there as they are.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            // A terminal may obey these when they stand there as they are.
            '\u{7F}'..='\u{9F}' => {
                write!(out, "&#{};", u32::from(char)).expect("a String takes everything");
            }
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escape("\u{9B}1m\u{7F}"), "&#155;1m&#127;");
        assert_eq!(escape("a<\"b\">\u{0}\u{1B}\u{FFFF}&\n😀"), "a&lt;&quot;b&quot;&gt;&amp;&#10;😀");
    }
}
