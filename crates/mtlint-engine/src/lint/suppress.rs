//! The comment that suppresses a finding where it stands.

use crate::rule::Finding;
use mtlint_document::Document;
use mtlint_document::load::Format;
use mtlint_text::{Edit, Span};

/// Suppresses the rule of a finding in the block it lies in: a comment at the end of the block, the
/// one place that every format allows. `None` where there is no such block, and for what is said
/// about suppressions themselves.
pub fn ignore_here(document: &Document, format: Format, finding: &Finding) -> Option<Edit> {
    if finding.rule.family() == "suppression" {
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
