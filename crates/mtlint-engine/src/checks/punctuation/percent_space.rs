//! A space before the percent sign, where the language sets none: `6.2 %`.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_text::{Edit, Span};

/// From how many on, and none without a space, the writer means it.
const HABIT: usize = 2;

/// The spaces that are set there.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let mut tight = 0;
    let mut apart = Vec::new();
    for block in document.blocks() {
        let text = document.slice(block.span);
        for (at, _) in text.match_indices('%') {
            let bare = text[..at].trim_end_matches(SPACES);
            let ends = text[at + 1..].chars().next().is_none_or(|c| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '.' | ',' | ';' | ':' | ')' | ']' | '!' | '?' | '”' | '"' | '’' | '-' | '–' | '—'
                    )
            });
            if !ends || !bare.ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let gap = Span::new(bare.len(), at).shifted(block.span.lo());
            // In code the sign takes a remainder: `22 % -5`.
            let is_operator = text[at + 1..].trim_start_matches(' ').starts_with(['-', '(', '=']);
            if gap.is_empty() {
                tight += 1;
            } else if !is_operator && !document.mask().covers(gap) {
                apart.push(gap);
            }
        }
    }
    if apart.len() >= HABIT && apart.len() >= tight {
        return;
    }
    let alone = tight == 0;
    for gap in apart {
        let finding = report.add(gap, "a space before the percent sign");
        if alone {
            finding.at_most(Confidence::Medium);
        }
        finding.fix(Fix::safe("delete the space", vec![Edit::delete(gap)]));
    }
}
