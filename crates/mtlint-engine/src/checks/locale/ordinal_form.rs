//! An ordinal number whose ending stands apart, is another number's or another script's: `200 th`, `21th`, `20-й`.
//! May use `rule`, `document`, `lang` and `text`.

use super::{digit_runs, ordinal_ending, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::{NumberStyle, Script};
use mtlint_text::{Edit, Span};

/// How many digits an ordinal number has at most.
const LONGEST: usize = 4;

/// How many letters an ending has at most.
const LONGEST_ENDING: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let style = document.pack().numbers();
        if let Some(style) = style.filter(|style| !style.ordinal_endings.is_empty()) {
            check(document, style, block, report);
        }
    }))
}

fn check(document: &Document, style: &NumberStyle, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    for (start, end) in digit_runs(text) {
        let digits = &text[start..end];
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '#' | '$' | '_');
        if digits.len() > LONGEST || digits.starts_with('0') || text[..start].ends_with(joins) {
            continue;
        }
        let Some(right) = ordinal_ending(style, digits) else { continue };
        let after = &text[end..];
        let gap = after.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-'));
        let gap_length = gap.map_or(0, char::len_utf8);
        let ending = word_at_start(&after[gap_length..]);
        let goes_on = after[gap_length + ending.len()..].starts_with(['-', '’', '\'']);
        let is_own = style.ordinal_endings.iter().any(|own| own == ending);
        let is_damaged = if is_own {
            let is_right = ending == right;
            // Weights in stones: `12st 4lb`.
            let is_told_wrong = !(is_right || gap.is_none() && ending == "st");
            gap.is_some() && is_right && !goes_on || is_told_wrong
        } else {
            gap == Some('-') && !goes_on && is_of_other_script(document, ending)
        };
        let span = Span::new(start, end + gap_length + ending.len()).shifted(block.span.lo());
        if !is_damaged || document.mask().covers(span) {
            continue;
        }
        report
            .add(span, format!("`{}` is an ordinal number; write `{digits}{right}`", document.slice(span)))
            .fix(Fix::unsafe_(
                format!("write `{digits}{right}`"),
                Edit::minimal(document.text(), span, &format!("{digits}{right}")).into_iter().collect(),
            ));
    }
}

/// Whether a few letters are of a script that the text is not written in.
fn is_of_other_script(document: &Document, letters: &str) -> bool {
    let is_short = (1..=LONGEST_ENDING).contains(&letters.chars().count());
    let is_foreign = |c: char| {
        let scripts = Script::of(c).zip(document.script());
        // Greek letters are signs of science: `17-β`.
        scripts.is_some_and(|(script, own)| script.is_foreign_to(own) && script != Script::Greek)
            && c.is_lowercase()
    };
    is_short && letters.chars().all(is_foreign)
}
