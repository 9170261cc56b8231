//! Finding the files that hold for a text: the configuration, and what is suppressed.

use super::{Config, IgnoreFile};
use mtlint_document::files;
use mtlint_text::toml_file::Problem;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The name of a configuration file.
pub const FILE_NAME: &str = "mtlint.toml";

/// A file that holds for the texts beside and below it.
pub trait Settling: Sized {
    const FILE_NAME: &str;

    /// Reads the text of the file; `name` is the file as the user knows it, `folder` the one that
    /// its paths are relative to, an absolute path.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    fn read(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>>;
}

impl Settling for Config {
    const FILE_NAME: &str = FILE_NAME;

    fn read(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let (config, mut problems) = Self::parse_partly(name, folder, text);
        if problems.is_empty() {
            return Ok(config);
        }
        // Once something is wrong, all that is wrong is told.
        problems.extend(config.problems_of_names());
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Err(problems)
    }
}

/// What is in such a file, or all that is wrong with it.
pub type Found<T> = Result<Arc<T>, Arc<Vec<Problem>>>;

/// The configurations met so far.
pub type Configs = Nearest<Config>;

/// The files of suppressions met so far.
pub type Ignores = Nearest<IgnoreFile>;

/// The files of one name met so far. Texts that share one get the same [`Arc`].
#[derive(Debug, Default)]
pub struct Nearest<T> {
    folders: Mutex<HashMap<PathBuf, Found<T>>>,
    default: Arc<T>,
}

impl<T: Settling> Nearest<T> {
    /// What holds for the text at `path`, which need not exist: the nearest such file in its folder
    /// or above, or else the default.
    ///
    /// # Errors
    /// Everything that is wrong with that file.
    pub fn of_file(&self, path: &Path) -> Found<T> {
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => self.of_folder(folder),
            _ => self.of_folder(Path::new(".")),
        }
    }

    /// What holds in a folder.
    ///
    /// # Errors
    /// As [`Nearest::of_file`].
    pub fn of_folder(&self, given: &Path) -> Found<T> {
        // A thread that panicked has left no entry by half.
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        // Most files lie beside one that was asked about before, and by the same name of the folder.
        if let Some(known) = folders.get(given) {
            return known.clone();
        }
        let folder = absolute(given);
        let mut passed = vec![given.to_path_buf()];
        let mut found = None;
        for ancestor in folder.ancestors() {
            if let Some(known) = folders.get(ancestor) {
                found = Some(known.clone());
                break;
            }
            passed.push(ancestor.to_path_buf());
            found = read(ancestor);
            if found.is_some() {
                break;
            }
        }
        let found = found.unwrap_or_else(|| Ok(Arc::clone(&self.default)));
        for folder in passed {
            folders.insert(folder, found.clone());
        }
        found
    }
}

/// The file in a folder, if there is one.
fn read<T: Settling>(folder: &Path) -> Option<Found<T>> {
    let path = folder.join(T::FILE_NAME);
    let name = for_people(&path);
    match files::read_text(&path) {
        Ok(text) => Some(T::read(&name, folder, &text).map(Arc::new).map_err(Arc::new)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
        Err(error) => {
            Some(Err(Arc::new(vec![Problem::new(&name, None, format!("cannot be read: {error}"))])))
        }
    }
}

/// The path from the root, links followed as far as the path exists.
pub fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    for existing in path.ancestors() {
        if let Ok(real) = existing.canonicalize() {
            return match path.strip_prefix(existing) {
                Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
                _ => real,
            };
        }
    }
    path
}

/// The path as a user in the current folder would write it.
pub fn for_people(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let near = here.as_deref().ok().and_then(|folder| path.strip_prefix(folder).ok());
    files::shown(near.filter(|near| !near.as_os_str().is_empty()).unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Severity;
    use std::fs;

    #[test]
    fn the_nearest_file_holds_alone() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(root.path().join(FILE_NAME), "min-severity = 'major'\nselect = ['casing']").unwrap();
        fs::write(root.path().join("a").join(FILE_NAME), "min-severity = 'minor'").unwrap();
        let configs = Configs::default();
        let near = configs.of_file(&deep.join("x.txt")).unwrap();
        assert_eq!(near.min_severity.value, Severity::Minor);
        assert!(near.select.value.is_empty());
        assert!(Arc::ptr_eq(&near, &configs.of_file(&deep.join("../y.txt")).unwrap()));
        assert_eq!(configs.of_folder(root.path()).unwrap().min_severity.value, Severity::Major);
        let not_there = configs.of_file(&deep.join("no/such/z.txt")).unwrap();
        assert!(Arc::ptr_eq(&near, &not_there));
    }

    #[test]
    fn a_wrong_file_is_wrong_for_all_below_it() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("a")).unwrap();
        fs::write(root.path().join(FILE_NAME), "x = 1").unwrap();
        let problems = Configs::default().of_file(&root.path().join("a/x.txt")).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, Some(1));
    }

    #[test]
    fn exclude_is_relative_to_its_file() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/drafts")).unwrap();
        fs::write(root.path().join(FILE_NAME), "exclude = ['/a/drafts/', '*.html']").unwrap();
        let config = Configs::default().of_folder(root.path()).unwrap();
        assert!(config.excludes(&root.path().join("a/drafts/x.txt")));
        assert!(config.excludes(&root.path().join("b.html")));
        assert!(!config.excludes(&root.path().join("drafts/x.txt")));
        assert!(!config.excludes(Path::new("/elsewhere/b.html")));
    }
}
