//! The marks and macros inside a paragraph of AsciiDoc.

use super::super::html;
use super::super::joined::Joined;
use super::Reader;
use crate::MaskKind;

/// How long the name or target of a macro is at most.
const LONGEST_TARGET: usize = 400;

/// Marks that hold code between two of them, the longer first.
const CODE: [&str; 5] = ["+++", "++", "``", "`", "+"];
/// Marks around text.
const TEXT: [&str; 8] = ["**", "__", "##", "*", "_", "#", "^", "~"];

impl Reader<'_> {
    /// Takes the text of a paragraph in.
    pub(super) fn inline(&mut self, joined: &Joined) {
        let text = joined.text.as_str();
        let mut line = Inline { joined, text, at: 0, copied: 0, endless: Vec::new(), closing: Vec::new() };
        while line.at < text.len() {
            line.step(self);
        }
        line.flush(self, text.len());
    }
}

struct Inline<'j> {
    joined: &'j Joined,
    text: &'j str,
    at: usize,
    /// Up to here the text is taken in.
    copied: usize,
    /// The marks of which no end comes any more up to a place.
    endless: Vec<(&'static str, usize)>,
    /// Where what is open ends, and how much ends it; the innermost last.
    closing: Vec<(usize, usize)>,
}

impl Inline<'_> {
    fn flush(&mut self, reader: &mut Reader<'_>, until: usize) {
        self.joined.copy(&mut reader.builder, self.copied, until);
        self.copied = until;
    }

    /// Leaves out what stands from `from` to `to`.
    fn leave_out(&mut self, reader: &mut Reader<'_>, from: usize, to: usize) {
        self.flush(reader, from.max(self.copied));
        (self.at, self.copied) = (to, to);
    }

    /// Leaves out what shows nothing, with one of the spaces around it.
    fn drop_whole(&mut self, reader: &mut Reader<'_>, from: usize, to: usize) {
        let is_spaced = self.text[to..].starts_with([' ', '\n', '.', ',']) || to == self.text.len();
        let before = self.copied + self.text[self.copied..from].trim_end_matches(' ').len();
        self.leave_out(reader, if is_spaced { before } else { from }, to);
    }

    fn replace(&mut self, reader: &mut Reader<'_>, to: usize, meant: &str) {
        let from = self.at;
        self.leave_out(reader, from, to);
        self.joined.replace(&mut reader.builder, from, to, meant);
    }

    fn masked(&mut self, reader: &mut Reader<'_>, from: usize, start: usize, end: usize, to: usize) {
        self.leave_out(reader, from, to);
        reader.builder.mask(MaskKind::Code);
        self.joined.copy(&mut reader.builder, start, end);
        reader.builder.unmask();
    }

    fn step(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        while let Some((end, length)) = self.closing.pop_if(|(end, _)| *end <= at) {
            if end == at {
                return self.leave_out(reader, at, at + length);
            }
        }
        let rest = &text[at..];
        match rest.as_bytes()[0] {
            b'\\' if rest.len() > 1 && b"*_`#^~+{<[".contains(&rest.as_bytes()[1]) => {
                self.leave_out(reader, at, at + 1);
                self.at += 1;
            }
            b'"' if rest.starts_with("\"`") => self.replace(reader, at + 2, "“"),
            b'\'' if rest.starts_with("'`") => self.replace(reader, at + 2, "‘"),
            b'`' if rest.starts_with("`\"") => self.replace(reader, at + 2, "”"),
            b'`' if rest.starts_with("`'") => self.replace(reader, at + 2, "’"),
            b'`' | b'+' => self.code(reader),
            b'*' | b'_' | b'#' | b'^' | b'~' => self.mark(reader),
            b'{' => self.reference(reader),
            b'<' if rest.starts_with("<<") => self.cross_reference(reader),
            b'[' => self.bracket(reader),
            b'(' if rest.starts_with("((") => self.index_term(reader),
            b'&' => match html::entity(&rest[..rest.floor_char_boundary(LONGEST_TARGET)]) {
                Some((length, meant)) => self.replace(reader, at + length, &meant),
                None => self.at += 1,
            },
            b'-' if rest.starts_with("--") && !rest.starts_with("---") && !text[..at].ends_with('-') => {
                self.replace(reader, at + 2, "—");
            }
            b' ' if rest.starts_with(" +\n") => {
                self.leave_out(reader, at, at + 3);
                reader.builder.line_break(self.joined.place(at, at + 2));
            }
            b':' => self.macro_at(reader),
            _ => self.at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    /// Code between two marks.
    fn code(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let Some(mark) = CODE.into_iter().find(|mark| text[at..].starts_with(mark)) else {
            return self.at += 1;
        };
        let start = at + mark.len();
        match self.end_of(mark, at, start) {
            Some(end) => self.masked(reader, at, start, end, end + mark.len()),
            None => self.at = start,
        }
    }

    /// Text between two marks.
    fn mark(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let Some(mark) = TEXT.into_iter().find(|mark| text[at..].starts_with(mark)) else {
            return self.at += 1;
        };
        let start = at + mark.len();
        match self.end_of(mark, at, start) {
            Some(end) => {
                self.leave_out(reader, at, start);
                self.closing.push((end, mark.len()));
            }
            None => self.at = start,
        }
    }

    /// Where the mark stands that ends what one from `at` to `start` begins, if it begins anything. A
    /// single one stands at the edges of words, a double one anywhere.
    fn end_of(&mut self, mark: &'static str, at: usize, start: usize) -> Option<usize> {
        let text = self.text;
        let behind = text[start..].chars().next()?;
        let is_single = mark.len() == 1 && !matches!(mark, "^" | "~");
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let before = text[..at].chars().next_back();
        let is_inside = before.is_some_and(|char| is_word(char) || matches!(char, ';' | ':' | '}'));
        if is_single && (is_inside || behind.is_whitespace()) {
            return None;
        }
        let mut from = start;
        let until = self.closing.last().map_or(text.len(), |(end, _)| *end);
        if self.endless.iter().any(|(known, end)| *known == mark && until <= *end) {
            return None;
        }
        while let Some(found) = text.get(from..until).and_then(|rest| rest.find(mark)) {
            let end = from + found;
            let last = text[..end].chars().next_back();
            let next = text[end + mark.len()..].chars().next();
            let fits =
                !is_single || last.is_some_and(|char| !char.is_whitespace()) && !next.is_some_and(is_word);
            // Neither half of a longer mark, nor the end of a quotation.
            let is_whole =
                !next.is_some_and(|next| mark.starts_with(next) || mark == "`" && matches!(next, '"' | '\''));
            if end > start && fits && is_whole && last != Some('\\') {
                return Some(end);
            }
            from = end + mark.len();
        }
        self.endless.retain(|(known, _)| *known != mark);
        self.endless.push((mark, until));
        None
    }

    /// An attribute that the document names: `{version}`.
    fn reference(&mut self, reader: &mut Reader<'_>) {
        let inner = &self.text[self.at + 1..];
        let is_part = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | ':');
        let length = inner.len() - inner.trim_start_matches(is_part).len();
        if length == 0 || !inner[length..].starts_with('}') {
            return self.at += 1;
        }
        let (at, end) = (self.at, self.at + length + 2);
        match &inner[..length] {
            "nbsp" => self.replace(reader, end, "\u{A0}"),
            "empty" | "zwsp" | "wj" => self.leave_out(reader, at, end),
            "apos" | "rsquo" => self.replace(reader, end, "’"),
            "lsquo" => self.replace(reader, end, "‘"),
            "ldquo" => self.replace(reader, end, "“"),
            "rdquo" => self.replace(reader, end, "”"),
            "quot" => self.replace(reader, end, "\""),
            "amp" => self.replace(reader, end, "&"),
            "plus" => self.replace(reader, end, "+"),
            "asterisk" => self.replace(reader, end, "*"),
            _ => self.masked(reader, at, at, end, end),
        }
    }

    /// `<<place,text>>`.
    fn cross_reference(&mut self, reader: &mut Reader<'_>) {
        let at = self.at;
        let inner = &self.text[at + 2..];
        let inner = &inner[..inner.floor_char_boundary(LONGEST_TARGET)];
        let Some(length) = inner.find(">>") else { return self.at += 2 };
        let end = at + 2 + length;
        match inner[..length].find(',') {
            Some(comma) => {
                let blanks = inner[comma + 1..length].len() - inner[comma + 1..length].trim_start().len();
                self.leave_out(reader, at, at + 2 + comma + 1 + blanks);
                self.closing.push((end, 2));
            }
            None => self.masked(reader, at, at + 2, end, end + 2),
        }
    }

    /// An anchor, `[[place]]`, or what tells of the mark behind it, `[.role]#text#`.
    fn bracket(&mut self, reader: &mut Reader<'_>) {
        let at = self.at;
        let inner = &self.text[at + 1..];
        let inner = &inner[..inner.floor_char_boundary(LONGEST_TARGET)];
        let Some(length) = inner.find(']') else { return self.at += 1 };
        let behind = &inner[length + 1..];
        if inner.starts_with('[') && behind.starts_with(']') {
            self.drop_whole(reader, at, at + length + 3);
        } else if behind.starts_with(['#', '*', '_', '`']) && !inner.starts_with(' ') && length > 0 {
            self.leave_out(reader, at, at + length + 2);
        } else {
            self.at += 1;
        }
    }

    /// `((term))`, which is shown, and `(((term)))`, which is not.
    fn index_term(&mut self, reader: &mut Reader<'_>) {
        let at = self.at;
        let inner = &self.text[at..];
        let inner = &inner[..inner.floor_char_boundary(LONGEST_TARGET)];
        let is_hidden = inner.starts_with("(((");
        match inner.find(if is_hidden { ")))" } else { "))" }) {
            Some(end) if is_hidden => self.drop_whole(reader, at, at + end + 3),
            Some(end) => {
                self.leave_out(reader, at, at + 2);
                self.closing.push((at + end, 2));
            }
            None => self.at += 2,
        }
    }

    /// A macro, `name:target[text]`, whose colon stands here.
    fn macro_at(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let head = &text[self.copied..at];
        let head = &head[head.floor_char_boundary(head.len().saturating_sub(40))..];
        let name = &head[head
            .trim_end_matches(|char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_'))
            .len()..];
        let target = &text[at + 1..];
        let target = &target[..target.floor_char_boundary(LONGEST_TARGET)];
        let length = target
            .find(|char: char| char.is_whitespace() || matches!(char, '[' | ']'))
            .unwrap_or(target.len());
        if name.is_empty() || !target[length..].starts_with('[') {
            return self.at += 1;
        }
        let start = at + 1 + length + 1;
        let Some(end) = bracket_end(text, start) else { return self.at += 1 };
        let from = at - name.len();
        match name {
            "http" | "https" | "link" | "mailto" | "ftp" | "irc" | "xref" if end > start => {
                // What is shown ends where attributes begin.
                let shown = text[start..end]
                    .find(",role=")
                    .or_else(|| text[start..end].find(",window="))
                    .map_or(end, |at| start + at);
                let shown = if text[start..shown].ends_with('^') { shown - 1 } else { shown };
                self.leave_out(reader, from, start);
                self.closing.push((shown, end + 1 - shown));
            }
            "footnote" => {
                let mut note = Joined::default();
                let mut piece = start;
                for line in text[start..end].split('\n') {
                    note.push_place(self.joined.place(piece, piece + line.len()), line);
                    piece += line.len() + 1;
                }
                reader.notes.push(note);
                self.drop_whole(reader, from, end + 1);
            }
            "image" | "icon" | "indexterm" | "anchor" | "bibref" => self.drop_whole(reader, from, end + 1),
            "indexterm2" | "btn" => {
                self.leave_out(reader, from, start);
                self.closing.push((end, 1));
            }
            _ => self.masked(reader, from, from, end + 1, end + 1),
        }
    }
}

/// Where the bracket stands that closes one whose content begins at `start`.
fn bracket_end(text: &str, start: usize) -> Option<usize> {
    const LONGEST: usize = 4000;
    let rest = &text[start..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let mut depth = 0_usize;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth == 0 => return (!rest[..at].ends_with('\\')).then_some(start + at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}
