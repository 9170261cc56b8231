//! Markdown, as CommonMark and GitHub have it: the prose without its marks.

use super::builder::Builder;
use crate::{BlockKind, Extract, MaskKind, OriginMap};
use mtlint_text::Span;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The text of a Markdown file. Front matter, code blocks, HTML, images and link targets are left
/// out; inline code stays as its text, masked.
pub(super) fn extract(original: &str) -> Extract {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        original,
        builder: Builder::new(original, OriginMap::new(original)),
        kinds: Vec::new(),
        left_out: 0,
        done: 0,
    };
    for (event, range) in Parser::new_ext(original, options).into_offset_iter() {
        reader.event(event, range);
    }
    reader.end_block();
    reader.builder.finish()
}

struct Reader<'a> {
    original: &'a str,
    builder: Builder<'a>,
    /// The kinds of the open blocks that have one, outermost first.
    kinds: Vec<BlockKind>,
    /// How many elements are open whose text is left out.
    left_out: usize,
    /// The end of the last piece of text.
    done: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            _ if self.left_out > 0 => {}
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.builder.mask(MaskKind::Code);
                let inner = self.original[range.clone()].find(&*code).map(|at| range.start + at);
                match inner {
                    Some(start) => self.builder.copy(Span::new(start, start + code.len())),
                    None => self.builder.replace(range.into(), &code),
                }
                self.builder.unmask();
            }
            Event::SoftBreak => self.builder.space(range.into()),
            Event::HardBreak => self.builder.line_break(range.into()),
            Event::Rule => self.end_block(),
            Event::InlineHtml(_) => self.builder.comments(range.into()),
            Event::Html(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => self.open(BlockKind::Title),
            Tag::Heading { .. } => self.open(BlockKind::Heading),
            Tag::BlockQuote(_) => self.open(BlockKind::Quotation),
            Tag::Item => self.open(BlockKind::ListItem),
            Tag::TableCell => self.open(BlockKind::TableCell),
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.end_block();
                if *tag == Tag::HtmlBlock {
                    self.builder.comments(range.into());
                }
                self.left_out += 1;
            }
            Tag::Image { .. } => self.left_out += 1,
            _ if is_inline(tag.to_end()) => {}
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::TableCell => {
                self.end_block();
                self.kinds.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => {
                self.left_out = self.left_out.saturating_sub(1);
            }
            _ if is_inline(tag) => {}
            _ => self.end_block(),
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.end_block();
        self.kinds.push(kind);
    }

    fn end_block(&mut self) {
        self.builder.end_block(self.kinds.last().copied().unwrap_or(BlockKind::Paragraph));
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        let mut span = Span::from(range);
        if span.of(self.original) != text {
            self.builder.replace(span, text);
        } else {
            // A backslash before a mark is part of it: who edits the mark edits both.
            let escaped = span.lo() > self.done && self.original.as_bytes()[span.lo() - 1] == b'\\';
            if escaped && text.starts_with(|char: char| char.is_ascii_punctuation()) {
                self.builder.replace(Span::new(span.lo() - 1, span.lo() + 1), &text[..1]);
                span = Span::new(span.lo() + 1, span.hi());
            }
            if self.builder.is_empty() {
                // What stands before it was left out, an image for instance.
                span.start = span.end - text.trim_start().len() as u32;
            }
            self.builder.copy(span);
        }
        self.done = span.hi();
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::Edit;

    fn blocks(markdown: &str) -> Vec<(String, BlockKind)> {
        let extract = extract(markdown);
        let blocks = extract.blocks.as_deref().unwrap_or_default();
        blocks.iter().map(|(span, kind)| (span.of(&extract.text).to_owned(), *kind)).collect()
    }

    fn text(markdown: &str) -> String {
        let texts: Vec<String> = blocks(markdown).into_iter().map(|(text, _)| text).collect();
        texts.join("|")
    }

    #[test]
    fn prose_is_taken_by_kind_and_the_rest_left_out() {
        let markdown = "---\r\ntitle: x\r\n---\r\n# The *ferry*\r\n\r\nIt was\r\nlate [again](https://example.org \"t\").\r\n\r\n\
            ```rust\r\nlet x = 1;\r\n```\r\n<div>raw</div>\r\n\r\n## More\r\n\r\n- one\r\n- two\r\n\r\n> Quoted\r\n> text.\r\n\r\n\
            | a | b |\r\n|---|---|\r\n| c | d |\r\n\r\nEnd[^1].\r\n\r\n[^1]: The note.\r\n\r\n![alt](x.png) Last.\r\n";
        assert_eq!(
            blocks(markdown),
            [
                ("The ferry", BlockKind::Title),
                ("It was late again.", BlockKind::Paragraph),
                ("More", BlockKind::Heading),
                ("one", BlockKind::ListItem),
                ("two", BlockKind::ListItem),
                ("Quoted text.", BlockKind::Quotation),
                ("a", BlockKind::TableCell),
                ("b", BlockKind::TableCell),
                ("c", BlockKind::TableCell),
                ("d", BlockKind::TableCell),
                ("End.", BlockKind::Paragraph),
                ("The note.", BlockKind::Paragraph),
                ("Last.", BlockKind::Paragraph),
            ]
            .map(|(text, kind)| (text.to_owned(), kind))
        );
    }

    #[test]
    fn positions_are_those_of_the_file() {
        let markdown = "Zoë **said** 😀&nbsp;\\\"Stop\\\" ``a ` b``.  \nNext";
        let extract = extract(markdown);
        assert_eq!(extract.text, "Zoë said 😀\u{A0}\"Stop\" a ` b.\nNext\n");
        let map = extract.origin.as_ref().unwrap();
        let origin = |part: &str| {
            let start = extract.text.find(part).unwrap();
            map.span(Span::new(start, start + part.len())).of(markdown)
        };
        assert_eq!(origin("said"), "said");
        assert_eq!(origin("\u{A0}"), "&nbsp;");
        assert_eq!(origin("\"Stop\""), "\\\"Stop\\\"");
        assert_eq!(origin("a ` b"), "a ` b");
        assert_eq!(origin("Next"), "Next");
        assert_eq!(extract.mask, [(Span::new(23, 28), MaskKind::Code)]);
        assert_eq!(&extract.text[23..28], "a ` b");
    }

    #[test]
    fn an_edit_takes_the_backslash_with_the_mark_and_spares_emphasis() {
        let markdown = "a\\\" *b* c";
        let extract = extract(markdown);
        assert_eq!(extract.text, "a\" b c\n");
        let map = extract.origin.unwrap();
        assert_eq!(map.edit(&Edit::delete(Span::new(1, 2))), Some(Edit::delete(Span::new(1, 3))));
        assert_eq!(map.edit(&Edit::delete(Span::new(2, 4))), None);
        assert_eq!(map.edit(&Edit::insert(6, "”")), Some(Edit::insert(9, "”")));
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(text(""), "");
        assert_eq!(text("```\ncode"), "");
        assert_eq!(text("- \n- [x] done\n\n***\n"), "done");
    }
}
