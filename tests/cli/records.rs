//! Files of many texts: `mtlint filter`, and `mtlint check` with fields that are named.

use super::*;
use serde_json::Value;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Records of which every fifth is damaged.
fn records(count: usize) -> String {
    (0..count)
        .map(|number| {
            let text = if number % 5 == 0 { DAMAGED } else { MENDED };
            format!("{{\"id\":{number}, \"url\": \"a/{number}\",\"text\": {}}}\n", Value::from(text))
        })
        .collect()
}

fn filter(folder: &Path, args: &[&str]) -> (i32, String, String) {
    run(mtlint(folder).arg("filter").args(args))
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

#[test]
fn records_pass_byte_by_byte_and_the_others_have_reasons() {
    let all = records(20);
    let folder = folder(&[("in.jsonl", &all)]);
    let args =
        ["in.jsonl", "-o", "out.jsonl", "--rejected", "no.jsonl", "--drop", "punctuation/repeated-stop"];
    let (code, out, err) = filter(folder.path(), &args);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(
        err.contains("20 records: 16 in out.jsonl, 4 in no.jsonl (4 for punctuation/repeated-stop)"),
        "{err}"
    );
    let passed: String = all.split_inclusive('\n').filter(|line| !line.contains(". .")).collect();
    assert_eq!(read(folder.path(), "out.jsonl"), passed);
    let rejected = lines(&read(folder.path(), "no.jsonl"));
    assert_eq!(rejected.len(), 4);
    assert_eq!(rejected[1]["id"], 5);
    assert_eq!(rejected[1]["text"], DAMAGED);
    assert_eq!(rejected[1]["mtlint_reasons"], serde_json::json!(["rule:punctuation/repeated-stop"]));
    assert_eq!(rejected[1]["mtlint_words"], 10);
    // A rejected file is a corpus again, and gets reasons of its own.
    let args = ["no.jsonl", "-o", "a.jsonl", "--rejected", "b.jsonl", "--min-words", "11"];
    assert_eq!(filter(folder.path(), &args).0, 0);
    let again = read(folder.path(), "b.jsonl");
    assert_eq!(again.matches("mtlint_reasons").count(), 4);
    assert_eq!(lines(&again)[0]["mtlint_reasons"], serde_json::json!(["words"]));
    assert_eq!(read(folder.path(), "a.jsonl"), "");
}

#[test]
fn fields_in_fields_are_kept_under_their_whole_names() {
    let sound = MENDED.trim_end();
    let text = Value::from(sound);
    let line = |more: &str| format!("{{\"n\": 1.50, \"pair\": {{\"en\": {text}, \"de\": null}}{more}}}\n");
    let all = line("") + &line(", \"pair.de\": [1]");
    let folder = folder(&[("in.jsonl", &all), ("in.csv", &format!("pair.en,n\n{sound},1\n"))]);
    let keep = |args: &[&str]| {
        let more = ["--text-field", "pair.en", "--min-words", "1", "--keep", "pair.de,pair.en"];
        filter(folder.path(), &[args, &more].concat())
    };
    let (code, _, err) = keep(&["in.jsonl", "-o", "out.jsonl"]);
    assert_eq!(code, 0, "{err}");
    // A field of just this name comes first, as when the text is looked for.
    let expected = [r"null", r"[1]"].map(|de| format!("{{\"pair.de\":{de},\"pair.en\":{text}}}\n"));
    assert_eq!(read(folder.path(), "out.jsonl"), expected.concat());
    // What is written is read again by the same name.
    let (code, _, err) = keep(&["out.jsonl", "-o", "again.csv"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(read(folder.path(), "again.csv"), format!("pair.de,pair.en\n,{sound}\n[1],{sound}\n"));
    let (code, _, err) = keep(&["in.csv", "-o", "out.jsonl"]);
    assert!(code == 2 && err.contains("unknown column `pair.de`"), "{err}");
}

#[test]
fn a_short_record_is_judged_by_what_its_findings_speak_for() {
    let short = "It was late. . Nobody came.";
    let bad = "It was late. . Nobody came. . It was cold. . It was dark. . The sea was calm. .";
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let folder = folder(&[("in.jsonl", &(line("short", short) + &line("bad", bad)))]);
    let args = ["in.jsonl", "-o", "out.jsonl", "--rejected", "no.jsonl", "--max-penalty", "50", SELECT];
    assert_eq!(filter(folder.path(), &args).0, 0);
    assert_eq!(lines(&read(folder.path(), "out.jsonl"))[0]["id"], "short");
    let rejected = lines(&read(folder.path(), "no.jsonl"));
    assert_eq!(rejected[0]["id"], "bad");
    assert_eq!(rejected[0]["mtlint_reasons"], serde_json::json!(["penalty"]));
    // What is written is what `check` reports.
    let report = run(mtlint(folder.path()).args(["check", SELECT, "--format=jsonl", "in.jsonl"])).1;
    let scores: Vec<f64> = report
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["score"]["penalty_lower_bound"].as_f64()
        })
        .collect();
    assert_eq!(rejected[0]["mtlint_penalty"].as_f64(), Some(scores[1]));
    assert!(scores[0] > 0.0 && scores[0] < 50.0, "{scores:?}");
}

#[test]
fn a_record_that_cannot_be_read_is_named_counted_and_kept_apart() {
    let text =
        format!("{{\"text\": {0}}}\nnonsense\n{{\"text\": 4}}\n\n{{\"text\": {0}}}\n", Value::from(MENDED));
    let folder = folder(&[("in.jsonl", &text)]);
    let args = ["in.jsonl", "-o", "out.jsonl", "--rejected", "no.jsonl", "--min-words", "1"];
    let (code, _, err) = filter(folder.path(), &args);
    assert_eq!(code, 0);
    assert!(err.contains("in.jsonl:2: is no record: expected ident"), "{err}");
    assert!(err.contains("in.jsonl:3: is no record: `text` must be a string, not 4"), "{err}");
    assert!(err.contains("4 records: 2 in out.jsonl, 2 in no.jsonl (2 unreadable)"), "{err}");
    let rejected = lines(&read(folder.path(), "no.jsonl"));
    assert_eq!(rejected[0]["mtlint_record"], "nonsense");
    assert_eq!(rejected[1]["text"], 4);
    fs::remove_file(folder.path().join("out.jsonl")).unwrap();
    let (code, _, err) = filter(folder.path(), &[&args[..], &["--strict"]].concat());
    assert_eq!(code, 2);
    assert!(err.contains("in.jsonl:2") && !err.contains("in.jsonl:3"), "{err}");
    assert!(err.contains("nothing was written to out.jsonl"), "{err}");
    assert!(!folder.path().join("out.jsonl").exists());
}

#[test]
fn a_field_of_a_table_is_read_once() {
    // What stands in the table as `"""Gull""""` and so on is read when the table is: the text begins and ends with marks.
    let text = "\"The \"\"Gull\"\" left. . It came.\"";
    let field = format!("\"{}\"", text.replace('"', "\"\""));
    let folder = folder(&[
        ("a.csv", &format!("id,text\n1,{field}\n")),
        ("a.jsonl", &format!("{{\"id\":\"1\",\"text\":{}}}\n", Value::from(text))),
    ]);
    let found = |name: &str| {
        let args = ["check", SELECT, "--format=json", "--text-field", "text", name];
        let (_, out, err) = run(mtlint(folder.path()).args(args));
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"));
        report["documents"][0]["findings"][0]["span"].clone()
    };
    // Places are those in the text of the record, as it is once the table is read.
    let at = text.find(". .").unwrap() as u64;
    assert!(found("a.csv")["start"].as_u64().unwrap() >= at - 1);
    assert_eq!(found("a.csv"), found("a.jsonl"));
}

#[test]
fn tables_keep_quotation_marks_and_line_breaks() {
    let table = "id,note,translation\n1,\"a, \"\"b\"\"\nc\",It was late.\n2,,\"He came. . He went.\"\n3,x\n4,y,Fine.\n";
    let folder = folder(&[("in.csv", table)]);
    let args = [
        "in.csv",
        "-o",
        "out.csv",
        "--rejected",
        "no.csv",
        "--text-field",
        "translation",
        "--drop",
        "minor",
        SELECT,
    ];
    let (code, _, err) = filter(folder.path(), &args);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("in.csv:5: is no record: 2 columns where the first row has 3"), "{err}");
    assert_eq!(
        read(folder.path(), "out.csv"),
        "id,note,translation\n1,\"a, \"\"b\"\"\nc\",It was late.\n4,y,Fine.\n"
    );
    let mut reader = csv::Reader::from_path(folder.path().join("no.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!((&rows[0][2], &rows[0][3]), ("He came. . He went.", "rule:punctuation/repeated-stop"));
    assert_eq!((&rows[1][1], &rows[1][3]), ("x", "unreadable"));
    // The same in another format.
    let args =
        ["in.csv", "-o", "out.jsonl", "--text-field", "translation", "--min-words", "1", "--keep", "note,id"];
    assert_eq!(filter(folder.path(), &args).0, 0);
    let first = "{\"note\":\"a, \\\"b\\\"\\nc\",\"id\":\"1\"}";
    assert_eq!(read(folder.path(), "out.jsonl").lines().next(), Some(first));
    let args = ["out.jsonl", "-o", "back.tsv", "--text-field", "note", "--min-words", "0"];
    let (code, _, err) = filter(folder.path(), &args);
    assert!(code == 2 && err.contains("which TSV cannot hold"), "{err}");
}

#[test]
fn compressed_files_are_read_and_written() {
    let all = records(30);
    let folder = folder(&[("plain.jsonl", &all)]);
    fs::write(folder.path().join("in.jsonl.gz"), packed(&all)).unwrap();
    let pass = |from: &str, to: &str| {
        let (code, _, err) = filter(folder.path(), &[from, "-o", to, "--min-words", "1"]);
        assert_eq!(code, 0, "{err}");
    };
    pass("in.jsonl.gz", "out.jsonl.zst");
    pass("out.jsonl.zst", "out.jsonl.gz");
    pass("out.jsonl.gz", "out.jsonl");
    assert!(fs::read(folder.path().join("out.jsonl.zst")).unwrap().len() < all.len() / 4);
    assert_eq!(unpacked(&fs::read(folder.path().join("out.jsonl.gz")).unwrap()), all);
    assert_eq!(read(folder.path(), "out.jsonl"), all);
    // `check` finds the same in each.
    let check = |name: &str| {
        let report = run(mtlint(folder.path()).args(["check", SELECT, "--format=json", name])).1;
        report.replace(name, "plain.jsonl")
    };
    let plain = check("plain.jsonl");
    assert!(plain.contains("\"findings\":6"), "{plain}");
    assert_eq!(check("out.jsonl.zst"), plain);
    // One that ends too early is told, and nothing is written of it.
    let whole = fs::read(folder.path().join("in.jsonl.gz")).unwrap();
    fs::write(folder.path().join("cut.jsonl.gz"), &whole[..whole.len() - 9]).unwrap();
    let (code, _, err) = filter(folder.path(), &["cut.jsonl.gz", "-o", "new.jsonl", "--min-words", "1"]);
    assert!(code == 2 && err.contains("ends too early"), "{err}");
    assert!(!folder.path().join("new.jsonl").exists());
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let folder = folder(&[
        ("in.jsonl", &records(3)),
        ("a.csv", "id,body\n1,x\n"),
        ("b.txt", "x"),
        ("c.parquet", "PAR1"),
    ]);
    let refused = |args: &[&str], told: &str| {
        let (code, _, err) = filter(folder.path(), args);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(told), "{err}");
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names.len(), 4, "{names:?}");
    };
    refused(&["in.jsonl", "-o", "out.jsonl"], "nothing says which records pass");
    refused(&["in.jsonl", "-o", "./in.jsonl", "--min-words", "1"], "cannot be the output");
    refused(&["in.jsonl", "-o", "o.jsonl", "--rejected", "o.jsonl", "--min-words", "1"], "the same file");
    refused(&["in.jsonl", "-o", "out.doc", "--min-words", "1"], "its ending tells no format");
    refused(&["b.txt", "-o", "out.jsonl", "--min-words", "1"], "is no file of records");
    refused(
        &["in.jsonl", "-o", "o.jsonl", "--drop", "punctuation/repeated-stp"],
        "did you mean `punctuation/repeated-stop`",
    );
    refused(&["in.jsonl", "-o", "o.jsonl", "--drop", "minor", "--select", "nonsense"], "unknown");
    refused(&["a.csv", "-o", "o.jsonl", "--min-words", "1"], "`--text-field` names the one");
    refused(
        &["a.csv", "-o", "o.csv", "--text-field", "body", "--keep", "boddy", "--min-words", "1"],
        "did you mean `body`",
    );
    refused(&["gone.jsonl", "-o", "o.jsonl", "--min-words", "1"], "there is no such file");
    refused(&["c.parquet", "-o", "o.jsonl", "--min-words", "1"], "c.parquet: is");
}

#[test]
fn what_is_written_does_not_depend_on_threads() {
    let folder = folder(&[("a.jsonl", &records(700)), ("b/c.jsonl", &records(600))]);
    let bytes = |jobs: &str| {
        let args =
            [".", "-o", "../out.jsonl.zst", "--rejected", "../no.jsonl", "--drop", "punctuation", "-j", jobs];
        let work = folder.path().join("work");
        let _ = fs::create_dir(&work);
        for name in ["a.jsonl", "b/c.jsonl"] {
            fs::create_dir_all(work.join(name).parent().unwrap()).unwrap();
            fs::copy(folder.path().join(name), work.join(name)).unwrap();
        }
        assert_eq!(filter(&work, &args).0, 0);
        ["out.jsonl.zst", "no.jsonl"].map(|name| fs::read(folder.path().join(name)).unwrap())
    };
    let one = bytes("1");
    assert_eq!(lines(str::from_utf8(&one[1]).unwrap()).len(), 260);
    assert!(one == bytes("2") && one == bytes("5"));
}

/// A run that has begun to write; whoever asks for it waits for its end.
#[allow(clippy::zombie_processes)]
fn begun(folder: &Path, args: &[&str]) -> (Child, PathBuf) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"));
    command.current_dir(folder).arg("filter").args(args).stderr(Stdio::null());
    let child = command.spawn().unwrap();
    let since = Instant::now();
    loop {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let is_draft =
            |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(".mtlint-new-");
        if let Some(draft) = names.into_iter().find(is_draft) {
            return (child, draft);
        }
        assert!(since.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_killed_run_leaves_nothing_under_the_final_name() {
    let folder = folder(&[("in.jsonl", &records(40_000)), ("small.jsonl", &records(1))]);
    let out = folder.path().join("out.jsonl");
    let args = ["in.jsonl", "-o", "out.jsonl", "--min-words", "1"];
    fs::write(&out, "what was there").unwrap();
    let (mut child, draft) = begun(folder.path(), &args);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&out).unwrap(), "what was there");
    assert!(draft.exists());
    // The next run recognises what is left.
    assert_eq!(filter(folder.path(), &["small.jsonl", "-o", "out.jsonl", "--min-words", "1"]).0, 0);
    assert!(!draft.exists());
    assert_eq!(fs::read_to_string(&out).unwrap(), records(1));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_takes_its_draft_away() {
    let folder = folder(&[("in.jsonl", &records(40_000))]);
    let (mut child, draft) = begun(folder.path(), &["in.jsonl", "-o", "out.jsonl", "--min-words", "1"]);
    let interrupt = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!draft.exists() && !folder.path().join("out.jsonl").exists());
}

#[test]
fn check_reads_the_fields_that_are_named() {
    let line = format!(
        "{{\"key\": \"x\", \"lang\": \"no code\", \"translation\": {{\"en\": {}, \"de\": \"x\"}}}}\n",
        Value::from(DAMAGED)
    );
    let table = "key,de,en\nx,\"a\nb\",The ferry left. . It came back.\n";
    let folder =
        folder(&[("a.jsonl", &line), ("a.tsv", "key\ttext\nx\tIt left. . It came.\n"), ("a.csv", table)]);
    let check = |args: &[&str]| {
        let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT, "--format=json"]).args(args));
        (code, serde_json::from_str::<Value>(&out).unwrap_or_default(), err)
    };
    let (code, report, err) = check(&["a.jsonl", "--text-field", "translation.en", "--id-field", "key"]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(report["documents"][0]["record"], serde_json::json!({"id": "x", "line": 1}));
    assert_eq!(report["documents"][0]["findings"][0]["span"]["start"], 22);
    let (code, report, err) = check(&[
        "a.csv",
        "--text-field",
        "en",
        "--id-field",
        "key",
        "--source-field",
        "de",
        "--source-lang",
        "de",
    ]);
    assert_eq!(code, 1, "{err}");
    let document = &report["documents"][0];
    assert_eq!(document["record"], serde_json::json!({"id": "x", "line": 2}));
    assert_eq!((&document["source"], &document["source_language"]), (&"a\nb".into(), &"de".into()));
    let (code, report, _) = check(&[".", "--text-field", "text"]);
    assert_eq!((code, report["summary"]["findings"].as_u64()), (2, Some(1)));
    let (code, _, err) = check(&["a.tsv", "--text-field", "txt"]);
    assert!(code == 2 && err.contains("unknown column `txt`; did you mean `text`?"), "{err}");
    // Fixes go into plain JSON Lines, wherever the text lies, and into nothing else.
    let args = ["--fix", "--text-field", "translation.en"];
    assert_eq!(check(&[&["a.jsonl"], &args[..]].concat()).0, 0);
    assert_eq!(read(folder.path(), "a.jsonl"), line.replace(". .", "."));
    let (code, _, err) = check(&["a.csv", "--fix", "--text-field", "en"]);
    assert!(code == 2 && err.contains("fixes are not written into tables"), "{err}");
    let piped = run(mtlint(folder.path())
        .args(["check", SELECT, "-", "--stdin-filename", "x.csv", "--text-field", "en", "--format=concise"])
        .write_stdin(table));
    assert!(piped.0 == 1 && piped.1.contains("x.csv:2"), "{piped:?}");
}

#[test]
fn strict_ends_at_the_first_record_that_cannot_be_read() {
    let text = format!("{{\"text\": {0}}}\nnonsense\n{{\"text\": {0}}}\nmore\n", Value::from(DAMAGED));
    let folder = folder(&[("in.jsonl", &text)]);
    let check = |more: &[&str]| {
        let (code, out, _) =
            run(mtlint(folder.path()).args(["check", SELECT, "--format=json", "in.jsonl"]).args(more));
        let report: Value = serde_json::from_str(&out).unwrap();
        (
            code,
            report["documents"].as_array().unwrap().len(),
            report["summary"]["errors"].as_array().unwrap().len(),
        )
    };
    assert_eq!(check(&[]), (2, 2, 2));
    assert_eq!(check(&["--strict"]), (2, 1, 1));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_named_with_what_to_do() {
    let folder = folder(&[("in.jsonl", &records(1)), ("a.parquet", "PAR1")]);
    let (code, _, err) = run(mtlint(folder.path()).args(["check", "a.parquet"]));
    assert!(
        code == 2 && err.contains("a.parquet: is Parquet") && err.contains("--features parquet"),
        "{err}"
    );
    let (code, _, err) = filter(folder.path(), &["in.jsonl", "-o", "out.parquet", "--min-words", "1"]);
    assert!(code == 2 && err.contains("--features parquet"), "{err}");
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_gives_what_json_lines_give() {
    let folder = folder(&[("in.jsonl", &records(700))]);
    let pass = |args: &[&str]| {
        let (code, _, err) = filter(folder.path(), args);
        assert_eq!(code, 0, "{err}");
    };
    pass(&["in.jsonl", "-o", "all.parquet", "--min-words", "1"]);
    let check = |name: &str| {
        let report = run(mtlint(folder.path()).args(["check", SELECT, "--format=json", name])).1;
        report.replace(name, "in.jsonl")
    };
    assert!(check("all.parquet") == check("in.jsonl"));
    let rule = "punctuation/repeated-stop";
    for (from, to) in [("in.jsonl", "a"), ("all.parquet", "b")] {
        let (out, no) = (format!("{to}.jsonl"), format!("{to}-no.jsonl"));
        pass(&[from, "-o", &out, "--rejected", &no, "--drop", rule, "--keep", "id,text"]);
    }
    assert_eq!(read(folder.path(), "a.jsonl"), read(folder.path(), "b.jsonl"));
    assert_eq!(read(folder.path(), "a-no.jsonl"), read(folder.path(), "b-no.jsonl"));
    let bytes = |jobs: &str| {
        pass(&["all.parquet", "-o", "c.parquet", "--rejected", "d.parquet", "--drop", rule, "-j", jobs]);
        ["c.parquet", "d.parquet"].map(|name| fs::read(folder.path().join(name)).unwrap())
    };
    assert!(bytes("1") == bytes("3"));
    pass(&["d.parquet", "-o", "e.csv", "--min-words", "1", "--keep", "id,mtlint_reasons,mtlint_words"]);
    let table = read(folder.path(), "e.csv");
    assert!(
        table.starts_with(
            "id,mtlint_reasons,mtlint_words\n0,\"[\"\"rule:punctuation/repeated-stop\"\"]\",10\n"
        ),
        "{table}"
    );
    assert_eq!(table.lines().count(), 141);
}

/// The commands of the guide do what it says: none is misspelt, and each finds its files.
#[cfg(unix)]
#[test]
fn the_commands_of_the_guide_run() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide-data.md")).unwrap();
    let record = |number: usize| {
        let text = Value::from(if number.is_multiple_of(3) { DAMAGED } else { MENDED });
        format!(
            "{{\"id\": {number}, \"key\": \"k\", \"text\": {text}, \"translation\": {{\"en\": {text}}}}}\n"
        )
    };
    let corpus: String = (0..9).map(record).collect();
    let part: String =
        (0..9).map(record).map(|line| line.replace("{\"en\": ", "").replace("}}", "}")).collect();
    let table = "translation,original\nThe ferry left. . It came.,Die Fähre fuhr ab. Sie kam.\n";
    let folder = folder(&[("corpus.jsonl", &corpus), ("parts/1.jsonl", &part), ("corpus.csv", table)]);
    fs::write(folder.path().join("corpus.jsonl.gz"), packed(&corpus)).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_mtlint")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let has_parquet = cfg!(feature = "parquet");
    if has_parquet {
        let args = ["parts", "-o", "corpus.parquet", "--text-field", "translation", "--min-words", "1"];
        assert_eq!(filter(folder.path(), &args).0, 0);
    }
    let commands: Vec<&str> = guide.lines().filter(|line| line.starts_with("mtlint ")).collect();
    assert!(commands.len() > 8);
    for command in commands {
        if command.contains("parquet") && !has_parquet {
            continue;
        }
        let mut shell = Command::new("sh");
        let (code, _, err) = run(shell.current_dir(folder.path()).env("PATH", &path).args(["-c", command]));
        assert!(code < 2, "{command}: {err}");
    }
}
