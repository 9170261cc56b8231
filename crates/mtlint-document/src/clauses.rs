//! One shallow view of a sentence for all rules that ask what makes a clause of it: its finite verbs, those that a
//! conjunction or a relative word claims, and whether somebody does what the first free one says.
//!
//! Nothing is parsed. Going once from left to right, a word that opens a clause waits for a finite verb; the first finite
//! verb that nothing waits for is that of the sentence, and a noun or pronoun before it that no preposition governs is
//! its subject. A language without a tagger has no such view.

use super::{Document, Sentence, Token, TokenKind};
use mtlint_lang::tagger::{PartOfSpeech, Tag, VerbForm};
use std::sync::OnceLock;

/// Words such as `which` and `when`, which open a clause.
const OPENERS: &str = "clause-opener";
/// Such that open one only after another word: `that`.
const INNER_OPENERS: &str = "clause-opener.inner";

/// What makes a clause of a sentence. The places are among the tokens of the sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseView {
    /// How many words and numbers it has.
    pub words: u32,
    /// How many finite verbs and auxiliaries.
    pub finite: u32,
    /// The first finite verb that no conjunction and no relative word claims.
    pub main: Option<u32>,
    /// Whether a noun or pronoun that no preposition governs stands before it.
    pub has_subject: bool,
}

impl ClauseView {
    /// Whether it is a whole sentence, as far as this view tells.
    pub fn is_whole(&self) -> bool {
        self.main.is_some() && self.has_subject
    }
}

/// The views of the sentences that were asked for.
#[derive(Debug)]
pub(super) struct ClauseViews(Box<[OnceLock<Option<ClauseView>>]>);

impl ClauseViews {
    pub fn new(document: &Document) -> Self {
        Self(document.sentences().iter().map(|_| OnceLock::new()).collect())
    }
}

impl Document {
    /// The shallow view of a sentence; `None` for a language without a tagger. It is computed when it is first asked for.
    pub fn clause_view(&self, sentence: &Sentence) -> Option<ClauseView> {
        let views = self.clause_views.get_or_init(|| ClauseViews::new(self));
        let at = self.sentences.partition_point(|other| other.span.start < sentence.span.start);
        *views.0.get(at)?.get_or_init(|| Some(view(self, self.tokens_in(sentence), self.tags_in(sentence)?)))
    }
}

/// Whether a tag is that of a finite verb or auxiliary.
pub fn is_finite(tag: Tag) -> bool {
    matches!(tag.verb_form(), Some(VerbForm::Past | VerbForm::Present))
}

fn view(document: &Document, tokens: &[Token], tags: &[Tag]) -> ClauseView {
    use PartOfSpeech::{Adposition, Adverb, Determiner, Noun, Numeral, Pronoun, ProperNoun};
    let pack = document.pack();
    let (openers, inner) = (pack.words(OPENERS), pack.words(INNER_OPENERS));
    let mut view = ClauseView::default();
    let (mut waiting, mut is_governed, mut has_noun) = (0_u32, false, false);
    for (at, (token, tag)) in tokens.iter().zip(tags).enumerate() {
        if token.kind == TokenKind::Mark {
            is_governed &= !document.is_ascii_mark(*token, b',');
            continue;
        }
        view.words += 1;
        let part = tag.part();
        let is_inner = at > 0 && tokens[at - 1].kind != TokenKind::Mark;
        let opens = part == PartOfSpeech::SubordinatingConjunction
            || matches!(part, Pronoun | Adverb | Determiner)
                && (document.is_in(*token, openers)
                    || is_inner && part == Pronoun && document.is_in(*token, inner));
        if opens {
            (waiting, is_governed) = (waiting + 1, false);
        } else if part == Adposition {
            is_governed = true;
        } else if matches!(part, Noun | ProperNoun | Pronoun | Numeral) {
            if !is_governed {
                has_noun = true;
            } else if tags.get(at + 1).is_none_or(|next| !matches!(next.part(), Noun | ProperNoun | Numeral))
            {
                is_governed = false;
            }
        } else if is_finite(*tag) {
            view.finite += 1;
            is_governed = false;
            if waiting > 0 {
                waiting -= 1;
            } else if view.main.is_none() {
                (view.main, view.has_subject) = (Some(at as u32), has_noun);
            }
        }
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    fn views(text: &str) -> Vec<ClauseView> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        document.sentences().iter().map(|sentence| document.clause_view(sentence).unwrap()).collect()
    }

    #[test]
    fn a_whole_sentence_has_a_verb_and_a_subject() {
        for whole in [
            "The ferry left the quay at noon.",
            "When the rain stopped, the men who had waited went home.",
            "In the old mill nobody has lived since the war.",
        ] {
            assert!(views(whole)[0].is_whole(), "{whole}");
        }
    }

    #[test]
    fn what_is_cut_off_lacks_one_of_them() {
        for cut in [
            "Because the rain had stopped.",
            "Which the city had bought for a song.",
            "Has called a meeting for Monday.",
            "From the mountains in the north to the coast.",
            "The two keepers from the lighthouse.",
        ] {
            assert!(!views(cut)[0].is_whole(), "{cut}");
        }
        assert_eq!(views("The two keepers from the lighthouse.")[0].main, None);
        assert!(views("Has called a meeting for Monday.")[0].main.is_some());
    }

    #[test]
    fn a_language_without_a_tagger_has_no_view() {
        let document = Document::plain("Кораблі стоять.", Language::parse("uk").ok(), &Packs::builtin());
        assert_eq!(document.clause_view(&document.sentences()[0]), None);
    }
}
