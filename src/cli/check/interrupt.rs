//! Ctrl-C while files are replaced: it waits for the file in work, so that none is left over by half. While one is
//! written for long, whoever writes it is asked to stop.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Whether somebody pressed Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// From now on, Ctrl-C asks to stop, which [`is_asked_to_stop`] tells.
pub(in crate::cli) fn stop_when_asked() {
    // Where no handler can be set, Ctrl-C ends the process at once, and the next run removes what it leaves.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
}

/// Whether somebody pressed Ctrl-C since [`stop_when_asked`].
pub(in crate::cli) fn is_asked_to_stop() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Writes a file, which Ctrl-C waits for.
///
/// # Errors
/// That of `write`.
pub(in crate::cli) fn writing(write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let _one = WRITERS.read().unwrap_or_else(PoisonError::into_inner);
    write()
}
