//! `suppression/expired`: a suppression whose last day is over.

use super::delete;
use crate::rule::{CodeCheck, ParamError, Params};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::Suppression(|directive, report| {
        let Some(until) = directive.parsed.as_ref().ok().and_then(|suppression| suppression.until) else {
            return;
        };
        if directive.is_expired {
            let message = format!("this suppression ended on {until}: mend the text, or set another day");
            let finding = report.add(directive.span, message);
            if let Some(fix) = delete(directive) {
                finding.fix(fix);
            }
        }
    }))
}
