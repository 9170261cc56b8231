//! The Python module `mtlint`: the facade of the engine for Python, many texts at once over Arrow, and the command line.
//!
//! May use the facade (`mtlint_engine::Linter`) and what it gives, `engine::config` for what day it is, positions of
//! `text`, and the command line of the program as a whole. Python's lock is released wherever texts are looked at.

mod columns;
mod linter;
mod many;
mod options;
mod pool;
mod table;
mod texts;
mod values;

use mimalloc::MiMalloc;
use mtlint::cli::Invocation;
use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// As in the program: each thread has its own memory.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

create_exception!(
    mtlint,
    ConfigError,
    PyValueError,
    "What a linter was told is wrong: a configuration, a rule, a language.\n\nThe text tells every mistake in a line of its own, as the program does."
);

/// The linter for machine-translated text.
#[pymodule]
mod _mtlint {
    use super::{Invocation, OsString, command_line};
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::ConfigError;
    #[pymodule_export]
    use crate::linter::{_restore, Linter};
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::values::{Edit, Finding, Fix, Fixed, Position, Related, Score, Span};

    /// Runs the command line, and gives its exit code. `program` is the command that starts it again.
    #[pyfunction]
    fn _main(py: Python<'_>, program: Vec<OsString>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| command_line(&Invocation { program, arguments }))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// The exit code of the command line. What it wrote is written out: in a process that Python has started, nobody does
/// so at the end.
fn command_line(invocation: &Invocation) -> u8 {
    let code = mtlint::cli::main(invocation, mtlint::lsp::serve_stdio);
    // Nobody is left to hear of it when standard output is closed.
    let _ = std::io::stdout().flush();
    (0..u8::MAX).find(|known| ExitCode::from(*known) == code).unwrap_or(u8::MAX)
}
