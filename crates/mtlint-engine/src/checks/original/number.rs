//! Numbers and months that the text says otherwise than its original, sentence by sentence.
//!
//! May use `lang`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::compare::{self, Difference};
use mtlint_document::pair::sentences::cover;
use mtlint_document::pair::values::Values;
use mtlint_lang::Amount;
use mtlint_text::{Edit, Span};
use std::collections::HashSet;

/// Up to which number a text may well say it without a word for it: `a second boat`, `again`.
const SMALL: u32 = 9;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source_values(), pair.target_values());
    let amounts = |values: &Values| -> HashSet<Amount> {
        let all = values.numbers.iter().chain(&values.words);
        all.flat_map(|value| value.amounts.iter().copied()).collect()
    };
    let (in_original, in_text) = (amounts(original), amounts(text));
    for bead in pair.sentences() {
        let (Some(from), Some(to)) = (cover(pair.source(), &bead.original), cover(pair.target(), &bead.text))
        else {
            continue;
        };
        let (source, target) = (within(original, from), within(text, to));
        if source.numbers.is_empty() && source.months.is_empty() {
            continue;
        }
        for difference in compare::numbers(&source, &target).differences {
            match difference {
                Difference::Changed { source: a, target: b } => {
                    let (a, b) = (&source.numbers[a], &target.numbers[b]);
                    let (was, is) = (pair.source().slice(a.span), pair.target().slice(b.span));
                    let finding = report.add(b.span, format!("the original says {was}, the text {is}"));
                    finding.relate_source("the number of the original", a.span);
                    let edit = Edit::minimal(pair.target().text(), b.span, was);
                    finding.fix(Fix::unsafe_(format!("write `{was}`"), edit.into_iter().collect()));
                    // A number of another sentence may have come here, with what is said of it.
                    if b.amounts.iter().any(|amount| in_original.contains(amount)) {
                        finding.at_most(Confidence::Low);
                    }
                }
                Difference::Missing { source: a } => {
                    let value = &source.numbers[a];
                    let is_small =
                        value.amounts.iter().any(|amount| amount.to_whole().is_some_and(|it| it <= SMALL));
                    if is_small || value.amounts.iter().any(|amount| in_text.contains(amount)) {
                        continue;
                    }
                    let was = pair.source().slice(value.span);
                    report
                        .add(Span::at(to.hi()), format!("the original says {was} here, the text does not"))
                        .relate_source("the number of the original", value.span);
                }
                Difference::Extra { .. } | Difference::Converted { .. } => {}
            }
        }
        for (a, b) in compare::months(&source, &target) {
            let (a, b) = (&source.months[a], &target.months[b]);
            let (was, is) = (pair.source().slice(a.span), pair.target().slice(b.span));
            let finding = report.add(b.span, format!("the original says {was}, the text {is}"));
            finding.relate_source("the month of the original", a.span);
            let edit = Edit::minimal(pair.target().text(), b.span, was);
            finding.fix(Fix::unsafe_(format!("write `{was}`"), edit.into_iter().collect()));
        }
    }
}

/// The values of a stretch.
fn within(values: &Values, span: Span) -> Values {
    let part = |all: &[mtlint_document::pair::values::Value]| {
        let first = all.partition_point(|value| value.span.start < span.start);
        let inside = all[first..].iter().take_while(|value| value.span.end <= span.end);
        inside.cloned().collect()
    };
    let first = values.months.partition_point(|month| month.span.start < span.start);
    let months = values.months[first..].iter().take_while(|month| month.span.end <= span.end);
    Values {
        numbers: part(&values.numbers),
        words: part(&values.words),
        months: months.copied().collect(),
        percents: 0,
    }
}
