//! Suppression: findings that a person has looked at and wants to keep quiet about.
//!
//! ```text
//! mtlint-ignore RULE, RULE: REASON [until 2027-01-01]
//! mtlint-ignore-file RULE, RULE: REASON [until 2027-01-01]
//! ```
//!
//! This file holds what such a line says; `engine` applies it, and the rules of the family
//! `suppression` tell what is wrong with it.

use super::Finding;
use jiff::civil::Date;
use mtlint_text::Span;
use mtlint_text::toml_file::unknown;

/// What a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The block that a comment stands in, or else the next.
    Block,
    /// The whole document.
    Document,
}

/// Which findings are kept quiet about, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Rules, families or `all`.
    pub selectors: Vec<String>,
    pub reach: Reach,
    pub reason: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// The words that a comment begins with.
const COMMANDS: [(&str, Reach); 2] =
    [("mtlint-ignore", Reach::Block), ("mtlint-ignore-file", Reach::Document)];

impl Suppression {
    /// Reads the text of a comment. Whether there are such rules is not asked.
    ///
    /// # Errors
    /// What is wrong with it, and how it is written.
    pub fn parse(comment: &str) -> Result<Self, String> {
        let end = comment.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(comment.len());
        let (command, rest) = comment.split_at(end);
        let Some((_, reach)) = COMMANDS.iter().find(|(name, _)| *name == command) else {
            return Err(unknown("comment", command, COMMANDS.iter().map(|(name, _)| *name)));
        };
        let (selectors, reason) = rest.split_once(':').unwrap_or((rest, ""));
        let selectors: Vec<String> = selectors
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|selector| !selector.is_empty())
            .map(str::to_owned)
            .collect();
        if selectors.is_empty() {
            return Err(format!("no rule is named; write `{command} RULE: REASON`"));
        }
        let (reason, until) = split_end(reason.trim())?;
        let reason = (!reason.is_empty()).then(|| reason.to_owned());
        Ok(Self { selectors, reach: *reach, reason, until })
    }

    /// The line that says the same, to stand in a comment.
    pub fn comment(&self) -> String {
        let command = match self.reach {
            Reach::Block => COMMANDS[0].0,
            Reach::Document => COMMANDS[1].0,
        };
        let until = self.until.map(|date| format!(" [until {date}]")).unwrap_or_default();
        let reason = self.reason.as_deref().unwrap_or_default();
        format!("<!-- {command} {}: {reason}{until} -->", self.selectors.join(", "))
    }

    /// Whether it holds no more on this day.
    pub fn is_expired(&self, today: Option<Date>) -> bool {
        self.until.zip(today).is_some_and(|(until, today)| until < today)
    }
}

/// Takes `until DATE`, in brackets or not, off the end of a reason.
fn split_end(reason: &str) -> Result<(&str, Option<Date>), String> {
    let inner = match reason.strip_suffix(']').and_then(|inner| inner.rsplit_once('[')) {
        Some((before, inner)) if inner.trim_start().starts_with("until ") => Some((before, inner)),
        _ => None,
    };
    let (before, date, is_certain) = match (inner, reason.rsplit_once(char::is_whitespace)) {
        (Some((before, inner)), _) => (before, inner.trim().trim_start_matches("until").trim(), true),
        (None, Some((before, date))) => match before.trim_end().strip_suffix("until") {
            // Without brackets it may be a word of the reason: only what begins like a date is one.
            Some(before) => (before, date, date.starts_with(|c: char| c.is_ascii_digit())),
            None => return Ok((reason, None)),
        },
        (None, None) => return Ok((reason, None)),
    };
    match date.parse::<Date>() {
        Ok(date) => Ok((before.trim_end(), Some(date))),
        Err(_) if is_certain => {
            Err(format!("`{date}` is not a day of the calendar; write it as in `until 2027-01-01`"))
        }
        Err(_) => Ok((reason, None)),
    }
}

/// A comment of a document, or a note beside a unit, that suppresses findings or was meant to, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment, as [`mtlint_document::Document::beyond`] names its place.
    pub span: Span,
    /// What to delete so that nothing is left of it; `None` for a note beside a unit, which is no part of
    /// its text.
    pub whole: Option<Span>,
    /// What it says, or what is wrong with it.
    pub parsed: Result<Suppression, String>,
    /// Whether its last day is over.
    pub is_expired: bool,
    /// The selectors for which nothing was found, though all rules that they name were run.
    pub unused: Vec<String>,
}

/// What keeps a finding from being reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressedBy {
    /// A comment in the document: its place in [`mtlint_document::Document::original`].
    Comment(Span),
    /// A note or flag beside the unit, in its file.
    Note,
    /// An entry of a file beside the document, by the number that the engine was given.
    File(usize),
    /// It was there in an earlier run already.
    Baseline,
    /// A person has decided that it is none.
    Decision,
}

impl SuppressedBy {
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Comment(_) => "comment",
            Self::Note => "note",
            Self::File(_) => "file",
            Self::Baseline => "baseline",
            Self::Decision => "decision",
        }
    }
}

/// A finding that is not reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    pub finding: Finding,
    pub by: SuppressedBy,
    pub reason: Option<String>,
    /// The last day on which it is suppressed.
    pub until: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(comment: &str) -> (Vec<String>, Option<String>, Option<String>) {
        let found = Suppression::parse(comment).unwrap();
        (found.selectors, found.reason, found.until.map(|date| date.to_string()))
    }

    #[test]
    fn a_comment_says_what_why_and_until_when() {
        let strings = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            parsed("mtlint-ignore quotation/closed-early, casing : the poet writes so [until 2027-01-31]"),
            (strings(&["quotation/closed-early", "casing"]), some("the poet writes so"), some("2027-01-31"))
        );
        assert_eq!(
            parsed("mtlint-ignore-file all: kept until 2027-01-31"),
            (strings(&["all"]), some("kept"), some("2027-01-31"))
        );
        assert_eq!(
            parsed("mtlint-ignore a/b: stays until Monday"),
            (strings(&["a/b"]), some("stays until Monday"), None)
        );
        assert_eq!(parsed("mtlint-ignore a/b"), (strings(&["a/b"]), None, None));
        assert_eq!(parsed("mtlint-ignore a/b: [until 2027-01-31]").1, None);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let told = |comment: &str| Suppression::parse(comment).unwrap_err();
        assert!(told("mtlint-ignroe a/b: c").ends_with("did you mean `mtlint-ignore`?"));
        assert!(told("mtlint-ignore: c").starts_with("no rule is named"));
        assert!(told("mtlint-ignore a: b [until 2027-02-30]").starts_with("`2027-02-30` is not a day"));
        assert!(told("mtlint-ignore a: b [until tomorrow]").starts_with("`tomorrow` is not a day"));
        assert!(told("mtlint-ignore a: b until 2027-13-01").starts_with("`2027-13-01` is not a day"));
    }

    #[test]
    fn what_is_written_is_read() {
        for comment in ["mtlint-ignore a/b, c: why [until 2027-01-31]", "mtlint-ignore-file a: why"] {
            let found = Suppression::parse(comment).unwrap();
            assert_eq!(found.comment(), format!("<!-- {comment} -->"));
        }
    }

    #[test]
    fn the_last_day_still_counts() {
        let found = Suppression::parse("mtlint-ignore a: b until 2027-01-31").unwrap();
        let day = |text: &str| text.parse::<Date>().ok();
        assert!(!found.is_expired(day("2027-01-31")) && found.is_expired(day("2027-02-01")));
        assert!(!found.is_expired(None));
    }
}
