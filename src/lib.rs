//! mtlint, the linter for machine-translated text.
//!
//! ARCHITECTURE.md tells which module does what and which may use which.
#![forbid(unsafe_code)]

pub mod checks;
pub mod cli;
pub mod config;
pub mod document;
pub mod engine;
pub mod files;
pub mod inject;
pub mod lang;
pub mod lint;
pub mod lsp;
pub mod pair;
pub mod pivot;
pub mod report;
pub mod rule;
pub mod score;
pub mod text;
pub mod toml_file;

/// The files of `rules/`, gathered by build.rs.
mod catalogue {
    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}
