//! Words at the end of a line, sentence or paragraph that stand again at the beginning of the next. May use `rule`, `document`
//! and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document, Token, TokenKind};
use mtlint_text::{Edit, Span};
use serde::Deserialize;

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// How many words are said again at least where the one before the seam ends a sentence.
    words: usize,
}

/// Words that people say twice.
const REPEATABLE: &str = "repeatable";

/// How many words are said again at most.
const LONGEST: usize = 12;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    let settings: Settings = params.read()?;
    Ok(CodeCheck::document(move |document, report| {
        if !document.is_cut_into_lines() {
            check(settings, document, report);
        }
    }))
}

fn check(settings: Settings, document: &Document, report: &mut Report<'_>) {
    for pair in document.blocks().windows(2) {
        let is_text = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Title);
        if is_text(pair[0].kind) && is_text(pair[1].kind) {
            let gap = &document.text()[pair[0].span.hi()..pair[1].span.lo()];
            let is_line = gap.bytes().filter(|byte| *byte == b'\n').count() < 2;
            compare(
                settings,
                document,
                document.tokens_of(&pair[0]),
                document.tokens_of(&pair[1]),
                is_line,
                report,
            );
        }
    }
    for block in document.blocks() {
        for four in document.tokens_of(block).windows(4) {
            compare_one(document, four, report);
        }
    }
}

/// `It was over. over. People stood`: a word in lower case that is a sentence of its own.
fn compare_one(document: &Document, tokens: &[Token], report: &mut Report<'_>) {
    let [word, mark, copy, end] = tokens else { return };
    let is_again = word.hash == copy.hash
        && copy.kind == TokenKind::Lower
        && document.is_ascii_mark(*mark, b'.')
        && document.is_ascii_mark(*end, b'.')
        && copy.span.lo() > mark.span.hi()
        && document.is_same_word(*word, *copy);
    if is_again && !document.is_listed(*copy, REPEATABLE) && !document.mask().covers(copy.span) {
        tell(report, *word, *copy, Span::new(mark.span.hi(), end.span.hi()));
    }
}

/// Looks for what two lines or paragraphs share, at the end of the first and the beginning of the second.
fn compare(
    settings: Settings,
    document: &Document,
    first: &[Token],
    second: &[Token],
    is_line: bool,
    report: &mut Report<'_>,
) {
    let Some(last) = first.last() else { return };
    let end = if last.kind == TokenKind::Mark { &first[..first.len() - 1] } else { first };
    let is_open = end.len() == first.len();
    let length = (1..=LONGEST.min(end.len().saturating_sub(1)).min(second.len())).rev().find(|length| {
        let tail = &end[end.len() - length..];
        tail.iter().zip(second).all(|(a, b)| a.hash == b.hash && document.is_same_word(*a, *b))
    });
    let Some(length) = length else { return };
    let (word, copy) = (end[end.len() - length], second[0]);
    let is_small = word.kind == TokenKind::Lower && copy.kind == TokenKind::Lower;
    let words = second[..length].iter().filter(|token| token.kind.is_word()).count();
    let is_told = match () {
        // `come on ⏎ on time`
        () if is_open && is_line && length < settings.words => {
            is_small && words == length && !document.is_listed(copy, REPEATABLE)
        }
        () => words >= settings.words && is_small,
    };
    if !is_told || document.mask().covers(copy.span) {
        return;
    }
    // With the mark that ends both.
    let closing = second.get(length).filter(|token| {
        !is_open && token.kind == TokenKind::Mark && document.slice(token.span) == document.slice(last.span)
    });
    let from = if closing.is_some() { last.span.hi() } else { word_end(end) };
    let to = closing.map_or(second[length - 1].span.hi(), |mark| mark.span.hi());
    // Where the first ends a sentence and the second goes on, the end of the first goes.
    tell(report, word, copy, Span::new(from, to));
}

fn word_end(tokens: &[Token]) -> usize {
    tokens[tokens.len() - 1].span.hi()
}

fn tell(report: &mut Report<'_>, word: Token, copy: Token, cut: Span) {
    let shown = Span::new(copy.span.lo(), cut.hi());
    let finding = report.add_summary(shown);
    finding.relate("it stands here first", word.span);
    finding.fix(Fix::unsafe_("say it once", vec![Edit::delete(cut)]));
}
