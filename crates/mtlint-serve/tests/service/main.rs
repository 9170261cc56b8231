//! The service as its clients meet it: over a connection to a port of its own.

mod client;
mod languagetool;
mod limits;
mod own;
mod page;

use client::{Answer, Service, service};
