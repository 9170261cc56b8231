//! In what two names differ that may be one.

use super::key;

/// In what two spellings of one name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variation {
    /// `Fitch-Moore`, `Fitch Moore`
    Hyphen,
    /// `De La Mare`, `Delamare`
    Space,
    /// `U.N.`, `UN`
    Stops,
    /// `O'Dea`, `Odea`
    Apostrophe,
    /// `Győr`, `Gyor`
    Diacritics,
    /// `Unicef`, `UNICEF`
    Case,
    /// Letters that sound alike in some language: `Vaszary`, `Vasari`.
    Sound,
    /// A letter changed, dropped, added or two swapped: `Adeyemi`, `Adeyami`.
    Letters,
    /// A grammatical ending and the diacritics were lost: `Ásgeirur`, `Asgeir`.
    Ending,
}

impl Variation {
    /// What differs, as a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hyphen => "hyphen",
            Self::Space => "space",
            Self::Stops => "full stops",
            Self::Apostrophe => "apostrophe",
            Self::Diacritics => "diacritics",
            Self::Case => "capitals",
            Self::Sound => "sound",
            Self::Letters => "letters",
            Self::Ending => "ending",
        }
    }
}

impl Variation {
    /// In what two names differ that are made of the same bare letters; `None` when in nothing that matters.
    pub fn of_same_letters(a: &str, b: &str) -> Option<Self> {
        of_marks(a, b)
    }
}

/// In what two names differ whose [`key::letters`] are equal; `None` when in nothing.
pub(super) fn of_marks(a: &str, b: &str) -> Option<Variation> {
    // How an apostrophe is drawn is no matter of the name, nor how initials are spaced.
    let drawn = |name: &str| name.replace(['’', '‘', 'ʼ'], "'").replace('\u{a0}', " ");
    let (a, b) = (&drawn(a), &drawn(b));
    let initials = |name: &str| name.replace(". ", ".").trim_end_matches('.').to_owned();
    if a == b || (a.contains(". ") || b.contains(". ")) && initials(a) == initials(b) {
        return None;
    }
    let without =
        |name: &str, gone: &dyn Fn(char) -> bool| -> String { name.chars().filter(|c| !gone(*c)).collect() };
    let is_hyphen = |c: char| matches!(c, '-' | '‐' | '‑');
    let spaced = |name: &str| -> String {
        name.chars().map(|c| if is_hyphen(c) || c == '\u{a0}' { ' ' } else { c }).collect()
    };
    if spaced(a) == spaced(b) {
        return Some(Variation::Hyphen);
    }
    let (a, b) = (spaced(a), spaced(b));
    let differ_in = |gone: &dyn Fn(char) -> bool| {
        a.to_lowercase() != b.to_lowercase()
            && without(&a, gone).to_lowercase() == without(&b, gone).to_lowercase()
    };
    if differ_in(&char::is_whitespace) {
        return Some(Variation::Space);
    }
    if differ_in(&|c| c == '.') {
        return Some(Variation::Stops);
    }
    if differ_in(&|c| c == '\'') {
        return Some(Variation::Apostrophe);
    }
    Some(if a.to_lowercase() == b.to_lowercase() { Variation::Case } else { Variation::Diacritics })
}

/// The fewest letters of words that may be one for their sound, alone and in company, and for their letters.
const SHORTEST_BY_SOUND: usize = 5;
const SHORTEST_IN_COMPANY: usize = 4;
const SHORTEST_BY_LETTER: usize = 6;
/// From how many letters on any one letter may differ, and two vowels.
const LONG: usize = 8;
const LONGER: usize = 10;

/// Which other words of their names two words share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// They stand alone.
    None,
    /// Those behind them: they are first names, or the first words of a title.
    Behind,
    /// Those before them at least.
    Before,
}

/// In what two words differ, given their bare letters, that may be one name.
pub(super) fn of_words(a: &str, b: &str, company: Company) -> Option<Variation> {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a == b || !a.is_ascii() || !b.is_ascii() || shorter.is_empty() || is_inflection(shorter, longer) {
        return None;
    }
    let is_supported = company != Company::None;
    let (heard_a, heard_b) = (key::sound(a), key::sound(b));
    let shortest = shorter.len();
    let fewest = if is_supported { SHORTEST_IN_COMPANY } else { SHORTEST_BY_SOUND };
    if shortest >= fewest
        && (heard_a == heard_b || is_supported && key::syllables(&heard_a) == key::syllables(&heard_b))
    {
        return Some(Variation::Sound);
    }
    if a.as_bytes()[0] != b.as_bytes()[0] {
        return None;
    }
    let is_anagram = shortest == longer.len() && sorted(a) == sorted(b);
    let fewest = if company == Company::Before { SHORTEST_BY_SOUND } else { SHORTEST_BY_LETTER };
    match strsim::osa_distance(a, b) {
        _ if shortest < fewest => None,
        1 if shortest >= LONG || is_slight(shorter, longer) => Some(Variation::Letters),
        2 if shortest >= LONGER && skeleton(a) == skeleton(b) => Some(Variation::Letters),
        2 if shortest >= SHORTEST_BY_LETTER && is_supported && is_anagram => Some(Variation::Letters),
        _ => None,
    }
}

fn sorted(word: &str) -> Vec<u8> {
    let mut bytes = word.as_bytes().to_vec();
    bytes.sort_unstable();
    bytes
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn skeleton(word: &str) -> Vec<u8> {
    word.bytes().filter(|b| !is_vowel(*b)).collect()
}

/// Whether the one difference is a vowel, two letters swapped, or a letter doubled.
fn is_slight(shorter: &str, longer: &str) -> bool {
    let undoubled = |word: &str| {
        let mut bytes = word.as_bytes().to_vec();
        bytes.dedup();
        bytes
    };
    let same_length = shorter.len() == longer.len();
    same_length && (skeleton(shorter) == skeleton(longer) || sorted(shorter) == sorted(longer))
        || undoubled(shorter) == undoubled(longer)
}

/// Endings that make another word of a name: `Russia`, `Russian`; `Martin`, `Martins`; a woman's
/// form of a man's name.
const ENDINGS: &[&str] = &[
    "s", "es", "n", "an", "ian", "ean", "i", "ese", "ish", "ic", "ism", "ist", "ists", "er", "ers", "y", "e",
    "a", "ed", "ing", "al", "ly", "ne", "na", "ns", "ans", "ians", "o", "d", "r", "son", "sen", "man",
    "ette", "ine",
];

/// Whether two words are forms of one word by their endings.
pub(super) fn is_inflection(shorter: &str, longer: &str) -> bool {
    let shared = shorter.bytes().zip(longer.bytes()).take_while(|(a, b)| a == b).count();
    let (rest, more) =
        (&shorter[shorter.floor_char_boundary(shared)..], &longer[longer.floor_char_boundary(shared)..]);
    let is_ending = |ending: &str| ending.is_empty() || ENDINGS.contains(&ending);
    is_ending(rest) && is_ending(more)
}

/// Whether `short` is the beginning of `long` without a grammatical ending of one or two letters,
/// and the diacritics were lost with it.
pub(super) fn lost_its_ending(short: &str, long: &str) -> bool {
    let (a, b) = (key::letters(short), key::letters(long));
    a.chars().count() >= 5
        && b.len() > a.len()
        && b.len() - a.len() <= 2
        && b.starts_with(&a)
        && short.is_ascii()
        && !long.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_the_kind() {
        for (a, b, kind) in [
            ("Reyes-Holt", "Reyes Holt", Variation::Hyphen),
            ("De La Mare", "Delamare", Variation::Space),
            ("U.K.", "UK", Variation::Stops),
            ("O’Dea", "ODea", Variation::Apostrophe),
            ("Łódź", "Lodz", Variation::Diacritics),
            ("Unicef", "UNICEF", Variation::Case),
        ] {
            assert_eq!(of_marks(a, b), Some(kind), "{a} {b}");
        }
        for (a, b) in [("Oslo", "Oslo"), ("O’Dea", "O'Dea"), ("J. P. Moss", "J.P. Moss")] {
            assert_eq!(of_marks(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn words_that_may_be_one() {
        for (a, b) in
            [("adeyemi", "adeyami"), ("vaszary", "vasari"), ("marinho", "malinho"), ("harmony", "hamrony")]
        {
            assert!(of_words(a, b, Company::None).is_some(), "{a} {b}");
        }
        assert!(of_words("pell", "peru", Company::Behind).is_some());
    }

    #[test]
    fn words_that_are_two() {
        for (a, b) in [
            ("iran", "iraq"),
            ("putin", "pushkin"),
            ("russia", "russian"),
            ("martin", "martins"),
            ("arsenieva", "arseniev"),
            ("miller", "hiller"),
            ("eastern", "western"),
            ("pell", "peru"),
        ] {
            assert_eq!(of_words(a, b, Company::None), None, "{a} {b}");
        }
        for (a, b) in
            [("east", "west"), ("maria", "mario"), ("bodil", "budel"), ("hill", "hall"), ("north", "south")]
        {
            assert_eq!(of_words(a, b, Company::Before), None, "{a} {b}");
        }
    }

    #[test]
    fn an_ending_is_lost_with_the_diacritics() {
        assert!(lost_its_ending("Asgeir", "Ásgeirur"));
        assert!(!lost_its_ending("Robert", "Roberta"));
    }
}
