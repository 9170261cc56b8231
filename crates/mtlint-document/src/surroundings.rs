//! What stands around a span: brackets, quotation marks.

use super::{Document, Token};
use mtlint_text::Span;

/// How far from a span a quotation mark may stand to quote it closely, in bytes.
const NEAR: usize = 40;

/// A token with the one before and the one behind it, where there are both.
pub fn amid(tokens: &[Token], index: usize) -> Option<[Token; 3]> {
    tokens.get(index.checked_sub(1)?..index + 2)?.try_into().ok()
}

pub(super) fn is_quoted_closely(document: &Document, span: Span) -> bool {
    let text = document.text();
    let (mut start, mut end) = (span.lo().saturating_sub(NEAR), (span.hi() + NEAR).min(text.len()));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[start..span.lo()];
    let after = &text[span.hi()..end];
    let opener = before.char_indices().rev().find(|(_, c)| is_quotation_mark(*c) || is_sentence_end(*c));
    let closer = after.char_indices().find(|(_, c)| is_quotation_mark(*c) || is_sentence_end(*c));
    let (Some((opened, open)), Some((closed, close))) = (opener, closer) else { return false };
    let outside_before = before[..opened].chars().next_back();
    let outside_after = after[closed + close.len_utf8()..].chars().next();
    is_quotation_mark(open)
        && outside_before.is_none_or(|c| !c.is_alphanumeric())
        && (is_quotation_mark(close) && outside_after.is_none_or(|c| !c.is_alphanumeric())
            || is_sentence_end(close) && outside_after.is_some_and(is_quotation_mark))
}

fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '„'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
    )
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '\n')
}

/// The span and the line ends right behind it.
pub(super) fn with_line_end(text: &str, span: Span) -> Span {
    let rest = &text[span.hi()..];
    Span::new(span.lo(), span.hi() + rest.len() - rest.trim_start_matches(['\r', '\n']).len())
}

/// How many bytes a bracketed remark has at most.
const LONGEST_REMARK: usize = 200;

pub(super) fn brackets_around(text: &str, span: Span, inside: impl Fn(char) -> bool) -> Option<Span> {
    let before = text.get(..span.lo())?;
    let mut opened = None;
    for (at, c) in before.char_indices().rev() {
        if matches!(c, '(' | '（' | '[' | '［') {
            opened = Some(at);
        }
        if opened.is_some()
            || !inside(c)
            || matches!(c, ')' | '）' | ']' | '］')
            || span.lo() - at > LONGEST_REMARK
        {
            break;
        }
    }
    let after = text.get(span.hi()..)?;
    let mut closed = None;
    for (at, c) in after.char_indices() {
        if matches!(c, ')' | '）' | ']' | '］') {
            closed = Some(span.hi() + at + c.len_utf8());
        }
        if closed.is_some() || !inside(c) || matches!(c, '(' | '（' | '[' | '［') || at > LONGEST_REMARK {
            break;
        }
    }
    Some(Span::new(opened?, closed?))
}
