//! Checks of characters that were decoded, escaped or copied wrongly.

pub mod escaped_character;
pub mod html_entity;
pub mod mojibake;
