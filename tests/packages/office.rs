//! Paragraphs of documents: runs that are one word, what is left out, and fixes in place.

use super::*;
use mtlint_engine::engine::{Circumstances, Engine, Selection};
use mtlint_engine::rule::{Applicability, Registry};
use mtlint_lang::Language;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Arc::new(Registry::builtin()), Selection::default()).unwrap());

const STYLES: &str = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:styleId=\"Own\"><w:name w:val=\"Our heads\"/><w:basedOn w:val=\"berschrift1\"/></w:style><w:style w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style></w:styles>";

#[test]
fn a_document_of_word_is_read_as_its_paragraphs() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Own\"/><w:tabs><w:tab w:val=\"left\" w:pos=\"9\"/></w:tabs></w:pPr><w:r><w:t>The fer</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ry &amp; quay</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r><w:t>The ferry 3</w:t></w:r></w:p>\
        <w:p/>\
        <w:p><w:r><w:t xml:space=\"preserve\">It </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\">often </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>left</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id=\"1\"/><w:br/><w:t>at</w:t><w:tab/><w:t>noon</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> unseen</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>x</w:t></w:r></w:p>";
    let notes = "<w:footnotes xmlns:w=\"w/wordprocessingml/x\"><w:footnote w:id=\"1\"><w:p><w:r><w:t>By an hour.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let (text, kinds) =
        read(Format::Docx, &docx(body, &[("word/styles.xml", STYLES), ("word/footnotes.xml", notes)]));
    assert_eq!(text, "The ferry & quay\n\n\nIt often left\u{2028}at\tnoon.\nOne\na\nx\nBy an hour.");
    assert_eq!(
        kinds,
        [
            ("The ferry & quay", BlockKind::Heading),
            ("It often left\nat\tnoon.", BlockKind::Paragraph),
            ("One", BlockKind::ListItem),
            ("a", BlockKind::TableCell),
            ("x", BlockKind::Paragraph),
            ("By an hour.", BlockKind::Paragraph),
        ]
        .map(|(text, kind)| (text.to_owned(), kind))
    );
}

#[test]
fn a_text_of_open_document_is_read_as_its_paragraphs() {
    let body = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p text:style-name=\"P1\">The <text:span>fer</text:span>ry</text:p>\
        <text:h text:outline-level=\"1\">On  the\n quay</text:h>\
        <text:p>It left<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By an hour.</text:p></text:note-body></text:note> at<text:s text:c=\"2\"/>noon.<office:annotation><text:p>why?</text:p></office:annotation></text:p>\
        <text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>";
    let (text, kinds) = read(Format::Odt, &odt(body));
    assert_eq!(text, "The ferry\nOn the quay\nIt left at  noon.\nBy an hour.\nOne");
    let kinds: Vec<BlockKind> = kinds.into_iter().map(|(_, kind)| kind).collect();
    use BlockKind::{Heading, ListItem, Paragraph, Title};
    assert_eq!(kinds, [Title, Heading, Paragraph, Paragraph, ListItem]);
}

#[test]
fn a_fix_changes_the_text_of_runs_and_nothing_else() {
    let body = "<w:p><w:r><w:t>Left. . It</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> is  &lt;late</w:t></w:r></w:p><w:p><w:r><w:t>Two</w:t></w:r></w:p>";
    let bytes = docx(body, &[]);
    let fixed = written(Format::Docx, &bytes, &[(1, "Left. It is <late & so\nTwo")]).unwrap();
    let expected = part(&bytes, "word/document.xml")
        .replace("Left. . It", "Left. It")
        .replace(" is  &lt;late", " is &lt;late &amp; so");
    assert_eq!(part(&fixed, "word/document.xml"), expected);
    for (before, after) in packed(&bytes).into_iter().zip(packed(&fixed)) {
        assert_eq!(before.0, after.0);
        assert!(before.0 == "word/document.xml" || before.1 == after.1, "{}", before.0);
    }
    assert_eq!(ZipArchive::new(Cursor::new(&fixed)).unwrap().comment(), b"kept");
    assert_eq!(written(Format::Docx, &bytes, &[]).unwrap(), bytes);
}

#[test]
fn white_space_that_word_would_lose_is_kept() {
    let bytes = docx("<w:p><w:r><w:t>One</w:t></w:r><w:r><w:t>two</w:t></w:r></w:p>", &[]);
    let fixed = written(Format::Docx, &bytes, &[(1, "One two")]).unwrap();
    assert!(
        part(&fixed, "word/document.xml")
            .contains("<w:t xml:space=\"preserve\">One </w:t></w:r><w:r><w:t>two")
    );
    assert_eq!(read(Format::Docx, &fixed).0, "One two");
}

#[test]
fn spaces_that_are_elements_are_written_as_such() {
    let bytes = odt("<text:p>It<text:s text:c=\"3\"/>left <text:s/>.</text:p>");
    assert_eq!(read(Format::Odt, &bytes).0, "It   left  .");
    let fixed = written(Format::Odt, &bytes, &[(1, "It left.")]).unwrap();
    assert!(
        part(&fixed, "content.xml").contains("It<text:s text:c=\"1\"/>left."),
        "{}",
        part(&fixed, "content.xml")
    );
    assert_eq!(read(Format::Odt, &fixed).0, "It left.");
}

#[test]
fn what_a_fix_cannot_write_is_refused_with_a_word() {
    let bytes = docx(
        "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p><w:p><w:r><w:t>Three</w:t></w:r></w:p>",
        &[],
    );
    let refused = |text: &str| written(Format::Docx, &bytes, &[(1, text)]).unwrap_err().to_string();
    assert!(refused("One two\nThree").contains("paragraph 1 is not fixed"), "{}", refused("One two\nThree"));
    assert!(refused("One\ttwo Three").contains("join"));
    assert!(refused("One\ttwo\nThree\nFour").contains("part it"));
    let signed = docx("<w:p><w:r><w:t>One</w:t></w:r></w:p>", &[("_xmlsignatures/sig1.xml", "<a/>")]);
    assert!(written(Format::Docx, &signed, &[(1, "Two")]).unwrap_err().to_string().contains("is signed"));
}

/// A paragraph cut into runs at random, as Word leaves it.
fn runs(text: &str, cuts: &[usize]) -> String {
    let mut out = String::from("<w:p>");
    let chars: Vec<char> = text.chars().collect();
    let mut start = 0;
    for cut in cuts.iter().map(|cut| cut % (chars.len() + 1)).chain([chars.len()]) {
        if cut > start {
            let run: String = chars[start..cut].iter().collect();
            let run = run.replace('&', "&amp;").replace('<', "&lt;");
            out.push_str(&format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{run}</w:t></w:r>"));
            start = cut;
        }
    }
    out + "</w:p>"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is found in a document is what is found in its paragraphs as text, at the same places, and
    /// what fixing makes of it is what fixing makes of them.
    #[test]
    fn a_document_is_checked_and_fixed_as_its_text(
        sentences in prop::collection::vec(prop::sample::select(vec![
            "The ferry left. . It was late.", "She said “yes” , and went.", "It cost $5 & more than 3 < 4.",
            "Nobody was on the the quay.", "The harbour  was closed.", "“It has lasted eleven.” he said.",
        ]), 1..5),
        cuts in prop::collection::vec(0_usize..60, 0..6),
    ) {
        let mut sorted = cuts.clone();
        sorted.sort_unstable();
        let body: String = sentences.iter().map(|text| runs(text, &sorted)).collect();
        let bytes = docx(&body, &[]);
        let file = load(Format::Docx, &bytes).unwrap();
        let article = articles(&file).remove(0);
        prop_assert_eq!(article.original(), sentences.join("\n"));
        let kinds = article.paragraphs.clone().unwrap();
        let english = Language::parse("en").ok();
        let packs = ENGINE.registry().packs();
        let parse = |text: &str| {
            Document::new(mtlint_document::load::extract_paragraphs(text, &kinds), english, packs)
        };
        let document = Document::new(article.extract.clone(), english, packs);
        let plain = Document::plain(&sentences.join("\n"), english, packs);
        let places = |document: &Document| -> Vec<(String, mtlint_text::Span)> {
            let findings = ENGINE.check(document).into_iter();
            findings.map(|finding| (finding.rule.to_string(), document.to_original(finding.span))).collect()
        };
        // What plain text makes of its lines may be headings; a document says what is one.
        if plain.blocks().iter().all(|block| block.kind == BlockKind::Paragraph) {
            prop_assert_eq!(places(&document), places(&plain));
        }
        let fixed = ENGINE.fix(document.original(), Applicability::Unsafe, &Circumstances::default(), parse).text;
        let again = written(Format::Docx, &bytes, &[(1, &fixed)]).unwrap();
        prop_assert_eq!(read(Format::Docx, &again).0, fixed);
    }
}
