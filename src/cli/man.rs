//! `mtlint man`: manual pages.

use super::{Trouble, help, values};
use std::path::PathBuf;
use std::process::ExitCode;

/// Print the manual page, or write those of all commands into a folder
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder that the pages of all commands go to, such as `~/.local/share/man/man1`
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let fail = |error: std::io::Error| Trouble::new(format!("the manual cannot be written: {error}"));
    let Some(folder) = &args.folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(help::command()).render(&mut page).map_err(fail)?;
        return values::print_all(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(folder).map_err(fail)?;
    clap_mangen::generate_to(help::command(), folder).map_err(fail)?;
    values::print_all(&format!("{}\n", folder.join("mtlint.1").display()))
}
