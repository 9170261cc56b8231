//! The guide for articles that come back, word by word: its files are written, its command is run.

use super::{mtlint, run};
use std::fs;
use std::path::Path;

/// The code block of the guide that is called so.
fn block(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide-original.md");
    let guide = fs::read_to_string(path).unwrap();
    let start = guide.find(&format!("```{name}\n")).unwrap() + name.len() + 4;
    let end = start + guide[start..].find("```").unwrap();
    guide[start..end].to_owned()
}

#[test]
fn the_guide_finds_what_it_says() {
    let (original, article) = (block("original"), block("article"));
    let folder = super::folder(&[("original.en.txt", &original), ("article.en.txt", &article)]);
    let args = ["check", "--isolated", "article.en.txt", "--original", "original.en.txt"];
    let (code, out, _) = run(mtlint(folder.path()).args(args).args(["--format", "concise"]));
    assert_eq!(code, 1);
    let found: Vec<(String, String)> = out
        .lines()
        .filter_map(|line| {
            let (place, rest) = line.strip_prefix("article.en.txt:")?.split_once(' ')?;
            let rule = rest.split(['[', ']']).nth(1)?;
            Some((place.split(':').next()?.to_owned(), rule.to_owned()))
        })
        .collect();
    let expected = [("1", "original/quotation"), ("3", "original/number"), ("3", "original/sentence")];
    assert_eq!(found, expected.map(|(line, rule)| (line.to_owned(), rule.to_owned())), "{out}");
    // The original beside itself has nothing to say.
    let args = ["check", "--isolated", "original.en.txt", "--original", "original.en.txt"];
    assert_eq!(run(mtlint(folder.path()).args(args)).0, 0);
}

#[test]
fn an_original_stands_beside_one_text() {
    let folder =
        super::folder(&[("a.txt", "The ferry runs.\n"), ("b.jsonl", "{\"text\": \"The ferry runs.\"}\n")]);
    let (code, _, told) = run(mtlint(folder.path()).args(["check", "b.jsonl", "--original", "a.txt"]));
    assert!(code == 2 && told.contains("b.jsonl"), "{told}");
    let (code, ..) =
        run(mtlint(folder.path()).args(["check", "a.txt", "--original", "a.txt", "--source", "a.txt"]));
    assert_eq!(code, 2);
}
