//! Placeholders that the target lacks, adds, renames or gives another type.
//!
//! May use `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report, Severity};
use mtlint_document::pair::Pair;
use mtlint_document::pair::codes::{CodeKind, missing};
use mtlint_text::Edit;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if !pair.is_translated() {
        return;
    }
    let (source, target) = (pair.source_codes(), pair.target_codes());
    let mut lost = missing(source, target, CodeKind::Placeholder);
    let mut added = missing(target, source, CodeKind::Placeholder);
    if pair.holds_plural_forms() {
        lost.clear();
        added.retain(|index| !source.iter().any(|code| code.key == target[*index].key));
    }
    let written = |index: usize| pair.source().slice(source[index].span);
    // What the source has as it is, behind other letters, was not added.
    let source_text = pair.source().text();
    added.retain(|index| !lost.is_empty() || !source_text.contains(pair.target().slice(target[*index].span)));
    // One for one: it was renamed, and what it is called is known.
    if let ([lost], [added]) = (lost.as_slice(), added.as_slice()) {
        let (name, span) = (written(*lost), target[*added].span);
        let finding = report.add(span, format!("the placeholder is `{name}` in the source"));
        finding.relate_source("the placeholder", source[*lost].span);
        finding.fix(Fix::safe(format!("write `{name}`"), vec![Edit::replace(span, name)]));
        return;
    }
    for index in lost {
        let message = format!("the placeholder `{}` is missing", written(index));
        let finding = report.add(pair.end(), message);
        finding.relate_source("the placeholder", source[index].span);
    }
    for index in added {
        let code = &target[index];
        let message = format!("the source has no placeholder `{}`", pair.target().slice(code.span));
        report.add(code.span, message).severity = Severity::Critical;
    }
}
