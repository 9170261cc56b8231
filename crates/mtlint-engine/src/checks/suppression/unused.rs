//! `suppression/unused`: a suppression of what is not there.

use super::delete;
use crate::rule::{CodeCheck, Fix, ParamError, Params};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::Suppression(|directive, report| {
        let Ok(suppression) = &directive.parsed else { return };
        if directive.unused.is_empty() {
            return;
        }
        let names: Vec<String> = directive.unused.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("{} finds nothing here that could be suppressed", names.join(" and "));
        let finding = report.add(directive.span, message);
        let mut rest = suppression.clone();
        rest.selectors.retain(|selector| !directive.unused.contains(selector));
        let fix = match rest.selectors.as_slice() {
            [] => delete(directive),
            _ => directive.whole.map(|_| {
                Fix::safe("name only what is there", vec![Edit::replace(directive.span, rest.comment())])
            }),
        };
        if let Some(fix) = fix {
            finding.fix(fix);
        }
    }))
}
