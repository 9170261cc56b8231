//! The editor's server: the Language Server Protocol, version 3.17, over standard input and output.
//!
//! One thread reads messages, one writes them, one checks texts; the loop of the server keeps what is
//! open and answers. May use `lint`, `document`, `config`, `report`, `score`, `rule` and `text`;
//! never `cli`.

mod actions;
mod analysis;
mod buffer;
mod client;
mod diagnostics;
mod glossary;
mod hover;
mod lens;
mod position;
mod rewrite;
mod server;
mod transport;
mod units;

pub use server::serve;

/// Serves one client over standard input and output until it says `exit` or is gone. Whether it took
/// leave as the protocol asks: `shutdown` first.
pub fn serve_stdio() -> bool {
    let (connection, writer) = transport::stdio();
    let is_orderly = serve(connection);
    // The last answers are written before the process ends.
    let _ = writer.join();
    is_orderly
}
