//! mtlint for assistants: a server of the Model Context Protocol with the tools `check`, `fix` and `explain`.
//!
//! An assistant that translates can so look at its own work before it hands it over. The protocol is the SDK's;
//! `tools` says what is offered, `server` answers. May use `requests`, `lint`, `rule` and the reports; opens no file
//! and, but for the protocol on standard output, prints nothing.

mod server;
mod tools;

pub use server::{Server, StartError};
