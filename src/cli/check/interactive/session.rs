//! The decisions on one article.

use super::screen::{Choices, Decision, Screen};
use mtlint_document::load::{Article, Format};
use mtlint_engine::lint::{Linter, ignore_here};
use mtlint_engine::rule::RuleId;
use mtlint_report::count;
use mtlint_text::{Edit, apply_edits, visible};
use std::collections::BTreeSet;
use std::fmt;
use std::io;

/// What was decided in a run, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    mended: usize,
    ignored: usize,
    skipped: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} mended, {} ignored, {} skipped",
            count(self.mended, "finding"),
            self.ignored,
            self.skipped
        )
    }
}

/// How the work on an article ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// All findings are decided.
    Through,
    Quit,
    Abandon,
}

/// What is decided so far.
#[derive(Clone, Debug)]
struct State {
    text: String,
    /// The fingerprints of findings that are not asked about again.
    passed: BTreeSet<String>,
    rules_off: BTreeSet<RuleId>,
    tally: Tally,
}

/// The work on one article.
pub(super) struct Session<'a> {
    screen: &'a Screen,
    linter: &'a Linter<'a>,
    path: &'a str,
    article: &'a Article,
    format: Format,
    /// The rules that are off for the rest of the run.
    rules_off: &'a mut BTreeSet<RuleId>,
    original: String,
    state: Option<State>,
}

impl<'a> Session<'a> {
    pub fn new(
        screen: &'a Screen,
        linter: &'a Linter<'a>,
        path: &'a str,
        article: &'a Article,
        format: Format,
        rules_off: &'a mut BTreeSet<RuleId>,
    ) -> Self {
        let original = linter.take(&mut article.clone()).original().to_owned();
        Self { screen, linter, path, article, format, rules_off, original, state: None }
    }

    /// Asks about one finding after the other.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn run(&mut self, tally: &mut Tally) -> io::Result<Ending> {
        let mut state = State {
            text: self.original.clone(),
            passed: BTreeSet::new(),
            rules_off: self.rules_off.clone(),
            tally: tally.clone(),
        };
        let mut undo: Vec<State> = Vec::new();
        let ending = loop {
            let document = self.linter.parse(&state.text);
            let review = self.linter.check(&document, None);
            let checked = self.linter.locate(self.path, self.article, &document, &review);
            let is_open = |rule: &RuleId, fingerprint: &String| {
                !state.passed.contains(fingerprint) && !state.rules_off.contains(rule)
            };
            let mut open =
                checked.findings.iter().filter(|located| is_open(&located.rule.id, &located.fingerprint));
            let Some(located) = open.next() else { break Ending::Through };
            let comment = match self.article.record {
                // A comment would be a part of the record's text.
                Some(_) => None,
                None => ignore_here(&document, self.format, located.finding),
            };
            let head = format!(
                "{}: {} to decide, {} so far",
                visible(self.path),
                count(1 + open.count(), "finding"),
                state.tally
            );
            let choices = Choices { can_ignore_here: comment.is_some(), can_undo: !undo.is_empty() };
            let decision = self.screen.ask(&head, &checked, located, choices)?;
            let before = state.clone();
            match decision {
                Decision::Accept(at) => {
                    match apply_edits(&state.text, &located.fixes[at].edits) {
                        Ok(text) => state.text = text,
                        // What cannot be applied is passed over, and counts as skipped.
                        Err(_) => {
                            state.passed.insert(located.fingerprint.clone());
                            state.tally.skipped += 1;
                            continue;
                        }
                    }
                    state.tally.mended += 1;
                }
                Decision::Edit(new) => {
                    let edit = Edit::replace(located.span, new);
                    state.text = apply_edits(&state.text, &[edit]).unwrap_or(state.text);
                    state.tally.mended += 1;
                }
                Decision::IgnoreHere => {
                    state.text = apply_edits(&state.text, comment.as_slice()).unwrap_or(state.text);
                    state.tally.ignored += 1;
                }
                Decision::RuleOff => {
                    state.rules_off.insert(located.rule.id.clone());
                    state.tally.ignored += 1;
                }
                Decision::Skip => {
                    state.passed.insert(located.fingerprint.clone());
                    state.tally.skipped += 1;
                }
                Decision::Undo => {
                    state = undo.pop().unwrap_or(state);
                    continue;
                }
                Decision::Quit => break Ending::Quit,
                Decision::Abandon => break Ending::Abandon,
            }
            undo.push(before);
        };
        *tally = state.tally.clone();
        self.rules_off.clone_from(&state.rules_off);
        self.state = Some(state);
        Ok(ending)
    }

    /// The text as it was decided, if it is another.
    pub fn into_text(self) -> Option<String> {
        self.state.map(|state| state.text).filter(|text| *text != self.original)
    }
}
