//! Folders of rules of the user's own: `FAMILY/NAME.toml`, as the rules built in.

use super::archive::Archives;
use super::discover::for_people;
use ignore::WalkBuilder;
use mtlint_document::files;
use mtlint_text::toml_file::Problem;
use std::path::{Path, PathBuf};

/// A rule file, as the registry takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its path in the folder, without its ending: `quotation/house-style`.
    pub id: String,
    /// The file as the user knows it.
    pub file: String,
    pub text: String,
}

/// The rule files of a folder, sorted by id.
///
/// # Errors
/// When the folder is not there or holds no rule file; every file that cannot be read.
pub fn rule_texts(folder: &Path) -> Result<Vec<RuleText>, Vec<Problem>> {
    texts_in(folder, &Archives::default())
}

/// The same, of a folder that may lie in an archive.
pub(super) fn texts_in(folder: &Path, archives: &Archives) -> Result<Vec<RuleText>, Vec<Problem>> {
    let whole = |message: &str| vec![Problem::new(&files::shown(folder), None, message)];
    let mut problems = Vec::new();
    let paths: Vec<PathBuf> = match archives.below(folder) {
        Some(paths) => paths.into_iter().map(Path::to_path_buf).collect(),
        None if !folder.is_dir() => return Err(whole("there is no such folder")),
        None => walk(folder, |error| problems.append(&mut whole(&error))),
    };
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let file = for_people(path);
        match archives.read_text(path) {
            Ok(text) => texts.push(RuleText { id: id(folder, path), file, text }),
            Err(error) => problems.push(Problem::new(&file, None, format!("cannot be read: {error}"))),
        }
    }
    if texts.is_empty() && problems.is_empty() {
        return Err(whole("holds no rule file; a rule lies in FAMILY/NAME.toml"));
    }
    texts.sort_by(|a, b| a.id.cmp(&b.id));
    if problems.is_empty() { Ok(texts) } else { Err(problems) }
}

/// The files below a folder; what cannot be looked at is told.
fn walk(folder: &Path, mut tell: impl FnMut(String)) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in WalkBuilder::new(folder).standard_filters(false).hidden(true).build() {
        match entry {
            Ok(entry) if entry.path().is_dir() => {}
            Ok(entry) => paths.push(entry.into_path()),
            Err(error) => tell(error.to_string()),
        }
    }
    paths
}

/// One rule file, whose folder is its family.
///
/// # Errors
/// When it cannot be read.
pub fn rule_text(path: &Path) -> Result<RuleText, Vec<Problem>> {
    let file = for_people(path);
    // A bare name in the current folder has its family in the folder's own name.
    let path = super::absolute(path);
    let folder = path.parent().and_then(Path::parent).unwrap_or(Path::new("/"));
    match files::read_text(&path) {
        Ok(text) => Ok(RuleText { id: id(folder, &path), file, text }),
        Err(error) => Err(vec![Problem::new(&file, None, format!("cannot be read: {error}"))]),
    }
}

fn id(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path).with_extension("");
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_path_is_an_id() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(rule_texts(&root.path().join("no")).unwrap_err()[0].message, "there is no such folder");
        assert!(rule_texts(root.path()).unwrap_err()[0].message.starts_with("holds no rule file"));
        fs::create_dir(root.path().join("quotation")).unwrap();
        fs::write(root.path().join("quotation/house.toml"), "a").unwrap();
        fs::write(root.path().join("quotation/notes.md"), "b").unwrap();
        fs::write(root.path().join("alone.toml"), "c").unwrap();
        let ids: Vec<String> = rule_texts(root.path()).unwrap().into_iter().map(|rule| rule.id).collect();
        assert_eq!(ids, ["alone", "quotation/house"]);
    }
}
