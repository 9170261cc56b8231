//! The comment that suppresses a finding where it stands.

use crate::rule::Finding;
use mtlint_document::load::Format;
use mtlint_document::{BlockKind, Document};
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

/// Suppresses the rule of a finding in the block it lies in: a comment in the format's own way, where it
/// changes nothing that is printed. `None` where there is no such block or place, and for what is said
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
    let line = original[end..].lines().next().unwrap_or_default();
    let end_of_line = end + line.trim_end().len();
    let note = format!("mtlint-ignore {}: as intended", finding.rule);
    match format {
        // What a document or a message says is all that there is of it.
        Format::Docx | Format::Odt | Format::Mail | Format::Mailbox => None,
        // A comment takes the rest of its line, which must not hold text or another comment.
        Format::Latex => (!line.contains('%')).then(|| Edit::insert(end_of_line, format!(" % {note}"))),
        Format::Rst | Format::AsciiDoc => {
            let start = document.to_original(block.span).lo();
            before(format, original, block.kind, start, &note)
        }
        _ => {
            // Inside code a comment would be code, and inside the brackets of a link or picture its text.
            let is_inside = format == Format::Markdown && line.contains(['`', ']']) && !line.contains('|');
            let at = if is_inside { end_of_line } else { end };
            Some(Edit::insert(at, format!(" <!-- {note} -->")))
        }
    }
}

/// A comment on a line of its own before the block that begins at `start`, where such a line parts
/// nothing: after an empty line or at the beginning of the text.
fn before(format: Format, original: &str, kind: BlockKind, start: usize, note: &str) -> Option<Edit> {
    let line = original[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_break = if original.contains("\r\n") { "\r\n" } else { "\n" };
    let above = original[..line].trim_end_matches(['\n', '\r', ' ', '\t']);
    let breaks = original[above.len()..line].matches('\n').count();
    if kind == BlockKind::TableCell || line > 0 && above.len() < line && breaks < 2 && !above.is_empty() {
        return None;
    }
    let rest = &original[line..];
    let indent = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
    Some(Edit::insert(
        line,
        match format {
            Format::Rst => format!("{indent}.. {note}{line_break}{line_break}"),
            _ => format!("// {note}{line_break}"),
        },
    ))
}
