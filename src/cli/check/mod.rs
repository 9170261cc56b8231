//! `mtlint check`: lint files and folders, and mend them.

mod args;
mod changed;
mod decided;
mod excluded;
mod gate;
mod interactive;
pub(super) mod interrupt;
mod jobs;
mod lint;
mod ordered;
mod output;
mod printer;
mod progress;
mod records;
mod refused;
mod source_pattern;
mod stale;
mod targets;
pub(super) mod walk;
mod watch;

pub(super) use args::Args;
pub(super) use jobs::tell_leftovers;
pub(super) use lint::caught;
pub(super) use ordered::{ordered, ordered_by};
pub(super) use progress::Progress;

use super::{FINDINGS, Invocation, TROUBLE, Terminal, Trouble, values};
use decided::{Decided, DecisionFile};
use gate::{Compared, Gate};
use jobs::{Job, jobs, remove_leftovers, rules};
use lint::{Lint, Mode, Outcome};
use mtlint_document::files;
use mtlint_document::load::{self, File, LoadError};
use mtlint_engine::engine::{FEW, Timings};
use mtlint_engine::rule::RuleId;
use mtlint_records::Kind;
use mtlint_report::{Format, Summary, count, statistics};
use mtlint_text::visible;
use output::{Appendix, FormatName, Stream, Target};
use printer::{Halt, Output, Printer};
use refused::Refused;
use stale::Entries;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;
use targets::Targets;

pub(super) fn run(args: &Args, invocation: &Invocation, terminal: Terminal) -> Result<ExitCode, Trouble> {
    let mode = match (args.fix, args.diff) {
        (true, _) => Mode::Fix(args.least()),
        (_, true) => Mode::Diff(args.least()),
        _ => Mode::Check,
    };
    if args.watch {
        return watch::run(args, invocation, terminal);
    }
    let targets = Targets::new(args)?;
    let decisions = args.decisions.as_deref().map(DecisionFile::read).transpose()?;
    targets::refuse_repeated(args)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.unwrap_or(0))
        .build()
        .map_err(|error| Trouble::new(format!("cannot start threads: {error}")))?;
    // The rules are read in parallel, too.
    let (mut jobs, failures, excluded) = pool.install(|| jobs(args, &targets))?;
    if args.interactive {
        return interactive::run(args, &jobs, terminal);
    }
    if jobs.is_empty() && failures.is_empty() {
        let told = excluded.why_nothing_is_checked(args);
        if args.require_files {
            return Err(Trouble::new(told));
        }
        values::warn(&told);
    }
    let gate = Gate::new(args, &jobs.iter().map(|job| job.path.clone()).collect::<Vec<_>>())?;
    jobs.retain(|job| !gate.passes_over(&job.path));
    // The process ends with the run; to take the rules apart before would take a millisecond or two.
    let jobs = std::mem::ManuallyDrop::new(jobs);
    let rules = rules(&jobs);
    let formats: Vec<Box<dyn Format + '_>> = args
        .formats
        .iter()
        .map(|target| output::format(target, terminal, &rules, args.baseline.is_some(), args.evidence))
        .collect();
    let is_github = args.formats.iter().any(|target| target.format == FormatName::Github);
    let summary = if is_github { output::step_summary(&rules) } else { None };
    let mut outputs = outputs(args, &formats)?;
    if let Some((path, format)) = &summary {
        let sink = Box::new(Appendix::new(path.clone()));
        outputs.push(Output::new(Some(&**format), sink, files::shown(path)));
    }
    let lint = Lint {
        formats: outputs.iter().map(|output| output.format).collect(),
        mode,
        gate: &gate,
        decisions: decisions.as_ref(),
        timed: args.timings,
        paint: terminal.paint,
        is_seen: terminal.is_terminal,
    };
    // A panic is caught and told with the name of the file.
    std::panic::set_hook(Box::new(|_| {}));
    if args.fix || args.formats.iter().any(|target| target.file.is_some()) {
        interrupt::wait_for_writers();
    }
    if args.fix {
        remove_leftovers(&jobs);
    }
    let total = (!jobs.iter().any(Job::holds_many)).then_some(jobs.len());
    let progress = Progress::new(total, !args.no_progress && !args.quiet);
    let mut run = Run {
        args,
        lint: &lint,
        out: Printer::new(outputs, progress),
        sum: Summary { failures, ..Summary::default() },
        timings: Timings::new(),
        failing: 0,
        width: terminal.width,
        refused: Vec::new(),
        compared: Vec::new(),
        entries: Entries::default(),
        decided: Decided::default(),
    };
    match pool.install(|| run.all(&jobs)) {
        Err(Halt::ReadEnough) => return Ok(run.exit_code()),
        Err(halt) => return Err(Trouble::new(halt)),
        Ok(()) => {}
    }
    for failure in &run.sum.failures {
        values::complain(&format!("{}: {}", visible(&failure.path), failure.message));
    }
    if args.timings {
        values::remark(&slowest(&run.timings));
    }
    run.entries.remarks().for_each(|remark| values::warn(&remark));
    if let Some(file) = &decisions {
        run.decided.tell(file, mode);
    }
    gate.close(args, std::mem::take(&mut run.compared))?;
    if !run.refused.is_empty() {
        values::remark(&refused::told(&mut run.refused));
    }
    Ok(run.exit_code())
}

/// The reports of the run, each with where it goes.
fn outputs<'a>(args: &Args, formats: &'a [Box<dyn Format + '_>]) -> Result<Vec<Output<'a>>, Trouble> {
    let mut outputs = Vec::new();
    for (target, format) in args.formats.iter().zip(formats) {
        let format = Some(&**format);
        match &target.file {
            Some(file) => {
                let name = files::shown(file);
                let sink = output::open(file)
                    .map_err(|error| Trouble::new(format!("cannot write {name}: {error}")))?;
                outputs.push(Output::new(format, sink, name));
            }
            None if args.quiet || args.diff => {}
            // A fixed text takes standard output.
            None if args.fix && args.reads_stdin() => {
                outputs.push(Output::new(format, Box::new(Stream::new(io::stderr())), "standard error"));
            }
            None => outputs.push(Output::new(format, Box::new(Stream::new(io::stdout())), "the report")),
        }
    }
    if args.diff {
        let stream = match args.fix && args.reads_stdin() {
            true => Stream::new(io::stderr()),
            false => Stream::new(io::stdout()),
        };
        outputs.push(Output::new(None, Box::new(stream), "the differences"));
    }
    Ok(outputs)
}

/// A run over all files.
struct Run<'a> {
    args: &'a Args,
    lint: &'a Lint<'a>,
    out: Printer<'a>,
    sum: Summary,
    timings: Timings,
    /// How many findings are as severe as makes the run fail.
    failing: usize,
    /// Of the terminal, in columns.
    width: usize,
    /// The articles that are worse than the profile allows.
    refused: Vec<Refused>,
    /// What of the findings was known.
    compared: Vec<Compared>,
    /// What became of the entries of `.mtlintignore.toml`.
    entries: Entries,
    /// What became of decisions.
    decided: Decided,
}

impl Run<'_> {
    fn all(&mut self, jobs: &[Job]) -> Result<(), Halt> {
        self.out.begin()?;
        let mut groups = jobs.chunk_by(|a, b| !a.holds_many() && !b.holds_many());
        let done = groups.try_for_each(|group| match group {
            [job] if job.holds_many() => self.records(job),
            _ => self.files(group),
        });
        // The report tells what was found so far.
        if !matches!(done, Err(Halt::Unreadable)) {
            done?;
        }
        self.out.end(&self.sum)?;
        for format in self.lint.formats.iter().flatten() {
            format.remark(&self.sum).iter().for_each(|remark| values::warn(remark));
        }
        if self.args.diff {
            let fixes = count(self.sum.fixed, "fix");
            let applied = if self.args.fix { "applied" } else { "would be applied" };
            values::remark(&format!("{fixes} {applied} in {}", count(self.sum.documents, "document")));
        }
        let is_for_people = |target: &Target| {
            target.file.is_none() && matches!(target.format, FormatName::Human | FormatName::Concise)
        };
        if self.args.statistics && self.args.formats.iter().any(is_for_people) {
            let rule =
                |id: &RuleId| jobs.iter().find_map(|job| job.settings.engine.registry().rule(id.as_str()));
            let table = statistics(&self.sum, rule, self.lint.paint, self.width);
            values::print(&format!("\n{table}")).map_err(|error| Halt::of("the statistics", error))?;
        }
        Ok(())
    }

    /// Checks files that hold one article each.
    fn files(&mut self, jobs: &[Job]) -> Result<(), Halt> {
        let (args, lint) = (self.args, self.lint);
        if jobs.len() > FEW {
            jobs.iter().for_each(|job| job.settings.engine.expect_more());
        }
        ordered(
            jobs.iter(),
            |job @ Job { path, settings, .. }| {
                let name = name(args, path);
                let file = match read(args, path) {
                    Err(error) => return Outcome::unloaded(&name, error),
                    Ok(file) => file,
                };
                let check = |mode| match file.articles().next() {
                    Some(Ok(article)) => lint.article(mode, settings, &name, file.format(), article),
                    Some(Err(error)) => Outcome::unloaded(&name, error),
                    None => Outcome::default(),
                };
                let mut outcome = check(job.mode(lint.mode));
                outcome.warnings.extend(job.remark(&name, lint.mode, &outcome.summary));
                let fixed = outcome.fixed.take().map(|text| (1, text));
                if let Some(message) = save(args, path, &file, fixed.into_iter().collect()) {
                    // The report is on the text as it stays.
                    outcome = check(Mode::Check);
                    outcome.summary.add(Outcome::failure(&name, message).summary);
                }
                outcome
            },
            |outcome| self.take(outcome),
        )
    }

    /// Checks a file that holds many articles.
    fn records(&mut self, job @ Job { path, settings, .. }: &Job) -> Result<(), Halt> {
        if let Some(shape) = self.args.fields.shape(file_name(self.args, path)) {
            return self.corpus(job, shape);
        }
        let name = name(self.args, path);
        let (args, lint) = (self.args, self.lint);
        let file = match read(args, path) {
            Ok(file) => file,
            Err(error) => return self.take(Outcome::unloaded(&name, error)),
        };
        let file = file.with_languages_told(settings.engine.registry().packs().function_words());
        let mut fixed = BTreeMap::new();
        let before = self.sum.fixed;
        let mut remark = None;
        ordered(
            file.articles(),
            |article| match article {
                Ok(article) => {
                    let mode = job.mode(lint.mode);
                    (article.key, lint.article(mode, settings, &name, file.format(), article))
                }
                Err(error) => (0, Outcome::unloaded(&name, error)),
            },
            |(line, mut outcome)| {
                remark = remark.take().or_else(|| job.remark(&name, lint.mode, &outcome.summary));
                fixed.extend(outcome.fixed.take().map(|text| (line, text)));
                self.take_record(outcome)
            },
        )?;
        remark.iter().for_each(|remark| values::warn(remark));
        if let Some(message) = save(args, path, &file, fixed) {
            self.sum.fixed = before;
            self.sum.add(Outcome::failure(&name, message).summary);
        }
        Ok(())
    }

    /// Prints an outcome and adds it to the sums.
    fn take(&mut self, outcome: Outcome) -> Result<(), Halt> {
        self.out.document(&outcome.rendered)?;
        outcome.warnings.iter().for_each(|warning| values::warn(warning));
        self.sum.add(outcome.summary);
        self.failing += outcome.failing;
        self.refused.extend(outcome.refused);
        self.compared.extend(outcome.compared);
        self.entries.add(outcome.entries);
        self.decided.add(outcome.decided);
        for (rule, time) in outcome.timings {
            *self.timings.entry(rule).or_default() += time;
        }
        Ok(())
    }

    fn exit_code(&self) -> ExitCode {
        if !self.sum.failures.is_empty() {
            ExitCode::from(TROUBLE)
        } else if (self.failing > self.args.max_new || !self.refused.is_empty()) && !self.args.exit_zero {
            ExitCode::from(FINDINGS)
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Reads a file, or standard input.
fn read(args: &Args, path: &Path) -> Result<File, LoadError> {
    Ok(read_file(args, path)?.with_fields(args.fields.of(Kind::JsonLines)))
}

fn read_file(args: &Args, path: &Path) -> Result<File, LoadError> {
    if path.as_os_str() != "-" {
        let file = load::read(path)?;
        return match (&args.source, &args.original) {
            (Some(pattern), _) if source_pattern::is_pattern(pattern) => {
                let name = name(args, path);
                let place = source_pattern::place(pattern, path, args.fields.source_lang)
                    .map_err(|message| LoadError::new(&name, message))?;
                let Some(place) = place else { return Ok(file) };
                let file = file.with_source(&load::read(&place.source)?, args.fields.source_lang)?;
                Ok(file.with_languages(place.language, args.fields.source_lang))
            }
            (Some(source), _) => file.with_source(&load::read(source)?, args.fields.source_lang),
            (None, Some(original)) => file.with_original(&load::read(original)?),
            (None, None) => Ok(file),
        };
    }
    let name = name(args, path);
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| LoadError::new(&name, format!("standard input cannot be read: {error}")))?;
    load::from_bytes(&name, load::Format::of(&args.stdin_filename), bytes)
}

/// Writes the fixed texts of a file's articles, those of standard input to standard output; returns
/// what went wrong.
fn save(args: &Args, path: &Path, file: &File, fixed: BTreeMap<u32, String>) -> Option<String> {
    let is_stdin = path.as_os_str() == "-";
    if !args.fix || fixed.is_empty() && !is_stdin {
        return None;
    }
    write(path, file, &fixed)
}

/// Writes these texts in place of those of a file's articles; returns what went wrong.
fn write(path: &Path, file: &File, fixed: &BTreeMap<u32, String>) -> Option<String> {
    let is_stdin = path.as_os_str() == "-";
    let bytes = match file.with_texts(fixed) {
        Ok(bytes) => bytes,
        Err(error) => return Some(error.message),
    };
    let written = match is_stdin {
        true => values::print_bytes(&bytes),
        false => interrupt::writing(|| match file.version() {
            Some(version) => files::replace(path, version, &bytes),
            None => Err(io::Error::other("it is no file")),
        }),
    };
    written.err().map(|error| match error.to_string() {
        changed if changed == files::CHANGED => changed,
        other => format!("cannot be written: {other}"),
    })
}

/// A path as reports show it: `/` between folders on every system.
fn name(args: &Args, path: &Path) -> String {
    values::slashed(file_name(args, path))
}

/// The name that a file goes by.
fn file_name<'a>(args: &'a Args, path: &'a Path) -> &'a Path {
    if path.as_os_str() == "-" { &args.stdin_filename } else { path }
}

/// How long each rule took, the slowest first.
fn slowest(timings: &Timings) -> String {
    let mut rows: Vec<_> = timings.iter().collect();
    rows.sort_by_key(|(rule, time)| (std::cmp::Reverse(**time), *rule));
    let total: std::time::Duration = timings.values().sum();
    let line =
        |time: std::time::Duration, name: &str| format!("{:>10.3} ms  {name}", time.as_secs_f64() * 1e3);
    let mut lines: Vec<String> = rows.into_iter().map(|(rule, time)| line(*time, rule.as_str())).collect();
    lines.push(line(total, "all rules, on all threads"));
    lines.join("\n")
}
