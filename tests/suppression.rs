//! Comments that suppress findings, in every format that has them.

use jiff::civil::{Date, date};
use mtlint_document::load::{self, Format};
use mtlint_document::{Comment, Document};
use mtlint_engine::engine::{Circumstances, Engine, OutsideSuppression, Review, Selection};
use mtlint_engine::rule::{Applicability, Reach, Registry, Severity, SuppressedBy, Suppression};
use mtlint_lang::Language;
use std::sync::{Arc, LazyLock};

static REGISTRY: LazyLock<Arc<Registry>> = LazyLock::new(|| Arc::new(Registry::builtin()));
static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine(Selection::default()));

const TODAY: Date = date(2031, 5, 1);

fn engine(selection: Selection) -> Engine {
    Engine::new(REGISTRY.clone(), selection).expect("only rules that there are")
}

fn document(format: Format, text: &str) -> Document {
    Document::new(load::extract(format, text), Language::parse("en").ok(), REGISTRY.packs())
}

fn review(format: Format, text: &str) -> Review {
    let circumstances = Circumstances { today: Some(TODAY), ..Circumstances::default() };
    ENGINE.review(&document(format, text), &circumstances, None)
}

/// The rules of what is reported, and of what is suppressed.
fn rules(review: &Review) -> (Vec<&str>, Vec<&str>) {
    (
        review.findings.iter().map(|finding| finding.rule.as_str()).collect(),
        review.suppressed.iter().map(|suppressed| suppressed.finding.rule.as_str()).collect(),
    )
}

const STOP: &str = "punctuation/repeated-stop";

#[test]
fn a_comment_holds_for_the_next_block_or_the_one_it_stands_in() {
    let ours = "<!-- mtlint-ignore punctuation/repeated-stop: so it is printed -->";
    let damage = "The ferry left. . It is late.";
    for (format, text) in [
        (Format::Text, format!("{ours}\n{damage}\n")),
        (Format::Text, format!("{damage} {ours}\n")),
        (Format::Text, format!("{ours} {damage}")),
        (Format::Text, format!("\r\n  {ours}\r\n\r\n{damage}\r\n")),
        (Format::Markdown, format!("{ours}\n{damage}\n")),
        (Format::Markdown, format!("{ours}\n\n# {damage}\n")),
        (Format::Markdown, format!("{damage} {ours}\n\nOne.\n")),
        (Format::Markdown, format!("- {damage} {ours}\n- One.\n")),
        (Format::Markdown, format!("> {damage} {ours}\n")),
        (Format::Markdown, format!("| {damage} {ours} | b |\n|---|---|\n")),
        (Format::Html, format!("{ours}<p>{damage}</p>")),
        (Format::Html, format!("<div><p>{ours}\n {damage}</p></div>")),
        (Format::Html, format!("<p>The ferry{ours} left. . It is late.</p>")),
    ] {
        let review = review(format, &text);
        assert_eq!(rules(&review), (vec![], vec![STOP]), "{text}");
        let suppressed = &review.suppressed[0];
        assert_eq!(suppressed.reason.as_deref(), Some("so it is printed"));
        let SuppressedBy::Comment(span) = suppressed.by else { panic!("{suppressed:?}") };
        assert_eq!(span.of(&text), ours);
    }
}

#[test]
fn it_holds_for_no_other_block_and_no_other_rule() {
    let ours = "<!-- mtlint-ignore punctuation/repeated-stop: so it is printed -->";
    for (format, text) in [
        (Format::Text, format!("{ours}\nIt rained. . So it did.\nThe ferry left. . It is late.\n")),
        (Format::Markdown, format!("The ferry left. . It is late.\n\n{ours}\n\nIt rained. . So it did.\n")),
        (Format::Html, format!("<p>The ferry left. . It is late.</p>{ours}<p>It rained. . So it did.</p>")),
        (Format::Text, format!("{ours}\nIt rained. . So it did , it did.\n")),
    ] {
        let review = review(format, &text);
        assert_eq!((review.findings.len(), review.suppressed.len()), (1, 1), "{text}: {review:?}");
    }
}

#[test]
fn a_family_or_several_rules_are_suppressed_in_the_whole_file() {
    let text = "It rained. . So it did.\n\n\
        <!-- mtlint-ignore-file punctuation/repeated-stop, punctuation/space-before-comma: as it came -->\n\
        The ferry left , they said.\n";
    assert_eq!(rules(&review(Format::Text, text)), (vec![], vec![STOP, "punctuation/space-before-comma"]));
    let text = text.replace(", punctuation/space-before-comma", "").replace("/repeated-stop", "");
    assert_eq!(rules(&review(Format::Text, &text)).1.len(), 2);
}

#[test]
fn the_comment_is_neither_prose_nor_words() {
    let text = "<!-- mtlint-ignore casing: why .. not ,, -->\nOne two three.\n";
    let document = document(Format::Text, text);
    assert_eq!((document.text(), document.word_count()), ("One two three.\n", 3));
    assert_eq!(document.blocks().len(), 1);
    let [Comment { text, .. }] = document.comments() else { panic!("one comment") };
    assert_eq!(text, "mtlint-ignore casing: why .. not ,,");
}

#[test]
fn a_comment_is_written_in_the_way_of_its_format() {
    let ours = "mtlint-ignore punctuation/repeated-stop: so it is printed";
    let damage = "The ferry left. . It is late.";
    for (format, text) in [
        (Format::Latex, format!("% {ours}\n{damage}\n")),
        (Format::Latex, format!("{damage} % {ours}\nAnd so on.\n")),
        (Format::Latex, format!("\\section{{{damage}}} % {ours}\n")),
        (Format::Rst, format!(".. {ours}\n\n{damage}\n")),
        (Format::Rst, format!("One.\n\n- Two.\n\n  .. {ours}\n\n  {damage}\n")),
        (Format::AsciiDoc, format!("// {ours}\n{damage}\n")),
        (Format::AsciiDoc, format!("One. Two.\n// {ours}\n{damage}\n")),
        (Format::AsciiDoc, format!("// {ours}\n== {damage}\n")),
    ] {
        let review = review(format, &text);
        assert_eq!(rules(&review), (vec![], vec![STOP]), "{format:?}: {text:?}");
    }
}

#[test]
fn what_suppresses_a_finding_where_it_stands_does_so() {
    let damage = "The ferry left. . It is late.";
    for (format, text) in [
        (Format::Text, format!("One.\n{damage}\nTwo.\n")),
        (Format::Markdown, format!("# One\n\n- {damage}\n- Two.\n")),
        (Format::Html, format!("<p>{damage}</p><p>Two.</p>")),
        (Format::Latex, format!("One.\n\n{damage} And\nso on.\n\nTwo.\n")),
        (Format::Latex, format!("\\section{{{damage}}}\nTwo.\n")),
        (Format::Rst, format!("One.\n\n{damage} And\nso on.\n\nTwo.\n")),
        (Format::Rst, format!("* One.\n\n  {damage}\n")),
        (Format::AsciiDoc, format!("One.\n\n{damage} And\nso on.\n\nTwo.\n")),
        (Format::AsciiDoc, format!("One.\n\n== {damage}\n\nTwo.\n")),
    ] {
        let document = document(format, &text);
        let findings = ENGINE.check(&document);
        assert_eq!(findings.len(), 1, "{format:?}: {findings:?}");
        let edit = mtlint_engine::lint::ignore_here(&document, format, &findings[0]).unwrap();
        let text = mtlint_text::apply_edits(&text, &[edit]).unwrap();
        assert_eq!(rules(&review(format, &text)), (vec![], vec![STOP]), "{format:?}: {text:?}");
    }
}

#[test]
fn what_is_wrong_with_a_comment_lies_where_the_comment_does() {
    let text = "One.\n\n<!-- mtlint-ignore punctuation/repeated-stop: why -->\n\nTwo.\n";
    for format in [Format::Text, Format::Markdown, Format::Html] {
        let document = document(format, text);
        let findings = ENGINE.check(&document);
        assert_eq!(findings.len(), 1, "{format:?}: {findings:?}");
        assert_eq!(findings[0].rule.as_str(), "suppression/unused");
        assert_eq!(findings[0].severity, Severity::Neutral);
        let place = document.to_original(findings[0].span);
        assert_eq!(place.of(text), "<!-- mtlint-ignore punctuation/repeated-stop: why -->");
        assert_eq!(document.slice(findings[0].span), place.of(text));
    }
}

#[test]
fn a_run_that_leaves_a_rule_out_does_not_call_its_suppression_unused() {
    let text = "<!-- mtlint-ignore punctuation/repeated-stop, punctuation: why -->\nOne.\n";
    let unused = |selection| {
        let engine = engine(selection);
        engine.check(&document(Format::Text, text)).len()
    };
    let default = Selection::default;
    assert_eq!(unused(default()), 1);
    let select = |name: &str| vec![name.to_owned()];
    assert_eq!(unused(Selection { select: select("suppression"), ..default() }), 0);
    assert_eq!(unused(Selection { ignore: select("punctuation/repeated-stop"), ..default() }), 0);
    let severities = [("suppression".to_owned(), Severity::Major)].into();
    assert_eq!(unused(Selection { min_severity: Severity::Major, severities, ..default() }), 0);
}

#[test]
fn what_has_ended_is_reported_again() {
    let text =
        "<!-- mtlint-ignore punctuation/repeated-stop: why [until 2031-04-30] -->\nIt rained. . So it did.\n";
    assert_eq!(rules(&review(Format::Text, text)), (vec![STOP, "suppression/expired"], vec![]));
    let check = ENGINE.check(&document(Format::Text, text));
    assert!(check.is_empty(), "without a date nothing ends: {check:?}");
}

#[test]
fn what_is_suppressed_is_not_fixed() {
    let text = "<!-- mtlint-ignore punctuation/repeated-stop: why -->\nIt rained. . So it did.\n\nIt left. . It did.\n";
    for format in [Format::Text, Format::Markdown] {
        let fixed =
            ENGINE.fix(text, Applicability::Safe, &Circumstances::default(), |text| document(format, text));
        assert_eq!(fixed.text, text.replace("left. .", "left."));
    }
}

#[test]
fn an_unused_comment_is_deleted_with_its_line() {
    let fixed = |format, text: &str| {
        let circumstances = Circumstances::default();
        ENGINE.fix(text, Applicability::Safe, &circumstances, |text| document(format, text)).text
    };
    let ours = "<!-- mtlint-ignore punctuation/repeated-stop: why -->";
    for format in [Format::Text, Format::Markdown, Format::Html] {
        assert_eq!(fixed(format, &format!("One.\n\n{ours}\nTwo.\n")), "One.\n\nTwo.\n");
        assert_eq!(fixed(format, &format!("One. {ours}\n\nTwo.\n")), "One.\n\nTwo.\n");
    }
}

#[test]
fn a_file_beside_it_suppresses_by_rule_and_text() {
    let outside = |selector: &str, text: Option<&str>| OutsideSuppression {
        entry: 7,
        suppression: Suppression {
            selectors: vec![selector.to_owned()],
            reach: Reach::Document,
            reason: Some("why".to_owned()),
            until: Some(date(2031, 5, 1)),
        },
        text: text.map(str::to_owned),
    };
    let document = document(Format::JsonLines, "It rained. . So it did , they said.");
    let count = |entry: OutsideSuppression, today| {
        let entries = [entry];
        let circumstances =
            Circumstances { today: Some(today), outside: &entries, ..Circumstances::default() };
        let review = ENGINE.review(&document, &circumstances, None);
        assert!(review.suppressed.iter().all(|suppressed| suppressed.by == SuppressedBy::File(7)));
        (review.findings.len(), review.suppressed.len())
    };
    assert_eq!(count(outside("punctuation", None), TODAY), (0, 2));
    assert_eq!(count(outside("punctuation", Some(". .")), TODAY), (1, 1));
    assert_eq!(count(outside("punctuation", Some("…")), TODAY), (2, 0));
    assert_eq!(count(outside("punctuation", None), date(2031, 5, 2)), (2, 0));
}

#[test]
fn thousands_of_comments_are_no_trouble() {
    let ours = "<!-- mtlint-ignore punctuation/repeated-stop: why -->\n";
    for text in [
        format!("{ours}It rained. . So it did.\n").repeat(5_000),
        ours.repeat(20_000) + "It rained. . So it did.\n",
        ours.replace("-ignore", "-ignore-file").repeat(10_000) + &"It rained. . So it did. ".repeat(5_000),
        "<!-- mtlint-ignore ".repeat(20_000),
    ] {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let review = review(format, &text);
            assert!(review.findings.len() + review.suppressed.len() > 0);
        }
    }
}
