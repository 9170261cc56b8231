//! The linter for machine-translated text as a library: rules, what they propose and what evidence makes of it, fixing,
//! and the score.
//!
//! [`Linter`] is the way in, and what `docs/stability.md` promises to keep. The modules are there for the program, its
//! reports and its tests, and change as these need it. ARCHITECTURE.md tells which module does what and which may use
//! which.

mod builtin;
pub mod checks;
pub mod config;
pub mod engine;
pub mod lint;
#[deny(missing_docs)]
mod linter;
pub mod pivot;
pub mod rule;
pub mod score;

pub use linter::{Assessment, BuildError, Finding, Fix, Fixed, Linter, LinterBuilder, RelatedPlace};
pub use mtlint_document::load::Format;
pub use mtlint_text::Position;
pub use rule::{Applicability, Confidence, Severity};
pub use score::{Score, Verdict};
