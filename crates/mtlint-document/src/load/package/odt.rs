//! OpenDocument's texts: `content.xml`.

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
/// When it is broken, encrypted, or holds macros.
pub(super) fn read(name: &str, archive: &mut Archive<'_>) -> Result<Parts, LoadError> {
    if let Some(manifest) = archive.text("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(LoadError::new(name, "is encrypted; take its password away and save it anew"));
    }
    if archive.has_folder("Basic/") {
        return Err(LoadError::new(name, "holds macros (`Basic/`); save it without them"));
    }
    let xml = archive.required("content.xml", "text of OpenDocument")?;
    let mut parents = HashMap::new();
    if let Some(styles) = archive.text("styles.xml")? {
        note_styles(name, "styles.xml", &styles, &mut parents)?;
    }
    note_styles(name, "content.xml", &xml, &mut parents)?;
    let paragraphs = walk::paragraphs(name, "content.xml", &xml, Text { parents: &parents })?;
    Ok(Parts::new(Format::Odt, vec![Part { name: "content.xml".to_owned(), xml, paragraphs }]))
}

/// Notes which style each style is made from.
fn note_styles(
    name: &str,
    part: &str,
    xml: &str,
    parents: &mut HashMap<String, String>,
) -> Result<(), LoadError> {
    walk::events(name, part, xml, |event, _| {
        if let Event::Start(start) | Event::Empty(start) = event
            && start.name().as_ref() == "style:style"
        {
            let named = walk::attribute(start, "name").zip(walk::attribute(start, "parent-style-name"));
            parents.extend(named);
        }
        Ok(())
    })
}

struct Text<'s> {
    parents: &'s HashMap<String, String>,
}

impl Text<'_> {
    /// What a paragraph of a style is, as its name tells or that of one it is made from.
    fn kind(&self, style: Option<String>) -> Option<BlockKind> {
        /// How many styles are made from one another at most.
        const LONGEST: usize = 12;
        let first = style?;
        let mut style = first.as_str();
        for _ in 0..LONGEST {
            match style {
                "Title" => return Some(BlockKind::Title),
                "Subtitle" => return Some(BlockKind::Heading),
                "Quotations" => return Some(BlockKind::Quotation),
                "Caption" | "Illustration" | "Figure" | "Table" => return Some(BlockKind::Caption),
                _ if style.starts_with("Heading") => return Some(BlockKind::Heading),
                _ => style = self.parents.get(style)?,
            }
        }
        None
    }
}

impl Dialect for Text<'_> {
    const HAS_BARE_TEXT: bool = true;

    fn role(&self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) -> Role {
        match name {
            "text:p" => Role::Paragraph(self.kind(attribute("style-name"))),
            "text:h" => Role::Paragraph(Some(BlockKind::Heading)),
            "text:list-item" | "text:list-header" => Role::Around(BlockKind::ListItem),
            "table:table-cell" => Role::Around(BlockKind::TableCell),
            "text:s" => {
                let count = attribute("c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
                Role::Spaces(count.min(MOST_SPACES))
            }
            "text:tab" => Role::Sign('\t'),
            "text:line-break" => Role::LineBreak,
            "math:math" | "draw:object" => Role::Object,
            // Marks of notes, comments, what was deleted, and what the program makes.
            "text:note-citation"
            | "office:annotation"
            | "text:tracked-changes"
            | "text:ruby-text"
            | "text:hidden-text"
            | "text:table-of-content"
            | "text:alphabetical-index"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index"
            | "text:bibliography"
            | "svg:title"
            | "svg:desc"
            | "office:forms"
            | "office:automatic-styles"
            | "office:font-face-decls"
            | "office:scripts"
            | "text:sequence-decls"
            | "office:binary-data" => Role::Skipped,
            _ => Role::Through,
        }
    }
}

/// How many spaces one element stands for at most.
const MOST_SPACES: usize = 1000;
