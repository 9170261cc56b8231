//! `--format wmt`: error spans as the shared tasks of WMT take them, to be scored by their scripts.
//!
//! A line a segment, in the format of the quality estimation task on error spans (2023 and 2024):
//! language pair, method, number of the segment from 0, the segment, the starts and ends of the spans
//! in characters, their severities. Three lines stand before: the size of the model in bytes, the
//! number of its parameters, the number of models; mtlint has no model.
//!
//! A segment is a record of a `.jsonl` file, or a line of any other. A span is half-open.

use super::Format;
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Severity;
use mtlint_lang::Language;
use mtlint_text::is_control;
use std::collections::BTreeMap;
use std::ops::Range;

/// A line a segment.
#[derive(Debug)]
pub struct Wmt;

/// A stretch of text that is judged by itself.
struct Segment {
    /// From 0.
    number: u32,
    /// In bytes, without the white space around it, which the scripts take off.
    range: Range<usize>,
    /// Where in the document's bytes, and how bad.
    spans: Vec<(usize, usize, &'static str)>,
}

impl Format for Wmt {
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"0\n0\n1\n");
    }

    fn document(&self, checked: &Checked<'_>, out: &mut Vec<u8>) {
        let code = |language: Option<Language>| language.map_or("und".to_owned(), |known| known.to_string());
        let pair = format!("{}-{}", code(checked.source_language), code(checked.document.language()));
        for segment in segments(checked) {
            let (characters, spans) = (segment.characters(checked.text()), &segment.spans);
            let column = |of: &dyn Fn(&(usize, usize, &str)) -> String, none: &str| match spans.as_slice() {
                [] => none.to_owned(),
                some => some.iter().map(of).collect::<Vec<_>>().join(" "),
            };
            // Tabs separate columns, some readers break lines at others, and a terminal may obey them; a
            // space in their place keeps all characters where they are.
            let text = checked.text()[segment.range.clone()].replace(is_control, " ");
            let line = format!(
                "{pair}\tmtlint\t{}\t{text}\t{}\t{}\t{}\n",
                segment.number,
                column(&|(start, ..)| characters[start].to_string(), "-1"),
                column(&|(_, end, _)| characters[end].to_string(), "-1"),
                column(&|(.., severity)| (*severity).to_owned(), "no-error"),
            );
            out.extend_from_slice(line.as_bytes());
        }
    }
}

/// The segments of a document with the spans in each; a finding may reach over several.
fn segments(checked: &Checked<'_>) -> Vec<Segment> {
    let (text, lines) = (checked.text(), checked.document.lines());
    let ranges: Vec<(u32, Range<usize>)> = match checked.record {
        Some(record) => vec![(record.line - 1, 0..text.len())],
        // What stands behind the last line break is a line if it is anything.
        None => (0..lines.line_count())
            .map(|line| (line as u32, lines.line_range(text, line)))
            .filter(|(line, range)| (*line as usize) + 1 < lines.line_count() || !range.is_empty())
            .collect(),
    };
    let mut segments: Vec<Segment> = ranges
        .into_iter()
        .map(|(number, range)| {
            let segment = &text[range.clone()];
            let start = range.start + segment.len() - segment.trim_start().len();
            Segment { number, range: start..start + segment.trim().len(), spans: Vec::new() }
        })
        .collect();
    for located in &checked.findings {
        let severity = match located.finding.severity {
            // A preference is no error.
            Severity::Neutral => continue,
            Severity::Minor => "minor",
            Severity::Major | Severity::Critical => "major",
        };
        let first = segments.partition_point(|segment| segment.range.end < located.span.lo());
        for segment in &mut segments[first..] {
            let (start, end) =
                (located.span.lo().max(segment.range.start), located.span.hi().min(segment.range.end));
            if segment.range.start > located.span.hi() {
                break;
            }
            if start < end || (start == end && located.span.is_empty()) {
                segment.spans.push((start, end, severity));
            }
        }
    }
    segments
}

impl Segment {
    /// For each end of a span, how many characters of the segment lie before it.
    fn characters(&self, text: &str) -> BTreeMap<usize, usize> {
        let mut counts: BTreeMap<usize, usize> =
            self.spans.iter().flat_map(|(start, end, _)| [(*start, 0), (*end, 0)]).collect();
        let (mut offset, mut count) = (self.range.start, 0);
        for (at, before) in &mut counts {
            count += text[offset..*at].chars().count();
            (offset, *before) = (*at, count);
        }
        counts
    }
}
