//! Checks of who says what.

pub mod stranded_verb;
pub mod torn_off;
