//! A unit or a power of ten said twice behind a number: `5 km kilometres`, `3 million million`, `30 Ten thousand`.
//! May use `rule`, `document`, `lang` and `text`.

use super::{SPACES, before_space, digit_runs, word_at_end, word_at_start};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::ValueWords;
use mtlint_text::{Edit, Span};

/// Per cent has a rule of its own.
const PERCENT: &str = "percent";

const FUNCTION_WORDS: &str = "function-words";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report| {
        let values = ValueWords::of(document.language());
        if values.is_known {
            check(document, values, block, report);
        }
    }))
}

fn check(document: &Document, values: &ValueWords, block: &Block, report: &mut Report<'_>) {
    let text = document.slice(block.span);
    for (start, end) in digit_runs(text) {
        let behind = &text[end..];
        if behind.starts_with(['.', ',']) && behind[1..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some(first) = Word::after(values, behind, 0) else { continue };
        if let Some(before) = said_before(document, &text[..start], &behind[first.start..first.end]) {
            let span = Span::new(before, end + first.end).shifted(block.span.lo());
            if !document.mask().covers(span) {
                let cut = Span::new(before, start).shifted(block.span.lo());
                report
                    .add(span, format!("`{}` says the same twice", document.slice(span)))
                    .fix(Fix::unsafe_("leave out the first", vec![Edit::delete(cut)]));
            }
            continue;
        }
        let Some(second) = Word::after(values, behind, first.end) else {
            continue;
        };
        let span = Span::new(start, end + second.end).shifted(block.span.lo());
        if !first.says(&second) || document.mask().covers(span) {
            continue;
        }
        let at = |place: usize| block.span.lo() + end + place;
        report
            .add(span, format!("`{}` says the same twice", document.slice(span)))
            .fix(Fix::unsafe_(
                format!("leave out `{}`", &behind[second.start..second.end]),
                vec![Edit::delete(Span::new(at(first.end), at(second.end)))],
            ))
            .fix(Fix::unsafe_(
                format!("leave out `{}`", &behind[first.start..first.end]),
                vec![Edit::delete(Span::new(at(first.start), at(second.start)))],
            ));
    }
}

/// The signs that a unit before its number is made of, at most: longer ones are words of other phrases.
const LONGEST_SIGN: usize = 3;

/// Where the sign of a unit begins that stands before a number as it does behind it: `km 5 km`.
fn said_before(document: &Document, before: &str, sign: &str) -> Option<usize> {
    let rest = before_space(before)?;
    let word = word_at_end(rest);
    let is_alone = rest.len() == word.len() || rest[..rest.len() - word.len()].ends_with(char::is_whitespace);
    let is_sign = word == sign
        && (2..=LONGEST_SIGN).contains(&word.len())
        && !document.pack().words(FUNCTION_WORDS).contains(word);
    (is_sign && is_alone).then_some(rest.len() - word.len())
}

/// What is behind a number: a unit or a power of ten.
struct Word<'v> {
    /// Where it stands, in bytes behind the digits.
    start: usize,
    end: usize,
    units: &'v [String],
    scale: Option<i32>,
    /// Whether it is a name in letters, and how long.
    letters: usize,
}

impl<'v> Word<'v> {
    /// The word at a place of the text behind the digits, a space or none before it.
    fn after(values: &'v ValueWords, behind: &str, at: usize) -> Option<Self> {
        let rest = &behind[at..];
        // `5 km kilometres`, `5 km-kilometres`, `5 km/kilometres`
        let is_joint = |c: char| SPACES.contains(&c) || at > 0 && matches!(c, '-' | '/');
        let start = at + rest.strip_prefix(is_joint).map_or(0, |after| rest.len() - after.len());
        let rest = &behind[start..];
        let letters = word_at_start(rest).len();
        let scale = values.scale(&rest[..letters].to_lowercase()).filter(|power| *power >= 3 && letters > 1);
        if scale.is_some() {
            return Some(Self { start, end: start + letters, units: &[], scale, letters });
        }
        let (units, length) = values.unit_at_start(rest)?;
        Some(Self { start, end: start + length, units, scale: None, letters })
    }

    /// Whether the second says what the first does.
    fn says(&self, second: &Self) -> bool {
        let is_apart = second.start > self.end;
        let is_currency = |unit: &String| unit.bytes().all(|byte| byte.is_ascii_uppercase());
        let same_unit = || {
            self.units.iter().any(|unit| second.units.contains(unit) && unit != PERCENT && !is_currency(unit))
                // `5 m minutes`: a letter stands for many units.
                && (self.letters > 1 || second.letters > 1)
        };
        let same_scale = || self.scale.is_some() && self.scale == second.scale;
        is_apart && (same_scale() || same_unit())
    }
}
