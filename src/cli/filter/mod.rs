//! `mtlint filter`: the records of a corpus that pass, and those that do not, each to a file.

mod args;
mod criteria;
mod tally;

pub(super) use args::Args;

use super::check::{Progress, interrupt, ordered_by, tell_leftovers, walk};
use super::{TROUBLE, Trouble, values};
use criteria::{Criteria, unreadable};
use mtlint_document::files::{self, Pending, folder_of};
use mtlint_document::load::LoadError;
use mtlint_engine::config::{absolute, today};
use mtlint_engine::lint::{AllSettings, Settings};
use mtlint_records::{Batch, Corpus, Judgement, Layout, Shape, Writer};
use mtlint_text::visible;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use tally::Tally;

/// How many batches are in work at once for each thread.
const AHEAD: usize = 4;

/// The exit code of a process that an interrupt ended, as shells have it: 128 and the signal's number.
const INTERRUPTED: u8 = 130;

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let shapes = Shapes::of(args)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.jobs.unwrap_or(0))
        .build()
        .map_err(|error| Trouble::new(format!("cannot start threads: {error}")))?;
    let inputs = pool.install(|| inputs(args))?;
    refuse_overwriting(args, &inputs)?;
    let criteria = inputs
        .iter()
        .map(|input| Criteria::new(args, &input.settings, input.shape.kind))
        .collect::<Result<Vec<_>, Trouble>>()?;
    let corpora = corpora(args, &inputs)?;
    // A panic is caught and told with the name of the file.
    std::panic::set_hook(Box::new(|_| {}));
    let outputs = args.rejected.iter().chain([&args.output]);
    tell_leftovers(outputs.map(|path| folder_of(path)).collect());
    interrupt::stop_when_asked();
    let mut kept = Output::new(&args.output, shapes.output, &corpora, args, false)?;
    let rejected = args.rejected.as_ref().zip(shapes.rejected);
    let rejected = rejected.map(|(path, shape)| Output::new(path, shape, &corpora, args, true));
    let mut rejected = rejected.transpose()?;
    let total = corpora.iter().map(Corpus::rows).sum::<Option<u64>>();
    let total = total.and_then(|total| usize::try_from(total).ok());
    let mut progress = Progress::new(total, !args.no_progress && !args.quiet);
    let mut tally = Tally::default();
    let batches = corpora.iter().enumerate().flat_map(|(at, corpus)| {
        let (batches, failed) = match corpus.batches(&args.keep) {
            Ok(batches) => (Some(batches), None),
            Err(error) => (None, Some(Err(error))),
        };
        batches.into_iter().flatten().chain(failed).map(move |batch| (at, batch))
    });
    let done = pool.install(|| {
        ordered_by(
            AHEAD * rayon::current_num_threads(),
            batches,
            |(at, batch)| {
                batch.map(|batch| {
                    let judged = judge(&corpora[at], &inputs[at].path, &criteria[at], &batch, args);
                    (batch, judged)
                })
            },
            |judged: Result<(Batch, Judged), LoadError>| {
                let (batch, judged) = judged.map_err(Halt::unread)?;
                if interrupt::is_asked_to_stop() {
                    return Err(Halt::Interrupted);
                }
                if args.strict
                    && let Some(message) = judged.all().find_map(|judgement| judgement.message.as_deref())
                {
                    return Err(Halt::Failed(message.to_owned()));
                }
                progress.suspend(|| judged.all().for_each(|judgement| tally.add(judgement)));
                progress.advance_by(judged.all().count());
                let (passed, others): (Vec<_>, Vec<_>) =
                    judged.rows.iter().enumerate().partition(|(_, judgement)| judgement.reasons.is_empty());
                kept.write(|writer| writer.write(&batch, &passed))?;
                if let Some(rejected) = &mut rejected {
                    rejected.write(|writer| {
                        judged.lost.iter().try_for_each(|judgement| writer.write_lost(judgement))?;
                        writer.write(&batch, &others)
                    })?;
                }
                Ok(())
            },
        )
    });
    progress.finish();
    let done = done.and_then(|()| {
        let unmet = rejected.map_or(Ok(Vec::new()), Output::close)?;
        kept.close().map(|more| if more.is_empty() { unmet } else { more })
    });
    match done {
        Ok(unmet) => {
            for name in unmet {
                values::warn(&format!("no record has the field `{}`, which --keep names", visible(&name)));
            }
            let rejected = args.rejected.as_deref().map(files::shown);
            tally.tell(&files::shown(&args.output), rejected.as_deref(), args.quiet);
            Ok(ExitCode::SUCCESS)
        }
        Err(Halt::Interrupted) => Ok(ExitCode::from(INTERRUPTED)),
        Err(Halt::Failed(message)) => {
            values::complain(&message);
            values::remark(&format!("nothing was written to {}", files::shown(&args.output)));
            Ok(ExitCode::from(TROUBLE))
        }
    }
}

/// The shapes of the outputs.
struct Shapes {
    output: Shape,
    rejected: Option<Shape>,
}

impl Shapes {
    fn of(args: &Args) -> Result<Self, Trouble> {
        let shape = |path: &Path| {
            Shape::of(path).ok_or_else(|| {
                let name = files::shown(path);
                Trouble::new(format!("{name}: its ending tells no format; known are {}", Shape::ENDINGS))
            })
        };
        let rejected = args.rejected.as_deref().map(shape).transpose()?;
        Ok(Self { output: shape(&args.output)?, rejected })
    }
}

/// A file to read, and what holds for it.
struct Input {
    path: PathBuf,
    shape: Shape,
    settings: Arc<Settings>,
}

/// The files that are meant, in path order.
fn inputs(args: &Args) -> Result<Vec<Input>, Trouble> {
    let (files, failures) = walk::files_of(&args.paths, &|path| Shape::of(path).is_some());
    let mut wrong: Vec<String> =
        failures.iter().map(|failure| format!("{}: {}", visible(&failure.path), failure.message)).collect();
    let mut all = AllSettings::new(args.overrides(), args.rules.isolated, Some(today()));
    let mut inputs = Vec::new();
    for (path, found) in files {
        let settings = all.of_file(&path)?;
        if found != walk::Found::Named && settings.config.excludes(&path) {
            continue;
        }
        settings.engine.expect_more();
        match Shape::of(&path) {
            Some(shape) => inputs.push(Input { path, shape, settings }),
            None => wrong.push(format!(
                "{}: is no file of records; known are names that end in {}",
                files::shown(&path),
                Shape::ENDINGS
            )),
        }
    }
    if wrong.is_empty() && inputs.is_empty() {
        wrong.push(format!("there is no file of records to read; known are {}", Shape::ENDINGS));
    }
    if wrong.is_empty() { Ok(inputs) } else { Err(Trouble::from(wrong)) }
}

/// Opens the files to read.
fn corpora(args: &Args, inputs: &[Input]) -> Result<Vec<Corpus>, Trouble> {
    let open = |input: &Input| {
        let fields = args.fields.of(input.shape.kind);
        Corpus::open(&input.path, &values::slashed(&input.path), input.shape, fields)
    };
    let (opened, failed): (Vec<_>, Vec<_>) = inputs.iter().map(open).partition(Result::is_ok);
    let wrong: Vec<String> = failed.into_iter().filter_map(|it| Some(it.err()?.to_string())).collect();
    if wrong.is_empty() { Ok(opened.into_iter().flatten().collect()) } else { Err(Trouble::from(wrong)) }
}

/// Refuses outputs that are an input or each other.
fn refuse_overwriting(args: &Args, inputs: &[Input]) -> Result<(), Trouble> {
    let read: BTreeSet<PathBuf> = inputs.iter().map(|input| absolute(&input.path)).collect();
    let glossary = args.rules.glossary.as_deref().map(absolute);
    let outputs = [Some(&args.output), args.rejected.as_ref()];
    for path in outputs.into_iter().flatten() {
        let real = absolute(path);
        if read.contains(&real) || glossary.as_ref() == Some(&real) {
            let name = files::shown(path);
            return Err(Trouble::new(format!("{name} is read, and cannot be the output; name another file")));
        }
    }
    match &args.rejected {
        Some(rejected) if absolute(rejected) == absolute(&args.output) => {
            Err(Trouble::new("--output and --rejected name the same file"))
        }
        _ => Ok(()),
    }
}

/// What is to be said of the records of a batch.
struct Judged {
    /// Of those that cannot be told apart.
    lost: Vec<Judgement>,
    rows: Vec<Judgement>,
}

impl Judged {
    fn all(&self) -> impl Iterator<Item = &Judgement> {
        self.lost.iter().chain(&self.rows)
    }
}

fn judge(corpus: &Corpus, path: &Path, criteria: &Criteria<'_>, batch: &Batch, args: &Args) -> Judged {
    let article = |row| {
        let mut article = corpus.article(batch, row)?;
        article.source_language = article.source_language.or(args.fields.source_lang);
        Ok(article)
    };
    let rows = criteria.judge(path, (0..batch.len()).map(article).collect());
    Judged { lost: batch.lost().iter().map(|error| unreadable(&error.to_string())).collect(), rows }
}

/// Why no more records are written.
enum Halt {
    Interrupted,
    Failed(String),
}

impl Halt {
    fn unread(error: LoadError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// A file that is written, under another name until it is whole.
struct Output {
    name: String,
    draft: Pending,
    writer: Writer,
}

impl Output {
    fn new(
        path: &Path,
        shape: Shape,
        corpora: &[Corpus],
        args: &Args,
        is_judged: bool,
    ) -> Result<Self, Trouble> {
        let name = files::shown(path);
        let fail = |error: io::Error| Trouble::new(format!("cannot write {name}: {error}"));
        let draft = Pending::of(path).map_err(fail)?;
        let file = draft.file().try_clone().map_err(fail)?;
        let layout = Layout { keep: args.keep.clone(), is_judged };
        let writer = Writer::new(file, shape, corpora, layout).map_err(fail)?;
        Ok(Self { name, draft, writer })
    }

    fn write(&mut self, write: impl FnOnce(&mut Writer) -> io::Result<()>) -> Result<(), Halt> {
        write(&mut self.writer).map_err(|error| Halt::Failed(format!("cannot write {}: {error}", self.name)))
    }

    /// Gives the file its name. Returns the fields to keep that no record had.
    fn close(self) -> Result<Vec<String>, Halt> {
        let Self { name, draft, writer } = self;
        let closed = writer.finish().and_then(|unmet| interrupt::writing(|| draft.put()).map(|()| unmet));
        closed.map_err(|error| Halt::Failed(format!("cannot write {name}: {error}")))
    }
}
