//! Writes all reports of a run, document by document, and keeps the progress bar out of their way.

use super::output::Sink;
use super::progress::Progress;
use mtlint_report::{Format, Summary};
use std::fmt;
use std::io::{self, Write};

/// A report, and where it goes.
pub(super) struct Output<'a> {
    /// `None` for the differences that fixes would make, which have no beginning and no end.
    pub format: Option<&'a dyn Format>,
    pub sink: Box<dyn Sink>,
    /// What the sink is, for messages.
    pub name: String,
    /// How many documents have been written.
    printed: usize,
}

impl<'a> Output<'a> {
    pub fn new(format: Option<&'a dyn Format>, sink: Box<dyn Sink>, name: impl Into<String>) -> Self {
        Self { format, sink, name: name.into(), printed: 0 }
    }

    /// Writes what `part` of the format comes to.
    fn write(&mut self, part: impl FnOnce(&dyn Format, &mut Vec<u8>)) -> io::Result<()> {
        let mut bytes = Vec::new();
        if let Some(format) = self.format {
            part(format, &mut bytes);
        }
        self.sink.write_all(&bytes)
    }
}

/// Why reports cannot be written any more.
#[derive(Debug)]
pub(super) enum Halt {
    /// Whoever reads has read enough, and no other report is written.
    ReadEnough,
    /// A record cannot be read, and every one must be. The report goes to its end all the same.
    Unreadable,
    /// Something could not be written: what, and why.
    Failed(String, io::Error),
}

impl Halt {
    /// Why `name` cannot be written.
    pub fn of(name: &str, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReadEnough,
            _ => Self::Failed(name.to_owned(), error),
        }
    }
}

impl fmt::Display for Halt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => formatter.write_str("a record cannot be read"),
            Self::ReadEnough => formatter.write_str("nobody reads the report"),
            Self::Failed(name, error) => write!(formatter, "cannot write {name}: {error}"),
        }
    }
}

/// Writes the reports of a run.
pub(super) struct Printer<'a> {
    outputs: Vec<Output<'a>>,
    progress: Progress,
}

impl<'a> Printer<'a> {
    pub fn new(outputs: Vec<Output<'a>>, progress: Progress) -> Self {
        Self { outputs, progress }
    }

    pub fn begin(&mut self) -> Result<(), Halt> {
        self.each(|_, output| output.write(|format, bytes| format.begin(bytes)))
    }

    /// Writes what one document came to in each format, and counts it as done.
    pub fn document(&mut self, rendered: &[Vec<u8>]) -> Result<(), Halt> {
        self.each(|index, output| {
            let Some(bytes) = rendered.get(index).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
            if output.printed > 0 {
                output.write(|format, bytes| bytes.extend_from_slice(format.separator().as_bytes()))?;
            }
            output.printed += 1;
            output.sink.write_all(bytes)
        })?;
        if self.progress.advance() {
            self.each(|_, output| if output.sink.is_stream() { output.sink.flush() } else { Ok(()) })?;
        }
        Ok(())
    }

    pub fn end(&mut self, summary: &Summary) -> Result<(), Halt> {
        self.progress.finish();
        self.each(|_, output| {
            output.write(|format, bytes| format.end(summary, bytes))?;
            output.sink.close()
        })
    }

    /// Calls `write` on every output. One that nobody reads any more is given up, and the run with it
    /// if there is no other.
    fn each(&mut self, mut write: impl FnMut(usize, &mut Output<'a>) -> io::Result<()>) -> Result<(), Halt> {
        let is_only = self.outputs.len() == 1;
        for (index, output) in self.outputs.iter_mut().enumerate() {
            let written = match output.sink.is_stream() {
                true => self.progress.suspend(|| write(index, output)),
                false => write(index, output),
            };
            match written {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe && !is_only => {
                    output.sink = Box::new(Nowhere);
                }
                Err(error) => return Err(Halt::of(&output.name, error)),
            }
        }
        Ok(())
    }
}

/// Takes what nobody reads.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Nowhere {
    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}
