//! Ctrl-C while files are replaced: it waits for the file in work, so that none is left over by half.

use std::io;
use std::sync::{PoisonError, RwLock};

/// Held by everyone who writes a file; taken whole by whoever ends the process.
static WRITERS: RwLock<()> = RwLock::new(());

/// The exit code of a process that an interrupt ended, as shells have it: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// From now on, Ctrl-C lets writers finish before it ends the process.
pub(super) fn wait_for_writers() {
    // Where no handler can be set, Ctrl-C ends the process at once, as it did before.
    let _ = ctrlc::set_handler(|| {
        let _all = WRITERS.write().unwrap_or_else(PoisonError::into_inner);
        std::process::exit(INTERRUPTED);
    });
}

/// Writes a file, which Ctrl-C waits for.
///
/// # Errors
/// That of `write`.
pub(super) fn writing(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let _one = WRITERS.read().unwrap_or_else(PoisonError::into_inner);
    write()
}
