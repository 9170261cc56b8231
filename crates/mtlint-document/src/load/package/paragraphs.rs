//! The paragraphs of a document as text, each a line, and the way back into the XML they came from.

use crate::{BlockKind, Extract, MaskKind, OriginMap};
use mtlint_text::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::time::{Duration, Instant};

/// A line break inside a paragraph.
pub(super) const LINE_BREAK: char = '\u{2028}';

/// What is no text inside a paragraph, such as a formula.
pub(super) const OBJECT: char = '\u{FFFC}';

/// How a piece of a paragraph is written in the XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As it is.
    Text,
    /// Another way, an entity for instance: changed as a whole or not at all.
    Reference,
    /// By an element that stands for so many spaces.
    Spaces,
    /// By an element that no fix touches.
    Element,
}

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Where it lies in the text of the paragraph.
    pub text: Span,
    /// Where it lies in its part.
    pub xml: Span,
    pub written: Written,
    /// Where the tag ends that opens the element around it, if white space at its edges is lost there.
    pub bare: Option<u32>,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub text: String,
    pub kind: Option<BlockKind>,
    pub pieces: Vec<Piece>,
    /// Where the tag ended that opened the element of the last text.
    pub tag: u32,
}

impl Paragraph {
    pub fn push(&mut self, text: &str, xml: Span, written: Written, bare: Option<u32>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && written == Written::Text
            && last.written == written
            && last.xml.end == xml.start
        {
            last.text.end = self.text.len() as u32;
            last.xml.end = xml.end;
            return;
        }
        self.pieces.push(Piece { text: Span::new(start, self.text.len()), xml, written, bare });
    }

    /// Leaves nothing of the paragraph but that it is one.
    pub fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Whether it ends in a space that stands in the XML as such: more of them are none.
    pub fn ends_in_written_space(&self) -> bool {
        let last = self.pieces.last().map(|piece| piece.written);
        self.text.ends_with(' ') && matches!(last, Some(Written::Text | Written::Reference))
    }

    /// Takes the white space at the end away that is lost there.
    pub fn trim_end(&mut self) {
        while let Some(last) = self.pieces.last_mut().filter(|last| last.written == Written::Text) {
            let kept = last.text.of(&self.text).trim_end_matches([' ', '\t']).len() as u32;
            last.xml.end = last.xml.start + kept;
            last.text.end = last.text.start + kept;
            self.text.truncate(last.text.hi());
            if kept > 0 {
                return;
            }
            self.pieces.pop();
        }
    }

    /// The changes of the XML that make `new` of the paragraph: in which places what is written.
    ///
    /// # Errors
    /// When a change touches what no fix may touch.
    pub fn changes(&self, new: &str) -> Result<Vec<(Span, String)>, &'static str> {
        let mut changes: Vec<(usize, Span, &str)> = Vec::new();
        for (old, inserted) in differences(&self.text, new) {
            self.change(old, &new[inserted], &mut changes)?;
        }
        // What each piece that changes reads in the end.
        let mut written = Vec::new();
        let mut rest = changes.as_slice();
        while let Some((index, _, _)) = rest.first() {
            let count = rest.iter().take_while(|(other, _, _)| other == index).count();
            let (own, others) = rest.split_at(count);
            rest = others;
            let piece = self.pieces[*index];
            let old = piece.text.of(&self.text);
            let mut text = String::new();
            let mut done = 0;
            for (_, span, inserted) in own {
                let (from, to) = (span.lo() - piece.text.lo(), span.hi() - piece.text.lo());
                text.push_str(&old[done..from]);
                text.push_str(inserted);
                done = to;
            }
            text.push_str(&old[done..]);
            written.push((piece.xml, piece.write(&text)));
            let is_lost = text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']);
            if let Some(tag) = piece.bare.filter(|_| is_lost) {
                written.push((Span::at(tag as usize - 1), " xml:space=\"preserve\"".to_owned()));
            }
        }
        Ok(written)
    }

    /// Parts a change of the text among the pieces it lies in.
    fn change<'n>(
        &self,
        old: Span,
        mut inserted: &'n str,
        changes: &mut Vec<(usize, Span, &'n str)>,
    ) -> Result<(), &'static str> {
        let touches = |piece: &Piece| {
            if old.is_empty() {
                piece.text.start <= old.start && old.end <= piece.text.end
            } else {
                piece.text.start < old.end && old.start < piece.text.end
            }
        };
        let first = self.pieces.partition_point(|piece| piece.text.end < old.start);
        let mut touched: Vec<usize> = (first..self.pieces.len())
            .take_while(|index| self.pieces[*index].text.start <= old.end)
            .filter(|index| touches(&self.pieces[*index]))
            .collect();
        if old.is_empty() {
            // Between two pieces the text goes into one that is text.
            touched.retain(|index| self.pieces[*index].written == Written::Text);
            touched.truncate(1);
        }
        if touched.is_empty() {
            return Err("the fix would write where there is no text");
        }
        for index in touched {
            let piece = self.pieces[index];
            let span = Span::new(old.lo().max(piece.text.lo()), old.hi().min(piece.text.hi()));
            match piece.written {
                Written::Element => return Err("the fix would take a tab, line break or object away"),
                Written::Reference if span != piece.text => return Err("the fix would cut a character"),
                _ => {}
            }
            changes.push((index, span, std::mem::take(&mut inserted)));
        }
        Ok(())
    }
}

impl Piece {
    /// How a text is written in the place of the piece.
    fn write(&self, text: &str) -> String {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if self.written != Written::Spaces {
            return escape(text);
        }
        let mut out = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            if spaces > 0 {
                out.push_str(&format!("<text:s text:c=\"{spaces}\"/>"));
            }
            let end = rest[spaces..].find(' ').map_or(rest.len(), |at| spaces + at);
            out.push_str(&escape(&rest[spaces..end]));
            rest = &rest[end..];
        }
        out
    }
}

/// How long the least difference of two paragraphs is looked for: then a larger one will do.
const PATIENCE: Duration = Duration::from_millis(500);

/// The parts of `old` that differ, and what stands there in `new`, in text order.
fn differences(old: &str, new: &str) -> Vec<(Span, std::ops::Range<usize>)> {
    let prefix: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(char, _)| char.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let suffix: usize = old_rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(char, _)| char.len_utf8())
        .sum();
    let middle =
        |text: &str| -> Vec<(usize, char)> { text[prefix..text.len() - suffix].char_indices().collect() };
    let (before, after) = (middle(old), middle(new));
    let chars = |indexed: &[(usize, char)]| -> Vec<char> { indexed.iter().map(|(_, char)| *char).collect() };
    let at = |indexed: &[(usize, char)], index: usize, length: usize| {
        prefix + indexed.get(index).map_or(length - suffix - prefix, |(offset, _)| *offset)
    };
    let deadline = Some(Instant::now() + PATIENCE);
    capture_diff_slices_deadline(Algorithm::Myers, &chars(&before), &chars(&after), deadline)
        .into_iter()
        .filter(|operation| !matches!(operation, DiffOp::Equal { .. }))
        .map(|operation| {
            let (old_range, new_range) = (operation.old_range(), operation.new_range());
            let span =
                Span::new(at(&before, old_range.start, old.len()), at(&before, old_range.end, old.len()));
            (span, at(&after, new_range.start, new.len())..at(&after, new_range.end, new.len()))
        })
        .collect()
}

/// What rules see of the paragraphs of `original`, each a line, whose kinds `kinds` tells. Line breaks,
/// tabs and objects have no place that an edit could change.
pub(crate) fn extract(original: &str, kinds: &[Option<BlockKind>]) -> Extract {
    let mut extract = Extract { blocks: Some(Vec::new()), ..Extract::default() };
    let mut map = OriginMap::new(original);
    let mut start = 0;
    for (number, line) in original.split_inclusive('\n').enumerate() {
        let block = extract.text.len();
        let text = line.strip_suffix('\n').unwrap_or(line);
        let (mut copied, end) = (start, start + text.len());
        for (at, char) in text.char_indices().filter(|(_, char)| matches!(*char, LINE_BREAK | OBJECT | '\t'))
        {
            let at = start + at;
            map.copy(Span::new(copied, at));
            extract.text.push_str(&original[copied..at]);
            copied = at + char.len_utf8();
            let shown = extract.text.len();
            match char {
                LINE_BREAK => extract.text.push('\n'),
                other => extract.text.push(other),
            }
            map.replace(Span::at(at), extract.text.len() - shown);
            if char == OBJECT {
                extract.mask.push((Span::new(shown, extract.text.len()), MaskKind::Placeholder));
            }
        }
        map.copy(Span::new(copied, end));
        extract.text.push_str(&original[copied..end]);
        if extract.text.len() > block {
            let kind = kinds.get(number).copied().flatten().unwrap_or(BlockKind::Paragraph);
            if let Some(blocks) = &mut extract.blocks {
                blocks.push((Span::new(block, extract.text.len()), kind));
            }
        }
        if text.len() < line.len() {
            // No edit joins two paragraphs.
            extract.text.push('\n');
            map.replace(Span::at(end), 1);
        }
        start += line.len();
    }
    extract.origin = Some(map);
    extract
}
