//! mtlint in editors: the settings in `editors/`, and an article mended in a real one.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether a tool is there. A test that needs one that is not says that it was skipped, and fails
/// where MTLINT_REQUIRE_TOOLS is set; `scripts/install-test-tools` installs all of them.
fn has(tool: &str) -> bool {
    let is_there = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
    let required = env::var_os("MTLINT_REQUIRE_TOOLS").is_some();
    assert!(is_there || !required, "{tool} is not installed; run scripts/install-test-tools");
    if !is_there {
        println!("skipped: {tool} is not installed");
    }
    is_there
}

fn mtlint(arguments: &[&str], file: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mtlint")).args(arguments).arg(file).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The text after the first fix of the first finding of a rule, from what the command line reports.
fn after_first_fix(text: &str, report: &str, rule: &str) -> String {
    let report: serde_json::Value = serde_json::from_str(report).unwrap();
    let findings = report["documents"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == rule).unwrap();
    assert_eq!(finding["fixes"][0]["applicability"], "safe");
    let mut out = text.to_owned();
    for edit in finding["fixes"][0]["edits"].as_array().unwrap().iter().rev() {
        let at = |key: &str| usize::try_from(edit[key].as_u64().unwrap()).unwrap();
        out.replace_range(at("start")..at("end"), edit["replacement"].as_str().unwrap());
    }
    out
}

#[test]
fn an_article_is_mended_in_neovim() {
    if !has("nvim") {
        return;
    }
    // Its paragraph holds this damage alone, so that its fix is the one that is offered first.
    let rule = "punctuation/repeated-stop";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("harbour.txt");
    fs::copy(root().join("examples/harbour.txt"), &file).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let json = mtlint(&["check", "--isolated", "--format=json"], &file);
    let report = folder.path().join("report.json");
    let plugin = root().join("editors/nvim");
    let setup = format!(
        "lua require('mtlint').setup({{ cmd = {{ '{}', 'server' }}, init_options = {{ isolated = true }} }})",
        env!("CARGO_BIN_EXE_mtlint")
    );
    Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n"])
        .args(["--cmd", &format!("set runtimepath^={}", plugin.display())])
        .args(["--cmd", "filetype on", "--cmd", &setup])
        .arg(&file)
        .args(["-c", &format!("luafile {}", root().join("tests/editors/neovim.lua").display())])
        .env("MTLINT_REPORT", &report)
        .env("MTLINT_RULE", rule)
        // Neither the user's settings nor the user's log.
        .env("HOME", folder.path())
        .env("XDG_STATE_HOME", folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .timeout(std::time::Duration::from_secs(180))
        .assert()
        .success();

    let told: serde_json::Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    let rules: Vec<&str> = found["documents"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect();
    let mut codes: Vec<&str> =
        told["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    let mut expected = rules.clone();
    codes.sort_unstable();
    expected.sort_unstable();
    assert_eq!(codes, expected, "the editor shows what the command line finds");
    assert_eq!(told["source"], "mtlint");

    let once = fs::read_to_string(report.with_extension("json.quickfix")).unwrap();
    assert_eq!(once, after_first_fix(&text, &json, rule), "one action, one fix");
    let copy = folder.path().join("copy.txt");
    fs::write(&copy, once).unwrap();
    mtlint(&["check", "--isolated", "--fix", "--quiet"], &copy);
    assert_eq!(fs::read_to_string(&file).unwrap(), fs::read_to_string(&copy).unwrap(), "all safe fixes");
}

#[test]
fn the_settings_for_helix_are_sound() {
    let text = fs::read_to_string(root().join("editors/helix/languages.toml")).unwrap();
    let settings: toml::Table = text.parse().unwrap();
    let server = &settings["language-server"]["mtlint"];
    let command: Vec<&str> = std::iter::once(&server["command"])
        .chain(server["args"].as_array().unwrap())
        .map(|word| word.as_str().unwrap())
        .collect();
    assert_eq!(command, ["mtlint", "server"]);
    let languages = settings["language"].as_array().unwrap();
    assert_eq!(languages.len(), 3);
    for language in languages {
        let servers = language["language-servers"].as_array().unwrap();
        assert!(servers.iter().any(|server| server.as_str() == Some("mtlint")), "{language}");
    }
}

#[test]
fn every_editor_starts_the_server_alike() {
    let files: [PathBuf; 2] =
        ["editors/nvim/lsp/mtlint.lua", "editors/vscode/src/settings.ts"].map(|file| root().join(file));
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("\"server\"") && text.contains("\"mtlint\""), "{}", file.display());
    }
    Command::new(env!("CARGO_BIN_EXE_mtlint")).args(["server", "--help"]).assert().success();
}
