//! Stubs: a word or a few that stand between two full stops as if they were a sentence. What a
//! translation tears off a sentence is left as one: `… the planners. Pointed out.`

use super::{Block, Document, Token};
use mtlint_lang::pieces::MOST_WORDS;
use mtlint_text::Span;

/// A few words that follow the end of a sentence and end in a full stop.
#[derive(Clone, Copy, Debug)]
pub struct Stub<'d> {
    /// The words, without the full stop.
    pub words: &'d [Token],
    /// The words and the full stop.
    pub span: Span,
    /// The same with the white space before it: what is deleted when the stub goes.
    pub with_gap: Span,
    /// The mark that ends the sentence before: `.`, `!`, `?`, `…`.
    pub after: char,
    /// Whether the sentence before ends in a closing quotation mark.
    pub after_quotation: bool,
}

/// Calls `found` with every stub of a block. Unlike a sentence, a stub may begin in lower case.
pub(super) fn each<'d>(document: &'d Document, block: &Block, mut found: impl FnMut(Stub<'d>)) {
    let tokens = document.tokens_of(block);
    let mut marks = document.marks_in(block);
    let Some(mut before) = marks.next() else { return };
    for stop in marks {
        let first = std::mem::replace(&mut before, stop) + 1;
        let words = &tokens[first..stop];
        if !(1..=MOST_WORDS).contains(&words.len())
            || !document.is_ascii_mark(tokens[stop], b'.')
            || !words.iter().all(|token| token.kind.is_word())
        {
            continue;
        }
        let is_plain = || {
            words.windows(2).all(|pair| gap(document, pair[0], pair[1]) == " ")
                && words[words.len() - 1].span.end == tokens[stop].span.start
                && tokens.get(stop + 1).is_none_or(|next| next.span.start > tokens[stop].span.end)
        };
        if let Some((after, after_quotation)) = sentence_end(document, &tokens[..first], words[0])
            && is_plain()
        {
            let span = words[0].span.cover(tokens[stop].span);
            let start = tokens[first - 1].span.hi();
            found(Stub { words, span, with_gap: Span::new(start, span.hi()), after, after_quotation });
        }
    }
}

fn gap(document: &Document, a: Token, b: Token) -> &str {
    document.text().get(a.span.hi()..b.span.lo()).unwrap_or_default()
}

/// The mark that ends what `before` holds, and whether a quotation closes after it; `None` when
/// `next` goes on with it.
fn sentence_end(document: &Document, before: &[Token], next: Token) -> Option<(char, bool)> {
    let last = before.last()?;
    if last.span.end == next.span.start {
        return None;
    }
    let mut quoted = false;
    for token in before.iter().rev().take(4) {
        match document.slice(token.span).chars().next()? {
            c @ ('.' | '!' | '?' | '…') => return Some((c, quoted)),
            '”' | '’' | '"' | '\'' | '»' | '“' => quoted = true,
            ')' | ']' => {}
            _ => return None,
        }
    }
    None
}
