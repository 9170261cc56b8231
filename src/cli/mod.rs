//! The command line: one file a subcommand. May use everything but `lsp`.
//!
//! Exit codes: 0 when nothing is at or above `--fail-on`, 1 when something is, 2 when the usage, the
//! configuration, the reading of a file or mtlint itself is at fault.

mod check;
mod compare;
mod completions;
mod config;
mod explain;
mod fields;
mod filter;
mod help;
mod init;
mod inject;
mod man;
mod mcp;
mod names;
mod rule_args;
mod rules;
mod schema;
mod score;
mod serve;
mod server;
mod survey;
mod trouble;
mod values;

use clap::{FromArgMatches, Parser, Subcommand};
use mtlint_report::style::Paint;
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use trouble::Trouble;

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

    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = ColorWhen::Auto, value_name = "WHEN")]
    color: ColorWhen,
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ColorWhen {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// What is known about where standard output goes.
#[derive(Clone, Copy, Debug)]
struct Terminal {
    paint: Paint,
    /// In columns.
    width: usize,
    /// Whether it is one, with colours or without.
    is_terminal: bool,
}

/// Wider terminals are not filled: nobody reads lines that long.
const WIDEST: usize = 140;

impl Terminal {
    fn of_stdout(color: ColorWhen) -> Self {
        let choice = match color {
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        let choice = anstream::AutoStream::choice(&io::stdout());
        let width = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
        Self {
            paint: Paint { color: choice != anstream::ColorChoice::Never },
            width: width.unwrap_or_else(values::columns).min(WIDEST),
            is_terminal: io::stdout().is_terminal(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Box<check::Args>),
    Filter(Box<filter::Args>),
    Score(score::Args),
    Compare(compare::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Names(names::Args),
    Inject(inject::Args),
    Config(config::Args),
    Serve(serve::Args),
    Server(server::Args),
    Mcp(mcp::Args),
    Completions(completions::Args),
    Init(init::Args),
    Man(man::Args),
    Schema(schema::Args),
}

/// How the program was started.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The command that starts it again: the program, or whatever runs it.
    pub program: Vec<OsString>,
    /// What it is told: the subcommand and its arguments.
    pub arguments: Vec<OsString>,
}

impl Invocation {
    /// That of this process.
    pub fn of_process() -> Self {
        let mut arguments = std::env::args_os();
        let name = arguments.next();
        let program = std::env::current_exe().ok().map(OsString::from).or(name);
        Self { program: program.into_iter().collect(), arguments: arguments.collect() }
    }
}

/// Runs the command line. `serve` serves an editor and tells whether that ended in good order: the
/// command line itself knows nothing of editors.
pub fn main(invocation: &Invocation, serve: impl FnOnce() -> bool) -> ExitCode {
    let arguments = std::iter::once(OsString::from("mtlint")).chain(invocation.arguments.iter().cloned());
    let matches = help::command().try_get_matches_from(arguments);
    let Cli { command, color } = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to hear of it when neither stream can be written to.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { TROUBLE } else { 0 });
        }
    };
    let terminal = Terminal::of_stdout(color);
    let outcome = match command {
        Command::Check(args) => check::run(&args, invocation, terminal),
        Command::Filter(args) => filter::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Rules(args) => rules::run(&args, terminal),
        Command::Explain(args) => explain::run(&args, terminal),
        Command::Names(args) => names::run(&args),
        Command::Inject(args) => inject::run(&args),
        Command::Config(args) => config::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Server(_) => Ok(server::run(serve)),
        Command::Mcp(args) => mcp::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    outcome.unwrap_or_else(|trouble| {
        trouble.tell();
        ExitCode::from(TROUBLE)
    })
}
