use super::Read;
use mtlint_document::load::{self, Format};
use mtlint_document::{BlockKind, Extract, MaskKind};
use mtlint_text::Span;

fn extract(text: &str) -> Extract {
    load::extract(Format::Rst, text)
}

fn blocks(text: &str) -> Vec<(String, BlockKind)> {
    extract(text).kinds()
}

fn text(text: &str) -> String {
    extract(text).read()
}

#[test]
fn prose_is_taken_by_kind_and_the_rest_left_out() {
    let rst = "=========\nThe ferry\n=========\n\n:Author: Ida\n\nIt was\nlate [1]_ *again*::\n\n    let x = 1;\n\n\
        On the quay\n-----------\n\n- one\n  goes on\n- two\n\n  more of two\n\n1. first\n\n    Quoted\n    text.\n\n\
        pier\n  where it lands\n\n.. note:: Mind\n   the gap.\n\n   And the step.\n\n.. code-block:: rust\n   :linenos:\n\n   let x = 1;\n\n\
        .. image:: a.png\n   :alt: x\n\n.. _target: https://a.example\n\n.. a comment\n   of two lines\n\n.. [1] By an\n   hour.\n\n\
        | A line\n| and another\n\n----\n\nEnd.\n";
    assert_eq!(
        blocks(rst),
        [
            ("The ferry", BlockKind::Title),
            ("Ida", BlockKind::ListItem),
            ("It was late again:", BlockKind::Paragraph),
            ("On the quay", BlockKind::Heading),
            ("one goes on", BlockKind::ListItem),
            ("two", BlockKind::ListItem),
            ("more of two", BlockKind::ListItem),
            ("first", BlockKind::ListItem),
            ("Quoted text.", BlockKind::Quotation),
            ("pier", BlockKind::ListItem),
            ("where it lands", BlockKind::ListItem),
            ("Mind the gap.", BlockKind::Paragraph),
            ("And the step.", BlockKind::Paragraph),
            ("By an hour.", BlockKind::Paragraph),
            ("A line\nand another\n", BlockKind::Paragraph),
            ("End.", BlockKind::Paragraph),
        ]
        .map(|(text, kind)| (text.to_owned(), kind))
    );
}

#[test]
fn tables_are_read_cell_by_cell() {
    let grid = "+------+-------+\n| a    | b b   |\n| goes | too   |\n+======+=======+\n| c    | d     |\n+------+-------+\n";
    assert_eq!(text(grid), "a goes|b b too|c|d");
    let simple = "====  =====\na     b\n====  =====\nc     d d\n      goes\ne     f\n====  =====\n\nAfter.";
    assert_eq!(text(simple), "a|b|c|d d goes|e|f|After.");
}

#[test]
fn marks_are_taken_out() {
    assert_eq!(text("**Bold** and *so on*, 2*3*4, \\*not\\* and *."), "Bold and so on, 2*3*4, *not* and *.");
    assert_eq!(
        text("See `the page <https://a.example>`_ or word_ or `this one`__."),
        "See the page or word or this one."
    );
    assert_eq!(text("A :emphasis:`word` and `word`:strong: H\\ :sub:`2`\\ O."), "A word and word H2O.");
    let extract = extract("Call ``a_b()`` or :func:`c`, |name| and :ref:`that <x>`.");
    let masked: Vec<(&str, MaskKind)> =
        extract.mask.iter().map(|(span, kind)| (span.of(&extract.text), *kind)).collect();
    assert_eq!(masked, [("a_b()", MaskKind::Code), ("c", MaskKind::Code), ("name", MaskKind::Code)]);
    assert_eq!(extract.text, "Call a_b() or c, name and that.\n");
}

#[test]
fn positions_are_those_of_the_file() {
    let rst = "- It **was**\r\n  late. \\* Then\r\n";
    let extract = extract(rst);
    let map = extract.origin.as_ref().unwrap();
    let origin = |part: &str| {
        let start = extract.text.find(part).unwrap();
        map.span(Span::new(start, start + part.len())).of(rst)
    };
    assert_eq!(extract.text, "It was late. * Then\n");
    assert_eq!(origin("was"), "was");
    assert_eq!(origin("*"), "\\*");
    assert_eq!(origin("Then"), "Then");
}

#[test]
fn a_term_may_be_the_text_of_an_item() {
    assert_eq!(
        text("* pier\n    where it lands\n\n* quay\n  and shore\n"),
        "pier|where it lands|quay and shore"
    );
    assert_eq!(text(":pier: where it\n  lands\n"), "where it lands");
}

#[test]
fn comments_for_mtlint_hold_for_what_comes_next() {
    let extract = extract("One.\n\n.. mtlint-ignore a/b: why\n\nTwo.\n");
    assert_eq!(extract.text, "One.\nTwo.\n");
    assert_eq!((extract.comments[0].at, extract.comments[0].text.as_str()), (5, "mtlint-ignore a/b: why"));
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    for rst in [
        "",
        "..",
        ".. ",
        ".. [",
        "::",
        "- ",
        "- - -",
        "= =",
        "= =\na",
        "+-",
        "+-\n| a",
        "| ",
        ":a:",
        "=",
        "==\na",
        "`",
        "\\",
        "a\n b\n  c\n d",
    ] {
        extract(rst);
    }
    let deep: String = (0..2_000).map(|depth| format!("{}a\n\n", " ".repeat(depth))).collect();
    assert_eq!(blocks(&deep).len(), 2_000);
}
