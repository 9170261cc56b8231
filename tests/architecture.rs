//! The dependencies between modules, as ARCHITECTURE.md has them, hold in the source.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use of the crate, itself aside.
const ALLOWED: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("files", &["text"]),
    ("toml_file", &["text"]),
    ("lang", &["text", "catalogue"]),
    ("document", &["text", "files", "lang"]),
    ("pair", &["document", "lang", "text"]),
    ("rule", &["text", "lang", "document", "pair", "toml_file", "catalogue"]),
    ("checks", &["rule", "pair", "document", "lang", "text"]),
    ("config", &["files", "rule", "lang", "score", "toml_file", "document"]),
    ("engine", &["rule", "pair", "document", "lang", "text"]),
    ("inject", &["text", "lang", "document", "toml_file", "catalogue"]),
    ("score", &["rule"]),
    ("pivot", &["rule", "document", "lang", "text"]),
    ("report", &["rule", "document", "text", "lang", "score", "pivot"]),
    ("lint", &["config", "document", "engine", "lang", "report", "rule", "toml_file"]),
    ("lsp", &["config", "document", "lang", "lint", "report", "rule", "score", "text", "toml_file"]),
    (
        "cli",
        &[
            "config",
            "document",
            "engine",
            "inject",
            "files",
            "lang",
            "lint",
            "report",
            "rule",
            "score",
            "text",
            "toml_file",
        ],
    ),
];

/// What reaches the file system, the environment, the standard streams or the clock of a process.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::process",
    "println!",
    "eprintln!",
    "print!(",
    "File::open",
    "fs::read",
    "fs::write",
];

/// Where these may stand.
const DOORS: &[&str] = &["main.rs", "cli/", "lsp/", "files/", "document/load/", "config/"];

/// A source file: its path below `src/`, and its text without tests, comments and strings.
struct Source {
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.retain(|file| !is_for_tests(file));
    files.sort();
    assert!(files.len() > 30, "the sources are found");
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(&file).unwrap();
            Source { path, code: code_of(&text) }
        })
        .collect()
}

/// Whether the module is declared for tests alone.
fn is_for_tests(file: &Path) -> bool {
    let declared = fs::read_to_string(file.with_file_name("mod.rs")).unwrap_or_default();
    let name = file.file_stem().unwrap().to_str().unwrap();
    declared.contains(&format!("#[cfg(test)]\nmod {name};"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The text up to its tests, without comments.
fn code_of(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..end].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules that `code` names after `crate::`, also in `use crate::{a, b::c}`.
fn uses(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(name(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut expects_name = true;
                for (index, char) in list.char_indices() {
                    match char {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => expects_name = true,
                        _ if expects_name && char.is_alphabetic() => {
                            found.push(name(&list[index..]));
                            expects_name = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn name(text: &str) -> String {
    text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect()
}

#[test]
fn modules_use_only_what_they_may() {
    let mut wrong = Vec::new();
    for Source { path, code } in sources() {
        let module = module_of(&path);
        if matches!(module, "main" | "lib") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{path}: the module `{module}` has no row in this table"));
            continue;
        };
        for used in uses(&code) {
            if used != module && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{path}: `{module}` uses `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_check_uses_another() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.path.starts_with("checks/") && source.code.contains("crate::checks"))
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_world_is_reached_through_few_doors() {
    let mut wrong = Vec::new();
    for Source { path, code } in sources() {
        if DOORS.iter().any(|door| path.starts_with(door)) {
            continue;
        }
        for outside in OUTSIDE.iter().filter(|outside| code.contains(**outside)) {
            wrong.push(format!("{path}: `{outside}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_uses_sees_lists() {
    assert_eq!(
        uses("use crate::{rule::{A, B}, text, lang::C};\ncrate::engine::run()"),
        ["rule", "text", "lang", "engine"]
    );
}
