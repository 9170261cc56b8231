//! The part-of-speech tagger: an averaged perceptron (Collins 2002) that goes through a sentence from left to right
//! and gives each word the tag whose weights say most for it.
//!
//! Its weights, and the lexicon of word forms, are in `models/`, written by `cargo xtask train tagger`; the models of
//! a language are read when the first sentence of that language asks. All arithmetic is of whole numbers, so that
//! every machine gives the same tags. May use `text` and what is built in.

pub mod features;
pub mod forms;
mod tag;

pub use forms::{WordForm, WordForms};
pub use tag::{PartOfSpeech, TAGS, Tag, TagSet, VerbForm};

use super::Language;
use features::{FEATURES, Word};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the file of weights begins with.
pub const MAGIC: &[u8; 8] = b"mttags01";

/// The models of a language.
#[derive(Debug)]
pub struct Tagger {
    forms: WordForms,
    /// A signed byte for each pair of a feature and a tag: that of a feature and the first tag stands at the
    /// feature's hash, those of the other tags behind it. Their number is a power of two and [`TAGS`].
    weights: &'static [u8],
}

impl Tagger {
    /// The tagger of a language; `None` where there is none.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static ALL: LazyLock<BTreeMap<Language, Tagger>> = LazyLock::new(|| {
            let entries = mtlint_data::taggers().iter();
            entries
                .filter_map(|(code, weights, forms)| {
                    Some((Language::parse(code).ok()?, Tagger::read(weights, WordForms::read(forms)?)?))
                })
                .collect()
        });
        ALL.get(&language?)
    }

    /// The tagger whose weights are those of a file; `None` if it is none.
    pub fn read(weights: &'static [u8], forms: WordForms) -> Option<Self> {
        let weights = weights.strip_prefix(MAGIC)?;
        weights.len().checked_sub(TAGS)?.is_power_of_two().then_some(Self { forms, weights })
    }

    /// The lexicon of word forms.
    pub fn forms(&self) -> &WordForms {
        &self.forms
    }

    /// The tags of the words, numbers and marks of a sentence.
    pub fn tag<'t>(&self, sentence: impl Iterator<Item = &'t str>) -> Box<[Tag]> {
        let words: Vec<Word> = sentence.map(|word| Word::new(word, Some(&self.forms))).collect();
        let mut tags = Vec::with_capacity(words.len());
        for at in 0..words.len() {
            tags.push(self.best(&features::features(&words, at, &tags)));
        }
        tags.into()
    }

    fn best(&self, features: &[u32; FEATURES]) -> Tag {
        let mask = self.weights.len() - TAGS - 1;
        let mut scores = [0_i32; TAGS];
        for feature in features {
            let place = *feature as usize & mask;
            for (score, weight) in scores.iter_mut().zip(&self.weights[place..place + TAGS]) {
                *score += i32::from(weight.cast_signed());
            }
        }
        let mut best = 0;
        for (index, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = index;
            }
        }
        Tag::from_index(best).expect("it is an index of a score")
    }
}

#[cfg(test)]
mod tests {
    use super::PartOfSpeech::{
        Adjective, Adposition, Adverb, Auxiliary, Determiner, Noun, Pronoun, ProperNoun, Punctuation, Verb,
    };
    use super::*;

    fn english() -> &'static Tagger {
        Tagger::of(Language::parse("en").ok()).expect("it is built in")
    }

    /// Sentences of our own with the parts of speech of their words.
    const SAMPLE: &[(&str, &[PartOfSpeech])] = &[
        (
            "The old ferry leaves the quay at noon .",
            &[Determiner, Adjective, Noun, Verb, Determiner, Noun, Adposition, Noun, Punctuation],
        ),
        (
            "Ana Brito was slowly painting her boat .",
            &[ProperNoun, ProperNoun, Auxiliary, Adverb, Verb, Pronoun, Noun, Punctuation],
        ),
        (
            "They have often said it in Lisbon .",
            &[Pronoun, Auxiliary, Adverb, Verb, Pronoun, Adposition, ProperNoun, Punctuation],
        ),
        (
            "The guards watch the gate , and his watch stopped .",
            &[
                Determiner,
                Noun,
                Verb,
                Determiner,
                Noun,
                Punctuation,
                PartOfSpeech::CoordinatingConjunction,
                Pronoun,
                Noun,
                Verb,
                Punctuation,
            ],
        ),
    ];

    #[test]
    fn a_small_sample_is_tagged_right() {
        let (mut right, mut all) = (0, 0);
        for (sentence, gold) in SAMPLE {
            let tags = english().tag(sentence.split(' '));
            assert_eq!(tags.len(), gold.len(), "{sentence}");
            right += tags.iter().zip(*gold).filter(|(tag, part)| tag.part() == **part).count();
            all += gold.len();
        }
        assert!(right * 100 >= all * 95, "{right} of {all}");
    }

    #[test]
    fn a_verb_tells_its_form() {
        let tags = english().tag("She said that it was taken while going home .".split(' '));
        let forms: Vec<_> = tags.iter().filter_map(|tag| tag.verb_form()).collect();
        use VerbForm::{Past, PastParticiple, PresentParticiple};
        assert_eq!(forms, [Past, Past, PastParticiple, PresentParticiple]);
    }

    #[test]
    fn the_lexicon_knows_tags_capitals_and_verbs_of_saying() {
        let find = |word: &str| english().forms().find(word).unwrap_or_else(|| panic!("{word} is known"));
        assert!(find("watch").tags.has(Noun) && find("watch").tags.has(Verb));
        assert!(find("London").capital > find("table").capital.map(|share| 4 * share.max(1)));
        assert!(find("explained").reporting > find("walked").reporting);
        assert!(find("the").frequency > find("harbour").frequency);
        assert_eq!(english().forms().find("qxzvw"), None);
    }

    #[test]
    fn any_text_can_be_tagged() {
        assert!(english().tag(std::iter::empty()).is_empty());
        assert_eq!(english().tag(["", "\u{301}", "ß", "…", "١"].into_iter()).len(), 5);
    }
}
