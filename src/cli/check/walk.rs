//! Which files are meant by the paths a user gives.

use ignore::{DirEntry, WalkBuilder};
use mtlint_document::files;
use mtlint_document::load;
use mtlint_report::Failure;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Standard input among the paths.
pub(in crate::cli) const STDIN: &str = "-";

/// How a file was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Found {
    /// The user named it.
    Named,
    /// In a folder that the user named.
    Inside,
    /// By a link in such a folder that leads out of it.
    Outside,
}

/// The files that `paths` mean, in path order, each once, and how each was met: a file itself,
/// whatever its name; in a folder, the files of the formats that are read, but for hidden ones and
/// those that `.gitignore` and `.mtlintignore` exclude. Links to folders are not followed, so there
/// are no loops. What cannot be walked is told as failures.
pub(in crate::cli) fn files(paths: &[PathBuf]) -> (BTreeMap<PathBuf, Found>, Vec<Failure>) {
    files_of(paths, &|path| load::Format::known(path).is_some())
}

/// The same with those files of folders that `is_meant` takes.
pub(in crate::cli) fn files_of(
    paths: &[PathBuf],
    is_meant: &dyn Fn(&Path) -> bool,
) -> (BTreeMap<PathBuf, Found>, Vec<Failure>) {
    let mut walker = Walker { is_meant, files: BTreeMap::new(), failures: Vec::new(), rank: 0 };
    for (rank, path) in paths.iter().enumerate() {
        walker.rank = rank;
        if path.as_os_str() != STDIN && path.is_dir() {
            walker.walk(path);
        } else {
            walker.add(path, Place { found: 0, is_link: path.is_symlink(), rank });
        }
    }
    (walker.distinct(), walker.failures)
}

/// How a file was found. Of several names of one file, the one with the least place is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Its place in [`WAYS`].
    found: usize,
    is_link: bool,
    /// Which argument led to it.
    rank: usize,
}

/// The ways to meet a file, the one that counts most first.
const WAYS: [Found; 3] = [Found::Named, Found::Inside, Found::Outside];

struct Walker<'a> {
    /// Which files of a folder are taken.
    is_meant: &'a dyn Fn(&Path) -> bool,
    files: BTreeMap<PathBuf, Place>,
    failures: Vec<Failure>,
    /// Which argument is at hand.
    rank: usize,
}

/// The files that keep others from being walked, those that count most first.
pub(super) const IGNORE_FILES: [&str; 4] = [".mtlintignore", ".ignore", ".gitignore", ".git/info/exclude"];

/// An ignore file of a folder that must not be opened, and what it is.
fn irregular_ignore_file(folder: &Path) -> Option<(PathBuf, &'static str)> {
    let paths = IGNORE_FILES.iter().map(|name| folder.join(name));
    paths.into_iter().find_map(|path| files::irregular(&path).map(|kind| (path, kind)))
}

impl Walker<'_> {
    /// Notes a file by its shortest name: without `.` among its folders.
    fn add(&mut self, path: &Path, place: Place) {
        let known = self.files.entry(path.components().collect()).or_insert(place);
        *known = place.min(*known);
    }

    fn walk(&mut self, folder: &Path) {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        // Ignore files are opened by the walker, without a look at what they are.
        let refused = Arc::new(Mutex::new(Vec::new()));
        let is_refused = {
            let refused = Arc::clone(&refused);
            move |folder: &Path| match irregular_ignore_file(folder) {
                None => false,
                Some((path, kind)) => {
                    let message = format!("it is {kind}, no regular file; the folder is passed over");
                    let failure = Failure { path: path.display().to_string(), message };
                    refused.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
                    true
                }
            }
        };
        if !real.ancestors().any(&is_refused) {
            let mut builder = WalkBuilder::new(folder);
            builder.add_custom_ignore_filename(".mtlintignore").require_git(false);
            builder.filter_entry(move |entry| {
                !entry.file_type().is_some_and(|kind| kind.is_dir()) || !is_refused(entry.path())
            });
            for entry in builder.build() {
                match entry {
                    Ok(entry) => self.meet(&entry, &real),
                    Err(error) => self.failures.push(failure(folder, &error)),
                }
            }
        }
        self.failures.append(&mut refused.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Notes what is met in a folder, given the folder's real path.
    fn meet(&mut self, entry: &DirEntry, folder: &Path) {
        let path = entry.path();
        let kind = entry.file_type();
        let is_link = kind.is_some_and(|kind| kind.is_symlink());
        // A link that leads nowhere is a file that cannot be read, and is told as such.
        let is_file = kind.is_some_and(|kind| kind.is_file())
            || is_link && !path.is_dir() && files::irregular(path).is_none();
        if is_file && (self.is_meant)(path) {
            let is_outside = is_link && path.canonicalize().is_ok_and(|real| !real.starts_with(folder));
            let found = if is_outside { 2 } else { 1 };
            let place = Place { found, is_link, rank: self.rank };
            self.add(path.strip_prefix(".").unwrap_or(path), place);
        }
    }

    /// The files without second names of the same file.
    fn distinct(&mut self) -> BTreeMap<PathBuf, Found> {
        let mut files: Vec<(PathBuf, Place)> = std::mem::take(&mut self.files).into_iter().collect();
        if self.rank > 0 || files.iter().any(|(_, place)| place.is_link) {
            files.sort_by_key(|(_, place)| *place);
            let mut seen = HashSet::new();
            files.retain(|(path, _)| {
                path.as_os_str() == STDIN || path.canonicalize().map_or(true, |path| seen.insert(path))
            });
        }
        files.into_iter().map(|(path, place)| (path, WAYS[place.found])).collect()
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
        let (files, failures) = super::files(paths);
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

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_not_opened() {
        let root = tree(&[("a.txt", ""), ("b/c.txt", ""), ("d/e.txt", "")]);
        let root = root.path();
        let pipe = |name: &str| {
            let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
            rustix::fs::mkfifoat(rustix::fs::CWD, root.join(name), mode).unwrap();
        };
        pipe("f.txt");
        std::os::unix::fs::symlink("/dev/zero", root.join("g.txt")).unwrap();
        assert_eq!(names(root, &[root.to_path_buf()]), ["a.txt", "b/c.txt", "d/e.txt"]);
        pipe("b/.mtlintignore");
        pipe("d/.gitignore");
        let (files, failures) = super::files(&[root.to_path_buf()]);
        assert_eq!(files.len(), 1);
        let told: Vec<&str> = failures.iter().map(|failure| failure.message.as_str()).collect();
        assert_eq!(told, ["it is a named pipe, no regular file; the folder is passed over"; 2]);
        assert_eq!(super::files(&[root.join("b")]).0.len(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_known_as_such() {
        let (root, other) = (tree(&[("a.txt", ""), ("b/c.txt", "")]), tree(&[("d.txt", "")]));
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, root.path().join(name)).unwrap();
        link(&other.path().join("d.txt"), "out.txt");
        link(&root.path().join("a.txt"), "b/in.txt");
        let found = |path: &Path| super::files(&[path.to_path_buf()]).0.into_values().collect::<Vec<_>>();
        assert_eq!(found(root.path()), [Found::Inside, Found::Inside, Found::Outside]);
        assert_eq!(found(&root.path().join("b")), [Found::Inside, Found::Outside]);
        assert_eq!(found(&root.path().join("out.txt")), [Found::Named]);
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
