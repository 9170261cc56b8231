//! A heading that became a command: `Hate Mayor Hale and the port` for `Hatred of …`.
//!
//! May use `rule` and `document`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, TokenKind};

/// Words that are a noun and a command: `hate`, `fear`.
const COMMANDS: &str = "noun-or-command";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    for block in document.blocks().iter().skip(1).filter(|block| is_heading(document, block)) {
        let tokens = document.tokens_of(block);
        let [first, second, ..] = tokens else { continue };
        let is_command = document.is_listed(*first, COMMANDS)
            && second.kind == TokenKind::Capitalised
            && !document.is_listed(*second, "function-words");
        if !is_command {
            continue;
        }
        let names = tokens[1..].iter().take_while(|token| token.kind == TokenKind::Capitalised);
        let last = names.last().unwrap_or(second);
        let word = document.slice(first.span);
        let finding = report.add(
            first.span.cover(last.span),
            format!(
                "the heading commands: `{word}` was a noun in the source, and its object should follow with a \
                 preposition"
            ),
        );
        if !document.shows_seams() {
            finding.at_most(Confidence::Low);
        }
    }
}

/// How many tokens a heading has at most that ends in a quotation mark and so looks like a paragraph.
const LONGEST: usize = 14;

fn is_heading(document: &Document, block: &Block) -> bool {
    let text = document.slice(block.span).trim_end_matches(['”', '"', '’', '\'', '»']);
    let is_short =
        document.tokens_of(block).len() <= LONGEST && !text.ends_with(['.', '!', '?', '…', ':', ',', ';']);
    block.kind == BlockKind::Heading || block.kind == BlockKind::Paragraph && is_short
}
