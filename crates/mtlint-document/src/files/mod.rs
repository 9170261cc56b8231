//! Files: opened only where they are regular, and replaced as a whole or not at all.
//!
//! Every file that is checked, mended, reported to or obeyed goes through this module. Of the
//! crate it uses `text`.

mod attributes;
mod draft;
mod open;
mod replace;
mod version;

pub use draft::{Kept, remove_leftovers};
pub use open::{irregular, open, read_text};
pub use replace::{CHANGED, Pending, put, replace};
pub use version::{Digest, Version};

use mtlint_text::visible;
use std::path::Path;

/// A path for people and messages, in which nothing acts on a terminal or begins a line.
pub fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// The folder that a path lies in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
