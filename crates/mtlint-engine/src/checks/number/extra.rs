//! Numbers in the target that the source does not say.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::compare::Difference;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    for difference in &pair.numbers().differences {
        if let Difference::Extra { target } = *difference {
            report.add_summary(pair.target_values().numbers[target].span);
        }
    }
}
