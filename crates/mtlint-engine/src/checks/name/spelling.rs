//! `name/spelling`: one name with and without its hyphen, space, diacritics or capitals.

use super::{on_deviations, prefer};
use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Variation};
use mtlint_lang::Vocabulary;

/// How often an acronym stands there as one at least for a mention in small letters to be a slip.
const USUAL: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    use Variation::{Apostrophe, Case, Diacritics, Hyphen, Space};
    on_deviations(params, |it| matches!(it, Hyphen | Space | Apostrophe | Diacritics | Case), check)
}

fn check(document: &Document, deviation: &Deviation<'_>, report: &mut Report<'_>) {
    let Deviation { mention, first, preferred, variation, counts } = *deviation;
    let text = document.slice(mention.span);
    let finding = report.add(
        mention.span,
        format!(
            "`{text}` is `{preferred}` elsewhere, with other {}: write one name in one way",
            match variation {
                Variation::Hyphen => "hyphens",
                Variation::Space => "spaces",
                other => other.as_str(),
            }
        ),
    );
    // Brands are set in capitals at will, and so are datelines; an acronym is no word, and is one each time.
    let is_word = || Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.has(text));
    let is_acronym =
        preferred.chars().all(char::is_uppercase) && counts[0] >= USUAL && counts[1] == 1 && !is_word();
    if variation == Variation::Case && is_acronym {
        finding.at_most(Confidence::Medium);
    } else if variation == Variation::Case {
        finding.at_most(Confidence::Low);
    }
    prefer(document, finding, mention.span, first, preferred);
}
