//! Books: the pages in the order of the spine, each a file inside the file.

use super::*;

const CONTAINER: &str =
    "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>";
const PACKAGE: &str = "<package><manifest><item id=\"n\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/><item id=\"b\" href=\"Text/two%20b.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"a\" href=\"../one.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"p\" href=\"p.png\" media-type=\"image/png\"/></manifest><spine><itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>";
const ONE: &str = "<?xml version=\"1.0\"?>\n<html xml:lang=\"en\"><head><title/><script src=\"x.js\"/></head><body><h1>The ferry</h1><p>It left. . &#160;It <i>is</i> late.</p></body></html>";
const TWO: &str = "<html><body><p>Two.</p></body></html>";

pub(super) fn book(package: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", package),
        ("one.xhtml", ONE),
        ("OEBPS/Text/two b.xhtml", TWO),
    ])
}

#[test]
fn pages_are_read_in_their_order() {
    let file = load(Format::Epub, &book(PACKAGE)).unwrap();
    let articles = articles(&file);
    let names: Vec<&str> =
        articles.iter().map(|article| article.record.as_ref().unwrap().id.as_str()).collect();
    assert_eq!(names, ["one.xhtml", "OEBPS/Text/two b.xhtml"]);
    assert_eq!(articles[0].original(), ONE);
    assert_eq!(articles[0].extract.text, "The ferry\nIt left. . \u{a0}It is late.\n");
    assert_eq!(articles[0].language.unwrap().to_string(), "en");
}

#[test]
fn a_fix_changes_its_page_alone() {
    let bytes = book(PACKAGE);
    let fixed = written(Format::Epub, &bytes, &[(1, &ONE.replace(". .", "."))]).unwrap();
    assert_eq!(part(&fixed, "one.xhtml"), ONE.replace(". .", "."));
    for (before, after) in packed(&bytes).into_iter().zip(packed(&fixed)) {
        assert!(before.0 == "one.xhtml" || before == after, "{}", before.0);
    }
}

#[test]
fn what_is_no_book_says_so() {
    let told = |bytes: &[u8]| load(Format::Epub, bytes).unwrap_err().to_string();
    let out = PACKAGE.replace("../one", "../../one");
    assert!(told(&book(&out)).contains("leads out of the archive"));
    assert!(told(&book(&PACKAGE.replace("two%20b", "gone"))).contains("is missing"));
    assert!(told(&book("<package><spine/></package>")).contains("without pages"));
    assert!(told(&archive(&[("mimetype", "x")])).contains("META-INF/container.xml"));
}
