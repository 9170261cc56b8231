//! `mtlint mcp`: tools for assistants.

use super::Trouble;
use mtlint_lang::{Language, identify};
use std::process::ExitCode;

/// Serve an assistant: the Model Context Protocol over standard input and output
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The language of texts that name none, such as `en`, in place of identifying it
    #[arg(long, value_name = "LANGUAGE", value_parser = identify::named)]
    lang: Option<Language>,

    /// Read no configuration file; else the one of this folder holds
    #[arg(long)]
    isolated: bool,
}

#[cfg(feature = "mcp")]
pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let settings = super::values::settings(args.isolated, args.lang)?;
    mtlint_mcp::Server::new(settings).serve_stdio().map_err(Trouble::new)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "mcp"))]
pub(super) fn run(_: &Args) -> Result<ExitCode, Trouble> {
    Err(super::values::not_built("mcp"))
}
