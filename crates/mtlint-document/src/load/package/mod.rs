//! Files that are archives of XML: Word's and OpenDocument's documents, and books in EPUB.
//!
//! A document is read as its paragraphs, each a line; a book as the pages it is made of. What a fix
//! changes is written into the parts it came from; all other parts stay as they are packed.

mod archive;
mod document;
mod docx;
mod epub;
mod odt;
mod paragraphs;
mod walk;

use super::{Article, Format, LoadError};
use archive::Archive;
use document::Parts;
use epub::Page;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use paragraphs::extract;

/// A file that is an archive, unpacked as far as it is read.
#[derive(Clone, Debug)]
pub(super) struct Package {
    bytes: Arc<[u8]>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Document(Arc<Parts>),
    Book(Arc<[Page]>),
}

/// Reads the file `name`, whose content is `bytes`.
///
/// # Errors
/// When it is broken, encrypted, holds macros, or unpacks to more than is read.
pub(super) fn read(name: &str, format: Format, bytes: Vec<u8>) -> Result<Package, LoadError> {
    let content = {
        let mut archive = Archive::open(name, &bytes)?;
        match format {
            Format::Docx => Content::Document(Arc::new(docx::read(name, &mut archive)?)),
            Format::Odt => Content::Document(Arc::new(odt::read(name, &mut archive)?)),
            _ => Content::Book(epub::read(name, &mut archive)?.into()),
        }
    };
    Ok(Package { bytes: bytes.into(), content })
}

impl Package {
    /// The articles: the document, or the pages of the book.
    pub fn articles(&self) -> Box<dyn Iterator<Item = Result<Article, LoadError>> + Send + '_> {
        match &self.content {
            Content::Document(parts) => Box::new(std::iter::once(Ok(parts.article()))),
            Content::Book(pages) => {
                Box::new((1..).zip(pages.iter()).map(|(key, page)| Ok(page.article(key))))
            }
        }
    }

    /// The bytes of the file with other texts in the articles that `texts` names by their keys.
    ///
    /// # Errors
    /// When a text cannot be written where it came from.
    pub fn with_texts(&self, name: &str, texts: &BTreeMap<u32, String>) -> Result<Vec<u8>, LoadError> {
        let changed = match &self.content {
            Content::Document(parts) => match texts.get(&1) {
                Some(text) => parts.with_text(name, text)?,
                None => BTreeMap::new(),
            },
            Content::Book(pages) => epub::with_texts(name, pages, texts)?,
        };
        if changed.is_empty() {
            return Ok(self.bytes.to_vec());
        }
        let archive = Archive::open(name, &self.bytes)?;
        // A signature holds for the bytes that were signed.
        if archive.has_folder("_xmlsignatures/")
            || archive.has("META-INF/documentsignatures.xml")
            || archive.has("META-INF/signatures.xml")
        {
            return Err(LoadError::new(
                name,
                "is signed, and is left as it is; take the signature away to fix it",
            ));
        }
        archive.with(&changed)
    }
}
