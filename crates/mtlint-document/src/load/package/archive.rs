//! The archive that such a file is: reading parts of it with bounds, and writing it with other parts.

use super::super::LoadError;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter};

/// How large a part may be when it is unpacked, in bytes.
pub(super) const LARGEST_PART: u64 = 64 << 20;

/// How large all parts that are read may be together.
const LARGEST_SUM: u64 = 256 << 20;

/// How an encrypted document of Office begins, and an old one: the mark of a compound file.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// A zip archive in memory. Nothing of it is ever written to a place that its entries name.
pub(super) struct Archive<'a> {
    name: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes were unpacked.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive that the bytes of the file `name` are.
    ///
    /// # Errors
    /// When they are none, or one whose entries are encrypted or lead out of it.
    pub fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self, LoadError> {
        if bytes.starts_with(COMPOUND) {
            let told = "is encrypted or in the format of Office before 2007; take its password away, or save it anew as `.docx`";
            return Err(LoadError::new(name, told));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| LoadError::new(name, format!("is no whole archive: {error}; save it anew")))?;
        let mut archive = Self { name, zip, unpacked: 0 };
        for index in 0..archive.zip.len() {
            let entry = archive.zip.by_index_raw(index).map_err(|error| broken(name, "an entry", &error))?;
            let path = entry.name().to_owned();
            let is_outside =
                path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|part| part == "..");
            let told = if is_outside {
                "leads out of the archive; such a file is not trusted"
            } else if entry.encrypted() {
                "is encrypted; take the password away and save the file anew"
            } else {
                continue;
            };
            return Err(LoadError::new(name, format!("its entry `{path}` {told}")));
        }
        Ok(archive)
    }

    /// Whether it holds a part.
    pub fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// Whether the name of a part ends so.
    pub fn has_ending(&self, ending: &str) -> bool {
        self.zip.file_names().any(|name| name.ends_with(ending))
    }

    /// Whether parts lie in a folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.zip.file_names().any(|name| name.starts_with(folder))
    }

    /// Unpacks a part; `None` when there is none of the name.
    ///
    /// # Errors
    /// When it is broken, or too large.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, LoadError> {
        let name = self.name;
        let Some(index) = self.zip.index_for_name(part) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|error| broken(name, part, &error))?;
        let most = LARGEST_PART.min(LARGEST_SUM - self.unpacked);
        // What the entry says of its size need not be true.
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(name, part, &error))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > most {
            let told = "unpacks to more than 64 MiB, or all parts to more than 256 MiB, the most that is read; split the file";
            return Err(LoadError::new(name, format!("its part `{part}` {told}")));
        }
        Ok(Some(bytes))
    }

    /// The text of a part in UTF-8.
    ///
    /// # Errors
    /// As [`Archive::bytes`], and when it is in another encoding.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, LoadError> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            LoadError::new(
                self.name,
                format!("its part `{part}` is not UTF-8 at byte {at}; save the file anew"),
            )
        })?;
        Ok(Some(text))
    }

    /// The text of a part that must be there.
    ///
    /// # Errors
    /// As [`Archive::text`], and when it is missing.
    pub fn required(&mut self, part: &str, what: &str) -> Result<String, LoadError> {
        self.text(part)?.ok_or_else(|| {
            LoadError::new(self.name, format!("is no {what}: it has no part `{part}`; save it anew"))
        })
    }

    /// The archive with other bytes in some parts. All else is copied as it is packed, in its order.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub fn with(mut self, parts: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, LoadError> {
        let name = self.name;
        let comment = self.zip.comment().to_vec();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index_raw(index).map_err(|error| broken(name, "an entry", &error))?;
            let path = entry.name().to_owned();
            let done = match parts.get(&path) {
                None => writer.raw_copy_file(entry),
                Some(bytes) => writer
                    .start_file(path, entry.options())
                    .and_then(|()| writer.write_all(bytes).map_err(zip::result::ZipError::from)),
            };
            done.map_err(|error| broken(name, "an entry", &error))?;
        }
        if !comment.is_empty() {
            writer.set_raw_comment(comment.into_boxed_slice());
        }
        Ok(writer.finish().map_err(|error| broken(name, "the archive", &error))?.into_inner())
    }
}

fn broken(name: &str, part: &str, error: &dyn std::fmt::Display) -> LoadError {
    LoadError::new(name, format!("its part `{part}` is broken: {error}; save the file anew"))
}
