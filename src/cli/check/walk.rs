//! Which files are meant by the paths a user gives.

use crate::document::load;
use crate::report::Failure;
use ignore::WalkBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files that `paths` mean, in path order, each once, and whether the user named it: a file
/// itself, whatever its name; in a folder, the files of the formats that are read, but for those
/// that `.gitignore` and `.mtlintignore` exclude. What cannot be walked is told as failures.
pub(super) fn files(paths: &[PathBuf]) -> (BTreeMap<PathBuf, bool>, Vec<Failure>) {
    let mut files = BTreeMap::new();
    let mut failures = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut files, &mut failures);
        } else {
            files.insert(path.clone(), true);
        }
    }
    (files, failures)
}

fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, bool>, failures: &mut Vec<Failure>) {
    let mut builder = WalkBuilder::new(folder);
    builder.add_custom_ignore_filename(".mtlintignore").require_git(false);
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file())
                    || entry.path_is_symlink() && entry.path().is_file();
                if is_file && load::Format::known(entry.path()).is_some() {
                    let path = entry.path().strip_prefix(".").unwrap_or(entry.path());
                    files.entry(path.to_path_buf()).or_insert(false);
                }
            }
            Err(error) => {
                failures.push(Failure { path: folder.display().to_string(), message: error.to_string() })
            }
        }
    }
}
