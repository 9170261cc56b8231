//! Blocks: the paragraphs, headings and list items a document is made of.

use mtlint_text::Span;
use std::ops::Range;

/// What a block is, as far as its format or its look tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The first line of an article, or a heading of the first level.
    Title,
    Heading,
    Paragraph,
    /// A block quotation.
    Quotation,
    ListItem,
    Caption,
    TableCell,
}

/// A run of text that is read as one: sentences never cross its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Without white space at either end.
    pub span: Span,
    pub kind: BlockKind,
    /// Into [`super::Document::sentences`].
    pub sentences: Range<u32>,
    /// Into [`super::Document::tokens`].
    pub tokens: Range<u32>,
    /// Its marks, into those of the document.
    pub(super) marks: Range<u32>,
    /// Its capitalised words, into those of the document.
    pub(super) capitalised: Range<u32>,
}

/// The blocks of a text: those the format marks, or else those that plain text shows by its lines.
pub(super) fn split(text: &str, marked: Option<Vec<(Span, BlockKind)>>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut push = |span: Span, kind| {
        let slice = span.of(text);
        let start = span.lo() + (slice.len() - slice.trim_start().len());
        let end = span.lo() + slice.trim_end().len();
        if start < end {
            let span = Span::new(start, end);
            blocks.push(Block { span, kind, sentences: 0..0, tokens: 0..0, marks: 0..0, capitalised: 0..0 });
        }
    };
    match marked {
        Some(marked) => marked.into_iter().for_each(|(span, kind)| push(span, kind)),
        None => plain(text).into_iter().for_each(|span| push(span, kind_of(text, span))),
    }
    if let Some(first) = blocks.first_mut()
        && first.kind == BlockKind::Heading
    {
        first.kind = BlockKind::Title;
    }
    blocks
}

/// How long lines get at most in text that was wrapped by hand or by a mail program, in bytes.
const WRAP_WIDTH: Range<usize> = 50..101;

/// The spans of the paragraphs of plain text. A line is a paragraph, as news sites and scrapers
/// write it, unless lines are wrapped: then a blank line ends a paragraph.
fn plain(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut lines: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut flush = |lines: &mut Vec<Span>| {
        match (lines.first(), lines.last()) {
            (Some(&first), Some(&last)) if is_wrapped(text, lines) => spans.push(first.cover(last)),
            _ => spans.extend_from_slice(lines),
        }
        lines.clear();
    };
    for end in memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let line = Span::new(start, end);
        start = end + 1;
        if !line.of(text).trim().is_empty() {
            lines.push(line);
        } else if !(line.is_empty() && end > 0 && text.as_bytes()[end - 1] == b'\r') {
            // A blank line, and not the gap inside CR LF.
            flush(&mut lines);
        }
        if start > text.len() {
            break;
        }
    }
    flush(&mut lines);
    spans
}

/// Whether lines are one paragraph wrapped at some width: all but the last are nearly as long as
/// that width, and some of them end in mid-sentence.
pub(super) fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let Some((_, full)) = lines.split_last() else { return false };
    if full.is_empty() || lines.iter().any(|line| line.len() >= WRAP_WIDTH.end) {
        return false;
    }
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    if longest < WRAP_WIDTH.start || full.iter().any(|line| line.len() + 20 < longest) {
        return false;
    }
    let goes_on = full
        .iter()
        .filter(|line| line.of(text).trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ','))
        .count();
    goes_on * 2 > full.len()
}

/// How many characters a heading has at most.
const HEADING_LENGTH: usize = 100;

pub(super) fn kind_of(text: &str, span: Span) -> BlockKind {
    let line = span.of(text).trim();
    let mut chars = line.chars();
    if matches!(chars.next(), Some('•' | '■' | '●' | '▪' | '·' | '*' | '-' | '–'))
        && chars.next() == Some(' ')
    {
        return BlockKind::ListItem;
    }
    let unfinished = !line.ends_with(['.', '!', '?', '…', ':', ';', ',', '"', '”', '’', '»', '。', ')', ']']);
    if unfinished && line.chars().count() <= HEADING_LENGTH && line.chars().any(char::is_alphabetic) {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(&str, BlockKind)> {
        split(text, None).into_iter().map(|block| (block.span.of(text), block.kind)).collect()
    }

    #[test]
    fn every_line_of_a_scraped_article_is_a_block() {
        assert_eq!(
            blocks("The Bridge\r\nIt fell.\r\n\r\n  • One\n"),
            [
                ("The Bridge", BlockKind::Title),
                ("It fell.", BlockKind::Paragraph),
                ("• One", BlockKind::ListItem)
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_one_block() {
        let wrapped = "The ferry to the islands was cancelled for the third day in a row, and\nthe shops on the quay had run out of everything but tinned peaches and\nhope.\n\nThen it came.";
        let found = blocks(wrapped);
        assert_eq!(found.len(), 2);
        assert!(found[0].0.ends_with("hope."));
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(blocks("").is_empty());
        assert!(blocks(" \n\r\n\t").is_empty());
    }
}
