//! What is left of a name when spelling is set aside: its bare letters, and how they sound.

use super::stem;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The letters and digits of a name in lower case, without diacritics, hyphens, spaces and stops:
/// equal for `Fitton-Brown` and `Fitton Brown`, `Győr` and `Gyor`, `U.S.` and `US`.
pub(super) fn letters(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    add_letters(name, &mut bare);
    bare
}

fn add_letters(name: &str, bare: &mut String) {
    if name.is_ascii() {
        let start = bare.len();
        if name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            bare.push_str(name);
        } else {
            bare.extend(name.chars().filter(char::is_ascii_alphanumeric));
        }
        bare[start..].make_ascii_lowercase();
        return;
    }
    for c in name.nfd().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()) {
        match c {
            'ı' => bare.push('i'),
            'ł' => bare.push('l'),
            'ø' => bare.push('o'),
            'đ' | 'ð' => bare.push('d'),
            'þ' => bare.push_str("th"),
            'ß' => bare.push_str("ss"),
            'æ' => bare.push_str("ae"),
            'œ' => bare.push_str("oe"),
            'ə' => bare.push('a'),
            _ => bare.push(c),
        }
    }
}

/// A name by the bare letters of its words.
pub(super) struct BareName {
    /// The words without their possessive endings, one right behind the other.
    words: String,
    /// Where those behind the first begin: most names have one word.
    starts: Vec<usize>,
    /// All its letters where they are others: `St James's Park`.
    letters: Option<String>,
}

impl BareName {
    pub fn of(name: &str) -> Self {
        let mut words = String::with_capacity(name.len());
        let mut starts = Vec::new();
        let mut is_all = true;
        for word in name.split([' ', '\u{a0}', '-', '‐', '‑', '&']) {
            let (start, stem) = (words.len(), stem(word));
            is_all &= stem.len() == word.len();
            add_letters(stem, &mut words);
            if start > 0 && words.len() > start {
                starts.push(start);
            }
        }
        Self { words, starts, letters: (!is_all).then(|| letters(name)) }
    }

    /// The [`letters`] of the name.
    pub fn letters(&self) -> &str {
        self.letters.as_deref().unwrap_or(&self.words)
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        if self.words.is_empty() { 0 } else { self.starts.len() + 1 }
    }

    /// Its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|word| &self.words[self.start(word)..self.start(word + 1)])
    }

    /// The words before the one with this number, run together.
    pub fn before(&self, word: usize) -> &str {
        &self.words[..self.start(word)]
    }

    /// The word with this number and those behind it, run together.
    pub fn from(&self, word: usize) -> &str {
        &self.words[self.start(word)..]
    }

    fn start(&self, word: usize) -> usize {
        match word.checked_sub(1) {
            None => 0,
            Some(behind) => self.starts.get(behind).copied().unwrap_or(self.words.len()),
        }
    }
}

/// Letters that stand for one sound in some way of writing it in Latin letters, the longest first.
/// Where a name went through another script, these are what changes.
const SOUNDS: &[(&str, &str)] = &[
    ("you", "iu"),
    ("tsch", "C"),
    ("sch", "S"),
    ("tch", "C"),
    ("cz", "C"),
    ("ch", "C"),
    ("sh", "S"),
    ("sz", "s"),
    ("zs", "J"),
    ("zh", "J"),
    ("dzh", "J"),
    ("dj", "J"),
    ("dy", "J"),
    ("gy", "J"),
    ("gj", "J"),
    ("j", "J"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("rh", "r"),
    ("ck", "k"),
    ("qu", "k"),
    ("ks", "x"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("ey", "i"),
    ("ei", "i"),
    ("oh", "o"),
    ("ah", "a"),
    ("uh", "u"),
    ("ow", "o"),
    ("aa", "a"),
    ("uu", "u"),
    ("ii", "i"),
    ("yi", "i"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("yo", "io"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("q", "k"),
    ("y", "i"),
    ("w", "v"),
    ("z", "s"),
    ("l", "r"),
];

/// The rows of [`SOUNDS`] by their first letter, from `a` on.
static BY_LETTER: LazyLock<[Vec<(&str, &str)>; 26]> = LazyLock::new(|| {
    std::array::from_fn(|letter| {
        let begins = |(spelt, _): &&(&str, &str)| usize::from(spelt.as_bytes()[0] - b'a') == letter;
        SOUNDS.iter().filter(begins).copied().collect()
    })
});

/// How a name sounds, as far as its letters tell, in the coarse hearing of a script that tells no r
/// from l and writes no doubled sound: equal for `Raghunathan` and `Lagunathan`, `Vaszary` and
/// `Vasari`. Takes what [`letters`] gives.
pub(super) fn sound(letters: &str) -> String {
    let mut heard = String::with_capacity(letters.len());
    hear(letters, |sound| heard.push(sound));
    heard
}

/// A [`number`] for how a name [`sound`]s.
pub(super) fn number_of_sound(letters: &str) -> u64 {
    let mut number = 0;
    hear(letters, |sound| number = with_letter(number, u64::from(sound)));
    number
}

/// Calls `heard` with each sound.
fn hear(letters: &str, mut heard: impl FnMut(char)) {
    let by_letter = &*BY_LETTER;
    let mut rest = letters;
    let mut last = None;
    let mut push = |sound: char| {
        if last.replace(sound) != Some(sound) {
            heard(sound);
        }
    };
    while let Some(first) = rest.chars().next() {
        let sounds = first.is_ascii_lowercase().then(|| &by_letter[(first as u8 - b'a') as usize]);
        let second = rest.as_bytes().get(1);
        let fits = |(spelt, _): &&(&str, &str)| match spelt.as_bytes() {
            [_] => true,
            [_, after] => second == Some(after),
            _ => rest.starts_with(spelt),
        };
        match sounds.and_then(|sounds| sounds.iter().find(fits)) {
            Some((spelt, sounds)) => {
                sounds.chars().for_each(&mut push);
                rest = &rest[spelt.len()..];
            }
            None => {
                push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
}

/// What a letter's number is multiplied by for each letter behind it: the prime of FNV-1a.
const BASE: u64 = 0x0000_0100_0000_01B3;

/// A number for a run of letters: a polynomial of them. Who looks up by it compares afterwards.
pub(super) fn number(letters: impl Iterator<Item = u8>) -> u64 {
    letters.fold(0, |number, letter| with_letter(number, u64::from(letter)))
}

fn with_letter(number: u64, letter: u64) -> u64 {
    number.wrapping_mul(BASE).wrapping_add(letter)
}

/// The [`number`] of what is left of the letters without each one of them, from the last on.
pub(super) fn numbers_without_one(letters: &str, mut found: impl FnMut(u64)) {
    let mut before = number(letters.bytes());
    // The letters behind the one that is left out, and what those before it are multiplied by.
    let (mut behind, mut factor) = (0_u64, 1_u64);
    for letter in letters.bytes().rev().map(u64::from) {
        before = before.wrapping_sub(letter).wrapping_mul(INVERSE);
        found(before.wrapping_mul(factor).wrapping_add(behind));
        behind = letter.wrapping_mul(factor).wrapping_add(behind);
        factor = factor.wrapping_mul(BASE);
    }
}

/// What takes a multiplication by [`BASE`] back.
const INVERSE: u64 = {
    // Newton's method doubles the number of bits that are right, of which one is to begin with.
    let (mut inverse, mut bits) = (1_u64, 1);
    while bits < u64::BITS {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(BASE.wrapping_mul(inverse)));
        bits *= 2;
    }
    inverse
};

/// A name as syllables hold it that end in a vowel: `peru` for `pell` and `peru`. Takes what
/// [`sound`] gives.
pub(super) fn syllables(sound: &str) -> String {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut open = String::with_capacity(sound.len() * 2);
    let mut chars = sound.chars().peekable();
    while let Some(c) = chars.next() {
        open.push(c);
        let closed = chars.peek().is_none_or(|next| !is_vowel(*next));
        if !is_vowel(c) && closed && !matches!(c, 'n' | 'm') {
            open.push(if matches!(c, 't' | 'd') { 'o' } else { 'u' });
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_letters_leave_out_what_spelling_adds() {
        for (a, b) in [("Reyes-Holt", "Reyes Holt"), ("Łódź", "Lodz"), ("U.K.", "UK"), ("Işık", "Isik")]
        {
            assert_eq!(letters(a), letters(b));
        }
        assert_ne!(letters("Iran"), letters("Iraq"));
    }

    #[test]
    fn a_bare_name_knows_its_words() {
        let name = BareName::of("St James's Park");
        assert_eq!(name.words().collect::<Vec<_>>(), ["st", "james", "park"]);
        assert_eq!([name.letters(), name.before(2), name.from(1)], ["stjamesspark", "stjames", "jamespark"]);
        for (text, count) in [("Győr", 1), ("Reyes-Holt", 2), ("AT&T", 2), ("&", 0)] {
            let name = BareName::of(text);
            assert_eq!((name.letters(), name.len()), (letters(text).as_str(), count), "{text}");
        }
    }

    #[test]
    fn one_letter_less_has_the_number_of_the_rest() {
        let mut numbers = Vec::new();
        numbers_without_one("gyor", |number| numbers.push(number));
        let rests = ["gyo", "gyr", "gor", "yor"].map(|rest| number(rest.bytes()));
        assert_eq!(numbers, rests);
    }

    #[test]
    fn what_sounds_alike_is_alike() {
        let heard = |name: &str| sound(&letters(name));
        for (a, b) in [
            ("Marinho", "Malinho"),
            ("Kovacz", "Kovach"),
            ("Ohta", "Ota"),
            ("Yousef", "Yusef"),
            ("Karkas", "Carcas"),
            ("Decimo", "Desimo"),
        ] {
            assert_eq!(heard(a), heard(b), "{a} {b}");
        }
        for (a, b) in [("Iran", "Iraq"), ("Putin", "Pushkin"), ("Austria", "Australia"), ("Hall", "Hill")] {
            assert_ne!(heard(a), heard(b), "{a} {b}");
        }
        assert_eq!(syllables(&heard("Bell")), syllables(&heard("Beru")));
        assert_ne!(syllables(&heard("East")), syllables(&heard("West")));
    }
}
