//! A paragraph that was cut: it ends in the middle of a word or clause, or in a comma. May use `rule`,
//! `document`, `lang` and `text`.
//!
//! Verse, addresses and lists end so as well. How the rest of the text ends its paragraphs, whether this one holds whole
//! sentences before its last, and what its last word is are evidence, which the scorer of the rule weighs.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_lang::{ClauseMark, MarkClass, Vocabulary};
use mtlint_text::{Edit, Span};

const FUNCTION_WORDS: &str = "function-words";

/// Paragraphs of fewer words are captions and labels.
const FEWEST_WORDS: usize = 5;

/// How many paragraphs, sentences, words and letters are enough to count fully.
const MANY_PARAGRAPHS: usize = 8;
const MANY_SENTENCES: usize = 4;
const MANY_WORDS: usize = 40;
const MANY_LETTERS: usize = 8;

const CLOSING: [char; 11] = ['"', '”', '’', '»', '“', '」', '』', ')', '）', ']', '\''];

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
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

/// How the paragraphs of a document end.
#[derive(Clone, Copy)]
struct Counts {
    closed: usize,
    open: usize,
}

fn check(document: &Document, report: &mut Report<'_>) {
    let mut ends = Vec::new();
    for (index, block) in document.blocks().iter().enumerate() {
        // A line without a mark at its end may pass for a heading.
        let is_paragraph = block.kind == BlockKind::Paragraph
            || block.kind == BlockKind::Heading
                && holds_sentence(document, block)
                && !has_section_number(document.slice(block.span));
        if is_paragraph && block.tokens.len() >= FEWEST_WORDS {
            ends.push((index, end_of(document, block)));
        }
    }
    let closed = ends.iter().filter(|(_, end)| *end == End::Closed).count();
    let counts = Counts { closed, open: ends.len() - closed };
    for (index, end) in ends {
        let block = &document.blocks()[index];
        if matches!(end, End::Parted(_) | End::Open)
            && !goes_on(document, block, document.blocks().get(index + 1))
        {
            report_cut(document, index, end, counts, report);
        }
    }
}

fn report_cut(document: &Document, index: usize, end: End, counts: Counts, report: &mut Report<'_>) {
    let block = &document.blocks()[index];
    let tokens = document.tokens_of(block);
    let last = match end {
        End::Parted(_) => tokens.len().checked_sub(2).map(|at| tokens[at]),
        _ => tokens.last().copied(),
    };
    let Some(last) = last.filter(|last| last.kind == TokenKind::Lower && !document.mask().covers(last.span))
    else {
        return;
    };
    let word = document.slice(last.span);
    let is_word = Vocabulary::of(document.language())
        .is_none_or(|vocabulary| vocabulary.has(word) || is_written_elsewhere(document, &last));
    let Some(assessment) = report.assess(&observations(document, index, end, last, is_word, counts)) else {
        return;
    };
    let (span, edit) = match end {
        End::Parted(at) => {
            let length = document.text()[at..].chars().next().map_or(1, char::len_utf8);
            let span = Span::new(at, at + length);
            (span, Edit::replace(span, if length > 1 { "。" } else { "." }))
        }
        _ => (last.span, Edit::insert(last.span.hi(), ".")),
    };
    let message = match is_word || matches!(end, End::Parted(_)) {
        true => "a paragraph ends in the middle of a sentence",
        false => "a paragraph ends in the middle of a word",
    };
    report.add(span, message).assessed(assessment).fix(Fix::unsafe_("close the sentence", vec![edit]));
}

/// What speaks for and against a cut: how the paragraph and the others of the text end, and what its last word is.
fn observations(
    document: &Document,
    index: usize,
    end: End,
    last: Token,
    is_word: bool,
    counts: Counts,
) -> Vec<Observation> {
    let blocks = document.blocks();
    let block = &blocks[index];
    let is = |holds: bool| i32::from(holds) * 1000;
    let part = |count: usize, most: usize| (1000 * count.min(most) / most) as i32;
    let word = document.slice(last.span);
    let sentences = document.sentences_of(block);
    // The sentences before it in its own paragraph tell as much as other paragraphs.
    let own = sentences.len().saturating_sub(1);
    let last_sentence = sentences.last().map_or(0, |sentence| document.tokens_in(sentence).len());
    let next = blocks.get(index + 1);
    let others = counts.open.saturating_sub(1);
    let parted = matches!(end, End::Parted(_));
    let form = document.word_form(last);
    let needs_another = document.pack().words(FUNCTION_WORDS).contains(word);
    let is_verb = form.is_some_and(|form| form.usual.part() == PartOfSpeech::Verb);
    let is_noun = form.is_some_and(|form| form.usual.part() == PartOfSpeech::Noun);
    vec![
        ("parted", is(parted)),
        ("semicolon", is(matches!(end, End::Parted(at) if document.text()[at..].starts_with([';', '；'])))),
        ("no-word", is(!is_word)),
        ("short-no-word", is(!is_word && word.len() <= 3)),
        ("function-word", is(needs_another && !parted)),
        ("letters", part(word.len(), MANY_LETTERS)),
        ("noun", is(is_noun && !parted)),
        ("verb", is(is_verb && !parted)),
        ("closed", part(counts.closed, MANY_PARAGRAPHS)),
        ("open-others", (1000 * others / (others + counts.closed + own).max(1)) as i32),
        ("only-one", is(others == 0)),
        ("own", part(own, MANY_SENTENCES)),
        ("has-own", is(own > 0)),
        ("length", part(block.tokens.len(), MANY_WORDS)),
        ("last-sentence", part(last_sentence, MANY_WORDS)),
        ("heading", is(block.kind == BlockKind::Heading)),
        ("ends-text", is(next.is_none())),
        ("before-heading", is(next.is_some_and(|next| next.kind == BlockKind::Heading))),
        ("before-short", is(next.is_some_and(|next| next.tokens.len() < FEWEST_WORDS))),
        ("lines", is(document.is_cut_into_lines())),
        ("quoted", is(document.quotations().holds(last.span))),
    ]
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
