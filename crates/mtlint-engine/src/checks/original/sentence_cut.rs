//! Sentences of the original that were cut in two, or made one.
//!
//! May use `pair` and `rule`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::pair::sentences::cover;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    for bead in pair.sentences() {
        let message = match (bead.original.len(), bead.text.len()) {
            (1, 2) => "one sentence of the original was cut in two",
            (2, 1) => "two sentences of the original were made one",
            _ => continue,
        };
        let (Some(own), Some(original)) =
            (cover(pair.target(), &bead.text), cover(pair.source(), &bead.original))
        else {
            continue;
        };
        report.add(own, message).relate_source("in the original", original);
    }
}
