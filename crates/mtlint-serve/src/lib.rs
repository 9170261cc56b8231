//! mtlint as a service over HTTP: the interface of LanguageTool, an own one, and a page for people.
//!
//! A request is read within its limits by the threads of the runtime, which do nothing that takes long; texts are
//! checked by a pool of threads of their own, whose queue has an end. No text is written anywhere: not to a disk, not to
//! the log. `docs/serve.md` tells what is served and what each limit is.
//!
//! May use `requests`, `lint`, loading and the reports. Only `server` listens, only `log` prints, and nothing here
//! opens a file.

mod body;
mod budget;
mod form;
mod languagetool;
mod limits;
mod log;
mod metrics;
mod openapi;
mod page;
mod pool;
mod problem;
mod requests;
mod routes;
mod server;

pub use limits::Limits;
pub use log::Level;
pub use server::{Options, Server, StartError};
