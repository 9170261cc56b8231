//! Words that a space or a hyphen tore apart, or that lost the space between them: `unli kely`, `ofthe`.
//!
//! One of the pieces is no word, and what they make together is; or the whole is none, and both pieces are.
//! May use `lang` and `text`.

use super::{Document, Token, TokenKind};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::{PartOfSpeech, VerbForm, WordForm};
use mtlint_text::word_hash;

/// How many letters a word has at least that was torn.
const TORN_LETTERS: usize = 6;
/// How many letters a piece of it has at least.
const PIECE_LETTERS: usize = 2;
/// How much more frequent the whole is than the rarer piece, in quarters of a power of two: sixteen times.
const RARER: u8 = 16;

/// From which share of capitals on, in 255ths, a word is a name.
const MOSTLY_CAPITAL: u8 = 250;

/// Up to how many letters the vocabulary says nothing of a piece: it has many names and symbols.
const SHORT_LETTERS: usize = 3;
/// How many letters a word has at least that is too rare for the lexicon.
const RARE_LETTERS: usize = 8;

/// How many letters words have together at least that were joined.
const JOINED_LETTERS: usize = 5;
/// How many letters the longer word has at least.
const WORD_LETTERS: usize = 3;
/// How frequent both words are at least, in quarters of a power of two: 64 times in the text that was counted.
const FREQUENT: u8 = 24;

impl Document {
    /// The word that two tokens make together, in lower case, if one of them is no word by itself.
    pub fn torn_word(&self, first: Token, second: Token) -> Option<String> {
        let lengths = [first, second].map(|token| token.span.len());
        if second.kind != TokenKind::Lower
            || !matches!(first.kind, TokenKind::Lower | TokenKind::Capitalised)
            || lengths.iter().any(|length| *length < PIECE_LETTERS)
            || lengths.iter().sum::<usize>() < TORN_LETTERS
            // Nearly all words are known, and of a known pair of them nothing need be asked.
            || first.form != 0 && second.form != 0
        {
            return None;
        }
        let vocabulary = Vocabulary::of(self.language())?;
        let (a, b) = (self.slice(first.span), self.slice(second.span));
        let is_plain = |text: &str| text.chars().all(char::is_alphabetic);
        let frequency = |form: Option<WordForm>| form.map_or(0, |form| form.frequency);
        let forms = [self.word_form(first), self.word_form(second)];
        let is_unknown = |(form, text): (&Option<WordForm>, &str)| {
            form.is_none() && (text.len() <= SHORT_LETTERS || !vocabulary.has(text))
        };
        if !is_plain(a) || !is_plain(b) {
            return None;
        }
        let whole = format!("{a}{b}");
        if !forms.iter().zip([a, b]).any(is_unknown) {
            return (first.kind == TokenKind::Capitalised && self.is_torn_name(&whole, forms))
                .then_some(whole);
        }
        let (rarest, commonest) = (
            forms.iter().map(|form| frequency(*form)).min(),
            forms.iter().map(|form| frequency(*form)).max(),
        );
        let is_torn = match self.form_of(&whole) {
            Some(known) => known.frequency >= rarest.unwrap_or(0).saturating_add(RARER),
            // The vocabulary seems to hold one word in 250 that it does not: a frequent word beside an unknown one is two.
            None => {
                first.kind == TokenKind::Lower
                    && whole.len() >= RARE_LETTERS
                    && commonest.unwrap_or(0) < FREQUENT
                    && vocabulary.has(&whole)
            }
        };
        is_torn.then_some(whole)
    }

    /// Whether two words that the language has are a name in pieces, which is much more frequent: `Sept ember`.
    fn is_torn_name(&self, whole: &str, pieces: [Option<WordForm>; 2]) -> bool {
        let rarest = pieces.iter().map(|form| form.map_or(0, |form| form.frequency)).min().unwrap_or(0);
        self.form_of(whole).is_some_and(|form| {
            form.capital.is_some_and(|share| share >= MOSTLY_CAPITAL)
                && form.frequency >= rarest.saturating_add(RARER)
        })
    }

    /// Where a token falls into two words, in bytes from its beginning, if it is no word itself: at a capital inside
    /// it, or where one of the two is a word of a closed class that begins or ends no other words.
    pub fn joined_words(&self, token: Token) -> Option<usize> {
        let may_be_joined = matches!(token.kind, TokenKind::Lower | TokenKind::Capitalised);
        if !may_be_joined || token.span.len() < JOINED_LETTERS || token.form != 0 {
            return None;
        }
        let vocabulary = Vocabulary::of(self.language())?;
        let text = self.slice(token.span);
        let has_capital_inside = text.bytes().skip(2).any(|byte| byte.is_ascii_uppercase());
        if token.kind == TokenKind::Capitalised && !has_capital_inside
            || !text.bytes().all(|byte| byte.is_ascii_alphabetic())
            || vocabulary.has(text)
        {
            return None;
        }
        let is_frequent = |form: &WordForm| form.frequency >= FREQUENT;
        if token.kind == TokenKind::Capitalised {
            return self.joined_in_title(token);
        }
        if !token.is_small {
            let at = text.find(|c: char| c.is_ascii_uppercase())?;
            let (left, right) = text.split_at(at);
            let is_whole = left.len() >= WORD_LETTERS
                && right.len() >= WORD_LETTERS
                && right[1..].bytes().all(|byte| byte.is_ascii_lowercase());
            return (is_whole
                && self.form_of(left).as_ref().is_some_and(is_frequent)
                && (self.form_of(right).is_some()
                    || self.tokens().iter().any(|other| other.hash == word_hash(right))))
            .then_some(at);
        }
        let joint = (PIECE_LETTERS..=text.len() - PIECE_LETTERS).find(|&at| {
            let (left, right) = text.split_at(at);
            let (Some(first), Some(second)) = (self.form_of(left), self.form_of(right)) else { return false };
            let ties = [&first, &second].map(is_tie);
            is_frequent(&first)
                && is_frequent(&second)
                && (ties.contains(&true) && (left.len().max(right.len()) > WORD_LETTERS || ties == [true; 2])
                    || is_apart(&first, left, &second, right))
        });
        // Asked last: it looks up some fifty words for each letter.
        joint.filter(|_| !self.is_misspelt(text))
    }

    /// The same for a title that lost its first space: `TheSlow Boat`.
    fn joined_in_title(&self, token: Token) -> Option<usize> {
        let text = self.slice(token.span);
        let at = 1 + text[1..].find(|c: char| c.is_ascii_uppercase())?;
        let (left, right) = text.split_at(at);
        let goes_on = self.text()[token.span.hi()..]
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
        let is_first = self.form_of(left).as_ref().is_some_and(is_tie);
        let is_second = right.len() >= WORD_LETTERS
            && right[1..].bytes().all(|byte| byte.is_ascii_lowercase())
            && self.form_of(right).is_some_and(|form| form.frequency >= FREQUENT);
        (goes_on && is_first && is_second && left.len() >= PIECE_LETTERS).then_some(at)
    }

    /// Whether a word of the lexicon differs from this one in one letter, put in, left out, changed or swapped.
    fn is_misspelt(&self, word: &str) -> bool {
        let letters = || ('a'..='z').chain(['\'']);
        let known = |word: String| self.form_of(&word).is_some();
        (0..=word.len()).any(|at| {
            let (left, right) = word.split_at(at);
            let behind = right.get(1..);
            letters().any(|letter| known(format!("{left}{letter}{right}")))
                || behind.is_some_and(|behind| {
                    known(format!("{left}{behind}"))
                        || letters().any(|letter| known(format!("{left}{letter}{behind}")))
                        || behind
                            .get(1..)
                            .is_some_and(|rest| known(format!("{left}{}{}{rest}", &behind[..1], &right[..1])))
                })
        })
    }

    fn form_of(&self, word: &str) -> Option<WordForm> {
        self.tagger()?.forms().find(word)
    }
}

/// How many letters either of two words of open classes has at least that were joined, and how frequent both are.
const OPEN_LETTERS: usize = 4;
const OPEN_FREQUENT: u8 = 18;

/// Whether two words of open classes make no compound: an adverb that is nothing else before or behind a verb or an
/// adjective, or a past form before whatever follows.
fn is_apart(first: &WordForm, left: &str, second: &WordForm, right: &str) -> bool {
    let is_adverb = |form: &WordForm| form.tags.is_only(&[PartOfSpeech::Adverb]);
    let is_past = first.usual.part() == PartOfSpeech::Verb
        && matches!(
            first.usual.verb_form(),
            Some(VerbForm::Past | VerbForm::PastParticiple | VerbForm::PresentParticiple)
        );
    left.len() >= OPEN_LETTERS
        && right.len() >= OPEN_LETTERS
        && first.frequency.min(second.frequency) >= OPEN_FREQUENT
        && (is_adverb(first) || is_adverb(second) || is_past)
}

/// Whether a word is of a closed class and nothing else: an adverb, as `over` and `out` are, begins and ends many
/// words.
fn is_tie(form: &WordForm) -> bool {
    form.tags.is_only(&PartOfSpeech::CLOSED)
}
