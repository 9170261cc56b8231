//! `mtlint inject`.

use super::*;
use serde_json::Value;

const CLEAN: &str = "The ferry left the old harbour at noon, and it came back late at night. \
    Nobody had seen the captain, who was asleep. “We were worried,” said the cook, and the others agreed.\n";

fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn chars(text: &str, from: usize, to: usize) -> String {
    text.chars().skip(from).take(to - from).collect()
}

/// The text with the damage of `row` mended, which has the keys of a damage.
fn mended(text: &str, row: &Value) -> String {
    let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
    chars(text, 0, start) + row["fix"].as_str().unwrap() + &chars(text, end, text.chars().count())
}

#[test]
fn files_folders_and_records_are_damaged_once_each() {
    let record = serde_json::json!({ "id": 7, "lang": "en", "text": CLEAN });
    let folder = folder(&[("a/x.txt", CLEAN), ("y.jsonl", &format!("{record}\n")), ("z.rs", "no text")]);
    let (code, out, err) = run(mtlint(folder.path()).args(["inject", "--lang", "en", "a", "y.jsonl"]));
    assert_eq!((code, err.as_str()), (0, ""));
    let rows = rows(&out);
    assert_eq!(rows.len(), 2);
    assert!(rows[1]["id"].as_str().unwrap().starts_with("y.7."), "{}", rows[1]["id"]);
    for row in &rows {
        assert_eq!(mended(row["text"].as_str().unwrap(), row), row["clean"].as_str().unwrap());
        assert_ne!(row["text"], row["clean"]);
        let kind = row["kind"].as_str().unwrap();
        assert_eq!(kind.split('/').next(), row["family"].as_str());
    }
}

#[test]
fn kinds_are_chosen_and_seeds_reproduce() {
    let folder = folder(&[("x.txt", CLEAN)]);
    let made = |seed: &str| {
        let args = [
            "inject",
            "--lang",
            "en",
            "--per-kind",
            "1",
            "--kinds",
            "quotation,punctuation/stop-twice",
            "--seed",
        ];
        let (code, out, err) = run(mtlint(folder.path()).args(args).args([seed, "x.txt"]));
        assert_eq!((code, err.as_str()), (0, ""));
        out
    };
    assert_eq!(made("4"), made("4"));
    let rows = rows(&made("4"));
    assert!(rows.len() > 8, "{}", rows.len());
    for row in rows {
        let kind = row["kind"].as_str().unwrap().to_owned();
        assert!(kind.starts_with("quotation/") || kind == "punctuation/stop-twice", "{kind}");
    }
}

#[test]
fn a_mixture_is_written_as_texts_and_gold() {
    let folder = folder(&[("x.txt", &format!("{CLEAN}\n").repeat(8))]);
    let args = ["inject", "--lang", "en", "--rate", "40", "--write-texts", "out", "x.txt"];
    let (code, out, err) = run(mtlint(folder.path()).args(args));
    assert_eq!((code, err.as_str()), (0, ""));
    let row = rows(&out).remove(0);
    let damages = row["damages"].as_array().unwrap();
    assert!(damages.len() > 4, "{}", damages.len());
    let text = fs::read_to_string(folder.path().join("out/00001.txt")).unwrap();
    assert_eq!(text, row["text"].as_str().unwrap());
    let gold = rows(&fs::read_to_string(folder.path().join("out/gold.jsonl")).unwrap());
    assert_eq!(gold.len(), damages.len());
    let mut whole = text.clone();
    for damage in gold.iter().rev() {
        assert_eq!(damage["id"], "00001");
        whole = mended(&whole, damage);
    }
    assert_eq!(whole, row["clean"].as_str().unwrap());
}

#[test]
fn standard_input_and_passages() {
    let folder = folder(&[]);
    let text = format!("{CLEAN}\n").repeat(10);
    let args = ["inject", "--lang", "en", "--words", "60-120", "-"];
    let (code, out, err) = run(mtlint(folder.path()).args(args).write_stdin(text));
    assert_eq!((code, err.as_str()), (0, ""));
    let rows = rows(&out);
    assert!(rows.len() >= 3, "{}", rows.len());
    for row in rows {
        let words = row["clean"].as_str().unwrap().split_whitespace().count();
        assert!((60..=120).contains(&words), "{words}");
    }
}

#[test]
fn operators_of_the_user_are_added() {
    let operator = "summary = \"a star\"\nprocess = \"scraping\"\nlangs = [\"en\"]\n\n\
        [[form]]\naction = \"insert\"\nat = \"gap\"\nwith = [\"★\"]\n";
    let folder = folder(&[
        ("x.txt", CLEAN),
        ("mine/residue/star.toml", operator),
        ("bad/residue/star.toml", "langs = 1\n"),
    ]);
    let args = ["inject", "--lang", "en", "--kinds", "residue/star", "--operators"];
    let (code, out, err) = run(mtlint(folder.path()).args(args).args(["mine", "x.txt"]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(rows(&out)[0]["text"].as_str().unwrap().contains(" ★ "), "{out}");
    let (code, _, err) = run(mtlint(folder.path()).args(args).args(["bad", "x.txt"]));
    assert_eq!(code, 2);
    assert!(err.contains("star.toml"), "{err}");
}

#[test]
fn mistakes_are_told_and_kinds_are_listed() {
    let folder = folder(&[("x.txt", CLEAN)]);
    let (code, _, err) =
        run(mtlint(folder.path()).args(["inject", "--kinds", "quotation/close-lots", "x.txt"]));
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `quotation/close-lost`?"), "{err}");
    let (code, _, err) = run(mtlint(folder.path()).args(["inject", "--words", "9", "x.txt"]));
    assert_eq!(code, 2);
    assert!(err.contains("140-340"), "{err}");
    let (code, out, _) = run(mtlint(folder.path()).args(["inject", "--list", "--kinds", "quotation"]));
    assert_eq!(code, 0);
    assert!(out.contains("quotation/close-lost\n") && !out.contains("residue/"), "{out}");
    let (code, _, err) = run(mtlint(folder.path()).args(["inject", "nowhere.txt"]));
    assert_eq!(code, 2);
    assert!(err.contains("nowhere.txt"), "{err}");
}
