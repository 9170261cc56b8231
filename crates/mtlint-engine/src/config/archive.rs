//! Style packages in one file: archives that are read into memory, within limits, and never unpacked.
//!
//! What lies in an archive goes by the path of the archive and the path in it: `house.zip/rules/dash/em.toml`. Whoever
//! reads a file of a configuration asks here first, so that a folder and an archive are one to all others.

use flate2::read::MultiGzDecoder;
use mtlint_document::files;
use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};
use std::ops::Bound;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use tar::EntryType;
use zip::ZipArchive;

/// How many files an archive may hold.
const MOST_FILES: usize = 5_000;
/// How many bytes they may come to when they are unpacked: some thousand rules are a tenth of it.
const MOST_BYTES: u64 = 32 << 20;

/// The endings by which an archive is known.
pub const ENDINGS: [&str; 3] = [".zip", ".tar.gz", ".tgz"];

/// Files in archives, by their paths.
#[derive(Clone, Debug, Default)]
pub struct Archives {
    files: BTreeMap<PathBuf, Arc<[u8]>>,
}

/// Whether a path names an archive, by its ending.
pub fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

impl Archives {
    /// Reads all files of an archive.
    ///
    /// # Errors
    /// When it cannot be read, holds more than is allowed, or a path that leads out of it. None of it is kept then.
    pub fn open(&mut self, archive: &Path) -> io::Result<()> {
        let file = files::open(archive)?;
        let is_zip = archive.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
        let mut read = Reading::default();
        if is_zip {
            read.zip(file)?
        } else {
            read.tar(file)?
        }
        let top = read.top();
        for (path, bytes) in read.files {
            let inner = top.as_ref().and_then(|top| path.strip_prefix(top).ok()).unwrap_or(&path);
            self.files.insert(archive.join(inner), bytes);
        }
        match self.below(archive) {
            Some(_) => Ok(()),
            None => Err(io::Error::other("holds no file")),
        }
    }

    /// The text of a file, in an archive or not.
    ///
    /// # Errors
    /// When there is none, or it is not UTF-8.
    pub fn read_text(&self, path: &Path) -> io::Result<String> {
        match self.files.get(path) {
            Some(bytes) => String::from_utf8(bytes.to_vec())
                .map_err(|_| io::Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8")),
            None => files::read_text(path),
        }
    }

    /// The files below a folder of an archive, in the order of their paths; `None` where it is no such folder.
    pub fn below(&self, folder: &Path) -> Option<Vec<&Path>> {
        let from = (Bound::Excluded(folder.to_path_buf()), Bound::Unbounded);
        let files = self.files.range::<PathBuf, _>(from).map(|(path, _)| path.as_path());
        let below: Vec<&Path> = files.take_while(|path| path.starts_with(folder)).collect();
        (!below.is_empty()).then_some(below)
    }

    /// Whether a path is a folder, in an archive or not.
    pub fn is_folder(&self, path: &Path) -> bool {
        self.below(path).is_some() || path.is_dir()
    }
}

/// An archive that is being read.
#[derive(Default)]
struct Reading {
    files: BTreeMap<PathBuf, Arc<[u8]>>,
    bytes: u64,
}

impl Reading {
    fn zip(&mut self, file: std::fs::File) -> io::Result<()> {
        let mut archive = ZipArchive::new(file).map_err(broken)?;
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).map_err(broken)?;
            if entry.is_dir() {
                continue;
            }
            let name = entry.name().to_owned();
            if entry.is_symlink() {
                return Err(refused(&name, "is a link"));
            }
            self.take(&name, &mut entry)?;
        }
        Ok(())
    }

    fn tar(&mut self, file: std::fs::File) -> io::Result<()> {
        // Headers count as well, so that a stream of them has an end.
        let headers = 1_024 * MOST_FILES as u64;
        let mut archive = tar::Archive::new(MultiGzDecoder::new(file).take(2 * MOST_BYTES + headers));
        for entry in archive.entries().map_err(broken)? {
            let mut entry = entry.map_err(broken)?;
            let name = entry.path().map_err(broken)?.to_string_lossy().into_owned();
            match entry.header().entry_type() {
                EntryType::Directory | EntryType::XGlobalHeader => {}
                EntryType::Regular | EntryType::Continuous => self.take(&name, &mut entry)?,
                _ => return Err(refused(&name, "is a link or a device")),
            }
        }
        Ok(())
    }

    /// Takes a file in.
    fn take(&mut self, name: &str, content: &mut impl Read) -> io::Result<()> {
        let path = inside(name).ok_or_else(|| refused(name, "leads out of the archive"))?;
        if self.files.len() == MOST_FILES {
            return Err(io::Error::other(format!("holds more than {MOST_FILES} files")));
        }
        let mut bytes = Vec::new();
        // One more than is allowed, whatever the archive says of the size.
        content.take(MOST_BYTES - self.bytes + 1).read_to_end(&mut bytes).map_err(broken)?;
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(io::Error::other(format!("comes to more than {} MiB unpacked", MOST_BYTES >> 20)));
        }
        if self.files.insert(path, bytes.into()).is_some() {
            return Err(refused(name, "is there twice"));
        }
        Ok(())
    }

    /// The one folder that all files lie in, as in archives of a release. What a package is made of is none.
    fn top(&self) -> Option<PathBuf> {
        let first = self.files.keys().next()?;
        let top = first.components().next().map(|top| PathBuf::from(top.as_os_str()))?;
        let is_part = top == Path::new(super::package::RULES);
        let is_shared = self.files.keys().all(|path| path.starts_with(&top) && *path != top);
        (is_shared && !is_part).then_some(top)
    }
}

/// The path of an entry, if it stays inside.
fn inside(name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    // A backslash parts names on some systems.
    if name.contains(['\\', '\0']) {
        return None;
    }
    for component in Path::new(name).components() {
        match component {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            _ => return None,
        }
    }
    (!path.as_os_str().is_empty()).then_some(path)
}

fn broken(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("is no archive that can be read: {error}"))
}

fn refused(name: &str, why: &str) -> io::Error {
    io::Error::other(format!("`{name}` in it {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for (name, text) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            // Past what checks a path.
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(text.len() as u64);
            header.set_cksum();
            builder.append(&header, *text).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn opened(name: &str, bytes: &[u8]) -> Result<(Archives, PathBuf), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let mut archives = Archives::default();
        archives.open(&path).map(|()| (archives, path)).map_err(|error| error.to_string())
    }

    #[test]
    fn files_are_found_below_the_archive() {
        let files: [(&str, &[u8]); 3] =
            [("a/rules/x/one.toml", b"1"), ("a/mtlint.toml", b""), ("a/rules/x/two.toml", b"\xFF")];
        for (name, bytes) in [("h.zip", zip(&files)), ("h.tar.gz", tar(&files)), ("h.tgz", tar(&files))] {
            let (archives, path) = opened(name, &bytes).unwrap();
            assert!(is_archive(&path));
            let below = archives.below(&path.join("rules")).unwrap();
            assert_eq!(below, [path.join("rules/x/one.toml"), path.join("rules/x/two.toml")]);
            assert_eq!(archives.read_text(below[0]).unwrap(), "1");
            assert!(archives.read_text(below[1]).is_err());
            assert!(archives.is_folder(&path) && !archives.is_folder(&path.join("rule")));
            assert_eq!(archives.read_text(&path.join("no")).unwrap_err().kind(), ErrorKind::NotFound);
        }
        let (archives, path) = opened("r.zip", &zip(&[("rules/x/one.toml", b"1")])).unwrap();
        assert!(archives.is_folder(&path.join("rules")), "a package of rules alone");
    }

    #[test]
    fn hostile_archives_are_refused() {
        let zeros = vec![0; (MOST_BYTES + 1) as usize];
        let many: Vec<String> = (0..=MOST_FILES).map(|number| format!("{number}")).collect();
        let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
        for (files, told) in [
            (&[("../x", &b"1"[..])][..], "leads out"),
            (&[("/etc/x", b"1")], "leads out"),
            (&[("a\\..\\x", b"1")], "leads out"),
            (&[("a", &zeros)], "32 MiB"),
            (&many, "5000 files"),
        ] {
            for (name, bytes) in [("h.zip", zip(files)), ("h.tar.gz", tar(files))] {
                let error = opened(name, &bytes).unwrap_err();
                assert!(error.contains(told), "{name}: {error}");
            }
        }
        for bytes in
            [&b""[..], b"PK\x03\x04", b"\x1F\x8B\x08", &zip(&[("a", b"1")])[..20], &tar(&[("a", b"1")])[..20]]
        {
            for name in ["h.zip", "h.tar.gz"] {
                assert!(opened(name, bytes).is_err(), "{name}: {bytes:?}");
            }
        }
    }
}
