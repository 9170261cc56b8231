//! A line that ends in the middle of a sentence in a text that breaks no lines otherwise.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document};
use mtlint_text::{Edit, Span};

/// How many lines of a text may be broken so, at most, and how long one is at least: verse and code have shorter ones.
const MOST: usize = 1;
const SHORTEST: usize = 40;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let text = document.text();
    let mut found = Vec::new();
    let mut lines = 0;
    let mut end = 0;
    while let Some(at) = text[end..].find('\n').map(|at| end + at) {
        let next = &text[at + 1..];
        let blank = next.len() - next.trim_start_matches(['\n', '\r', ' ', '\t']).len();
        let before = text[..at].trim_end_matches(['\r', ' ', '\t']);
        end = at + 1 + blank;
        // An empty line parts paragraphs.
        if blank > 0 && next[..blank].contains('\n') || before.is_empty() || next.is_empty() {
            continue;
        }
        lines += 1;
        // Every other break tells of verse, an address or lines that are wrapped.
        if lines > MOST {
            return;
        }
        let head = before.rfind('\n').map_or(before, |from| &before[from + 1..]);
        let is_prose = |at: usize| {
            document.block_at(at).is_some_and(|block| {
                matches!(block.kind, BlockKind::Paragraph | BlockKind::Title | BlockKind::Heading)
            })
        };
        let goes_on = blank == 0
            && next.starts_with(char::is_lowercase)
            && head.len() >= SHORTEST
            && head.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | '-'))
            && !head.ends_with(" -")
            && is_prose(before.len() - 1)
            && is_prose(at + 1);
        if goes_on {
            found.push(Span::new(before.len(), at + 1));
        }
    }
    if found.len() < lines {
        return;
    }
    for span in found {
        let (before, after) = (&text[..span.lo()], &text[span.hi()..]);
        let head = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let tail = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        if document.mask().covers(span) {
            continue;
        }
        let joint = if before.ends_with('-') { "" } else { " " };
        report
            .add(
                Span::new(head, span.hi() + tail),
                "a line ends in the middle of a sentence, and no other line of the text does",
            )
            .fix(Fix::unsafe_("join the lines", vec![Edit::replace(span, joint)]));
    }
}
