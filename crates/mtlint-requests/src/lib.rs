//! Texts that a program hands in by request, one at a time: what is asked of them, the settings they are checked under,
//! and how a check that nobody waits for ends.
//!
//! The service and the MCP server do the same through this crate. May use `lint`, `config`, loading and the answers of
//! the reports; knows no protocol, reads no files and prints nothing.

mod desk;
mod request;

pub use desk::{Desk, Order, Refused};
pub use request::{Request, TextFormat};
