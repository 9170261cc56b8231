//! A dateline given twice: `OSLO — OSLO —`, `CNN — (CNN) —`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_text::{Edit, Span};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

/// How many characters a dateline has at most.
const LONGEST: usize = 60;

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let Some(first) = dateline(text) else { return };
    let Some(second) = dateline(&text[first..]) else { return };
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(&text[..first]), words(&text[first..first + second]));
    if one.is_empty() || one != other && !is_dateline_again(text, &one, &other) {
        return;
    }
    let begin = block.span.lo();
    let whole = text[..first + second].trim_end().len();
    let (former, latter) =
        (Span::new(begin, begin + first), Span::new(begin + first, begin + first + second));
    let finding = report.add_summary(former.cover(Span::new(begin, begin + whole)));
    let cuts = if other.len() < one.len() { [latter, former] } else { [former, latter] };
    // Of two that say the same either may go.
    let choices = if one == other { 1 } else { 2 };
    for cut in cuts.into_iter().take(choices) {
        finding.fix(Fix::unsafe_("give it once", vec![Edit::delete(cut)]));
    }
}

/// Whether one of two beginnings that are told by a place in capitals says what the other does, or a part of it:
/// `OSLO, Norway, May 3 — OSLO, May 3 —`.
fn is_dateline_again(text: &str, one: &[String], other: &[String]) -> bool {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let place = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    one[0].as_str() == other.first().map_or("", String::as_str)
        && place.chars().nth(2).is_some()
        && place.chars().all(char::is_uppercase)
        && shorter.iter().all(|word| longer.contains(word))
}

/// The length of the dateline that `text` begins with, up to the text after its dash.
fn dateline(text: &str) -> Option<usize> {
    let mut before = ' ';
    let mut chars = text.char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = chars.next() {
        let is_free = before.is_whitespace() || matches!(before, ')' | '.');
        let is_dash = match c {
            '—' | '–' => true,
            '-' => is_free && chars.peek().is_some_and(|(_, next)| next.is_whitespace() || *next == '-'),
            _ => false,
        };
        if is_dash {
            let rest = text[at..].trim_start_matches(['-', '—', '–']);
            let rest = rest.trim_start();
            return Some(text.len() - rest.len());
        }
        if matches!(c, '“' | '"' | '!' | '?' | ';') {
            return None;
        }
        before = c;
    }
    None
}
