//! Checks of what is said twice, where a pattern of a rule file does not tell it.

pub mod gloss;
pub mod joined;
pub mod opening_again;
