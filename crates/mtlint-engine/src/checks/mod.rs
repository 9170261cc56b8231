//! The rules whose logic is code: `quotation/closed_early.rs` for `rules/quotation/closed-early.toml`.
//!
//! A check is one function `checker`, found by the path of its rule file. It may use `rule`,
//! `document`, `pair`, `lang` and `text`; never another check, the engine, the configuration or a file.

pub mod attribution;
pub mod casing;
pub mod encoding;
pub mod fragment;
pub mod grammar;
pub mod language;
pub mod locale;
pub mod markup;
pub mod name;
pub mod number;
pub mod omission;
pub mod original;
pub mod punctuation;
pub mod quotation;
pub mod repetition;
pub mod residue;
pub mod subtitle;
pub mod suppression;
pub mod term;

use crate::rule::MakeCheck;

/// What makes every check, by the id of its rule; the build script finds them.
pub const CHECKS: &[(&str, MakeCheck)] = include!(concat!(env!("OUT_DIR"), "/checks.rs"));
