//! Files that are broken, or made to do harm: each is refused with what and where, or read in the time
//! that its length allows.

use super::*;
use proptest::prelude::*;

fn told(format: Format, bytes: &[u8]) -> String {
    load(format, bytes).expect_err("it is refused").to_string()
}

#[test]
fn what_is_no_archive_says_so() {
    for format in [Format::Docx, Format::Odt, Format::Epub] {
        for bytes in [&b""[..], b"PK\x03\x04", b"no archive at all"] {
            assert!(told(format, bytes).contains("is no whole archive"), "{}", told(format, bytes));
        }
        assert!(told(format, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest").contains("password"));
        let whole = docx("<w:p/>", &[]);
        assert!(load(format, &whole[..whole.len() - 30]).is_err());
        assert!(
            told(format, &archive(&[("a", "b")])).contains("it has no part"),
            "{}",
            told(format, &archive(&[("a", "b")]))
        );
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    // A hundred megabytes of nothing, which pack to a hundred kilobytes.
    let body = " ".repeat(100 << 20);
    let bytes = docx(&body, &[]);
    assert!(bytes.len() < 1 << 20);
    assert!(told(Format::Docx, &bytes).contains("`word/document.xml` unpacks to more than 64 MiB"));
}

#[test]
fn no_entity_is_followed() {
    let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/hostname\">]><a>&c;&d;</a>";
    let docx = archive(&[("a", "b"), ("word/document.xml", laughs)]);
    assert!(told(Format::Docx, &docx).contains("`word/document.xml` declares entities"));
    let odt = archive(&[("a", "b"), ("content.xml", laughs)]);
    assert!(told(Format::Odt, &odt).contains("`content.xml` declares entities"));
    let epub = archive(&[("a", "b"), ("META-INF/container.xml", laughs)]);
    assert!(told(Format::Epub, &epub).contains("declares entities"));
    let unknown = super::docx("<w:p><w:r><w:t>&xx;</w:t></w:r></w:p>", &[]);
    assert!(told(Format::Docx, &unknown).contains("`&xx;`, which is not declared"));
}

#[test]
fn entries_that_lead_out_are_not_trusted() {
    for name in ["../a", "/etc/a", "a/../../b", "..\\a"] {
        let bytes = archive(&[(name, "b"), ("word/document.xml", "<a/>")]);
        assert!(told(Format::Docx, &bytes).contains("leads out of the archive"), "{name}");
    }
}

#[test]
fn what_is_broken_inside_is_named_with_its_place() {
    let bytes = docx("<w:p>\n<w:r></w:p>", &[]);
    let told_of = told(Format::Docx, &bytes);
    assert!(told_of.contains("`word/document.xml` is no XML") && told_of.contains("line 3"), "{told_of}");
    let deep = "<w:x>".repeat(100_000);
    assert!(told(Format::Docx, &docx(&deep, &[])).contains("nests elements deeper"));
    assert!(told(Format::Docx, &docx("<w:p>", &[])).contains("is no XML"));
}

#[test]
fn macros_and_encryption_are_refused() {
    let macros = docx("<w:p/>", &[("word/vbaProject.bin", "x")]);
    assert!(told(Format::Docx, &macros).contains("holds macros"));
    let encrypted = archive(&[
        ("mimetype", "x"),
        ("META-INF/manifest.xml", "<m:encryption-data/>"),
        ("content.xml", "x"),
    ]);
    assert!(told(Format::Odt, &encrypted).contains("is encrypted"));
    let basic = archive(&[("mimetype", "x"), ("Basic/a.xml", "<a/>"), ("content.xml", "x")]);
    assert!(told(Format::Odt, &basic).contains("holds macros"));
}

#[test]
fn large_documents_are_read_in_their_time() {
    // Two hundred thousand paragraphs, and one of a million runs.
    let many = "<w:p><w:r><w:t>It left.</w:t></w:r></w:p>".repeat(200_000);
    assert_eq!(read(Format::Docx, &docx(&many, &[])).0.lines().count(), 200_000);
    let long = format!("<w:p>{}</w:p>", "<w:r><w:t>a</w:t></w:r>".repeat(500_000));
    let bytes = docx(&long, &[]);
    let text = "a".repeat(500_000);
    assert_eq!(read(Format::Docx, &bytes).0, text);
    let fixed = text.replacen("aaaa", "aaba", 1);
    assert_eq!(read(Format::Docx, &written(Format::Docx, &bytes, &[(1, &fixed)]).unwrap()).0, fixed);
}

#[test]
fn what_is_no_message_says_so() {
    assert!(told(Format::Mail, b"").contains("is no message"));
    assert!(told(Format::Mail, b"\n\nno header").contains("is no message"));
    let encrypted = b"Subject: a\nContent-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n";
    assert!(told(Format::Mail, encrypted).contains("is encrypted"));
    // Parts in parts without end, and headers without end.
    let deep: String = (0..5_000)
        .map(|depth| format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"))
        .collect();
    let _ = load(Format::Mail, format!("Subject: a\n{deep}").as_bytes());
    let _ = load(Format::Mail, format!("Subject: {}\n\na", "a\n ".repeat(100_000)).as_bytes());
    let _ = load(Format::Mail, "Received: x\n".repeat(100_000).as_bytes());
    let _ = load(Format::Mailbox, "From a\n\n".repeat(50_000).as_bytes());
}

/// Tags and texts of documents and messages in any order.
fn pieces() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:t xml:space=\"preserve\">",
        "<w:tab/>",
        "<w:br/>",
        "<w:del>",
        "</w:del>",
        "<w:tc>",
        "</w:tc>",
        "<w:pStyle w:val=\"Title\"/>",
        "<w:vanish/>",
        "<text:p>",
        "</text:p>",
        "<text:s text:c=\"3\"/>",
        "<text:s/>",
        "<text:note>",
        "</text:note>",
        "<text:span>",
        "</text:span>",
        "&amp;",
        "&#8220;",
        "&#xD800;",
        "<![CDATA[a ]]>",
        "<!-- x -->",
        "\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\u{2028}",
        "\u{FFFC}",
        "é",
        "It left. ",
        "Subject: ",
        "Content-Type: text/plain; charset=utf-8\n",
        "Content-Transfer-Encoding: base64\n\n",
        "Content-Type: multipart/mixed; boundary=b\n\n",
        "--b\n",
        "--b--\n",
        "From a\n",
        "> ",
        "=C3=A9",
        "=?utf-8?Q?a?=",
    ]);
    prop::collection::vec(prop_oneof![known.prop_map(str::to_owned), "[a-z ]{1,8}"], 0..40)
        .prop_map(|parts| parts.concat())
}

proptest! {
    /// What is read is written back as it is, its blocks lie in its text, and so does what it came from.
    #[test]
    fn any_document_or_message_is_read_or_refused(text in pieces()) {
        let files = [
            (Format::Docx, docx(&text, &[])),
            (Format::Odt, odt(&text)),
            (Format::Epub, book::book(&text)),
            (Format::Mail, text.clone().into_bytes()),
            (Format::Mailbox, format!("From a\n{text}").into_bytes()),
        ];
        for (format, bytes) in files {
            let Ok(file) = load(format, &bytes) else { continue };
            prop_assert_eq!(file.with_texts(&BTreeMap::new()).unwrap(), bytes);
            for article in articles(&file) {
                let extract = &article.extract;
                for (span, _) in extract.blocks.iter().flatten() {
                    prop_assert!(extract.text.get(span.range()).is_some());
                }
                let same = BTreeMap::from([(article.key, article.original().to_owned())]);
                prop_assert!(file.with_texts(&same).is_ok());
            }
        }
    }
}
