//! Months that are another one in the target.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::compare::months;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (source, target) = (pair.source_values(), pair.target_values());
    for (a, b) in months(source, target) {
        let (a, b) = (source.months[a].span, target.months[b].span);
        let message =
            format!("the source says {}, the translation {}", pair.source().slice(a), pair.target().slice(b));
        report.add(b, message).relate_source("the month of the source", a);
    }
}
