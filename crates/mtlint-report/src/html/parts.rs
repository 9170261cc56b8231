//! Cutting an article into parts that a browser builds one by one when they come near.

use super::marks::Mark;
use mtlint_document::{BlockKind, Document};
use mtlint_text::Span;
use std::ops::Range;

/// A part is full when it holds so many bytes of text …
const FULL: usize = 12_000;
/// … or so many findings.
const CROWDED: usize = 80;
/// A longer block is cut at the next sentence …
const LONG: usize = 4_000;
/// … and one that has none, anywhere.
const LONGEST: usize = 8_000;
/// How many findings that began earlier are marked in a piece at most.
const CARRIED: usize = 50;

/// A block, or a piece of a long one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub span: Span,
    pub kind: BlockKind,
    /// Whether the block goes on after it.
    pub goes_on: bool,
}

/// Pieces, and the findings that begin in them.
#[derive(Debug)]
pub(super) struct Part {
    pub pieces: Vec<(Piece, Vec<Mark>)>,
    pub findings: Range<usize>,
}

/// The blocks of a document, long ones cut; at least one piece.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(document.blocks().len());
    for block in document.blocks() {
        let mut start = block.span.lo();
        let mut push = |start: usize, end: usize| {
            let span = Span::new(start, end);
            pieces.push(Piece { span, kind: block.kind, goes_on: end < block.span.hi() });
        };
        if block.span.len() > LONG {
            for sentence in document.sentences_of(block) {
                while sentence.span.hi() > start + LONGEST && sentence.span.lo() < start + LONG {
                    let end = document.text().floor_char_boundary(start + LONGEST);
                    push(start, end);
                    start = end;
                }
                if sentence.span.lo() >= start + LONG {
                    push(start, sentence.span.lo());
                    start = sentence.span.lo();
                }
            }
        }
        while block.span.hi() > start + LONGEST {
            let end = document.text().floor_char_boundary(start + LONGEST);
            push(start, end);
            start = end;
        }
        push(start, block.span.hi());
    }
    if pieces.is_empty() {
        let span = Span::new(0, document.text().len());
        pieces.push(Piece { span, kind: BlockKind::Paragraph, goes_on: false });
    }
    pieces
}

/// The parts of a document with these findings, which are in the order of their starts.
pub(super) fn parts(document: &Document, findings: &[Mark]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let pieces = pieces(document);
    let last = pieces.len() - 1;
    let mut carried: Vec<Mark> = Vec::new();
    let mut next = 0;
    let mut size = usize::MAX;
    for (number, piece) in pieces.into_iter().enumerate() {
        carried.retain(|mark| mark.span.end > piece.span.start);
        carried.sort_by_key(|mark| (std::cmp::Reverse(mark.severity), mark.index));
        carried.truncate(CARRIED);
        let first = next;
        while next < findings.len() && (findings[next].span.start < piece.span.end || number == last) {
            next += 1;
        }
        let mut marks = carried.clone();
        marks.extend_from_slice(&findings[first..next]);
        marks.sort_by_key(|mark| mark.span);
        carried.extend_from_slice(&findings[first..next]);
        let is_full = size > FULL || parts.last().is_some_and(|part| part.findings.len() > CROWDED);
        if is_full {
            parts.push(Part { pieces: Vec::new(), findings: first..first });
            size = 0;
        }
        size += piece.span.len();
        if let Some(part) = parts.last_mut() {
            part.pieces.push((piece, marks));
            part.findings.end = next;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_engine::rule::Severity;
    use mtlint_lang::Packs;

    fn document(text: &str) -> Document {
        Document::plain(text, None, &Packs::builtin())
    }

    #[test]
    fn long_blocks_are_cut_between_sentences() {
        let text = format!("{}\n{}", "The boats lay still. ".repeat(1_000), "港".repeat(9_000));
        let document = document(&text);
        let pieces = pieces(&document);
        assert!(pieces.len() > 5);
        assert!(pieces.iter().all(|piece| !piece.span.is_empty() && piece.span.len() <= LONGEST));
        let read: String = pieces.iter().map(|piece| piece.span.of(&text)).collect();
        assert_eq!(read.replace('\n', ""), text.replace(" \n", ""));
        let cut = pieces.iter().filter(|piece| piece.goes_on && piece.span.hi() < 20_000);
        assert!(cut.clone().count() > 2);
        cut.for_each(|piece| assert!(piece.span.of(&text).ends_with(". ")));
    }

    #[test]
    fn every_finding_is_in_one_part() {
        let text = "One word. ".repeat(5_000);
        let marks: Vec<Mark> = (0..900)
            .map(|index| Mark {
                index,
                span: Span::new(index * 50, index * 50 + 300),
                severity: Severity::Minor,
            })
            .collect();
        let document = document(&text);
        let parts = parts(&document, &marks);
        assert!(parts.len() > 3);
        let numbers: Vec<usize> = parts.iter().flat_map(|part| part.findings.clone()).collect();
        assert_eq!(numbers, (0..900).collect::<Vec<_>>());
        let begun_earlier =
            parts[1].pieces[0].1.iter().filter(|mark| !parts[1].findings.contains(&mark.index));
        assert!(begun_earlier.count() > 0, "a finding is marked in all pieces it lies in");
    }

    #[test]
    fn an_empty_document_has_a_part() {
        let mark = Mark { index: 0, span: Span::at(0), severity: Severity::Minor };
        assert_eq!(parts(&document(""), &[mark]).len(), 1);
        assert_eq!(parts(&document("\n\n"), &[mark])[0].findings, 0..1);
    }
}
