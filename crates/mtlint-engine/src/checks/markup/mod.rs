//! Code, markup, white space and length that differ from the source.

pub mod literal;
pub mod message;
pub mod placeholder;
pub mod shortcut;
pub mod tag;
pub mod too_long;
pub mod white_space;
