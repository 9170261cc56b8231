//! E-mail: the subject and the parts of a message that are text, each an article.
//!
//! A part that is sent as it is lies in the file as it is: its places are those of the file, and it is
//! fixed there. Of what is sent in another encoding the places are those of its text.

use super::builder::Builder;
use super::{Article, Format, LoadError, Record, RecordKind, joined::Joined};
use crate::{BlockKind, Extract, OriginMap, blocks};
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use mtlint_text::{Position, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of messages, its parts of text found.
#[derive(Clone, Debug)]
pub(super) struct Mail {
    bytes: Arc<[u8]>,
    parts: Arc<[Part]>,
}

#[derive(Clone, Debug)]
struct Part {
    id: String,
    text: String,
    format: Format,
    /// Where it begins in the file.
    start: usize,
    position: Position,
    /// How it must be sent, or why it is not fixed.
    sent: Result<Sent, &'static str>,
}

/// How a part that lies in the file as it is may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    /// In ASCII alone.
    SevenBit,
    Utf8,
}

/// How many messages one message may hold.
const MOST_INNER: usize = 500;

/// How many parts of a file are read: more are no message that people wrote.
const MOST_PARTS: usize = 100_000;

/// Finds the parts of the messages that the bytes of the file `name` are.
///
/// # Errors
/// When there is no message, or its text is encrypted.
pub(super) fn read(name: &str, format: Format, bytes: Vec<u8>) -> Result<Mail, LoadError> {
    let mut parts = Vec::new();
    let messages = match format {
        Format::Mailbox => messages(&bytes),
        _ => vec![Span::new(0, bytes.len())],
    };
    let mut place = Places { bytes: &bytes, at: 0, line: 1 };
    for (number, span) in (1..).zip(&messages) {
        let prefix = if format == Format::Mailbox { format!("message {number}, ") } else { String::new() };
        let raw = &bytes[span.range()];
        // A message in a message in a message, and so on, is none that people sent.
        if memchr::memmem::find_iter(raw, b"essage/rfc822").count() > MOST_INNER {
            let told = format!("{prefix}holds more than {MOST_INNER} messages in messages; split it");
            return Err(LoadError::new(name, told));
        }
        let message = MessageParser::default().parse(raw).filter(|message| !message.parts.is_empty());
        let Some(message) = message.filter(|message| !message.parts[0].headers.is_empty()) else {
            let line = place.of(span.lo()).line;
            let told = "is no message: no header such as `Subject:` stands at its beginning";
            return Err(LoadError { line: Some(line), ..LoadError::new(name, format!("{prefix}{told}")) });
        };
        let before = parts.len();
        add(&message, raw, span.lo(), &prefix, &mut place, &mut parts);
        let kind = message.parts[0].content_type();
        let is_encrypted = kind
            .is_some_and(|kind| kind.subtype() == Some("encrypted") || kind.subtype() == Some("pkcs7-mime"));
        if is_encrypted && parts.len() <= before + 1 {
            let told = "is encrypted; decrypt the message and save it anew";
            return Err(LoadError::new(name, format!("{prefix}{told}")));
        }
        if parts.len() > MOST_PARTS {
            return Err(LoadError::new(name, format!("holds more than {MOST_PARTS} parts; split it")));
        }
    }
    Ok(Mail { bytes: bytes.into(), parts: parts.into() })
}

/// The messages of a mailbox, each behind a line that begins with `From `.
fn messages(bytes: &[u8]) -> Vec<Span> {
    let mut starts = Vec::new();
    let is_head = |at: usize| at == 0 || bytes[..at].ends_with(b"\n\n") || bytes[..at].ends_with(b"\n\r\n");
    for at in memchr::memmem::find_iter(bytes, b"From ").filter(|at| is_head(*at)) {
        let line = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |line| at + line + 1);
        starts.push((at, line));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([bytes.len()]);
    let spans = starts.iter().zip(ends).map(|((_, start), end)| Span::new((*start).min(end), end));
    spans.filter(|span| !span.is_empty()).collect()
}

/// Tells lines of places that come one behind the other.
struct Places<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u32,
}

impl Places<'_> {
    fn of(&mut self, place: usize) -> Position {
        if place < self.at {
            (self.at, self.line) = (0, 1);
        }
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..place]).count() as u32;
        self.at = place;
        let start = memchr::memrchr(b'\n', &self.bytes[..place]).map_or(0, |at| at + 1);
        let before = String::from_utf8_lossy(&self.bytes[start..place]);
        Position {
            line: self.line,
            column: before.chars().count() as u32 + 1,
            utf16: before.encode_utf16().count() as u32,
            utf8: (place - start) as u32,
        }
    }
}

/// Adds the subject and the parts of text of a message that begins at the byte `base` of the file.
fn add(
    message: &Message<'_>,
    raw: &[u8],
    base: usize,
    prefix: &str,
    place: &mut Places<'_>,
    parts: &mut Vec<Part>,
) {
    let root = &message.parts[0];
    let is_signed = root.content_type().is_some_and(|kind| kind.subtype() == Some("signed"));
    let subject = root.headers.iter().find(|header| header.name == HeaderName::Subject);
    if let (Some(header), Some(subject)) = (subject, message.subject()) {
        let (from, to) = (header.offset_start as usize, (header.offset_end as usize).min(raw.len()));
        let written = std::str::from_utf8(raw.get(from..to).unwrap_or_default()).unwrap_or_default();
        let start = from + (written.len() - written.trim_start().len());
        let is_here = written.trim() == subject;
        parts.push(Part {
            id: format!("{prefix}subject"),
            text: subject.to_owned(),
            format: Format::Text,
            start: base + start,
            position: place.of(base + start),
            sent: match () {
                () if is_signed => Err("is signed, and a fix would break the signature"),
                () if is_here => Ok(Sent::SevenBit),
                () => Err("is encoded or folded"),
            },
        });
    }
    for (number, part) in message.parts.iter().enumerate() {
        let (text, format) = match &part.body {
            PartType::Text(text) => (text, Format::MailText),
            PartType::Html(text) => (text, Format::Html),
            _ => continue,
        };
        // What is attached is a file of its own; a calendar or the like is no text for people.
        let is_attached =
            part.content_disposition().is_some_and(|it| it.ctype().eq_ignore_ascii_case("attachment"));
        let subtype = part.content_type().map_or("plain", |kind| kind.subtype().unwrap_or("plain"));
        if is_attached || !matches!(subtype.to_ascii_lowercase().as_str(), "plain" | "html") {
            continue;
        }
        let (from, to) = (part.offset_body as usize, part.offset_end as usize);
        let is_here = raw.get(from..to).is_some_and(|bytes| bytes == text.as_bytes());
        parts.push(Part {
            id: format!("{prefix}{number}, text/{}", if format == Format::Html { "html" } else { "plain" }),
            text: text.clone().into_owned(),
            format,
            start: base + from,
            position: place.of(base + from.min(raw.len())),
            sent: if is_signed {
                Err("is signed, and a fix would break the signature")
            } else {
                sent(part, is_here)
            },
        });
    }
}

/// How a part may be written in its place.
fn sent(part: &MessagePart<'_>, is_here: bool) -> Result<Sent, &'static str> {
    match part.encoding {
        Encoding::QuotedPrintable => return Err("is sent as quoted-printable"),
        Encoding::Base64 => return Err("is sent as base64"),
        Encoding::None if !is_here => return Err("is sent in another encoding than UTF-8"),
        Encoding::None => {}
    }
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let is_utf8 = charset.is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
    let way = part.content_transfer_encoding().unwrap_or("7bit");
    Ok(if is_utf8 && !way.eq_ignore_ascii_case("7bit") { Sent::Utf8 } else { Sent::SevenBit })
}

impl Mail {
    pub fn articles(&self) -> impl Iterator<Item = Article> + Send + '_ {
        (1..).zip(self.parts.iter()).map(|(key, part)| Article {
            record: Some(Record {
                id: part.id.clone(),
                line: part.position.line,
                start: part.sent.is_ok().then_some((part.start as u32, part.position)),
                kind: RecordKind::Part,
            }),
            key,
            format: Some(part.format),
            ..super::article(part.format, &part.text)
        })
    }

    /// The bytes of the file with other texts in the parts that `texts` names by their keys.
    ///
    /// # Errors
    /// When a part cannot be written as it is sent.
    pub fn with_texts(&self, name: &str, texts: &BTreeMap<u32, String>) -> Result<Vec<u8>, LoadError> {
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut done = 0;
        for (key, text) in texts {
            let Some(part) = self.parts.get(*key as usize - 1).filter(|part| part.text != *text) else {
                continue;
            };
            let refuse = |why: &str| LoadError {
                line: Some(part.position.line),
                ..LoadError::new(
                    name,
                    format!("part {} {why}: it is not fixed, and the file is left as it is", part.id),
                )
            };
            match part.sent {
                Err(why) => return Err(refuse(why)),
                Ok(Sent::SevenBit) if !text.is_ascii() => {
                    return Err(refuse("is sent in ASCII, and a fix needs another character"));
                }
                Ok(_) => {}
            }
            bytes.extend_from_slice(&self.bytes[done..part.start]);
            bytes.extend_from_slice(text.as_bytes());
            done = part.start + part.text.len();
        }
        bytes.extend_from_slice(&self.bytes[done..]);
        Ok(bytes)
    }
}

/// What a message of plain text says: paragraphs that were wrapped are one block each, and what is quoted
/// is a quotation. The signature is left out, behind two hyphens and a space on a line of their own.
pub(super) fn extract(original: &str) -> Extract {
    let mut reader = Reader {
        original,
        builder: Builder::new(original, OriginMap::new(original)),
        lines: Vec::new(),
        depth: 0,
    };
    let mut start = 0;
    for line in original.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        // A signature ends what was written; below it only what is quoted may follow.
        if text == "-- " {
            break;
        }
        reader.line(Span::new(start, start + text.len()));
        start += line.len();
    }
    reader.end_block(false);
    reader.builder.finish()
}

struct Reader<'a> {
    original: &'a str,
    builder: Builder<'a>,
    /// The lines of the paragraph in the making, without the signs of quotations.
    lines: Vec<Span>,
    /// How often they are quoted.
    depth: usize,
}

impl Reader<'_> {
    fn line(&mut self, span: Span) {
        let text = span.of(self.original);
        let inner = text.trim_start_matches(['>', ' ']);
        let head = &text[..text.len() - inner.len()];
        let depth = if head.starts_with('>') { head.bytes().filter(|byte| *byte == b'>').count() } else { 0 };
        let inner = if depth == 0 { text.trim() } else { inner.trim_end() };
        if inner.is_empty() || depth != self.depth {
            self.end_block(depth > self.depth);
        }
        self.depth = depth;
        if !inner.is_empty() {
            let start =
                span.lo() + if depth == 0 { text.len() - text.trim_start().len() } else { head.len() };
            self.builder.comments(Span::new(start, start + inner.len()));
            if !inner.starts_with("<!-- mtlint-") {
                self.lines.push(Span::new(start, start + inner.len()));
            }
        }
    }

    /// Ends the paragraph. A line before a quotation that ends in a colon tells whose it is.
    fn end_block(&mut self, is_before_quotation: bool) {
        let lines = std::mem::take(&mut self.lines);
        let whole = if blocks::is_wrapped(self.original, &lines) {
            vec![lines.as_slice()]
        } else {
            lines.chunks(1).collect()
        };
        let last = whole.len().saturating_sub(1);
        for (index, lines) in whole.into_iter().enumerate() {
            let mut joined = Joined::default();
            lines.iter().for_each(|line| joined.push(self.original, *line));
            if joined.is_empty() {
                continue;
            }
            joined.copy(&mut self.builder, 0, joined.text.len());
            let kind = match (self.depth, lines) {
                (1.., _) => BlockKind::Quotation,
                _ if is_before_quotation && index == last && joined.text.ends_with(':') => BlockKind::Caption,
                (_, [line]) => blocks::kind_of(self.original, *line),
                _ => BlockKind::Paragraph,
            };
            self.builder.end_block(kind);
        }
    }
}
