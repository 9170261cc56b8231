//! `name/transliteration`: one name in two spellings that differ in letters.

use super::{on_deviations, prefer};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Variation};

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_deviations(params, |it| matches!(it, Variation::Sound | Variation::Letters | Variation::Ending), check)
}

fn check(document: &Document, deviation: &Deviation<'_>, report: &mut Report<'_>) {
    let Deviation { mention, first, preferred, .. } = *deviation;
    let text = document.slice(mention.span);
    let message = format!(
        "`{text}` is likely `{preferred}`, spelt anew: nobody of this name is introduced, and the two are written or \
         sound alike"
    );
    prefer(document, report.add(mention.span, message), mention.span, first, preferred);
}
