//! Two numbers of the target that have changed places.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::order::swapped;
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let Some(swap) = swapped(pair) else { return };
    let (source, target) = (&pair.source_values().numbers, &pair.target_values().numbers);
    let (a, b) = (source[swap.source.0].span, source[swap.source.1].span);
    // In the order in which they stand in the target.
    let (later, earlier) = (target[swap.target.0].span, target[swap.target.1].span);
    let (first, second) = (pair.target().slice(earlier), pair.target().slice(later));
    let finding = report.add(
        earlier.cover(later),
        format!(
            "`{first}` and `{second}` have changed places: the source says {} first",
            pair.source().slice(a)
        ),
    );
    finding.relate_source("the numbers in the source", a.cover(b));
    let edits = vec![Edit::replace(earlier, second), Edit::replace(later, first)];
    finding.fix(Fix::unsafe_("exchange the two numbers", edits));
}
