//! Replacing the content of a file in one step, and only if it is still the one that was read.

use super::draft::Draft;
use super::version::{Digest, Place, Version};
use super::{attributes, folder_of, open};
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

/// What is told of a file that is not the version that was read.
pub const CHANGED: &str = "it was changed while it was checked, and stays as it is; check it again";

/// How often a file that others go on replacing is given back to them.
const TRIES: usize = 100;

/// Replaces the content of `path`, which keeps its owner, permissions and extended attributes; through
/// a symbolic link, that of the file it leads to. A reader sees the old content or the new, never a
/// part; a process that ends in between leaves one of the two.
///
/// # Errors
/// When the file is not the version that was read, when it is read-only or cannot be replaced without
/// loss, or when its folder cannot be written; the file is then as it was.
pub fn replace(path: &Path, version: &Version, content: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path).map_err(gone)?;
    let mut old = open(&path).map_err(gone)?;
    let metadata = old.metadata()?;
    let digest = version.digest().ok_or_else(changed)?;
    if !version.is_like(&metadata) {
        return Err(changed());
    }
    attributes::refuse(&metadata)?;
    if cfg!(unix) && matches!(old.try_lock(), Err(TryLockError::WouldBlock)) {
        return Err(io::Error::other("another program has locked it"));
    }
    check(&mut old, version, digest)?;
    let mut draft = Draft::new(folder_of(&path), true)?;
    draft.file.write_all(content)?;
    attributes::copy(&old, &metadata, &draft.file)?;
    draft.file.sync_all()?;
    draft.announce(digest)?;
    match exchange(&draft.path, &path) {
        Exchanged::Done => {}
        Exchanged::Unable => {
            // The next best: to look once more, and then to rename.
            check(&mut old, version, digest)?;
            if !version.is_like(&fs::symlink_metadata(&path).map_err(gone)?) {
                return Err(changed());
            }
            return draft.put(&path);
        }
        Exchanged::Failed(error) => return Err(gone(error)),
    }
    // What was at the path has now the name of the draft. If it is not what was checked, it goes back.
    let is_same =
        fs::symlink_metadata(&draft.path).is_ok_and(|named| Place::of(&named) == Place::of(&metadata));
    if is_same && check(&mut old, version, digest).is_ok() {
        return Ok(());
    }
    give_back(draft, &path)
}

/// Undoes an exchange. Whatever others put at the path in the meantime is newer than what was there, and
/// stays.
fn give_back(draft: Draft, path: &Path) -> io::Result<()> {
    let at_draft = || fs::symlink_metadata(&draft.path).ok().as_ref().map(Place::of);
    // What was put at the path last, as far as is known here. When something else is met there, others
    // have put it there since, over what was there.
    let mut put = Some(Place::of(&draft.file.metadata()?));
    for _ in 0..TRIES {
        let back = at_draft();
        if let Exchanged::Failed(error) = exchange(&draft.path, path) {
            // Removed since, which is the last word on it.
            if error.kind() == io::ErrorKind::NotFound {
                return Err(changed());
            }
            draft.leave();
            return Err(error);
        }
        if at_draft() == put {
            return Err(changed());
        }
        put = back;
    }
    let name = super::shown(&draft.path);
    draft.leave();
    Err(io::Error::other(format!("others go on replacing it; a version of it is in {name}")))
}

/// Puts into `path`, which may be there or not, what `write` writes.
///
/// # Errors
/// When the file is read-only or cannot be replaced without loss, when its folder cannot be written,
/// and when `write` fails; the file is then as it was.
pub fn put(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let mut pending = Pending::of(path)?;
    write(&mut pending.draft.file)?;
    pending.put()
}

/// New content for a file, in the making: it lies beside the file and takes its name once it is whole. When it goes
/// out of use before, it is removed; what a killed process leaves, [`super::remove_leftovers`] knows.
pub struct Pending {
    draft: Draft,
    path: PathBuf,
    /// What it replaces.
    old: Option<(File, Metadata)>,
}

impl Pending {
    /// Begins one for `path`, which may be there or not.
    ///
    /// # Errors
    /// When the file is read-only or cannot be replaced without loss, or when its folder cannot be written.
    pub fn of(path: &Path) -> io::Result<Self> {
        if !fs::exists(path)? {
            let draft = Draft::new(folder_of(path), false)?;
            return Ok(Self { draft, path: path.to_path_buf(), old: None });
        }
        let path = fs::canonicalize(path)?;
        let old = open(&path)?;
        let metadata = old.metadata()?;
        attributes::refuse(&metadata)?;
        let draft = Draft::new(folder_of(&path), true)?;
        Ok(Self { draft, path, old: Some((old, metadata)) })
    }

    /// What the content is written to.
    pub fn file(&self) -> &File {
        &self.draft.file
    }

    /// Gives it the name of the file.
    ///
    /// # Errors
    /// When it cannot be kept; the file is then as it was.
    pub fn put(self) -> io::Result<()> {
        if let Some((old, metadata)) = &self.old {
            attributes::copy(old, metadata, &self.draft.file)?;
        }
        self.draft.file.sync_all()?;
        self.draft.put(&self.path)
    }
}

/// Whether an open file is still the version that was read, to the last byte.
fn check(file: &mut File, version: &Version, digest: Digest) -> io::Result<()> {
    file.rewind()?;
    let is_same = Digest::of_rest(file)? == digest && version.is_like(&file.metadata()?);
    if is_same { Ok(()) } else { Err(changed()) }
}

fn changed() -> io::Error {
    io::Error::other(CHANGED)
}

/// The error of a file that is not there any more is one of a file that changed.
fn gone(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => io::Error::other("it was removed while it was checked"),
        _ => error,
    }
}

/// What came of letting two files change their names.
enum Exchanged {
    Done,
    /// The system, or this file system, does not know how.
    Unable,
    Failed(io::Error),
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> Exchanged {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Exchanged::Done,
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Exchanged::Unable,
        Err(error) => Exchanged::Failed(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> Exchanged {
    Exchanged::Unable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version_of(path: &Path) -> Version {
        let version = Version::of(&fs::metadata(path).unwrap());
        version.note(Digest::of(&fs::read(path).unwrap()));
        version
    }

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[cfg(unix)]
    #[test]
    fn what_a_file_is_beside_its_content_stays() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        let has_attributes = xattr::set(&file, "user.source", b"feed").is_ok();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        replace(&link, &version_of(&link), b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        if has_attributes {
            assert_eq!(xattr::get(&file, "user.source").unwrap().as_deref(), Some(&b"feed"[..]));
        }
        put(&file, |file| file.write_all(b"newer")).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o640);
        assert_eq!(count(folder.path()), 2, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn an_owner_that_is_another_stays() {
        use std::os::unix::fs::{MetadataExt, chown};
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "old").unwrap();
        // Only the superuser can give a file away.
        if chown(&file, Some(4242), Some(4243)).is_err() {
            return;
        }
        replace(&file, &version_of(&file), b"new").unwrap();
        let metadata = fs::metadata(&file).unwrap();
        assert_eq!((metadata.uid(), metadata.gid()), (4242, 4243));
    }

    #[test]
    fn what_cannot_be_replaced_without_loss_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "old").unwrap();
        let refused = |told: &str| {
            assert_eq!(replace(&file, &version_of(&file), b"new").unwrap_err().to_string(), told);
            assert_eq!(put(&file, |file| file.write_all(b"new")).unwrap_err().to_string(), told);
            assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        };
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions.clone()).unwrap();
        refused("it is read-only");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            permissions.set_mode(0o600);
            fs::set_permissions(&file, permissions).unwrap();
            fs::hard_link(&file, folder.path().join("b.txt")).unwrap();
            refused("it has several names (hard links), which would come apart");
            assert_eq!(count(folder.path()), 2, "no temporary file is left");
        }
        assert!(put(folder.path(), |file| file.write_all(b"new")).is_err());
    }

    #[test]
    fn what_was_changed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        let told = changed().to_string();
        let refused = |version: &Version, content: &str| {
            assert_eq!(replace(&file, version, b"new").unwrap_err().to_string(), told);
            assert_eq!(fs::read_to_string(&file).unwrap(), content);
        };
        fs::write(&file, "old").unwrap();
        let version = version_of(&file);
        fs::write(&file, "old and more").unwrap();
        refused(&version, "old and more");
        // Another text of the same length and time.
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        let version = version_of(&file);
        fs::write(&file, "old and less").unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
        refused(&version, "old and less");
        // Not all of it was read.
        refused(&Version::of(&fs::metadata(&file).unwrap()), "old and less");
        let version = version_of(&file);
        fs::remove_file(&file).unwrap();
        let told = replace(&file, &version, b"new").unwrap_err().to_string();
        assert_eq!(told, "it was removed while it was checked");
        assert_eq!(count(folder.path()), 0, "no temporary file is left");
    }

    #[test]
    fn an_exchange_is_undone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "of others").unwrap();
        let mut draft = Draft::new(folder.path(), true).unwrap();
        draft.file.write_all(b"new").unwrap();
        if !matches!(exchange(&draft.path, &file), Exchanged::Done) {
            return;
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(give_back(draft, &file).is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "of others");
        assert_eq!(count(folder.path()), 1, "no temporary file is left");
    }

    #[test]
    fn what_others_put_there_since_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (file, fresh) = (folder.path().join("a.txt"), folder.path().join("fresh"));
        fs::write(&file, "of others").unwrap();
        let draft = Draft::new(folder.path(), true).unwrap();
        if !matches!(exchange(&draft.path, &file), Exchanged::Done) {
            return;
        }
        fs::write(&fresh, "newer").unwrap();
        fs::rename(&fresh, &file).unwrap();
        assert_eq!(give_back(draft, &file).unwrap_err().to_string(), CHANGED);
        assert_eq!(fs::read_to_string(&file).unwrap(), "newer");
        assert_eq!(count(folder.path()), 1, "no temporary file is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_locked_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "old").unwrap();
        let other = File::open(&file).unwrap();
        other.lock().unwrap();
        let told = replace(&file, &version_of(&file), b"new").unwrap_err().to_string();
        assert_eq!(told, "another program has locked it");
    }
}
