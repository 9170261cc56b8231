//! From byte offsets to lines and columns.

use memchr::memchr2_iter;
use std::sync::OnceLock;

/// A place as people and editors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// 1-based.
    pub line: u32,
    /// 1-based, in Unicode scalar values.
    pub column: u32,
    /// 0-based in the line, in UTF-16 code units.
    pub utf16: u32,
    /// 0-based in the line, in UTF-8 bytes.
    pub utf8: u32,
}

/// How many bytes lie between two checkpoints: what a look-up scans at most, however long the line.
const CHECKPOINT: usize = 1024;

/// Where the lines of a text begin. Lines end at `\n`, `\r\n` or a lone `\r`, as in LSP.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The byte offset of each line's first character; the first is always 0.
    starts: Vec<u32>,
    /// What lies before every [`CHECKPOINT`]-th byte, so that a look-up far into a line of
    /// megabytes does not count from the line's start; counted when first asked for.
    checkpoints: OnceLock<Vec<Counts>>,
}

/// How much text lies before a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    scalars: u32,
    utf16: u32,
}

impl Counts {
    /// The counts of the characters that begin in `bytes`, a piece of valid UTF-8 cut anywhere.
    fn of(bytes: &[u8]) -> Self {
        if bytes.is_ascii() {
            return Self { scalars: bytes.len() as u32, utf16: bytes.len() as u32 };
        }
        let scalars = count(bytes, |byte| byte & 0xC0 != 0x80);
        Self { scalars, utf16: scalars + count(bytes, |byte| byte >= 0xF0) }
    }

    fn plus(self, other: Self) -> Self {
        Self { scalars: self.scalars + other.scalars, utf16: self.utf16 + other.utf16 }
    }

    fn minus(self, other: Self) -> Self {
        Self { scalars: self.scalars - other.scalars, utf16: self.utf16 - other.utf16 }
    }
}

/// How many of the bytes are counted. A byte holds the count of a chunk, so that a processor adds many at
/// a time.
fn count(bytes: &[u8], is_counted: impl Fn(u8) -> bool) -> u32 {
    let of_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(is_counted(*byte))).sum::<u8>();
    bytes.chunks(128).map(|chunk| u32::from(of_chunk(chunk))).sum()
}

impl LineIndex {
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            let half_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            if !half_of_crlf {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts, checkpoints: OnceLock::new() }
    }

    /// The number of lines; a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The 0-based number of the line that holds the byte at `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset) - 1
    }

    /// The byte range of a 0-based line, its line break left out.
    ///
    /// # Panics
    /// When there is no such line.
    pub fn line_range(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize);
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The position of the byte at `offset`, which lies on a character boundary of `text`.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line] as usize;
        let in_line = match offset - start {
            0..CHECKPOINT => Counts::of(&text.as_bytes()[start..offset]),
            _ => self.before(text, offset).minus(self.before(text, start)),
        };
        Position {
            line: line as u32 + 1,
            column: in_line.scalars + 1,
            utf16: in_line.utf16,
            utf8: (offset - start) as u32,
        }
    }

    /// How many Unicode scalar values lie before the byte at `offset`, which lies on a character boundary of `text`: the
    /// place in languages whose strings count these, such as Python.
    pub fn scalars_before(&self, text: &str, offset: usize) -> u32 {
        self.before(text, offset).scalars
    }

    /// How much text lies before the byte at `offset`.
    fn before(&self, text: &str, offset: usize) -> Counts {
        let bytes = text.as_bytes();
        let checkpoints = self.checkpoints.get_or_init(|| {
            let pieces = bytes.chunks(CHECKPOINT).map(Counts::of);
            let sums = pieces.scan(Counts::default(), |before, piece| {
                *before = before.plus(piece);
                Some(*before)
            });
            std::iter::once(Counts::default()).chain(sums).collect()
        });
        let checkpoint = offset / CHECKPOINT;
        checkpoints[checkpoint].plus(Counts::of(&bytes[checkpoint * CHECKPOINT..offset]))
    }
}

/// The byte offset at which a 0-based line begins; `None` when the text has fewer. For a text of
/// which no [`LineIndex`] is at hand: the time grows with the text before the line.
pub fn line_start(text: &str, line: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends = memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at + 1);
    std::iter::once(0).chain(ends).nth(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, offset: usize) -> (u32, u32, u32, u32) {
        let position = LineIndex::new(text).position(text, offset);
        (position.line, position.column, position.utf16, position.utf8)
    }

    #[test]
    fn columns_count_scalars_and_utf16_counts_units() {
        let text = "ab\nü😀x";
        assert_eq!(place(text, 0), (1, 1, 0, 0));
        assert_eq!(place(text, 3), (2, 1, 0, 0));
        assert_eq!(place(text, text.len() - 1), (2, 3, 3, 6));
        assert_eq!(place(text, text.len()), (2, 4, 4, 7));
    }

    #[test]
    fn all_three_line_ends_count_once() {
        let text = "a\r\nb\rc\nd";
        let index = LineIndex::new(text);
        assert_eq!(index.line_count(), 4);
        assert_eq!(place(text, 3), (2, 1, 0, 0));
        assert_eq!(place(text, 5), (3, 1, 0, 0));
        assert_eq!(place(text, 7), (4, 1, 0, 0));
        assert_eq!(&text[index.line_range(text, 0)], "a");
    }

    #[test]
    fn a_place_far_into_a_long_line_is_exact() {
        let text = "é😀a".repeat(CHECKPOINT);
        let offset = text.len() - 1;
        let scalars = text[..offset].chars().count() as u32;
        let units = text[..offset].encode_utf16().count() as u32;
        assert_eq!(place(&text, offset), (1, scalars + 1, units, offset as u32));
        assert_eq!(LineIndex::new(&text).scalars_before(&text, offset), scalars);
    }

    #[test]
    fn lines_begin_where_the_index_says() {
        for text in ["", "a\n", "a\r\nb\rc\n\nd", "\r\r\n"] {
            let index = LineIndex::new(text);
            for line in 0..index.line_count() {
                assert_eq!(line_start(text, line), Some(index.line_range(text, line).start), "{text:?}");
            }
            assert_eq!(line_start(text, index.line_count()), None, "{text:?}");
        }
    }

    #[test]
    fn the_end_of_an_empty_text_is_a_place() {
        assert_eq!(place("", 0), (1, 1, 0, 0));
        assert_eq!(place("a\n", 2), (2, 1, 0, 0));
    }
}
