//! What stands behind a finding, for the reader who points at it.

use super::analysis::{Analysis, Marked};
use super::client::{Client, Options};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};
use mtlint_document::capitalised;
use mtlint_report::explanation;
use mtlint_text::Span;

/// The explanation of the findings at a place.
pub(super) fn at(
    analysis: &Analysis,
    client: &Client,
    options: &Options,
    position: Position,
) -> Option<Hover> {
    let offset = client.encoding.offset(&analysis.text, position);
    let found: Vec<&Marked> = analysis.at(Span::at(offset)).collect();
    let (kind, between) = match client.renders_markdown {
        true => (MarkupKind::Markdown, "\n\n---\n\n"),
        false => (MarkupKind::PlainText, "\n\n"),
    };
    let tell = if client.renders_markdown { tell } else { tell_plainly };
    let told: Vec<String> = found.iter().filter_map(|marked| tell(analysis, marked, options)).collect();
    let first = found.first()?;
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value: told.join(between) }),
        range: Some(client.encoding.range(&analysis.text, &analysis.lines, first.span)),
    })
}

fn tell(analysis: &Analysis, marked: &Marked, options: &Options) -> Option<String> {
    let rule = analysis.rule(marked)?;
    let finding = &marked.finding;
    let page = options.page_of(rule.id.as_str());
    let (severity, confidence) = (finding.severity.as_str(), finding.confidence.as_str());
    Some(format!(
        "[{}]({page}): {severity}, {confidence} confidence\n\n{}{}",
        rule.id,
        source(marked).map(|text| format!("{}\n\n", fenced(&text))).unwrap_or_default(),
        explanation(rule).trim_end()
    ))
}

/// How many characters of a source text are shown.
const MOST_SHOWN: usize = 600;

/// The text that a unit was translated from, and what of it the finding is about.
fn source(marked: &Marked) -> Option<String> {
    let source = marked.source.as_deref().filter(|source| !source.trim().is_empty())?;
    let mut shown: String = source.chars().take(MOST_SHOWN).collect();
    if shown.len() < source.len() {
        shown.push('…');
    }
    let mut told = format!("Source: {shown}");
    for span in marked.in_source.iter().filter(|span| !span.is_empty()) {
        if let Some(place) = source.get(span.range()) {
            told.push_str(&format!("\n  there: {place}"));
        }
    }
    Some(told)
}

/// Text that Markdown shows as it is.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

/// The same without markup, for clients that show text as it is.
fn tell_plainly(analysis: &Analysis, marked: &Marked, options: &Options) -> Option<String> {
    let rule = analysis.rule(marked)?;
    let (severity, confidence) = (marked.finding.severity.as_str(), marked.finding.confidence.as_str());
    Some(format!(
        "{}: {severity}, {confidence} confidence\n\n{}{}. {}\n\n{}",
        rule.id,
        source(marked).map(|text| format!("{text}\n\n")).unwrap_or_default(),
        capitalised(&rule.summary),
        rule.why,
        options.page_of(rule.id.as_str())
    ))
}
