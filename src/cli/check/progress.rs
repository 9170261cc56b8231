//! A progress bar on standard error for work that takes longer than a second.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How long work may take without a sign of life.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what is done is shown.
const PACE: Duration = Duration::from_millis(100);

/// A bar that appears when it is needed.
pub(in crate::cli) struct Progress {
    /// `None` where there is nobody to see it.
    bar: Option<ProgressBar>,
    /// How many documents there are, when known.
    total: Option<usize>,
    done: u64,
    shown: Instant,
    is_visible: bool,
}

impl Progress {
    /// A bar for `total` documents, unknown as yet when `None`. It is shown if `wanted` and standard
    /// error is a terminal.
    pub fn new(total: Option<usize>, wanted: bool) -> Self {
        let bar = (wanted && stderr().is_terminal()).then(ProgressBar::hidden);
        Self { bar, total, done: 0, shown: Instant::now(), is_visible: false }
    }

    /// Counts a document as done. Says whether the bar was drawn again.
    pub fn advance(&mut self) -> bool {
        self.advance_by(1)
    }

    /// Counts so many documents as done. Says whether the bar was drawn again.
    pub fn advance_by(&mut self, many: usize) -> bool {
        self.done += many as u64;
        let Some(bar) = &mut self.bar else { return false };
        if self.shown.elapsed() < if self.is_visible { PACE } else { PATIENCE } {
            return false;
        }
        if !self.is_visible {
            self.is_visible = true;
            *bar = visible(self.total);
        }
        self.shown = Instant::now();
        bar.set_position(self.done);
        true
    }

    /// Does something that prints, the bar out of the way.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) if self.is_visible => bar.suspend(print),
            _ => print(),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn visible(total: Option<usize>) -> ProgressBar {
    match total {
        Some(total) => {
            let style = ProgressStyle::with_template("{bar:40.cyan/dim} {pos}/{len} documents, {eta} left");
            let bar = ProgressBar::new(total as u64);
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        }
        None => {
            let style = ProgressStyle::with_template("{spinner} {pos} documents, {elapsed}");
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        }
    }
}
