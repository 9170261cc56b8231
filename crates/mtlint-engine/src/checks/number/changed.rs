//! Numbers that the target says otherwise than the source, or not at all.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::compare::{Difference, scales};
use mtlint_document::pair::values::Value;

/// Up to which number a language may well say it without a word for it: `a second boat`, `again`.
const SMALL: u32 = 9;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() {
        return;
    }
    let (source, target) = (pair.source_values(), pair.target_values());
    let written = |text: &str, value: &Value| text.get(value.span.range()).unwrap_or_default().to_owned();
    for difference in &pair.numbers().differences {
        match *difference {
            Difference::Changed { source: a, target: b } => {
                let (a, b) = (&source.numbers[a], &target.numbers[b]);
                let said = written(pair.source().text(), a);
                report
                    .add(
                        b.span,
                        format!(
                            "the source says {said}, the translation {}",
                            written(pair.target().text(), b)
                        ),
                    )
                    .relate_source("the number of the source", a.span);
            }
            Difference::Missing { source: index } => {
                let value = &source.numbers[index];
                let said = written(pair.source().text(), value);
                let finding = report.add(
                    pair.place_of_number(index),
                    format!("the source says {said}, the translation does not"),
                );
                finding.relate_source("the number of the source", value.span);
                let is_small =
                    value.amounts.iter().any(|amount| amount.to_whole().is_some_and(|it| it <= SMALL));
                if is_small {
                    finding.at_most(Confidence::Low);
                }
            }
            Difference::Extra { .. } | Difference::Converted { .. } => {}
        }
    }
    if let Some((a, b)) = scales(source, target) {
        let (a, b) = (&source.words[a], &target.words[b]);
        let said = written(pair.source().text(), a);
        report
            .add(
                b.span,
                format!("the source says {said}, the translation {}", written(pair.target().text(), b)),
            )
            .relate_source("the number of the source", a.span);
    }
    turned_ranges(pair, report);
}

/// Ranges whose ends changed places: `10–60` and `60–10`.
fn turned_ranges(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (source, target) = (pair.source_values(), pair.target_values());
    let low = |value: &Value| value.amounts.first().map_or(0.0, |amount| amount.to_f64());
    let joined = |text: &str, a: &Value, b: &Value| {
        let between = text.get(a.span.hi()..b.span.lo()).unwrap_or_default().trim();
        between.chars().count() == 1 && between.starts_with(['-', '–', '—', '~', '〜', '至', '～'])
    };
    for pairs in pair.numbers().same.windows(2) {
        let ((a, turned_b), (b, turned_a)) = (pairs[0], pairs[1]);
        let is_turned = b == a + 1 && turned_b == turned_a + 1;
        let (a, b) = (&source.numbers[a], &source.numbers[b]);
        let (first, second) = (&target.numbers[turned_a], &target.numbers[turned_b]);
        if is_turned
            && low(a) < low(b)
            && joined(pair.source().text(), a, b)
            && joined(pair.target().text(), first, second)
        {
            report
                .add(first.span.cover(second.span), "the ends of the range have changed places")
                .relate_source("the range", a.span.cover(b.span));
        }
    }
}
