//! Terms that differ from the glossary, or from the rest of the file.

pub mod approved;
pub mod forbidden;
pub mod inconsistent;
pub mod kept;
