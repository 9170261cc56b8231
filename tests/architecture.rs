//! The dependencies between modules, as ARCHITECTURE.md has them, hold in the source.

use std::fs;
use std::path::{Path, PathBuf};

/// What each crate, or each module of one whose modules have rows, may use of the project, itself aside.
const ALLOWED: &[(&str, &[&str])] = &[
    ("data", &[]),
    ("text", &[]),
    ("text::toml_file", &["text"]),
    ("lang", &["text", "data"]),
    ("document::files", &["text"]),
    ("document", &["text", "document::files", "lang"]),
    ("document::pair", &["document", "lang", "text"]),
    ("records", &["document", "document::files", "text", "text::toml_file"]),
    ("inject", &["text", "lang", "document", "text::toml_file", "data"]),
    ("engine::rule", &["text", "lang", "document", "document::pair", "text::toml_file", "data"]),
    ("engine::checks", &["engine::rule", "document::pair", "document", "lang", "text"]),
    ("engine::builtin", &["engine::rule", "engine::checks", "text::toml_file"]),
    ("engine::score", &["engine::rule"]),
    (
        "engine::config",
        &["document::files", "engine::rule", "lang", "engine::score", "text::toml_file", "document"],
    ),
    ("engine::engine", &["engine::rule", "document::pair", "document", "lang", "text"]),
    ("engine::pivot", &["engine::rule", "document", "lang", "text"]),
    (
        "engine::lint",
        &[
            "engine::config",
            "document",
            "engine::engine",
            "engine::pivot",
            "engine::rule",
            "engine::score",
            "lang",
            "text",
            "text::toml_file",
        ],
    ),
    (
        "engine::linter",
        &[
            "engine::builtin",
            "engine::config",
            "engine::engine",
            "engine::lint",
            "engine::rule",
            "engine::score",
            "document",
            "lang",
            "text",
            "text::toml_file",
        ],
    ),
    (
        "python",
        &["engine::config", "engine::linter", "document::files", "text", "mtlint::cli", "mtlint::lsp"],
    ),
    (
        "report",
        &["engine::rule", "engine::lint", "document", "text", "lang", "engine::score", "engine::pivot"],
    ),
    (
        "requests",
        &["engine::config", "document", "lang", "engine::engine", "engine::lint", "engine::rule", "report"],
    ),
    (
        "serve",
        &["document", "lang", "engine::engine", "engine::lint", "engine::rule", "report", "requests", "text"],
    ),
    ("mcp", &["engine::lint", "engine::rule", "report", "requests"]),
    (
        "mtlint::lsp",
        &[
            "engine::config",
            "document",
            "lang",
            "engine::lint",
            "report",
            "engine::rule",
            "engine::score",
            "text",
            "text::toml_file",
        ],
    ),
    (
        "mtlint::cli",
        &[
            "mcp",
            "serve",
            "engine::config",
            "document",
            "engine::engine",
            "inject",
            "document::files",
            "lang",
            "engine::lint",
            "records",
            "report",
            "engine::rule",
            "engine::score",
            "text",
            "text::toml_file",
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
const DOORS: &[&str] = &[
    "src/main.rs",
    "src/cli/",
    "src/lsp/",
    // The project itself, by the build script, and at run time in a debug build.
    "crates/mtlint-data/src/pack.rs",
    "crates/mtlint-document/src/files/",
    "crates/mtlint-document/src/load/",
    "crates/mtlint-engine/src/config/",
    // What listens and what logs; no text is ever written to a file, so nothing else of the service may.
    "crates/mtlint-serve/src/log.rs",
    "crates/mtlint-serve/src/pool.rs",
    "crates/mtlint-serve/src/server.rs",
    "crates/mtlint-records/src/",
    // The command line as a function, and which process this is.
    "crates/mtlint-python/src/lib.rs",
    "crates/mtlint-python/src/pool.rs",
];

/// A source file: its path below the project, the row of the table it belongs to, and its text without tests,
/// comments and strings.
struct Source {
    path: String,
    row: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        collect(&entry.unwrap().path().join("src"), &mut files);
    }
    files.retain(|file| !is_for_tests(file));
    files.sort();
    assert!(files.len() > 30, "the sources are found");
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            let text = fs::read_to_string(&file).unwrap();
            Source { row: row_of(&path), path, code: code_of(&text) }
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

/// The row of a source file.
fn row_of(path: &str) -> String {
    let (package, path) = path.split_once("src/").unwrap();
    let package = package.strip_prefix("crates/mtlint-").map_or("mtlint", |name| name.trim_end_matches('/'));
    row(package, path.split('/').next().unwrap().trim_end_matches(".rs"))
}

/// The row of a module, or of the crate as a whole.
fn row(package: &str, module: &str) -> String {
    let name = format!("{package}::{module}");
    if ALLOWED.iter().any(|(known, _)| *known == name) { name } else { package.to_owned() }
}

/// The rows that `code` of a crate names, after `crate::` or the name of another, also in `use crate::{a, b::c}`.
fn uses(package: &str, code: &str) -> Vec<String> {
    let packages = ALLOWED.iter().map(|(name, _)| name.split("::").next().unwrap());
    let mut packages: Vec<&str> = packages.filter(|name| *name != "mtlint").collect();
    packages.dedup();
    let prefixes = packages.iter().map(|name| (*name, format!("mtlint_{name}::")));
    let prefixes = prefixes.chain([(package, "crate::".to_owned())]);
    let mut rows = Vec::new();
    for (package, prefix) in prefixes {
        rows.extend(names_after(&prefix, code).iter().map(|name| row(package, name)));
    }
    rows
}

/// What stands after a prefix in `code`, also in a list in braces.
fn names_after(prefix: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
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
    for Source { path, row, code } in sources() {
        if path == "src/lib.rs" || path == "src/main.rs" || path == "crates/mtlint-engine/src/lib.rs" {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == row) else {
            wrong.push(format!("{path}: `{row}` has no row in this table"));
            continue;
        };
        let package = row.split("::").next().unwrap();
        for used in uses(package, &code) {
            // A name without a row is none of the project's: it stands in a string.
            let is_ours = ALLOWED.iter().any(|(name, _)| *name == used);
            if is_ours && used != row && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{path}: `{row}` uses `{used}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a client sends is in memory and nowhere else.
#[test]
fn what_is_sent_touches_no_file() {
    let opens = ["std::fs", "tokio::fs", "File::", "tempfile", "OpenOptions"];
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|source| matches!(source.row.as_str(), "mcp" | "serve" | "requests"))
        .filter(|source| opens.iter().any(|open| source.code.contains(open)))
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn no_check_uses_another() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.row == "engine::checks" && source.code.contains("crate::checks"))
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_world_is_reached_through_few_doors() {
    let mut wrong = Vec::new();
    for Source { path, code, .. } in sources() {
        if DOORS.iter().any(|door| path.starts_with(door)) {
            continue;
        }
        for outside in OUTSIDE.iter().filter(|outside| code.contains(**outside)) {
            wrong.push(format!("{path}: `{outside}`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever embeds the linter gets no command line, no server, no reports: not even through a crate of a crate.
#[test]
fn the_facade_brings_no_face_with_it() {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let lock: toml::Table = lock.parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    let mut reached = vec!["mtlint-engine"];
    let mut next = 0;
    while let Some(name) = reached.get(next).copied() {
        let of_name = packages.iter().filter(|package| package["name"].as_str() == Some(name));
        let needs = of_name.filter_map(|package| package.get("dependencies")?.as_array()).flatten();
        // A version follows the name where there are several.
        for need in needs.filter_map(|need| need.as_str()?.split(' ').next()) {
            if !reached.contains(&need) {
                reached.push(need);
            }
        }
        next += 1;
    }
    assert!(reached.contains(&"mtlint-document"), "the dependencies are read");
    let faces = [
        "mtlint",
        "mtlint-report",
        "clap",
        "lsp-server",
        "lsp-types",
        "maud",
        "indicatif",
        "ctrlc",
        "tokio",
        "axum",
        "rmcp",
    ];
    let wrong: Vec<&str> = faces.into_iter().filter(|face| reached.contains(face)).collect();
    assert!(wrong.is_empty(), "mtlint-engine depends on {wrong:?}");
}

#[test]
fn the_reader_of_uses_sees_lists() {
    assert_eq!(
        uses(
            "engine",
            "use crate::{rule::{A, B}, score, lint::C};\ncrate::engine::run() + mtlint_text::Span"
        ),
        ["text", "engine::rule", "engine::score", "engine::lint", "engine::engine"]
    );
}
