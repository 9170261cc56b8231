//! `mtlint schema`: the JSON Schemas of what mtlint prints and reads.

use super::{Trouble, values};
use std::process::ExitCode;

/// Print a JSON Schema: of the JSON output, of `mtlint.toml`, of a rule file, or of a file of decisions
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the schema describes
    #[arg(value_enum, default_value_t = Subject::Output)]
    subject: Subject,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Subject {
    /// What `check --format json` prints
    Output,
    /// `mtlint.toml`
    Config,
    /// A rule file
    Rule,
    /// What the HTML report saves, for `check --decisions`
    Decisions,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let schema = match args.subject {
        Subject::Output => mtlint_report::json_schema(),
        Subject::Config => mtlint_engine::config::schema(),
        Subject::Rule => mtlint_engine::rule::schema(),
        Subject::Decisions => mtlint_engine::engine::decision_schema(),
    };
    values::print_all(&format!("{:#}\n", schema.to_value()))
}
