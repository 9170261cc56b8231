//! Why a subcommand could not do its work, and how that is told: a line a mistake, and what is meant in a
//! file with the line it stands in.

use super::values;
use mtlint_document::files;
use mtlint_report::marked_line;
use mtlint_report::style::Paint;
use mtlint_text::Span;
use mtlint_text::toml_file::Problem;
use std::fmt;
use std::path::Path;

/// Why a subcommand could not do its work.
#[derive(Debug)]
pub struct Trouble(Vec<Told>);

/// One mistake.
#[derive(Debug)]
struct Told {
    message: String,
    /// The line of a file that is meant, drawn.
    snippet: Option<String>,
}

impl Trouble {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self::from(vec![message.to_string()])
    }

    /// Tells it on standard error.
    pub(super) fn tell(&self) {
        for Told { message, snippet } in &self.0 {
            values::complain(message);
            if let Some(snippet) = snippet {
                anstream::eprint!("{snippet}");
            }
        }
    }
}

impl From<Vec<String>> for Trouble {
    fn from(messages: Vec<String>) -> Self {
        Self(messages.into_iter().map(|message| Told { message, snippet: None }).collect())
    }
}

impl From<Vec<Problem>> for Trouble {
    fn from(problems: Vec<Problem>) -> Self {
        let told = |problem: &Problem| Told { message: problem.to_string(), snippet: snippet(problem) };
        Self(problems.iter().map(told).collect())
    }
}

/// How far behind its line what is meant is looked for, in bytes: a list may go over several lines.
const REACH: usize = 4_000;

/// The line that a problem is about, with what is meant marked.
fn snippet(problem: &Problem) -> Option<String> {
    let line = problem.line?;
    let text = files::read_text(Path::new(&problem.file)).ok()?;
    let known = problem.span.filter(|span| text.get(span.range()).is_some());
    let span = known.or_else(|| named(&text, line, &problem.message))?;
    Some(marked_line(&text, span, values::width(), Paint { color: true }))
}

/// Where in a line, or soon after, stands what the message names first; else the line as a whole.
fn named(text: &str, line: u32, message: &str) -> Option<Span> {
    let start: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let rest = text.get(start..)?;
    let near = &rest[..rest.floor_char_boundary(REACH.min(rest.len()))];
    let names = message.split('`').skip(1).step_by(2).filter(|name| !name.is_empty());
    let quoted = |name: &str| {
        let at = ['"', '\''].iter().filter_map(|mark| near.find(&format!("{mark}{name}{mark}"))).min()?;
        Some(Span::new(start + at, start + at + name.len() + 2))
    };
    let whole = || {
        let line = rest.lines().next().unwrap_or_default();
        let from = start + line.len() - line.trim_start().len();
        Span::new(from, (start + line.trim_end().len()).max(from))
    };
    Some(names.take(1).find_map(quoted).unwrap_or_else(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_found_in_its_list() {
        let text = "a = 1\nselect = [\n  \"casing\",\n  'qoutation',\n]\n";
        let span = |message: &str| named(text, 2, message).unwrap().of(text);
        assert_eq!(span("unknown rule or family `qoutation`; did you mean `quotation`?"), "'qoutation'");
        assert_eq!(span("something else"), "select = [");
    }
}
