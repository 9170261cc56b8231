//! Which files are passed over, so that a run that checks nothing can say why, and so that ignore files
//! can hold for files that are named, too.

use super::args::Args;
use super::walk::IGNORE_FILES;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use mtlint_document::files;
use mtlint_document::load;
use mtlint_engine::config::{Source, absolute};
use mtlint_report::count;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What was passed over.
#[derive(Debug, Default)]
pub(super) struct Excluded {
    by_configuration: usize,
    /// Where the first of these was excluded.
    source: Option<Source>,
    by_ignore_file: usize,
}

impl Excluded {
    /// Counts a file that `exclude` takes in, which is set in `source`.
    pub fn by_configuration(&mut self, source: &Source) {
        self.by_configuration += 1;
        self.source.get_or_insert_with(|| source.clone());
    }

    /// Counts a file that an ignore file takes in.
    pub fn by_ignore_file(&mut self) {
        self.by_ignore_file += 1;
    }

    /// Why there is nothing to check, and what may be done.
    pub fn why_nothing_is_checked(&self, args: &Args) -> String {
        let mut reasons = Vec::new();
        if let Some(source) = &self.source {
            let excludes = if self.by_configuration == 1 { "is" } else { "are" };
            let files = count(self.by_configuration, "file");
            reasons.push(format!("{files} {excludes} excluded by `exclude` in {source}"));
        }
        if self.by_ignore_file > 0 {
            let excludes = if self.by_ignore_file == 1 { "is" } else { "are" };
            reasons.push(format!(
                "{} {excludes} excluded by an ignore file",
                count(self.by_ignore_file, "file")
            ));
        }
        if reasons.is_empty() {
            let places: Vec<String> =
                args.paths.iter().map(|path| format!("`{}`", files::shown(path))).collect();
            reasons.push(format!(
                "in {} lies no file that is read ({}) and that no ignore file excludes",
                places.join(", "),
                load::Format::ENDINGS.map(|(ending, _)| format!(".{ending}")).join(", ")
            ));
        }
        format!("nothing was checked: {}", reasons.join(", "))
    }
}

/// The ignore files of folders, for files that are named and so are met by no walk.
#[derive(Default)]
pub(super) struct IgnoreFiles {
    folders: HashMap<PathBuf, Rc<Folder>>,
}

/// The ignore files of a folder, those that count most first, and whether it is the top of a repository,
/// above which those of git do not hold.
struct Folder {
    matchers: Vec<(Gitignore, bool)>,
    is_repository: bool,
}

impl IgnoreFiles {
    /// Whether an ignore file beside the file at `path` or above excludes it. The nearest that says
    /// something of it decides.
    pub fn exclude(&mut self, path: &Path) -> bool {
        let path = absolute(path);
        let mut is_within_repository = true;
        for folder in path.ancestors().skip(1) {
            let folder = self.folder(folder);
            for (matcher, is_of_git) in &folder.matchers {
                let matched = matcher.matched_path_or_any_parents(&path, false);
                if !matched.is_none() && (is_within_repository || !is_of_git) {
                    return matched.is_ignore();
                }
            }
            is_within_repository &= !folder.is_repository;
        }
        false
    }

    fn folder(&mut self, folder: &Path) -> Rc<Folder> {
        if let Some(known) = self.folders.get(folder) {
            return Rc::clone(known);
        }
        let matchers = IGNORE_FILES.iter().filter_map(|name| {
            let path = folder.join(name);
            // Pipes and devices are not opened.
            if !path.is_file() {
                return None;
            }
            let mut builder = GitignoreBuilder::new(folder);
            // As for a walk: what is wrong with one line leaves the others as they are.
            builder.add(&path);
            Some((builder.build().ok()?, name.contains("git")))
        });
        let ready =
            Rc::new(Folder { matchers: matchers.collect(), is_repository: folder.join(".git").exists() });
        self.folders.insert(folder.to_path_buf(), Rc::clone(&ready));
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_ignore_file_decides() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::create_dir_all(path("site/.git/info")).unwrap();
        fs::create_dir_all(path("site/drafts/old")).unwrap();
        for (name, text) in [
            (".gitignore", "*.md\n"),
            (".mtlintignore", "*.html\n"),
            ("site/.gitignore", "drafts/\n*.log\n"),
            ("site/.git/info/exclude", "notes.txt\n"),
            ("site/.mtlintignore", "!kept.log\n"),
        ] {
            fs::write(path(name), text).unwrap();
        }
        let mut files = IgnoreFiles::default();
        let mut excluded = |name: &str| files.exclude(&path(name));
        assert!(excluded("site/drafts/old/a.txt"));
        assert!(excluded("site/b.log") && !excluded("site/kept.log"));
        assert!(excluded("site/notes.txt") && !excluded("site/a.txt"));
        // Above a repository git does not look, and mtlint's own files hold.
        assert!(!excluded("site/a.md") && excluded("a.md"));
        assert!(excluded("site/a.html"));
    }
}
