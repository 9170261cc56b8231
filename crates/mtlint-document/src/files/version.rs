//! Which version of a file was read: what tells whether it has changed since.

use std::fs::Metadata;
use std::io::{self, Read};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;
use xxhash_rust::xxh3::Xxh3;

/// The version of a file that was read: where its bytes lie on the disk, how many there are, when they
/// were written, and, once all of them were read, which they are.
#[derive(Clone, Debug)]
pub struct Version {
    place: Place,
    /// In bytes.
    length: u64,
    modified: Option<SystemTime>,
    digest: Arc<OnceLock<Digest>>,
}

/// What tells contents apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(pub(super) u128);

impl Digest {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }

    /// That of all that is still to be read.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of_rest(reader: &mut impl Read) -> io::Result<Self> {
        let mut hash = Xxh3::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            match reader.read(&mut buffer)? {
                0 => return Ok(Self(hash.digest128())),
                length => hash.update(&buffer[..length]),
            }
        }
    }
}

/// Which file of the system it is, whatever its name: the device and the inode, where there are such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(Option<(u64, u64)>);

impl Place {
    pub fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            Self(Some((metadata.dev(), metadata.ino())))
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            Self(None)
        }
    }

    /// The number of the inode; 0 where there is none.
    pub fn inode(self) -> u64 {
        self.0.map_or(0, |(_, inode)| inode)
    }
}

impl Version {
    /// Of an open file that is about to be read.
    pub fn of(metadata: &Metadata) -> Self {
        Self {
            place: Place::of(metadata),
            length: metadata.len(),
            modified: metadata.modified().ok(),
            digest: Arc::default(),
        }
    }

    /// Notes that these were all bytes of the file. What was noted first holds.
    pub fn note(&self, digest: Digest) {
        let _ = self.digest.set(digest);
    }

    /// What was read; `None` as long as not all of it was.
    pub fn digest(&self) -> Option<Digest> {
        self.digest.get().copied()
    }

    /// Whether a file may be this version still, as far as the system tells without reading it.
    pub fn is_like(&self, metadata: &Metadata) -> bool {
        let now = Self::of(metadata);
        (self.place, self.length, self.modified) == (now.place, now.length, now.modified)
    }

    /// A reader that notes what is read through it, once it has met the end.
    pub fn noting<R: Read>(&self, reader: R) -> Noting<R> {
        Noting { reader, hash: Box::new(Xxh3::new()), version: self.clone() }
    }
}

/// Notes the digest of a file while it is read.
pub struct Noting<R> {
    reader: R,
    hash: Box<Xxh3>,
    version: Version,
}

impl<R: Read> Read for Noting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        match length {
            0 if !buffer.is_empty() => self.version.note(Digest(self.hash.digest128())),
            _ => self.hash.update(&buffer[..length]),
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn another_content_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        let version = Version::of(&fs::metadata(&path).unwrap());
        assert!(version.is_like(&fs::metadata(&path).unwrap()));
        fs::write(&path, "three").unwrap();
        assert!(!version.is_like(&fs::metadata(&path).unwrap()));
        assert_eq!(version.digest(), None);
        let mut noting = version.noting(&b"three"[..]);
        noting.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(version.digest(), Some(Digest::of(b"three")));
        assert_eq!(Digest::of_rest(&mut &b"three"[..]).unwrap(), Digest::of(b"three"));
    }

    #[cfg(unix)]
    #[test]
    fn another_file_of_the_same_name_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "one").unwrap();
        fs::write(&other, "one").unwrap();
        let version = Version::of(&fs::metadata(&path).unwrap());
        let time = version.modified.unwrap();
        fs::File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
        fs::rename(&other, &path).unwrap();
        assert!(!version.is_like(&fs::metadata(&path).unwrap()));
    }
}
