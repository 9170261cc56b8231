//! `mtlint check`: exit codes, errors, standard input, order.

use super::*;
use serde_json::Value;
use std::io::Read;
use std::process::Stdio;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_exit_code_tells_what_was_found() {
    let folder = folder(&[("good.txt", MENDED), ("bad.txt", DAMAGED)]);
    let code = |args: &[&str]| run(mtlint(folder.path()).args(["check", SELECT]).args(args)).0;
    assert_eq!(code(&["good.txt"]), 0);
    assert_eq!(code(&["bad.txt"]), 1);
    assert_eq!(code(&["."]), 1);
    assert_eq!(code(&["bad.txt", "--exit-zero"]), 0);
    assert_eq!(code(&["bad.txt", "--fail-on", "major"]), 0);
    assert_eq!(code(&["bad.txt", "--fail-on", "never"]), 0);
    assert_eq!(code(&["bad.txt", "--quiet"]), 1);
    assert_eq!(code(&["bad.txt", "--min-severity", "major"]), 0);
    assert_eq!(code(&["bad.txt", "--nonsense"]), 2);
    assert_eq!(code(&["gone.txt"]), 2);
}

#[test]
fn a_misspelt_rule_is_refused_with_a_suggestion() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let (code, out, err) = run(mtlint(folder.path()).args(["check", "--ignore", "punctuation/repeated-stp"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean `punctuation/repeated-stop`?"), "{err}");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_is_checked() {
    let folder = folder(&[("bad.txt", DAMAGED)]);
    fs::write(folder.path().join("binary.txt"), b"\x00\x01\x02\xFF\xFE\x00\x00").unwrap();
    let (code, out, err) = run(mtlint(folder.path()).args([
        "check",
        SELECT,
        "--format=json",
        "gone.txt",
        "binary.txt",
        "bad.txt",
    ]));
    assert_eq!(code, 2);
    assert!(err.contains("gone.txt: there is no such file"), "{err}");
    let report = json(&out);
    assert_eq!(report["documents"].as_array().unwrap().len(), 1);
    assert_eq!(report["summary"]["findings"], 1);
    let errors = report["summary"]["errors"].as_array().unwrap();
    let named: Vec<&str> = errors.iter().map(|error| error["path"].as_str().unwrap()).collect();
    assert_eq!(named, ["binary.txt", "gone.txt"]);
}

#[test]
fn standard_input_goes_by_the_name_given() {
    let folder = folder(&[]);
    let (code, out, _) =
        run(mtlint(folder.path()).args(["check", SELECT, "--format=concise", "-"]).write_stdin(DAMAGED));
    assert_eq!(code, 1);
    assert!(out.starts_with("stdin.txt:1:23: minor[punctuation/repeated-stop] "), "{out}");
    let record = format!("{{\"id\": \"x\", \"text\": {:?}}}", DAMAGED);
    let args = ["check", SELECT, "--format=json", "-", "--stdin-filename", "in.jsonl"];
    let report = json(&run(mtlint(folder.path()).args(args).write_stdin(record)).1);
    assert_eq!(report["documents"][0]["path"], "in.jsonl");
    assert_eq!(report["documents"][0]["record"], serde_json::json!({"id": "x", "line": 1}));
}

#[test]
fn standard_input_is_under_the_configuration_of_its_name() {
    let folder = folder(&[("news/mtlint.toml", "ignore = ['punctuation']\nexclude = ['ferry.txt']\n")]);
    let check = |name: &str| {
        let args = ["check", "--format=json", "-", "--stdin-filename", name];
        let (code, out, _) = run(mtlint(folder.path()).args(args).write_stdin(DAMAGED));
        let documents = json(&out)["documents"].as_array().unwrap().clone();
        (code, documents.len(), documents[0]["path"].as_str().unwrap().to_owned())
    };
    // The file need not exist, and what is asked for is checked though it is excluded.
    assert_eq!(check("news/ferry.txt"), (0, 1, "news/ferry.txt".to_owned()));
    assert_eq!(check("else/ferry.txt"), (1, 1, "else/ferry.txt".to_owned()));
}

#[test]
fn the_output_is_the_same_whatever_the_number_of_threads() {
    let records: String = (0..300)
        .map(|number| format!("{{\"id\": {number}, \"text\": \"Boat {number} left. . It is late.\"}}\n"))
        .collect();
    let mut files: Vec<(String, String)> = (0..200)
        .map(|number| (format!("{:02}/{number}.txt", number % 7), DAMAGED.repeat(number % 5)))
        .collect();
    files.push(("03/many.jsonl".to_owned(), records));
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let formats =
        "human concise json jsonl sarif github gitlab junit checkstyle rdjsonl azure its its-xml wmt";
    for format in formats.split(' ') {
        let out = |jobs: &str| {
            run(mtlint(folder.path()).args(["check", SELECT, "--format", format, "--jobs", jobs])).1
        };
        let one = out("1");
        assert!(one.len() > 10_000);
        assert!(one == out("2") && one == out("7"), "{format}");
    }
}

#[test]
fn results_come_in_path_order_and_each_file_once() {
    let folder = folder(&[("b.txt", DAMAGED), ("a/c.txt", DAMAGED), ("a.txt", DAMAGED), ("d.rs", DAMAGED)]);
    let (_, out, _) =
        run(mtlint(folder.path()).args(["check", SELECT, "--format=jsonl", "b.txt", ".", "b.txt", "d.rs"]));
    let paths: Vec<String> =
        out.lines().filter_map(|line| Some(json(line)["path"].as_str()?.to_owned())).collect();
    assert_eq!(paths, ["a/c.txt", "a.txt", "b.txt", "d.rs"]);
}

#[test]
fn ignored_files_are_passed_over() {
    let folder = folder(&[
        (".gitignore", "drafts/\n"),
        (".mtlintignore", "old-*\n"),
        ("drafts/a.txt", DAMAGED),
        ("old-b.txt", DAMAGED),
        ("c.txt", DAMAGED),
    ]);
    let (_, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--format=concise"]));
    assert_eq!(out.lines().filter(|line| line.contains("repeated-stop")).count(), 1, "{out}");
    assert!(out.starts_with("c.txt:"));
    let (code, ..) = run(mtlint(folder.path()).args(["check", SELECT, "old-b.txt"]));
    assert_eq!(code, 1, "a file that is named is checked");
}

#[test]
fn the_configuration_nearest_to_a_file_holds() {
    let folder = folder(&[
        ("mtlint.toml", "select = [\"punctuation/repeated-stop\"]\n"),
        ("a.txt", DAMAGED),
        ("sub/mtlint.toml", "ignore = [\"all\"]\n"),
        ("sub/b.txt", DAMAGED),
    ]);
    let (code, out, _) = run(mtlint(folder.path()).args(["check", "--format=concise"]));
    assert_eq!(code, 1);
    assert!(out.contains("a.txt:1:23:") && !out.contains("sub/b.txt"), "{out}");
    let (_, out, _) =
        run(mtlint(folder.path()).args(["check", SELECT, "--format=concise", "--isolated", "sub"]));
    assert!(out.contains("sub/b.txt"), "{out}");
    fs::write(folder.path().join("sub/mtlint.toml"), "selct = []\n").unwrap();
    let (code, _, err) = run(mtlint(folder.path()).arg("check"));
    assert_eq!(code, 2);
    assert!(err.contains("mtlint.toml:1: unknown key `selct`; did you mean `select`?"), "{err}");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let files: Vec<(String, &str)> = (0..400).map(|number| (format!("{number}.txt"), DAMAGED)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&files);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"))
        .args(["check", SELECT])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}", output.status);
}

#[test]
fn positions_are_those_of_the_contract() {
    let folder = folder(&[("a.txt", "Zoë 😀\r\nÉva left. . 😀\r\n")]);
    let (_, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--format=json", "a.txt"]));
    let finding = &json(&out)["documents"][0]["findings"][0];
    assert_eq!(finding["span"], serde_json::json!({"start": 20, "end": 23}));
    assert_eq!(finding["start"], serde_json::json!({"line": 2, "column": 9, "utf16": 8}));
    assert_eq!(finding["text"], ". .");
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 16);
}

#[test]
fn colours_come_when_asked_for() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let out = |when: &str| run(mtlint(folder.path()).args(["check", SELECT, "--color", when])).1;
    assert!(!out("auto").contains('\u{1B}') && !out("never").contains('\u{1B}'));
    assert!(out("always").contains("\u{1B}[36mminor") || out("always").contains("\u{1B}["));
}

#[test]
fn odd_texts_are_no_trouble() {
    let marks = "“".repeat(20_000);
    let line = "word ".repeat(200_000);
    let folder = folder(&[
        ("empty.txt", ""),
        ("mark.txt", "\""),
        ("marks.txt", &marks),
        ("line.txt", &line),
        ("nul.txt", "\n\n\n"),
    ]);
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "--exit-zero"]));
    assert_eq!((code, err.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn a_loop_of_folders_ends() {
    let folder = folder(&[("a/b.txt", DAMAGED)]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/loop")).unwrap();
    let (code, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--format=concise"]));
    assert_eq!(code, 1);
    assert_eq!(out.matches("b.txt").count(), 1);
}

#[test]
fn statistics_count_by_rule() {
    let folder = folder(&[("a.txt", &DAMAGED.repeat(3))]);
    let (_, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--statistics", "--quiet"]));
    assert_eq!(
        out.trim(),
        "3  punctuation/repeated-stop  minor     high    3 safe  two full stops where one was meant"
    );
    let mut narrow = mtlint(folder.path());
    let narrow = narrow.args(["check", SELECT, "--statistics", "--quiet"]).env("COLUMNS", "60");
    assert!(run(narrow).1.lines().all(|line| line.len() <= 60));
    let (_, _, err) = run(mtlint(folder.path()).args(["check", SELECT, "--timings", "--quiet"]));
    assert!(err.contains(" ms  punctuation/repeated-stop"), "{err}");
}

#[test]
fn a_file_beside_the_texts_suppresses_in_records() {
    let records = format!("{{\"id\": 1, \"text\": {DAMAGED:?}}}\n{{\"id\": 2, \"text\": {DAMAGED:?}}}\n");
    let entry = "[[ignore]]\npath = 'feed/*.jsonl'\nrecord = 2\nrules = ['punctuation']\nreason = 'a poem'\n";
    let folder = folder(&[("feed/a.jsonl", &records), (".mtlintignore.toml", entry)]);
    let (code, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--format=json"]));
    let report = json(&out);
    let counts = |document: usize| {
        let count = |key: &str| report["documents"][document][key].as_array().unwrap().len();
        (count("findings"), count("suppressed"))
    };
    assert_eq!((code, counts(0), counts(1)), (1, (1, 0), (0, 1)));
    let suppression = serde_json::json!({"by": "file", "reason": "a poem", "until": null});
    assert_eq!(report["documents"][1]["suppressed"][0]["suppression"], suppression);
    assert_eq!(report["summary"]["suppressed"], 1);
    let (_, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--isolated", "--format=concise"]));
    assert!(out.contains("2 findings"), "{out}");
    fs::write(folder.path().join(".mtlintignore.toml"), entry.replace("'punctuation'", "'punktuation'"))
        .unwrap();
    let (code, _, err) = run(mtlint(folder.path()).arg("check"));
    assert_eq!(code, 2);
    assert!(err.contains(".mtlintignore.toml:2: ") && err.contains("did you mean `punctuation`?"), "{err}");
}

#[test]
fn stale_entries_of_the_file_beside_the_texts_are_told() {
    let entry = |path: &str, more: &str| {
        format!(
            "[[ignore]]\npath = '{path}'\nrules = ['punctuation/repeated-stop']\nreason = 'a poem'\n{more}\n"
        )
    };
    let entries = [("used.txt", ""), ("sound.txt", ""), ("over.txt", "until = 2020-01-31"), ("*.text", "")];
    let text: String = entries.iter().map(|(path, more)| entry(path, more)).collect();
    let sound = "The ferry left on time.\n";
    let folder = folder(&[
        ("used.txt", DAMAGED),
        ("over.txt", DAMAGED),
        ("sound.txt", sound),
        ("sound.text", sound),
        (".mtlintignore.toml", &text),
    ]);
    let (code, _, err) = run(mtlint(folder.path()).args(["check", SELECT]));
    assert_eq!(code, 1, "what an entry suppressed that is over is reported");
    assert!(err.contains(".mtlintignore.toml:7: the entry for `sound.txt` suppresses nothing"), "{err}");
    assert!(err.contains(".mtlintignore.toml:12: the entry for `over.txt` ended on 2020-01-31"), "{err}");
    assert!(!err.contains("used.txt") && !err.contains("*.text"), "{err}");
    // A run that would not have found it anyway says nothing about it.
    let (_, _, err) = run(mtlint(folder.path()).args(["check", "--select=casing", "sound.txt"]));
    assert!(!err.contains("suppresses nothing"), "{err}");
}

/// Standard input holds the run between walking and reading: when more is written than a pipe takes,
/// mtlint has begun to read it, and then the folder has been walked.
#[test]
fn a_file_that_vanishes_after_the_walk_is_named_and_the_rest_is_checked() {
    use std::io::Write;
    let folder = folder(&[("b.txt", DAMAGED), ("c.txt", DAMAGED)]);
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"))
        .args(["check", SELECT, "--jobs=1", "--format=concise", "-", "."])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(MENDED.repeat(10_000).as_bytes()).unwrap();
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.contains("b.txt: there is no such file"), "{err}");
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.starts_with("c.txt:1:23: "), "{out}");
}

#[test]
fn a_configuration_is_told_all_its_mistakes_with_the_lines_they_stand_in() {
    let text = "select = \"all\"\nmin-severity = \"mayor\"\nfail-on = 3\nglossary = \"nosuch.toml\"\n\
        rules = [\"nofolder\"]\nslect = []\nignore = [\n  'casing',\n  'qoutation',\n]\n[severities]\ncasing = \"foo\"\n\
        [score]\nmax-penalty = \"x\"\n[[overrides]]\npaths = [\"a\"]\nlang = \"xx\"\n";
    let folder = folder(&[("mtlint.toml", text), ("a.txt", DAMAGED)]);
    let (code, _, err) = run(mtlint(folder.path()).arg("check"));
    assert_eq!(code, 2);
    for told in [
        "mtlint.toml:1: `select`: a list is expected, not the text \"all\"; write [\"all\"]\n  |\n1 | select = \"all\"\n  |          ^^^^^\n",
        "mtlint.toml:2: `min-severity`: unknown severity `mayor`; did you mean `major`?",
        "mtlint.toml:3: `fail-on`: a text in quotation marks is expected, not the number 3",
        "mtlint.toml:4: `glossary`: ",
        "mtlint.toml:5: `rules`: ",
        "mtlint.toml:6: unknown key `slect`; did you mean `select`?",
        "mtlint.toml:12: `severities.casing`: unknown severity `foo`; known are ",
        "mtlint.toml:14: `score.max-penalty`: a number is expected, not the text \"x\"",
        "mtlint.toml:17: ",
    ] {
        assert!(err.contains(told), "{told} is not in\n{err}");
    }
    // Names are known once all rules are.
    fs::write(folder.path().join("mtlint.toml"), text.replace("rules = [\"nofolder\"]", "# no rules"))
        .unwrap();
    let (_, _, err) = run(mtlint(folder.path()).arg("check"));
    let told = "unknown rule or family `qoutation`; did you mean `quotation`?\n  |\n9 |   'qoutation',\n  |   ^^^^^^^^^^^\n";
    assert!(err.contains(told), "{err}");
}
