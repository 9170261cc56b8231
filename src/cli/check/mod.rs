//! `mtlint check`: lint files and folders, and mend them.

mod lint;
mod ordered;
mod walk;
mod write;

use super::{FINDINGS, TROUBLE, Trouble, values};
use crate::document::load::{self, File, LoadError};
use crate::engine::{Engine, Selection, Timings};
use crate::lang::Language;
use crate::report::{Format, Json, Jsonl, Summary};
use crate::rule::{Applicability, Confidence, Registry, Severity};
use lint::{Lint, Outcome};
use ordered::ordered;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Lint files and folders
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,

    /// Run only these rules or families
    #[arg(long, value_name = "RULE|FAMILY|all", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or families
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Report nothing less severe
    #[arg(long, value_name = "SEVERITY", value_parser = values::severity())]
    min_severity: Option<Severity>,

    /// Report nothing less certain [default: medium]
    #[arg(long, value_name = "CONFIDENCE", value_parser = values::confidence())]
    min_confidence: Option<Confidence>,

    /// The language of the texts, such as `en`, in place of identifying it
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Language>,

    /// Apply safe fixes to the files
    #[arg(long)]
    fix: bool,

    /// With --fix or --diff, apply fixes that may change what a sentence asserts, too
    #[arg(long)]
    unsafe_fixes: bool,

    /// Show what --fix would change, and write nothing
    #[arg(long)]
    diff: bool,

    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Minor)]
    fail_on: FailOn,

    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,

    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,

    /// Count the findings of each rule at the end
    #[arg(long)]
    statistics: bool,

    /// Tell on standard error how long each rule took
    #[arg(long)]
    timings: bool,

    /// How many threads work [default: one a processor]
    #[arg(long, short, value_name = "N")]
    jobs: Option<usize>,

    /// The name standard input goes by; its ending tells the format
    #[arg(long, value_name = "NAME", default_value = "stdin.txt")]
    stdin_filename: PathBuf,

    /// Read no configuration file
    #[arg(long)]
    isolated: bool,

    /// Show no progress bar
    #[arg(long)]
    no_progress: bool,
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormatName {
    Human,
    Concise,
    Json,
    Jsonl,
}

/// The values of `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    Minor,
    Major,
    Critical,
    Never,
}

impl FailOn {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Minor => Some(Severity::Minor),
            Self::Major => Some(Severity::Major),
            Self::Critical => Some(Severity::Critical),
            Self::Never => None,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let mut selection =
        Selection { select: args.select.clone(), ignore: args.ignore.clone(), ..Selection::default() };
    selection.min_severity = args.min_severity.unwrap_or(selection.min_severity);
    selection.min_confidence = args.min_confidence.unwrap_or(selection.min_confidence);
    let engine = Engine::new(Arc::new(Registry::builtin()), selection)?;
    let format: &dyn Format = match args.format {
        FormatName::Jsonl => &Jsonl,
        _ => &Json,
    };
    let lint = Lint {
        engine: &engine,
        format,
        language: args.lang,
        fix: (args.fix || args.diff).then_some(match args.unsafe_fixes {
            true => Applicability::Unsafe,
            false => Applicability::Safe,
        }),
        diff: args.diff,
        quiet: args.quiet,
        timed: args.timings,
    };
    // A panic is caught and told with the name of the file.
    std::panic::set_hook(Box::new(|_| {}));
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.unwrap_or(0))
        .build()
        .map_err(|error| Trouble::new(format!("cannot start threads: {error}")))?;
    let (files, failures) = walk::files(&args.paths);
    let mut run = Run {
        args,
        lint: &lint,
        out: Printer::new(io::stdout(), format),
        sum: Summary { failures, ..Summary::default() },
        timings: Timings::new(),
    };
    match pool.install(|| run.all(&files)) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(Trouble::new(format!("cannot write the report: {error}")));
        }
        _ => {}
    }
    for failure in &run.sum.failures {
        values::complain(&format!("{}: {}", failure.path, failure.message));
    }
    Ok(run.exit_code())
}

/// A run over all files.
struct Run<'a> {
    args: &'a Args,
    lint: &'a Lint<'a>,
    out: Printer<'a>,
    sum: Summary,
    timings: Timings,
}

impl Run<'_> {
    fn all(&mut self, files: &[PathBuf]) -> io::Result<()> {
        if !self.args.quiet {
            self.out.begin()?;
        }
        let holds_many = |path: &Path| load::Format::of(path) == load::Format::JsonLines;
        for group in files.chunk_by(|a, b| !holds_many(a) && !holds_many(b)) {
            match group {
                [path] if holds_many(path) || path.as_os_str() == "-" => self.records(path)?,
                _ => self.files(group)?,
            }
        }
        if !self.args.quiet {
            self.out.end(&self.sum)?;
        }
        Ok(())
    }

    /// Checks files that hold one article each.
    fn files(&mut self, paths: &[PathBuf]) -> io::Result<()> {
        let (args, lint) = (self.args, self.lint);
        let (out, sum, timings) = (&mut self.out, &mut self.sum, &mut self.timings);
        ordered(
            paths.iter(),
            |path| {
                let name = display(path);
                let mut outcome = match read(args, path) {
                    Err(error) => failure(&error),
                    Ok(file) => {
                        let mut outcome = Outcome::default();
                        for article in file.articles() {
                            outcome = article.map_or_else(
                                |error| failure(&error),
                                |article| lint.article(&name, file.format(), article),
                            );
                        }
                        let fixed = outcome.fixed.take().map(|text| (1, text));
                        if let Some(message) = save(args, path, &file, fixed.into_iter().collect()) {
                            outcome.summary.add(Outcome::failure(&name, message).summary);
                        }
                        outcome
                    }
                };
                outcome.fixed = None;
                outcome
            },
            |outcome| take(outcome, out, sum, timings),
        )
    }

    /// Checks a file that holds many articles.
    fn records(&mut self, path: &Path) -> io::Result<()> {
        let name = display(path);
        let (args, lint) = (self.args, self.lint);
        let (out, sum, timings) = (&mut self.out, &mut self.sum, &mut self.timings);
        let file = match read(args, path) {
            Ok(file) => file,
            Err(error) => return take(failure(&error), out, sum, timings),
        };
        let mut fixed = BTreeMap::new();
        ordered(
            file.articles(),
            |article| match article {
                Ok(article) => (article.line(), lint.article(&name, file.format(), article)),
                Err(error) => (0, failure(&error)),
            },
            |(line, mut outcome)| {
                fixed.extend(outcome.fixed.take().map(|text| (line, text)));
                take(outcome, out, sum, timings)
            },
        )?;
        if let Some(message) = save(args, path, &file, fixed) {
            sum.add(Outcome::failure(&name, message).summary);
        }
        Ok(())
    }

    fn exit_code(&self) -> ExitCode {
        let fails = self.args.fail_on.severity().is_some_and(|least| self.sum.worst() >= Some(least));
        if !self.sum.failures.is_empty() {
            ExitCode::from(TROUBLE)
        } else if fails && !self.args.exit_zero {
            ExitCode::from(FINDINGS)
        } else {
            ExitCode::SUCCESS
        }
    }
}

fn take(outcome: Outcome, out: &mut Printer<'_>, sum: &mut Summary, timings: &mut Timings) -> io::Result<()> {
    out.document(&outcome.rendered)?;
    sum.add(outcome.summary);
    for (rule, time) in outcome.timings {
        *timings.entry(rule).or_default() += time;
    }
    Ok(())
}

fn failure(error: &LoadError) -> Outcome {
    let message = LoadError { file: String::new(), ..error.clone() }.to_string();
    Outcome::failure(&error.file, message.trim_start_matches([':', ' ']).to_owned())
}

/// Reads a file, or standard input.
fn read(args: &Args, path: &Path) -> Result<File, LoadError> {
    if path.as_os_str() != "-" {
        return load::read(path);
    }
    let name = display(&args.stdin_filename);
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| LoadError::new(&name, format!("standard input cannot be read: {error}")))?;
    load::from_bytes(&name, load::Format::of(&args.stdin_filename), bytes)
}

/// Writes the fixed texts of a file's articles; returns what went wrong.
fn save(args: &Args, path: &Path, file: &File, fixed: BTreeMap<u32, String>) -> Option<String> {
    if fixed.is_empty() || args.diff {
        return None;
    }
    let bytes = match file.with_texts(&fixed) {
        Ok(bytes) => bytes,
        Err(error) => return Some(error.message),
    };
    write::replace(path, &bytes).err().map(|error| format!("cannot be written: {error}"))
}

/// A path as reports show it: `/` between folders on every system.
fn display(path: &Path) -> String {
    let name = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' { name } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// Prints a report, document by document.
struct Printer<'a> {
    out: io::BufWriter<io::Stdout>,
    format: &'a dyn Format,
    printed: usize,
}

impl<'a> Printer<'a> {
    fn new(out: io::Stdout, format: &'a dyn Format) -> Self {
        Self { out: io::BufWriter::with_capacity(1 << 16, out), format, printed: 0 }
    }

    fn begin(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.format.begin(&mut bytes);
        self.out.write_all(&bytes)
    }

    fn document(&mut self, rendered: &[u8]) -> io::Result<()> {
        if rendered.is_empty() {
            return Ok(());
        }
        if self.printed > 0 {
            self.out.write_all(self.format.separator().as_bytes())?;
        }
        self.printed += 1;
        self.out.write_all(rendered)
    }

    fn end(&mut self, summary: &Summary) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.format.end(summary, &mut bytes);
        self.out.write_all(&bytes)?;
        self.out.flush()
    }
}
