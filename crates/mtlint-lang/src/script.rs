//! Scripts, as far as telling languages apart needs them.

use serde::Deserialize;
use unicode_script::{Script as UnicodeScript, UnicodeScript as _};

/// The script a letter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    Latin,
    Cyrillic,
    Greek,
    Han,
    /// Hiragana and Katakana.
    Kana,
    Hangul,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Other,
}

impl Script {
    /// Every script, so that counts can be kept by index.
    pub const COUNT: usize = Self::Other as usize + 1;

    /// The script of a letter; `None` for what several scripts share: digits, marks, white space.
    pub fn of(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Self::Latin);
        }
        match c.script() {
            UnicodeScript::Common | UnicodeScript::Inherited | UnicodeScript::Unknown => None,
            UnicodeScript::Latin => c.is_alphabetic().then_some(Self::Latin),
            UnicodeScript::Cyrillic => Some(Self::Cyrillic),
            UnicodeScript::Greek => Some(Self::Greek),
            UnicodeScript::Han | UnicodeScript::Bopomofo => Some(Self::Han),
            UnicodeScript::Hiragana | UnicodeScript::Katakana => Some(Self::Kana),
            UnicodeScript::Hangul => Some(Self::Hangul),
            UnicodeScript::Arabic => Some(Self::Arabic),
            UnicodeScript::Hebrew => Some(Self::Hebrew),
            UnicodeScript::Devanagari => Some(Self::Devanagari),
            UnicodeScript::Thai => Some(Self::Thai),
            _ => Some(Self::Other),
        }
    }

    /// What the script is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Cyrillic => "Cyrillic",
            Self::Greek => "Greek",
            Self::Han => "Chinese",
            Self::Kana => "Japanese",
            Self::Hangul => "Korean",
            Self::Arabic => "Arabic",
            Self::Hebrew => "Hebrew",
            Self::Devanagari => "Devanagari",
            Self::Thai => "Thai",
            Self::Other => "foreign",
        }
    }
}

impl Script {
    /// Whether letters of this script have no business in prose written in `main`. Latin stands in
    /// texts of every script, and a Greek letter may be a symbol.
    pub fn is_foreign_to(self, main: Script) -> bool {
        let east_asian = |script| matches!(script, Self::Han | Self::Kana);
        self != main && self != Self::Latin && !(east_asian(self) && east_asian(main))
    }
}

/// Cyrillic and Greek letters that look like Latin ones, with the Latin ones: those of Unicode's
/// confusables.txt that look alike in every upright typeface.
#[rustfmt::skip]
const LOOK_ALIKES: &[(char, char)] = &[
    ('А', 'A'), ('В', 'B'), ('С', 'C'), ('Е', 'E'), ('Н', 'H'), ('І', 'I'), ('Ј', 'J'), ('К', 'K'), ('М', 'M'),
    ('О', 'O'), ('Р', 'P'), ('Ѕ', 'S'), ('Т', 'T'), ('Х', 'X'), ('У', 'Y'), ('а', 'a'), ('с', 'c'), ('е', 'e'),
    ('і', 'i'), ('ј', 'j'), ('о', 'o'), ('р', 'p'), ('ѕ', 's'), ('х', 'x'), ('у', 'y'), ('Α', 'A'), ('Β', 'B'),
    ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'), ('Ο', 'O'), ('Ρ', 'P'),
    ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('ο', 'o'), ('ν', 'v'),
];

/// The letter of `script` that `c` cannot be told from by its look.
pub fn look_alike(c: char, script: Script) -> Option<char> {
    let own = Script::of(c)?;
    let pair = |wanted: fn(&(char, char)) -> (char, char)| {
        LOOK_ALIKES.iter().map(wanted).find(|(from, to)| *from == c && Script::of(*to) == Some(script))
    };
    if own == script {
        return None;
    }
    pair(|pair| *pair).or_else(|| pair(|(other, latin)| (*latin, *other))).map(|(_, to)| to)
}

/// How many letters of each script a text holds, by [`Script`] as index.
pub fn letters(text: &str) -> [usize; Script::COUNT] {
    let mut counts = [0; Script::COUNT];
    let bytes = text.as_bytes();
    counts[Script::Latin as usize] = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        let Some(c) = text[at + offset..].chars().next() else { break };
        if let Some(script) = Script::of(c) {
            counts[script as usize] += 1;
        }
        at += offset + c.len_utf8();
    }
    counts
}

/// Whether the Latin letters of ASCII outweigh all characters beyond ASCII, whatever they are.
fn is_mostly_latin(text: &str) -> bool {
    let (mut latin, mut beyond) = (0, 0);
    // A processor counts many bytes at a time, as long as the counts fit into bytes themselves.
    for chunk in text.as_bytes().chunks(u8::MAX.into()) {
        let (mut letters, mut first_bytes) = (0_u8, 0_u8);
        for byte in chunk {
            letters += u8::from(byte.is_ascii_alphabetic());
            first_bytes += u8::from(*byte >= 0xC0);
        }
        latin += usize::from(letters);
        beyond += usize::from(first_bytes);
    }
    latin > HEAVIEST * beyond
}

/// As how many Latin letters a letter of any script counts at most.
const HEAVIEST: usize = 2;

/// The script most letters of a text belong to. Chinese characters beside kana are Japanese.
pub fn dominant(text: &str) -> Option<Script> {
    if is_mostly_latin(text) {
        return Some(Script::Latin);
    }
    let mut counts = letters(text);
    if counts[Script::Kana as usize] * 20 > counts[Script::Han as usize] {
        counts[Script::Kana as usize] += std::mem::take(&mut counts[Script::Han as usize]);
    }
    const ALL: [Script; Script::COUNT] = [
        Script::Latin,
        Script::Cyrillic,
        Script::Greek,
        Script::Han,
        Script::Kana,
        Script::Hangul,
        Script::Arabic,
        Script::Hebrew,
        Script::Devanagari,
        Script::Thai,
        Script::Other,
    ];
    // A Chinese character says as much as two or three letters.
    let weight = |script: Script| match script {
        Script::Han | Script::Kana | Script::Hangul => HEAVIEST * counts[script as usize],
        _ => counts[script as usize],
    };
    ALL.into_iter().filter(|script| weight(*script) > 0).max_by_key(|script| weight(*script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_known_both_ways() {
        assert_eq!(look_alike('с', Script::Latin), Some('c'));
        assert_eq!(look_alike('c', Script::Cyrillic), Some('с'));
        assert_eq!(look_alike('ж', Script::Latin), None);
        assert_eq!(look_alike('c', Script::Latin), None);
    }

    #[test]
    fn the_script_of_most_letters_wins() {
        assert_eq!(dominant("The варвы are thin"), Some(Script::Latin));
        assert_eq!(dominant("東京の夜は長い"), Some(Script::Kana));
        assert_eq!(dominant("今天天气很好 OK"), Some(Script::Han));
        assert_eq!(dominant("12, 34 …"), None);
    }
}
