//! From the XML of a part to its paragraphs, each piece with its place.
//!
//! No declaration of entities is followed, and a document that has one is refused.

use super::super::LoadError;
use super::paragraphs::{LINE_BREAK, OBJECT, Paragraph, Written};
use crate::BlockKind;
use mtlint_text::Span;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may nest.
const DEEPEST: usize = 512;

/// What an element is to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The text goes on through it.
    Through,
    /// It and all it holds is no text of the document.
    Skipped,
    Paragraph(Option<BlockKind>),
    /// The paragraphs in it are of this kind.
    Around(BlockKind),
    /// It says of which kind the paragraph is that it stands in.
    Kind(BlockKind),
    /// The paragraph that it stands in is made by the program.
    Made,
    /// A run of text, which is shown unless it says otherwise.
    Run,
    /// The run that it stands in is not shown.
    Hidden,
    /// What it holds is text, whose white space counts at the edges or not.
    Text {
        keeps_space: bool,
    },
    /// It stands for this character.
    Sign(char),
    LineBreak,
    /// It stands for so many spaces.
    Spaces(usize),
    /// It stands in the text and is none.
    Object,
}

/// A format of documents: what its elements are.
pub(super) trait Dialect {
    /// Whether all text in a paragraph is text, and its white space one space each.
    const HAS_BARE_TEXT: bool;

    /// The role of an element of this name; `attribute` gives its attributes by their names.
    fn role(&self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) -> Role;
}

/// The attribute of an element, by its name with or without what stands before the colon.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let local = |key: &str| key.rsplit(':').next() == Some(name);
    let found = start
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name || local(attribute.key.as_ref()))?;
    let raw = found.value.clone().into_owned();
    Some(super::super::units::extract(super::super::units::Syntax::Xml, &raw).text)
}

/// Why a part cannot be read: where in it, and what is wrong.
fn broken(name: &str, part: &str, xml: &str, at: usize, what: &str) -> LoadError {
    let line = xml.as_bytes()[..at.min(xml.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
    LoadError::new(name, format!("its part `{part}` {what} (line {line}, byte {at}); save the file anew"))
}

/// Calls `each` with every event of a part, the places where it begins and ends, and how deep it lies.
///
/// # Errors
/// When the part is no XML, nests too deep or declares entities, and what `each` gives.
pub(super) fn events(
    name: &str,
    part: &str,
    xml: &str,
    mut each: impl FnMut(&Event<'_>, Span) -> Result<(), String>,
) -> Result<(), LoadError> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| {
            broken(name, part, xml, reader.error_position() as usize, &format!("is no XML: {error}"))
        })?;
        let span = Span::new(before, reader.buffer_position() as usize);
        match &event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::DocType(_) => {
                return Err(broken(
                    name,
                    part,
                    xml,
                    before,
                    "declares entities, which no such document does",
                ));
            }
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(broken(name, part, xml, before, "ends before all elements are closed")),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(broken(name, part, xml, before, &format!("nests elements deeper than {DEEPEST}")));
        }
        each(&event, span).map_err(|what| broken(name, part, xml, before, &what))?;
    }
}

/// A paragraph that is open, and those inside it, which come after it.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    inner: Vec<Paragraph>,
    is_made: bool,
}

struct Walk<'x, D> {
    dialect: D,
    xml: &'x str,
    /// The roles of the elements that are open.
    roles: Vec<Role>,
    /// How deep what is skipped is nested; 0 where nothing is.
    skipped: usize,
    is_hidden: bool,
    open: Vec<Open>,
    done: Vec<Paragraph>,
}

/// Reads the paragraphs of a part.
///
/// # Errors
/// As [`events`].
pub(super) fn paragraphs(
    name: &str,
    part: &str,
    xml: &str,
    dialect: impl Dialect,
) -> Result<Vec<Paragraph>, LoadError> {
    let mut walk = Walk {
        dialect,
        xml,
        roles: Vec::new(),
        skipped: 0,
        is_hidden: false,
        open: Vec::new(),
        done: Vec::new(),
    };
    events(name, part, xml, |event, span| walk.event(event, span))?;
    Ok(walk.done)
}

impl<D: Dialect> Walk<'_, D> {
    fn event(&mut self, event: &Event<'_>, span: Span) -> Result<(), String> {
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::Start(start) => {
                let role = self.role(start);
                if role == Role::Skipped {
                    self.skipped = 1;
                } else {
                    self.begin(role, span);
                }
            }
            Event::Empty(_) if self.skipped > 0 => {}
            Event::Empty(start) => {
                let role = self.role(start);
                if role != Role::Skipped {
                    self.begin(role, span);
                    self.end();
                }
            }
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            Event::End(_) => self.end(),
            Event::Text(_) => self.text(span),
            Event::CData(_) => {
                let text = span.of(self.xml);
                let inner = text.get("<![CDATA[".len()..text.len() - "]]>".len()).unwrap_or_default();
                self.put(&inner.replace(['\n', '\r'], " "), span, Written::Reference);
            }
            Event::GeneralRef(_) => {
                let written = span.of(self.xml);
                let meant =
                    super::super::html::entity(written).filter(|(length, _)| *length == written.len());
                let is_known = written.starts_with("&#")
                    || ["&lt;", "&gt;", "&amp;", "&quot;", "&apos;"].contains(&written);
                match meant.filter(|_| is_known) {
                    Some((_, meant)) => self.put(&meant.replace(['\n', '\r'], " "), span, Written::Reference),
                    None if self.skipped > 0 => {}
                    None => return Err(format!("names the entity `{written}`, which is not declared")),
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn role(&self, start: &BytesStart<'_>) -> Role {
        self.dialect.role(start.name().as_ref(), &|name| attribute(start, name))
    }

    fn begin(&mut self, role: Role, span: Span) {
        self.roles.push(role);
        match role {
            Role::Paragraph(kind) => {
                let around = self.roles.iter().rev().take(DEEPEST).find_map(|role| match role {
                    Role::Around(kind) => Some(*kind),
                    _ => None,
                });
                let paragraph = Paragraph { kind: kind.or(around), ..Paragraph::default() };
                self.open.push(Open { paragraph, ..Open::default() });
            }
            Role::Kind(kind) => {
                if let Some(open) = self.open.last_mut() {
                    // A heading stays one, though it is numbered as a list is.
                    let is_heading =
                        matches!(open.paragraph.kind, Some(BlockKind::Heading | BlockKind::Title));
                    if !(is_heading && kind == BlockKind::ListItem) {
                        open.paragraph.kind = Some(kind);
                    }
                }
            }
            Role::Made => {
                if let Some(open) = self.open.last_mut() {
                    open.is_made = true;
                }
            }
            Role::Run => self.is_hidden = false,
            Role::Hidden => self.is_hidden = true,
            Role::Sign(sign) => self.put(sign.encode_utf8(&mut [0; 4]), span, Written::Element),
            Role::LineBreak => self.put(LINE_BREAK.encode_utf8(&mut [0; 4]), span, Written::Element),
            Role::Object => self.put(OBJECT.encode_utf8(&mut [0; 4]), span, Written::Element),
            Role::Spaces(count) => self.put(&" ".repeat(count), span, Written::Spaces),
            Role::Through | Role::Skipped | Role::Around(_) => {}
            Role::Text { .. } => {
                if let Some(open) = self.open.last_mut() {
                    // Where its text begins, for white space at the edges.
                    open.paragraph.tag = span.end;
                }
            }
        }
    }

    fn end(&mut self) {
        match self.roles.pop() {
            Some(Role::Paragraph(_)) => {
                let Some(mut open) = self.open.pop() else { return };
                if open.is_made {
                    open.paragraph.clear();
                }
                if D::HAS_BARE_TEXT {
                    open.paragraph.trim_end();
                }
                let into = match self.open.last_mut() {
                    Some(around) => &mut around.inner,
                    None => &mut self.done,
                };
                into.push(open.paragraph);
                into.append(&mut open.inner);
            }
            Some(Role::Text { keeps_space: false }) => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.trim_end();
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, text: &str, span: Span, written: Written) {
        let holder =
            self.roles.iter().rev().find(|role| matches!(role, Role::Text { .. } | Role::Paragraph(_)));
        let bare = match holder {
            Some(Role::Text { keeps_space: true }) => None,
            Some(Role::Text { keeps_space: false }) => self.open.last().map(|open| open.paragraph.tag),
            Some(_) if D::HAS_BARE_TEXT || written == Written::Element => None,
            _ => return,
        };
        if self.skipped == 0
            && !self.is_hidden
            && let Some(open) = self.open.last_mut()
        {
            open.paragraph.push(text, span, written, bare);
        }
    }

    /// Text between tags.
    fn text(&mut self, span: Span) {
        let text = span.of(self.xml);
        let keeps_space = self.roles.last() == Some(&Role::Text { keeps_space: true });
        let Some(open) = self.open.last() else { return };
        // White space is one space each, and none at the beginning of a paragraph or of what keeps none.
        let mut is_after_space = if D::HAS_BARE_TEXT {
            open.paragraph.text.is_empty() || open.paragraph.ends_in_written_space()
        } else {
            !keeps_space && open.paragraph.tag == span.start
        };
        let is_space = |char: char| matches!(char, ' ' | '\t' | '\n' | '\r');
        let (mut start, mut at) = (0, 0);
        let place = |from: usize, to: usize| Span::new(span.lo() + from, span.lo() + to);
        while at < text.len() {
            let rest = &text[at..];
            let spaces = rest.len() - rest.trim_start_matches(is_space).len();
            if spaces == 0 {
                at += rest.find(is_space).unwrap_or(rest.len());
                is_after_space = false;
                continue;
            }
            let is_kept =
                rest[..spaces].bytes().all(|byte| byte == b' ') && (!D::HAS_BARE_TEXT || spaces == 1);
            if is_kept && !is_after_space {
                at += spaces;
                is_after_space = D::HAS_BARE_TEXT;
                continue;
            }
            self.put(&text[start..at], place(start, at), Written::Text);
            if !is_after_space {
                self.put(" ", place(at, at + spaces), Written::Reference);
            }
            at += spaces;
            start = at;
            is_after_space = D::HAS_BARE_TEXT;
        }
        self.put(&text[start..], place(start, text.len()), Written::Text);
    }
}
