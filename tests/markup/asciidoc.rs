use super::Read;
use mtlint_document::load::{self, Format};
use mtlint_document::{BlockKind, Extract, MaskKind};
use mtlint_text::Span;

fn extract(text: &str) -> Extract {
    load::extract(Format::AsciiDoc, text)
}

fn blocks(text: &str) -> Vec<(String, BlockKind)> {
    extract(text).kinds()
}

fn text(text: &str) -> String {
    extract(text).read()
}

#[test]
fn prose_is_taken_by_kind_and_the_rest_left_out() {
    let asciidoc = "= The _ferry_\nIda Fossum <ida@a.example>\n:toc:\n\nIt was\nlate.footnote:[By an *hour*.] Again.\n\n\
        // a comment\n== On the quay\n\n* one\ngoes on\n** two\n. first\n\npier:: where it lands\n\n\
        [source,rust]\n----\nlet x = 1;\n----\n\n.The pier\nimage::pier.png[Pier]\n\n[quote, Ida]\n____\nQuoted.\n____\n\n\
        NOTE: Mind the gap.\n\n====\nInside.\n====\n\n|===\n|a |b\n\n2+|c d\n|===\n\n////\nnot this\n////\n\n literal\n\nEnd.\n";
    assert_eq!(
        blocks(asciidoc),
        [
            ("The ferry", BlockKind::Title),
            ("It was late. Again.", BlockKind::Paragraph),
            ("By an hour.", BlockKind::Paragraph),
            ("On the quay", BlockKind::Heading),
            ("one goes on", BlockKind::ListItem),
            ("two", BlockKind::ListItem),
            ("first", BlockKind::ListItem),
            ("pier", BlockKind::ListItem),
            ("where it lands", BlockKind::ListItem),
            ("The pier", BlockKind::Caption),
            ("Quoted.", BlockKind::Quotation),
            ("Mind the gap.", BlockKind::Paragraph),
            ("Inside.", BlockKind::Paragraph),
            ("a", BlockKind::TableCell),
            ("b", BlockKind::TableCell),
            ("c d", BlockKind::TableCell),
            ("End.", BlockKind::Paragraph),
        ]
        .map(|(text, kind)| (text.to_owned(), kind))
    );
}

#[test]
fn marks_and_macros_are_taken_out() {
    assert_eq!(
        text("*Bold* and _so on_, 2*3*4, un**believ**able, \\*not* and snake_case_name."),
        "Bold and so on, 2*3*4, unbelievable, *not* and snake_case_name."
    );
    assert_eq!(text("She said \"`yes`\" -- it's &amp; it{nbsp}is."), "She said “yes” — it's & it\u{A0}is.");
    assert_eq!(
        text(
            "See https://a.example[the page^], link:b.html[that], <<quay,the quay>> and ((pier))(((pier, long)))."
        ),
        "See the page, that, the quay and pier."
    );
    assert_eq!(text("[[here]]An [.big]#old# H~2~O, e^x^."), "An old H2O, ex.");
    assert_eq!(text("One +\ntwo"), "One\ntwo");
    let extract = extract("Call `a_b()` or ``c``, +d+, {name} and stem:[x < y] at <<quay>>.");
    let masked: Vec<(&str, MaskKind)> =
        extract.mask.iter().map(|(span, kind)| (span.of(&extract.text), *kind)).collect();
    let code = ["a_b()", "c", "d", "{name}", "stem:[x < y]", "quay"];
    assert_eq!(masked, code.map(|code| (code, MaskKind::Code)));
}

#[test]
fn positions_are_those_of_the_file() {
    let asciidoc = "* It *was*\r\nlate. &amp; Then\r\n";
    let extract = extract(asciidoc);
    let map = extract.origin.as_ref().unwrap();
    let origin = |part: &str| {
        let start = extract.text.find(part).unwrap();
        map.span(Span::new(start, start + part.len())).of(asciidoc)
    };
    assert_eq!(extract.text, "It was late. & Then\n");
    assert_eq!(origin("was"), "was");
    assert_eq!(origin("&"), "&amp;");
    assert_eq!(origin("Then"), "Then");
}

#[test]
fn comments_for_mtlint_hold_for_the_paragraph_they_stand_in_or_the_next() {
    let extract = extract("One\n// mtlint-ignore a/b: why\ntwo.\n\n// mtlint-ignore c/d: so\nThree.\n");
    assert_eq!(extract.text, "One two.\nThree.\n");
    let found: Vec<(u32, &str)> = extract.comments.iter().map(|it| (it.at, it.text.as_str())).collect();
    assert_eq!(found, [(3, "mtlint-ignore a/b: why"), (9, "mtlint-ignore c/d: so")]);
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    for asciidoc in [
        "",
        "=",
        "= ",
        "----",
        "----\na",
        "|===",
        "|===\n|",
        "[",
        "[a",
        "*",
        "`",
        "\"`",
        "a:b[",
        "<<",
        "((",
        "{",
        ". ",
        "::",
        "a::",
        "//",
        "+",
        "____\n____",
    ] {
        extract(asciidoc);
    }
    assert_eq!(text("a footnote:[b footnote:[c] d] e"), "a e|b d|c");
}
