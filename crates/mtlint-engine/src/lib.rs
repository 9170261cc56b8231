//! The linter as a library: rules, what they propose and what evidence makes of it, fixing, and the score.
//!
//! ARCHITECTURE.md tells which module does what and which may use which.

mod builtin;
pub mod checks;
pub mod config;
pub mod engine;
pub mod lint;
pub mod pivot;
pub mod rule;
pub mod score;
