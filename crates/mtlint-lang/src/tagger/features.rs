//! What the tagger sees of a word: its letters, its neighbours, the tags before it, and what the lexicon of word
//! forms says. Training and tagging use the same code.

use super::forms::{WordForm, WordForms, form_hash};
use super::tag::Tag;

/// What a word shows by itself, computed once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// The word in lower case; one number for all numbers of so many digits.
    form: u32,
    /// Its last one, two and three letters, and its first.
    endings: [u32; 3],
    beginning: u32,
    /// Its case and what else than letters it holds.
    shape: u32,
    /// What the lexicon says: the tags it may bear, and how often it has a capital.
    known: u32,
    capital: u32,
}

/// What stands beyond either end of a sentence.
const OUTSIDE: Word = Word { form: 1, endings: [1; 3], beginning: 1, shape: 1, known: 1, capital: 1 };

/// The tag before the first word.
const NO_TAG: u32 = super::tag::TAGS as u32;

impl Word {
    /// What `word` shows.
    pub fn new(word: &str, forms: Option<&WordForms>) -> Self {
        let form = form_hash(word);
        let lower = |c: char| c.to_lowercase().next().unwrap_or(c) as u32;
        let mut endings = [0; 3];
        let mut hash = 7;
        let mut letters = word.chars().rev().map(lower);
        for ending in &mut endings {
            hash = mix(hash, letters.next().unwrap_or(0));
            *ending = hash;
        }
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let known: Option<WordForm> = forms.and_then(|forms| forms.find_hashed(form));
        Self {
            form: if is_number { 3 + word.len().min(5) as u32 } else { form },
            endings,
            beginning: word.chars().next().map_or(0, lower),
            shape: shape(word),
            known: known.map_or(0, |form| mix(form.tags.bits(), form.usual.index() as u32)),
            capital: known.and_then(|form| form.capital).map_or(0, |share| 1 + u32::from(share / 32)),
        }
    }
}

/// The case of a word, and whether it holds digits, hyphens, stops or apostrophes.
fn shape(word: &str) -> u32 {
    let mut chars = word.chars();
    let first = chars.next().unwrap_or(' ');
    let kind = if first.is_ascii_digit() {
        2
    } else if first.is_lowercase() {
        3
    } else if first.is_uppercase() {
        let rest = || word.chars().skip(1).filter(|c| c.is_alphabetic());
        if rest().next().is_none() {
            4
        } else if rest().all(char::is_uppercase) {
            5
        } else if rest().any(char::is_uppercase) {
            6
        } else {
            7
        }
    } else if first.is_alphabetic() {
        8
    } else {
        9
    };
    let holds = |wanted: fn(char) -> bool| u32::from(word.contains(wanted));
    kind << 4
        | holds(|c| c.is_ascii_digit()) << 3
        | holds(|c| c == '-' || c == '–') << 2
        | holds(|c| c == '.' || c == '/' || c == '@') << 1
        | holds(|c| c == '\'' || c == '’')
}

/// Mixes a number into a hash.
#[inline]
fn mix(hash: u32, value: u32) -> u32 {
    let product =
        u64::from(hash ^ value.rotate_left(16)).wrapping_add(0x9E37).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (product >> 32) as u32 ^ value.wrapping_mul(0x85EB_CA6B)
}

/// How many features a word has.
pub const FEATURES: usize = 37;

/// The features of the word at `at`, as hashes; `before` are the tags of the words before it.
pub fn features(words: &[Word], at: usize, before: &[Tag]) -> [u32; FEATURES] {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|at| words.get(at)).unwrap_or(&OUTSIDE);
    let tag = |back: usize| at.checked_sub(back).map_or(NO_TAG, |at| before[at].index() as u32);
    let (here, last, next) = (word(0), word(-1), word(1));
    let (second, third) = (word(2), word(-2));
    let (tag1, tag2) = (tag(1), tag(2));
    let tags = mix(tag1 + 100, tag2);
    let is_first = u32::from(at == 0);
    let values: [(u32, u32); FEATURES] = [
        (0, 0),
        (here.form, 0),
        (here.endings[2], 0),
        (here.endings[1], 0),
        (here.endings[0], 0),
        (here.beginning, 0),
        (here.shape, is_first),
        (here.shape, here.endings[2]),
        (here.known, 0),
        (here.known, here.shape << 1 | is_first),
        (here.capital, here.shape << 1 | is_first),
        (tag1, 0),
        (tags, 0),
        (tag1, here.form),
        (tags, here.known),
        (tag1, here.endings[2]),
        (tag1, here.shape),
        (last.form, 0),
        (last.form, here.form),
        (last.form, here.known),
        (last.endings[2], 0),
        (third.form, 0),
        (third.form, last.form),
        (next.form, 0),
        (here.form, next.form),
        (here.known, next.form),
        (next.endings[2], 0),
        (next.endings[1], here.endings[1]),
        (next.known, 0),
        (next.known, here.form),
        (next.known, mix(tag1, here.known)),
        (next.shape, here.shape),
        (second.form, 0),
        (second.known, next.known),
        (mix(second.known, next.known), here.known),
        (last.known, here.known),
        (tag1, next.form),
    ];
    let mut hashes = [0; FEATURES];
    for (index, (hash, (a, b))) in hashes.iter_mut().zip(values).enumerate() {
        *hash = mix(mix(index as u32 + 1, a), b);
    }
    hashes
}
