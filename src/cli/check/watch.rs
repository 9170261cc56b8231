//! `mtlint check --watch`: checks again whenever a file changes, and keeps the place on the screen.
//!
//! Each check is a run of its own in another process, so that nothing of one is left over in the next: changed
//! rules and configurations hold at once. The findings are shown on the terminal's second screen and scrolled
//! there; after a check the first finding on the screen stays in its row, wherever it has moved.

use super::args::Args;
use crate::cli::{Invocation, Terminal, Trouble};
use console::{Key, Term, measure_text_width, strip_ansi_codes, truncate_str};
use notify::{EventKind, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

/// How long no file must change before they are checked: programs write in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// The alternate screen of a terminal, and the way back from it.
const ENTER: &str = "\x1b[?1049h\x1b[?25l";
const LEAVE: &str = "\x1b[?25h\x1b[?1049l";

enum Event {
    Key(Key),
    /// A file was changed, added or removed.
    Changed,
    /// A check has come to this report, with this exit code.
    Checked(String, Option<i32>),
}

pub(super) fn run(args: &Args, invocation: &Invocation, terminal: Terminal) -> Result<ExitCode, Trouble> {
    if args.reads_stdin() {
        return Err(Trouble::new("--watch: standard input does not change; name the file"));
    }
    if !terminal.is_terminal || !io::stdin().is_terminal() {
        return Err(Trouble::new("--watch shows findings at a terminal; here is none"));
    }
    let (events, received) = mpsc::channel();
    let sender = events.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Reading a file is no change: else each check would be the cause of the next.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
            let _ = sender.send(Event::Changed);
        }
    })
    .map_err(|error| Trouble::new(format!("--watch: {error}")))?;
    for path in &args.paths {
        // A file is watched by its folder, for editors put another file in its place; and what holds for a
        // text may lie beside it.
        let folder = if path.is_dir() { path.as_path() } else { mtlint_document::files::folder_of(path) };
        let mode = if path.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        watcher
            .watch(folder, mode)
            .map_err(|error| Trouble::new(format!("{}: {error}", mtlint_document::files::shown(folder))))?;
    }
    let term = Term::stdout();
    let fail = |error: io::Error| Trouble::new(format!("the terminal cannot be used: {error}"));
    term.write_str(ENTER).map_err(fail)?;
    read_keys(events.clone());
    let watch = Watch { invocation, term: &term, view: View::default(), width: terminal.width };
    let outcome = watch.all(&events, &received);
    term.write_str(LEAVE).map_err(fail)?;
    outcome.map_err(fail)?;
    Ok(ExitCode::SUCCESS)
}

/// Sends every key that is pressed.
fn read_keys(events: Sender<Event>) {
    std::thread::spawn(move || {
        let term = Term::stdout();
        while let Ok(key) = term.read_key_raw() {
            if events.send(Event::Key(key)).is_err() {
                break;
            }
        }
    });
}

/// Checks in another process, and sends what comes of it.
fn check(events: Sender<Event>, invocation: &Invocation, width: usize) {
    let invocation = invocation.clone();
    std::thread::spawn(move || {
        let (report, code) = match checked(&invocation, width) {
            Ok(output) => output,
            Err(error) => (format!("mtlint cannot be run again: {error}\n"), None),
        };
        let _ = events.send(Event::Checked(report, code));
    });
}

fn checked(invocation: &Invocation, width: usize) -> io::Result<(String, Option<i32>)> {
    let own = |argument: &&OsString| *argument != "--watch";
    let [program, before @ ..] = invocation.program.as_slice() else {
        return Err(io::Error::new(io::ErrorKind::NotFound, "the program does not know its name"));
    };
    let output = Command::new(program)
        .args(before)
        .args(invocation.arguments.iter().filter(own))
        .args(["--no-progress", "--color=always"])
        .env("COLUMNS", width.to_string())
        .stdin(Stdio::null())
        .output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stdout) + &text(&output.stderr), output.status.code()))
}

struct Watch<'a> {
    invocation: &'a Invocation,
    term: &'a Term,
    view: View,
    width: usize,
}

impl Watch<'_> {
    /// Shows what comes, until the user leaves.
    fn all(mut self, events: &Sender<Event>, received: &Receiver<Event>) -> io::Result<()> {
        // A check is under way, and whether another is to follow.
        let (mut is_checking, mut is_stale) = (true, false);
        check(events.clone(), self.invocation, self.width);
        let mut status = String::from("checking …");
        loop {
            self.draw(&status)?;
            let event = match received.recv_timeout(if is_stale { QUIET } else { Duration::from_secs(3600) })
            {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => {
                    if is_stale && !is_checking {
                        (is_checking, is_stale) = (true, false);
                        status = String::from("checking …");
                        check(events.clone(), self.invocation, self.width);
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            match event {
                Event::Changed => is_stale = true,
                Event::Checked(report, code) => {
                    is_checking = false;
                    self.view.show(&report);
                    status = match code {
                        Some(code) => format!("waiting for changes (exit code {code})"),
                        None => String::from("waiting for changes"),
                    };
                }
                Event::Key(Key::Char('q') | Key::Escape | Key::CtrlC) => return Ok(()),
                Event::Key(key) => self.view.scroll(&key, self.rows()),
            }
        }
    }

    /// How many lines of the report are seen at once.
    fn rows(&self) -> usize {
        usize::from(self.term.size().0).saturating_sub(1).max(1)
    }

    fn draw(&self, status: &str) -> io::Result<()> {
        let rows = self.rows();
        let columns = usize::from(self.term.size().1);
        let mut out = String::from("\x1b[H");
        let shown = self.view.lines.iter().skip(self.view.top).take(rows);
        for line in shown.map(String::as_str).chain(std::iter::repeat("")).take(rows) {
            out.push_str(&truncate_str(line, columns, "…"));
            out.push_str("\x1b[0m\x1b[K\r\n");
        }
        let total = self.view.lines.len();
        let place =
            format!("{}–{} of {total}", (self.view.top + 1).min(total), (self.view.top + rows).min(total));
        let status = format!("{status}  {place}");
        let room = columns.saturating_sub(measure_text_width(&status) + 2);
        let keys = KEYS.iter().find(|keys| measure_text_width(keys) <= room);
        let foot = keys.map_or(status.clone(), |keys| format!("{status}  {keys}"));
        out.push_str(&format!("\x1b[7m{}\x1b[0m\x1b[K", truncate_str(&foot, columns, "…")));
        self.term.write_str(&out)
    }
}

/// What the keys do, and the same for narrower terminals.
const KEYS: [&str; 3] =
    ["j/k line  space/b page  g/G ends  q leave", "j/k space/b g/G scroll  q leave", "q leave"];

/// How many findings are tried to keep the place by.
const ANCHORS: usize = 20;

/// The report, and the place in it.
#[derive(Debug, Default)]
struct View {
    lines: Vec<String>,
    /// The first line on the screen.
    top: usize,
}

impl View {
    /// Takes another report. What was at the top of the screen stays there, if it is still in it.
    fn show(&mut self, report: &str) {
        let anchors = self.anchors();
        self.lines = report.lines().map(str::to_owned).collect();
        let heads: Vec<(usize, String)> = (0..self.lines.len())
            .filter(|at| is_head(&self.lines, *at))
            .map(|at| (at, identity(&self.lines, at)))
            .collect();
        // Of several alike, the one nearest to where it was.
        let place = |(finding, at): &(String, usize)| {
            let alike = heads.iter().filter(|(_, known)| known == finding).map(|(at, _)| *at);
            alike.min_by_key(|new| new.abs_diff(*at)).map(|new| (self.top + new).saturating_sub(*at))
        };
        self.top = anchors.iter().find_map(place).unwrap_or(self.top).min(self.lines.len().saturating_sub(1));
    }

    /// The findings by which the place is kept, and the lines where they begin: the first that begins on the
    /// screen or below, those after it, should it be mended, and the one that began above.
    fn anchors(&self) -> Vec<(String, usize)> {
        let heads = (self.top..self.lines.len()).filter(|at| is_head(&self.lines, *at)).take(ANCHORS);
        let above = (0..self.top).rev().find(|at| is_head(&self.lines, *at));
        heads.chain(above).map(|at| (identity(&self.lines, at), at)).collect()
    }

    fn scroll(&mut self, key: &Key, rows: usize) {
        let last = self.lines.len().saturating_sub(rows);
        self.top = match key {
            Key::Char('j') | Key::ArrowDown | Key::Enter => self.top + 1,
            Key::Char('k') | Key::ArrowUp => self.top.saturating_sub(1),
            Key::Char(' ') | Key::PageDown => self.top + rows.saturating_sub(2).max(1),
            Key::Char('b') | Key::PageUp => self.top.saturating_sub(rows.saturating_sub(2).max(1)),
            Key::Char('g') | Key::Home => 0,
            Key::Char('G') | Key::End => last,
            _ => self.top,
        }
        .min(last);
    }
}

/// What a finding whose head is at a line is known by, wherever it has moved: its message and its text.
fn identity(lines: &[String], at: usize) -> String {
    let text = lines.get(at + 3).map(|line| strip_ansi_codes(line).into_owned()).unwrap_or_default();
    let text = text.split_once('|').map_or("", |(_, text)| text);
    format!("{}{text}", strip_ansi_codes(&lines[at]))
}

/// Whether a finding begins at a line: its place stands in the next.
fn is_head(lines: &[String], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|next| strip_ansi_codes(next).trim_start().starts_with("--> "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(findings: &[&str]) -> String {
        findings.iter().map(|finding| format!("minor: {finding}\n --> a.txt:1:1\n  |\n\n")).collect()
    }

    #[test]
    fn the_finding_at_the_top_stays_there() {
        let mut view = View::default();
        view.show(&report(&["one", "two", "three", "four", "five", "six", "seven"]));
        for _ in 0..9 {
            view.scroll(&Key::Char('j'), 4);
        }
        assert_eq!((view.lines[8].as_str(), view.top), ("minor: three", 9));
        view.show(&report(&["two", "three", "four", "five", "six", "seven"]));
        assert_eq!((view.lines[4].as_str(), view.top), ("minor: three", 5));
        // When it is mended, what follows stays where it was.
        view.show(&report(&["two", "four", "five", "six", "seven"]));
        assert_eq!((view.lines[4].as_str(), view.top), ("minor: four", 1));
        view.show("");
        assert_eq!(view.top, 0);
    }
}
