//! The comment that suppresses a finding where it stands.

use crate::rule::Finding;
use mtlint_document::Document;
use mtlint_document::load::Format;
use mtlint_text::{Edit, Span};

/// How many bytes before the text of a unit its entry begins at most.
const LONGEST_ENTRY: usize = 1 << 16;

/// Suppresses the rule of a finding in the unit whose text begins at `start` of a file, by a note in the
/// format's own way; `None` where a note has no place.
pub fn note_beside(format: Format, text: &str, start: usize, finding: &Finding) -> Option<Edit> {
    if finding.rule.family() == "suppression" {
        return None;
    }
    let note = format!("mtlint-ignore {}: as intended", finding.rule);
    match format {
        Format::Po => {
            let head = &text[text.floor_char_boundary(start.saturating_sub(LONGEST_ENTRY))..start];
            let line_break = if head.contains("\r\n") { "\r\n" } else { "\n" };
            // An empty line parts entries.
            let empty = format!("{line_break}{line_break}");
            let entry = head.rfind(&empty).map_or(0, |at| at + empty.len());
            let at = start - head.len() + entry;
            Some(Edit::insert(at, format!("# {note}{line_break}")))
        }
        Format::Xliff => {
            let rest = &text[start..];
            let unit = rest.find("</trans-unit>")?;
            let target = rest[..unit].find("</target>")? + "</target>".len();
            Some(Edit::insert(start + target, format!("<note>{note}</note>")))
        }
        _ => None,
    }
}

/// Suppresses the rule of a finding in the block it lies in: a comment at the end of the block, the
/// one place that every format allows. `None` where there is no such block, and for what is said
/// about suppressions themselves.
pub fn ignore_here(document: &Document, format: Format, finding: &Finding) -> Option<Edit> {
    // The text of a unit is all that there is of it: what keeps quiet about it stands beside it.
    if finding.rule.family() == "suppression" || format.holds_units() {
        return None;
    }
    let block = document.block_at(finding.span.lo()).or(document.blocks().first())?;
    let last = document.slice(block.span).chars().next_back().map_or(0, char::len_utf8);
    // The last character, for what begins right behind it may belong to the next block.
    let end = document.to_original(Span::new(block.span.hi() - last, block.span.hi())).hi();
    let original = document.original();
    let rest = original[end..].lines().next().unwrap_or_default();
    // Inside code a comment would be code, and inside the brackets of a link or picture its text.
    let is_inside = format == Format::Markdown && rest.contains(['`', ']']) && !rest.contains('|');
    let at = if is_inside { end + rest.trim_end().len() } else { end };
    Some(Edit::insert(at, format!(" <!-- mtlint-ignore {}: as intended -->", finding.rule)))
}
