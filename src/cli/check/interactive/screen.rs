//! What `--interactive` shows and asks.

use crate::cli::Terminal;
use console::{Key, Term};
use mtlint_engine::lint::{Checked, Located};
use mtlint_engine::rule::{Applicability, Fix};
use mtlint_report::{Human, style, wrap};
use std::io;

/// What the user decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Apply the fix at this place among those of the finding.
    Accept(usize),
    /// Put another text where the finding lies.
    Edit(String),
    /// Leave a comment that suppresses it where it stands.
    IgnoreHere,
    /// Say nothing more of its rule in this run.
    RuleOff,
    Skip,
    Undo,
    /// Write what was decided, and leave.
    Quit,
    /// Leave this file as it was.
    Abandon,
}

/// Holds the words of a key together while lines are broken: a character of no text.
const GLUE: &str = "\u{e000}";

/// The terminal.
pub(super) struct Screen {
    term: Term,
    human: Human,
}

/// What is possible at a finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choices {
    pub can_ignore_here: bool,
    pub can_undo: bool,
}

impl Screen {
    pub fn new(terminal: Terminal) -> Self {
        let human = Human { paint: terminal.paint, width: terminal.width, evidence: false };
        Self { term: Term::stdout(), human }
    }

    /// Shows a finding and asks what to do about it.
    pub fn ask(
        &self,
        head: &str,
        checked: &Checked<'_>,
        located: &Located<'_>,
        choices: Choices,
    ) -> io::Result<Decision> {
        self.term.clear_screen()?;
        let mut out = String::new();
        for line in glued(head.split(", "), ", ", self.human.width) {
            self.human.paint.push(&mut out, style::DIM, &line);
            out.push('\n');
        }
        out.push('\n');
        self.human.one(&mut out, checked, located);
        self.term.write_str(&out)?;
        let prompt = self.prompt(&located.fixes, choices);
        self.term.write_str(&prompt)?;
        loop {
            let decision = match self.term.read_key_raw()? {
                Key::Char('a' | 'y') | Key::Enter if !located.fixes.is_empty() => Decision::Accept(0),
                Key::Char(digit @ '1'..='9') => {
                    let at = digit as usize - '1' as usize;
                    if at >= located.fixes.len() {
                        continue;
                    }
                    Decision::Accept(at)
                }
                Key::Char('e') => match self.edit(located.span.of(checked.text()))? {
                    Some(text) => Decision::Edit(text),
                    None => continue,
                },
                Key::Char('i') if choices.can_ignore_here => Decision::IgnoreHere,
                Key::Char('r') => Decision::RuleOff,
                Key::Char('s' | 'n' | ' ') => Decision::Skip,
                Key::Char('u') if choices.can_undo => Decision::Undo,
                Key::Char('q') => Decision::Quit,
                Key::CtrlC => Decision::Abandon,
                _ => continue,
            };
            return Ok(decision);
        }
    }

    /// The keys that do something here.
    fn prompt(&self, fixes: &[Fix], choices: Choices) -> String {
        let mut keys = Vec::new();
        if let Some(fix) = fixes.first() {
            let is_sure = fix.applicability == Applicability::Safe;
            keys.push(
                if is_sure { "[a]ccept" } else { "[a]ccept, though it may change what is said" }.to_owned(),
            );
        }
        if fixes.len() > 1 {
            keys.push(format!("[1-{}] that fix", fixes.len().min(9)));
        }
        keys.push("[e]dit".to_owned());
        if choices.can_ignore_here {
            keys.push("[i]gnore here".to_owned());
        }
        keys.push("[r]ule off".to_owned());
        keys.push("[s]kip".to_owned());
        if choices.can_undo {
            keys.push("[u]ndo".to_owned());
        }
        keys.push("[q]uit and keep".to_owned());
        keys.push("Ctrl-C leave this file as it was".to_owned());
        // A key and what it does stay in one line.
        glued(keys.iter().map(String::as_str), "  ", self.human.width).join("\n") + "\n"
    }

    /// Asks for the text that is to stand in place of `text`; `None` when it is to stay.
    fn edit(&self, text: &str) -> io::Result<Option<String>> {
        if text.contains(['\n', '\r']) {
            self.term.write_line("It goes over several lines: edit it in the file.")?;
            return Ok(None);
        }
        let mut editor = rustyline::DefaultEditor::new().map_err(io::Error::other)?;
        match editor.readline_with_initial("in its place: ", (text, "")) {
            Ok(new) if new != text => Ok(Some(new)),
            Ok(_)
            | Err(rustyline::error::ReadlineError::Interrupted | rustyline::error::ReadlineError::Eof) => {
                self.term.write_line("It stays.")?;
                Ok(None)
            }
            Err(error) => Err(io::Error::other(error)),
        }
    }

    /// Clears what was asked.
    pub fn leave(&self) -> io::Result<()> {
        self.term.clear_screen()
    }
}

/// Parts of which each stays in one line, if it can, with `between` them, in lines of at most `width` columns.
fn glued<'p>(parts: impl Iterator<Item = &'p str>, between: &str, width: usize) -> Vec<String> {
    let glued: Vec<String> = parts.map(|part| part.replace(' ', GLUE)).collect();
    wrap(&glued.join(between), width).into_iter().map(|line| line.replace(GLUE, " ")).collect()
}
