//! Words that are names in this document: written with a capital inside sentences, and time and again.
//!
//! What the whole text does is the evidence against one mention that does otherwise. Words of headings, addresses and
//! code are no mentions. Every step is linear in the length of the text.

use super::{Block, BlockKind, Document, Token, TokenKind};
use mtlint_lang::Vocabulary;
use mtlint_lang::tagger::{PartOfSpeech, Tagger, WordForm};
use mtlint_text::{BuildWordHasher, Span, word_hash};
use std::collections::HashMap;

/// How often a word has a capital at least to be a name. A word that the language knows must have it inside a sentence
/// once: at the head of one every word has.
const FEWEST: u32 = 2;

/// What an apostrophe joins to any word: `’s`.
const CLITICS: &str = "clitic";

/// From which share of capitals on, in 255ths, a known word is a name in writing at large.
const MOSTLY_CAPITAL: u8 = 215;

/// The same for a word that dictionaries have in small letters: `bobby`.
const ALWAYS_CAPITAL: u8 = 252;

/// A word that is a name here.
#[derive(Clone, Copy, Debug)]
pub struct NameWord {
    /// The first mention inside a sentence.
    pub first: Span,
    /// How often it has a capital.
    pub capital: u32,
    /// How often it has none.
    pub small: u32,
    /// The last mention that has none, into [`Document::tokens`].
    pub last_small: usize,
    inside: u32,
}

impl NameWord {
    /// Whether it has its capital inside a sentence, where only names have one.
    pub fn is_met_inside(&self) -> bool {
        self.inside > 0
    }
}

/// The words of a document that are names.
#[derive(Debug, Default)]
pub struct NameWords {
    names: HashMap<u32, NameWord, BuildWordHasher>,
    /// Words that have a capital once, and where.
    once: HashMap<u32, Span, BuildWordHasher>,
    /// Pairs of capitalised words that stand side by side, one of them a name.
    pairs: HashMap<(u32, u32), u32>,
}

impl NameWords {
    pub(super) fn of(document: &Document) -> Self {
        let mut names: HashMap<u32, NameWord, BuildWordHasher> = HashMap::default();
        for block in document.blocks().iter().filter(|block| is_prose(block)) {
            let tokens = document.tokens_of(block);
            for (at, token) in tokens.iter().enumerate() {
                if !is_capital(*token) || token.span.len() < 2 || !is_mention(document, *token) {
                    continue;
                }
                let is_inside = at > 0 && is_inside(document, tokens[at - 1], *token);
                let (hash, span) = without_clitic(document, *token);
                let word = names.entry(hash).or_insert(NameWord {
                    first: span,
                    capital: 0,
                    small: 0,
                    last_small: 0,
                    inside: 0,
                });
                if is_inside && word.inside == 0 {
                    word.first = span;
                }
                word.capital += 1;
                word.inside += u32::from(is_inside);
            }
        }
        let once = names
            .iter()
            .filter(|(_, word)| word.capital == 1)
            .map(|(hash, word)| (*hash, word.first))
            .collect();
        names.retain(|hash, word| {
            word.capital >= FEWEST && (word.inside > 0 || is_unknown_word(document, *hash, word.first))
        });
        if names.is_empty() {
            return Self { once, ..Self::default() };
        }
        let mut pairs = HashMap::new();
        let mut last: Option<Token> = None;
        // Most words are none of the names: a bit for each name tells so at once.
        let mut bits = [0_u64; 64];
        let place = |hash: u32| ((hash >> 6) as usize & 63, 1_u64 << (hash & 63));
        names.keys().map(|hash| place(*hash)).for_each(|(word, bit)| bits[word] |= bit);
        let may_be_name = |hash: u32| bits[place(hash).0] & place(hash).1 != 0;
        for (at, token) in document.tokens().iter().enumerate() {
            if token.kind == TokenKind::Lower
                && may_be_name(token.hash)
                && let Some(word) = names.get_mut(&token.hash)
            {
                word.small += 1;
                word.last_small = at;
            }
            if let Some(last) = last.replace(*token).filter(|last| is_capital(*last) && is_capital(*token))
                && (names.contains_key(&last.hash) || names.contains_key(&token.hash))
            {
                *pairs.entry((last.hash, token.hash)).or_default() += 1;
            }
        }
        Self { names, once, pairs }
    }

    /// What is known of a word, given by its hash, if it is a name here.
    pub fn get(&self, hash: u32) -> Option<&NameWord> {
        self.names.get(&hash)
    }

    /// The words that are names here, by their hashes, in no order.
    pub fn all(&self) -> impl Iterator<Item = (u32, &NameWord)> {
        self.names.iter().map(|(hash, word)| (*hash, word))
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a word, given by its hash, has a capital once in running text.
    pub fn is_once(&self, hash: u32) -> bool {
        self.once.contains_key(&hash)
    }

    /// Where a word, given by its hash, that has a capital once in running text has it.
    pub fn place_of_once(&self, hash: u32) -> Option<Span> {
        self.once.get(&hash).copied()
    }

    /// How often two capitalised words, given by their hashes, stand side by side.
    pub fn count_pair(&self, first: u32, second: u32) -> u32 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0)
    }
}

/// The hash and the place of a word without what an apostrophe joins to it: `Brito’s` is a mention of `Brito`.
pub(super) fn without_clitic(document: &Document, token: Token) -> (u32, Span) {
    let text = document.slice(token.span);
    let stem = text.find(['\'', '’']).filter(|at| {
        let ending = text[*at..].trim_start_matches(['\'', '’']);
        *at > 1 && document.pack().words(CLITICS).contains(ending)
    });
    match stem {
        Some(at) => (word_hash(&text[..at]), Span::new(token.span.lo(), token.span.lo() + at)),
        None => (token.hash, token.span),
    }
}

/// Whether a word is none of the language's, as far as its vocabulary and its lexicon of word forms tell.
pub(super) fn is_unknown(document: &Document, token: Token) -> bool {
    is_unknown_word(document, token.hash, token.span)
}

/// The same of a word that is no token, given by its hash and its place.
pub(super) fn is_unknown_word(document: &Document, hash: u32, span: Span) -> bool {
    let knows = |vocabulary: &Vocabulary| vocabulary.may_hold(hash);
    let is_form = |tagger: &Tagger| tagger.forms().find(document.slice(span)).is_some();
    !Tagger::of(document.language()).is_some_and(is_form)
        && !Vocabulary::of(document.language()).is_some_and(knows)
}

/// Whether a word written small is no word of the language's vocabulary, and its lexicon of word forms has it with a
/// capital mostly, or not at all.
pub(super) fn is_name_at_large(document: &Document, token: Token) -> bool {
    let knows = |vocabulary: &Vocabulary| vocabulary.may_hold(token.hash);
    let is_in_dictionary = Vocabulary::of(document.language()).is_some_and(knows);
    let is_name = |form: WordForm| form.usual.part() == PartOfSpeech::ProperNoun;
    match document.word_form(token).map(|form: WordForm| form.capital) {
        Some(Some(share)) if is_in_dictionary => {
            share >= ALWAYS_CAPITAL && document.word_form(token).is_some_and(is_name)
        }
        Some(Some(share)) => share >= MOSTLY_CAPITAL,
        Some(None) => false,
        None => !is_in_dictionary,
    }
}

fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem)
}

fn is_capital(token: Token) -> bool {
    matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper)
}

/// Whether a capital tells something: a word in lower case or a comma stands right before.
pub(super) fn is_inside(document: &Document, before: Token, token: Token) -> bool {
    let is_spaced = before.span.end < token.span.start;
    is_spaced && (before.kind == TokenKind::Lower || document.is_ascii_mark(before, b','))
}

/// Whether a word is one of the text: no part of an address, a path or an identifier.
pub(super) fn is_mention(document: &Document, token: Token) -> bool {
    let text = document.text();
    let joins = |c: char| {
        matches!(c, '_' | '/' | '@' | '#' | '\\' | '=' | '<' | '>' | '{' | '}' | '`' | '$' | '~' | '+')
    };
    let before = text[..token.span.lo()].chars().next_back();
    let after = text[token.span.hi()..].chars().next();
    let is_joined = before.is_some_and(|c| joins(c) || matches!(c, '.' | '-'))
        || after.is_some_and(|c| joins(c) || matches!(c, '-' | '('));
    !is_joined && !document.mask().covers(token.span)
}
