//! `mtlint init`: a configuration to begin with.

use super::{Trouble, values};
use mtlint_document::files;
use mtlint_engine::config::FILE_NAME;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write an `mtlint.toml` in which every key is explained
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder it is for
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Every key with its default, all of them commented out.
const TEMPLATE: &str = include_str!("init.toml");

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let path = args.folder.join(FILE_NAME);
    let shown = files::shown(&path);
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Trouble::new(format!("{shown} is there already; it stays as it is")),
            ErrorKind::NotFound => Trouble::new(format!("{shown}: there is no such folder; make it first")),
            _ => Trouble::new(format!("{shown} cannot be written: {error}")),
        })?;
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|error| Trouble::new(format!("{shown} cannot be written: {error}")))?;
    values::print_all(&format!(
        "{shown}\nEvery key in it is commented out and shows its default or an example.\n"
    ))
}
