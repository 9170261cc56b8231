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
            ('r', Syntax::Po | Syntax::Strings | Syntax::Json | Syntax::Properties) => simple("\r"),
            ('u' | 'U', Syntax::Json | Syntax::Strings | Syntax::Android | Syntax::Properties) => {
                unicode(rest)
            }
            ('\r' | '\n', Syntax::Properties) => {
                let end = rest.len() - rest.trim_start_matches('\r').trim_start_matches('\n').len();
                let blanks = rest[end..].len() - rest[end..].trim_start_matches([' ', '\t']).len();
                Some((1 + end + blanks, String::new()))
            }
            ('\\', _) => simple("\\"),
            ('"' | '\'' | '/' | '@' | '?', Syntax::Po | Syntax::Strings | Syntax::Json | Syntax::Android) => {
                simple(&next.to_string())
            }
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
        let mut at = 1.min(end);
        while let Some(found) = self.raw[at..end].find("\"\"") {
            self.copy(at, at + found);
            self.put(at + found, at + found + 2, "\"");
            at += found + 2;
        }
        self.copy(at, end);
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
        ] {
            for raw in [
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
