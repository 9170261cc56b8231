//! A bracket without its partner in the same block.

use crate::document::{Block, Document};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use crate::text::Span;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut orphans = Vec::new();
    for (at, c) in text.char_indices() {
        let partner = match c {
            '(' | '[' => {
                open.push((at, c));
                continue;
            }
            ')' => '(',
            ']' => '[',
            _ => continue,
        };
        match open.last() {
            Some((_, last)) if *last == partner => drop(open.pop()),
            _ if is_enumerator(&text[..at]) => {}
            _ => orphans.push(at),
        }
    }
    orphans.extend(open.into_iter().map(|(at, _)| at));
    orphans.sort_unstable();
    for at in orphans {
        let span = Span::new(at, at + 1).shifted(block.span.lo());
        if !document.mask().covers(span) && !is_face(text, at) {
            report.add(span, format!("`{}` has no partner in this paragraph", document.slice(span)));
        }
    }
}

/// Whether a closing bracket ends the mark of a list item: `a)`, `12)`, `iv)`.
fn is_enumerator(before: &str) -> bool {
    let length = before.chars().rev().take(5).take_while(|c| !c.is_whitespace()).count();
    let mut word = before.chars().rev().take(length);
    match length {
        1 | 2 => word.all(char::is_alphanumeric),
        3 | 4 => word.all(|c| c.is_numeric() || "ivxIVX".contains(c)),
        _ => false,
    }
}

/// Whether the bracket is the mouth of a face: `:)`, `:-(`, `;]`.
fn is_face(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.trim_end_matches(['-', '\'', '^', 'o', '~']).ends_with([':', ';', '=', '8'])
}
