//! What reports look like, for articles made up here.

use super::*;

/// A rule that marks what the articles below mark themselves, so that the snapshots depend on no
/// rule of the catalogue: `[..]` is damage.
pub(super) const RULE: &str = r#"
summary = "something stands in brackets"
why = "The brackets are here to show how reports draw a place, and this text is long enough to need a second line."
mqm = "punctuation"
severity = "major"
confidence = "high"
langs = ["*"]
[match]
kind = "regex"
scope = "document"
pattern = '\[(?P<text>[^\]]*)\]'
[fix]
replace = "$text"
title = "take the brackets away"
applicability = "safe"
[[bad]]
text = "a ⟦[b]⟧"
fixed = "a b"
[[bad]]
text = "⟦[b]⟧"
fixed = "b"
[[good]]
text = "a"
[[good]]
text = "b"
"#;

fn snapshot(name: &str, text: &str, args: &[&str]) {
    compare(name, &report(text, args));
}

/// What is printed of an article of this text.
fn report(text: &str, args: &[&str]) -> String {
    let folder = folder(&[
        ("mtlint.toml", "rules = [\"house\"]\n"),
        ("house/markup/brackets.toml", RULE),
        ("article.txt", text),
    ]);
    let (code, out, err) = run(mtlint(folder.path())
        .args(["check", "article.txt", "--lang=en", "--select=markup/brackets"])
        .args(args));
    assert_eq!((code, err.as_str()), (1, ""));
    out
}

fn compare(name: &str, out: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, out));
}

const ARTICLE: &str = "The Harbour\n\nThe ferry [left] at noon, and [nobody] saw it go.\nAll was quiet.\n";

#[test]
fn human() {
    snapshot("human", ARTICLE, &[]);
}

#[test]
fn concise() {
    snapshot("concise", ARTICLE, &["--format=concise"]);
}

#[test]
fn json() {
    snapshot("json", ARTICLE, &["--format=json"]);
}

#[test]
fn jsonl() {
    snapshot("jsonl", ARTICLE, &["--format=jsonl"]);
}

/// The page without its style, its script and their hashes, an element of some weight a line.
#[test]
fn html() {
    let mut page = report(ARTICLE, &["--format=html"]);
    for (start, end) in
        [("<style>", "</style>"), ("<script>", "</script>"), ("'sha256-", "'"), ("'sha256-", "'; i")]
    {
        let from = page.find(start).unwrap() + start.len();
        let to = from + page[from..].find(end).unwrap();
        page.replace_range(from..to, "…");
        page = page.replacen(start, &start.to_uppercase(), 1);
    }
    for tag in [
        "<section",
        "<article",
        "<header",
        "<div",
        "<p",
        "<li",
        "<tr",
        "<td",
        "<th",
        "<dl",
        "<button",
        "<noscript",
        "<script",
    ] {
        page = page.replace(tag, &format!("\n{tag}"));
    }
    compare("html", &page);
}

#[test]
fn human_in_colour() {
    snapshot("human-in-colour", ARTICLE, &["--color=always"]);
}

#[test]
fn a_long_line_is_windowed() {
    let words = "the grey boats lay side by side in the harbour and waited for the wind, ".repeat(9);
    snapshot("human-long-line", &format!("{words}[then] it came, {words}"), &[]);
}

#[test]
fn a_long_mark_shows_both_ends() {
    let words = "the grey boats lay side by side in the harbour ".repeat(9);
    snapshot("human-long-mark", &format!("{words}[{words}] {words}"), &[]);
}

#[test]
fn wide_and_unseen_characters_are_aligned() {
    snapshot("human-wide", "\tThe 港 of Zoe\u{308} 👩‍👧 and\u{200B} the [boat\u{200B}].\n", &[]);
}

#[test]
fn a_mark_over_lines_shows_the_first_and_the_last() {
    snapshot("human-lines", "One [two\nthree\nfour] five.\n", &[]);
}
