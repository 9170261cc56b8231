//! `--format azure`: logging commands of Azure Pipelines, a line a finding.

use super::Format;
use super::level::Level;
use mtlint_engine::lint::Checked;
use mtlint_text::visible;

/// A line a finding.
#[derive(Debug)]
pub struct Azure;

impl Format for Azure {
    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        for located in &checked.findings {
            let region = checked.region(located.span);
            let column =
                region.columns.map_or(String::new(), |(start, _)| format!("columnnumber={};", start.column));
            // The agent knows no notes.
            let kind = if Level::of(located.finding.severity) == Level::Error { "error" } else { "warning" };
            let line = format!(
                "##vso[task.logissue type={kind};sourcepath={};linenumber={};{column}code={};]{}\n",
                property(checked.path),
                region.line,
                property(located.rule.id.as_str()),
                data(&checked.message(located)),
            );
            out.extend_from_slice(line.as_bytes());
        }
    }
}

/// The text behind a command, as the agent's own task library escapes it.
fn data(text: &str) -> String {
    visible(&text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// The value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(property("a];b\n5%"), "a%5D%3Bb%0A5%AZP25");
        assert_eq!(data("a];b"), "a];b");
    }
}
