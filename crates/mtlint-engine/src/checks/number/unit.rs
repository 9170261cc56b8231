//! Units, currencies and per cent that are others in the target than beside the same number of the source.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::values::Value;

const PERCENT: &str = "percent";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (source, target) = (pair.source_values(), pair.target_values());
    let is_percent = |value: &Value| value.units.iter().any(|unit| unit == PERCENT);
    let lost = source.percents > target.percents;
    for (a, b) in &pair.numbers().same {
        let (a, b) = (&source.numbers[*a], &target.numbers[*b]);
        if lost && is_percent(a) && !is_percent(b) {
            say_percent(pair, a, b, report);
        } else if is_changed(a, b, &source.numbers) {
            let message =
                format!("the unit is {} in the source and {} in the translation", a.units[0], b.units[0]);
            report.add(b.span, message).relate_source("the unit of the source", a.span);
        }
    }
    // In words on one side, in digits on the other.
    for a in source.words.iter().filter(|value| lost && is_percent(value)) {
        let b =
            target.numbers.iter().find(|value| value.amounts.iter().any(|amount| a.amounts.contains(amount)));
        if let Some(b) = b.filter(|b| !is_percent(b)) {
            say_percent(pair, a, b, report);
        }
    }
}

fn say_percent(pair: &Pair<'_>, a: &Value, b: &Value, report: &mut Report<'_>) {
    let message = format!(
        "the source says {} per cent, the translation does not say per cent",
        pair.source().slice(a.span)
    );
    report.add(b.span, message).relate_source("the per cent of the source", a.span);
}

/// Whether the same number stands beside another unit, and beside none of its own.
fn is_changed(a: &Value, b: &Value, source: &[Value]) -> bool {
    let names = |value: &Value, unit: &String| value.units.iter().any(|it| base(it) == base(unit));
    // `3D`, `2nd`, and the year after a number of four digits, are no measures.
    let is_measure = |value: &Value| {
        !value.units.is_empty() && !value.units.iter().any(|unit| CALENDAR.contains(&unit.as_str()))
    };
    let same_number = |other: &&Value| other.amounts == a.amounts;
    is_measure(a)
        && is_measure(b)
        && !a.units.iter().any(|unit| names(b, unit))
        && !source
            .iter()
            .filter(same_number)
            .take(MOST)
            .any(|other| b.units.iter().any(|unit| names(other, unit)))
}

/// How many places of one number are looked at.
const MOST: usize = 20;

/// Units that stand beside dates as well, or are parts of other words.
const CALENDAR: [&str; 3] = ["year", "day", "month"];

/// A speed by its length: the hour may stand anywhere.
fn base(unit: &str) -> &str {
    unit.strip_suffix("-per-hour").unwrap_or(unit)
}
