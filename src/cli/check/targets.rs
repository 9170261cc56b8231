//! What is refused before anything is read: an output that would overwrite what is read or another
//! output, and a file that is to be mended twice.

use super::args::Args;
use super::output::Target;
use crate::cli::Trouble;
use mtlint_document::files;
use mtlint_engine::config::{FILE_NAME, absolute};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files that are written to, with links followed, so that an input can be told from them.
pub(super) struct Targets<'a> {
    files: BTreeMap<PathBuf, &'a Path>,
}

/// How an input stands to the outputs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Text,
    /// A report of an earlier run, which is about to be replaced.
    Report,
}

impl<'a> Targets<'a> {
    /// Those of the command line.
    ///
    /// # Errors
    /// When two outputs go to one place, or one to a file that this run obeys.
    pub fn new(args: &'a Args) -> Result<Self, Trouble> {
        if args.formats.iter().filter(|target| target.file.is_none()).count() > 1 {
            return Err(Trouble::new(
                "only one format can go to standard output; give the others a file, as in `--format json=report.json`",
            ));
        }
        let mut files = BTreeMap::new();
        for file in args.formats.iter().filter_map(Target::regular_file) {
            let real = absolute(file);
            let is_obeyed =
                |other: &Option<PathBuf>| other.as_deref().is_some_and(|other| absolute(other) == real);
            let obeyed = if is_obeyed(&args.baseline) {
                Some("the baseline")
            } else if real.file_name().is_some_and(|name| name == FILE_NAME || name == ".mtlintignore.toml") {
                Some("the configuration")
            } else {
                None
            };
            if let Some(obeyed) = obeyed {
                return Err(Trouble::new(format!(
                    "a report would overwrite {obeyed}: {}",
                    files::shown(file)
                )));
            }
            if files.insert(real, file).is_some() {
                return Err(Trouble::new(format!("two formats go to {}", files::shown(file))));
            }
        }
        Ok(Self { files })
    }

    /// How the input at `path` stands to the outputs.
    ///
    /// # Errors
    /// When it is one of them, and no report of an earlier run that the walk has met.
    pub fn input(&self, path: &Path, is_named: bool) -> Result<Input, Trouble> {
        let Some(file) = (!self.files.is_empty()).then(|| self.files.get(&absolute(path))).flatten() else {
            return Ok(Input::Text);
        };
        if !is_named && is_report(path) {
            return Ok(Input::Report);
        }
        Err(Trouble::new(format!(
            "a report would overwrite {}, one of the files to check; name another file for it",
            files::shown(file)
        )))
    }

    /// How the glossary that the configuration names stands to the outputs.
    ///
    /// # Errors
    /// When it is one of them.
    pub fn glossary(&self, path: &Path) -> Result<(), Trouble> {
        match (!self.files.is_empty()).then(|| self.files.get(&absolute(path))).flatten() {
            Some(file) => {
                Err(Trouble::new(format!("a report would overwrite the glossary: {}", files::shown(file))))
            }
            None => Ok(()),
        }
    }
}

/// How much of a file shows whether it is a report, in bytes.
const HEAD: u64 = 4096;

/// Whether a file is a report that mtlint has written in one of the formats whose files are also read;
/// an empty one is as good as a report.
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    if files::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head)).is_err() {
        return false;
    }
    let head = String::from_utf8_lossy(&head);
    head.is_empty()
        || head.contains("<meta name=\"generator\" content=\"mtlint ")
        || head.contains("=\"localization-quality-issue|mtlint-")
        || head.starts_with("## mtlint\n")
        || head.starts_with("{\"path\":") && head.contains("\"score\":{\"penalty_per_1000_words\":")
        || head.starts_with("{\"summary\":{\"documents\":")
}

/// Refuses paths that name one file twice, if it is to be mended.
pub(super) fn refuse_repeated(args: &Args) -> Result<(), Trouble> {
    let mut known: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for path in args.paths.iter().filter(|path| args.fix && path.is_file()) {
        if let Some(other) = known.insert(absolute(path), path) {
            return Err(Trouble::new(format!(
                "{} and {} are one file, which --fix takes once; name it once",
                files::shown(other),
                files::shown(path)
            )));
        }
    }
    Ok(())
}
