//! Documents of Word and OpenDocument, books in EPUB and e-mail: what is read, where it lies, what is
//! written back, and what is refused.

mod book;
mod hostile;
mod mail;
mod office;

use mtlint_document::load::{Article, File, Format, LoadError, from_bytes};
use mtlint_document::{BlockKind, Document};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// An archive of these parts; the first is stored as it is, as EPUB wants its first part.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, text)) in parts.iter().enumerate() {
        let method = if index == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.set_comment("kept");
    writer.finish().unwrap().into_inner()
}

/// A document of Word with this body.
fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())];
    parts.extend_from_slice(others);
    parts.push((
        "word/media/pier.png",
        "\u{89}PNG no picture at all, and long enough to be packed packed packed",
    ));
    archive(&parts)
}

/// A text of OpenDocument with this body.
fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\"><office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("styles.xml", "<a/>"),
    ])
}

fn load(format: Format, bytes: &[u8]) -> Result<File, LoadError> {
    from_bytes("a", format, bytes.to_vec())
}

fn articles(file: &File) -> Vec<Article> {
    file.articles().map(|article| article.expect("it is read")).collect()
}

/// The text of the only article, and the kinds of its blocks.
fn read(format: Format, bytes: &[u8]) -> (String, Vec<(String, BlockKind)>) {
    let file = load(format, bytes).unwrap();
    let article = articles(&file).remove(0);
    let blocks = article.extract.blocks.as_deref().unwrap_or_default();
    let kinds =
        blocks.iter().map(|(span, kind)| (span.of(&article.extract.text).to_owned(), *kind)).collect();
    (article.original().to_owned(), kinds)
}

/// The bytes of the file after its articles became these texts.
fn written(format: Format, bytes: &[u8], texts: &[(u32, &str)]) -> Result<Vec<u8>, LoadError> {
    let texts: BTreeMap<u32, String> = texts.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    load(format, bytes)?.with_texts(&texts)
}

/// A part of an archive.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The parts of an archive as they are packed, in their order.
fn packed(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index_raw(index).unwrap();
        let name = entry.name().to_owned();
        let mut raw = Vec::new();
        entry.read_to_end(&mut raw).unwrap();
        parts.push((name, raw));
    }
    parts
}
