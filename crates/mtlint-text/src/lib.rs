//! Positions in text and changes to it: the span, the line index, the edit, and words
//! without regard to case; and how text is shown where it must not act.
//!
//! Everything in mtlint that names a place in a text does so with a [`Span`]. Lines, columns and
//! UTF-16 offsets are computed from spans by [`LineIndex`], at the edge, for people and editors.
//! Uses nothing else of the crate.

mod edit;
mod line_index;
mod span;
mod steps;
pub mod toml_file;
mod utf16;
mod visible;
mod word;

pub use edit::{Edit, EditError, apply_edits};
pub use line_index::{LineIndex, Position, line_start};
pub use span::Span;
pub use steps::{count_bytes, count_step, steps};
pub use utf16::Utf16Offsets;
pub use visible::{is_control, push_name, visible, visible_lines};
pub use word::{BuildWordHasher, WordKey, is_alphanumeric, same_word, word_hash};
