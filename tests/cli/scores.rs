//! `mtlint score`, `mtlint compare`, the profile and the values for some files.

use super::*;
use serde_json::{Value, json};

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A hundred words, with `damages` minor findings.
fn article(damages: usize) -> String {
    let mut text = String::new();
    for number in 0..20 {
        text.push_str("Four boats came home");
        text.push_str(if number < damages { ". . " } else { ". " });
        text.push_str("Late.\n\n");
    }
    text
}

#[test]
fn documents_and_folders_are_scored() {
    let folder = folder(&[
        ("a.txt", &article(2)),
        ("sub/b.txt", &article(0)),
        (
            "sub/c.jsonl",
            &format!("{}\n{}\n", json!({"id": "x", "text": article(4)}), json!({"text": article(0)})),
        ),
    ]);
    let score =
        |args: &[&str]| run(mtlint(folder.path()).arg("score").args(["--select=punctuation"]).args(args));
    let (code, out, _) = score(&[]);
    assert_eq!(code, 0, "{out}");
    let row = |name: &str| -> Vec<String> {
        let line = out
            .lines()
            .find(|line| line.starts_with(&format!("{name} ")))
            .unwrap_or_else(|| panic!("{name}: {out}"));
        line[name.len()..].split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("a.txt"), ["100", "0", "2", "0", "0", "20.0", "98.0"]);
    assert_eq!(row("sub/c.jsonl: x"), ["100", "0", "4", "0", "0", "40.0", "96.0"]);
    assert_eq!(row("sub/c.jsonl"), ["200", "0", "4", "0", "0", "20.0", "98.0"]);
    assert_eq!(row("sub"), ["300", "0", "4", "0", "0", "13.3", "98.7"]);
    assert_eq!(row("all 4"), ["400", "0", "6", "0", "0", "15.0", "98.5"]);
    assert_eq!(score(&["--max-penalty=40"]).0, 0);
    let (code, out, _) = score(&["--max-penalty=39", "--format=json"]);
    assert_eq!(code, 1);
    let report = parsed(&out);
    let verdicts: Vec<&str> =
        report["documents"].as_array().unwrap().iter().map(|it| it["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["pass", "pass", "penalty", "pass"]);
    assert_eq!(report["total"]["by_severity"]["minor"], 6);
    assert!(!out.contains("-0.0"), "{out}");
    assert_eq!(report["total"]["by_family"], json!({"punctuation": 6.0}));
    assert_eq!(
        report["metric"]["multipliers"],
        json!({"neutral": 0.0, "minor": 1.0, "major": 5.0, "critical": 25.0})
    );
    assert_eq!(score(&["--max-penalty=39", "--exit-zero"]).0, 0);
    assert_eq!(score(&["gone.txt"]).0, 2);
}

#[test]
fn a_profile_decides() {
    let profile = "select = ['punctuation']\n[score]\nminor = 2\nmax-penalty = 40\nno-critical = true\n";
    let folder = folder(&[("mtlint.toml", profile), ("a.txt", &article(2)), ("b.txt", &article(3))]);
    let code = |args: &[&str]| run(mtlint(folder.path()).args(args)).0;
    assert_eq!(code(&["score", "a.txt"]), 0);
    assert_eq!(code(&["score", "b.txt"]), 1);
    // Findings alone fail nothing where a profile says what a text may come to.
    assert_eq!(code(&["check", "a.txt"]), 0);
    assert_eq!(code(&["check", "b.txt"]), 1);
    assert_eq!(code(&["check", "--fail-on=minor", "a.txt"]), 1);
    assert_eq!(code(&["check", "--max-penalty=60", "b.txt"]), 0);
    let out = run(mtlint(folder.path()).args(["check", "--format=json", "a.txt"])).1;
    assert_eq!(parsed(&out)["documents"][0]["score"]["penalty_per_1000_words"], 40.0);
    let critical =
        format!("{profile}\n[severities]\npunctuation = 'critical'\n").replace("max-penalty = 40\n", "");
    fs::write(folder.path().join("mtlint.toml"), critical).unwrap();
    let (code, out, _) = run(mtlint(folder.path()).args(["score", "a.txt"]));
    assert!(code == 1 && out.contains("critical\n"), "{out}");
}

#[test]
fn the_better_version_is_told_from_the_worse() {
    let name = |number: usize| format!("{number:02}.txt");
    let write = |root: &Path, version: &str, damages: &dyn Fn(usize) -> usize| {
        fs::create_dir_all(root.join(version)).unwrap();
        for number in 0..40 {
            fs::write(root.join(version).join(name(number)), article(damages(number))).unwrap();
        }
    };
    let folder = folder(&[]);
    let root = folder.path();
    write(root, "a", &|number| 2 + number % 5);
    write(root, "b", &|number| 1 + number % 4);
    fs::write(root.join("b/more.txt"), article(0)).unwrap();
    let compare = |args: &[&str]| run(mtlint(root).args(["compare", "--select=punctuation"]).args(args));
    let (code, out, _) = compare(&["a", "b"]);
    assert_eq!(code, 0);
    assert!(out.contains("B is better, and by more than chance") && out.contains("1 only in B"), "{out}");
    assert_eq!(out, compare(&["a", "b"]).1, "the draws are the same every time");
    assert!(compare(&["b", "a"]).1.contains("A is better, and by more than chance"));
    let out = compare(&["a", "a"]).1;
    assert!(out.contains("No difference that could not be chance") && out.contains("p = 1.0000"), "{out}");
    assert!(out.contains("B − A is 0.0 per 1,000 words, 95 % of draws from 0.0 to 0.0"), "{out}");
    assert!(!out.contains("+0.0") && !out.contains("-0.0"), "{out}");
    let report = parsed(&compare(&["a", "b", "--format=json", "--samples=500", "--seed=7"]).1);
    assert_eq!(report["documents"].as_array().unwrap().len(), 40);
    assert_eq!(report["difference"]["samples"], 500);
    assert_eq!(report["difference"]["is_significant"], true);
    assert_eq!(report["b"]["only"], json!(["more.txt"]));
    fs::create_dir(root.join("empty")).unwrap();
    let (code, _, err) = compare(&["a", "empty"]);
    assert!(code == 2 && err.contains("have no text in common"), "{err}");
    let (code, out, err) = compare(&["a", "missing"]);
    assert!(code == 2 && out.is_empty() && err.contains("missing"), "{out}{err}");
}

#[test]
fn records_are_compared_by_id() {
    let records = |damages: usize| {
        let record = |id: usize| json!({"id": id, "text": article(damages)}).to_string();
        format!("{}\n{}\n", record(1), record(2))
    };
    let folder = folder(&[("x.jsonl", &records(1)), ("y.jsonl", &records(3))]);
    let (_, out, _) = run(mtlint(folder.path()).args(["compare", "x.jsonl", "y.jsonl"]));
    assert!(out.contains("2 texts in both") && out.contains("record 1"), "{out}");
}

#[test]
fn some_paths_have_values_of_their_own() {
    let config = "select = ['punctuation/repeated-stop']\n\n[[overrides]]\npaths = ['wire/**']\nignore = ['punctuation/repeated-stop']\n\
        fail-on = 'critical'\n";
    let folder = folder(&[("mtlint.toml", config), ("wire/a.txt", DAMAGED), ("b.txt", DAMAGED)]);
    let (_, out, _) = run(mtlint(folder.path()).args(["check", "--format=concise"]));
    assert!(out.contains("b.txt:1:23") && !out.contains("wire/a.txt"), "{out}");
    let shown = |file: &str| {
        let (_, out, _) = run(mtlint(folder.path()).args(["config", file]));
        let line = |key: &str| out.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
        (line("fail-on"), line("ignore"))
    };
    let (fail_on, ignore) = shown("wire/a.txt");
    assert!(fail_on.contains("\"critical\"") && fail_on.ends_with("# mtlint.toml:6"), "{fail_on}");
    assert!(ignore.contains("punctuation") && ignore.ends_with("# mtlint.toml:5"), "{ignore}");
    assert!(shown("b.txt").0.ends_with("# default"));
    fs::write(folder.path().join("mtlint.toml"), config.replace("stop']\nfail", "stp']\nfail")).unwrap();
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "b.txt"]));
    assert!(code == 2 && err.contains("mtlint.toml:5: ") && err.contains("did you mean"), "{err}");
}
