//! Whether a few words that stand as a sentence are likelier a piece of one: a linear model over their parts of speech,
//! the small words among them, and the mark before them, trained by `cargo run -p xtask -- train pieces`.
//!
//! Nobody marks examples for it: what people set as short sentences is one side, and what is cut out of the midst of
//! their sentences the other. May use `text`, the tagger, the tables of `expectation` and the catalogue.

use super::Language;
use super::expectation::{Table, feature_hash};
use super::tagger::{PartOfSpeech, Tag, Tagger, VerbForm, WordForm};
use mtlint_text::word_hash;
use std::sync::{LazyLock, OnceLock};

/// How many words a piece has at most.
pub const MOST_WORDS: usize = 6;

/// How much more than its threshold must speak for a piece before it is reported, in thousandths: what people set as a
/// short sentence, such as `Of course not`, comes to 3,155.
pub const SURE: i32 = 3_500;

/// The first bytes of a model, which name its form.
const HEAD: &[u8; 8] = b"mtpiece1";

/// The end of the words, as a part of speech.
const EDGE: u32 = 100;

/// What pieces of sentences look like in one language.
#[derive(Debug)]
pub struct Pieces<'m> {
    /// From which sum on hardly any short sentence of human writing is taken for a piece, in thousandths.
    threshold: i32,
    weights: Table<'m, 1>,
}

/// A few words that stand as a sentence, and where.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'w> {
    /// One to [`MOST_WORDS`] words, without the full stop.
    pub words: &'w [&'w str],
    /// The mark that ends the sentence before: `.`, `!`, `?`, `…`.
    pub after: char,
    /// Whether the sentence before ends in a closing quotation mark.
    pub after_quotation: bool,
}

impl Pieces<'static> {
    /// The model of a language, if there is one.
    ///
    /// # Panics
    /// When a model built in cannot be read, which a test rules out.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static MODELS: LazyLock<Vec<OnceLock<Pieces<'static>>>> =
            LazyLock::new(|| mtlint_data::pieces().iter().map(|_| OnceLock::new()).collect());
        let models = mtlint_data::pieces();
        let index = models.iter().position(|(code, ..)| Language::parse(code).ok() == language)?;
        Some(
            MODELS[index].get_or_init(|| Self::read(models[index].1).expect("it was written by the trainer")),
        )
    }
}

impl<'m> Pieces<'m> {
    /// Reads what [`Pieces::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (threshold, table) = bytes.strip_prefix(HEAD)?.split_first_chunk::<4>()?;
        Some(Self { threshold: i32::from_le_bytes(*threshold), weights: Table::read(table)? })
    }

    /// The bytes of a model: the threshold in thousandths, and a table of weights.
    pub fn write(threshold: i32, table: &[u8]) -> Vec<u8> {
        [HEAD.as_slice(), &threshold.to_le_bytes(), table].concat()
    }

    /// How much more speaks for a piece than it takes to be sure, in thousandths: from 0 on it is one.
    pub fn excess(&self, candidate: &Candidate<'_>, forms: &[WordForm], tags: &[Tag]) -> i32 {
        self.sum(candidate, forms, tags) - self.threshold
    }

    /// How much speaks for a piece, in thousandths.
    pub fn sum(&self, candidate: &Candidate<'_>, forms: &[WordForm], tags: &[Tag]) -> i32 {
        let mut features = Vec::new();
        each_feature(candidate, forms, tags, |feature| features.push(feature));
        self.sum_of(&features)
    }

    /// The same of what [`each_feature`] found.
    pub fn sum_of(&self, features: &[u32]) -> i32 {
        let weights = features.iter().filter_map(|feature| self.weights.get(*feature));
        weights.map(|[weight]| i32::from(weight)).sum::<i32>() * 1000 / super::expectation::PARTS
    }
}

/// What the lexicon knows of the words, and the tags that they have as a sentence. Of a word that the lexicon does not
/// have it is what the tagger makes of it.
pub fn forms_and_tags(tagger: &Tagger, words: &[&str]) -> (Vec<WordForm>, Box<[Tag]>) {
    let tags = tagger.tag(words.iter().copied().chain(["."]));
    let form =
        |(word, tag): (&&str, &Tag)| tagger.forms().find(word).unwrap_or_else(|| WordForm::of_tag(*tag));
    (words.iter().zip(&tags).map(form).collect(), tags)
}

/// Calls `found` with the hash of every feature of a candidate.
pub fn each_feature(candidate: &Candidate<'_>, forms: &[WordForm], tags: &[Tag], mut found: impl FnMut(u32)) {
    let count = candidate.words.len().min(MOST_WORDS);
    if count == 0 || forms.len() < count || tags.len() < count {
        return;
    }
    let tag = |at: Option<usize>| at.filter(|at| *at < count).map_or(EDGE, |at| tags[at].index() as u32);
    // The small words of a language are told apart, the others are what they are.
    let item = |at: usize| match is_closed(tags[at].part()) {
        true => word_hash(candidate.words[at]).max(1000),
        false => tags[at].index() as u32,
    };
    let word = |at: usize| word_hash(candidate.words[at]);
    let mut add = |number: u32, parts: &[u32]| found(feature_hash(number, parts));
    let mut run: Vec<u32> = vec![];
    add(1, &[]);
    add(2, &[count as u32]);
    run.extend((0..count).map(|at| tags[at].index() as u32));
    add(3, &run);
    run.clear();
    run.extend((0..count).map(word));
    add(4, &run);
    run.clear();
    run.extend((0..count).map(item));
    add(5, &run);
    let last = count - 1;
    add(6, &[word(0)]);
    add(7, &[word(last)]);
    add(8, &[item(0)]);
    add(9, &[item(last)]);
    add(10, &[count as u32, tag(Some(last))]);
    add(11, &[count as u32, tag(Some(0))]);
    if count > 1 {
        add(12, &[word(0), word(1)]);
        add(13, &[word(last - 1), word(last)]);
        add(14, &[item(0), item(1)]);
        add(15, &[item(last - 1), item(last)]);
        add(16, &[tag(Some(0)), tag(Some(1))]);
        add(17, &[tag(Some(last - 1)), tag(Some(last))]);
    }
    for at in 0..=count {
        let before = at.checked_sub(1);
        add(18, &[tag(before), tag(Some(at))]);
        add(19, &[tag(at.checked_sub(2)), tag(before), tag(Some(at))]);
    }
    let usual: Vec<u32> = forms[..count].iter().map(|form| form.usual.index() as u32).collect();
    add(20, &usual);
    let parts = || tags[..count].iter();
    let is_finite = |tag: &Tag| matches!(tag.verb_form(), Some(VerbForm::Past | VerbForm::Present));
    let finite = tags[..count].iter().position(is_finite);
    let is_subject = |tag: &Tag| {
        matches!(tag.part(), PartOfSpeech::Noun | PartOfSpeech::ProperNoun | PartOfSpeech::Pronoun)
    };
    let has_subject = tags[..finite.unwrap_or(count)].iter().any(is_subject);
    let has_object = finite.is_some_and(|at| tags[at + 1..count].iter().any(is_subject));
    let has_verb = parts().any(|tag| tag.verb_form().is_some());
    let shape = u32::from(finite.is_some())
        | u32::from(has_subject) << 1
        | u32::from(has_object) << 2
        | u32::from(has_verb) << 3;
    add(21, &[shape]);
    add(22, &[shape, tag(Some(last))]);
    add(23, &[shape, tag(Some(0))]);
    let verbs = forms[..count].iter().zip(tags).filter(|(_, tag)| tag.part() == PartOfSpeech::Verb);
    let reporting = verbs.map(|(form, _)| rough(form.reporting)).max().unwrap_or(0);
    let place = u32::from(candidate.after_quotation) << 8 | candidate.after as u32 & 0xFF;
    add(24, &[shape, reporting]);
    add(25, &[shape, reporting, u32::from(candidate.after_quotation)]);
    add(26, &[place]);
    add(27, &[place, tag(Some(0))]);
    add(28, &[place, shape]);
    let is_small = candidate.words[0].starts_with(char::is_lowercase);
    add(29, &[u32::from(is_small), shape]);
}

fn is_closed(part: PartOfSpeech) -> bool {
    part == PartOfSpeech::Adverb || PartOfSpeech::CLOSED.contains(&part)
}

/// How often a verb tells what somebody says, as exactly as it matters.
fn rough(reporting: u8) -> u32 {
    match reporting {
        0..8 => 0,
        8..32 => 1,
        32..100 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_read_and_is_small() {
        for (code, bytes, _) in mtlint_data::pieces() {
            assert!(Pieces::read(bytes).is_some(), "{code}");
            assert!(bytes.len() <= 1 << 17, "{code}: {} bytes", bytes.len());
        }
    }

    /// How much speaks for a piece.
    fn excess(words: &str) -> i32 {
        let english = Language::parse("en").ok();
        let (tagger, model) = (Tagger::of(english).unwrap(), Pieces::of(english).unwrap());
        let words: Vec<&str> = words.split(' ').collect();
        let (forms, tags) = forms_and_tags(tagger, &words);
        model.excess(&Candidate { words: &words, after: '.', after_quotation: false }, &forms, &tags)
    }

    #[test]
    fn pieces_are_told_from_short_sentences() {
        let pieces = ["Was carried by", "Have been told that", "On account of the", "Which was the"];
        let sentences = ["Nobody came", "Of course not", "It rained", "No", "So they did", "What a pity"];
        assert!(pieces.map(excess).iter().all(|excess| *excess >= 0), "{:?}", pieces.map(excess));
        assert!(excess("On account of the") >= SURE);
        assert!(sentences.map(excess).iter().all(|excess| *excess < SURE), "{:?}", sentences.map(excess));
    }
}
