//! Puts an extract together piece by piece, so that text, blocks, mask and origins agree.

use crate::{BlockKind, Comment, Extract, MaskKind, OriginMap};
use mtlint_text::Span;

/// An extract in the making.
pub(super) struct Builder<'a> {
    original: &'a str,
    extract: Extract,
    map: OriginMap,
    /// Where the block in the making begins in the text.
    block: usize,
    /// Where the last piece ends in the original.
    end: usize,
    /// White space of the original that becomes one space when more text follows it in the block.
    space: Option<Span>,
    /// Where a stretch that is not prose begins in the text.
    masked: Option<(usize, MaskKind)>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(original: &'a str, map: OriginMap) -> Self {
        Self {
            original,
            extract: Extract { blocks: Some(Vec::new()), ..Extract::default() },
            map,
            block: 0,
            end: 0,
            space: None,
            masked: None,
        }
    }

    /// Adds the text under `span` as it is.
    pub(super) fn copy(&mut self, span: Span) {
        if !span.is_empty() {
            self.flush_space();
            self.extract.text.push_str(span.of(self.original));
            self.map.copy(span);
            self.end = span.hi();
        }
    }

    /// Adds `text` for what lies under `span`.
    pub(super) fn replace(&mut self, span: Span, text: &str) {
        if span.of(self.original) == text {
            return self.copy(span);
        }
        self.flush_space();
        self.push(span, text);
        self.end = span.hi();
    }

    /// Adds white space, which is one space however much there is, and none at the ends of a block.
    pub(super) fn space(&mut self, span: Span) {
        if self.space.is_none() && !self.is_empty() && !self.ends_line() {
            self.space = Some(span);
        }
    }

    /// Adds a line break inside the block, for what lies under `span`.
    pub(super) fn line_break(&mut self, span: Span) {
        self.space = None;
        if !self.is_empty() {
            self.push(Span::at(span.lo()), "\n");
            self.end = span.lo();
        }
    }

    /// Whether the block holds no text yet.
    pub(super) fn is_empty(&self) -> bool {
        self.block == self.extract.text.len()
    }

    /// Whether the block so far ends in a line break.
    pub(super) fn ends_line(&self) -> bool {
        self.extract.text[self.block..].ends_with('\n')
    }

    /// From here on, until [`Builder::unmask`], the text is not prose.
    pub(super) fn mask(&mut self, kind: MaskKind) {
        if self.masked.is_none() {
            self.flush_space();
            self.masked = Some((self.extract.text.len(), kind));
        }
    }

    pub(super) fn unmask(&mut self) {
        if let Some((start, kind)) = self.masked.take()
            && start < self.extract.text.len()
        {
            self.extract.mask.push((Span::new(start, self.extract.text.len()), kind));
        }
    }

    /// Notes the comments under `span` that are meant for mtlint.
    pub(super) fn comments(&mut self, span: Span) {
        // After the words of the block in the making, for the space behind them may be no part of it.
        let at = self.block + self.extract.text[self.block..].trim_end().len();
        self.extract.comments.extend(Comment::find(self.original, span, at));
    }

    /// Notes a comment that stands here, if it is one for mtlint. Behind a block that is ended, on its line,
    /// it belongs to that.
    pub(super) fn comment(&mut self, comment: Option<Comment>, is_behind: bool) {
        let at = match self.block.checked_sub(1).filter(|_| is_behind && self.is_empty()) {
            Some(end) => end,
            None => self.block + self.extract.text[self.block..].trim_end().len(),
        };
        self.extract.comments.extend(comment.map(|comment| Comment { at: at as u32, ..comment }));
    }

    /// Ends the block, if it holds any text.
    pub(super) fn end_block(&mut self, kind: BlockKind) {
        self.space = None;
        let span = Span::new(self.block, self.extract.text.len());
        if span.is_empty() {
            return;
        }
        // What is not prose never goes on in the next block as far as rules see.
        let masked = self.masked.map(|(_, kind)| kind);
        self.unmask();
        self.extract.blocks.get_or_insert_default().push((span, kind));
        self.push(Span::at(self.end), "\n");
        self.block = self.extract.text.len();
        self.masked = masked.map(|kind| (self.block, kind));
    }

    /// The extract, once every block is ended.
    pub(super) fn finish(mut self) -> Extract {
        self.unmask();
        self.extract.origin = Some(self.map);
        self.extract
    }

    fn flush_space(&mut self) {
        match self.space.take() {
            Some(span) if span.of(self.original) == " " => {
                self.extract.text.push(' ');
                self.map.copy(span);
                self.end = span.hi();
            }
            Some(span) => {
                self.push(span, " ");
                self.end = span.hi();
            }
            None => {}
        }
    }

    fn push(&mut self, span: Span, text: &str) {
        self.extract.text.push_str(text);
        self.map.replace(span, text.len());
    }
}
