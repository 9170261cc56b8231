//! A heading in lower case in a text whose other headings begin with a capital.
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind, capitalised};
use mtlint_text::Edit;

const FUNCTION_WORDS: &str = "function-words";

/// The longest function word that a title leaves in lower case, in characters.
const SHORT: usize = 4;

/// How many words a heading has at least: one alone may be a tag, a unit, a label.
const FEWEST_WORDS: usize = 2;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if !document.uses_capitals() || document.is_cut_into_lines() {
        return;
    }
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading | BlockKind::Title);
    let headings: Vec<&Block> = document.blocks().iter().filter(is_heading).collect();
    let (small, capital): (Vec<&Block>, Vec<&Block>) = headings
        .into_iter()
        .partition(|block| first_word(document, block).is_some_and(|first| first.is_small));
    let paragraphs = document.blocks().iter().filter(|block| block.kind == BlockKind::Paragraph).count();
    // Where most headings are in lower case, that is how they are set there; a text without
    // paragraphs has lines and no headings.
    if small.is_empty() || small.len() > 2 && small.len() * 2 > capital.len() || paragraphs < 2 {
        return;
    }
    let as_title = capital.iter().filter(|block| is_title_case(document, block)).count() * 2 > capital.len();
    for block in small {
        let tokens = document.tokens_of(block);
        let words = tokens.iter().filter(|token| token.kind.is_word()).count();
        let plain = tokens.first().is_some_and(|token| token.kind.is_word());
        if words < FEWEST_WORDS
            || !plain
            || document.mask().covers(block.span)
            || !stands_alone(document, block)
        {
            continue;
        }
        let finding = report.add(
            block.span,
            "the heading is in lower case, and the others are not: a heading translated without its surroundings \
             lost its capitals",
        );
        finding.fix(Fix::unsafe_("set the capitals of a heading", capitals(document, tokens, as_title)));
        if capital.is_empty() {
            finding.at_most(Confidence::Low);
        }
    }
}

fn first_word(document: &Document, block: &Block) -> Option<Token> {
    document.tokens_of(block).iter().copied().find(|token| token.kind.is_word())
}

/// Whether the text around a line ends before it and begins anew after it, so that the line is a
/// heading and not a piece of a verse or a table.
fn stands_alone(document: &Document, block: &Block) -> bool {
    let text = document.text();
    let before = text[..block.span.lo()].trim_end();
    let after = text[block.span.hi()..].trim_start();
    let ended = before.is_empty() || before.ends_with(['.', '!', '?', '…', '”', '’', '"', '»', ')', ':']);
    let begins = after.chars().find(|c| c.is_alphanumeric());
    ended && begins.is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether all long words of a heading of three words and more are capitalised.
fn is_title_case(document: &Document, block: &Block) -> bool {
    let words: Vec<&Token> = document.tokens_of(block).iter().filter(|token| token.kind.is_word()).collect();
    words.len() >= 3
        && words
            .iter()
            .all(|token| token.kind != TokenKind::Lower || stays_small(document, document.slice(token.span)))
}

fn stays_small(document: &Document, word: &str) -> bool {
    word.chars().count() <= SHORT && document.pack().words(FUNCTION_WORDS).contains(word) && word != "not"
}

fn capitals(document: &Document, tokens: &[Token], as_title: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let word = document.slice(token.span);
        let last = index + 1 == tokens.len();
        let named = document.pack().is_proper_noun(word);
        let wanted = index == 0 || named || as_title && (last || !stays_small(document, word));
        if wanted && token.is_small {
            edits.extend(Edit::minimal(document.text(), token.span, &capitalised(word)));
        }
    }
    edits
}
