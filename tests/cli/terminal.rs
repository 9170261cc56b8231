//! What is shown and asked at a real terminal, through tmux. Without tmux the tests say that they were
//! skipped.

use super::*;
use std::process::Command as Process;
use std::time::{Duration, Instant};

/// A terminal in which the program runs.
struct Terminal {
    socket: String,
}

/// How long something may take to come up: machines that run many tests at once are slow.
const PATIENCE: Duration = Duration::from_secs(60);

impl Terminal {
    /// Runs `mtlint` with these arguments in a terminal of so many columns and rows; `None` without tmux.
    fn run(folder: &Path, args: &str, (columns, rows): (u16, u16)) -> Option<Self> {
        let socket = format!("mtlint-{}", folder.file_name()?.to_string_lossy().trim_start_matches('.'));
        let terminal = Self { socket };
        let command = format!("'{}' {args}; echo \"left with $?\"; exec cat", env!("CARGO_BIN_EXE_mtlint"));
        let (width, height) = (columns.to_string(), rows.to_string());
        let started = Process::new("tmux")
            .args(["-L", &terminal.socket, "-f", "/dev/null", "-u", "new-session", "-d"])
            .args(["-x", &width, "-y", &height, &command])
            .current_dir(folder)
            .env("SHELL", "/bin/sh")
            .env_remove("TMUX")
            .status();
        if !started.is_ok_and(|status| status.success()) {
            eprintln!("skipped: tmux is not here");
            return None;
        }
        Some(terminal)
    }

    fn tmux(&self, args: &[&str]) -> String {
        let output = Process::new("tmux").args(["-L", &self.socket, "-u"]).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// What is on the screen.
    fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Waits until all of `parts` are on the screen.
    fn sees(&self, parts: &[&str]) -> String {
        let since = Instant::now();
        loop {
            let screen = self.screen();
            if parts.iter().all(|part| screen.contains(part)) {
                return screen;
            }
            assert!(since.elapsed() < PATIENCE, "{parts:?} are not all on\n{screen}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    fn press(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}

/// Five findings: of a rule with a safe fix, in an article.
const ARTICLE: &str = "The ferry left at noon. . It came back at night.\n\nThe crew slept. . The cook did not.\n\n\
    The fog lifted. . The bell rang.\n\nThe keeper waved. . Nobody saw it.\n";

#[test]
fn findings_are_decided_one_by_one() {
    let folder = folder(&[("a.txt", ARTICLE), ("b.txt", DAMAGED)]);
    let args = format!("check --interactive {SELECT}");
    let Some(terminal) = Terminal::run(folder.path(), &args, (80, 24)) else { return };
    let screen = terminal.sees(&["a.txt: 4 findings to decide", "[a]ccept", "+ The ferry left at noon. It"]);
    assert!(!screen.contains("[u]ndo"), "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    terminal.press(&["a"]);
    terminal.sees(&["a.txt: 3 findings to decide, 1 finding mended", "The crew slept", "[u]ndo"]);
    // Taken back, and skipped instead.
    terminal.press(&["u"]);
    terminal.sees(&["a.txt: 4 findings to decide, 0 findings mended"]);
    terminal.press(&["s"]);
    terminal
        .sees(&["a.txt: 3 findings to decide, 0 findings mended, 0 ignored, 1 skipped", "The crew slept"]);
    // The two marks become another one.
    terminal.press(&["e"]);
    terminal.sees(&["in its place: "]);
    terminal.press(&["C-u", "!", "Enter"]);
    terminal.sees(&["a.txt: 2 findings to decide, 1 finding mended", "The fog lifted"]);
    terminal.press(&["i"]);
    terminal.sees(&["a.txt: 1 finding to decide", "1 ignored", "The keeper waved"]);
    terminal.press(&["a"]);
    // The first file is written, and the next one is left as it was.
    terminal.sees(&["b.txt: 1 finding to decide, 2 findings mended"]);
    terminal.press(&["C-c"]);
    terminal.sees(&["2 findings mended, 1 ignored, 1 skipped; 1 file written", "left with 0"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let mended = ARTICLE
        .replace("slept. .", "slept!")
        .replace("waved. .", "waved.")
        .replace("rang.", "rang. <!-- mtlint-ignore punctuation/repeated-stop: as intended -->");
    assert_eq!(read("a.txt"), mended);
    assert_eq!(read("b.txt"), DAMAGED);
    // What was skipped is asked again, and nothing else.
    drop(terminal);
    let Some(terminal) = Terminal::run(folder.path(), &args, (60, 24)) else { return };
    let screen = terminal.sees(&["a.txt: 1 finding to decide", "[q]uit and keep"]);
    assert!(screen.lines().all(|line| line.chars().count() <= 60), "{screen}");
    terminal.press(&["r"]);
    terminal.sees(&["0 findings mended, 1 ignored, 0 skipped; 0 files written", "left with 0"]);
    assert_eq!(read("a.txt"), mended);
}

#[test]
fn only_a_terminal_is_asked_and_watched() {
    let folder = folder(&[("a.txt", DAMAGED)]);
    for option in ["--interactive", "--watch"] {
        let (code, _, err) = run(mtlint(folder.path()).args(["check", option]));
        assert_eq!(code, 2);
        assert!(err.contains("here is none"), "{err}");
    }
}

#[test]
fn watching_keeps_its_place() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    let Some(terminal) = Terminal::run(folder.path(), &format!("check --watch {SELECT}"), (80, 12)) else {
        return;
    };
    terminal.sees(&["a.txt:1:", "waiting for changes (exit code 1)"]);
    // To the third finding; the first is mended meanwhile.
    terminal.press(&["Space", "Space"]);
    let before = terminal.sees(&["a.txt:5:"]);
    let third = |screen: &str| screen.lines().position(|line| line.contains("a.txt:5:")).unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE.replacen(". .", ".", 1)).unwrap();
    let since = Instant::now();
    let after = loop {
        let screen = terminal.sees(&["waiting for changes"]);
        if screen.lines().last() != before.lines().last() {
            break screen;
        }
        assert!(since.elapsed() < PATIENCE, "{screen}");
    };
    assert_eq!(third(&after), third(&before), "{before}\n{after}");
    terminal.press(&["q"]);
    terminal.sees(&["left with 0"]);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let folder = folder(&[("a.txt", ARTICLE)]);
    for columns in [60, 80, 100, 140] {
        let Some(terminal) = Terminal::run(folder.path(), "check", (columns, 60)) else { return };
        let screen = terminal.sees(&["left with 1"]);
        // A line that is too wide goes on in the next row.
        let joined = terminal.tmux(&["capture-pane", "-p", "-J"]);
        assert_eq!(screen.trim_end().lines().count(), joined.trim_end().lines().count(), "{screen}");
    }
}

#[test]
fn nothing_is_wider_than_the_terminal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for columns in [60, 80] {
        // A folder for each, since the server of tmux goes by its name.
        let folder = folder(&[]);
        for name in ["harbour.txt", "observatory.md", "orchard.html"] {
            fs::copy(root.join("examples").join(name), folder.path().join(name)).unwrap();
        }
        // Higher than what is printed, so that all of it can be read off the screen.
        let Some(terminal) =
            Terminal::run(folder.path(), "check --isolated --min-confidence low", (columns, 3000))
        else {
            return;
        };
        let screen = terminal.sees(&["left with 1"]);
        // With the lines joined that the terminal had to break.
        let joined = terminal.tmux(&["capture-pane", "-p", "-J"]);
        let wider = joined.lines().find(|line| line.trim_end().chars().count() > columns.into());
        assert_eq!(wider, None, "at {columns} columns of\n{screen}");
        assert!(joined.lines().count() > 200);
    }
}
