//! `quotation/glued`: no space between a quotation and the word beside it.

use super::{Case, on_repairs};
use crate::rule::{CodeCheck, Finding, Fix, ParamError, Params, Report};
use mtlint_document::quotation::{Neighbour, Repair, Role};
use mtlint_lang::Script as ScriptOfText;
use mtlint_text::{Edit, Span};
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_repairs(params, check)
}

fn check<'r>(
    Case { document, quotations, repair }: Case<'_>,
    report: &'r mut Report<'_>,
) -> Option<&'r mut Finding> {
    let Repair::Glued { mark } = repair else { return None };
    let opens = quotations.role(mark) == Role::Open;
    let mark = &quotations.marks()[mark];
    let text = document.text();
    let (outside, neighbour, at) = match opens {
        true => (mark.left, text[..mark.span.lo()].chars().next_back(), mark.span.lo()),
        false => (mark.right, text[mark.span.hi()..].chars().next(), mark.span.hi()),
    };
    let neighbour = neighbour?;
    let inside = match opens {
        true => text[mark.span.hi()..].chars().next(),
        false => text[..mark.span.lo()].chars().next_back(),
    };
    if is_set_without_spaces(neighbour)
        || inside.is_some_and(is_set_without_spaces)
        || opens && outside == Neighbour::Other
        || !opens && mark.is_set_to_open()
        || opens && matches!(neighbour, '\'' | '’')
        || opens && is_after_number(&text[..mark.span.lo()])
        || opens && is_after_joined_word(&text[..mark.span.lo()])
        || matches!(document.script(), Some(ScriptOfText::Han | ScriptOfText::Kana))
    {
        return None;
    }
    // The number of a note: `“…”[4]`.
    let note = text[at..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if !opens && note.is_some_and(|(inside, _)| inside.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let word = text[at..].split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if !opens && document.pack().words("suffix").contains(word) {
        return None;
    }
    let span = match opens {
        true => Span::new(at - neighbour.len_utf8(), mark.span.hi()),
        false => Span::new(mark.span.lo(), at + neighbour.len_utf8()),
    };
    let message = match opens {
        true => "no space before the quotation",
        false => "no space after the quotation",
    };
    Some(report.add(span, message).fix(Fix::safe("put a space between", vec![Edit::insert(at, " ")])))
}

/// Whether the number of an item and its stop stand before the mark: `1.14."Software" means …`
fn is_after_number(before: &str) -> bool {
    before.strip_suffix('.').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word of a single letter stands before the mark, in a script that joins such words, `and` or
/// `in`, to the next one.
fn is_after_joined_word(before: &str) -> bool {
    let mut back = before.chars().rev().filter(|c| !is_combining_mark(*c));
    let is_letter = |c: char| matches!(c.script(), Script::Arabic | Script::Hebrew) && c.is_alphabetic();
    back.next().is_some_and(is_letter) && !back.next().is_some_and(char::is_alphabetic)
}

/// Whether the script sets no space between words.
fn is_set_without_spaces(c: char) -> bool {
    matches!(
        c.script(),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Hangul
    ) || matches!(c, '，' | '。' | '、' | '：' | '；' | '！' | '？')
}
