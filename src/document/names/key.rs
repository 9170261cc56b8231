//! What is left of a name when spelling is set aside: its bare letters, and how they sound.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// The letters and digits of a name in lower case, without diacritics, hyphens, spaces and stops:
/// equal for `Fitton-Brown` and `Fitton Brown`, `Győr` and `Gyor`, `U.S.` and `US`.
pub(super) fn letters(name: &str) -> String {
    if name.is_ascii() {
        return name
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|b| b.to_ascii_lowercase() as char)
            .collect();
    }
    let mut bare = String::with_capacity(name.len());
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
    bare
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
    let mut rest = letters;
    let mut push = |sound: char| {
        if !heard.ends_with(sound) {
            heard.push(sound);
        }
    };
    while let Some(first) = rest.chars().next() {
        let sounds = first.is_ascii_lowercase().then(|| &BY_LETTER[(first as u8 - b'a') as usize]);
        match sounds.and_then(|sounds| sounds.iter().find(|(spelt, _)| rest.starts_with(spelt))) {
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
    heard
}

/// A number for a run of letters: FNV-1a, as [`crate::text::word_hash`] but longer. Who looks up by it
/// compares afterwards.
pub(super) fn number(letters: impl Iterator<Item = u8>) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
    letters.fold(0xCBF2_9CE4_8422_2325, step)
}

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
