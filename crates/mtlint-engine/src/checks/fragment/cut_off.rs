//! A paragraph that was cut: it ends in the middle of a word or clause, or in a comma. May use `rule`,
//! `document`, `lang` and `text`.
//!
//! Verse, addresses and lists end so as well. What tells is the rest of the text: nearly all its paragraphs
//! end with a mark that closes a sentence, and this one holds whole sentences before its last.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::{ClauseMark, MarkClass, Vocabulary};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words a paragraph has at least.
    words: usize,
    /// How many other paragraphs end with a mark, at least.
    ended: usize,
    /// How many of them there are for each that does not.
    share: usize,
    /// How many paragraphs, and sentences before it in its own, end with a mark where one that does not is a slip
    /// whatever its last word is.
    careful: usize,
}

const FUNCTION_WORDS: &str = "function-words";

/// How many cut paragraphs a document has at most: a text that has more is written so.
const MOST: usize = 3;

const CLOSING: [char; 11] = ['"', '”', '’', '»', '“', '」', '』', ')', '）', ']', '\''];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| check(&settings, document, report)))
}

/// Whether a line begins with the number of a section: `5.1.4.`, `B.1`.
fn has_section_number(line: &str) -> bool {
    let number = line.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
    number.contains('.')
        && number.split('.').skip(1).all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

/// How a paragraph ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// With a mark that closes a sentence, or announces what follows.
    Closed,
    /// With a comma or semicolon at this place.
    Parted(usize),
    /// With a small letter.
    Open,
    /// Otherwise: a number, a link, a capital.
    Unclear,
}

fn check(settings: &Settings, document: &Document, report: &mut Report<'_>) {
    let mut ends = Vec::new();
    for (index, block) in document.blocks().iter().enumerate() {
        // A line without a mark at its end may pass for a heading.
        let is_paragraph = block.kind == BlockKind::Paragraph
            || block.kind == BlockKind::Heading
                && holds_sentence(document, block)
                && !has_section_number(document.slice(block.span));
        if is_paragraph && block.tokens.len() >= settings.words {
            ends.push((index, end_of(document, block)));
        }
    }
    let closed = ends.iter().filter(|(_, end)| *end == End::Closed).count();
    let open = ends.len() - closed;
    if open > MOST || open.saturating_sub(1) * settings.share > closed {
        return;
    }
    for (index, end) in ends {
        let block = &document.blocks()[index];
        let next = document.blocks().get(index + 1);
        // The sentences before it in its own paragraph tell as much as other paragraphs.
        let own = document.sentences_of(block).len().saturating_sub(1);
        if goes_on(document, block, next) || own == 0 || closed + own / 2 < settings.ended {
            continue;
        }
        let is_careful = open == 1 && closed + own >= settings.careful;
        match end {
            End::Parted(at) => {
                let length = document.text()[at..].chars().next().map_or(1, char::len_utf8);
                let span = Span::new(at, at + length);
                let stop = if length > 1 { "。" } else { "." };
                report
                    .add(span, "a paragraph ends in the middle of a sentence")
                    .fix(Fix::unsafe_("close the sentence", vec![Edit::replace(span, stop)]));
            }
            End::Open => report_open(document, block, is_careful, report),
            End::Closed | End::Unclear => {}
        }
    }
}

fn report_open(document: &Document, block: &Block, is_careful: bool, report: &mut Report<'_>) {
    let Some(last) = document.tokens_of(block).last() else { return };
    if document.mask().covers(last.span) || last.kind != TokenKind::Lower {
        return;
    }
    let word = document.slice(last.span);
    let is_word = Vocabulary::of(document.language())
        .is_none_or(|vocabulary| vocabulary.has(word) || is_written_elsewhere(document, last));
    let message = if is_word {
        "a paragraph ends in the middle of a sentence"
    } else {
        "a paragraph ends in the middle of a word"
    };
    let finding = report.add(last.span, message);
    // A sentence may lack no more than its stop, as people leave it out: a word that needs another, or no
    // word, tells that something is missing.
    if is_word && !document.pack().words(FUNCTION_WORDS).contains(word) {
        finding.at_most(if is_careful { Confidence::Medium } else { Confidence::Low });
    }
    let end = Span::at(last.span.hi());
    finding.fix(Fix::unsafe_("close the sentence", vec![Edit::insert(end.lo(), ".")]));
}

/// Whether the document holds the word in another place.
fn is_written_elsewhere(document: &Document, word: &Token) -> bool {
    document.tokens().iter().any(|token| token.hash == word.hash && token.span != word.span)
}

fn end_of(document: &Document, block: &Block) -> End {
    let text = document.slice(block.span);
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || CLOSING.contains(&c));
    let Some(last) = trimmed.chars().next_back() else { return End::Unclear };
    match ClauseMark::of(last).map(|mark| mark.class) {
        // Behind a bracket it ends a line of code.
        Some(MarkClass::Comma | MarkClass::Semicolon)
            if trimmed.len() == text.trim_end().len()
                && trimmed.chars().rev().nth(1).is_some_and(char::is_alphanumeric) =>
        {
            End::Parted(block.span.lo() + trimmed.len() - last.len_utf8())
        }
        Some(MarkClass::Comma | MarkClass::Semicolon) => End::Unclear,
        Some(_) => End::Closed,
        None if last.is_lowercase() && trimmed.len() == text.trim_end().len() => End::Open,
        None => End::Unclear,
    }
}

/// Whether the next block takes the sentence up: a quotation, an item, a line in small letters.
fn goes_on(document: &Document, block: &Block, next: Option<&Block>) -> bool {
    next.is_some_and(|next| {
        // Code, a table or a picture that is no part of the text stands between.
        let between = document.to_original(Span::new(block.span.hi(), next.span.lo()));
        if between.of(document.original()).contains(|c: char| !c.is_whitespace() && c != '>')
            || document.mask().covers(Span::new(next.span.lo(), next.span.lo() + 1))
        {
            return true;
        }
        let first = document.slice(next.span).chars().next();
        matches!(next.kind, BlockKind::ListItem | BlockKind::Quotation | BlockKind::TableCell)
            || first.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || !c.is_alphanumeric())
    })
}

/// Whether a sentence ends inside the block.
fn holds_sentence(document: &Document, block: &Block) -> bool {
    document.sentences_of(block).len() >= 2
}
