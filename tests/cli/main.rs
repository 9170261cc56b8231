//! The command line as its users see it: the built binary, run on files.

mod checking;
mod conformance;
mod decisions;
mod fixing;
mod formats;
mod gate;
mod help;
mod html;
mod inject;
mod localisation;
mod mcp;
mod names;
mod original;
mod packages;
mod records;
mod rules;
mod safety;
mod schemas;
mod scores;
mod serving;
mod snapshots;
mod terminal;
mod width;

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// `mtlint` in `folder`, without the user's configuration or terminal.
fn mtlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mtlint"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What a command came to: its exit code, standard output and standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

/// Text that one rule minds, once.
const DAMAGED: &str = "The ferry left at noon. . It came back at night.\n";
/// The same, mended.
const MENDED: &str = "The ferry left at noon. It came back at night.\n";
/// What tests select, so that they stay true when rules are added.
const SELECT: &str = "--select=punctuation/repeated-stop";
