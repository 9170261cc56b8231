//! Where reports go: `--format NAME[=FILE]`, several at once.

use super::interrupt;
use crate::cli::Terminal;
use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use mtlint_document::files::{self, folder_of};
use mtlint_engine::rule::Rule;
use mtlint_report::style::Paint;
use mtlint_report::{
    Azure, Checkstyle, Concise, Format, Github, Gitlab, Html, Human, Its, Json, Jsonl, Junit, Markdown,
    Rdjsonl, Sarif, Wmt,
};
use mtlint_text::toml_file::unknown;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// The formats of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum FormatName {
    /// For people: the line, the damage underlined, the fix
    Human,
    /// A line a finding
    Concise,
    /// One JSON object
    Json,
    /// A JSON object a document
    Jsonl,
    /// A page to look at, in one file
    Html,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of GitHub Actions, and the summary of the job
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// JUnit XML, a case a file and rule
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// The diagnostics of reviewdog, an object a line
    Rdjsonl,
    /// Logging commands of Azure Pipelines
    Azure,
    /// A page for the summary of a job or a comment
    Markdown,
    /// The texts with their damage marked, HTML with ITS 2.0
    Its,
    /// The same in XML
    ItsXml,
    /// Error spans for the scripts of WMT
    Wmt,
}

/// A value of `--format`: a format, and the file it goes to in place of standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Target {
    pub format: FormatName,
    pub file: Option<PathBuf>,
}

/// Reads `NAME` or `NAME=FILE`.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;

    fn parse_ref(
        &self,
        command: &clap::Command,
        _argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Target, clap::Error> {
        let fail = |message: String| {
            clap::Error::raw(clap::error::ErrorKind::InvalidValue, format!("--format: {message}\n"))
                .with_cmd(command)
        };
        let text = value.to_str().ok_or_else(|| fail("the value is not UTF-8".to_owned()))?;
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err(fail(format!("a file must stand behind `{text}`"))),
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        let known: Vec<PossibleValue> =
            FormatName::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let format = FormatName::from_str(name, false)
            .map_err(|_| fail(unknown("format", name, known.iter().map(PossibleValue::get_name))))?;
        // As elsewhere, `-` is the standard stream.
        Ok(Target { format, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FormatName::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

impl Target {
    /// The file it goes to, if that is a regular one or will be: a pipe or a device takes what comes.
    pub fn regular_file(&self) -> Option<&Path> {
        self.file.as_deref().filter(|file| files::irregular(file).is_none())
    }
}

/// What writes reports in this format on a run with these rules, whose findings are compared with a
/// baseline or not, and come with their evidence or not.
pub(super) fn format<'r>(
    target: &Target,
    terminal: Terminal,
    rules: &[&'r Rule],
    has_baseline: bool,
    evidence: bool,
) -> Box<dyn Format + 'r> {
    let paint = Paint { color: terminal.paint.color && target.file.is_none() };
    match target.format {
        FormatName::Human => Box::new(Human { paint, width: terminal.width, evidence }),
        FormatName::Concise => Box::new(Concise { paint }),
        FormatName::Json => Box::new(Json { evidence }),
        FormatName::Jsonl => Box::new(Jsonl { evidence }),
        FormatName::Html => Box::new(Html::default()),
        FormatName::Sarif => Box::new(Sarif::new(rules.iter().copied(), has_baseline)),
        FormatName::Github => Box::new(Github::default()),
        FormatName::Gitlab => Box::new(Gitlab),
        FormatName::Junit => Box::new(Junit),
        FormatName::Checkstyle => Box::new(Checkstyle),
        FormatName::Rdjsonl => Box::new(Rdjsonl),
        FormatName::Azure => Box::new(Azure),
        FormatName::Markdown => Box::new(Markdown::new(rules.iter().copied(), MOST_MARKDOWN)),
        FormatName::Its => Box::new(Its::Html),
        FormatName::ItsXml => Box::new(Its::Xml),
        FormatName::Wmt => Box::new(Wmt),
    }
}

/// How large a page may be, in bytes: a comment on GitHub takes 65,536 characters.
const MOST_MARKDOWN: usize = 65_536;

/// The page of what `github` appends to the summary of the job, and the file it goes to; `None`
/// outside of a job.
pub(super) fn step_summary<'r>(rules: &[&'r Rule]) -> Option<(PathBuf, Box<dyn Format + 'r>)> {
    let path = PathBuf::from(std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty())?);
    // Other commands of the step may have written already.
    let taken = fs::metadata(&path).map_or(0, |metadata| metadata.len());
    let free = MOST_STEP_SUMMARY.saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX));
    Some((path, Box::new(Markdown::new(rules.iter().copied(), free.min(MOST_MARKDOWN)))))
}

/// How large the summary of a step may be, in bytes.
const MOST_STEP_SUMMARY: usize = 1 << 20;

/// What a report is written to.
pub(super) trait Sink: Write + Send {
    /// Called once, when all is written.
    ///
    /// # Errors
    /// When the report cannot be kept.
    fn close(&mut self) -> io::Result<()>;

    /// Whether somebody reads along.
    fn is_stream(&self) -> bool {
        false
    }
}

/// A standard stream, or another that is written as it comes.
pub(super) struct Stream(BufWriter<Box<dyn Write + Send>>);

impl Stream {
    pub fn new(out: impl Write + Send + 'static) -> Self {
        Self(BufWriter::with_capacity(1 << 16, Box::new(out)))
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Sink for Stream {
    fn close(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn is_stream(&self) -> bool {
        true
    }
}

/// A file that holds the whole report or what it held before. Until the report is whole it lies in a
/// file without a name, which the system removes however the process ends.
struct ReportFile {
    path: PathBuf,
    draft: BufWriter<File>,
}

impl Write for ReportFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.draft.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft.flush()
    }
}

impl Sink for ReportFile {
    fn close(&mut self) -> io::Result<()> {
        self.draft.flush()?;
        let draft = self.draft.get_mut();
        draft.rewind()?;
        interrupt::writing(|| files::put(&self.path, |file| io::copy(draft, file).map(drop)))
    }
}

/// Opens the file that a report goes to.
///
/// # Errors
/// When it cannot be written.
pub(super) fn open(path: &Path) -> io::Result<Box<dyn Sink>> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => return Err(io::Error::other("it is a folder")),
        // A pipe or a device takes what comes.
        Ok(metadata) if !metadata.is_file() => {
            return Ok(Box::new(Stream::new(OpenOptions::new().write(true).open(path)?)));
        }
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(io::Error::other("it is read-only"));
        }
        _ => {}
    }
    let draft = BufWriter::with_capacity(1 << 16, tempfile::tempfile_in(folder_of(path))?);
    Ok(Box::new(ReportFile { path: path.to_path_buf(), draft }))
}

/// A file to whose end the report is added as a whole.
pub(super) struct Appendix {
    path: PathBuf,
    text: Vec<u8>,
}

impl Appendix {
    pub fn new(path: PathBuf) -> Self {
        Self { path, text: Vec::new() }
    }
}

impl Write for Appendix {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Appendix {
    fn close(&mut self) -> io::Result<()> {
        OpenOptions::new().append(true).create(true).open(&self.path)?.write_all(&self.text)
    }
}
