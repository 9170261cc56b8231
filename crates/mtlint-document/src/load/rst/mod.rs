//! reStructuredText: the prose without its marks, directives and code.
//!
//! A reader of its own: the kept parsers keep no places of what they read. Blocks are told line by
//! line, by what begins them and by how far they are moved in.

mod directives;
mod inline;
mod marks;
mod tables;

use super::builder::Builder;
use super::joined::Joined;
use crate::{BlockKind, Comment, Escape, Extract, OriginMap};
use directives::Argument;
use marks::{mark, rule};
use mtlint_text::Span;

/// The text of a file. Comments, targets, literal blocks and directives that hold no prose are left
/// out; what stands between two backquotes stays, masked.
pub(super) fn extract(original: &str) -> Extract {
    let builder = Builder::new(original, OriginMap::of_escaped(original, Escape::Rst));
    let outermost = Container { least: 0, exact: Some(0), kind: None };
    let mut reader = Reader {
        original,
        lines: lines(original),
        builder,
        containers: vec![outermost],
        styles: Vec::new(),
        unbordered: 0,
        at: 0,
    };
    while reader.at < reader.lines.len() {
        reader.block();
    }
    reader.builder.finish()
}

/// A line, without white space at either end.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// How many columns it is moved in.
    indent: usize,
}

impl Line {
    fn is_blank(self) -> bool {
        self.start == self.end
    }
}

fn lines(original: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in original.split_inclusive(['\n', '\r']) {
        let text = line.trim_end();
        let inner = text.trim_start_matches([' ', '\t', '\x0B', '\x0C']);
        let blanks = &text[..text.len() - inner.len()];
        let indent = blanks
            .bytes()
            .fold(0, |column, byte| if byte == b'\t' { (column / 8 + 1) * 8 } else { column + 1 });
        // The gap inside CR LF is no line.
        if !(line == "\n" && start > 0 && original.as_bytes()[start - 1] == b'\r') {
            lines.push(Line { start: start + blanks.len(), end: start + text.len(), indent });
        }
        start += line.len();
    }
    lines
}

/// What holds blocks that are moved in.
#[derive(Clone, Copy, Debug)]
struct Container {
    /// How far a line must be moved in to belong to it.
    least: usize,
    /// How far its blocks are; `None` until the first is met.
    exact: Option<usize>,
    /// `None` where it is that of what is around it.
    kind: Option<BlockKind>,
}

struct Reader<'a> {
    original: &'a str,
    lines: Vec<Line>,
    builder: Builder<'a>,
    /// Outermost first.
    containers: Vec<Container>,
    /// The marks and places of the lines of titles that were met, the highest title first.
    styles: Vec<(u8, bool)>,
    /// Before this line no table of columns begins that ends.
    unbordered: usize,
    /// The next line.
    at: usize,
}

impl<'a> Reader<'a> {
    fn text(&self, line: Line) -> &'a str {
        &self.original[line.start..line.end]
    }

    fn block(&mut self) {
        let line = self.lines[self.at];
        if line.is_blank() {
            self.at += 1;
            return;
        }
        self.settle(line.indent);
        self.rest_of(line, false);
    }

    /// Finds the container of a line.
    fn settle(&mut self, indent: usize) {
        while self.containers.len() > 1 && self.containers.last().is_some_and(|last| indent < last.least) {
            self.containers.pop();
        }
        let Some(last) = self.containers.last_mut() else { return };
        let exact = *last.exact.get_or_insert(indent);
        if indent > exact {
            let kind = Some(BlockKind::Quotation);
            self.containers.push(Container { least: exact + 1, exact: Some(indent), kind });
        } else {
            last.exact = Some(indent);
        }
    }

    fn push(&mut self, least: usize, exact: Option<usize>, kind: Option<BlockKind>) {
        let kind = kind.or(self.containers.last().and_then(|last| last.kind));
        self.containers.push(Container { least, exact, kind });
    }

    fn kind(&self) -> BlockKind {
        self.containers.last().and_then(|last| last.kind).unwrap_or(BlockKind::Paragraph)
    }

    /// Reads the block that begins with `line`, which may be the rest of one, behind the mark of an item.
    fn rest_of(&mut self, mut line: Line, mut is_rest: bool) {
        loop {
            let text = self.text(line);
            if text.is_empty() {
                self.at += 1;
                return;
            }
            if text == ".." || text.starts_with(".. ") || text.starts_with("__ ") {
                return self.explicit(line);
            }
            if !is_rest && self.heading(line) {
                return;
            }
            if text.starts_with(">>> ") {
                return self.skip_paragraph();
            }
            if text.starts_with("+-") || text.starts_with("+=") || tables::is_border(text) {
                return self.table(line);
            }
            if text == "|" || text.starts_with("| ") {
                return self.verse(line);
            }
            let Some(mark) = mark(text) else { return self.paragraph(line, is_rest) };
            let indent = line.indent + text[..mark].chars().count();
            self.push(line.indent + 1, Some(indent), Some(BlockKind::ListItem));
            line = Line { start: line.start + mark, indent, ..line };
            is_rest = true;
        }
    }

    /// The first line after `from` that is not moved in further than `indent`.
    fn end_of(&self, from: usize, indent: usize) -> usize {
        let inside = |line: &&Line| line.is_blank() || line.indent > indent;
        from + self.lines[from..].iter().take_while(inside).count()
    }

    fn skip_paragraph(&mut self) {
        self.at += self.lines[self.at..].iter().take_while(|line| !line.is_blank()).count();
    }

    /// What begins with two full stops: a comment, a note, a target, a directive.
    fn explicit(&mut self, line: Line) {
        let text = self.text(line);
        let rest = text[2..].trim_start();
        let from = line.end - rest.len();
        let next = self.at + 1;
        if let Some(inner) = rest.strip_prefix('[')
            && let Some((label, _)) = inner.split_once(']')
            && !label.contains(char::is_whitespace)
        {
            // A note has its text behind the label.
            self.push(line.indent + 1, None, Some(BlockKind::Paragraph));
            let start = from + label.len() + 2;
            let start = line.end - self.original[start..line.end].trim_start().len();
            return self.rest_of(Line { start, indent: line.indent + 1, ..line }, true);
        }
        // A substitution has its name before its directive.
        let named = rest
            .strip_prefix('|')
            .and_then(|inner| inner.split_once('|'))
            .map_or(rest, |(_, rest)| rest.trim_start());
        let is_name =
            |name: &str| !name.is_empty() && !name.contains(char::is_whitespace) && !name.starts_with('_');
        if let Some((name, argument)) = named.split_once("::").filter(|(name, _)| is_name(name)) {
            let start = line.end - argument.trim_start().len();
            return self.directive(line, name, Line { start, ..line });
        }
        let span = Span::new(line.start, line.end);
        self.builder.comment(Comment::line(self.original, span, rest), false);
        // One of two full stops alone, before an empty line, holds nothing.
        let is_empty = rest.is_empty() && self.lines.get(next).is_none_or(|line| line.is_blank());
        self.at = if is_empty { next } else { self.end_of(next, line.indent) };
    }

    fn directive(&mut self, line: Line, name: &str, argument: Line) {
        let Some((role, kind)) = directives::directive(name) else {
            self.at = self.end_of(self.at + 1, line.indent);
            return;
        };
        self.at += 1;
        let is_body = role == Argument::Body && !argument.is_blank();
        if let Argument::Block(kind) = role
            && !argument.is_blank()
        {
            let mut joined = Joined::default();
            joined.push(self.original, Span::new(argument.start, argument.end));
            self.inline(&joined);
            self.builder.end_block(kind);
        }
        self.push(line.indent + 1, None, kind);
        if is_body {
            self.at -= 1;
            return self.paragraph(Line { indent: line.indent + 1, ..argument }, true);
        }
        // Options, up to an empty line.
        let is_option = |line: &&Line| line.indent > argument.indent && self.text(**line).starts_with(':');
        self.at += self.lines[self.at..].iter().take_while(is_option).count();
    }

    /// A title with its line below, or with one above as well; or a line that parts paragraphs.
    fn heading(&mut self, line: Line) -> bool {
        let at = self.at;
        let get = |at: usize| self.lines.get(at).copied().filter(|line| !line.is_blank());
        let (title, style, taken) = if let Some(mark) = rule(self.text(line)) {
            match (get(at + 1), get(at + 2)) {
                (Some(title), Some(below))
                    if rule(self.text(below)) == Some(mark) && self.text(below) == self.text(line) =>
                {
                    (title, (mark, true), 3)
                }
                (None, _) if line.end - line.start >= 4 => {
                    self.at += 1;
                    return true;
                }
                _ => return false,
            }
        } else {
            let Some(below) = get(at + 1).filter(|below| below.indent == line.indent) else { return false };
            let Some(mark) = rule(self.text(below)) else { return false };
            let width = self.text(line).chars().count();
            if below.end - below.start < width.min(4) {
                return false;
            }
            (line, (mark, false), 2)
        };
        if !self.styles.contains(&style) {
            self.styles.push(style);
        }
        let kind = if self.styles[0] == style { BlockKind::Title } else { BlockKind::Heading };
        let mut joined = Joined::default();
        joined.push(self.original, Span::new(title.start, title.end));
        self.inline(&joined);
        self.builder.end_block(kind);
        self.at += taken;
        true
    }

    fn table(&mut self, line: Line) {
        let rest = &self.lines[self.at..];
        let length = if self.text(line).starts_with('+') {
            tables::drawn(self.original, rest)
        } else if self.at < self.unbordered {
            0
        } else {
            let found = tables::under_borders(self.original, rest);
            self.unbordered = found.err().map_or(self.unbordered, |most| self.at + most);
            found.unwrap_or(0)
        };
        if length < 2 {
            return self.skip_paragraph();
        }
        let end = self.at + length;
        let rows: Vec<Line> = self.lines[self.at..end]
            .iter()
            .map(|row| Line { start: row.start.max(line.start), ..*row })
            .collect();
        for cell in tables::cells(self.original, &rows) {
            self.inline(&cell);
            self.builder.end_block(BlockKind::TableCell);
        }
        self.at = end;
    }

    /// Lines that are kept apart.
    fn verse(&mut self, line: Line) {
        let mut line = line;
        while self.text(line).starts_with('|') {
            let inner = line.end - self.text(line)[1..].trim_start().len();
            let mut joined = Joined::default();
            joined.push(self.original, Span::new(inner, line.end));
            self.inline(&joined);
            self.builder.line_break(Span::at(line.end));
            self.at += 1;
            match self.lines.get(self.at) {
                Some(next) if !next.is_blank() => line = *next,
                _ => break,
            }
        }
        self.builder.end_block(self.kind());
    }

    /// A paragraph, or the term of a definition. One that ends in two colons has code after it.
    fn paragraph(&mut self, line: Line, is_rest: bool) {
        let mut joined = Joined::default();
        joined.push(self.original, Span::new(line.start, line.end));
        let first = self.at;
        self.at += 1;
        let least = if is_rest { self.containers.last().map_or(0, |last| last.least) } else { line.indent };
        // Of an item it is that of its text; a note or the like has none.
        let column =
            if is_rest { self.containers.last().and_then(|last| last.exact) } else { Some(line.indent) };
        let mut is_term = false;
        while let Some(next) =
            self.lines.get(self.at).copied().filter(|next| !next.is_blank() && next.indent >= least)
        {
            if column.is_some_and(|column| next.indent > column) {
                // Only a line by itself is a term.
                is_term = self.at == first + 1;
                break;
            }
            joined.push(self.original, Span::new(next.start, next.end));
            self.at += 1;
        }
        let has_code = joined.text.ends_with("::");
        if has_code {
            // One colon is shown, or none behind white space.
            let end = joined.text.len() - 1;
            let shown = joined.text[..end - 1].trim_end();
            joined.truncate(if shown.len() < end - 1 || shown.is_empty() { shown.len() } else { end });
        }
        self.inline(&joined);
        if is_term && !has_code {
            self.builder.end_block(BlockKind::ListItem);
            self.push(line.indent + 1, None, Some(BlockKind::ListItem));
            return;
        }
        self.builder.end_block(self.kind());
        if has_code {
            let indent = if is_rest { self.containers.last().and_then(|last| last.exact) } else { None };
            self.skip_code(indent.unwrap_or(line.indent));
        }
    }

    /// Skips the literal block after a paragraph that is moved in by `indent`.
    fn skip_code(&mut self, indent: usize) {
        let blank = self.lines[self.at..].iter().take_while(|line| line.is_blank()).count();
        let Some(first) = self.lines.get(self.at + blank).copied() else { return };
        if first.indent > indent {
            self.at = self.end_of(self.at + blank, indent);
        } else if first.indent == indent
            && let Some(mark) = self.text(first).chars().next().filter(char::is_ascii_punctuation)
            && blank > 0
        {
            // One that is quoted by a mark before every line.
            self.at += blank;
            while self.lines.get(self.at).is_some_and(|line| self.text(*line).starts_with(mark)) {
                self.at += 1;
            }
        }
    }
}
