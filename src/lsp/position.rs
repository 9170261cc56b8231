//! Places as editors count them: lines from 0, and in the line bytes, UTF-16 units or characters from 0.

use lsp_types::{Position, PositionEncodingKind, Range};
use mtlint_text::{LineIndex, Span, line_start};

/// What a place in its line is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// What every client knows.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// The first of what the client offers; it names what it prefers first.
    pub fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        let known = offered.iter().find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        });
        known.unwrap_or_default()
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The place of the byte at `offset`, which lies on a character boundary.
    pub fn position(self, text: &str, lines: &LineIndex, offset: usize) -> Position {
        let place = lines.position(text, offset);
        let character = match self {
            Self::Utf8 => place.utf8,
            Self::Utf16 => place.utf16,
            Self::Utf32 => place.column - 1,
        };
        Position { line: place.line - 1, character }
    }

    pub fn range(self, text: &str, lines: &LineIndex, span: Span) -> Range {
        Range { start: self.position(text, lines, span.lo()), end: self.position(text, lines, span.hi()) }
    }

    /// The byte offset of a place: the end of the line where the line is shorter, the end of the text
    /// where it has fewer lines, the beginning of a character where the place lies inside one.
    pub fn offset(self, text: &str, position: Position) -> usize {
        let Some(start) = line_start(text, position.line as usize) else { return text.len() };
        let rest = &text[start..];
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())];
        let wanted = position.character as usize;
        if self == Self::Utf8 || line.is_ascii() {
            return start + line.floor_char_boundary(wanted.min(line.len()));
        }
        let mut units = 0;
        for (at, char) in line.char_indices() {
            let width = if self == Self::Utf16 { char.len_utf16() } else { 1 };
            if units + width > wanted {
                return start + at;
            }
            units += width;
        }
        start + line.len()
    }

    /// The bytes between two places, whichever comes first.
    pub fn span(self, text: &str, range: Range) -> Span {
        let (start, end) = (self.offset(text, range.start), self.offset(text, range.end));
        Span::new(start.min(end), start.max(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    const TEXT: &str = "ab\r\né😀x\rlast";

    #[test]
    fn every_place_comes_back() {
        let lines = LineIndex::new(TEXT);
        for encoding in ALL {
            for (offset, _) in TEXT.char_indices() {
                let inside_line_end = TEXT[..offset].ends_with('\r') && TEXT[offset..].starts_with('\n');
                if !inside_line_end {
                    let position = encoding.position(TEXT, &lines, offset);
                    assert_eq!(encoding.offset(TEXT, position), offset, "{encoding:?} {offset}");
                }
            }
        }
    }

    #[test]
    fn what_lies_outside_is_moved_in() {
        for encoding in ALL {
            assert_eq!(encoding.offset(TEXT, Position::new(0, 99)), 2);
            assert_eq!(encoding.offset(TEXT, Position::new(9, 0)), TEXT.len());
            assert_eq!(encoding.offset("", Position::new(0, 1)), 0);
        }
        // Between the halves of a surrogate pair, and between the bytes of a character.
        assert_eq!(Encoding::Utf16.offset(TEXT, Position::new(1, 2)), 6);
        assert_eq!(Encoding::Utf8.offset(TEXT, Position::new(1, 3)), 6);
        let backwards = Range { start: Position::new(0, 2), end: Position::new(0, 1) };
        assert_eq!(Encoding::Utf16.span(TEXT, backwards), Span::new(1, 2));
    }

    #[test]
    fn the_client_chooses() {
        assert_eq!(Encoding::negotiate(&[]), Encoding::Utf16);
        let offered = ["utf-7", "utf-32", "utf-8"].map(PositionEncodingKind::new);
        assert_eq!(Encoding::negotiate(&offered), Encoding::Utf32);
    }
}
