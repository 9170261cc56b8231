//! `suppression/unexplained`: a suppression without a reason.

use crate::rule::{CodeCheck, ParamError, Params};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::Suppression(|directive, report| {
        if directive.parsed.as_ref().is_ok_and(|suppression| suppression.reason.is_none()) {
            report.add_summary(directive.span);
        }
    }))
}
