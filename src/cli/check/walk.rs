//! Which files are meant by the paths a user gives.

use crate::document::load;
use crate::report::Failure;
use ignore::WalkBuilder;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Standard input among the paths.
pub(in crate::cli) const STDIN: &str = "-";

/// The files that `paths` mean, in path order, each once, and whether the user named it: a file
/// itself, whatever its name; in a folder, the files of the formats that are read, but for hidden
/// ones and those that `.gitignore` and `.mtlintignore` exclude. Links to folders are not followed,
/// so there are no loops. What cannot be walked is told as failures.
pub(in crate::cli) fn files(paths: &[PathBuf]) -> (BTreeMap<PathBuf, bool>, Vec<Failure>) {
    let mut found = Found::default();
    for (rank, path) in paths.iter().enumerate() {
        found.rank = rank;
        if path.as_os_str() != STDIN && path.is_dir() {
            found.walk(path);
        } else {
            found.add(path, Place { is_unnamed: false, is_link: path.is_symlink(), rank });
        }
    }
    (found.distinct(), found.failures)
}

/// How a file was found. Of several names of one file, the one with the least place is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    is_unnamed: bool,
    is_link: bool,
    /// Which argument led to it.
    rank: usize,
}

#[derive(Default)]
struct Found {
    files: BTreeMap<PathBuf, Place>,
    failures: Vec<Failure>,
    /// Which argument is at hand.
    rank: usize,
}

impl Found {
    /// Notes a file by its shortest name: without `.` among its folders.
    fn add(&mut self, path: &Path, place: Place) {
        let known = self.files.entry(path.components().collect()).or_insert(place);
        *known = place.min(*known);
    }

    fn walk(&mut self, folder: &Path) {
        let mut builder = WalkBuilder::new(folder);
        builder.add_custom_ignore_filename(".mtlintignore").require_git(false);
        for entry in builder.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.failures.push(failure(folder, &error));
                    continue;
                }
            };
            let path = entry.path();
            let kind = entry.file_type();
            let is_link = kind.is_some_and(|kind| kind.is_symlink());
            // A link that leads nowhere is a file that cannot be read, and is told as such.
            let is_file = kind.is_some_and(|kind| kind.is_file()) || is_link && !path.is_dir();
            if is_file && load::Format::known(path).is_some() {
                let place = Place { is_unnamed: true, is_link, rank: self.rank };
                self.add(path.strip_prefix(".").unwrap_or(path), place);
            }
        }
    }

    /// The files without second names of the same file.
    fn distinct(&mut self) -> BTreeMap<PathBuf, bool> {
        let mut files: Vec<(PathBuf, Place)> = std::mem::take(&mut self.files).into_iter().collect();
        if self.rank > 0 || files.iter().any(|(_, place)| place.is_link) {
            files.sort_by_key(|(_, place)| *place);
            let mut seen = HashSet::new();
            files.retain(|(path, _)| {
                path.as_os_str() == STDIN || path.canonicalize().map_or(true, |path| seen.insert(path))
            });
        }
        files.into_iter().map(|(path, place)| (path, !place.is_unnamed)).collect()
    }
}

/// What kept the walker from a path, with the path's own name.
fn failure(folder: &Path, error: &ignore::Error) -> Failure {
    let mut path = folder;
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: place, err } => {
                path = place;
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        };
    }
    // The walker wraps what the system says, and names the path a second time.
    let message = match inner.io_error() {
        Some(error) => load::explain(error),
        None => inner.to_string(),
    };
    let path = path.strip_prefix(".").unwrap_or(path);
    Failure { path: path.display().to_string(), message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn names(root: &Path, paths: &[PathBuf]) -> Vec<String> {
        let (files, failures) = files(paths);
        assert_eq!(failures, []);
        files.keys().map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn a_folder_means_its_texts() {
        let root = tree(&[
            ("b.txt", ""),
            ("a/c.md", ""),
            ("a/d.rs", ""),
            ("a/NOTES", ""),
            (".hidden/e.txt", ""),
            ("f.html", ""),
            ("g.jsonl", ""),
            (".gitignore", "f.html\n"),
            ("a/.mtlintignore", "h.*\n"),
            ("a/h.txt", ""),
        ]);
        let root = root.path();
        assert_eq!(names(root, &[root.to_path_buf()]), ["a/c.md", "b.txt", "g.jsonl"]);
        // What is named is read, whatever its name and whatever excludes it.
        let named = ["a/NOTES", "f.html", "./a/h.txt"].map(|name| root.join(name));
        assert_eq!(names(root, &named), ["a/NOTES", "a/h.txt", "f.html"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_several_names_is_read_once() {
        let root = tree(&[("b.txt", ""), ("a/c.txt", "")]);
        let root = root.path();
        std::os::unix::fs::symlink(root.join("b.txt"), root.join("a/link.txt")).unwrap();
        assert_eq!(names(root, &[root.to_path_buf()]), ["a/c.txt", "b.txt"]);
        let twice = [root.to_path_buf(), root.join("a/../a")];
        assert_eq!(names(root, &twice), ["a/c.txt", "b.txt"]);
        // The name that the user gives wins.
        assert_eq!(names(root, &[root.to_path_buf(), root.join("a/link.txt")]), ["a/c.txt", "a/link.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_do_no_harm() {
        let root = tree(&[("a/b/c.txt", "")]);
        let root = root.path();
        std::os::unix::fs::symlink(root.join("a"), root.join("a/b/up")).unwrap();
        std::os::unix::fs::symlink("itself.txt", root.join("itself.txt")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("gone.txt")).unwrap();
        // The last two cannot be read, which reading them tells.
        assert_eq!(names(root, &[root.to_path_buf()]), ["a/b/c.txt", "gone.txt", "itself.txt"]);
        let told = load::read(&root.join("itself.txt")).unwrap_err().to_string();
        assert!(told.contains("itself.txt: cannot be read: "), "{told}");
        assert!(load::read(&root.join("gone.txt")).unwrap_err().message.starts_with("there is no such file"));
    }

    #[test]
    fn a_failure_names_the_path_that_failed() {
        let denied = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let error = ignore::Error::WithDepth {
            depth: 1,
            err: Box::new(ignore::Error::WithPath {
                path: PathBuf::from("a/locked"),
                err: Box::new(ignore::Error::Io(denied)),
            }),
        };
        let Failure { path, message } = failure(Path::new("a"), &error);
        assert_eq!(
            (path.as_str(), message.as_str()),
            ("a/locked", "you may not read it; check its permissions")
        );
    }
}
