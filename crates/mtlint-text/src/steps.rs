//! How much work was done, in steps and not in seconds: a test compares how steps grow with the length of a
//! text, the same on any machine.
//!
//! Counted where text is looked at: slices of a document, comparisons of words, searches with a pattern. Only
//! with debug assertions, so that a release pays nothing.

use std::cell::Cell;

thread_local! {
    static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// How many bytes of text are one step to a search that goes over them.
const BYTES: usize = 16;

/// Counts one step.
#[inline]
pub fn count_step() {
    if cfg!(debug_assertions) {
        STEPS.set(STEPS.get() + 1);
    }
}

/// Counts a look at so many bytes.
#[inline]
pub fn count_bytes(bytes: usize) {
    if cfg!(debug_assertions) {
        STEPS.set(STEPS.get() + 1 + (bytes / BYTES) as u64);
    }
}

/// The steps of this thread so far; 0 without debug assertions.
pub fn steps() -> u64 {
    STEPS.get()
}
