//! When subtitles are shown, and how much of them.

pub mod layout;
pub mod marks;
pub mod timing;
