//! `suppression/malformed`: a comment for mtlint that it cannot read.

use crate::rule::{CodeCheck, ParamError, Params};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::Suppression(|directive, report| {
        if let Err(problem) = &directive.parsed {
            report.add(directive.span, format!("this comment suppresses nothing: {problem}"));
        }
    }))
}
