//! The number of a list item or page that lost what it numbered: `They sold the mill. 1. It stood empty.`
//!
//! May use `rule`, `document` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, TokenKind};
use mtlint_text::{Edit, Span};
use std::collections::HashSet;

/// How many words a block has at least: in a short one, a number may be meant.
const FEWEST_WORDS: usize = 8;

/// Abbreviations, spelt like words, that a number follows: `no. 42`.
const BEFORE_NUMBER: &str = "abbreviation.before-number";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let mut numbering = None;
        for block in document.blocks().iter().filter(|block| block.kind == BlockKind::Paragraph) {
            check(document, block, &mut numbering, report);
        }
    }))
}

/// How the document numbers lists and notes.
struct Numbering<'d> {
    /// The numbers of one digit or two that a full stop follows.
    items: HashSet<&'d str>,
    /// How many blocks end in a digit, as those with marks of notes do.
    blocks_ending_so: usize,
}

impl<'d> Numbering<'d> {
    fn of(document: &'d Document) -> Self {
        let numbered = document.tokens().windows(2).filter(|pair| {
            pair[0].kind == TokenKind::Number
                && pair[0].span.len() <= 2
                && document.slice(pair[1].span) == "."
        });
        let ends_so = |block: &&Block| document.slice(block.span).ends_with(|c: char| c.is_ascii_digit());
        Self {
            items: numbered.map(|pair| document.slice(pair[0].span)).collect(),
            blocks_ending_so: document.blocks().iter().filter(ends_so).count(),
        }
    }

    /// Whether the document has the number before or after this one, too.
    fn holds_neighbour_of(&self, number: u8) -> bool {
        let holds = |number: u8| self.items.contains(number.to_string().as_str());
        holds(number + 1) || number > 1 && holds(number - 1)
    }
}

fn check<'d>(
    document: &'d Document,
    block: &Block,
    numbering: &mut Option<Numbering<'d>>,
    report: &mut Report<'_>,
) {
    let tokens = document.tokens_of(block);
    if tokens.iter().filter(|token| token.kind.is_word()).take(FEWEST_WORDS).count() < FEWEST_WORDS {
        return;
    }
    // The sentence before the number has ended, so that a mark stands between.
    for index in document.marks_in(block).map(|mark| mark + 1) {
        let Some([word, stop, number]) = index.checked_sub(2).and_then(|at| tokens.get(at..=index)) else {
            continue;
        };
        if number.kind != TokenKind::Number || number.span.len() > 2 {
            continue;
        }
        let ended = matches!(document.slice(stop.span), "." | "!" | "?" | "”" | "\"" | "…")
            && !document.pack().is_abbreviation(document.slice(word.span))
            && !document.pack().words(BEFORE_NUMBER).contains(document.slice(word.span));
        let gap = Span::new(stop.span.hi(), number.span.lo());
        let Ok(value) = document.slice(number.span).parse::<u8>() else { continue };
        if !ended || gap.is_empty() || !document.slice(gap).trim_matches(' ').is_empty() {
            continue;
        }
        let end = match tokens.get(index + 1) {
            None => number.span.hi(),
            Some(next) if document.slice(next.span) == "." && next.span.lo() == number.span.hi() => {
                next.span.hi()
            }
            Some(_) => continue,
        };
        let is_last = end == block.span.hi();
        let is_first_item = value == 1
            && document.text()[end..].starts_with(' ')
            && tokens.get(index + 2).is_some_and(|next| next.kind == TokenKind::Capitalised);
        if !is_last && !is_first_item {
            continue;
        }
        let numbering = numbering.get_or_insert_with(|| Numbering::of(document));
        // Marks of notes stand at the ends of several paragraphs.
        let own_block = usize::from(is_last && end == number.span.hi());
        if is_last && numbering.blocks_ending_so > own_block
            || !is_last && numbering.holds_neighbour_of(value)
        {
            continue;
        }
        let span = Span::new(number.span.lo(), end);
        report.add_summary(span).fix(Fix::unsafe_("delete it", vec![Edit::delete(gap.cover(span))]));
    }
}
