//! A dash between two words with a space on one side alone: `it rains– a bucket`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document, is_prose};
use mtlint_text::{Edit, Span};

const DASHES: [char; 2] = ['–', '—'];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let text = document.text();
        let dashes: Vec<Dash> =
            text.match_indices(DASHES).map(|(at, dash)| Dash::of(text, at, dash)).collect();
        let count = |sides: [bool; 2]| dashes.iter().filter(|dash| dash.spaces == sides).count();
        let (open, closed) = (count([true; 2]), count([false; 2]));
        let odd: Vec<&Dash> = dashes.iter().filter(|dash| dash.is_odd()).collect();
        // Who sets dashes so time and again has a way of his own, and one alone tells of none.
        if odd.len() > 1 + (open + closed) / FEW || open + closed == 0 {
            return;
        }
        for dash in odd {
            let block = document.block_at(dash.at).filter(|block| is_prose(block));
            let rest = &text[dash.whole.hi()..];
            let next = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
            let is_shortened = document.pack().words(JOINING).contains(next) || next == "to";
            if !is_shortened && block.is_some_and(|block| is_inside(block, dash)) {
                add(document, dash, [open, closed], report);
            }
        }
    }))
}

/// Of so many other dashes one more may have a space on one side.
const FEW: usize = 8;

/// Words behind a dash that stands for a part left out: `pre– and postwar`.
const JOINING: &str = "coordinating";

/// A dash, and what stands on either side.
struct Dash {
    at: usize,
    length: usize,
    /// The dash with its space, in bytes.
    whole: Span,
    spaces: [bool; 2],
    /// Whether a word is what stands next to it, past the space.
    words: [bool; 2],
}

impl Dash {
    fn of(text: &str, at: usize, dash: &str) -> Self {
        let (before, after) = (&text[..at], &text[at + dash.len()..]);
        let is_space = |c: char| matches!(c, ' ' | '\u{a0}');
        let ends = before.strip_suffix(is_space).unwrap_or(before);
        let begins = after.strip_prefix(is_space).unwrap_or(after);
        Self {
            at,
            length: dash.len(),
            whole: Span::new(ends.len(), at + dash.len() + after.len() - begins.len()),
            spaces: [ends.len() < before.len(), begins.len() < after.len()],
            words: [
                ends.ends_with(|c: char| c.is_lowercase())
                    && ends.chars().rev().nth(1).is_some_and(char::is_alphabetic),
                begins.starts_with(char::is_lowercase),
            ],
        }
    }

    fn is_odd(&self) -> bool {
        self.spaces[0] != self.spaces[1] && self.words == [true; 2]
    }

    fn span(&self) -> Span {
        Span::new(self.at, self.at + self.length)
    }
}

fn is_inside(block: &Block, dash: &Dash) -> bool {
    block.span.lo() < dash.at && dash.at + dash.length < block.span.hi()
}

fn add(document: &Document, dash: &Dash, [open, closed]: [usize; 2], report: &mut Report<'_>) {
    let text = document.text();
    let span = dash.span();
    if document.mask().covers(span) {
        return;
    }
    let sign = document.slice(span);
    let (spaced, joined) = (format!(" {sign} "), sign.to_owned());
    // As the document does it otherwise; where it has no other, the long dash stands close.
    let is_spaced = if open + closed > 0 { open > closed } else { sign != "—" };
    let mut forms = [spaced, joined];
    if !is_spaced {
        forms.reverse();
    }
    let finding = report.add(span, format!("`{sign}` has a space on one side alone"));
    for form in forms {
        let edits = Edit::minimal(text, dash.whole, &form).into_iter().collect();
        finding.fix(Fix::unsafe_(format!("write `{form}`"), edits));
    }
}
