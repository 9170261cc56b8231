//! Books in EPUB: their pages in the order of the spine, each read as HTML.

use super::super::encoding::{self, Encoding};
use super::super::{Article, Format, LoadError, Record, RecordKind, html};
use super::archive::Archive;
use super::walk;
use percent_encoding::percent_decode_str;
use quick_xml::events::Event;
use std::collections::{BTreeMap, HashMap};

/// A page of a book.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Its name in the archive.
    name: String,
    text: String,
    encoding: Encoding,
}

/// Reads the pages of a book.
///
/// # Errors
/// When it is broken, or its pages are protected.
pub(super) fn read(name: &str, archive: &mut Archive<'_>) -> Result<Vec<Page>, LoadError> {
    let container = archive.required("META-INF/container.xml", "book in EPUB")?;
    let mut package = None;
    walk::events(name, "META-INF/container.xml", &container, |event, _| {
        if let Event::Start(start) | Event::Empty(start) = event
            && start.local_name().as_ref() == "rootfile"
            && package.is_none()
        {
            package = walk::attribute(start, "full-path");
        }
        Ok(())
    })?;
    let package = package.ok_or_else(|| {
        LoadError::new(name, "is no book in EPUB: `META-INF/container.xml` names no package; save it anew")
    })?;
    let xml = archive.required(&package, "book in EPUB")?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder);
    let names = spine(name, &package, &xml)?;
    let locked = archive.text("META-INF/encryption.xml")?.unwrap_or_default();
    let mut pages: Vec<Page> = Vec::new();
    for href in names {
        let path = resolve(folder, &href).ok_or_else(|| {
            LoadError::new(
                name,
                format!("its page `{href}` leads out of the archive; such a file is not trusted"),
            )
        })?;
        // A page that is listed twice is read once.
        if pages.iter().rev().take(LISTED_NEAR).any(|page| page.name == path) {
            continue;
        }
        if locked.contains(&format!("\"{path}\"")) {
            return Err(LoadError::new(
                name,
                format!("its page `{path}` is protected; it can be read in a copy without protection alone"),
            ));
        }
        let bytes = archive.bytes(&path)?.ok_or_else(|| {
            LoadError::new(name, format!("its page `{path}` is missing; save the book anew"))
        })?;
        let (encoding, text) =
            encoding::decode(&format!("{name}: {path}"), bytes).map_err(|error| LoadError {
                file: name.to_owned(),
                message: format!("its page `{path}` {}", error.message),
                ..error
            })?;
        if text.contains("<!ENTITY") {
            return Err(LoadError::new(
                name,
                format!("its page `{path}` declares entities, which no page of a book does"),
            ));
        }
        pages.push(Page { name: path, text, encoding });
    }
    if pages.is_empty() {
        return Err(LoadError::new(
            name,
            format!("is a book without pages: the spine of `{package}` names none"),
        ));
    }
    Ok(pages)
}

/// How far back a page that is listed again is looked for.
const LISTED_NEAR: usize = 64;

/// The pages that the spine names, in its order: but the one that is a table of contents.
fn spine(name: &str, package: &str, xml: &str) -> Result<Vec<String>, LoadError> {
    let mut items: HashMap<String, String> = HashMap::new();
    let mut order = Vec::new();
    walk::events(name, package, xml, |event, _| {
        let (Event::Start(start) | Event::Empty(start)) = event else { return Ok(()) };
        let attribute = |name: &str| walk::attribute(start, name).unwrap_or_default();
        match start.local_name().as_ref() {
            "item" => {
                let is_page =
                    matches!(attribute("media-type").as_str(), "application/xhtml+xml" | "text/html");
                let is_contents = attribute("properties").split(' ').any(|property| property == "nav");
                if is_page && !is_contents {
                    items.insert(attribute("id"), attribute("href"));
                }
            }
            "itemref" => order.push(attribute("idref")),
            _ => {}
        }
        Ok(())
    })?;
    Ok(order.iter().filter_map(|id| items.get(id).cloned()).collect())
}

/// The name in the archive of a page that a package in `folder` names; `None` where it leads out.
fn resolve(folder: &str, href: &str) -> Option<String> {
    let href = href.split('#').next().unwrap_or_default();
    let href = percent_decode_str(href).decode_utf8().ok()?;
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl Page {
    pub fn article(&self, key: u32) -> Article {
        let (extract, language) = html::extract_xhtml(&self.text);
        Article {
            record: Some(Record { id: self.name.clone(), line: key, start: None, kind: RecordKind::File }),
            key,
            extract,
            format: Some(Format::Xhtml),
            language,
            ..super::super::article(Format::Text, "")
        }
    }
}

/// The pages that change, in their encodings.
///
/// # Errors
/// When the encoding of a page lacks a character.
pub(super) fn with_texts(
    name: &str,
    pages: &[Page],
    texts: &BTreeMap<u32, String>,
) -> Result<BTreeMap<String, Vec<u8>>, LoadError> {
    let mut changed = BTreeMap::new();
    for (key, text) in texts {
        let Some(page) = pages.get(*key as usize - 1).filter(|page| page.text != *text) else { continue };
        changed.insert(page.name.clone(), encoding::encode(name, page.encoding, text)?);
    }
    Ok(changed)
}
