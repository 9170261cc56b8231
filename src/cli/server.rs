//! `mtlint server`: the language server that editors start.

use std::process::ExitCode;

/// Serve an editor: the Language Server Protocol over standard input and output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What editors add to the command by habit; there is no other way to talk
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(serve: impl FnOnce() -> bool) -> ExitCode {
    // A panic is caught and told to the editor.
    std::panic::set_hook(Box::new(|_| {}));
    // As the protocol has it: 1 for a client that goes without `shutdown`.
    if serve() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
