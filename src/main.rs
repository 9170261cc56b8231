//! The command `mtlint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    mtlint::cli::main(mtlint::lsp::serve_stdio)
}
