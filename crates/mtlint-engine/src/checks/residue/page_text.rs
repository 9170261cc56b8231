//! Lines that a page says of itself, told by a model of what programs print on pages: `Log in to comment`. May use `rule`,
//! `document` and `lang`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_lang::page_lines::{MOST_WORDS, PageLines};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Of how many blocks one at most may be such a line: a text of many of them is about a page, or is one.
    share: usize,
    /// How many words of prose a text has at least.
    prose: usize,
    /// How many words a line has at most.
    words: usize,
}

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(settings, document, report)))
}

fn check(settings: Settings, document: &Document, report: &mut Report<'_>) {
    let Some(model) = PageLines::of(document.language()) else { return };
    // In talk about a program people speak as it does.
    if document.is_cut_into_lines() || !has_prose(settings, document) {
        return;
    }
    let found: Vec<Span> = document
        .blocks()
        .iter()
        .filter(|block| is_line(settings, document, block) && model.excess(document.slice(block.span)) >= 0)
        .map(|block| block.span)
        .collect();
    if found.is_empty() || found.len() > 1 && found.len() * settings.share > document.blocks().len() {
        return;
    }
    for span in found {
        let fix = Fix::unsafe_("delete the line", vec![Edit::delete(document.with_line_end(span))]);
        report.add_summary(span).fix(fix);
    }
}

/// A block that stands by itself and holds no more than a short sentence or two.
fn is_line(settings: Settings, document: &Document, block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Title | BlockKind::ListItem)
        && block.tokens.len() <= 2 * MOST_WORDS
        && !document.mask().covers(block.span)
        && document.slice(block.span).split_whitespace().nth(settings.words).is_none()
        && !document.quotations().holds(block.span)
}

/// Whether the text has sentences in paragraphs, which a page of buttons has not.
fn has_prose(settings: Settings, document: &Document) -> bool {
    let paragraphs = document.blocks().iter().filter(|block| {
        block.kind == BlockKind::Paragraph
            && !document.sentences_of(block).is_empty()
            && block.tokens.len() > MOST_WORDS
    });
    paragraphs.map(|block| block.tokens.len()).sum::<usize>() >= settings.prose
}
