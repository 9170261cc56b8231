//! Checks of characters that were decoded, escaped or copied wrongly.

pub mod control_character;
pub mod decomposed_character;
pub mod escaped_character;
pub mod html_entity;
pub mod missing_apostrophe;
pub mod mojibake;
pub mod percent_escape;
pub mod quoted_printable;
