//! What several subcommands share: values of options, and how trouble is told.

use super::Trouble;
use anstyle::{AnsiColor, Style};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use mtlint_engine::config::{Configs, FailOn};
use mtlint_engine::rule::{Confidence, Registry, Severity};
use mtlint_text::visible_lines;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// The parser of a severity's name.
pub(super) fn severity() -> impl TypedValueParser<Value = Severity> {
    named(&Severity::ALL, Severity::as_str)
}

/// The parser of a confidence's name.
pub(super) fn confidence() -> impl TypedValueParser<Value = Confidence> {
    named(&Confidence::ALL, Confidence::as_str)
}

/// The parser of a value of `--fail-on`.
pub(super) fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    named(&FailOn::ALL, FailOn::as_str)
}

/// The parser of the name of one of `all`.
fn named<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    let fallback = all[0];
    PossibleValuesParser::new(all.iter().map(|value| name(*value)))
        .map(move |given| all.iter().copied().find(|value| name(*value) == given).unwrap_or(fallback))
}

/// A path as reports show it: `/` between folders on every system.
pub(super) fn slashed(path: &Path) -> String {
    let name = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Reads a number of penalty points.
pub(super) fn points(given: &str) -> Result<f64, String> {
    match given.parse::<f64>() {
        Ok(points) if points.is_finite() && points >= 0.0 => Ok(points),
        _ => Err("a number of points is 0 or more".to_owned()),
    }
}

/// The width of what is no terminal, in columns.
const WIDTH: usize = 100;

/// The width of what is no terminal, in columns. Who shows it on a terminal says so in `COLUMNS`.
pub(super) fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok());
    said.filter(|width| *width > 0).unwrap_or(WIDTH)
}

/// The width of standard error, in columns.
pub(super) fn width() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or_else(columns, |(width, _)| width.0.into())
}

/// Tells trouble on standard error.
pub(super) fn complain(message: &str) {
    let style: Style = AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error{style:#}: {}", visible_lines(message));
}

/// Tells of something odd on standard error.
pub(super) fn warn(message: &str) {
    let style: Style = AnsiColor::Yellow.on_default().bold();
    anstream::eprintln!("{style}warning{style:#}: {}", visible_lines(message));
}

/// Says something on standard error that is not part of the report.
pub(super) fn remark(message: &str) {
    anstream::eprintln!("{}", visible_lines(message));
}

/// Prints text on standard output.
///
/// # Errors
/// When nobody reads it any more, for instance.
pub(super) fn print(text: &str) -> io::Result<()> {
    print_bytes(text.as_bytes())
}

/// Prints bytes on standard output as they are.
///
/// # Errors
/// As [`print`].
pub(super) fn print_bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// A value as JSON over several lines, in which no character acts on a terminal.
pub(super) fn json(value: &impl Serialize) -> String {
    let mut bytes = serde_json::to_vec_pretty(value).expect("strings, numbers and lists");
    mtlint_report::escape_json(&mut bytes, 0);
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Prints all that a subcommand has to say. A reader that has read enough is no trouble.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn print_all(text: &str) -> Result<ExitCode, Trouble> {
    match print(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Trouble::new(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The rules built in, and those that the configuration of this folder adds, unless `isolated`.
///
/// # Errors
/// Everything that is wrong with the configuration and its rules.
pub(super) fn registry(isolated: bool) -> Result<Arc<Registry>, Trouble> {
    if isolated {
        return Ok(Arc::new(Registry::builtin()));
    }
    let config =
        Configs::default().of_folder(Path::new(".")).map_err(|problems| Trouble::from(problems.to_vec()))?;
    Ok(Arc::new(mtlint_engine::lint::user_registry(&config)?))
}

/// What holds for texts that are no files: the configuration of this folder, unless `isolated`.
///
/// # Errors
/// Everything that is wrong with the configuration and its rules.
#[cfg(any(feature = "mcp", feature = "serve"))]
pub(super) fn settings(
    isolated: bool,
    lang: Option<mtlint_lang::Language>,
) -> Result<Arc<mtlint_engine::lint::Settings>, Trouble> {
    use mtlint_engine::config::{Overrides, today};
    let overrides = Overrides { lang, ..Overrides::default() };
    let mut settings = mtlint_engine::lint::AllSettings::new(overrides, isolated, Some(today()));
    Ok(settings.of_file(Path::new("text"))?)
}

/// The trouble of a command that this build of mtlint lacks.
#[cfg(not(all(feature = "mcp", feature = "serve")))]
pub(super) fn not_built(feature: &str) -> Trouble {
    Trouble::new(format!(
        "this mtlint was built without `mtlint {feature}`: take one of the releases, or build it with \
         `cargo install --path . --features {feature}`"
    ))
}
