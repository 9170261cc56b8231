//! A row of buttons: `Facebook Twitter WhatsApp Email`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_text::Edit;
use std::collections::HashSet;

/// What the buttons say.
const BUTTONS: &str = "share-button";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

/// How many bytes a row of buttons has at most.
const LONGEST: usize = 200;

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    if text.len() > LONGEST || block.kind == BlockKind::TableCell {
        return;
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '+'))
        .filter(|word| !word.is_empty())
        .collect();
    let list = document.pack().words(BUTTONS);
    let mut at = 0;
    let mut buttons = HashSet::new();
    while at < words.len() {
        let length = list.prefix_of(words[at..].iter().copied());
        if length == 0 {
            return;
        }
        buttons.insert(words[at].to_lowercase());
        at += length;
    }
    if buttons.len() >= 2 {
        let fix = Fix::unsafe_("delete the line", vec![Edit::delete(document.with_line_end(block.span))]);
        report.add_summary(block.span).fix(fix);
    }
}
