//! `mtlint check --interactive`: finding by finding, with a preview of each fix, and a key for each decision.
//!
//! After each decision that changes the text it is checked again, so what is shown is always what is there.
//! A file is written when its last finding is decided, or on leaving. What was mended or ignored is not asked
//! again the next time; what was skipped is.

mod screen;
mod session;

use super::args::Args;
use super::jobs::Job;
use super::{name, read, write};
use crate::cli::{TROUBLE, Terminal, Trouble, values};
use mtlint_engine::lint::Linter;
use mtlint_report::count;
use mtlint_text::visible;
use screen::Screen;
use session::{Ending, Session, Tally};
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::process::ExitCode;

/// Goes through all files.
pub(super) fn run(args: &Args, jobs: &[Job], terminal: Terminal) -> Result<ExitCode, Trouble> {
    if !std::io::stdin().is_terminal() || !terminal.is_terminal {
        return Err(Trouble::new("--interactive asks at a terminal; here is none"));
    }
    let fail = |error: std::io::Error| Trouble::new(format!("the terminal cannot be read: {error}"));
    let screen = Screen::new(terminal);
    let mut tally = Tally::default();
    let mut rules_off = BTreeSet::new();
    let mut written = 0;
    let mut failures: Vec<String> = Vec::new();
    'files: for job in jobs {
        let path = name(args, &job.path);
        let file = match read(args, &job.path) {
            Ok(file) => file,
            Err(error) => {
                failures.push(error.to_string());
                continue;
            }
        };
        let mut mended = BTreeMap::new();
        let before = tally.clone();
        let mut ending = Ending::Through;
        for article in file.articles() {
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    failures.push(error.to_string());
                    continue;
                }
            };
            let linter = Linter::new(&job.settings, &job.path, file.format(), &article);
            let mut session = Session::new(&screen, &linter, &path, &article, file.format(), &mut rules_off);
            ending = session.run(&mut tally).map_err(fail)?;
            mended.extend(session.into_text().map(|text| (article.key, text)));
            if ending != Ending::Through {
                break;
            }
        }
        if ending == Ending::Abandon {
            tally = before;
            break 'files;
        }
        if !mended.is_empty() {
            match write(&job.path, &file, &mended) {
                None => written += 1,
                Some(message) => failures.push(format!("{}: {message}", visible(&path))),
            }
        }
        if ending == Ending::Quit {
            break 'files;
        }
    }
    screen.leave().map_err(fail)?;
    values::remark(&format!("{tally}; {} written", count(written, "file")));
    failures.iter().for_each(|failure| values::complain(failure));
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) })
}
