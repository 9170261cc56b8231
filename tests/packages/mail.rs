//! Messages: the subject and the parts of text, in place where they are sent as they are.

use super::*;
use mtlint_text::Span;

fn parts(format: Format, message: &str) -> Vec<(String, String, Option<u32>)> {
    let file = load(format, message.as_bytes()).unwrap();
    let parts = articles(&file).into_iter().map(|article| {
        let record = article.record.clone().unwrap();
        (record.id, article.original().to_owned(), record.start.map(|(offset, _)| offset))
    });
    parts.collect()
}

const PLAIN: &str = "From: ida@a.example\r\nSubject: The ferry\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nIt left. . It is late — so.\r\n\r\nOn Monday Per wrote:\r\n> Is it\r\n>> there?\r\n\r\n-- \r\nIda\r\n";

#[test]
fn what_is_sent_as_it_is_lies_in_the_file() {
    let parts = parts(Format::Mail, PLAIN);
    assert_eq!(parts.len(), 2);
    for (_, text, start) in &parts {
        let start = start.unwrap() as usize;
        assert_eq!(&PLAIN[start..start + text.len()], text);
    }
    assert_eq!((parts[0].0.as_str(), parts[0].1.as_str()), ("subject", "The ferry"));
    let file = load(Format::Mail, PLAIN.as_bytes()).unwrap();
    let body = articles(&file).remove(1);
    let (_, position) = body.record.as_ref().unwrap().start.unwrap();
    assert_eq!((position.line, position.column), (6, 1));
    let blocks = body.extract.blocks.as_deref().unwrap();
    let found: Vec<(&str, BlockKind)> =
        blocks.iter().map(|(span, kind)| (span.of(&body.extract.text), *kind)).collect();
    assert_eq!(
        found,
        [
            ("It left. . It is late — so.", BlockKind::Paragraph),
            ("On Monday Per wrote:", BlockKind::Caption),
            ("Is it", BlockKind::Quotation),
            ("there?", BlockKind::Quotation),
        ]
    );
    let origin = body.extract.origin.as_ref().unwrap();
    let start = body.extract.text.find("there").unwrap();
    assert_eq!(origin.span(Span::new(start, start + 5)).of(body.original()), "there");
}

#[test]
fn it_is_fixed_in_place() {
    let body = &PLAIN[PLAIN.find("It left").unwrap()..];
    let fixed = written(Format::Mail, PLAIN.as_bytes(), &[(2, &body.replace(". .", "."))]).unwrap();
    assert_eq!(String::from_utf8(fixed).unwrap(), PLAIN.replace(". .", "."));
}

#[test]
fn what_is_encoded_is_read_and_not_fixed() {
    let message = "Subject: =?utf-8?Q?Die_F=C3=A4hre?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nDie F=E4hre legte. . ab=\n und an.\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\nPHA+WsO8Z2U8L3A+\n\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n--b--\n";
    let parts = parts(Format::Mail, message);
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[0].1, "Die Fähre");
    assert_eq!(parts[1].1.trim_end(), "Die Fähre legte. . ab und an.");
    assert_eq!(parts[2].1, "<p>Züge</p>");
    assert!(parts.iter().all(|(_, _, start)| start.is_none()));
    let refused =
        written(Format::Mail, message.as_bytes(), &[(2, "Die Fähre legte. ab")]).unwrap_err().to_string();
    assert!(
        refused.contains("is sent as quoted-printable") && refused.contains("left as it is"),
        "{refused}"
    );
    let seven = "Subject: The ferry\n\nIt left.\n";
    let refused = written(Format::Mail, seven.as_bytes(), &[(2, "It “left”.\n")]).unwrap_err().to_string();
    assert!(refused.contains("ASCII"), "{refused}");
}

#[test]
fn a_mailbox_holds_many() {
    let mailbox =
        format!("From ida Mon\n{}\nFrom per Tue\nSubject: Two\n\nIt came.\n", "Subject: One\n\nIt left.\n");
    let parts = parts(Format::Mailbox, &mailbox);
    let names: Vec<&str> = parts.iter().map(|(id, _, _)| id.as_str()).collect();
    assert_eq!(
        names,
        ["message 1, subject", "message 1, 0, text/plain", "message 2, subject", "message 2, 0, text/plain"]
    );
    for (_, text, start) in &parts {
        assert!(mailbox[start.unwrap() as usize..].starts_with(text.as_str()));
    }
}
