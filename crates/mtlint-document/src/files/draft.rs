//! Drafts: the temporary files in which new contents are written, and what a run that was killed left
//! of them.
//!
//! A draft lies beside the file it is for, is locked as long as somebody works on it, and its name
//! tells what it is. `.mtlint-new-….tmp` is being written. `.mtlint-INODE-DIGEST.tmp` is about to change
//! places with a file: as long as its inode is INODE it is still the draft; afterwards it is the old
//! version of the file, which can go if its content is the one that was checked, of that DIGEST.

use super::version::{Digest, Place};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

const PREFIX: &str = ".mtlint-";
const FRESH: &str = "new-";
const SUFFIX: &str = ".tmp";

/// How often a name is tried.
const TRIES: u32 = 1000;

/// A draft; its file is removed when it goes out of use, unless it was put in place.
pub(super) struct Draft {
    pub file: File,
    pub path: PathBuf,
    is_mine: bool,
}

impl Draft {
    /// A new draft in a folder. `is_private` while only its owner may read it, which holds until it
    /// gets the permissions of the file it replaces; else it has those of any new file.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(folder: &Path, is_private: bool) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // The system takes the umask off.
            options.mode(if is_private { 0o600 } else { 0o666 });
        }
        #[cfg(not(unix))]
        let _ = is_private;
        for number in 0..TRIES {
            let path = folder.join(format!("{PREFIX}{FRESH}{}-{number}{SUFFIX}", std::process::id()));
            let file = match options.open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            };
            lock(&file);
            // Another run may have taken it for a leftover before it was locked.
            if is_at(&file, &path) {
                return Ok(Self { file, path, is_mine: true });
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Gives it the name that tells which content it is to replace.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn announce(&mut self, replaced: Digest) -> io::Result<()> {
        let inode = Place::of(&self.file.metadata()?).inode();
        let name = format!("{PREFIX}{inode:x}-{:032x}{SUFFIX}", replaced.0);
        let path = self.path.with_file_name(name);
        fs::rename(&self.path, &path)?;
        self.path = path;
        Ok(())
    }

    /// Gives it the name `path`; what had that name is gone.
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn put(mut self, path: &Path) -> io::Result<()> {
        fs::rename(&self.path, path)?;
        self.is_mine = false;
        Ok(())
    }

    /// Leaves what has its name to whoever finds it.
    pub fn leave(mut self) {
        self.is_mine = false;
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.is_mine {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Tells other runs that somebody works on a file. Where nothing can be locked, none looks for leftovers
/// in time to do harm.
fn lock(file: &File) {
    let _ = file.lock();
}

fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(file), Ok(named)) => Place::of(&file) == Place::of(&named),
        _ => false,
    }
}

/// A leftover that was kept: another program wrote to the file while it was replaced, and what it wrote
/// is here only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept(pub PathBuf);

/// Removes from a folder what runs that were killed have left there; returns what must not be removed.
pub fn remove_leftovers(folder: &Path) -> Vec<Kept> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| {
        let entry = entry.ok()?;
        let name = entry.file_name();
        let middle = name.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
        Some((entry.path(), middle.to_owned()))
    });
    paths.filter_map(|(path, middle)| remove_leftover(path, &middle)).collect()
}

fn remove_leftover(path: PathBuf, middle: &str) -> Option<Kept> {
    let is_fresh = middle.starts_with(FRESH);
    let announced = middle.split_once('-').and_then(|(inode, digest)| {
        Some((u64::from_str_radix(inode, 16).ok()?, u128::from_str_radix(digest, 16).ok()?))
    });
    // Whatever else has such a name is none of ours.
    if !is_fresh && announced.is_none() || !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut file = super::open(&path).ok()?;
    if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) || !is_at(&file, &path) {
        return None;
    }
    let is_draft = is_fresh
        || announced.is_some_and(|(inode, _)| {
            file.metadata().is_ok_and(|metadata| Place::of(&metadata).inode() == inode)
        });
    let mut is_known =
        || announced.is_some_and(|(_, digest)| Digest::of_rest(&mut file).is_ok_and(|it| it.0 == digest));
    if is_draft || is_known() {
        let _ = fs::remove_file(&path);
        return None;
    }
    Some(Kept(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn leftovers_are_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for other in [".mtlint-notes.tmp", ".mtlint-new.toml", "mtlint-new-1-1.tmp", ".mtlint-.tmp", "a.txt"]
        {
            fs::write(path(other), "ours").unwrap();
        }
        let before = names(folder.path());
        fs::write(path(".mtlint-new-77-0.tmp"), "half a te").unwrap();
        Draft::new(folder.path(), true).unwrap().leave();
        let mut draft = Draft::new(folder.path(), true).unwrap();
        draft.announce(Digest::of(b"old")).unwrap();
        draft.leave();
        // The old version after the exchange.
        let old = format!(".mtlint-1-{:032x}.tmp", Digest::of(b"old").0);
        fs::write(path(&old), "old").unwrap();
        assert_eq!(remove_leftovers(folder.path()), []);
        assert_eq!(names(folder.path()), before);
    }

    #[test]
    fn what_another_program_wrote_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join(format!(".mtlint-1-{:032x}.tmp", Digest::of(b"old").0));
        fs::write(&old, "old and more").unwrap();
        assert_eq!(remove_leftovers(folder.path()), [Kept(old.clone())]);
        assert_eq!(fs::read_to_string(old).unwrap(), "old and more");
    }

    #[test]
    fn a_draft_in_work_is_no_leftover() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::new(folder.path(), false).unwrap();
        assert_eq!(remove_leftovers(folder.path()), []);
        assert!(draft.path.exists());
        let path = draft.path.clone();
        drop(draft);
        assert!(!path.exists());
    }
}
