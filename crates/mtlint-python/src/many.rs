//! Many texts at once, by many threads, without Python's lock. The thread that asked waits, and looks now and then
//! whether the user has pressed Ctrl-C.

use crate::columns::Rows;
use crate::texts::Texts;
use crate::values::{Finding, Places};
use arrow_array::RecordBatch;
use mtlint_engine::Linter;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rayon::ThreadPool;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How many texts a thread takes at a time, at most.
const TEXTS: usize = 1024;
/// How many bytes of texts it takes at a time, as soon as they are that many.
const BYTES: usize = 256 * 1024;

/// How often Ctrl-C is looked for.
const PAUSE: Duration = Duration::from_millis(50);

/// Texts to check, which have sources or have not.
pub struct Job<'a> {
    pub linter: &'a Linter,
    pub texts: &'a Texts,
    pub sources: Option<&'a Texts>,
    pub rows: Rows,
}

/// Why a text could not be checked.
struct Failure {
    index: usize,
    message: String,
    is_ours: bool,
}

impl From<Failure> for PyErr {
    fn from(Failure { index, message, is_ours }: Failure) -> Self {
        let message = format!("texts[{index}]: {message}");
        if is_ours { PyRuntimeError::new_err(message) } else { PyValueError::new_err(message) }
    }
}

impl Job<'_> {
    /// Checks all of them. The batches are in the order of the texts. Python's lock is not held, and is taken only to look
    /// for signals.
    ///
    /// # Errors
    /// That of the first text that cannot be read, or what a signal raises.
    pub fn run(&self, pool: &ThreadPool) -> PyResult<Vec<RecordBatch>> {
        let shares = self.shares();
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let mut done: Vec<Option<Result<Vec<RecordBatch>, Failure>>> = shares.iter().map(|_| None).collect();
        let (sender, receiver) = mpsc::channel();
        let interrupted: PyResult<()> = pool.in_place_scope(|scope| {
            for _ in 0..pool.current_num_threads().min(shares.len()) {
                let (sender, shares, next, stop) = (sender.clone(), &shares, &next, &stop);
                scope.spawn(move |_| {
                    while !stop.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(share) = shares.get(number) else { break };
                        let outcome = self.share(share.clone(), stop);
                        // The receiver lives until all have ended.
                        let _ = sender.send((number, outcome));
                    }
                });
            }
            drop(sender);
            let mut looked = Instant::now();
            loop {
                match receiver.recv_timeout(PAUSE) {
                    Ok((number, outcome)) => {
                        stop.fetch_or(outcome.is_err(), Ordering::Relaxed);
                        done[number] = Some(outcome);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
                if looked.elapsed() >= PAUSE {
                    Python::attach(|py| py.check_signals())
                        .inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
                    looked = Instant::now();
                }
            }
        });
        interrupted?;
        let mut batches = Vec::with_capacity(done.len());
        // Where a share is missing, another has failed.
        for outcome in done.into_iter().flatten() {
            batches.extend(outcome?);
        }
        Ok(batches)
    }

    /// The texts in runs of those that lie side by side, none too large.
    fn shares(&self) -> Vec<Range<usize>> {
        let mut shares = Vec::new();
        let (mut start, mut bytes) = (0, 0);
        for index in 0..self.texts.len() {
            bytes += self.texts.size(index);
            if bytes >= BYTES || index + 1 - start == TEXTS {
                shares.push(start..index + 1);
                (start, bytes) = (index + 1, 0);
            }
        }
        if start < self.texts.len() {
            shares.push(start..self.texts.len());
        }
        shares
    }

    fn share(&self, share: Range<usize>, stop: &AtomicBool) -> Result<Vec<RecordBatch>, Failure> {
        let mut batches = self.rows.batches(share.len());
        let mut texts = Vec::with_capacity(share.len());
        for index in share {
            let fail = |message| Failure { index, message, is_ours: false };
            let text = self.texts.get(index).map_err(fail)?;
            let source = self.sources.map_or(Ok(None), |sources| sources.get(index)).map_err(fail)?;
            texts.push((index, text.map(|text| (text, source))));
        }
        let there: Vec<_> = texts.iter().filter_map(|(_, text)| *text).collect();
        let together = caught(|| self.linter.assess_many(&there));
        let mut together = together.ok().map(Vec::into_iter);
        for (index, text) in texts {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let Some((text, source)) = text else {
                batches.push_missing();
                continue;
            };
            let finish = || {
                let assessed = together.as_mut().and_then(Iterator::next);
                // One of them is at fault: which, each by itself tells.
                let mut assessment = assessed.unwrap_or_else(|| self.linter.assess(text, source));
                let found = std::mem::take(&mut assessment.findings);
                let (places, of_source) = (Places::new(text), source.map(Places::new));
                let place = |finding| Finding::new_in(finding, &places, of_source.as_ref());
                (assessment, found.into_iter().map(place).collect::<Vec<_>>())
            };
            let (assessment, findings) = caught(finish).map_err(|message| Failure {
                index,
                message: format!("internal error, please report it: {message}"),
                is_ours: true,
            })?;
            batches.push(index, &assessment, findings);
        }
        Ok(batches.finish())
    }
}

/// Does something that ought not to panic.
///
/// # Errors
/// What a panic says.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        message.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown").to_owned()
    })
}
