//! Where a report goes: standard output, or standard error when that holds a fixed text.

use super::progress::Progress;
use crate::report::{Format, Summary};
use std::io::{self, Write};

/// Prints a report, document by document.
pub(super) struct Printer<'a> {
    out: Option<io::BufWriter<Box<dyn Write + Send>>>,
    format: &'a dyn Format,
    printed: usize,
    progress: Progress,
}

impl<'a> Printer<'a> {
    /// `out` is `None` when nothing is to be printed.
    pub fn new(out: Option<Box<dyn Write + Send>>, format: &'a dyn Format, progress: Progress) -> Self {
        let out = out.map(|out| io::BufWriter::with_capacity(1 << 16, out));
        Self { out, format, printed: 0, progress }
    }

    pub fn begin(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.format.begin(&mut bytes);
        self.write(&bytes)
    }

    /// Prints what one document came to, and counts it as done.
    pub fn document(&mut self, rendered: &[u8]) -> io::Result<()> {
        if !rendered.is_empty() {
            if self.printed > 0 {
                self.write(self.format.separator().as_bytes())?;
            }
            self.printed += 1;
            self.write(rendered)?;
        }
        if self.progress.advance() {
            self.flush()?;
        }
        Ok(())
    }

    pub fn end(&mut self, summary: &Summary) -> io::Result<()> {
        self.progress.finish();
        let mut bytes = Vec::new();
        self.format.end(summary, &mut bytes);
        self.write(&bytes)?;
        self.flush()
    }

    /// Prints text that belongs to no document.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.out {
            Some(out) => self.progress.suspend(|| out.write_all(bytes)),
            None => Ok(()),
        }
    }

    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Some(out) => self.progress.suspend(|| out.flush()),
            None => Ok(()),
        }
    }
}
