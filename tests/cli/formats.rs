//! Reports in several formats, and the files they go to.

use super::*;

#[test]
fn several_formats_come_of_one_run() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let args = ["check", SELECT, "--format", "json=out/report.json", "--format=concise", "a.txt"];
    let (code, _, err) = run(mtlint(folder.path()).args(args));
    assert_eq!(code, 2, "there is no folder for it");
    assert!(err.contains("cannot write out/report.json: "), "{err}");
    fs::create_dir(folder.path().join("out")).unwrap();
    let (code, out, err) = run(mtlint(folder.path()).args(args));
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.starts_with("a.txt:1:23: minor["), "{out}");
    let report = fs::read_to_string(folder.path().join("out/report.json")).unwrap();
    let alone = run(mtlint(folder.path()).args(["check", SELECT, "--format=json", "a.txt"])).1;
    assert_eq!(report, alone);
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 1, "nothing else is left there");
    // Only the file is asked for, and nothing is printed.
    let (code, out, _) = run(mtlint(folder.path()).args(["check", SELECT, "--format=json=out/report.json"]));
    assert_eq!((code, out.as_str()), (1, ""));
}

#[test]
fn formats_that_cannot_be_written_are_refused() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let told = |args: &[&str]| {
        let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT]).args(args));
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        err
    };
    assert!(told(&["--format=jsn"]).contains("unknown format `jsn`; did you mean `json`?"));
    assert!(told(&["--format=json="]).contains("a file must stand behind `json=`"));
    assert!(told(&["--format=json", "--format=human"]).contains("only one format can go to standard output"));
    assert!(told(&["--format=json=r", "--format=jsonl=r"]).contains("two formats go to r"));
    assert!(told(&["--format=json=."]).contains("cannot write .: it is a folder"));
}

#[test]
fn a_report_of_the_last_run_is_no_text() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    for _ in 0..2 {
        let (code, out, err) =
            run(mtlint(folder.path()).args(["check", SELECT, "--format=jsonl=report.jsonl", "."]));
        assert_eq!((code, out.as_str(), err.as_str()), (1, "", ""));
    }
    let report = fs::read_to_string(folder.path().join("report.jsonl")).unwrap();
    assert!(report.contains("\"documents\":1"), "{report}");
}

#[test]
fn a_report_is_whole_or_as_it_was() {
    let folder = folder(&[("a.txt", DAMAGED), ("report.json", "old")]);
    let path = folder.path().join("report.json");
    let (code, ..) =
        run(mtlint(folder.path()).args(["check", "--select=no/such", "--format=json=report.json"]));
    assert_eq!((code, fs::read_to_string(&path).unwrap().as_str()), (2, "old"));
    run(mtlint(folder.path()).args(["check", SELECT, "--quiet", "--format=json=report.json"]));
    assert!(fs::read_to_string(&path).unwrap().starts_with("{\"version\":1,"));
}

#[cfg(unix)]
#[test]
fn a_report_may_go_to_a_pipe_or_a_link() {
    let folder = folder(&[("a.txt", DAMAGED), ("real.json", "")]);
    std::os::unix::fs::symlink("real.json", folder.path().join("link.json")).unwrap();
    let args = ["check", SELECT, "--format=json=link.json", "--format=concise=/dev/stdout", "a.txt"];
    let (code, out, _) = run(mtlint(folder.path()).args(args));
    assert_eq!(code, 1);
    assert!(out.starts_with("a.txt:1:23: "), "{out}");
    assert!(fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(folder.path().join("real.json")).unwrap().starts_with('{'));
}
