//! `name/transliteration`: one name in two spellings that differ in letters.

use super::{is_plain, on_deviations, prefer};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Variation};
use mtlint_lang::Vocabulary;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    on_deviations(params, |it| matches!(it, Variation::Sound | Variation::Letters | Variation::Ending), check)
}

fn check(document: &Document, deviation: &Deviation<'_>, report: &mut Report<'_>) {
    let Deviation { mention, first, preferred, .. } = *deviation;
    let text = document.slice(mention.span);
    if !is_plain(text) || !is_plain(preferred) || is_word(document, text) {
        return;
    }
    let message = format!(
        "`{text}` is likely `{preferred}`, spelt anew: nobody of this name is introduced, and the two are written or \
         sound alike"
    );
    prefer(document, report.add(mention.span, message), mention.span, first, preferred);
}

/// Whether a name is a word that the language knows: it is another one, or its own, `Communism` beside `Communist`.
fn is_word(document: &Document, name: &str) -> bool {
    Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.has(&name.to_lowercase()))
}
