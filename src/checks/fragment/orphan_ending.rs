//! The end of a verb that stands alone as a sentence: `ing.`, `are doing.`, `There is.`
//!
//! May use `rule`, `document` and `text`.

use crate::document::TokenKind;
use crate::rule::{CodeCheck, Confidence, Fix, ParamError, Params, Report};
use crate::text::Edit;

/// Endings and auxiliaries that no one writes as a sentence after a statement.
const ENDINGS: &str = "orphan-ending";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::block(|document, block, report: &mut Report<'_>| {
        let endings = document.pack().words(ENDINGS);
        document.stubs(block, |stub| {
            let answers = stub.after == '?' || stub.after == '!';
            if answers || document.prefix_of(stub.words, endings) != stub.words.len() {
                return;
            }
            let text = document.slice(stub.span);
            let finding = report.add(
                stub.span,
                format!(
                    "`{text}` is the end of a verb and no sentence: the source language puts it last, and it was \
                     translated by itself; delete it"
                ),
            );
            // “There is.” may answer a sentence that denies it.
            if stub.words[0].kind != TokenKind::Lower {
                finding.at_most(Confidence::Medium);
            }
            finding.fix(Fix::unsafe_("delete it", vec![Edit::delete(stub.with_gap)]));
        });
    }))
}
