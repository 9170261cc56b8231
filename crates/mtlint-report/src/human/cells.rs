//! How a piece of text looks in a terminal: which column each character begins in.

use mtlint_text::{is_control, push_name};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a tab takes, wherever it stands.
const TAB: &str = "    ";
/// How many columns the name of most characters takes, such as `<U+001B>`.
pub(super) const NAME: usize = 8;

/// A piece of text as it is shown.
#[derive(Debug)]
pub(super) struct Cells {
    /// What is printed.
    pub shown: String,
    /// The byte in the piece, the byte in `shown` and the column where each grapheme begins, and
    /// where the last ends; empty when all three are the same, as in plain ASCII.
    starts: Vec<(usize, usize, usize)>,
}

impl Cells {
    pub fn of(piece: &str) -> Self {
        if piece.bytes().all(|byte| (b' '..0x7F).contains(&byte)) {
            return Self { shown: piece.to_owned(), starts: Vec::new() };
        }
        let mut shown = String::with_capacity(piece.len() + 16);
        let mut starts = Vec::with_capacity(piece.len() + 1);
        let mut column = 0;
        for (offset, grapheme) in piece.grapheme_indices(true) {
            if let Some(text) = as_shown(grapheme) {
                starts.push((offset, shown.len(), column));
                shown.push_str(text);
                column += text.width();
                continue;
            }
            for (within, char) in grapheme.char_indices() {
                starts.push((offset + within, shown.len(), column));
                let before = shown.len();
                push_name(&mut shown, char);
                column += shown.len() - before;
            }
        }
        starts.push((piece.len(), shown.len(), column));
        Self { shown, starts }
    }

    /// How many columns the piece takes.
    pub fn width(&self) -> usize {
        self.starts.last().map_or(self.shown.len(), |last| last.2)
    }

    /// Where the grapheme that holds the byte at `offset` begins: its byte in `shown`, its column.
    pub fn start(&self, offset: usize) -> (usize, usize) {
        let after = self.starts.partition_point(|start| start.0 <= offset);
        self.at(offset, after.saturating_sub(1))
    }

    /// Where the grapheme that holds the byte before `offset` ends.
    pub fn end(&self, offset: usize) -> (usize, usize) {
        self.at(offset, self.starts.partition_point(|start| start.0 < offset))
    }

    fn at(&self, offset: usize, index: usize) -> (usize, usize) {
        match self.starts.get(index).or(self.starts.last()) {
            Some(&(_, byte, column)) => (byte, column),
            None => (offset.min(self.shown.len()), offset.min(self.shown.len())),
        }
    }
}

/// How a grapheme is shown, unless its characters are named: nobody would see them, or they would play with the
/// terminal.
fn as_shown(grapheme: &str) -> Option<&str> {
    match grapheme {
        "\t" => Some(TAB),
        "\n" | "\r\n" | "\r" => Some("⏎"),
        _ if grapheme.width() > 0 && !grapheme.chars().any(is_control) => Some(grapheme),
        _ => None,
    }
}

/// How many columns a character takes, about: what a window needs to know before it is cut. What [`Cells`] shows may
/// be wider or narrower, as the characters around decide.
pub(super) fn width_of(char: char) -> usize {
    match char {
        '\t' => TAB.len(),
        '\n' | '\r' => 1,
        _ if is_control(char) => NAME,
        _ => char.width().unwrap_or(NAME),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_follow_what_is_seen() {
        let cells = Cells::of("a\t中e\u{301}👩‍👧x");
        assert_eq!(cells.shown, "a    中e\u{301}👩‍👧x");
        assert_eq!(cells.start(1).1, 1);
        assert_eq!(cells.start(2).1, 5, "the ideograph follows the tab");
        assert_eq!(cells.start(5).1, 7, "and is two columns wide");
        assert_eq!(cells.start(6).1, 7, "an accent stands where its letter does");
        assert_eq!(cells.end(6).1, 8, "and cannot be cut from it");
        assert_eq!(cells.width(), 11);
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        let cells = Cells::of("a\u{200B}b\u{1B}[1m");
        assert_eq!(cells.shown, "a<U+200B>b<U+001B>[1m");
        assert_eq!(cells.start(4).1, 9);
    }
}
