//! The command line: one file a subcommand. May use everything but `lsp`.
//!
//! Exit codes: 0 when nothing is at or above `--fail-on`, 1 when something is, 2 when the usage, the
//! configuration, the reading of a file or mtlint itself is at fault.

mod check;
mod values;

use clap::{Parser, Subcommand};
use std::fmt;
use std::process::ExitCode;

/// The exit code of findings at or above `--fail-on`.
const FINDINGS: u8 = 1;
/// The exit code of everything that kept mtlint from doing its work.
const TROUBLE: u8 = 2;

/// The linter for machine-translated text.
#[derive(Debug, Parser)]
#[command(name = "mtlint", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Box<check::Args>),
}

/// Why a subcommand could not do its work: one message a line, for standard error.
#[derive(Debug)]
pub struct Trouble(Vec<String>);

impl Trouble {
    fn new(message: impl fmt::Display) -> Self {
        Self(vec![message.to_string()])
    }
}

impl<M: fmt::Display> From<Vec<M>> for Trouble {
    fn from(messages: Vec<M>) -> Self {
        Self(messages.iter().map(ToString::to_string).collect())
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
    };
    outcome.unwrap_or_else(|Trouble(messages)| {
        for message in messages {
            values::complain(&message);
        }
        ExitCode::from(TROUBLE)
    })
}
