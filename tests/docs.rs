//! The documentation says what is so: the commands of README.md and of the pages in `docs/` are run as a stranger would
//! run them, one after the other, in a folder with the project's examples, and what a page prints below a command is
//! what is printed. The figures of `docs/how-good.md` are those of `docs/evaluation.md`.
//!
//! A block is called `console`. In a block with `$ ` before its commands, what stands below a command is what it
//! prints, and a line `…` stands for any lines. In a block without, every line is a command that must succeed.
//! A file is made by a block that follows a line such as `` `locale/de.po`: ``.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The pages that are written by a command and tested where that is.
const GENERATED: [&str; 2] = ["rules.md", "evaluation.md"];

/// What the pages call their texts, and which of the examples stands there.
const TEXTS: [(&str, &str); 16] = [
    ("news/harbour.txt", "harbour.txt"),
    ("news/orchard.html", "orchard.html"),
    ("news/clean/ferry.txt", "clean/ferry.txt"),
    ("inbox/treaty.txt", "treaty.txt"),
    ("texts/treaty.txt", "treaty.txt"),
    ("brief.txt", "treaty.txt"),
    ("brief.md", "observatory.md"),
    ("a.txt", "archive.txt"),
    ("a.html", "orchard.html"),
    ("corpus.jsonl", "briefs.jsonl"),
    ("A/ferry.txt", "clean/ferry.txt"),
    ("B/ferry.txt", "harbour.txt"),
    ("clean/ferry.txt", "clean/ferry.txt"),
    ("article.txt", "harbour.txt"),
    ("article.en.txt", "clean/ferry.txt"),
    ("original.en.txt", "clean/ferry.txt"),
];

/// Files of translations that the pages name and do not show.
const TRANSLATIONS: [(&str, &str); 7] = [
    ("app/en.json", "{\"open\": \"Open the gate\"}\n"),
    ("app/de.json", "{\"open\": \"Das Tor öffnen\"}\n"),
    ("app/fr.json", "{\"open\": \"Ouvrir la porte\"}\n"),
    ("app/ja.json", "{\"open\": \"門を開く\"}\n"),
    ("docs/en/hours.md", "# Hours\n\nThe pier opens at 7 and holds 45 boats.\n"),
    ("docs/de/hours.md", "# Zeiten\n\nDer Anleger öffnet um 7 und fasst 45 Boote.\n"),
    ("docs/fr/hours.md", "# Horaires\n\nLa jetée ouvre à 7 heures et accueille 45 bateaux.\n"),
];

/// What else the pages name: records whose fields have names of their own, and decisions.
const OTHERS: [(&str, &str); 2] = [
    ("decisions.json", "{\"version\": 1, \"documents\": []}\n"),
    (
        "corpus.csv",
        "id,original,translation\n1,Der Anleger fasst 45 Boote.,The pier holds 54 boats.\n\
         2,Die Fähre fuhr mittags ab.,The ferry left at noon.\n",
    ),
];

/// What is not run, and why.
const NOT_RUN: [(&str, &str); 13] = [
    ("cargo ", "builds the project"),
    ("scripts/", "measures the project"),
    ("--interactive", "asks at a terminal; tests/cli/terminal.rs does so"),
    ("--watch", "goes on for ever; tests/cli/terminal.rs holds it"),
    ("mtlint mcp", "waits for an assistant; tests/cli/mcp.rs and the tests of mtlint-mcp hold it"),
    ("mtlint serve", "waits for requests, or for an editor; tests/lsp and the tests of mtlint-serve hold it"),
    ("curl ", "needs the network"),
    ("pip ", "needs the network"),
    ("brew ", "needs the network"),
    ("docker ", "needs the network"),
    ("nix ", "needs the network"),
    ("maturin ", "builds the project; scripts/test-python does so"),
    (".parquet", "needs a build with the Arrow libraries"),
];

/// A block of code.
#[derive(Debug)]
struct Block {
    /// The number of its first line.
    line: usize,
    language: String,
    text: String,
    /// The file that it is, when the line before names one.
    file: Option<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The pages, relative to the project.
fn pages() -> Vec<String> {
    let entries = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut pages: Vec<String> = entries
        .map(|name| name.into_string().unwrap())
        .filter(|name| name.ends_with(".md") && !GENERATED.contains(&name.as_str()))
        .map(|name| format!("docs/{name}"))
        .chain(["README.md".to_owned()])
        .collect();
    pages.sort();
    pages
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut before = "";
    for (index, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => {
                let is_file = before.starts_with('`') && before.ends_with(':');
                let file = is_file.then(|| before.split('`').nth(1).map(str::to_owned)).flatten();
                before = "";
                open =
                    Some(Block { line: index + 2, language: language.to_owned(), text: String::new(), file });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) if !line.trim().is_empty() => before = line,
            (None, None) => {}
        }
    }
    blocks
}

/// The commands of a block and, if it shows any, what each prints.
fn commands(block: &Block) -> Vec<(String, Option<String>)> {
    let mut commands: Vec<(String, Option<String>)> = Vec::new();
    if block.text.lines().any(|line| line.starts_with("$ ")) {
        for line in block.text.lines() {
            match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), None)),
                (None, Some((command, None))) if command.ends_with('\\') => {
                    command.push('\n');
                    command.push_str(line);
                }
                (None, Some((_, printed))) => {
                    let printed = printed.get_or_insert_default();
                    printed.push_str(line);
                    printed.push('\n');
                }
                (None, None) => panic!("line {}: something is printed before any command", block.line),
            }
        }
        return commands;
    }
    let mut command = String::new();
    for line in block.text.lines() {
        command.push_str(line);
        command.push('\n');
        // A loop goes over several lines.
        let is_whole = Command::new("sh").args(["-n", "-c", &command]).stderr(Stdio::null()).status();
        if is_whole.is_ok_and(|status| status.success()) {
            commands.push((std::mem::take(&mut command), None));
        }
    }
    assert!(command.trim().is_empty(), "line {}: no command of the shell: {command}", block.line);
    commands
}

/// A folder with the project's examples, under their own names and under those that the pages use.
fn playground() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let copy = |from: PathBuf, to: &str| {
        let to = folder.path().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    };
    let examples = root().join("examples");
    for below in ["", "clean"] {
        for entry in fs::read_dir(examples.join(below)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                copy(path.clone(), &name);
            }
        }
    }
    for (name, example) in TEXTS {
        copy(examples.join(example), name);
    }
    for name in ["mtlint.toml", "names.toml", "rules/lantern/dash.toml", "rules/lantern/per-cent.toml"] {
        copy(examples.join("house-style").join(name), &format!("house-style/{name}"));
    }
    for (name, text) in TRANSLATIONS.into_iter().chain(OTHERS) {
        write(&folder.path().join(name), text);
    }
    // The texts of the corpus stand in a field of another name as well.
    let records = fs::read_to_string(examples.join("briefs.jsonl")).unwrap();
    let named = |record: &str| {
        let mut record: serde_json::Value = serde_json::from_str(record).unwrap();
        record["translation"] = serde_json::json!({ "en": record["text"] });
        format!("{record}\n")
    };
    write(&folder.path().join("corpus.jsonl"), &records.lines().map(named).collect::<String>());
    let compressed = fs::File::create(folder.path().join("corpus.jsonl.gz")).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(compressed, flate2::Compression::fast());
    gzip.write_all(records.as_bytes()).unwrap();
    gzip.finish().unwrap();
    // What was committed and pushed: the examples before anybody touched them.
    let git = |args: &[&str]| {
        let identity =
            ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        let done = Command::new("git").args(identity).args(args).current_dir(folder.path()).output();
        assert!(done.is_ok_and(|output| output.status.success()), "git {args:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Texts"]);
    git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    folder
}

/// Runs a command of the shell; its exit code and what it printed.
fn run(command: &str, folder: &Path) -> (i32, String, String) {
    let binary = Path::new(env!("CARGO_BIN_EXE_mtlint")).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", binary.display()))
        .env("HOME", folder)
        .env_remove("COLUMNS")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// Whether `printed` is what a page shows, where a line `…` stands for any lines, none among them.
fn is_shown(shown: &str, printed: &str) -> bool {
    let shown: Vec<&str> = shown.lines().collect();
    let printed: Vec<&str> = printed.trim_end().lines().collect();
    let pieces: Vec<&[&str]> = shown.split(|line| *line == "…").collect();
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    if pieces.len() == 1 {
        return first == printed;
    }
    if !printed.starts_with(first) || !printed.ends_with(last) || first.len() + last.len() > printed.len() {
        return false;
    }
    let mut rest = &printed[first.len()..printed.len() - last.len()];
    for piece in pieces[1..pieces.len() - 1].iter().filter(|piece| !piece.is_empty()) {
        match rest.windows(piece.len()).position(|window| window == *piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[test]
fn an_ellipsis_stands_for_lines() {
    assert!(is_shown("a\nb\n", "a\nb\n") && !is_shown("a\n", "a\nb\n") && !is_shown("b\n", "a\nb\n"));
    assert!(is_shown("a\n…\nc\n", "a\nb\nc\n") && is_shown("…\nb\n…\n", "a\nb\nc\n"));
    assert!(is_shown("a\n…\n", "a\n") && !is_shown("a\n…\na\n", "a\n"));
    assert!(!is_shown("a\n…\nb\n…\nd\n", "a\nc\nd\n") && !is_shown("…\nc\n…\nb\n…\n", "a\nb\nc\n"));
}

#[test]
fn what_the_pages_show_is_what_is_printed() {
    let has_jq = Command::new("jq").arg("--version").output().is_ok();
    let mut wrong = Vec::new();
    let mut run_by_page: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages() {
        let folder = playground();
        for block in blocks(&read(&page)) {
            if let Some(file) = &block.file {
                write(&folder.path().join(file), &block.text);
            }
            if block.language != "console" {
                continue;
            }
            for (command, shown) in commands(&block) {
                if let Some((_, why)) = NOT_RUN.iter().find(|(part, _)| command.contains(part)) {
                    println!("{page}:{}: not run, {why}: {}", block.line, command.trim());
                    continue;
                }
                if command.contains("jq ") && !has_jq {
                    println!("{page}:{}: not run, jq is not here: {}", block.line, command.trim());
                    continue;
                }
                *run_by_page.entry(page.clone()).or_default() += 1;
                let (code, out, err) = run(&command, folder.path());
                // A pipe or a loop may end well where a part of it did not.
                if code != 0 && code != 1 || err.contains("error:") {
                    wrong.push(format!(
                        "{page}:{}: `{}` ends with {code}:\n{err}",
                        block.line,
                        command.trim()
                    ));
                } else if let Some(shown) = shown.filter(|shown| !is_shown(shown, &out)) {
                    wrong.push(format!(
                        "{page}:{}: below `{command}` stands\n{shown}but printed is\n{out}",
                        block.line
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} commands of the pages do something else:\n\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(run_by_page.contains_key("README.md") && run_by_page.len() >= 8, "{run_by_page:?}");
}

#[test]
fn how_good_it_is_was_measured() {
    let measured = read("docs/evaluation.md");
    let rows: Vec<&str> = measured.lines().filter(|line| line.starts_with('|')).collect();
    let page = read("docs/how-good.md");
    let mut checked = 0;
    for row in page.lines().filter(|line| line.starts_with('|') && line.chars().any(|c| c.is_ascii_digit())) {
        assert!(
            rows.contains(&row),
            "docs/how-good.md says\n{row}\nwhich docs/evaluation.md does not: copy its rows again"
        );
        checked += 1;
    }
    assert!(checked >= 8, "only {checked} rows of figures");
    // The articles of a first contact are there without exception: those with bad figures, too.
    let (_, articles) = measured.split_once("## Articles written for a first contact").unwrap();
    let (articles, _) = articles.split_once("\n## ").unwrap();
    for row in articles.lines().filter(|line| line.starts_with("| 20")) {
        assert!(page.contains(row), "docs/how-good.md leaves out\n{row}");
    }
}
