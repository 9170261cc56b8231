//! `--format github`: annotations, as workflow commands of GitHub Actions.
//!
//! GitHub shows ten annotations of each kind for a step and fifty for a job. So the most severe come
//! first, and before them, if there are more, an annotation that says how many there are.

use super::level::Level;
use super::most_severe::MostSevere;
use super::{Format, Summary, count};
use mtlint_engine::lint::{Checked, Located};
use mtlint_engine::rule::Severity;
use mtlint_text::visible;

/// How many annotations of a kind GitHub shows for a step.
const SHOWN: usize = 10;
/// How many are written at most: nobody reads more in a log, and they wait in memory for the worst.
const MOST: usize = 10_000;

/// A workflow command a finding, the most severe first.
#[derive(Debug)]
pub struct Github {
    commands: MostSevere<String>,
}

impl Default for Github {
    fn default() -> Self {
        Self { commands: MostSevere::new(MOST) }
    }
}

impl Format for Github {
    fn document(&self, checked: &Checked<'_>, _out: &mut Vec<u8>) {
        let commands = checked.findings.iter();
        let commands = commands.map(|located| (located.finding.severity, command(checked, located)));
        self.commands.offer(checked, commands);
    }

    fn end(&self, summary: &Summary, out: &mut Vec<u8>) {
        let of = |level| {
            let severities =
                summary.by_severity.iter().filter(|(severity, _)| Level::of(**severity) == level);
            severities.map(|(_, count)| count).sum::<usize>()
        };
        if [Level::Error, Level::Warning, Level::Note].into_iter().any(|level| of(level) > SHOWN) {
            let written = match summary.findings - self.commands.len() {
                0 => "all are in the log".to_owned(),
                cut => format!("the {} least severe are left out of the log", count(cut, "finding")),
            };
            let told =
                format!("{}. GitHub shows {SHOWN} of a kind, the most severe here; {written}.", sum(summary));
            out.extend_from_slice(format!("::notice title=mtlint::{}\n", data(&told)).as_bytes());
        }
        self.commands.by_severity(|command| out.extend_from_slice(command.as_bytes()));
    }
}

/// `27 findings (1 critical, 6 major, 20 minor) in 3 documents`.
fn sum(summary: &Summary) -> String {
    let by = |severity: Severity| {
        let count = summary.by_severity.get(&severity).filter(|count| **count > 0)?;
        Some(format!("{count} {}", severity.as_str()))
    };
    let kinds: Vec<String> = Severity::ALL.into_iter().rev().filter_map(by).collect();
    format!(
        "{} ({}) in {}",
        count(summary.findings, "finding"),
        kinds.join(", "),
        count(summary.documents, "document")
    )
}

fn command(checked: &Checked<'_>, located: &Located<'_>) -> String {
    let kind = match Level::of(located.finding.severity) {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let region = checked.region(located.span);
    let columns = match region.columns {
        // The runner refuses columns when there are several lines.
        Some((start, end)) if start.line == end.line => {
            format!(",col={},endColumn={}", start.column, end.column)
        }
        _ => String::new(),
    };
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}\n",
        property(checked.path),
        region.line,
        region.end_line,
        property(&format!("{} ({})", located.rule.id, located.finding.severity.as_str())),
        // The log shows nothing but the message.
        data(&format!("{}: {}", checked.place(located.span), located.finding.message)),
    )
}

/// The text of a command.
fn data(text: &str) -> String {
    visible(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// The value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(property("a: b, c\r\n5%"), "a%3A b%2C c%0D%0A5%25");
        assert_eq!(data("a: b, 5%\n"), "a: b, 5%25%0A");
    }
}
