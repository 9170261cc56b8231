//! The marks inside a paragraph of reStructuredText.

use super::super::joined::Joined;
use super::{Reader, directives};
use crate::MaskKind;

/// A mark that begins a stretch of text, and the one that ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Strong,
    Emphasis,
    Literal,
    Interpreted,
    Substitution,
}

const MARKS: [(&str, Mark); 5] = [
    ("**", Mark::Strong),
    ("*", Mark::Emphasis),
    ("``", Mark::Literal),
    ("`", Mark::Interpreted),
    ("|", Mark::Substitution),
];

impl Reader<'_> {
    /// Takes the text of a paragraph in.
    pub(super) fn inline(&mut self, joined: &Joined) {
        let text = joined.text.as_str();
        let mut line = Inline { joined, text, at: 0, copied: 0, endless: Vec::new(), close: None };
        while line.at < text.len() {
            line.step(self);
        }
        joined.copy(&mut self.builder, line.copied, text.len());
    }
}

struct Inline<'j> {
    joined: &'j Joined,
    text: &'j str,
    at: usize,
    /// Up to here the text is taken in.
    copied: usize,
    /// The marks of which no end comes any more.
    endless: Vec<Mark>,
    /// Where emphasis ends that is open, and how long its mark is.
    close: Option<(usize, usize)>,
}

impl Inline<'_> {
    /// Leaves out what stands from `from` to `to`.
    fn leave_out(&mut self, reader: &mut Reader<'_>, from: usize, to: usize) {
        self.joined.copy(&mut reader.builder, self.copied, from);
        (self.at, self.copied) = (to, to);
    }

    fn step(&mut self, reader: &mut Reader<'_>) {
        let at = self.at;
        if let Some((end, length)) = self.close.take_if(|(end, _)| *end <= at) {
            return self.leave_out(reader, end, end + length);
        }
        match self.text.as_bytes()[at] {
            b'\\' => self.escape(reader),
            b'*' | b'`' | b'|' => self.mark(reader),
            b'[' => self.note(reader),
            b'_' => self.link(reader),
            _ => self.at += 1,
        }
    }

    /// A backslash: what is behind it is meant as it is, and white space not at all.
    fn escape(&mut self, reader: &mut Reader<'_>) {
        let at = self.at;
        let next = self.text[at + 1..].chars().next();
        let end = at + 1 + next.map_or(0, char::len_utf8);
        self.leave_out(reader, at, end);
        if let Some(next) = next.filter(|next| !next.is_whitespace()) {
            self.joined.replace(&mut reader.builder, at, end, next.encode_utf8(&mut [0; 4]));
        }
    }

    fn mark(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let Some((written, mark)) = MARKS.iter().find(|(mark, _)| text[at..].starts_with(mark)) else {
            return;
        };
        let start = at + written.len();
        let may_open = self.close.is_none() && opens(text, at, start) && !self.endless.contains(mark);
        let Some(end) = may_open.then(|| end_of(text, start, written, *mark)).flatten() else {
            if may_open {
                self.endless.push(*mark);
            }
            self.at = start;
            return;
        };
        if matches!(mark, Mark::Strong | Mark::Emphasis) {
            self.leave_out(reader, at, start);
            self.close = Some((end, written.len()));
            return;
        }
        // A role stands before the text, or behind it; behind that perhaps the sign of a link.
        let before = role_before(&text[self.copied..at]);
        let rest = &text[end + written.len()..];
        let behind = role_behind(rest).filter(|_| before.is_none());
        let length = |role: Option<&str>| role.map_or(0, |role| role.len() + 2);
        let links = rest.bytes().take(2).take_while(|byte| *byte == b'_').count();
        let until = end + written.len() + length(behind) + links;
        self.leave_out(reader, at - length(before), until);
        match mark {
            Mark::Interpreted => {
                self.interpreted(reader, start, end, before.or(behind).unwrap_or_default(), links > 0);
            }
            _ => self.masked(reader, start, end),
        }
    }

    /// The sign of a note, which goes with the space before it.
    fn note(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let inner = &text[at + 1..];
        let is_part = |char: char| char.is_alphanumeric() || "#*.:+_-".contains(char);
        let label = inner
            .bytes()
            .take(LONGEST_LABEL)
            .take_while(|byte| !byte.is_ascii() || is_part(char::from(*byte)))
            .count();
        if label > 0 && inner.as_bytes()[label..].starts_with(b"]_") {
            let from = self.copied + text[self.copied..at].trim_end().len();
            self.leave_out(reader, from, at + 1 + label + 2);
        } else {
            self.at += 1;
        }
    }

    /// The sign behind a word that is a link.
    fn link(&mut self, reader: &mut Reader<'_>) {
        let (text, at) = (self.text, self.at);
        let signs = text[at..].bytes().take(3).take_while(|byte| *byte == b'_').count();
        let before = text[..at].chars().next_back();
        let behind = text[at + signs..].chars().next();
        if signs < 3
            && before.is_some_and(char::is_alphanumeric)
            && !behind.is_some_and(char::is_alphanumeric)
        {
            self.leave_out(reader, at, at + signs);
        } else {
            self.at += signs;
        }
    }

    /// What stands between two backquotes, `text <target>` perhaps.
    fn interpreted(&mut self, reader: &mut Reader<'_>, start: usize, end: usize, role: &str, is_link: bool) {
        let inner = &self.text[start..end];
        let target = inner.strip_suffix('>').and_then(|inner| inner.rfind('<'));
        let shown = target.map_or(inner.len(), |at| inner[..at].trim_end().len());
        let is_text = directives::is_prose(role) && (target.is_some() || !directives::is_reference(role));
        if (is_link || is_text) && shown > 0 {
            self.joined.copy(&mut reader.builder, start, start + shown);
        } else {
            self.masked(reader, start, end);
        }
    }

    fn masked(&mut self, reader: &mut Reader<'_>, start: usize, end: usize) {
        reader.builder.mask(MaskKind::Code);
        self.joined.copy(&mut reader.builder, start, end);
        reader.builder.unmask();
    }
}

/// How long the label of a note is at most.
const LONGEST_LABEL: usize = 80;

/// Whether a mark from `at` to `start` begins a stretch: white space or an opening mark stands before it,
/// text behind it, and no pair of marks around it.
fn opens(text: &str, at: usize, start: usize) -> bool {
    let (before, behind) = (text[..at].chars().next_back(), text[start..].chars().next());
    let is_free = before.is_none_or(|char| {
        !char.is_alphanumeric() && !matches!(char, '\\' | '*' | '`' | '|') || char.is_whitespace()
    });
    let is_quoted = matches!(
        (before, behind),
        (Some('"'), Some('"')) | (Some('\''), Some('\'')) | (Some('('), Some(')'))
    );
    is_free && !is_quoted && behind.is_some_and(|char| !char.is_whitespace())
}

/// Where the mark stands that ends a stretch which begins at `start`.
fn end_of(text: &str, start: usize, written: &str, mark: Mark) -> Option<usize> {
    let mut at = start;
    while let Some(found) = text[at..].find(written) {
        let end = at + found;
        let before = text[..end].chars().next_back();
        let behind = text[end + written.len()..].chars().next();
        let is_escaped = before == Some('\\') && mark != Mark::Literal;
        let ends = end > start && before.is_some_and(|char| !char.is_whitespace()) && !is_escaped;
        if ends && behind.is_none_or(|char| !char.is_alphanumeric() && !written.starts_with(char)) {
            return Some(end);
        }
        at = end + written.len();
    }
    None
}

/// The role that ends a text: `:name:`.
fn role_before(text: &str) -> Option<&str> {
    let inner = text.strip_suffix(':')?;
    let inner = &inner[inner.floor_char_boundary(inner.len().saturating_sub(LONGEST_LABEL))..];
    let name = &inner[inner.rfind(':')? + 1..];
    is_name(name).then_some(name)
}

/// The role that begins a text.
fn role_behind(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(':')?;
    let name = &inner[..inner.floor_char_boundary(LONGEST_LABEL)];
    let name = &name[..name.find(':')?];
    is_name(name).then_some(name)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "-_+.".contains(char))
}
