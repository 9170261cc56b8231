//! A paragraph whose first sentence begins in lower case.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, capitalised};
use mtlint_lang::Vocabulary;
use mtlint_text::{Edit, Span};

/// How many words a sentence has at least: fewer are a label.
const FEWEST_WORDS: usize = 4;

/// From how many lines on that end without a mark they are messages, and no headings.
const FEWEST_LOOSE: usize = 3;

/// Words that stand before a name in lower case: `de Gaulle`, `al-Masri`.
const PARTICLES: &str = "name-particle";
const FUNCTION_WORDS: &str = "function-words";

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
    for (index, start) in starts.iter().enumerate().filter(|(_, start)| start.is_some()) {
        let goes_on = is_parted(document, &blocks[..index])
            || index.checked_sub(1).is_some_and(|before| {
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

/// How many blocks of a page's foot and head stand between the two parts of a paragraph at most.
const PARTING: usize = 4;

/// How many bytes such a block has at most.
const LONGEST_PARTING: usize = 60;

/// Whether the last paragraph before, the foot and head of a page left out, breaks off without a mark: what
/// is damaged is the paragraph, not the capital.
fn is_parted(document: &Document, before: &[Block]) -> bool {
    let is_foot = |block: &&Block| block.span.len() <= LONGEST_PARTING && !ends_sentence(document, block);
    let parting = before.iter().rev().take(PARTING).take_while(is_foot).count();
    parting > 0
        && before[..before.len() - parting].last().is_some_and(|block| {
            block.kind == BlockKind::Paragraph
                && block.span.len() > LONGEST_PARTING
                && document.slice(block.span).ends_with(|c: char| c.is_alphanumeric() || c == ',')
        })
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
        && !document.mask().covers(first.span)
        && is_known(document, first);
    // A joined mark makes it a name, an address or an item: `a)`, `e-mail:`, `x = 2`.
    let next = tokens.get(marks + 1)?;
    let joined = next.span.start == first.span.end && !matches!(document.slice(next.span), "," | "-");
    (fits && !joined && (document.slice(first.span).len() > 1 || next.kind.is_word())).then_some(first.span)
}

/// Whether the language has the word: a name that nobody knows, of a program or a user, may be written small.
fn is_known(document: &Document, token: Token) -> bool {
    Vocabulary::of(document.language()).is_none_or(|vocabulary| vocabulary.may_hold(token.hash))
        || document.is_listed(token, FUNCTION_WORDS)
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
