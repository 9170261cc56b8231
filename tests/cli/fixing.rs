//! `mtlint check --fix` and `--diff`.

use super::*;

#[test]
fn a_fix_keeps_the_mark_at_the_start_and_the_line_ends() {
    let folder = folder(&[("a.txt", "\u{FEFF}One. . Two.\r\nThree.\r\n")]);
    let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT, "--fix", "a.txt"]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("1 fix applied"), "{out}");
    let text = fs::read_to_string(folder.path().join("a.txt")).unwrap();
    assert_eq!(text, "\u{FEFF}One. Two.\r\nThree.\r\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left in the folder");
}

#[test]
fn a_file_without_fixes_is_not_touched() {
    let folder = folder(&[("a.txt", MENDED)]);
    let path = folder.path().join("a.txt");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    run(mtlint(folder.path()).args(["check", SELECT, "--fix"]));
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_fixed_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", DAMAGED)]);
    let path = folder.path().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).unwrap();
    run(mtlint(folder.path()).args(["check", SELECT, "--fix"]));
    assert_eq!(fs::read_to_string(&path).unwrap(), MENDED);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o604);
}

#[test]
fn only_the_texts_of_records_change() {
    let lines =
        "{\"id\":  1, \"text\": \"Left. . Back.\", \"more\": 1.50}\n{\"text\": \"Fine.\"}\nnonsense\n";
    let folder = folder(&[("a.jsonl", lines)]);
    let (code, _, err) = run(mtlint(folder.path()).args(["check", SELECT, "--fix"]));
    assert_eq!(code, 2, "a line is no record");
    assert!(err.contains("a.jsonl: line 3: "), "{err}");
    let text = fs::read_to_string(folder.path().join("a.jsonl")).unwrap();
    assert_eq!(text, lines.replace(". .", "."));
}

#[test]
fn a_diff_shows_and_writes_nothing() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT, "--diff"]));
    assert_eq!(code, 1);
    assert_eq!(out, format!("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-{DAMAGED}+{MENDED}"));
    assert_eq!(err, "1 fix would be applied in 1 document\n");
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), DAMAGED);
}

#[test]
fn fixed_standard_input_goes_to_standard_output() {
    let folder = folder(&[]);
    let (code, out, err) =
        run(mtlint(folder.path()).args(["check", SELECT, "--fix", "-"]).write_stdin(DAMAGED));
    assert_eq!((code, out.as_str()), (0, MENDED));
    assert!(err.contains("1 fix applied"), "{err}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_every_file_whole() {
    for signal in ["-INT", "-TERM"] {
        let names: Vec<String> = (0..3000).map(|number| format!("{number:04}.txt")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), DAMAGED)).collect();
        let folder = folder(&files);
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"))
            .args(["check", SELECT, "--fix", "--quiet", "--jobs=2", "."])
            .current_dir(folder.path())
            .spawn()
            .unwrap();
        let text = |name: &String| fs::read_to_string(folder.path().join(name)).unwrap();
        while text(&names[0]) == DAMAGED && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let code = child.wait().unwrap().code();
        // A machine quick enough may be done before.
        assert!(matches!(code, Some(130 | 0)), "{signal}: {code:?}");
        for name in &names {
            assert!([DAMAGED, MENDED].contains(&text(name).as_str()), "{name}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), names.len(), "{signal}: something is left");
    }
}

#[test]
fn a_fix_that_is_taken_back_is_told_and_not_counted_as_fixable() {
    let rule = "summary = \"the mill, by\"\nwhy = \"for the test\"\nmqm = \"spelling\"\nseverity = \"minor\"\nconfidence = \"high\"\n\
        langs = [\"*\"]\n[match]\nkind = \"literal\"\nany = [\"mill, by\"]\nwords = false\n\
        [[bad]]\ntext = \"The ⟦mill, by⟧ it.\"\n[[bad]]\ntext = \"A ⟦mill, by⟧ it.\"\n\
        [[good]]\ntext = \"The mill by it.\"\n[[good]]\ntext = \"A mill.\"\n";
    let text = "The old mill,, by the river, was sold to the miller of Holm.\n";
    let folder = folder(&[
        ("mtlint.toml", "rules = [\"house\"]\n"),
        ("house/residue/mill.toml", rule),
        ("a.txt", text),
    ]);
    let (_, out, err) = run(mtlint(folder.path()).args(["check", "--fix", "a.txt"]));
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), text, "{err}");
    assert!(out.contains("1 fix taken back: ") && !out.contains("fixable"), "{out}{err}");
    let (_, out, _) = run(mtlint(folder.path()).args(["check", "--fix", "--format", "json", "a.txt"]));
    assert!(out.contains("\"fixable\":{\"safe\":0,\"unsafe\":0,\"taken_back\":1}"), "{out}");
}

#[test]
fn a_fix_may_show_what_it_changes() {
    let folder = folder(&[("a.txt", DAMAGED), ("b.txt", MENDED)]);
    let (code, out, err) = run(mtlint(folder.path()).args(["check", SELECT, "--fix", "--diff"]));
    assert_eq!(code, 0);
    assert_eq!(out, format!("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-{DAMAGED}+{MENDED}"));
    assert_eq!(err, "1 fix applied in 2 documents\n");
    assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), MENDED);
    // Of standard input the text takes standard output.
    let piped = ["check", SELECT, "--fix", "--diff", "-"];
    let (_, out, err) = run(mtlint(folder.path()).args(piped).write_stdin(DAMAGED));
    assert_eq!(out, MENDED);
    assert!(err.starts_with("--- a/stdin.txt\n"), "{err}");
}
