//! Word's documents: `word/document.xml`, and the notes.

use super::super::{Format, LoadError};
use super::archive::Archive;
use super::document::{Part, Parts};
use super::walk::{self, Dialect, Role};
use crate::BlockKind;
use quick_xml::events::Event;
use std::collections::HashMap;

/// Reads a document.
///
/// # Errors
/// When it is broken, or holds macros.
pub(super) fn read(name: &str, archive: &mut Archive<'_>) -> Result<Parts, LoadError> {
    if archive.has_ending("vbaProject.bin") {
        return Err(LoadError::new(
            name,
            "holds macros (`word/vbaProject.bin`); save it as a document without macros",
        ));
    }
    let main = archive.required("word/document.xml", "document of Word")?;
    let styles = match archive.text("word/styles.xml")? {
        Some(xml) => styles(name, &xml)?,
        None => HashMap::new(),
    };
    let mut parts = Vec::new();
    let mut add = |part: &str, xml: String| -> Result<(), LoadError> {
        let prefix = prefix(&xml);
        let paragraphs = walk::paragraphs(name, part, &xml, Word { prefix, styles: &styles })?;
        parts.push(Part { name: part.to_owned(), xml, paragraphs });
        Ok(())
    };
    add("word/document.xml", main)?;
    for part in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(xml) = archive.text(part)? {
            add(part, xml)?;
        }
    }
    Ok(Parts::new(Format::Docx, parts))
}

/// What stands before the colon in the names of Word's elements.
fn prefix(xml: &str) -> String {
    let head = &xml[..xml.floor_char_boundary(20_000)];
    let place = head.find("/wordprocessingml/").and_then(|at| head[..at].rfind("xmlns:"));
    let name = place.map(|at| &head[at + "xmlns:".len()..]).and_then(|rest| rest.split_once('='));
    name.map_or("w", |(name, _)| name.trim()).to_owned()
}

/// What a paragraph of a style is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Kind(BlockKind),
    /// A line of a table of contents.
    Made,
}

fn style(name: &str) -> Option<Style> {
    let name = name.to_ascii_lowercase();
    let begins = |known: &str| name.starts_with(known);
    Some(match () {
        () if name == "title" => Style::Kind(BlockKind::Title),
        () if begins("heading") || name == "subtitle" => Style::Kind(BlockKind::Heading),
        () if begins("caption") => Style::Kind(BlockKind::Caption),
        () if matches!(name.as_str(), "quote" | "intense quote" | "block text") => {
            Style::Kind(BlockKind::Quotation)
        }
        () if begins("list ") => Style::Kind(BlockKind::ListItem),
        () if begins("toc ") || begins("table of ") || begins("index ") => Style::Made,
        () => return None,
    })
}

/// What the styles are, by their ids: as their names tell, or those of the styles they are made from.
fn styles(name: &str, xml: &str) -> Result<HashMap<String, Style>, LoadError> {
    let mut known: HashMap<String, (Option<Style>, Option<String>)> = HashMap::new();
    let mut id = String::new();
    walk::events(name, "word/styles.xml", xml, |event, _| {
        if let Event::Start(start) | Event::Empty(start) = event {
            let value = || walk::attribute(start, "val").unwrap_or_default();
            match start.local_name().as_ref() {
                "style" => {
                    id = walk::attribute(start, "styleId").unwrap_or_default();
                    known.insert(id.clone(), (None, None));
                }
                "name" => {
                    if let Some(entry) = known.get_mut(&id) {
                        entry.0 = style(&value());
                    }
                }
                "basedOn" => {
                    if let Some(entry) = known.get_mut(&id) {
                        entry.1 = Some(value());
                    }
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    /// How many styles are made from one another at most.
    const LONGEST: usize = 12;
    let told = |id: &String| {
        let mut id = id;
        for _ in 0..LONGEST {
            let (style, base) = known.get(id)?;
            if style.is_some() {
                return *style;
            }
            id = base.as_ref()?;
        }
        None
    };
    Ok(known.keys().filter_map(|id| Some((id.clone(), told(id)?))).collect())
}

struct Word<'s> {
    prefix: String,
    styles: &'s HashMap<String, Style>,
}

impl Dialect for Word<'_> {
    const HAS_BARE_TEXT: bool = false;

    fn role(&self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) -> Role {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        if prefix != self.prefix {
            return match name {
                // What stands in its place for other programs is there a second time.
                "mc:Fallback" => Role::Skipped,
                _ if local == "oMath" || local == "oMathPara" => Role::Object,
                _ => Role::Through,
            };
        }
        let is_on = || !matches!(attribute("val").as_deref(), Some("0" | "false" | "off"));
        match local {
            "p" => Role::Paragraph(None),
            "r" => Role::Run,
            "t" => Role::Text { keeps_space: attribute("space").as_deref() == Some("preserve") },
            "tab" if attribute("val").is_none() && attribute("pos").is_none() => Role::Sign('\t'),
            "br" | "cr" => Role::LineBreak,
            "noBreakHyphen" => Role::Sign('\u{2011}'),
            "sym" => Role::Object,
            "vanish" | "webHidden" if is_on() => Role::Hidden,
            "pStyle" => {
                match attribute("val").and_then(|id| self.styles.get(&id).copied().or_else(|| style(&id))) {
                    Some(Style::Kind(kind)) => Role::Kind(kind),
                    Some(Style::Made) => Role::Made,
                    None => Role::Through,
                }
            }
            "numPr" => Role::Kind(BlockKind::ListItem),
            "outlineLvl" if attribute("val").is_some_and(|level| level != "9") => {
                Role::Kind(BlockKind::Heading)
            }
            "tc" => Role::Around(BlockKind::TableCell),
            // What was deleted or moved away, commands of fields, and lists of properties of the past.
            "del" | "moveFrom" | "delText" | "instrText" | "rPrChange" | "pPrChange" | "sectPr" | "tblPr"
            | "tcPr" | "trPr" | "tabs" | "sdtPr" | "rt" => Role::Skipped,
            _ => Role::Through,
        }
    }
}
