//! Writes the table of the checks: every module of `src/checks/` with a function `checker`, by the id of its rule.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src/checks");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("src/checks");
    let mut checks = Vec::new();
    for family in entries(&root).into_iter().filter(|path| path.is_dir()) {
        // A folder holds what a check is parted into.
        for path in entries(&family).into_iter().filter(|path| path.is_file()) {
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            if text.contains("pub fn checker(") {
                let module = path.strip_prefix(&root).expect("found below it").with_extension("");
                checks.push(module.to_str().expect("the path of a module is UTF-8").replace('\\', "/"));
            }
        }
    }
    checks.sort();
    let mut table = String::from("&[\n");
    for module in checks {
        let (id, path) = (module.replace('_', "-"), module.replace('/', "::"));
        writeln!(table, "    ({id:?}, crate::checks::{path}::checker),").expect("a string takes it");
    }
    table.push(']');
    let target = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("checks.rs");
    fs::write(&target, table).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder entry can be read").path()).collect()
}
