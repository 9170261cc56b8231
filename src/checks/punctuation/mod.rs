//! Checks of marks and the spaces around them.

pub mod stray_apostrophe;
pub mod unmatched_bracket;
pub mod wide_mark;
