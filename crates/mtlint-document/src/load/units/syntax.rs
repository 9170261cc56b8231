//! How a file writes the text of a unit: its escapes, and its way of going on in the next line.

use crate::{Escape, Extract, MaskKind, OriginMap};
use mtlint_text::Span;

/// How the text of a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Syntax {
    /// As it is.
    Plain,
    /// In quotation marks, with the escapes of C, perhaps over several lines.
    Po,
    /// In the escapes of C, the quotation marks around it left out.
    Strings,
    /// In the escapes of Java, a backslash at the end of a line that goes on.
    Properties,
    Json,
    /// `""` stands for `"` in a field between quotation marks, which belong to the raw text.
    Csv,
    /// `\t` and `\n`, written so.
    Tsv,
    Xml,
    /// XML, with escapes by backslash inside.
    Android,
    /// A node of YAML with its quotation marks, or, of a block, with the sign that begins it.
    Yaml,
    /// As it is, the lines that go on moved in.
    Fluent,
}

/// Reads the text of a unit.
pub(in super::super) fn extract(syntax: Syntax, raw: &str) -> Extract {
    match syntax {
        Syntax::Plain => Extract::plain(raw),
        _ => Reader {
            syntax,
            raw,
            text: String::with_capacity(raw.len()),
            map: OriginMap::of_escaped(raw, escape(syntax, raw)),
            mask: Vec::new(),
        }
        .read(),
    }
}

fn escape(syntax: Syntax, raw: &str) -> Escape {
    match syntax {
        Syntax::Plain => Escape::None,
        Syntax::Po | Syntax::Strings => Escape::Backslash,
        Syntax::Json => Escape::Json,
        Syntax::Csv if raw.starts_with('"') => Escape::DoubledQuotes,
        Syntax::Csv => Escape::None,
        Syntax::Tsv | Syntax::Properties => Escape::Tabs,
        Syntax::Xml => Escape::Markup,
        Syntax::Android => Escape::Android,
        Syntax::Yaml if raw.starts_with('"') => Escape::Json,
        Syntax::Yaml if raw.starts_with('\'') => Escape::DoubledApostrophes,
        Syntax::Yaml | Syntax::Fluent => Escape::None,
    }
}

struct Reader<'r> {
    syntax: Syntax,
    raw: &'r str,
    text: String,
    map: OriginMap,
    mask: Vec<(Span, MaskKind)>,
}

impl Reader<'_> {
    fn read(mut self) -> Extract {
        match self.syntax {
            Syntax::Po => self.po(),
            Syntax::Csv if self.raw.starts_with('"') => self.csv(),
            Syntax::Xml | Syntax::Android => self.xml(),
            Syntax::Yaml => self.yaml(),
            Syntax::Fluent => self.lines(0),
            _ => self.escapes(0, self.raw.len()),
        }
        Extract { text: self.text, origin: Some(self.map), mask: self.mask, ..Extract::default() }
    }

    fn copy(&mut self, from: usize, to: usize) {
        if from < to {
            self.text.push_str(&self.raw[from..to]);
            self.map.copy(Span::new(from, to));
        }
    }

    fn put(&mut self, from: usize, to: usize, text: &str) {
        self.text.push_str(text);
        self.map.replace(Span::new(from, to), text.len());
    }

    /// Text with escapes by backslash.
    fn escapes(&mut self, from: usize, to: usize) {
        let (mut at, mut copied) = (from, from);
        while let Some(found) = memchr::memchr(b'\\', &self.raw.as_bytes()[at..to]) {
            let start = at + found;
            let Some((length, text)) = self.escape_at(start, to) else {
                at = start + 1;
                continue;
            };
            self.copy(copied, start);
            self.put(start, start + length, &text);
            at = start + length;
            copied = at;
        }
        self.copy(copied, to);
    }

    /// What the backslash at `start` and what follows stand for, and how long that is.
    fn escape_at(&self, start: usize, to: usize) -> Option<(usize, String)> {
        let rest = &self.raw[start + 1..to];
        let next = rest.chars().next()?;
        let simple = |text: &str| Some((1 + next.len_utf8(), text.to_owned()));
        match (next, self.syntax) {
            ('n', _) => simple("\n"),
            ('t', _) => simple("\t"),
            ('r', Syntax::Po | Syntax::Strings | Syntax::Json | Syntax::Properties | Syntax::Yaml) => {
                simple("\r")
            }
            ('_', Syntax::Yaml) => simple("\u{a0}"),
            (' ', Syntax::Yaml) => simple(" "),
            (
                'u' | 'U',
                Syntax::Json | Syntax::Strings | Syntax::Android | Syntax::Properties | Syntax::Yaml,
            ) => unicode(rest),
            ('\r' | '\n', Syntax::Properties) => {
                let end = rest.len() - rest.trim_start_matches('\r').trim_start_matches('\n').len();
                let blanks = rest[end..].len() - rest[end..].trim_start_matches([' ', '\t']).len();
                Some((1 + end + blanks, String::new()))
            }
            ('\\', _) => simple("\\"),
            (
                '"' | '\'' | '/' | '@' | '?',
                Syntax::Po | Syntax::Strings | Syntax::Json | Syntax::Android | Syntax::Yaml,
            ) => simple(&next.to_string()),
            // Java leaves out the backslash before all else.
            (_, Syntax::Properties) => simple(&next.to_string()),
            _ => None,
        }
    }

    /// Strings between quotation marks, one a line, which go on in each other.
    fn po(&mut self) {
        let bytes = self.raw.as_bytes();
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'"', &bytes[at..]) {
            let start = at + open + 1;
            let mut end = start;
            while end < bytes.len() && bytes[end] != b'"' {
                end += if bytes[end] == b'\\' { 2 } else { 1 };
            }
            let end = end.min(bytes.len());
            self.escapes(start, end);
            at = (end + 1).min(bytes.len());
        }
    }

    fn csv(&mut self) {
        let end = self.raw.len() - usize::from(self.raw.len() > 1 && self.raw.ends_with('"'));
        self.doubled(1.min(end), end, "\"\"");
    }

    /// A node of YAML. What is folded stands in one line, but in a block, which has its lines.
    fn yaml(&mut self) {
        let end = self.raw.len();
        match self.raw.as_bytes().first() {
            Some(mark @ (b'"' | b'\'')) => {
                let is_closed = end > 1 && self.raw.as_bytes()[end - 1] == *mark;
                self.folded(1, if is_closed { end - 1 } else { end });
            }
            Some(b'|' | b'>') => {
                // The sign's line holds how the end is written, and perhaps a comment.
                self.lines(self.raw.find('\n').map_or(end, |at| at + 1));
            }
            _ => self.folded(0, end),
        }
    }

    /// Lines that go on in the next, between white space that is no part of the text.
    fn folded(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(found) = memchr::memchr(b'\n', &self.raw.as_bytes()[at..to]) {
            let end = at + self.raw[at..at + found].trim_end().len();
            self.line(at, end);
            let rest = &self.raw[at + found..to];
            let next = at + found + rest.len() - rest.trim_start().len();
            // Empty lines stand for line breaks, a line that only ends for a space.
            let breaks = self.raw[end..next].matches('\n').count();
            let gap = if breaks > 1 { "\n".repeat(breaks - 1) } else { " ".to_owned() };
            self.put(end, next, &gap);
            at = next;
        }
        self.line(at, to);
    }

    /// A part of a node in one line.
    fn line(&mut self, from: usize, to: usize) {
        match self.raw.as_bytes().first() {
            Some(b'"') => self.escapes(from, to),
            Some(b'\'') => self.doubled(from, to, "''"),
            _ => self.copy(from, to),
        }
    }

    /// Text in which a mark stands twice for once.
    fn doubled(&mut self, from: usize, to: usize, twice: &str) {
        let mut at = from;
        while let Some(found) = self.raw[at..to].find(twice) {
            self.copy(at, at + found);
            self.put(at + found, at + found + 2, &twice[1..]);
            at += found + 2;
        }
        self.copy(at, to);
    }

    /// Lines that all have the same white space before them, which is no part of the text; the first one has
    /// none if it begins the raw text.
    fn lines(&mut self, from: usize) {
        let blank = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let raw = self.raw;
        let filled = raw[from..].lines().skip(usize::from(from == 0)).filter(|line| !line.trim().is_empty());
        let indent = filled.map(blank).min().unwrap_or(0);
        let mut at = from;
        // Where the content of the line before ended.
        let mut end = None;
        for line in raw[from..].split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let start = at + if at == 0 { 0 } else { indent.min(blank(content)) };
            // The line break and the white space behind it are one.
            if let Some(end) = end {
                self.put(end, start, "\n");
            }
            self.copy(start, at + content.len());
            end = Some((at + content.len()).max(start));
            at += line.len();
        }
    }

    /// Elements stay as they are and are no prose; entities are read.
    fn xml(&mut self) {
        let bytes = self.raw.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = memchr::memchr2(b'<', b'&', &bytes[at..]).map_or(bytes.len(), |found| at + found);
            match self.syntax {
                Syntax::Android => self.escapes(at, plain),
                _ => self.copy(at, plain),
            }
            at = plain;
            let rest = &self.raw[at..];
            let ends = |mark: &str| rest.find(mark).map_or(self.raw.len(), |found| at + found + mark.len());
            if rest.is_empty() {
                break;
            }
            if rest.starts_with("<![CDATA[") {
                let end = ends("]]>");
                self.copy(at + 9, end.saturating_sub(3).max(at + 9).min(self.raw.len()));
                at = end;
            } else if rest.starts_with("<!--") {
                at = ends("-->");
            } else if rest.starts_with('<') {
                let end = ends(">");
                let start = self.text.len();
                self.copy(at, end);
                self.mask.push((Span::new(start, self.text.len()), MaskKind::Tag));
                at = end;
            } else {
                match entity(rest) {
                    Some((length, text)) => {
                        self.put(at, at + length, &text);
                        at += length;
                    }
                    None => {
                        self.copy(at, at + 1);
                        at += 1;
                    }
                }
            }
        }
    }
}

/// What a reference at the beginning of `text` stands for, and how long it is.
fn entity(text: &str) -> Option<(usize, String)> {
    let end = text[..text.floor_char_boundary(12)].find(';')?;
    let name = &text[1..end];
    let c = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, c.to_string()))
}

/// What `uXXXX` at the beginning of `rest` stands for, and how long it is with its backslash.
fn unicode(rest: &str) -> Option<(usize, String)> {
    let unit = |text: &str| u16::from_str_radix(text.get(1..5)?, 16).ok();
    let first = unit(rest)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((6, c.to_string()));
    }
    let second = rest.get(5..).and_then(|rest| rest.strip_prefix('\\')).and_then(unit)?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((12, c.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::Edit;

    /// The raw text after an edit of what it says.
    fn edited(syntax: Syntax, raw: &str, said: &str, wrong: &str, right: &str) -> String {
        let extract = extract(syntax, raw);
        assert_eq!(extract.text, said);
        let at = extract.text.find(wrong).unwrap();
        let edit = Edit::replace(Span::new(at, at + wrong.len()), right);
        let edit = extract.origin.unwrap().edit(&edit).unwrap();
        let mut out = raw.to_owned();
        out.replace_range(edit.span.range(), &edit.insert);
        out
    }

    #[test]
    fn each_syntax_is_read_and_written() {
        assert_eq!(
            edited(Syntax::Po, "\"a \\\"b\\\"\\n\"\n\"cd\"", "a \"b\"\ncd", "cd", "c\"d"),
            "\"a \\\"b\\\"\\n\"\n\"c\\\"d\""
        );
        assert_eq!(
            edited(Syntax::Json, "a\\u00e9 \\\"b\\\"", "aé \"b\"", "b", "c\n"),
            "a\\u00e9 \\\"c\\n\\\""
        );
        assert_eq!(
            edited(Syntax::Csv, "\"a \"\"b\"\" c\"", "a \"b\" c", "c", "\"d\""),
            "\"a \"\"b\"\" \"\"d\"\"\""
        );
        assert_eq!(
            edited(Syntax::Properties, "a\\\n  b\\u00e9 \\: c", "abé : c", "c", "d\te"),
            "a\\\n  b\\u00e9 \\: d\\te"
        );
        assert_eq!(edited(Syntax::Tsv, "a\\nb", "a\nb", "b", "c\td"), "a\\nc\\td");
        assert_eq!(
            edited(Syntax::Xml, "a &lt;b&gt; <g id=\"1\">c</g>", "a <b> <g id=\"1\">c</g>", "c", "<d>"),
            "a &lt;b&gt; <g id=\"1\">&lt;d&gt;</g>"
        );
        let yaml =
            |raw: &str, said: &str, wrong: &str, right: &str| edited(Syntax::Yaml, raw, said, wrong, right);
        assert_eq!(yaml("\"a \\\"b\\\"\"", "a \"b\"", "b", "c\""), "\"a \\\"c\\\"\\\"\"");
        assert_eq!(yaml("'it''s b'", "it's b", "b", "c'd"), "'it''s c''d'");
        assert_eq!(yaml("one\n    two", "one two", "two", "2"), "one\n    2");
        assert_eq!(yaml("|-\n    one\n\n      two", "one\n\n  two", "two", "2"), "|-\n    one\n\n      2");
        assert_eq!(
            edited(Syntax::Fluent, "one\n    two\n      b", "one\ntwo\n  b", "b", "c"),
            "one\n    two\n      c"
        );
        assert_eq!(edited(Syntax::Android, "it\\'s &amp; x", "it's & x", "x", "'y'"), "it\\'s &amp; \\'y\\'");
    }

    #[test]
    fn broken_escapes_are_text() {
        for syntax in [
            Syntax::Po,
            Syntax::Json,
            Syntax::Csv,
            Syntax::Tsv,
            Syntax::Xml,
            Syntax::Android,
            Syntax::Strings,
            Syntax::Properties,
            Syntax::Yaml,
            Syntax::Fluent,
        ] {
            for raw in [
                "'",
                "'''",
                "|",
                ">\n",
                "|-\n  a\n\n  b",
                "a\n  \n   é\n",
                "\"\n\n  x",
                "\\",
                "\"",
                "\\u12",
                "\\ud800",
                "&",
                "&#xffffffff;",
                "<",
                "<!--",
                "<![CDATA[",
                "\"\"\"",
                "é\\",
            ] {
                extract(syntax, raw);
            }
        }
    }
}
