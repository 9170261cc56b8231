//! The guide for localisation repositories, word by word: its files are written, its commands run.

use super::{mtlint, run};
use std::fs;
use std::path::Path;

/// The code blocks of the guide: the language of each and its text.
fn blocks() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide-localisation.md");
    let guide = fs::read_to_string(path).unwrap();
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in guide.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

fn block(language: &str) -> String {
    blocks().into_iter().find(|(it, _)| it == language).unwrap().1
}

#[test]
fn the_guide_finds_and_mends_what_it_says() {
    let (po, glossary) = (block("po"), block("tsv"));
    let folder = super::folder(&[("locale/de.po", &po), ("glossary.tsv", &glossary)]);
    let args = ["check", "--isolated", "--glossary", "glossary.tsv", "locale/de.po"];
    let (code, out, _) = run(mtlint(folder.path()).args(args).args(["--format", "concise"]));
    assert_eq!(code, 1);
    for (line, rule) in [(7, "markup/placeholder"), (10, "number/changed"), (13, "term/forbidden")] {
        let found =
            out.lines().any(|it| it.starts_with(&format!("locale/de.po:{line}:")) && it.contains(rule));
        assert!(found, "{rule} in line {line}:\n{out}");
    }
    run(mtlint(folder.path()).args(args).arg("--fix"));
    let fixed = fs::read_to_string(folder.path().join("locale/de.po")).unwrap();
    assert_eq!(fixed, po.replace("{Name}", "{name}"));
}

#[test]
fn a_pattern_says_where_the_sources_lie() {
    let folder = super::folder(&[
        ("docs/en/pier/hours.md", "# Hours\n\nThe pier opens at 7 and holds 45 boats.\n"),
        ("docs/de/pier/hours.md", "# Zeiten\n\nDer Anleger öffnet um 7 und fasst 54 Boote.\n"),
        ("docs/fr/pier/hours.md", "# Horaires\n\nLa jetée ouvre à 7 heures et accueille 45 bateaux.\n"),
    ]);
    let args = ["check", "--isolated", "--format", "concise", "--source-lang", "en"];
    let pattern = ["--source", "docs/{lang}/{path}", "docs"];
    let (code, out, _) = run(mtlint(folder.path()).args(args).args(pattern));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("docs/de/pier/hours.md:3:") && out.contains("number/changed"), "{out}");
    assert!(!out.contains("docs/fr") && !out.contains("docs/en"), "{out}");
    let (code, _, told) =
        run(mtlint(folder.path()).args(args).args(["--source", "text/{lang}/{path}", "docs"]));
    assert!(code == 2 && told.contains("does not fit the pattern"), "{told}");
}

#[test]
fn files_of_all_formats_pass_and_fail_as_a_gate() {
    let source = "{\"menu\": {\"open\": \"Open {name}\", \"left\": \"45 seats left\"}}\n";
    let right = "{\"menu\": {\"open\": \"{name} öffnen\", \"left\": \"Noch 45 Plätze frei\"}}\n";
    let folder = super::folder(&[
        ("en.json", source),
        ("de.json", right),
        ("wrong.json", &right.replace("45", "54")),
        ("broken.json", "{\"menu\": {,}}\n"),
    ]);
    let check = |file: &str| {
        let args =
            ["check", "--isolated", "--source", "en.json", "--source-lang", "en", "--lang", "de", file];
        run(mtlint(folder.path()).args(args))
    };
    assert_eq!(check("de.json").0, 0);
    assert_eq!(check("wrong.json").0, 1);
    let (code, _, told) = check("broken.json");
    assert!(code == 2 && told.contains("broken.json"), "{told}");
}
