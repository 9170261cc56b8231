//! `mtlint config`: which values hold for a file, and where each comes from.

use super::{Trouble, values};
use mtlint_engine::config::Configs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show the values that hold for a file, and where each comes from
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file, which need not exist, or a folder
    #[arg(default_value = ".")]
    file: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let configs = Configs::default();
    let config = if args.file.is_dir() { configs.of_folder(&args.file) } else { configs.of_file(&args.file) };
    let config = config.map_err(|problems| Trouble::from(problems.to_vec()))?;
    values::print_all(&config.with_overrides(&config.overrides_of(&args.file)).table())
}
