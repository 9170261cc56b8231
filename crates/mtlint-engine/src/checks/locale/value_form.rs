//! A value whose parts no way of writing numbers puts together: `38,- euro`, `5 until to 12`, `39 of degrees`,
//! `60 ten thousand`, `24 twenty-four`, `on 2021.10.17`, `19 hours 45 p.m.`.
//!
//! What stands behind the digits is read part by part: words of number and scale, units, money, words of range, halves of
//! the day. Each reading that fits is what a language does that is not the text's, and says what the text's own would be.
//! May use `rule`, `document`, `lang` and `text`.

mod dates;
mod parts;
mod quantities;

use super::{digit_runs, word_at_end};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::{Block, Document};
use mtlint_lang::ValueWords;
use mtlint_text::{Edit, Span};
use parts::Numeral;
use std::cell::OnceCell;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        let values = ValueWords::of(document.language());
        if !values.is_known || document.pack().numbers().is_none() {
            return;
        }
        let months_first = OnceCell::new();
        document.blocks().iter().for_each(|block| check(document, values, &months_first, block, report));
    }))
}

/// What is wrong with a value: the bytes of it, in the text of the block, and how it may be written.
struct Odd {
    start: usize,
    end: usize,
    what: &'static str,
    forms: Vec<String>,
}

/// The digits with all that may be asked about them.
struct Place<'d> {
    document: &'d Document,
    values: &'static ValueWords,
    /// The text of the block.
    text: &'d str,
    /// Where the block begins in the document.
    offset: usize,
    numeral: Numeral<'d>,
    /// Whether the document has months before their days, once somebody has asked.
    months_first: &'d OnceCell<bool>,
}

fn check(
    document: &Document,
    values: &'static ValueWords,
    months_first: &OnceCell<bool>,
    block: &Block,
    report: &mut Report<'_>,
) {
    let text = document.slice(block.span);
    let mut behind = 0;
    for (start, _) in digit_runs(text) {
        if start < behind {
            continue;
        }
        let Some(numeral) = Numeral::at(text, start) else { continue };
        let place = Place { document, values, text, offset: block.span.lo(), numeral, months_first };
        let Some(odd) = dates::odd(&place).or_else(|| quantities::odd(&place)) else { continue };
        let span = Span::new(odd.start, odd.end).shifted(block.span.lo());
        behind = odd.end;
        if document.mask().covers(span) {
            continue;
        }
        let finding = report.add(span, format!("`{}` {}", document.slice(span), odd.what));
        for form in odd.forms {
            let edits = Edit::minimal(document.text(), span, &form).into_iter().collect();
            finding.fix(Fix::unsafe_(format!("write `{form}`"), edits));
        }
    }
}

impl Place<'_> {
    fn before(&self) -> &str {
        &self.text[..self.numeral.start]
    }

    fn after(&self) -> &str {
        &self.text[self.numeral.end..]
    }

    /// The word right before the digits, in small letters; empty where a mark stands there.
    fn word_before(&self) -> String {
        word_at_end(self.before().trim_end_matches(super::SPACES)).to_lowercase()
    }

    fn is_listed(&self, word: &str, list: &str) -> bool {
        self.document.pack().words(list).contains(word)
    }
}
