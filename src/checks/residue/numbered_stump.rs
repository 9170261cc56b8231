//! The number of a list item or page that lost what it numbered: `They sold the mill. 1. It stood empty.`
//!
//! May use `rule`, `document` and `text`.

use crate::document::{Block, BlockKind, Document, TokenKind};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use crate::text::{Edit, Span};

/// How many words a block has at least: in a short one, a number may be meant.
const FEWEST_WORDS: usize = 8;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(check))
}

fn check(document: &Document, block: &Block, report: &mut Report<'_>) {
    let tokens = document.tokens_of(block);
    if block.kind != BlockKind::Paragraph
        || tokens.iter().filter(|token| token.kind.is_word()).count() < FEWEST_WORDS
    {
        return;
    }
    let text = document.text();
    for (index, number) in tokens.iter().enumerate().skip(1) {
        let abbreviated =
            index >= 2 && document.pack().is_abbreviation(document.slice(tokens[index - 2].span));
        let ended = !abbreviated
            && matches!(document.slice(tokens[index - 1].span), "." | "!" | "?" | "”" | "\"" | "…");
        let gap = &text[tokens[index - 1].span.hi()..number.span.lo()];
        if number.kind != TokenKind::Number
            || !ended
            || gap.trim_matches(' ').len() != 0
            || gap.is_empty()
            || number.span.len() > 2
        {
            continue;
        }
        let end = match tokens.get(index + 1) {
            None => number.span.hi(),
            Some(stop) if document.slice(stop.span) == "." && stop.span.lo() == number.span.hi() => {
                stop.span.hi()
            }
            Some(_) => continue,
        };
        let is_last = end == block.span.hi();
        let is_first_item = document.slice(number.span) == "1"
            && document.text()[end..].starts_with(' ')
            && tokens.get(index + 2).is_some_and(|next| next.kind == TokenKind::Capitalised);
        if !(is_last || is_first_item) || is_in_list(document, block, number.span, is_last) {
            continue;
        }
        let span = Span::new(number.span.lo(), end);
        let gap = Span::new(tokens[index - 1].span.hi(), number.span.lo());
        report.add_summary(span).fix(Fix::unsafe_("delete it", vec![Edit::delete(gap.cover(span))]));
    }
}

/// Whether the number belongs to a list or to notes whose other numbers are there.
fn is_in_list(document: &Document, block: &Block, number: Span, is_last: bool) -> bool {
    let digits: u32 = document.slice(number).parse().unwrap_or(0);
    let wanted = [digits + 1, digits.saturating_sub(1)];
    let is_neighbour = |text: &str| wanted.iter().any(|number| *number > 0 && text == number.to_string());
    let tokens = document.tokens();
    let numbered = tokens
        .windows(2)
        .filter(|pair| pair[0].kind == TokenKind::Number && is_neighbour(document.slice(pair[0].span)));
    let in_text = numbered.clone().any(|pair| document.slice(pair[1].span) == "." && !is_last);
    // Marks of notes stand at the ends of several paragraphs.
    let others = document.blocks().iter().filter(|other| other.span != block.span);
    let ends_so =
        others.filter(|other| document.slice(other.span).ends_with(|c: char| c.is_ascii_digit())).count();
    in_text || is_last && ends_so > 0
}
