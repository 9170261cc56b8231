//! Counting the lexicon of word forms: the words of texts, with the tags that a first tagger gives them. The treebank's
//! own tags are left out: the tagger would learn to trust them too much.

use mtlint_document::{BlockKind, Document, Token, TokenKind};
use mtlint_lang::tagger::forms::form_hash;
use mtlint_lang::tagger::{PartOfSpeech, TAGS, Tag, TagSet, Tagger, WordForm, WordForms};
use std::collections::BTreeMap;

/// How often a form must occur.
const FEWEST: u32 = 3;

/// The least share of its occurrences in which a form bears a tag that counts.
const LEAST_SHARE: f64 = 0.02;

/// How often it is met inside sentences before its capitals are told.
const FEWEST_INSIDE: u32 = 5;

#[derive(Default)]
struct Counts {
    /// How often each tag was given.
    tags: [u32; TAGS],
    small_inside: u32,
    capital_inside: u32,
    reporting: u32,
}

/// What was counted, by the hash of the form.
#[derive(Default)]
pub struct Lexicon {
    forms: BTreeMap<u32, Counts>,
}

impl Lexicon {
    pub fn add(&mut self, document: &Document, tagger: &Tagger) {
        for block in document.blocks() {
            let is_prose =
                matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem);
            for sentence in document.sentences_of(block) {
                let tokens = document.tokens_in(sentence);
                if tokens.iter().any(|token| document.mask().covers(token.span)) {
                    continue;
                }
                let tags = tagger.tag(tokens.iter().map(|token| document.slice(token.span)));
                let tells_case = is_prose && tells_case(tokens);
                for at in (0..tokens.len()).filter(|&at| tokens[at].kind.is_word()) {
                    self.add_word(document, tokens, &tags, at, tells_case);
                }
            }
        }
    }

    fn add_word(&mut self, document: &Document, tokens: &[Token], tags: &[Tag], at: usize, tells_case: bool) {
        let counts = self.forms.entry(form_hash(document.slice(tokens[at].span))).or_default();
        counts.tags[tags[at].index()] += 1;
        let is_inside =
            at > 0 && (tokens[at - 1].kind.is_word() || document.slice(tokens[at - 1].span) == ",");
        if tells_case && is_inside {
            match tokens[at].kind {
                TokenKind::Lower => counts.small_inside += 1,
                _ => counts.capital_inside += 1,
            }
        }
        if tags[at].part() == PartOfSpeech::Verb && reports(document, tokens, tags, at) {
            counts.reporting += 1;
        }
    }

    /// The forms that occur often enough, by their hash.
    pub fn finish(&self) -> Vec<(u32, WordForm)> {
        self.forms.iter().filter_map(|(hash, counts)| Some((*hash, form(counts)?))).collect()
    }
}

fn form(counts: &Counts) -> Option<WordForm> {
    let count: u32 = counts.tags.iter().sum();
    if count < FEWEST {
        return None;
    }
    let usual = (0..TAGS).max_by_key(|index| (counts.tags[*index], TAGS - index))?;
    let mut tags = TagSet::default();
    for (index, times) in counts.tags.iter().enumerate() {
        let is_usual = index == usual || f64::from(*times) >= LEAST_SHARE * f64::from(count) && *times > 1;
        if is_usual {
            tags.insert(Tag::from_index(index)?);
        }
    }
    let share = |part: u32, whole: u32| (u64::from(part) * 255 / u64::from(whole.max(1))) as u8;
    let inside = counts.small_inside + counts.capital_inside;
    let is_verb = |index: &usize| Tag::from_index(*index).is_some_and(|tag| tag.part() == PartOfSpeech::Verb);
    let as_verb: u32 = (0..TAGS).filter(is_verb).map(|index| counts.tags[index]).sum();
    Some(WordForm {
        tags,
        usual: Tag::from_index(usual)?,
        frequency: (f64::from(count).log2() * 4.0).round() as u8,
        capital: (inside >= FEWEST_INSIDE).then(|| share(counts.capital_inside, inside)),
        // A verb met once or twice tells nothing.
        reporting: if as_verb >= FEWEST { share(counts.reporting, as_verb) } else { 0 },
    })
}

/// Whether most words of a sentence are small, so that a capital in it means something.
fn tells_case(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.kind.is_word()).count();
    let small = tokens.iter().filter(|token| token.kind == TokenKind::Lower).count();
    small * 2 > words
}

/// Whether a verb tells what somebody says: a quotation or `that` stands beside it, or behind a word such as `out`.
fn reports(document: &Document, tokens: &[Token], tags: &[Tag], at: usize) -> bool {
    let text = |offset: isize| {
        at.checked_add_signed(offset)
            .and_then(|at| tokens.get(at))
            .map_or("", |token| document.slice(token.span))
    };
    let opens = |offset: isize| matches!(text(offset), "“" | "\"" | "‘" | "«");
    let closes = |offset: isize| matches!(text(offset), "”" | "\"" | "’" | "»");
    let is_particle = tags.get(at + 1).is_some_and(|tag| tag.part() == PartOfSpeech::Adposition);
    let goes_on = text(1) == "that" || is_particle && text(2) == "that";
    goes_on || matches!(text(1), "," | ":") && opens(2) || opens(1) || closes(-1) || closes(-2)
}

/// What the forms of some sentences say, as a lexicon that can be asked.
pub fn readable(forms: &[(u32, WordForm)]) -> WordForms {
    WordForms::read(WordForms::write(forms).leak()).expect("what is written is read")
}
