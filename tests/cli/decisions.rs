//! `check --decisions`: what a person decided in the HTML report, or in another program, is done.

use super::*;
use serde_json::{Value, json};

/// An article with five findings, two of them alike to the last word around them.
const ARTICLE: &str = "The captain , they said, was tired.\n\nHe left at noon. . It rained.\n\n\
    He left at noon. . It rained.\n\nThe crew was glad of the the rest.\n\nShe paid and , they said, went home.\n";

/// The findings of `a.txt` as JSON.
fn findings(folder: &Path, options: &[&str]) -> (i32, Vec<Value>, Value) {
    let args = [&["check", "--isolated", "--lang=en", "--format=json", "a.txt"], options].concat();
    let (code, out, err) = run(mtlint(folder).args(args));
    let report: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    let findings = report["documents"][0]["findings"].as_array().unwrap().clone();
    (code, findings, report["summary"].clone())
}

/// A decision on a finding of the JSON report; the text is ASCII, so that bytes are UTF-16 units.
fn decision(finding: &Value, kind: &str, edits: Value) -> Value {
    json!({
        "fingerprint": finding["fingerprint"], "rule": finding["rule"], "text": finding["text"],
        "alike": finding.get("alike").unwrap_or(&json!(1)), "decision": kind, "edits": edits,
    })
}

/// The edits of the first fix of a finding, as a file of decisions has them.
fn edits(finding: &Value) -> Value {
    let at = |value: &Value| value.as_u64().unwrap() as usize;
    let edits = finding["fixes"][0]["edits"].as_array().unwrap().iter().map(|edit| {
        let (start, end) = (at(&edit["start"]), at(&edit["end"]));
        json!({
            "at": start as i64 - at(&finding["span"]["start"]) as i64,
            "delete": ARTICLE[start..end], "insert": edit["replacement"],
        })
    });
    edits.collect()
}

fn write(folder: &Path, decisions: &[Value]) {
    let file = json!({
        "version": 1, "documents": [{ "path": "a.txt", "hash": "0123456789abcdef", "decisions": decisions }],
    });
    fs::write(folder.join("d.json"), file.to_string()).unwrap();
}

#[test]
fn what_was_decided_is_done() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let folder = folder.path();
    let (_, found, _) = findings(folder, &[]);
    let rules: Vec<&str> = found.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    assert_eq!(rules[1..3], ["punctuation/repeated-stop"; 2], "{rules:?}");
    let decisions = [
        decision(&found[0], "accept", edits(&found[0])),
        decision(&found[1], "reject", json!([])),
        decision(&found[2], "accept", edits(&found[2])),
        decision(&found[3], "edit", json!([{"at": 0, "delete": found[3]["text"], "insert": "their"}])),
    ];
    write(folder, &decisions);
    // Without --fix, what was accepted is still found, and what was rejected is not.
    let (code, left, summary) = findings(folder, &["--decisions=d.json"]);
    assert_eq!((code, left.len()), (1, found.len() - 1));
    assert_eq!(summary["suppressed_by"], json!({"decision": 1}));
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), ARTICLE);
    // What would change is shown, and is what is written then.
    let (_, diff, _) =
        run(mtlint(folder).args(["check", "--isolated", "--diff", "--decisions=d.json", "a.txt"]));
    assert!(diff.contains("+The captain, they said"), "{diff}");
    let (code, left, summary) = findings(folder, &["--decisions=d.json", "--fix"]);
    let mended = ARTICLE
        .replacen("captain ,", "captain,", 1)
        .replacen("It rained.\n\nHe left at noon. .", "It rained.\n\nHe left at noon.", 1)
        .replacen("the the", "their", 1);
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), mended);
    // What was not decided is not fixed, and what was rejected is not found in the mended text either.
    assert_eq!((code, left.len(), &summary["suppressed_by"]), (1, found.len() - 4, &json!({"decision": 1})));
    assert_eq!(left[0]["rule"], found[4]["rule"]);
}

#[test]
fn what_does_not_fit_is_named_and_left_alone() {
    let folder = folder(&[("a.txt", ARTICLE), ("b.txt", MENDED)]);
    let folder = folder.path();
    let (_, found, _) = findings(folder, &[]);
    let told = |decisions: &[Value], options: &[&str]| {
        write(folder, decisions);
        let args = ["check", "--isolated", "--lang=en", "--quiet", "--fix", "--decisions=d.json"];
        let (code, _, err) = run(mtlint(folder).args(args).args(options));
        (code, err)
    };
    let mut gone = decision(&found[0], "accept", edits(&found[0]));
    gone["fingerprint"] = json!("0000000000000000");
    let mut other = decision(&found[0], "accept", edits(&found[0]));
    other["edits"][0]["insert"] = json!(";");
    let edit = json!([{"at": 0, "delete": "the rest", "insert": "x"}]);
    let mut alone = decision(&found[1], "accept", edits(&found[1]));
    alone.as_object_mut().unwrap().remove("alike");
    for (decision, why) in [
        (gone, "is not found any more"),
        (other, "no fix of it is the one that was accepted"),
        (decision(&found[3], "edit", edit), "is not what was replaced"),
        (alone, "more or fewer like it"),
    ] {
        let (code, err) = told(&[decision], &["a.txt"]);
        assert!(code == 1 && err.contains(why) && err.contains("1 decision left out"), "{why}: {err}");
        assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), ARTICLE, "{why}");
    }
    // Other words that a rule minds are taken back.
    let worse = json!([{"at": 0, "delete": found[3]["text"], "insert": "the , of of"}]);
    let (_, err) = told(&[decision(&found[3], "edit", worse)], &["a.txt"]);
    assert!(err.contains("a rule would find something new after it"), "{err}");
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), ARTICLE);
    // Documents that were not checked.
    let (code, err) = told(&[decision(&found[0], "reject", json!([]))], &["b.txt"]);
    assert!(code == 0 && err.contains("1 document with decisions, but not checked"), "{err}");
    // In a text that has changed elsewhere, what is as it was is mended.
    fs::write(folder.join("a.txt"), format!("A line above.\n\n{ARTICLE}")).unwrap();
    let (_, err) = told(&[decision(&found[0], "accept", edits(&found[0]))], &["a.txt"]);
    assert!(err.contains("1 accepted and 0 edited applied"), "{err}");
    assert!(fs::read_to_string(folder.join("a.txt")).unwrap().contains("captain, they"));
}

#[test]
fn broken_and_hostile_files_are_told_with_their_place() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let folder = folder.path();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let document = |path: &str| format!("{{\"path\": \"{path}\", \"hash\": \"\", \"decisions\": []}}");
    for (text, told) in [
        ("", "d.json:1:0: is no file of decisions: EOF"),
        ("{\n \"version\": 1,\n \"documents\": 7}", "d.json:3:"),
        ("{\"version\": 7, \"documents\": []}", "d.json: is no file of decisions: version 7"),
        ("{\"version\": 1, \"documents\": [], \"more\": 2}", "unknown field `more`"),
        (deep.as_str(), "d.json:1:1: is no file of decisions: invalid type"),
        (&format!("{{\"version\": 1, \"documents\": [{0}, {0}]}}", document("../../\\u001b[31m")), "twice"),
    ] {
        fs::write(folder.join("d.json"), text).unwrap();
        let (code, out, err) = run(mtlint(folder).args(["check", "--fix", "--decisions=d.json", "a.txt"]));
        assert!(code == 2 && out.is_empty(), "{err}");
        assert!(err.contains(told) && err.contains("save it again in the HTML report"), "{told}: {err}");
        assert!(!err.contains('\u{1b}'), "{err}");
    }
    let (code, _, err) = run(mtlint(folder).args(["check", "--decisions=gone.json", "a.txt"]));
    assert!(code == 2 && err.starts_with("error: gone.json:"), "{err}");
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), DAMAGED);
}
