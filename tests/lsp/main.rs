//! The editor's server as clients see it.

mod actions;
mod client;
mod configuration;
mod diagnostics;
mod process;
mod protocol;

/// Text that one rule minds, once, with characters before it that each encoding counts differently.
const DAMAGED: &str = "Ferries é😀\nThe ferry left at noon. . It came back at night.\n";
const MENDED: &str = "Ferries é😀\nThe ferry left at noon. It came back at night.\n";
/// The rule that minds it.
const RULE: &str = "punctuation/repeated-stop";
/// A document that was never saved.
const UNTITLED: &str = "untitled:Untitled-1";
