//! Treebanks: sentences whose words bear tags.

use mtlint_document::Document;
use mtlint_lang::tagger::{PartOfSpeech, Tag, VerbForm};
use mtlint_lang::{Language, Packs};

/// A sentence with the tag of each word.
pub type Sentence = Vec<(String, Tag)>;

/// The sentences of a treebank as mtlint cuts them: lines of form, lemma, part of speech and Penn tag after the
/// line `# text`.
pub fn sentences(treebank: &str, language: Language, packs: &Packs) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for paragraph in treebank.split("\n\n") {
        let mut lines = paragraph.lines();
        let Some(text) = lines.next().and_then(|line| line.strip_prefix("# ")) else { continue };
        let words: Vec<(&str, Tag)> = lines.filter_map(word).collect();
        sentences.extend(align(text, &words, language, packs));
    }
    sentences
}

/// The same as the treebank cuts them.
pub fn sentences_as_they_are(treebank: &str) -> Vec<Sentence> {
    let paragraphs = treebank.split("\n\n").map(|paragraph| paragraph.lines().skip(1).filter_map(word));
    let owned =
        |words: &mut dyn Iterator<Item = (&str, Tag)>| words.map(|(w, tag)| (w.to_owned(), tag)).collect();
    paragraphs.map(|mut words| owned(&mut words)).filter(|sentence: &Sentence| !sentence.is_empty()).collect()
}

/// Form and tag of a line.
fn word(line: &str) -> Option<(&str, Tag)> {
    let mut columns = line.split('\t');
    let form = columns.next()?;
    let (part, penn) = (columns.nth(1)?, columns.next().unwrap_or_default());
    let part = part_of(part)?;
    let is_verb = matches!(part, PartOfSpeech::Verb | PartOfSpeech::Auxiliary);
    Some((form, Tag::new(part, is_verb.then(|| verb_form(penn)))?))
}

fn part_of(name: &str) -> Option<PartOfSpeech> {
    Some(match name {
        "ADJ" => PartOfSpeech::Adjective,
        "ADP" => PartOfSpeech::Adposition,
        "ADV" => PartOfSpeech::Adverb,
        "AUX" => PartOfSpeech::Auxiliary,
        "CCONJ" => PartOfSpeech::CoordinatingConjunction,
        "DET" => PartOfSpeech::Determiner,
        "INTJ" => PartOfSpeech::Interjection,
        "NOUN" => PartOfSpeech::Noun,
        "NUM" => PartOfSpeech::Numeral,
        "PART" => PartOfSpeech::Particle,
        "PRON" => PartOfSpeech::Pronoun,
        "PROPN" => PartOfSpeech::ProperNoun,
        "PUNCT" => PartOfSpeech::Punctuation,
        "SCONJ" => PartOfSpeech::SubordinatingConjunction,
        "SYM" => PartOfSpeech::Symbol,
        "VERB" => PartOfSpeech::Verb,
        "X" => PartOfSpeech::Other,
        _ => return None,
    })
}

/// The form of a verb with this Penn tag.
fn verb_form(penn: &str) -> VerbForm {
    match penn {
        "VBD" => VerbForm::Past,
        "VBN" => VerbForm::PastParticiple,
        "VBG" => VerbForm::PresentParticiple,
        "VBP" | "VBZ" | "MD" => VerbForm::Present,
        _ => VerbForm::Base,
    }
}

/// The tokens of a text, each with the tag of the word in which it begins.
fn align(text: &str, words: &[(&str, Tag)], language: Language, packs: &Packs) -> Vec<Sentence> {
    // Where each word begins in the text.
    let mut places = Vec::with_capacity(words.len());
    let mut from = 0;
    for (form, tag) in words {
        let Some(at) = text[from..].find(form) else { continue };
        places.push((from + at, *form, *tag));
        from += at + form.len();
    }
    let document = Document::plain(text, Some(language), packs);
    let of_token = |token: &mtlint_document::Token| {
        let at = places.partition_point(|(start, ..)| *start <= token.span.lo()).checked_sub(1)?;
        let (_, form, tag) = places[at];
        let token = document.slice(token.span);
        // A hyphen inside a word is a mark by itself.
        let is_mark = token != form && !token.contains(char::is_alphanumeric);
        let tag = if is_mark { Tag::new(PartOfSpeech::Punctuation, None)? } else { tag };
        Some((token.to_owned(), tag))
    };
    let sentences = document.sentences().iter();
    sentences.map(|sentence| document.tokens_in(sentence).iter().filter_map(of_token).collect()).collect()
}
