//! What tells that a single word is of another language: that it is frequent there, accents, letters.
//!
//! May use `document` and `lang`.

use mtlint_document::{Document, Token, TokenKind};
use mtlint_lang::tagger::{PartOfSpeech, Tagger};
use mtlint_lang::{Script, Vocabulary};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words of the text's language that other languages have too, and names in lower case.
const HOMOGRAPHS: &str = "homographs";
const LOANWORDS: &str = "loanwords";
/// Words of the language that are too young for its vocabulary.
const RECENT: &str = "recent-words";
/// Words of other languages that are names where they bear a capital.
const NAMES: &str = "name-elsewhere-word";
const PARTICLES: &str = "name-particle";
/// What other languages write before an apostrophe: `dell’`, `qu’`.
const ELIDED: &str = "elided-word";
/// What the language itself hangs on a word with an apostrophe.
const CONTRACTIONS: &str = "contraction";

/// How many letters a word has at least whose letters tell its language.
pub(super) const FEWEST_LETTERS: usize = 4;

/// From how many letters on they do, and how strange they are at least: the fewer there are, the less they
/// tell.
const STRANGE: [(usize, f32); 3] = [(7, 2.0), (5, 3.0), (FEWEST_LETTERS, 4.5)];

/// What tells that a word is of another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// It is frequent there.
    Frequent,
    /// Accents.
    Accents,
    /// The groups of letters that it is made of.
    Letters,
}

/// What tells that the word is of another language, if anything does.
pub(super) fn evidence(document: &Document, tokens: &[Token], index: usize) -> Option<Evidence> {
    let token = tokens[index];
    let word = document.slice(token.span);
    if !token.is_small {
        let noun = token.kind == TokenKind::Capitalised && is_common_noun(document, tokens, index);
        return noun.then_some(Evidence::Frequent);
    }
    let pack = document.pack();
    let has_apostrophe = |word: &str| word.contains(['\'', '’']);
    let bare = || pack.words(CONTRACTIONS).words().find_map(|ending| word.strip_suffix(ending));
    let stem = if has_apostrophe(word) { bare().unwrap_or(word) } else { word };
    stem.chars().nth(1)?;
    let found = if is_frequent_elsewhere(document, stem) || is_elided(document, stem) {
        Evidence::Frequent
    } else if has_apostrophe(stem) {
        return None;
    } else if stem.is_ascii() {
        is_strange(document, stem).then_some(Evidence::Letters)?
    } else {
        is_accented(document, stem).then_some(Evidence::Accents)?
    };
    // Asked last, as most words are no evidence anyway.
    let own = |word: &str| pack.words(HOMOGRAPHS).contains(word) || pack.words(LOANWORDS).contains(word);
    (!own(stem) && !own(word)).then_some(found)
}

/// Whether a word bears accents that tell its language.
fn is_accented(document: &Document, word: &str) -> bool {
    // Macrons are how Japanese, Arabic and Maori words are transcribed, which are meant to stay.
    let latin = |c: char| Script::of(c) == Some(Script::Latin) && !"āēīōū".contains(c);
    word.chars().nth(2).is_some()
        && word.chars().all(latin)
        && !is_inflected(document, word)
        && !is_own_when_bare(document, word)
}

/// The fewest letters of a word that is known without its diacritics: shorter ones are words of many languages.
const FEWEST_LETTERS_BARE: usize = 5;

/// What ligatures of Latin letters stand for; Unicode does not take them apart.
const LIGATURES: [(char, [&str; 2]); 2] = [('æ', ["ae", "e"]), ('œ', ["oe", "e"])];

/// Whether a word is one of the language in an older or more careful spelling: `mediæval`, `coöperate`.
fn is_own_when_bare(document: &Document, word: &str) -> bool {
    let Some(vocabulary) = Vocabulary::of(document.language()) else { return false };
    let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let mut forms = vec![bare];
    for (ligature, spellings) in LIGATURES {
        if forms[0].contains(ligature) {
            forms = spellings.iter().map(|spelling| forms[0].replace(ligature, spelling)).collect();
        }
    }
    forms.iter().any(|form| form.chars().count() >= FEWEST_LETTERS_BARE && vocabulary.has(form))
}

/// The longest word that is compared with those of the language, in letters.
const LONGEST_SLIP: usize = 24;

/// Whether a word of ASCII letters is one of the language's lexicon with a letter lost, doubled, changed or two of them
/// swapped: a slip of the pen is no word of another language.
pub(super) fn is_slip_of_own(document: &Document, word: &str) -> bool {
    let Some(forms) = Tagger::of(document.language()).map(Tagger::forms) else { return false };
    let letters = word.as_bytes();
    if !word.is_ascii() || !(FEWEST_LETTERS..=LONGEST_SLIP).contains(&letters.len()) {
        return false;
    }
    let is_form = |bytes: &[u8]| {
        bytes.len() >= FEWEST_LETTERS
            && str::from_utf8(bytes).is_ok_and(|text| {
                forms.find(text).is_some_and(|form| form.usual.part() != PartOfSpeech::ProperNoun)
            })
    };
    let mut other = letters.to_vec();
    (0..=letters.len()).any(|at| {
        let lost = (b'a'..=b'z').any(|letter| is_form(&[&letters[..at], &[letter], &letters[at..]].concat()));
        if lost || at == letters.len() {
            return lost;
        }
        if is_form(&[&letters[..at], &letters[at + 1..]].concat()) {
            return true;
        }
        let changed = (b'a'..=b'z').any(|letter| {
            other[at] = letter;
            letter != letters[at] && is_form(&other)
        });
        other[at] = letters[at];
        if changed || at + 1 == letters.len() {
            return changed;
        }
        other.swap(at, at + 1);
        let swapped = letters[at] != letters[at + 1] && is_form(&other);
        other.swap(at, at + 1);
        swapped
    })
}

/// Whether the vocabulary does not have a word, and its letters speak for another language.
fn is_strange(document: &Document, word: &str) -> bool {
    let least = STRANGE.iter().find(|(letters, _)| word.len() >= *letters).map(|(_, least)| *least);
    let (Some(least), Some(vocabulary)) = (least, Vocabulary::of(document.language())) else { return false };
    let pack = document.pack();
    !vocabulary.has(word)
        && vocabulary.strangeness(word) > least
        // A name in lower case.
        && !pack.is_proper_noun(&mtlint_document::capitalised(word))
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !pack.words(RECENT).contains(word)
        && !pack.is_abbreviation(word)
        && !is_inflected(document, word)
        && !is_transcribed_japanese(word)
}

/// Whether a word is made of the syllables of Japanese in the Hepburn transcription, with a consonant
/// that tells it from Italian and Spanish: `rakugo`. Such words stand for things that have no other name.
fn is_transcribed_japanese(word: &str) -> bool {
    const ONSETS: [&str; 26] = [
        "ky", "gy", "sh", "ch", "ts", "ny", "hy", "by", "py", "my", "ry", "k", "g", "s", "z", "t", "d", "n",
        "h", "b", "p", "f", "m", "y", "r", "w",
    ];
    let mut rest = word;
    while !rest.is_empty() {
        let onset = ONSETS.iter().find(|onset| rest.starts_with(**onset)).map_or(0, |onset| onset.len());
        let syllable = rest[onset..].starts_with(['a', 'i', 'u', 'e', 'o']);
        rest = match (syllable, rest.strip_prefix('n')) {
            (true, _) => &rest[onset + 1..],
            (false, Some(after)) => after,
            (false, None) => return false,
        };
    }
    word.contains(['k', 'w', 'y', 'z', 'h'])
}

/// Whether the word begins with what only other languages elide: `nell’agosto`, `l’affaire`.
fn is_elided(document: &Document, word: &str) -> bool {
    let Some((head, tail)) = word.split_once(['\'', '’']) else { return false };
    let own = Vocabulary::of(document.language()).is_none_or(|vocabulary| vocabulary.has(tail));
    document.pack().words(ELIDED).contains(head) && tail.chars().nth(3).is_some() && (!own || head.len() > 1)
}

/// Whether a capitalised word is no name, but a noun of a language that capitalises nouns, right after
/// a word or number of the sentence and before a word in lower case or a mark, or a word of another
/// language that begins a sentence.
fn is_common_noun(document: &Document, tokens: &[Token], index: usize) -> bool {
    let token = tokens[index];
    let word = document.slice(token.span);
    let lower = word.to_lowercase();
    if !is_frequent_elsewhere(document, &lower) {
        return false;
    }
    let pack = document.pack();
    let small = |token: Option<&Token>| token.is_some_and(|token| token.is_small);
    let before = index.checked_sub(1).and_then(|index| tokens.get(index));
    let after = tokens.get(index + 1);
    let is_mark = |marks: &[&str]| after.is_some_and(|token| marks.contains(&document.slice(token.span)));
    let inside = before.is_some_and(|token| {
        token.kind == TokenKind::Number || small(before) || is_own_word(document, *token)
    }) && (small(after) || is_mark(&[",", "."]));
    let begins = word.chars().nth(3).is_some()
        && document.sentence_at(token.span).is_some_and(|sentence| {
            let first = document.tokens_in(sentence).iter().find(|token| token.kind != TokenKind::Mark);
            first == Some(&token)
        })
        && (is_mark(&[","]) || small(after) && after.is_some_and(|after| is_own_word(document, *after)));
    let noun = || pack.telling_words().users(&lower).any(|user| pack.capitalises_nouns(user));
    word.chars().nth(2).is_some()
        && (inside && noun() || begins && !is_own_word(document, token))
        && !pack.words(HOMOGRAPHS).contains(word)
        && !pack.words(PARTICLES).contains(word)
        && !pack.words(NAMES).contains(word)
}

/// Whether the vocabulary has the word, or it is a country, a people or a month.
pub(super) fn is_own_word(document: &Document, token: Token) -> bool {
    Vocabulary::of(document.language()).is_some_and(|vocabulary| vocabulary.may_hold(token.hash))
        || document.pack().is_proper_noun(document.slice(token.span))
}

fn is_frequent_elsewhere(document: &Document, word: &str) -> bool {
    document.pack().telling_words().is_of_others(word, document.language())
}

/// Whether the word is a loanword with an ending of its new language: `cafés`, `clichéd`.
fn is_inflected(document: &Document, word: &str) -> bool {
    let loanwords = document.pack().words(LOANWORDS);
    ["s", "d", "es", "ed", "ing", "ly", "r", "rs"]
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(|stem| loanwords.contains(stem)))
}
