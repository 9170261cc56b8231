//! A paragraph whose first sentence begins in lower case.
//!
//! May use `rule`, `document` and `text`.

use crate::document::{Block, BlockKind, Document, capitalised};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// How many words a sentence has at least: fewer are a label.
const FEWEST_WORDS: usize = 4;

/// From how many lines on that end without a mark they are messages, and no headings.
const FEWEST_LOOSE: usize = 3;

/// Words that stand before a name in lower case: `de Gaulle`, `al-Masri`.
const PARTICLES: &str = "name-particle";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    if !document.uses_capitals() {
        return;
    }
    let blocks = document.blocks();
    let starts: Vec<Option<Span>> = blocks.iter().map(|block| small_start(document, block)).collect();
    // A writer who begins many paragraphs in lower case means it, and one who writes in lines hardly
    // minds.
    let small = starts.iter().flatten().count();
    if small > 2 && small * 5 > blocks.len() || document.is_cut_into_lines() {
        return;
    }
    let loose = blocks.iter().filter(|block| is_loose(document, block)).count();
    for (index, start) in starts.iter().enumerate() {
        let goes_on = index.checked_sub(1).is_some_and(|before| {
            !is_complete(document, &blocks[before])
                || is_loose(document, &blocks[before])
                    && (loose >= FEWEST_LOOSE || begins_small(document, &blocks[before]))
        });
        if let Some(start) = start.filter(|_| !goes_on) {
            let word = document.slice(start);
            report
                .add(
                    start,
                    format!(
                        "the sentence begins in lower case with `{word}`: its beginning was cut off, or the \
                         translation lost the capital"
                    ),
                )
                .fix(Fix::unsafe_(
                    "begin with a capital",
                    Edit::minimal(document.text(), start, &capitalised(word)).into_iter().collect(),
                ));
        }
    }
}

/// The first word of a block, if it is a whole sentence and begins in lower case.
fn small_start(document: &Document, block: &Block) -> Option<Span> {
    let tokens = document.tokens_of(block);
    let marks = tokens.iter().take_while(|token| !token.kind.is_word()).count();
    let leading = &tokens[..marks];
    let is_opener = |text: &str| matches!(text, "“" | "‘" | "\"" | "«" | "„");
    let first = *tokens.get(marks)?;
    let fits = block.kind == BlockKind::Paragraph
        && leading.iter().all(|token| is_opener(document.slice(token.span)))
        && first.is_small
        && tokens.iter().filter(|token| token.kind.is_word()).count() >= FEWEST_WORDS
        && ends_sentence(document, block)
        && !document.is_listed(first, PARTICLES)
        && !document.mask().covers(first.span);
    // A joined mark makes it a name, an address or an item: `a)`, `e-mail:`, `x = 2`.
    let next = tokens.get(marks + 1)?;
    let joined = next.span.start == first.span.end && !matches!(document.slice(next.span), "," | "-");
    (fits && !joined && (document.slice(first.span).len() > 1 || next.kind.is_word())).then_some(first.span)
}

/// Whether a block is a line that ends without a mark and has the next line right below: a message,
/// typed without care.
fn is_loose(document: &Document, block: &Block) -> bool {
    let below = &document.text()[block.span.hi()..];
    !ends_sentence(document, block) && below.starts_with('\n') && !below.starts_with("\n\n")
}

fn begins_small(document: &Document, block: &Block) -> bool {
    document.tokens_of(block).first().is_some_and(|token| token.is_small)
}

/// Whether a block ends as a sentence does, and not in the dots of a form.
fn ends_sentence(document: &Document, block: &Block) -> bool {
    let text = document.slice(block.span);
    !text.ends_with("....")
        && text
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '”' | '’' | '"' | '\'' | '»' | ')' | ']')
            })
            .ends_with(['.', '!', '?', '…'])
}

/// Whether a block ends as a sentence or a heading does, so that the next begins anew.
fn is_complete(document: &Document, block: &Block) -> bool {
    block.kind != BlockKind::Paragraph
        && block.kind != BlockKind::ListItem
        && block.kind != BlockKind::TableCell
        || ends_sentence(document, block)
}
