//! Checking in the background: a thread that always checks the newest text, and what comes of it.

use super::units::{self, Units};
use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_types::Uri;
use mtlint_document::load::{self, Format};
use mtlint_engine::config::{Overrides, today};
use mtlint_engine::lint::{AllSettings, Linter, Memory, Settings};
use mtlint_engine::rule::{Applicability, Finding, Fix, Related, Rule, Severity};
use mtlint_engine::score::Score;
use mtlint_text::toml_file::Problem;
use mtlint_text::{Edit, LineIndex, Span};
use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A text to check.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub uri: Uri,
    pub path: Option<PathBuf>,
    pub format: Format,
    pub text: Arc<String>,
    /// Set when the outcome is of no use any more; no two checks share one.
    pub stop: Arc<AtomicBool>,
}

/// A finding where it lies in the text of the editor.
#[derive(Clone, Debug)]
pub(super) struct Marked {
    pub finding: Finding,
    pub span: Span,
    pub related: Vec<Related>,
    /// The best one first.
    pub fixes: Vec<Fix>,
    pub fingerprint: String,
    /// What suppresses it where it stands.
    pub suppress: Option<Edit>,
    /// Of a unit: the text that it was translated from.
    pub source: Option<String>,
    /// The places of that text which explain it.
    pub in_source: Vec<Span>,
}

/// What a check found out.
#[derive(Debug)]
pub(super) struct Analysis {
    pub uri: Uri,
    pub path: Option<PathBuf>,
    /// That of the snapshot.
    pub stop: Arc<AtomicBool>,
    pub format: Format,
    pub text: Arc<String>,
    pub lines: LineIndex,
    /// In text order.
    pub marked: Vec<Marked>,
    pub words: usize,
    pub score: Score,
    /// Why a file of units cannot be read, and where.
    pub broken: Option<(Span, String)>,
    /// `None` when the document is not one to check: excluded, or under a configuration that is wrong.
    pub settings: Option<Arc<Settings>>,
}

impl Analysis {
    /// The analysis of what is not checked.
    fn blank(snapshot: &Snapshot) -> Self {
        Self {
            uri: snapshot.uri.clone(),
            path: snapshot.path.clone(),
            stop: Arc::clone(&snapshot.stop),
            format: snapshot.format,
            text: Arc::clone(&snapshot.text),
            lines: LineIndex::new(&snapshot.text),
            marked: Vec::new(),
            words: 0,
            score: Score::of([], 0),
            broken: None,
            settings: None,
        }
    }

    /// Checks the text under these settings; `memory` is of earlier texts of the document, under the
    /// same settings. `None` when the check was stopped.
    pub fn of(snapshot: &Snapshot, settings: &Arc<Settings>, memory: &mut Memory) -> Option<Self> {
        let blank = Self::blank(snapshot);
        if snapshot.format == Format::JsonLines {
            return Some(blank);
        }
        if snapshot.format.holds_units() {
            let Units { marked, words, points, broken } = units::check(snapshot, settings)?;
            let score = Score::of_points(points, words);
            return Some(Self {
                marked,
                words,
                score,
                broken,
                settings: Some(Arc::clone(settings)),
                ..blank
            });
        }
        let mut article = load::article(snapshot.format, &snapshot.text);
        let linter = Linter::new(settings, name(snapshot.path.as_deref()), snapshot.format, &article);
        let document = linter.take(&mut article);
        let review = linter.check_again(&document, memory, &snapshot.stop)?;
        let checked = linter.locate("", &article, &document, &review);
        let score = checked.score();
        let marked = checked.findings.into_iter().map(|located| Marked {
            suppress: mtlint_engine::lint::ignore_here(&document, snapshot.format, located.finding),
            finding: located.finding.clone(),
            span: located.span,
            related: located.related,
            fixes: located.fixes,
            fingerprint: located.fingerprint,
            source: None,
            in_source: Vec::new(),
        });
        Some(Self {
            marked: marked.collect(),
            words: checked.words,
            score,
            settings: Some(Arc::clone(settings)),
            ..blank
        })
    }

    /// The findings at a place, and those that a selection touches.
    pub fn at(&self, span: Span) -> impl Iterator<Item = &Marked> {
        self.marked.iter().filter(move |marked| marked.span.touches(span))
    }

    pub fn rule(&self, marked: &Marked) -> Option<&Rule> {
        self.settings.as_ref()?.engine.registry().rule(marked.finding.rule.as_str())
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.marked.iter().filter(|marked| marked.finding.severity == severity).count()
    }

    /// The text after all safe fixes, as `--fix` leaves it.
    pub fn fixed(&self) -> String {
        let Some(settings) = &self.settings else { return self.text.to_string() };
        if self.format.holds_units() {
            return units::fixed(&self.snapshot(), settings);
        }
        let article = load::article(self.format, &self.text);
        let linter = Linter::new(settings, name(self.path.as_deref()), self.format, &article);
        linter.fix(&self.text, Applicability::Safe).text
    }

    /// What was checked.
    fn snapshot(&self) -> Snapshot {
        Snapshot {
            uri: self.uri.clone(),
            path: self.path.clone(),
            stop: Arc::clone(&self.stop),
            format: self.format,
            text: Arc::clone(&self.text),
        }
    }

    pub fn has_safe_fix(&self) -> bool {
        let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
        self.marked.iter().any(|marked| marked.fixes.iter().any(is_safe))
    }
}

/// What a document goes by that is no file.
pub(super) fn name(path: Option<&Path>) -> &Path {
    path.unwrap_or(Path::new(""))
}

/// What the thread is asked to do.
#[derive(Debug)]
pub(super) enum Job {
    Check(Snapshot),
    /// Everything is to be read anew, under what the client says.
    Configure {
        overrides: Overrides,
        isolated: bool,
    },
    /// Configuration files have changed.
    Reload,
    /// A document is closed.
    Forget(Uri),
}

/// What the thread tells.
#[derive(Debug)]
pub(super) enum Told {
    Checked(Arc<Analysis>),
    /// What is wrong with a configuration; empty when all is right again.
    Trouble(Vec<Problem>),
    /// A fault of mtlint itself.
    Fault(String),
}

/// The thread that checks. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    jobs: Sender<Job>,
}

impl Worker {
    /// Starts it. Documents that are no files are under the configuration of `folder`.
    pub fn start(folder: PathBuf) -> (Self, Receiver<Told>) {
        let (jobs, queue) = unbounded();
        let (told, outcomes) = unbounded();
        thread::spawn(move || {
            let settings = AllSettings::new(Overrides::default(), false, Some(today()));
            Thread { settings, folder, told, trouble: Vec::new(), memories: HashMap::new() }.run(&queue);
        });
        (Self { jobs }, outcomes)
    }

    pub fn ask(&self, job: Job) {
        // The thread is gone only when the server is.
        let _ = self.jobs.send(job);
    }
}

struct Thread {
    settings: AllSettings,
    folder: PathBuf,
    told: Sender<Told>,
    /// What was told last.
    trouble: Vec<Problem>,
    /// Of each document that is open, by its address, under the settings it was checked under last.
    memories: HashMap<String, (Arc<Settings>, Memory)>,
}

impl Thread {
    fn run(&mut self, queue: &Receiver<Job>) {
        let mut waiting: VecDeque<Job> = VecDeque::new();
        while let Some(job) = waiting.pop_front().or_else(|| queue.recv().ok()) {
            waiting.push_front(job);
            waiting.extend(queue.try_iter());
            let Some(job) = waiting.pop_front() else { continue };
            let told = match job {
                // The editor has gone on.
                Job::Check(snapshot) if snapshot.stop.load(Ordering::Relaxed) => continue,
                Job::Check(snapshot) => self.check(&snapshot),
                Job::Configure { overrides, isolated } => {
                    self.settings = AllSettings::new(overrides, isolated, Some(today()));
                    continue;
                }
                Job::Reload => {
                    self.settings.reload();
                    continue;
                }
                Job::Forget(uri) => {
                    self.memories.remove(uri.as_str());
                    continue;
                }
            };
            if told.is_some_and(|told| self.told.send(told).is_err()) {
                return;
            }
        }
    }

    /// `None` when the check was stopped.
    fn check(&mut self, snapshot: &Snapshot) -> Option<Told> {
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let Some(settings) = self.settings_of(snapshot.path.as_deref()) else {
                return Some(Analysis::blank(snapshot));
            };
            // A memory is lost with a panic, and made anew.
            let memory = self.memories.remove(snapshot.uri.as_str());
            let mut memory = memory
                .filter(|(known, _)| Arc::ptr_eq(known, &settings))
                .map_or_else(Memory::default, |(_, memory)| memory);
            let analysis = Analysis::of(snapshot, &settings, &mut memory);
            self.memories.insert(snapshot.uri.as_str().to_owned(), (settings, memory));
            analysis
        }));
        match checked {
            Ok(_) if snapshot.stop.load(Ordering::Relaxed) => None,
            Ok(analysis) => analysis.map(|analysis| Told::Checked(Arc::new(analysis))),
            Err(_) => {
                let fault =
                    format!("internal error while checking {}, please report it", snapshot.uri.as_str());
                let _ = self.told.send(Told::Fault(fault));
                Some(Told::Checked(Arc::new(Analysis::blank(snapshot))))
            }
        }
    }

    /// What holds for a file; `None` when it is not to be checked.
    fn settings_of(&mut self, path: Option<&Path>) -> Option<Arc<Settings>> {
        let untitled = self.folder.join("untitled");
        let found = self.settings.of_file(path.unwrap_or(&untitled));
        let trouble = found.as_ref().err().cloned().unwrap_or_default();
        if trouble != self.trouble {
            let _ = self.told.send(Told::Trouble(trouble.clone()));
            self.trouble = trouble;
        }
        let settings = found.ok()?;
        let is_excluded = path.is_some_and(|path| settings.config.excludes(path));
        (!is_excluded).then_some(settings)
    }
}
