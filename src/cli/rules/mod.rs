//! `mtlint rules`: list, test and scaffold rules.

mod docs;
mod list;
mod new;
mod test;

pub(super) use docs::languages;

use super::{Terminal, Trouble};
use clap::Subcommand;
use std::process::ExitCode;

/// List, test and scaffold rules
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Test(test::Args),
    New(new::Args),
    #[command(hide = true)]
    Docs(docs::Args),
}

pub(super) fn run(args: &Args, terminal: Terminal) -> Result<ExitCode, Trouble> {
    match &args.command {
        None => list::run(&list::Args::default(), terminal),
        Some(Command::List(args)) => list::run(args, terminal),
        Some(Command::Test(args)) => test::run(args, terminal),
        Some(Command::New(args)) => new::run(args),
        Some(Command::Docs(args)) => docs::run(args),
    }
}
