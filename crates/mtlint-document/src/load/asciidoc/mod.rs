//! AsciiDoc: the prose without its marks, macros and code.
//!
//! A reader of its own: the kept parser makes HTML of what stands in a line and keeps the places of
//! blocks alone. Blocks are told line by line, by what begins them and by the lines around them.

mod inline;
mod marks;

use super::builder::Builder;
use super::joined::Joined;
use crate::{BlockKind, Comment, Extract, OriginMap};
use marks::{
    Fence, LABELS, Style, attribute, attributes, closing, fence, is_block_macro, is_cell_spec, is_comment,
    item, term, title,
};
use mtlint_text::Span;

/// The text of an AsciiDoc file. Comments, attributes, listings, formulas and macros that show no text
/// are left out; what is set as code in a line stays, masked. A footnote is a block after the paragraph
/// it stands in.
pub(super) fn extract(original: &str) -> Extract {
    let mut reader = Reader {
        original,
        lines: lines(original),
        builder: Builder::new(original, OriginMap::new(original)),
        open: Vec::new(),
        style: Style::None,
        paragraph: Joined::default(),
        kind: None,
        notes: Vec::new(),
        at: 0,
    };
    reader.header();
    while reader.at < reader.lines.len() {
        reader.line();
    }
    reader.end_block();
    reader.builder.finish()
}

struct Reader<'a> {
    original: &'a str,
    /// Without line ends and the white space before them.
    lines: Vec<Span>,
    builder: Builder<'a>,
    /// The lines that opened the blocks around, and the kinds of those blocks.
    open: Vec<(&'a str, Option<BlockKind>)>,
    style: Style,
    /// The paragraph in the making.
    paragraph: Joined,
    /// Its kind, if of its own.
    kind: Option<BlockKind>,
    /// The footnotes of the present paragraph.
    notes: Vec<Joined>,
    /// The next line.
    at: usize,
}

fn lines(original: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in original.split_inclusive(['\n', '\r']) {
        if !(line == "\n" && start > 0 && original.as_bytes()[start - 1] == b'\r') {
            lines.push(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    lines
}

impl<'a> Reader<'a> {
    fn text(&self, at: usize) -> &'a str {
        self.lines.get(at).map_or("", |span| span.of(self.original))
    }

    /// The title of the document, and the lines of authors and attributes below it.
    fn header(&mut self) {
        while self.at < self.lines.len() {
            let text = self.text(self.at);
            if is_comment(text) || attribute(text) || text.is_empty() {
                self.single(text);
                continue;
            }
            if title(text).is_none_or(|(level, _)| level > 1) {
                return;
            }
            self.line();
            // Authors, version and attributes, up to the next empty line.
            while self.at < self.lines.len() && !self.text(self.at).is_empty() {
                let text = self.text(self.at);
                self.single(text);
            }
            return;
        }
    }

    /// Passes over a line that shows nothing, and notes the comment that it may be.
    fn single(&mut self, text: &str) {
        if is_comment(text)
            && let Some(comment) = Comment::line(self.original, self.lines[self.at], &text[2..])
        {
            self.take_paragraph();
            self.builder.comment(Some(comment), false);
        }
        self.at += 1;
    }

    fn line(&mut self) {
        let text = self.text(self.at);
        let span = self.lines[self.at];
        let in_paragraph = !self.paragraph.is_empty();
        if text.is_empty() {
            self.end_block();
            self.at += 1;
        } else if is_comment(text) || attribute(text) && !in_paragraph {
            self.single(text);
        } else if let Some(fence) = fence(text) {
            self.end_block();
            self.fence(text, fence);
        } else if self.open.last().is_some_and(|(_, kind)| *kind == Some(BlockKind::TableCell)) {
            self.row(span);
        } else if is_block_macro(text)
            || matches!(text, "'''" | "---" | "- - -" | "***" | "* * *" | "<<<" | "+")
        {
            self.end_block();
            self.at += 1;
        } else if in_paragraph && self.kind != Some(BlockKind::ListItem) {
            self.add(span);
        } else if let Some(style) = attributes(text) {
            self.end_block();
            self.style = style.unwrap_or(self.style);
            self.at += 1;
        } else if let Some((level, start)) = title(text).filter(|_| !in_paragraph) {
            self.add(Span::new(span.lo() + start, span.hi()));
            self.kind = Some(if level == 1 { BlockKind::Title } else { BlockKind::Heading });
            self.end_block();
        } else if let Some(start) = item(text) {
            self.end_block();
            self.kind = Some(BlockKind::ListItem);
            self.add(Span::new(span.lo() + start, span.hi()));
        } else if let Some((end, start)) = term(text) {
            self.end_block();
            for (from, to) in [(0, end), (start, text.len())] {
                self.kind = Some(BlockKind::ListItem);
                let part = Span::new(span.lo() + from, span.lo() + to.max(from));
                self.paragraph.push(self.original, part);
                if to == end {
                    self.end_block();
                }
            }
            self.kind = Some(BlockKind::ListItem);
            self.at += 1;
        } else if in_paragraph {
            let start = text.len() - text.trim_start().len();
            self.add(Span::new(span.lo() + start, span.hi()));
        } else {
            self.begin(text, span);
        }
    }

    /// The first line of a paragraph, or of what looks like one.
    fn begin(&mut self, text: &str, span: Span) {
        let is_moved = text.starts_with([' ', '\t']);
        if self.style == Style::Code || is_moved && self.kind.is_none() {
            self.style = Style::None;
            while !self.text(self.at).is_empty() {
                self.at += 1;
            }
            return;
        }
        let is_caption =
            text.starts_with('.') && !text.starts_with("..") && !text[1..].starts_with([' ', '.']);
        let label = LABELS.iter().find_map(|label| text.strip_prefix(label)?.strip_prefix(": "));
        let start = match (is_caption, label) {
            (true, _) => 1,
            (false, Some(rest)) => text.len() - rest.len(),
            (false, None) => text.len() - text.trim_start().len(),
        };
        let own = match self.style {
            Style::Quotation | Style::Verse => Some(BlockKind::Quotation),
            _ => self.kind,
        };
        self.kind =
            Some(if is_caption { BlockKind::Caption } else { own.unwrap_or_else(|| self.kind_around()) });
        self.add(Span::new(span.lo() + start, span.hi()));
        if is_caption {
            self.end_paragraph();
        }
    }

    fn kind_around(&self) -> BlockKind {
        let kind = self.open.iter().rev().take(NESTING).find_map(|(_, kind)| *kind);
        kind.unwrap_or(BlockKind::Paragraph)
    }

    /// Adds a line to the paragraph.
    fn add(&mut self, span: Span) {
        self.paragraph.push(self.original, span);
        self.at += 1;
    }

    /// Takes what there is of the paragraph into the block.
    fn take_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.is_empty() {
            // Behind a comment the paragraph goes on.
            self.builder.space(Span::at(paragraph.place(0, 0).lo()));
            self.inline(&paragraph);
        }
    }

    fn end_paragraph(&mut self) {
        self.take_paragraph();
        let kind = self.kind.take().unwrap_or_else(|| self.kind_around());
        self.builder.end_block(kind);
        // What notes hold may have notes again, each behind the one it stands in.
        let mut notes: std::collections::VecDeque<Joined> = std::mem::take(&mut self.notes).into();
        while let Some(note) = notes.pop_front() {
            self.inline(&note);
            self.builder.end_block(BlockKind::Paragraph);
            notes.extend(self.notes.drain(..));
        }
    }

    fn end_block(&mut self) {
        let had_text = !self.paragraph.is_empty();
        self.end_paragraph();
        if had_text {
            self.style = Style::None;
        }
    }

    /// A line that opens or closes a block.
    fn fence(&mut self, text: &'a str, fence: Fence) {
        let style = std::mem::replace(&mut self.style, Style::None);
        self.at += 1;
        let is_code = fence == Fence::Code || style == Style::Code && fence != Fence::Table;
        // One that closes what is open closes what was opened in it as well.
        if let Some(index) = self.open.iter().rev().take(NESTING).position(|(line, _)| *line == text) {
            self.open.truncate(self.open.len() - 1 - index);
        } else if is_code {
            // Without an end it reaches to the end of the file.
            while self.at < self.lines.len() && self.text(self.at) != closing(text) {
                self.at += 1;
            }
            self.at += 1;
        } else {
            let kind = match fence {
                Fence::Quotation => Some(BlockKind::Quotation),
                Fence::Table => Some(BlockKind::TableCell),
                _ if style == Style::Quotation => Some(BlockKind::Quotation),
                _ => None,
            };
            self.open.push((text, kind));
        }
    }

    /// A line of a table, whose cells a bar begins.
    fn row(&mut self, span: Span) {
        let text = span.of(self.original);
        let mut start = 0;
        for bar in memchr::memchr_iter(b'|', text.as_bytes()) {
            if text[..bar].ends_with('\\') {
                continue;
            }
            // What the cell is like stands before its bar.
            let head = &text[start..bar];
            let spec = head.len()
                - head
                    .trim_end_matches(|char: char| char.is_ascii_alphanumeric() || "+.*<^>".contains(char))
                    .len();
            let is_spec = spec > 0
                && spec <= LONGEST_SPEC
                && (head.len() == spec || head[..head.len() - spec].ends_with(' '));
            let is_spec = is_spec && is_cell_spec(&head[head.len() - spec..]);
            let end = start + head[..head.len() - if is_spec { spec } else { 0 }].trim_end().len();
            self.cell(text, span, start, end);
            self.end_paragraph();
            start = bar + 1;
        }
        self.cell(text, span, start, text.len());
        self.at += 1;
    }

    fn cell(&mut self, text: &str, span: Span, start: usize, end: usize) {
        let start = end - text[start..end.max(start)].trim_start().len();
        self.paragraph.push(self.original, Span::new(span.lo() + start, span.lo() + end.max(start)));
        self.kind = Some(BlockKind::TableCell);
    }
}

/// How far out the kind of a block, and what a line closes, is looked for.
const NESTING: usize = 64;

/// How long what tells of a cell is at most.
const LONGEST_SPEC: usize = 12;
