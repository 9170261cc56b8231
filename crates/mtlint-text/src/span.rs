//! The span: a half-open range of bytes on character boundaries.

use std::ops::Range;

/// A half-open range of UTF-8 bytes into a text, `start <= end`, both on character boundaries.
///
/// Offsets are 32 bits wide: a document is at most 4 GiB, which the loader enforces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// A span of two byte offsets.
    ///
    /// # Panics
    /// In debug builds, when the offsets are in the wrong order.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start: start as u32, end: end as u32 }
    }

    /// The empty span at a byte offset: where an insertion goes.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The start, in bytes, as an index.
    #[inline]
    pub fn lo(self) -> usize {
        self.start as usize
    }

    /// The end, in bytes, as an index.
    #[inline]
    pub fn hi(self) -> usize {
        self.end as usize
    }

    /// Both ends as a range that indexes a `str`.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.lo()..self.hi()
    }

    /// The length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.hi() - self.lo()
    }

    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text under the span.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether every byte of `other` lies in `self`.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two overlap or one begins where the other ends.
    #[inline]
    pub fn touches(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The smallest span that contains both.
    #[inline]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that begins `offset` bytes later.
    pub fn shifted(self, offset: usize) -> Span {
        Span { start: self.start + offset as u32, end: self.end + offset as u32 }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
