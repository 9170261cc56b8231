//! `name/spelling`: one name with and without its hyphen, space, diacritics or capitals.

use super::{is_plain, on_deviations, prefer};
use crate::rule::{CodeCheck, Confidence, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{Deviation, Evidence, Mention, Variation};
use mtlint_lang::Vocabulary;

/// How often an acronym stands there as one at least for a mention in small letters to be a slip.
const USUAL: usize = 3;

/// How often the odd spelling stands there for it to be a way of writing, and no slip.
const OFTEN: usize = 3;

/// The fewest letters of a word that a name in one piece is made of.
const SHORTEST_PIECE: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    use Variation::{Apostrophe, Case, Diacritics, Hyphen, Space};
    on_deviations(params, |it| matches!(it, Hyphen | Space | Apostrophe | Diacritics | Case), check)
}

fn check(document: &Document, deviation: &Deviation<'_>, report: &mut Report<'_>) {
    let Deviation { mention, first, preferred, variation, counts } = *deviation;
    let text = document.slice(mention.span);
    if !is_plain(text) || !is_plain(preferred) {
        return;
    }
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
    // Who writes a name both ways time and again means to.
    let is_at_will =
        || !is_person(document, mention) && is_joined_at_will(document, variation, text, preferred);
    if counts[1] >= OFTEN || is_at_will() {
        finding.at_most(Confidence::Low);
    }
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

/// Whether what is named is a person: a title, an honorific, a first name or a reporting verb stands with the name.
fn is_person(document: &Document, mention: &Mention) -> bool {
    let evidence = document.names().entity_of(mention).evidence;
    [Evidence::Honorific, Evidence::Title, Evidence::Surname, Evidence::Speaks]
        .into_iter()
        .any(|it| evidence.contains(it))
}

/// Whether what is joined by a hyphen or a space is words of the language, which writers join before a noun and brands
/// everywhere: `end-user`, `DigitalGov`.
fn is_joined_at_will(document: &Document, variation: Variation, text: &str, preferred: &str) -> bool {
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return false };
    // `DigitalGov` is made of words, `McBain` is not.
    let is_camel = |name: &str| {
        name.split(|c: char| !c.is_alphabetic()).any(|word| {
            let inner = word.char_indices().skip(1).filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at);
            let ends = inner.chain([word.len()]);
            let mut start = 0;
            let pieces = ends.map(|end| &word[std::mem::replace(&mut start, end)..end]);
            let pieces: Vec<&str> = pieces.collect();
            pieces.len() > 1
                && pieces.iter().any(|it| it.len() >= SHORTEST_PIECE && vocabulary.has(&it.to_lowercase()))
        })
    };
    let is_known = |name: &str| {
        let mut words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        words.all(|word| vocabulary.has(&word.to_lowercase()) && !word.chars().all(char::is_uppercase))
    };
    matches!(variation, Variation::Hyphen | Variation::Space)
        && ([text, preferred].into_iter().any(is_camel) || is_known(text) || is_known(preferred))
}
