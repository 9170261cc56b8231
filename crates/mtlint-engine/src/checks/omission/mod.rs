//! What the source has and the translation lacks.

pub mod empty;
pub mod length;
pub mod segment;
