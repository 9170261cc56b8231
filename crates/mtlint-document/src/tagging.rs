//! The parts of speech of a document's words, sentence by sentence, each tagged when a rule first asks for it: few
//! sentences hold anything of which a rule wants to know them.

use super::{Document, Sentence, Token};
use mtlint_lang::tagger::{PartOfSpeech, Tag, Tagger, VerbForm};
use std::sync::OnceLock;

/// The tags of the sentences that were asked for.
#[derive(Debug)]
pub(super) struct SentenceTags {
    tagger: Option<&'static Tagger>,
    sentences: Vec<OnceLock<Box<[Tag]>>>,
}

impl SentenceTags {
    pub fn new(document: &Document) -> Self {
        let tagger = document.tagger();
        let count = tagger.map_or(0, |_| document.sentences().len());
        Self { tagger, sentences: (0..count).map(|_| OnceLock::new()).collect() }
    }

    /// The tags of a sentence of the document.
    pub fn of(&self, document: &Document, sentence: &Sentence) -> Option<&[Tag]> {
        let tagger = self.tagger?;
        let at = document.sentences().partition_point(|other| other.span.start < sentence.span.start);
        let tags = self.sentences.get(at)?.get_or_init(|| {
            tagger.tag(document.tokens_in(sentence).iter().map(|token| document.slice(token.span)))
        });
        Some(tags)
    }
}

/// From which share on, in 255ths, of the times that it is a verb a form stands beside a quotation or before `that` so
/// often that it tells what somebody says.
const TELLS: u8 = 45;

/// The lists of the finite forms of verbs that tell what somebody says: those too rare to be counted, and those that
/// have somebody to whom it is said beside them.
const LISTED: [&str; 2] = ["reporting-verb.past", "reporting-verb.present"];

impl Document {
    /// Whether a word may be a finite verb that tells what somebody says, as the lexicon has counted it: `said`, `adds`.
    pub fn tells_speech(&self, token: Token) -> bool {
        let is_counted = self.word_form(token).is_some_and(|form| {
            form.reporting >= TELLS
                && form.tags.tags().any(|tag| {
                    tag.part() == PartOfSpeech::Verb
                        && match tag.verb_form() {
                            Some(VerbForm::Past) => true,
                            Some(VerbForm::Present) => self.slice(token.span).ends_with('s'),
                            _ => false,
                        }
                })
        });
        is_counted || LISTED.iter().any(|list| self.is_listed(token, list))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::tagger::PartOfSpeech::{Auxiliary, Noun, ProperNoun, Verb};
    use mtlint_lang::{Language, Packs};

    #[test]
    fn each_sentence_is_tagged_by_itself() {
        let text = "The ships leave at dawn. Ana Brito had counted the leaves.";
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let part = |word: &str| {
            let at = document.tokens().iter().position(|token| document.slice(token.span) == word).unwrap();
            document.tag_of(at).map(Tag::part)
        };
        let words =
            [("ships", Noun), ("leave", Verb), ("leaves", Noun), ("Brito", ProperNoun), ("had", Auxiliary)];
        for (word, expected) in words {
            assert_eq!(part(word), Some(expected), "{word}");
        }
        for sentence in document.sentences() {
            assert_eq!(document.tags_in(sentence).unwrap().len(), document.tokens_in(sentence).len());
        }
    }

    #[test]
    fn a_language_without_a_tagger_has_no_tags() {
        let document = Document::plain("Кораблі стоять.", Language::parse("uk").ok(), &Packs::builtin());
        assert!(document.tags_in(&document.sentences()[0]).is_none() && document.tag_of(0).is_none());
    }
}
