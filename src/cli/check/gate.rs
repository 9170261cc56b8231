//! The gate: what of the findings makes the run fail, given those known before.

use super::Args;
use super::changed::{Changed, Lines};
use crate::cli::{Trouble, values};
use mtlint_document::Document;
use mtlint_document::files;
use mtlint_document::load::{Article, explain};
use mtlint_engine::config::absolute;
use mtlint_engine::engine::{Baseline, Comparison, DocumentKey, Engine, Identity, Review};
use mtlint_engine::rule::Finding;
use mtlint_report::count;
use mtlint_text::visible;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What decides whether the run fails, beside the findings.
pub(super) struct Gate {
    baseline: Option<BaselineFile>,
    /// What is new is known from now on.
    accepts: bool,
    changed: Option<Changed>,
}

/// A baseline and where it lies.
struct BaselineFile {
    path: PathBuf,
    /// Absolute; the paths in the file are relative to it.
    folder: PathBuf,
    baseline: Baseline,
}

/// What became of one document.
pub(super) type Compared = (DocumentKey, Comparison);

impl Gate {
    /// The gate that the command line asks for.
    ///
    /// # Errors
    /// When the baseline cannot be read, or there is none and none is to be written; when git does
    /// not tell what has changed in `files`.
    pub fn new(args: &Args, files: &[PathBuf]) -> Result<Self, Trouble> {
        let changed = match &args.diff_base {
            Some(_) if args.reads_stdin() => {
                return Err(Trouble::new("--diff-base: git does not know standard input; name the file"));
            }
            Some(revision) => Some(Changed::since(revision, files)?),
            None => None,
        };
        let mut gate = Self { baseline: None, accepts: args.accept_new, changed };
        let Some(path) = &args.baseline else { return Ok(gate) };
        let fail = |message: String| Trouble::new(format!("{}: {message}", files::shown(path)));
        let baseline = match files::read_text(path) {
            Ok(text) => Baseline::parse(&text).map_err(fail)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && args.write_baseline => {
                gate.accepts = true;
                Baseline::default()
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(fail("there is no such file; `--write-baseline` writes it".to_owned()));
            }
            Err(error) => return Err(fail(explain(&error))),
        };
        let folder = absolute(files::folder_of(path));
        gate.baseline = Some(BaselineFile { path: path.clone(), folder, baseline });
        Ok(gate)
    }

    /// Whether nothing in a file was changed, so that it need not be read.
    pub fn passes_over(&self, file: &Path) -> bool {
        self.changed.as_ref().is_some_and(|changed| changed.lines(file).is_none())
    }

    /// Leaves what lies in changed lines, if only these are asked about.
    pub fn narrow(&self, path: &str, article: &Article, document: &Document, review: &mut Review) {
        let Some(changed) = &self.changed else { return };
        let lines = changed.lines(Path::new(path));
        if lines == Some(&Lines::All) {
            return;
        }
        if let Some(record) = &article.record {
            let line = record.line as usize - 1;
            if lines.is_some_and(|lines| lines.touch(line, line)) {
                return;
            }
        }
        let text = document.original();
        // As git counts lines: they end at a line feed and at nothing else.
        let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
        let line = |offset: usize| ends.partition_point(|end| *end < offset);
        let is_changed = |finding: &Finding| {
            let span = document.to_original(finding.span);
            article.record.is_none()
                && lines.is_some_and(|lines| lines.touch(line(span.lo()), line(span.hi())))
        };
        review.findings.retain(&is_changed);
        review.suppressed.retain(|suppressed| is_changed(&suppressed.finding));
    }

    /// Takes what is known out of what is reported.
    pub fn compare(
        &self,
        engine: &Engine,
        path: &str,
        article: &Article,
        document: &Document,
        review: &mut Review,
    ) -> Option<Compared> {
        let file = self.baseline.as_ref()?;
        let key = DocumentKey { path: file.relative(path), record: record_key(article, document) };
        let mut comparison = engine.compare(document, review, file.baseline.known(&key));
        if self.accepts {
            let new = std::mem::take(&mut comparison.new);
            engine.compare(document, review, &new);
            comparison.known.extend(new);
        }
        Some((key, comparison))
    }

    /// Tells what of the baseline is stale, and writes it anew if `args` say so.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn close(&self, args: &Args, compared: Vec<Compared>) -> Result<(), Trouble> {
        let Some(file) = &self.baseline else { return Ok(()) };
        let mut stale: Vec<(DocumentKey, Identity)> = Vec::new();
        let mut now: BTreeMap<DocumentKey, Vec<Identity>> = BTreeMap::new();
        let mut new = 0;
        for (key, comparison) in compared {
            stale.extend(comparison.stale.into_iter().map(|identity| (key.clone(), identity)));
            new += comparison.new.len();
            now.entry(key).or_default().extend(comparison.known);
        }
        let seen: BTreeSet<&str> = now.keys().map(|key| key.path.as_str()).collect();
        let mut baseline = file.baseline.clone();
        // A file that was not checked may have findings still, but not one that is no more.
        for key in file.baseline.documents().filter(|key| !now.contains_key(key)) {
            if seen.contains(key.path.as_str()) || !file.folder.join(&key.path).exists() {
                stale.extend(file.baseline.known(key).iter().map(|identity| (key.clone(), identity.clone())));
                baseline.remove(key);
            }
        }
        if !args.write_baseline {
            file.tell(&stale);
            return Ok(());
        }
        now.into_iter().for_each(|(key, known)| baseline.set(key, known));
        let path = files::shown(&file.path);
        files::put(&file.path, |out| std::io::Write::write_all(out, baseline.text().as_bytes()))
            .map_err(|error| Trouble::new(format!("{path}: cannot be written: {error}")))?;
        let mut told = format!("{path}: {}", count(baseline.len(), "known finding"));
        if !stale.is_empty() {
            told.push_str(&format!(", {} found no more and taken out", stale.len()));
        }
        if new > 0 {
            told.push_str(&format!(", {new} new and left out: `--accept-new` takes them in"));
        }
        values::remark(&told);
        Ok(())
    }
}

/// How many stale entries are listed.
const LISTED: usize = 10;

impl BaselineFile {
    /// A path as the baseline has it.
    fn relative(&self, path: &str) -> String {
        let path = absolute(Path::new(path));
        let relative = pathdiff::diff_paths(&path, &self.folder).unwrap_or(path);
        relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn tell(&self, stale: &[(DocumentKey, Identity)]) {
        if stale.is_empty() {
            return;
        }
        let mut told = format!(
            "{}: {} found no more; `--write-baseline` takes them out",
            files::shown(&self.path),
            count(stale.len(), "known finding")
        );
        for (key, identity) in stale.iter().take(LISTED) {
            let record = key.record.as_deref().map(|record| format!(" (record {})", visible(record)));
            told.push_str(&format!(
                "\n  {}{}: {} `{}`",
                visible(&key.path),
                record.unwrap_or_default(),
                visible(&identity.rule.to_string()),
                visible(&identity.text)
            ));
        }
        if stale.len() > LISTED {
            told.push_str(&format!("\n  and {} more", stale.len() - LISTED));
        }
        values::warn(&told);
    }
}

/// How many letters name a record that has no id.
const LETTERS: usize = 80;

/// What names one of many documents in a file: its id, or else the letters it begins with, for the
/// number of its line changes with what is put before it.
fn record_key(article: &Article, document: &Document) -> Option<String> {
    let record = article.record.as_ref()?;
    if record.id != record.line.to_string() {
        return Some(record.id.clone());
    }
    let letters = document.text().chars().filter(|c| c.is_alphabetic()).take(LETTERS);
    Some(format!("“{}”", letters.collect::<String>()))
}
