//! What the lexicon of word forms says of a word by itself, whatever stands around it: which forms of a verb it may be,
//! and whether it is a noun of one or of several. A tagger goes by the context and reads what should stand there into a
//! damaged one; these facts hold wherever the word stands. A language without a lexicon has none of them.

use super::{Document, Token};
use mtlint_lang::tagger::{PartOfSpeech, VerbForm};

/// Endings of the plural; nouns that have a plural of their own.
const PLURAL_ENDINGS: &str = "plural-ending";
const PLURALS: &str = "plural.irregular";

/// How many letters an ending has at most.
const LONGEST_ENDING: usize = 3;

/// The forms that a word may be, which is nothing but a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerbForms {
    pub base: bool,
    pub present: bool,
    pub past: bool,
    pub past_participle: bool,
    pub present_participle: bool,
    /// How often the word occurs, as the lexicon has it.
    pub frequency: u8,
}

impl Document {
    /// The forms that a word may be; `None` for one that is no verb, or something else as well.
    pub fn verb_forms(&self, token: Token) -> Option<VerbForms> {
        let form = self.word_form(token).filter(|form| form.tags.is_only(&[PartOfSpeech::Verb]))?;
        let has = |wanted| form.tags.tags().any(|tag| tag.verb_form() == Some(wanted));
        Some(VerbForms {
            base: has(VerbForm::Base),
            present: has(VerbForm::Present),
            past: has(VerbForm::Past),
            past_participle: has(VerbForm::PastParticiple),
            present_participle: has(VerbForm::PresentParticiple),
            frequency: form.frequency,
        })
    }

    /// Whether a word may be a noun of several.
    pub fn is_plural_noun(&self, token: Token) -> bool {
        self.word_form(token).is_some_and(|form| form.tags.has(PartOfSpeech::Noun)) && self.is_plural(token)
    }

    /// Whether a word is nothing but a noun of one, of which the lexicon knows the plural.
    pub fn is_singular_noun(&self, token: Token) -> bool {
        self.word_form(token).is_some_and(|form| form.tags.is_only(&[PartOfSpeech::Noun]))
            && !self.is_plural(token)
            && self.plural_of(token).is_some()
    }

    /// The plural of a noun, if the lexicon knows it.
    pub fn plural_of(&self, token: Token) -> Option<String> {
        let word = self.slice(token.span);
        let plurals = self.pack().words(PLURAL_ENDINGS);
        let is_noun = |word: &str| {
            let form = self.tagger().and_then(|tagger| tagger.forms().find(word));
            form.is_some_and(|form| form.tags.has(PartOfSpeech::Noun))
        };
        // What ends as plurals do has hardly one of its own.
        if word.ends_with('s') {
            return None;
        }
        let of_y = word.strip_suffix('y').map(|stem| format!("{stem}ies"));
        let endings = ["s", "es"].into_iter().filter(|ending| plurals.contains(ending));
        of_y.into_iter().chain(endings.map(|ending| format!("{word}{ending}"))).find(|plural| is_noun(plural))
    }

    fn is_plural(&self, token: Token) -> bool {
        let word = self.slice(token.span);
        let pack = self.pack();
        if pack.words(PLURALS).contains(word) {
            return true;
        }
        let Some(forms) = self.tagger().map(|tagger| tagger.forms()) else { return false };
        let is_noun = |stem: &str| forms.find(stem).is_some_and(|form| form.tags.has(PartOfSpeech::Noun));
        (1..=LONGEST_ENDING).any(|length| {
            let Some(at) = word.len().checked_sub(length).filter(|at| *at >= 2 && word.is_char_boundary(*at))
            else {
                return false;
            };
            let (stem, ending) = word.split_at(at);
            // Before an ending a `y` becomes `ie`.
            pack.words(PLURAL_ENDINGS).contains(ending)
                && (!stem.ends_with(['s', 'u', 'i']) && is_noun(stem)
                    || ending.len() == LONGEST_ENDING && is_noun(&format!("{stem}y")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn document(text: &str) -> Document {
        Document::plain(text, Language::parse("en").ok(), &Packs::builtin())
    }

    #[test]
    fn a_verb_has_its_forms_wherever_it_stands() {
        let document = document("began written said walk");
        let forms = |at: usize| document.verb_forms(document.tokens()[at]);
        assert!(forms(0).is_some_and(|forms| forms.past && !forms.past_participle && !forms.base));
        assert!(forms(1).is_some_and(|forms| forms.past_participle && !forms.past));
        assert!(forms(2).is_some_and(|forms| forms.past && forms.past_participle));
        assert_eq!(forms(3), None, "a walk is a noun");
    }

    #[test]
    fn nouns_are_of_one_or_of_several() {
        let document = document("bottle bottles countries women news bus");
        let tokens = document.tokens();
        let plural: Vec<bool> = tokens.iter().map(|token| document.is_plural_noun(*token)).collect();
        assert_eq!(plural, [false, true, true, true, false, false]);
        let singular: Vec<bool> = tokens.iter().map(|token| document.is_singular_noun(*token)).collect();
        assert_eq!(singular, [true, false, false, false, false, false]);
        assert_eq!(document.plural_of(tokens[0]).as_deref(), Some("bottles"));
    }
}
