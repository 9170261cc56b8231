//! Opening regular files, and nothing else.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Opens a regular file for reading. A pipe, a device or a socket is never opened: that may wait for
/// ever, or do something.
///
/// # Errors
/// When there is no such file, it is not a regular one, or it may not be read.
pub fn open(path: &Path) -> io::Result<File> {
    refuse_irregular(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Should it have become a pipe since, opening it does not wait for a writer.
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    refuse_irregular(&file.metadata()?)?;
    Ok(file)
}

/// The text of a regular file in UTF-8.
///
/// # Errors
/// As [`open`], and when it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

/// What is at `path`, if it is something, through links, that is neither a regular file nor a folder.
pub fn irregular(path: &Path) -> Option<&'static str> {
    kind(&fs::metadata(path).ok()?).filter(|kind| *kind != FOLDER)
}

const FOLDER: &str = "a folder";

fn refuse_irregular(metadata: &Metadata) -> io::Result<()> {
    match kind(metadata) {
        None => Ok(()),
        Some(FOLDER) => Err(io::ErrorKind::IsADirectory.into()),
        Some(kind) => Err(io::Error::other(format!("it is {kind}, no regular file"))),
    }
}

/// What it is that is no regular file.
fn kind(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some(FOLDER);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a named pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("a device")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let make = rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe"), rustix::fs::Mode::RUSR);
        make.unwrap();
        let _socket = UnixListener::bind(path("socket")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", path("link")).unwrap();
        for (name, told) in [
            ("pipe", "it is a named pipe, no regular file"),
            ("socket", "it is a socket, no regular file"),
            ("link", "it is a device, no regular file"),
        ] {
            assert_eq!(open(&path(name)).unwrap_err().to_string(), told);
            assert!(told.contains(irregular(&path(name)).unwrap()));
        }
        assert_eq!(open(folder.path()).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        assert_eq!(irregular(folder.path()), None);
        fs::write(path("file"), "text").unwrap();
        assert_eq!((read_text(&path("file")).unwrap().as_str(), irregular(&path("file"))), ("text", None));
    }
}
