//! A space between the sign of a currency and its amount, where the language sets none: `$ 40`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::{BlockKind, Document, Form, Sum};
use mtlint_text::{Edit, Span};

/// From how many such sums on, and none without a space, the writer means it.
const HABIT: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(|document, report| {
        if document.pack().numbers().is_some_and(|style| style.currency_first) {
            check(document, report);
        }
    }))
}

/// A sum with a bare sign before it, and how many bytes stand between.
fn gap(document: &Document, sum: &Sum) -> Option<Span> {
    let sign = sum.before.as_ref().filter(|name| name.form == Form::Sign)?;
    let is_bare = !document.slice(sign.span).contains(char::is_alphabetic);
    is_bare.then(|| Span::new(sign.span.hi(), sum.numeral.span.lo()))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let gaps: Vec<Span> = document.sums().iter().filter_map(|sum| gap(document, sum)).collect();
    let apart = gaps.iter().filter(|gap| !gap.is_empty()).count();
    let tight = gaps.len() - apart;
    if apart == 0 || apart >= HABIT && tight <= apart {
        return;
    }
    for gap in gaps.into_iter().filter(|gap| !gap.is_empty()) {
        let is_prose = document.block_at(gap.lo()).is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
        });
        // A form or a table sets the signs of its columns apart.
        let is_in_sentence = document.text()[..gap.lo()]
            .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n' && c != '\t')
            .ends_with(char::is_lowercase);
        if !is_prose || !is_in_sentence || document.mask().covers(gap) {
            continue;
        }
        let finding = report.add(gap, "a space between the sign of the currency and its amount");
        if tight <= apart {
            finding.at_most(Confidence::Medium);
        }
        finding.fix(Fix::safe("delete the space", vec![Edit::delete(gap)]));
    }
}
