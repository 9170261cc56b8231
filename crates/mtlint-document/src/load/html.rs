//! HTML: the text a reader of the page sees, each byte with its place in the file.
//!
//! html5gum finds the tags, as the WHATWG standard has it; what lies between them is text. No tree
//! is built: which block a text belongs to follows from the tags alone.

use super::builder::Builder;
use crate::{BlockKind, Extract, MaskKind, OriginMap};
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{Error, Tokenizer};
use mtlint_lang::Language;
use mtlint_text::Span;
use std::collections::BTreeMap;

/// What a tag does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The text goes on through it.
    Inline,
    /// It and all it holds is not text of the page.
    Skipped,
    /// It begins and ends a block, of a kind of its own or of that around it.
    Block(Option<BlockKind>),
    /// A block whose white space counts, and which is not prose.
    Preformatted,
    Code,
    /// A note mark or the like, which belongs to no sentence.
    Raised,
    LineBreak,
}

fn role(name: &[u8]) -> Role {
    use BlockKind::{Caption, Heading, ListItem, Quotation, TableCell, Title};
    match name {
        b"script" | b"style" | b"template" | b"noscript" | b"svg" | b"math" | b"iframe" | b"noembed"
        | b"noframes" | b"textarea" | b"select" | b"object" | b"audio" | b"video" | b"canvas" => {
            Role::Skipped
        }
        b"title" | b"h1" => Role::Block(Some(Title)),
        b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Role::Block(Some(Heading)),
        b"li" | b"dt" | b"dd" => Role::Block(Some(ListItem)),
        b"blockquote" => Role::Block(Some(Quotation)),
        b"figcaption" | b"caption" | b"legend" => Role::Block(Some(Caption)),
        b"td" | b"th" => Role::Block(Some(TableCell)),
        b"html" | b"head" | b"body" | b"p" | b"div" | b"article" | b"section" | b"main" | b"header"
        | b"footer" | b"nav" | b"aside" | b"address" | b"hgroup" | b"search" | b"figure" | b"hr" | b"ul"
        | b"ol" | b"dl" | b"menu" | b"table" | b"thead" | b"tbody" | b"tfoot" | b"tr" | b"form"
        | b"fieldset" | b"details" | b"summary" | b"dialog" | b"center" | b"option" | b"button" => {
            Role::Block(None)
        }
        b"pre" | b"listing" | b"xmp" | b"plaintext" => Role::Preformatted,
        b"code" | b"kbd" | b"samp" | b"var" | b"tt" => Role::Code,
        b"sup" => Role::Raised,
        b"br" => Role::LineBreak,
        _ => Role::Inline,
    }
}

/// The elements whose kind holds for the text inside: their names and kinds, outermost first.
#[derive(Default)]
struct Open {
    elements: Vec<(Vec<u8>, Role)>,
    /// How many are open of each name, so that a stray end tag costs nothing.
    counts: BTreeMap<Vec<u8>, usize>,
}

impl Open {
    fn push(&mut self, name: &[u8], role: Role) {
        *self.counts.entry(name.to_vec()).or_default() += 1;
        self.elements.push((name.to_vec(), role));
    }

    /// Closes the innermost element of this name and all inside it.
    fn close(&mut self, name: &[u8]) {
        while self.has(name) {
            let Some((last, _)) = self.elements.pop() else { return };
            if let Some(count) = self.counts.get_mut(&last) {
                *count -= 1;
            }
            if last == name {
                return;
            }
        }
    }

    fn has(&self, name: &[u8]) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }

    /// Closes what a start tag closes without an end tag: an item the item before it.
    fn make_room(&mut self, name: &[u8]) {
        let siblings: &[&[u8]] = match name {
            b"li" => &[b"li"],
            b"dt" | b"dd" => &[b"dt", b"dd"],
            b"td" | b"th" => &[b"td", b"th"],
            b"option" => &[b"option"],
            _ => return,
        };
        if let Some((last, _)) = self.elements.last()
            && siblings.contains(&last.as_slice())
        {
            self.close(&last.clone());
        }
    }

    /// The kind of a block here: that of the innermost element that has one.
    fn kind(&self) -> BlockKind {
        // A table or list inside a quotation is what it is, so the first element that is a block
        // of its own decides.
        self.elements
            .iter()
            .rev()
            .take(NESTING)
            .find_map(|(_, role)| match role {
                Role::Block(kind) => *kind,
                _ => None,
            })
            .unwrap_or(BlockKind::Paragraph)
    }
}

/// How far out the kind of a block is looked for: bounds the time on a page of unclosed tags.
const NESTING: usize = 64;

/// The page's text, and the language that its `html` element names.
pub(super) fn extract(original: &str) -> (Extract, Option<Language>) {
    read(original, false)
}

/// The same of a page that is XML: what closes itself is closed, and scripts hold no tags as text.
pub(super) fn extract_xhtml(original: &str) -> (Extract, Option<Language>) {
    read(original, true)
}

fn read(original: &str, is_xml: bool) -> (Extract, Option<Language>) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(!is_xml);
    // The tokenizer counts CR LF as one byte; for it, and in all but `pre`, any line break is a space.
    let unix;
    let input = if memchr::memchr(b'\r', original.as_bytes()).is_some() {
        unix = original.replace('\r', "\n");
        unix.as_str()
    } else {
        original
    };
    let mut reader = Reader {
        original,
        builder: Builder::new(original, OriginMap::of_html(original)),
        open: Open::default(),
        is_xml,
        skipped: None,
        language: None,
        done: 0,
    };
    let mut unclosed = false;
    for token in Tokenizer::new_with_emitter(input, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                reader.text_until(tag.span.start);
                reader.start(&tag);
                reader.done = tag.span.end;
            }
            Token::EndTag(tag) => {
                reader.text_until(tag.span.start);
                reader.end(&tag.name, tag.span.start);
                reader.done = tag.span.end;
            }
            Token::Comment(comment) => {
                reader.text_until(comment.span.start);
                reader.builder.comments(Span::new(comment.span.start, comment.span.end));
                reader.done = comment.span.end;
            }
            Token::Doctype(doctype) => {
                reader.text_until(doctype.span.start);
                reader.done = doctype.span.end;
            }
            // `</>` is nothing.
            Token::Error(error) if *error == Error::MissingEndTagName => {
                reader.text_until(error.span.end - "</>".len());
                reader.done = error.span.end;
            }
            Token::Error(error) => unclosed |= *error == Error::EofInTag,
            Token::String(_) => {}
        }
    }
    let end = if unclosed { reader.unclosed_tag() } else { original.len() };
    reader.text_until(end);
    reader.end_block();
    (reader.builder.finish(), reader.language)
}

struct Reader<'a> {
    original: &'a str,
    builder: Builder<'a>,
    open: Open,
    /// Whether every element can close itself.
    is_xml: bool,
    /// The element being skipped, and how many of its name are open.
    skipped: Option<(Vec<u8>, usize)>,
    language: Option<Language>,
    /// The end of the last tag.
    done: usize,
}

impl Reader<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name: &[u8] = &tag.name;
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name && !tag.self_closing);
            return;
        }
        let role = role(name);
        let closes_itself = self.is_xml && tag.self_closing;
        match role {
            Role::Inline => {}
            Role::LineBreak => self.line_break(tag.span.start),
            Role::Skipped => {
                // In HTML only foreign elements can close themselves.
                if !(tag.self_closing && (self.is_xml || matches!(name, b"svg" | b"math"))) {
                    self.skipped = Some((name.to_vec(), 1));
                }
            }
            Role::Block(_) | Role::Preformatted => {
                if name == b"html" && self.language.is_none() {
                    self.language = ["lang", "xml:lang"].iter().find_map(|key| {
                        let value = tag.attributes.get(key.as_bytes())?;
                        Language::parse(std::str::from_utf8(value).ok()?.trim()).ok()
                    });
                }
                self.end_block();
                self.open.make_room(name);
                if !closes_itself && (role != Role::Block(None) || HOLDERS.contains(&name)) {
                    self.open.push(name, role);
                }
            }
            Role::Code | Role::Raised if closes_itself => {}
            Role::Code | Role::Raised => self.open.push(name, role),
        }
        self.mask();
    }

    fn end(&mut self, name: &[u8], at: usize) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        match role(name) {
            Role::Inline | Role::Skipped => {}
            Role::LineBreak => self.line_break(at),
            Role::Block(_) | Role::Preformatted => {
                self.end_block();
                self.open.close(name);
            }
            Role::Code | Role::Raised => self.open.close(name),
        }
        self.mask();
    }

    fn line_break(&mut self, at: usize) {
        if self.builder.ends_line() {
            self.end_block();
        } else {
            self.builder.line_break(Span::at(at));
        }
    }

    /// Begins or ends the mask, as the open elements have it.
    fn mask(&mut self) {
        let names = ["pre", "listing", "xmp", "plaintext", "code", "kbd", "samp", "var", "tt"];
        if names.iter().any(|name| self.open.has(name.as_bytes())) {
            self.builder.mask(MaskKind::Code);
        } else if self.open.has(b"sup") {
            self.builder.mask(MaskKind::Tag);
        } else {
            self.builder.unmask();
        }
    }

    fn end_block(&mut self) {
        self.builder.end_block(self.open.kind());
    }

    /// Takes in the text between the last tag and the byte at `end`.
    fn text_until(&mut self, end: usize) {
        if self.skipped.is_some() || end <= self.done {
            return;
        }
        let bytes = self.original.as_bytes();
        let preformatted =
            [&b"pre"[..], b"listing", b"xmp", b"plaintext"].iter().any(|name| self.open.has(name));
        let is_raw = self.open.has(b"xmp") || self.open.has(b"plaintext");
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C');
        let mut at = self.done;
        let mut copied = at;
        while at < end {
            let byte = bytes[at];
            if byte == b'&' && !is_raw {
                if let Some((length, text)) = entity(&self.original[at..end]) {
                    self.builder.copy(Span::new(copied, at));
                    self.builder.replace(Span::new(at, at + length), &text);
                    at += length;
                    copied = at;
                    continue;
                }
            } else if is_space(byte) && !preformatted {
                let run = bytes[at..end].iter().take_while(|byte| is_space(**byte)).count();
                // A single space between two words is text like any other.
                if run == 1 && byte == b' ' && copied < at && at + 1 < end {
                    at += 1;
                    continue;
                }
                self.builder.copy(Span::new(copied, at));
                self.builder.space(Span::new(at, at + run));
                at += run;
                copied = at;
                continue;
            }
            at += 1;
        }
        self.builder.copy(Span::new(copied, end));
    }

    /// Where a tag begins that the file ends in the middle of.
    fn unclosed_tag(&self) -> usize {
        let rest = &self.original.as_bytes()[self.done..];
        let opens = |at: &usize| {
            let name = &rest[at + 1..];
            name.strip_prefix(b"/").unwrap_or(name).first().is_some_and(u8::is_ascii_alphabetic)
        };
        memchr::memchr_iter(b'<', rest).find(opens).map_or(self.original.len(), |at| self.done + at)
    }
}

/// Blocks without a kind that end the reach of an unclosed item inside or around them.
const HOLDERS: [&[u8]; 5] = [b"ul", b"ol", b"dl", b"menu", b"table"];

/// The character references that are found without asking the tokenizer.
const COMMON: [(&str, &str); 6] =
    [("&amp;", "&"), ("&nbsp;", "\u{A0}"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'")];

/// The longest name of a character reference has 32 bytes; a number may have leading zeros.
const LONGEST_REFERENCE: usize = 40;

/// The character reference at the beginning of `text`: its length in bytes and what it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, String)> {
    for (written, char) in COMMON {
        if text.starts_with(written) {
            return Some((written.len(), char.to_owned()));
        }
    }
    let bytes = text.as_bytes();
    if !bytes.get(1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#') {
        return None;
    }
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    let name = bytes[1..].iter().take(LONGEST_REFERENCE).take_while(|byte| is_part(**byte)).count();
    let length = 1 + name + usize::from(bytes.get(1 + name) == Some(&b';'));
    let written = &text[..length];
    let decoded: Vec<u8> = Tokenizer::new(written)
        .filter_map(|token| match token {
            Ok(Token::String(text)) => Some(text.value.0),
            _ => None,
        })
        .flatten()
        .collect();
    let decoded = String::from_utf8(decoded).ok().filter(|decoded| decoded != written)?;
    // Without a semicolon the name may end early: `&ampx` is `&x`.
    let rest = decoded.bytes().skip(1).rev().zip(written.bytes().rev()).take_while(|(a, b)| a == b).count();
    Some((length - rest, decoded[..decoded.len() - rest].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_text::Edit;

    fn blocks(html: &str) -> Vec<(String, BlockKind)> {
        let (extract, _) = extract(html);
        let blocks = extract.blocks.as_deref().unwrap_or_default();
        blocks.iter().map(|(span, kind)| (span.of(&extract.text).to_owned(), *kind)).collect()
    }

    fn text(html: &str) -> String {
        let texts: Vec<String> = blocks(html).into_iter().map(|(text, _)| text).collect();
        texts.join("|")
    }

    /// What lies in the file where the extract has `part`.
    fn origin_of<'h>(html: &'h str, part: &str) -> &'h str {
        let (extract, _) = extract(html);
        let start = extract.text.find(part).expect("the part is in the text");
        extract.origin.unwrap().span(Span::new(start, start + part.len())).of(html)
    }

    #[test]
    fn a_page_is_read_as_a_browser_shows_it() {
        let page = "<!DOCTYPE html>\r\n<html lang='en-GB'><head><title>Ferry &amp; quay</title>\r\n\
            <style>p { color: red }</style><script>if (a < b) { x(\"<p>\") }</script></head>\r\n<body>\
            <h1>The <em>ferry</em></h1>\r\n<p>It  was\r\n\tlate<b> again</b>.<!-- note --> No one came.</p>\
            <ul><li>One<li>Two <ul><li>Three</ul></ul>Rest <noscript><p>no</p></noscript>of it\
            <blockquote><p>Quoted</p></blockquote><table><tr><td>Cell<td>Next</table></body></html>";
        assert_eq!(
            blocks(page),
            [
                ("Ferry & quay", BlockKind::Title),
                ("The ferry", BlockKind::Title),
                ("It was late again. No one came.", BlockKind::Paragraph),
                ("One", BlockKind::ListItem),
                ("Two", BlockKind::ListItem),
                ("Three", BlockKind::ListItem),
                ("Rest of it", BlockKind::Paragraph),
                ("Quoted", BlockKind::Quotation),
                ("Cell", BlockKind::TableCell),
                ("Next", BlockKind::TableCell),
            ]
            .map(|(text, kind)| (text.to_owned(), kind))
        );
        assert_eq!(extract(page).1.unwrap().as_str(), "en");
    }

    #[test]
    fn positions_are_those_of_the_file() {
        let html = "<p>Zoë 😀&nbsp;said:\r\n &ldquo;Stop.&#8221; &#x1F600;</p>\r\n<p>x&amp&notit; & y";
        assert_eq!(text(html), "Zoë 😀\u{A0}said: “Stop.” 😀|x&¬it; & y");
        assert_eq!(origin_of(html, "\u{A0}"), "&nbsp;");
        assert_eq!(origin_of(html, "said: “"), "said:\r\n &ldquo;");
        assert_eq!(origin_of(html, "Stop.”"), "Stop.&#8221;");
        assert_eq!(origin_of(html, "¬"), "&not");
        assert_eq!(origin_of(html, "it; &"), "it; &");
        assert_eq!(origin_of(html, "” 😀"), "&#8221; &#x1F600;");
    }

    #[test]
    fn what_is_not_closed_does_no_harm() {
        assert_eq!(text("a < b & c &; &# &#x; &#0 d"), "a < b & c &; &# &#x; \u{FFFD} d");
        assert_eq!(text("before <a href='x"), "before");
        assert_eq!(text("before <!-- x"), "before");
        assert_eq!(text("one</p></li>two<p>three<svg><path/></svg>four"), "one|two|threefour");
        assert_eq!(text("<script>x"), "");
        assert_eq!(text(""), "");
    }

    #[test]
    fn breaks_and_spaces() {
        assert_eq!(text("one <br> two<br/>\n<br>three<br>"), "one\ntwo\n|three\n");
        assert_eq!(text("a <b> b </b> <i> </i>c"), "a b c");
    }

    #[test]
    fn code_is_masked() {
        let (extract, _) = extract("Use <code>a . b</code> or<pre>x\r\n  y</pre>end<sup>[1]</sup>.");
        let masked: Vec<_> =
            extract.mask.iter().map(|(span, kind)| (span.of(&extract.text), *kind)).collect();
        assert_eq!(masked, [("a . b", MaskKind::Code), ("x\r\n  y", MaskKind::Code), ("[1]", MaskKind::Tag)]);
    }

    #[test]
    fn an_edit_writes_entities_and_spares_tags() {
        let html = "<p>a&lt;<b>b</b> c</p>";
        let (extract, _) = extract(html);
        assert_eq!(extract.text, "a<b c\n");
        let map = extract.origin.unwrap();
        let change = |start, end, insert: &str| map.edit(&Edit::replace(Span::new(start, end), insert));
        assert_eq!(change(1, 2, "<&"), Some(Edit::replace(Span::new(4, 8), "&lt;&amp;")));
        assert_eq!(change(1, 3, ""), None);
        assert_eq!(change(5, 5, "”"), Some(Edit::insert(18, "”")));
    }

    #[test]
    fn many_unclosed_tags_take_linear_time() {
        let html = "<li><ul><td><code></div></blockquote></td>x".repeat(30_000);
        let began = std::time::Instant::now();
        assert_eq!(blocks(&html).len(), 30_000);
        assert!(began.elapsed().as_secs() < 10);
    }
}
