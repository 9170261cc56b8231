//! mtlint, the linter for machine-translated text: the program.
//!
//! ARCHITECTURE.md tells which crate and module does what and which may use which.

pub mod cli;
pub mod lsp;
