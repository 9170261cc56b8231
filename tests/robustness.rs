//! Texts that no writer writes: nothing panics, nothing is lost, and no shape takes time that grows
//! faster than the text. The long ones would not end within a test if it did; no clock decides.

use mtlint_document::Document;
use mtlint_engine::engine::{Circumstances, Engine, Selection};
use mtlint_engine::rule::{Applicability, Finding, Registry};
use mtlint_lang::Language;
use std::fs;
use std::process::Command;
use std::sync::{Arc, LazyLock};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    Engine::new(Arc::new(Registry::builtin()), Selection::default()).expect("nothing is selected by name")
});

fn document(text: &str) -> Document {
    Document::plain(text, Language::parse("en").ok(), ENGINE.registry().packs())
}

/// The findings, after a look at what holds for all of them.
fn check(text: &str) -> Vec<Finding> {
    let document = document(text);
    let findings = ENGINE.check(&document);
    for finding in &findings {
        let spans = finding.related.iter().map(|related| related.span).chain([finding.span]);
        for span in spans {
            assert!(text.get(span.range()).is_some(), "{}: {span:?}", finding.rule);
        }
    }
    assert!(findings.is_sorted_by_key(|finding| finding.span));
    findings
}

fn count(findings: &[Finding], rule: &str) -> usize {
    findings.iter().filter(|finding| finding.rule.as_str() == rule).count()
}

/// Checks `shape` with all rules everywhere when it is short, and when it is `most` times as long.
fn grows(shape: &str, most: usize) -> Vec<Finding> {
    let short = document(&shape.repeat(40));
    assert_eq!(ENGINE.check(&short), ENGINE.check_unfiltered(&short), "{shape:?}");
    check(&shape.repeat(most / 4));
    check(&shape.repeat(most))
}

#[test]
fn next_to_nothing_is_no_trouble() {
    assert_eq!(check(""), []);
    assert_eq!(check("\n"), []);
    for text in ["“", "”", "\"", "’", "«", "(", ".", ",", "-", "\u{feff}", "\u{301}", "\u{200d}", "\0", "a"]
    {
        let findings = check(text);
        assert!(findings.len() <= 1, "{text:?}: {findings:?}");
        assert_eq!(findings, ENGINE.check_unfiltered(&document(text)), "{text:?}");
    }
}

#[test]
fn a_hundred_thousand_marks_that_open() {
    assert!(grows("“", 100_000).iter().all(|finding| finding.rule.family() == "quotation"));
}

#[test]
fn a_hundred_thousand_marks_of_all_kinds() {
    // Six marks each.
    assert!(!grows("“’\"»„‘", 17_000).is_empty());
}

#[test]
fn marks_that_never_pair() {
    for shape in ["’ ", "” ", "\" ", "word” ", "“word ", "“ ”"] {
        grows(shape, 12_000);
    }
}

#[test]
fn marks_that_pair() {
    for shape in ["“”", "\"", "'", "’n’", "don’t ", "“Yes,” he said. "] {
        grows(shape, 20_000);
    }
}

#[test]
fn brackets_without_partners() {
    for shape in ["(", ")(", "(a] ", "[", "x] The foo "] {
        grows(shape, 40_000);
    }
}

#[test]
fn runs_of_other_marks() {
    for shape in [".", ". ", ", ", ",", "-", "- ", "— ", "a-", "!", "&", "\\n", "%20", "`", "_", "<b"] {
        grows(shape, 30_000);
    }
}

#[test]
fn damage_without_end() {
    let findings = grows("It rained. . ", 8_000);
    assert!(count(&findings, "punctuation/repeated-stop") > 0);
    let findings = grows("the ", 100_000);
    assert!(findings.iter().any(|finding| finding.rule.family() == "repetition"), "{findings:?}");
    for shape in ["Said. ", "Ã©", "&amp;", "\u{200b}", "роof ", "<b>", "A. ", "http://a.example/ "] {
        grows(shape, 8_000);
    }
}

#[test]
fn lines_of_one_letter() {
    for shape in ["a\n", "a\r\n", "a\n\n", "- a\n", "```\n"] {
        grows(shape, 50_000);
    }
}

#[test]
fn other_scripts_and_marks_on_letters() {
    for shape in ["港", "港。", "a\u{301}", "\u{301}", "это было так ", "👩‍👧", "\u{202e}"]
    {
        grows(shape, 10_000);
    }
}

#[test]
fn words_without_end() {
    for shape in ["a", "1", " ", "\n", "\t", "don't", "é", "Anna Berg "] {
        grows(shape, 100_000);
    }
}

/// Sentences that differ, and after every hundredth a second full stop.
fn prose(sentences: usize) -> String {
    let mut text = String::new();
    for number in 0..sentences {
        text.push_str("In the year ");
        text.push_str(&number.to_string());
        text.push_str(" the ferry to the island was late, and nobody was surprised.");
        text.push_str(if number % 100 == 99 { " . " } else { " " });
    }
    text
}

#[test]
fn a_line_of_megabytes_loses_nothing() {
    let sentences = 40_000;
    let text = prose(sentences);
    assert!(text.len() > 3_000_000 && !text.contains('\n'));
    assert_eq!(count(&check(&text), "punctuation/repeated-stop"), sentences / 100);
}

#[test]
fn a_long_line_is_fixed() {
    let text = prose(4_000);
    let fixed = ENGINE.fix(&text, Applicability::Safe, &Circumstances::default(), document);
    assert!(fixed.is_stable);
    assert_eq!(fixed.text, text.replace(" . ", " ").trim_end_matches(' ').to_owned() + " ");
}

#[test]
fn repairs_that_stand_in_each_others_way_come_to_an_end() {
    let selection = Selection { select: vec!["quotation".to_owned()], ..Selection::default() };
    let engine = Engine::new(ENGINE.registry().clone(), selection).unwrap();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for shape in ["“’\"»„‘", "word” ", "“He left. ” . He came. ” ", "“He left.”” He came. "]
    {
        let text = shape.repeat(1_200);
        let fixed = engine.fix(&text, Applicability::Unsafe, &Circumstances::default(), document);
        // Of a heap of marks, no reading is sure enough for a fix; a mark that is there twice is beyond doubt.
        assert!(!shape.contains("””") || !fixed.applied.is_empty(), "{shape:?}");
        assert_eq!(letters(&fixed.text), letters(&text), "{shape:?}");
    }
}

#[test]
fn every_report_of_ten_thousand_findings_in_a_line_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.txt");
    fs::write(&path, "It rained. . “".repeat(5_000)).unwrap();
    for format in ["human", "concise", "json", "jsonl"] {
        let output = Command::new(env!("CARGO_BIN_EXE_mtlint"))
            .args(["check", "--isolated", "--select=punctuation/repeated-stop", "--format", format])
            .arg(&path)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8(output.stdout).unwrap();
        // In human output the name of the rule stands once for each finding, in JSON once more in the summary.
        let summed = usize::from(format.starts_with("json"));
        assert_eq!(told.matches("punctuation/repeated-stop").count(), 5_000 + summed, "{format}");
    }
}

#[test]
fn names_without_end() {
    for shape in [
        "Ida Fossum ",
        "Ab Cd-Ef ",
        "NATO-K ",
        "Mr. A. B. ",
        "de la Al-",
        "Győr Gyor. ",
        "Kiev, Kyiv. ",
        "(AB) ",
    ] {
        grows(shape, 20_000);
    }
    let many: String =
        (0..20_000).map(|n| format!("We met Ida{} Fossum{} again. ", letters(n), letters(n / 7))).collect();
    check(&many);
}

/// A word for a number, of letters alone.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| (digit - b'0' + b'a') as char).collect()
}
