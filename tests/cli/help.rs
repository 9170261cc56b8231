//! Help, manual pages, completions and `mtlint init`.

use super::*;

fn out(args: &[&str]) -> String {
    let folder = folder(&[]);
    let (code, out, err) = run(mtlint(folder.path()).args(args));
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

#[test]
fn help_groups_the_commands_and_names_each_once() {
    let help = out(&["--help"]);
    let place = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text} is missing:\n{help}"));
    assert!(place("Check texts:") < place("  check "));
    assert!(place("  check ") < place("Rules:") && place("Rules:") < place("  explain "));
    assert!(place("Set up:") < place("  init ") && place("  init ") < place("Options:"));
    for command in
        ["check", "rules", "explain", "init", "config", "server", "completions", "man", "schema", "help"]
    {
        let lines = help.lines().filter(|line| line.starts_with(&format!("  {command} "))).count();
        assert_eq!(lines, 1, "{command}\n{help}");
    }
    assert!(out(&["-h"]).lines().count() < 40, "short enough for a screen:\n{help}");
    assert_eq!(run(&mut mtlint(Path::new("."))).0, 2);
}

#[test]
fn short_help_is_shorter() {
    let (short, long) = (out(&["check", "-h"]), out(&["check", "--help"]));
    assert!(2 * short.lines().count() < long.lines().count());
    for heading in ["Fixing:", "Rules:", "Exit code:", "Output:"] {
        assert!(short.contains(heading) && long.contains(heading), "{heading}");
    }
    assert!(!short.contains("--timings") && long.contains("--timings"));
    assert!(long.contains("- sarif:"), "{long}");
}

#[test]
fn manual_pages_come_for_every_command() {
    assert!(out(&["man"]).contains(".TH mtlint 1"));
    let folder = folder(&[]);
    let (code, ..) = run(mtlint(folder.path()).args(["man", "pages/man1"]));
    assert_eq!(code, 0);
    for page in ["mtlint.1", "mtlint-check.1", "mtlint-rules-new.1"] {
        let text = fs::read_to_string(folder.path().join("pages/man1").join(page)).unwrap();
        assert!(text.contains(".SH NAME"), "{page}");
    }
    let page = fs::read_to_string(folder.path().join("pages/man1/mtlint-check.1")).unwrap();
    assert!(page.contains("unsafe") && page.contains("stdin"), "what -h leaves out is here");
}

#[test]
fn completions_know_formats() {
    for shell in ["bash", "zsh", "fish"] {
        let script = out(&["completions", shell]);
        assert!(script.contains("rdjsonl") && script.contains("init"), "{shell}");
    }
}

#[test]
fn a_configuration_to_begin_with_is_written_once() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    let path = folder.path().join("mtlint.toml");
    let (code, out, err) = run(mtlint(folder.path()).arg("init"));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("./mtlint.toml\n") || out.starts_with("mtlint.toml\n"), "{out}");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(run(mtlint(folder.path()).args(["check", SELECT])).0, 1, "as without it");

    // Each key that there is stands in it, and what stands behind the sign is right.
    let schema: serde_json::Value = serde_json::from_str(&super::help::out(&["schema", "config"])).unwrap();
    for key in schema["properties"].as_object().unwrap().keys() {
        let has = |line: &str| line.starts_with(&format!("# {key} = ")) || line.contains(&format!("[{key}]"));
        assert!(written.lines().any(has), "{key} is missing in src/cli/init.toml");
    }
    let is_value = |line: &&str| line.starts_with("# [") || line.contains(" = ") && line.starts_with("# ");
    let values: Vec<&str> = written.lines().filter(is_value).map(|line| &line[2..]).collect();
    fs::write(&path, values.join("\n")).unwrap();
    fs::write(folder.path().join("glossary.toml"), "").unwrap();
    let (code, _, err) = run(mtlint(folder.path()).args(["check", SELECT]));
    assert!(code == 1 && !err.contains("error"), "{code} {err}");

    fs::write(&path, "# mine\n").unwrap();
    let (code, out, err) = run(mtlint(folder.path()).arg("init"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("mtlint.toml is there already"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\n");
    let (code, _, err) = run(mtlint(folder.path()).args(["init", "no/such"]));
    assert_eq!(code, 2);
    assert!(err.contains("there is no such folder"), "{err}");
}
