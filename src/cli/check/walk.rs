//! Which files are meant by the paths a user gives.

use crate::document::load;
use crate::report::Failure;
use ignore::WalkBuilder;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Standard input among the paths.
pub(super) const STDIN: &str = "-";

/// The files that `paths` mean, in path order, each once: a file itself, whatever its name; in a
/// folder, the files of the formats that are read, but for hidden ones, those that `.gitignore` and
/// `.mtlintignore` exclude, and those that `is_excluded` takes in. Links to folders are not followed,
/// so there are no loops. What cannot be walked is told as failures.
pub(super) fn files(paths: &[PathBuf], is_excluded: impl Fn(&Path) -> bool) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut found = Found::default();
    for (rank, path) in paths.iter().enumerate() {
        found.rank = rank;
        if path.as_os_str() != STDIN && path.is_dir() {
            found.walk(path, &is_excluded);
        } else {
            found.add(path, path.is_symlink());
        }
    }
    (found.distinct(), found.failures)
}

#[derive(Default)]
struct Found {
    /// By name: whether it is a link, and the place of the argument that led to it. Of several names
    /// of one file the one for which this is least is kept.
    files: BTreeMap<PathBuf, (bool, usize)>,
    failures: Vec<Failure>,
    /// The place of the argument at hand.
    rank: usize,
}

impl Found {
    /// Notes a file by its shortest name: without `.` among its folders.
    fn add(&mut self, path: &Path, is_link: bool) {
        self.files.entry(path.components().collect()).or_insert((is_link, self.rank));
    }

    fn walk(&mut self, folder: &Path, is_excluded: &impl Fn(&Path) -> bool) {
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
            if is_file && load::Format::known(path).is_some() && !is_excluded(path) {
                self.add(path.strip_prefix(".").unwrap_or(path), is_link);
            }
        }
    }

    /// The files without second names of the same file.
    fn distinct(&mut self) -> Vec<PathBuf> {
        let files = std::mem::take(&mut self.files);
        if self.rank == 0 && !files.values().any(|(is_link, _)| *is_link) {
            return files.into_keys().collect();
        }
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by_key(|(_, preference)| *preference);
        let mut seen = HashSet::new();
        files.retain(|(path, _)| {
            path.as_os_str() == STDIN || path.canonicalize().map_or(true, |path| seen.insert(path))
        });
        files.sort();
        files.into_iter().map(|(path, _)| path).collect()
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
    let message = match inner.io_error() {
        Some(error) => load::explain(error),
        None => inner.to_string(),
    };
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
        let (files, failures) = files(paths, |path| path.ends_with("left-out.txt"));
        assert_eq!(failures, []);
        files.iter().map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect()
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
            ("left-out.txt", ""),
        ]);
        let root = root.path();
        assert_eq!(names(root, &[root.to_path_buf()]), ["a/c.md", "b.txt", "g.jsonl"]);
        // What is named is read, whatever its name and whatever excludes it.
        let named = ["a/NOTES", "f.html", "./a/h.txt", "left-out.txt"].map(|name| root.join(name));
        assert_eq!(names(root, &named), ["a/NOTES", "a/h.txt", "f.html", "left-out.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_several_names_is_read_once() {
        let root = tree(&[("b.txt", ""), ("a/c.txt", "")]);
        let root = root.path();
        std::os::unix::fs::symlink(root.join("b.txt"), root.join("a/link.txt")).unwrap();
        assert_eq!(names(root, &[root.to_path_buf()]), ["a/c.txt", "b.txt"]);
        let named = [root.to_path_buf(), root.join("a/../b.txt"), root.join("a/../a")];
        assert_eq!(names(root, &named), ["a/c.txt", "b.txt"]);
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
