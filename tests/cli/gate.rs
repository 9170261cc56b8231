//! The gate: baselines and lines changed since a revision.

use super::*;
use serde_json::Value;
use std::process::Command as Process;

/// An article with four findings, two of them alike.
const ARTICLE: &str = "The ferry left at noon. . It came back at night.\n\nThe captain , they said, was tired.\n\n\
    “It was late,” said the cook. Nobody slept. . It rained.\n\nThe crew was glad of the the rest.\n";

const BASELINE: [&str; 3] = ["check", "--baseline", "known.json"];

/// The exit code, and the findings as `line: rule`.
fn found(folder: &Path, args: &[&str]) -> (i32, Vec<String>) {
    let (code, out, err) = run(mtlint(folder).args(args).args(["--format=json", "a.txt"]));
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    let findings = report["documents"].as_array().unwrap().iter().flat_map(|document| {
        document["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| format!("{}: {}", finding["start"]["line"], finding["rule"].as_str().unwrap()))
    });
    (code, findings.collect())
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join("a.txt"), text).unwrap();
}

#[test]
fn only_damage_that_is_added_is_reported() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let folder = folder.path();
    assert_eq!(found(folder, &["check"]).1.len(), 4);
    let write_baseline = [&BASELINE[..], &["--write-baseline"]].concat();
    assert_eq!(found(folder, &write_baseline), (0, vec![]));
    assert_eq!(found(folder, &BASELINE), (0, vec![]));
    let lines_above = "A heading\n\nA line that was put on top.\n\n";
    for (added, line, rule) in [
        // Before, between and behind those alike, beside them, and in their sentence.
        (ARTICLE.replacen("The ferry", "It rained. . The ferry", 1), 1, "punctuation/repeated-stop"),
        (ARTICLE.replacen("tired.", "tired. . We slept.", 1), 3, "punctuation/repeated-stop"),
        (ARTICLE.replacen("It rained.", "It rained. . So it did.", 1), 5, "punctuation/repeated-stop"),
        (ARTICLE.replacen("It came", "It , came", 1), 1, "punctuation/space-before-comma"),
        (ARTICLE.replacen("captain ,", "the captain ,", 1), 3, "repetition/word"),
        (ARTICLE.replacen("Nobody slept.", "Nobody , slept.", 1), 5, "punctuation/space-before-comma"),
    ] {
        for (text, line) in [(added.clone(), line), (format!("{lines_above}{added}"), line + 4)] {
            write(folder, &text);
            assert_eq!(found(folder, &BASELINE), (1, vec![format!("{line}: {rule}")]), "{text}");
        }
    }
}

#[test]
fn reports_tell_what_is_new_and_what_was_known() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let folder = folder.path();
    found(folder, &[&BASELINE[..], &["--write-baseline"]].concat());
    write(folder, &ARTICLE.replacen("It came", "It , came", 1));
    let report = |format: &str, options: &[&str]| -> Value {
        let (_, out, _) = run(mtlint(folder).args(options).args([format, "a.txt"]));
        serde_json::from_str(&out).unwrap()
    };
    let states = |sarif: &Value| -> Vec<Value> {
        let results = sarif["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["baselineState"].clone()).collect()
    };
    let mut compared = states(&report("--format=sarif", &BASELINE));
    compared.sort_by_key(ToString::to_string);
    assert_eq!(compared, ["new", "unchanged", "unchanged", "unchanged", "unchanged"]);
    assert!(states(&report("--format=sarif", &["check"])).iter().all(Value::is_null));
    let summary = &report("--format=json", &BASELINE)["summary"];
    assert_eq!(
        (&summary["findings"], &summary["suppressed_by"]),
        (&1.into(), &serde_json::json!({"baseline": 4}))
    );
}

#[test]
fn the_ratchet_only_goes_down() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let folder = folder.path();
    let (code, _, err) = run(mtlint(folder).args(BASELINE));
    assert_eq!(code, 2);
    assert!(err.contains("known.json: there is no such file; `--write-baseline` writes it"), "{err}");
    let write_baseline = [&BASELINE[..], &["--write-baseline"]].concat();
    let written = || fs::read_to_string(folder.join("known.json")).unwrap();
    found(folder, &write_baseline);
    let all = written();
    assert_eq!(all.matches("\"rule\"").count(), 4);
    // One is mended and another added.
    let text = ARTICLE.replacen("the the", "the", 1).replacen("at night", "at , night", 1);
    write(folder, &text);
    let (code, _, err) = run(mtlint(folder).args(BASELINE));
    assert_eq!(code, 1);
    assert!(
        err.contains("1 known finding found no more") && err.contains("a.txt: repetition/word `the"),
        "{err}"
    );
    assert_eq!(written(), all, "a check writes nothing");
    let (code, _, err) = run(mtlint(folder).args(&write_baseline));
    assert_eq!(code, 1);
    assert!(err.contains("3 known findings, 1 found no more and taken out, 1 new and left out"), "{err}");
    assert_eq!(written().matches("\"rule\"").count(), 3);
    // A run of other rules knows nothing of these, and takes none of them out.
    let (code, ..) = run(mtlint(folder).args(&write_baseline).args(["--select=casing"]));
    assert_eq!((code, written().matches("\"rule\"").count()), (0, 3));
    let (code, ..) = run(mtlint(folder).args(&write_baseline).arg("--accept-new"));
    assert_eq!((code, written().matches("\"rule\"").count()), (0, 4));
    // A file that is gone takes its findings along; one that is not looked at keeps them.
    fs::write(folder.join("b.txt"), MENDED).unwrap();
    run(mtlint(folder).args(&write_baseline).arg("b.txt"));
    assert_eq!(written().matches("\"rule\"").count(), 4);
    fs::remove_file(folder.join("a.txt")).unwrap();
    run(mtlint(folder).args(&write_baseline).arg("b.txt"));
    assert_eq!(written().matches("\"rule\"").count(), 0);
    fs::write(folder.join("known.json"), "{}").unwrap();
    let (code, _, err) = run(mtlint(folder).args(BASELINE));
    assert_eq!(code, 2);
    assert!(err.contains("known.json: is no baseline"), "{err}");
}

#[test]
fn records_are_known_by_id_or_by_what_they_say() {
    let record = |id: &str, text: &str| format!("{{{id}\"text\": {text:?}}}\n");
    let (first, second) = (record("", "The ferry left. . It is late."), record("\"id\": \"x\", ", DAMAGED));
    let folder = folder(&[("feed.jsonl", &format!("{first}{second}"))]);
    let check = |more: &[&str]| run(mtlint(folder.path()).args(BASELINE).arg(SELECT).args(more)).0;
    assert_eq!(check(&["--write-baseline"]), 0);
    let other = record("", "Another boat came. It is early.");
    fs::write(folder.path().join("feed.jsonl"), format!("{other}{second}{first}")).unwrap();
    assert_eq!(check(&[]), 0);
    let damaged = record("", "Another boat came. . It is early.");
    fs::write(folder.path().join("feed.jsonl"), format!("{damaged}{second}{first}")).unwrap();
    assert_eq!(check(&[]), 1);
    assert_eq!(check(&["--max-new=1"]), 0);
}

#[test]
fn a_baseline_is_the_same_from_every_folder() {
    let folder = folder(&[("ci/x", ""), ("news/a.txt", ARTICLE)]);
    let root = folder.path();
    let args = ["check", "--baseline", "ci/known.json", "news"];
    assert_eq!(run(mtlint(root).args(args).arg("--write-baseline")).0, 0);
    let written = fs::read_to_string(root.join("ci/known.json")).unwrap();
    assert!(written.contains("\"path\":\"../news/a.txt\""), "{written}");
    let inside = ["check", "--baseline", "../ci/known.json", "a.txt"];
    assert_eq!(run(mtlint(&root.join("news")).args(inside)).0, 0);
}

fn git(folder: &Path, args: &[&str]) {
    let output = Process::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .output()
        .expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A repository whose first commit holds these files.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=first"]);
    folder
}

#[test]
fn only_changed_lines_are_checked() {
    let records = format!("{{\"text\": {DAMAGED:?}}}\n{{\"text\": {MENDED:?}}}\n");
    let folder = repository(&[
        ("a.txt", ARTICLE),
        ("é \"b\".txt", DAMAGED),
        ("moved.txt", ARTICLE),
        ("feed.jsonl", &records),
        (".gitignore", "ignored.txt\n"),
    ]);
    let root = folder.path();
    let concise = |args: &[&str]| {
        let (code, out, err) =
            run(mtlint(root).args(["check", SELECT, "--format=concise", "--diff-base=main"]).args(args));
        let places: Vec<String> =
            out.lines().filter_map(|line| Some(line.split_once(": minor")?.0.to_owned())).collect();
        (code, places, err)
    };
    assert_eq!(concise(&[]).0, 0);
    write(root, &format!("On top.\n{}", ARTICLE.replacen("was tired.", "was tired. . Very.", 1)));
    fs::write(root.join("é \"b\".txt"), format!("{DAMAGED}{DAMAGED}")).unwrap();
    git(root, &["mv", "moved.txt", "new name.txt"]);
    fs::write(root.join("feed.jsonl"), format!("{records}{}", records.replace("noon", "dawn"))).unwrap();
    fs::write(root.join("new.txt"), DAMAGED).unwrap();
    fs::write(root.join("ignored.txt"), DAMAGED).unwrap();
    let (code, places, _) = concise(&[".", "ignored.txt"]);
    let expected = [
        "a.txt:4:35",
        "feed.jsonl:3: record 3 at 1:23",
        "ignored.txt:1:23",
        "new.txt:1:23",
        "é \"b\".txt:2:23",
    ];
    assert_eq!((code, places), (1, expected.map(str::to_owned).to_vec()));
    // What the branch we came from has changed meanwhile is not ours.
    git(root, &["checkout", "--quiet", "-b", "work"]);
    git(root, &["add", "--all"]);
    git(root, &["commit", "--quiet", "--message=ours"]);
    git(root, &["checkout", "--quiet", "main"]);
    fs::write(root.join("a.txt"), "Theirs.\n").unwrap();
    git(root, &["commit", "--quiet", "--all", "--message=theirs"]);
    git(root, &["checkout", "--quiet", "work"]);
    assert_eq!(concise(&["a.txt"]).1, ["a.txt:4:35"]);
}

#[test]
fn what_git_cannot_tell_is_said() {
    let folder = repository(&[("a.txt", ARTICLE)]);
    let said = |folder: &Path, args: &[&str]| {
        let (code, _, err) = run(mtlint(folder).arg("check").args(args));
        assert_eq!(code, 2, "{err}");
        err
    };
    let err = said(folder.path(), &["--diff-base=nowhere"]);
    assert!(err.contains("--diff-base nowhere: git knows no such revision here"), "{err}");
    assert!(err.ends_with("slip of the pen\n"), "{err}");
    assert!(said(folder.path(), &["--diff-base=--output=x"]).contains("knows no such revision"));
    assert!(said(folder.path(), &["--diff-base=main", "-"]).contains("does not know standard input"));
    let outside = super::folder(&[("b.txt", ARTICLE)]);
    let err = said(outside.path(), &["--diff-base=main"]);
    assert!(err.contains("b.txt lies in no git repository"), "{err}");
    let mut without = mtlint(folder.path());
    let (code, _, err) = run(without.args(["check", "--diff-base=main"]).env("PATH", ""));
    assert_eq!(code, 2);
    assert!(err.contains("--diff-base needs git"), "{err}");
}

#[test]
fn a_run_that_checks_nothing_says_why() {
    let told = |files: &[(&str, &str)], args: &[&str]| {
        let folder = folder(files);
        let (code, _, err) = run(mtlint(folder.path()).args(["check"]).args(args));
        (code, err)
    };
    let (code, err) = told(&[("a.rs", DAMAGED)], &[]);
    assert_eq!(code, 0);
    assert!(
        err.starts_with("warning: nothing was checked: in `.` lies no file that is read (.txt, "),
        "{err}"
    );
    let covered = [("mtlint.toml", "\nexclude = ['news/']\n"), ("news/a.txt", DAMAGED), ("news/b.txt", "")];
    let (code, err) = told(&covered, &["--require-files"]);
    assert_eq!(code, 2);
    assert_eq!(err, "error: nothing was checked: 2 files are excluded by `exclude` in mtlint.toml:2\n");
    assert_eq!(told(&[("a.txt", DAMAGED)], &["--require-files"]).0, 1);
}

#[test]
fn what_is_excluded_may_be_so_even_where_it_is_named() {
    let folder = folder(&[
        ("mtlint.toml", "exclude = ['old/']\n"),
        (".mtlintignore", "drafts/\n"),
        ("old/a.txt", DAMAGED),
        ("drafts/b.txt", DAMAGED),
        ("c.txt", DAMAGED),
    ]);
    let found = |args: &[&str]| {
        let named = ["check", SELECT, "--format=concise", "old/a.txt", "drafts/b.txt", "c.txt"];
        let (_, out, _) = run(mtlint(folder.path()).args(named).args(args));
        out.lines().filter(|line| line.contains("repeated-stop")).count()
    };
    assert_eq!((found(&[]), found(&["--force-exclude"])), (3, 1));
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "--force-exclude", "drafts/b.txt"]));
    assert_eq!(code, 0);
    assert!(err.contains("1 file is excluded by an ignore file"), "{err}");
}

#[test]
fn a_pattern_that_is_none_is_refused() {
    for (name, text, key) in [
        ("mtlint.toml", "exclude = ['news/[a-']\n", "exclude"),
        ("mtlint.toml", "[[overrides]]\npaths = ['[z']\n", "paths"),
        (".mtlintignore.toml", "[[ignore]]\npath = '[z'\nrules = ['all']\nreason = 'x'\n", "path"),
    ] {
        let folder = folder(&[(name, text), ("a.txt", DAMAGED)]);
        let (code, _, err) = run(mtlint(folder.path()).arg("check"));
        assert_eq!(code, 2, "{text}");
        assert!(err.contains(name) && err.contains(key) && err.contains("unclosed character class"), "{err}");
    }
}

#[test]
fn a_penalty_that_is_too_high_is_told_with_its_document() {
    let text = |damage: usize| DAMAGED.repeat(damage) + &MENDED.repeat(5);
    let (few, many, none) = (text(1), text(3), text(0));
    let files = [("a.txt", &*few), ("b.txt", &*many), ("c.txt", &*none)];
    let folder = folder(&files);
    let check = |args: &[&str]| run(mtlint(folder.path()).args(["check", SELECT, "--quiet"]).args(args)).2;
    let err = check(&["--max-penalty=10"]);
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines[0], "2 documents do not pass:");
    assert!(
        lines[1]
            .starts_with("  b.txt: 37.5 penalty points per 1,000 words, more than the 10 of --max-penalty"),
        "{err}"
    );
    assert!(lines[2].starts_with("  a.txt: ") && lines.len() == 3, "{err}");
    fs::write(folder.path().join("mtlint.toml"), "[score]\nmax-penalty = 10\n").unwrap();
    assert!(check(&[]).contains("more than the 10 of `max-penalty` in mtlint.toml:2"));
}
