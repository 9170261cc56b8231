//! The closed set of changes that a template may make to a part of the text, `${1:capital}`. Uses nothing of
//! the crate but the numbers.

use super::random::Random;
use encoding_rs::{Encoding, GBK, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// A change of a piece of text; `None` where it would change nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Transform {
    change: fn(&str, &mut Random) -> Option<String>,
}

impl Transform {
    pub(super) fn apply(self, text: &str, random: &mut Random) -> Option<String> {
        (self.change)(text, random).filter(|changed| changed != text)
    }
}

/// The change of this name.
pub(super) fn named(name: &str) -> Option<Transform> {
    TRANSFORMS.iter().find(|(known, ..)| *known == name).map(|&(_, _, change)| Transform { change })
}

type Change = fn(&str, &mut Random) -> Option<String>;

/// Every change: its name, what it does, and the function that does it.
pub const TRANSFORMS: &[(&str, &str, Change)] = &[
    ("upper", "all letters become capitals", |text, _| Some(text.to_uppercase())),
    ("lower", "all letters become small", |text, _| Some(text.to_lowercase())),
    ("capital", "the first letter becomes a capital", |text, _| {
        first(text, |char| char.to_uppercase().collect())
    }),
    ("small", "the first letter becomes small", |text, _| first(text, |char| char.to_lowercase().collect())),
    ("trimmed", "without the space before it", |text, _| Some(text.trim_start().to_owned())),
    ("last-upper", "the last letter becomes a capital", |text, _| {
        let last = text.chars().next_back()?;
        Some(format!("{}{}", &text[..text.len() - last.len_utf8()], last.to_uppercase()))
    }),
    ("swap-letters", "two letters inside change places", |text, random| {
        letters(text, random, |chars, at| {
            let differ = chars.get(at + 1).is_some_and(|next| *next != chars[at] && next.is_alphabetic());
            if differ && at + 2 < chars.len() {
                chars.swap(at, at + 1);
            }
        })
    }),
    ("drop-letter", "a letter inside is lost", |text, random| {
        letters(text, random, |chars, at| {
            chars.remove(at);
        })
    }),
    ("double-letter", "a letter inside comes twice", |text, random| {
        letters(text, random, |chars, at| chars.insert(at, chars[at]))
    }),
    ("other-vowel", "a vowel inside becomes another", |text, random| {
        let shift = 1 + random.below(4);
        letters(text, random, |chars, at| {
            const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
            if let Some(place) = VOWELS.iter().position(|vowel| *vowel == chars[at]) {
                chars[at] = VOWELS[(place + shift) % VOWELS.len()];
            }
        })
    }),
    ("like-consonant", "a consonant inside becomes one of like sound", |text, random| {
        letters(text, random, |chars, at| {
            const PAIRS: &[(char, char)] = &[
                ('b', 'v'),
                ('l', 'r'),
                ('f', 'v'),
                ('d', 't'),
                ('g', 'k'),
                ('c', 'k'),
                ('s', 'z'),
                ('m', 'n'),
                ('p', 'b'),
                ('w', 'v'),
                ('j', 'y'),
                ('h', 'x'),
            ];
            let other = PAIRS.iter().find_map(|&(a, b)| match chars[at] {
                char if char == a => Some(b),
                char if char == b => Some(a),
                _ => None,
            });
            if let Some(other) = other {
                chars[at] = other;
            }
        })
    }),
    ("accented", "a vowel inside gets an accent", |text, random| {
        let mark = *random.pick(&['\u{301}', '\u{300}', '\u{308}', '\u{302}'])?;
        let bare = letters(text, random, |chars, at| {
            if matches!(chars[at], 'a' | 'e' | 'i' | 'o' | 'u') {
                chars.insert(at + 1, mark);
            }
        })?;
        Some(bare.nfc().collect())
    }),
    ("bare", "letters lose their diacritics", |text, _| {
        Some(text.nfd().filter(|char| !unicode_normalization::char::is_combining_mark(*char)).collect())
    }),
    ("decomposed", "letters and their diacritics become two characters", |text, _| {
        Some(text.nfd().collect())
    }),
    ("look-alike", "one letter becomes one of another script that looks alike", |text, random| {
        const ALIKE: &[(char, char)] = &[
            ('a', 'а'),
            ('c', 'с'),
            ('e', 'е'),
            ('o', 'о'),
            ('p', 'р'),
            ('x', 'х'),
            ('y', 'у'),
            ('i', 'і'),
            ('A', 'А'),
            ('B', 'В'),
            ('C', 'С'),
            ('E', 'Е'),
            ('H', 'Н'),
            ('K', 'К'),
            ('M', 'М'),
            ('O', 'О'),
            ('P', 'Р'),
            ('T', 'Т'),
            ('X', 'Х'),
        ];
        one(text, random, |char| {
            ALIKE.iter().find_map(|&(latin, other)| match char {
                _ if char == latin => Some(other.to_string()),
                _ if char == other => Some(latin.to_string()),
                _ => None,
            })
        })
    }),
    ("wide", "characters become full-width", |text, _| {
        let wide = |char: char| match char {
            '!'..='~' => char::from_u32(u32::from(char) + 0xFEE0).unwrap_or(char),
            _ => char,
        };
        Some(text.chars().map(wide).collect())
    }),
    ("arabic-digits", "digits become those of Arabic", |text, _| Some(digits(text, '\u{660}'))),
    ("devanagari-digits", "digits become those of Hindi", |text, _| Some(digits(text, '\u{966}'))),
    ("spaced", "a space between all characters", |text, _| {
        let chars: Vec<String> = text.chars().map(String::from).collect();
        Some(chars.join(" "))
    }),
    ("split", "a space inside", |text, random| inside(text, random, " ")),
    ("hyphenated", "a hyphen and a space inside", |text, random| inside(text, random, "- ")),
    ("hyphen", "a hyphen inside", |text, random| inside(text, random, "-")),
    ("line-broken", "a hyphen and a line end inside", |text, random| inside(text, random, "-\n")),
    ("soft-hyphen", "a soft hyphen inside", |text, random| inside(text, random, "\u{AD}")),
    ("zero-width", "a zero-width space inside", |text, random| inside(text, random, "\u{200B}")),
    ("zero-width-joined", "a zero-width joiner inside", |text, random| inside(text, random, "\u{200D}")),
    ("byte-order-mark", "a byte order mark inside", |text, random| inside(text, random, "\u{FEFF}")),
    ("subword", "a subword mark inside, as BERT writes it", |text, random| inside(text, random, " ##")),
    ("subword-at", "a subword mark inside, as BPE writes it", |text, random| inside(text, random, "@@ ")),
    ("half", "the word is cut off inside", |text, random| {
        let count = text.chars().count();
        let kept = 2 + random.below(count.checked_sub(3)?);
        Some(text.chars().take(kept).collect())
    }),
    ("as-windows-1252", "its UTF-8 is read as Windows-1252", |text, _| misread(text, WINDOWS_1252)),
    ("as-windows-1251", "its UTF-8 is read as Windows-1251", |text, _| misread(text, WINDOWS_1251)),
    ("as-koi8-r", "its UTF-8 is read as KOI8-R", |text, _| misread(text, KOI8_R)),
    ("as-gbk", "its UTF-8 is read as GBK", |text, _| misread(text, GBK)),
    ("as-shift-jis", "its UTF-8 is read as Shift_JIS", |text, _| misread(text, SHIFT_JIS)),
    ("cp1251-as-latin", "its Windows-1251 is read as Latin-1", |text, _| {
        let (bytes, _, lost) = WINDOWS_1251.encode(text);
        (!lost).then(|| bytes.iter().map(|&byte| char::from(byte)).collect())
    }),
    ("replaced", "what is not ASCII becomes U+FFFD", |text, _| {
        Some(ascii_or(text, |_| "\u{FFFD}".to_owned()))
    }),
    ("questioned", "what is not ASCII becomes question marks", |text, _| {
        Some(ascii_or(text, |_| "?".to_owned()))
    }),
    ("entity", "what is not ASCII becomes decimal entities", |text, _| {
        Some(ascii_or(text, |char| format!("&#{};", u32::from(char))))
    }),
    ("hex-entity", "what is not ASCII becomes hexadecimal entities", |text, _| {
        Some(ascii_or(text, |char| format!("&#x{:X};", u32::from(char))))
    }),
    ("torn-entity", "what is not ASCII becomes entities torn by spaces", |text, _| {
        Some(ascii_or(text, |char| format!("& #{} ;", u32::from(char))))
    }),
    ("unicode-escape", "what is not ASCII becomes `\\u` escapes", |text, _| {
        Some(ascii_or(text, |char| format!("\\u{:04x}", u32::from(char))))
    }),
    ("lost-escape", "the same, without the backslash", |text, _| {
        Some(ascii_or(text, |char| format!("u{:04x}", u32::from(char))))
    }),
    ("percent", "what is not ASCII becomes percent escapes", |text, _| Some(bytes_as(text, "%"))),
    ("quoted-printable", "what is not ASCII becomes quoted-printable", |text, _| Some(bytes_as(text, "="))),
];

fn first(text: &str, change: fn(char) -> String) -> Option<String> {
    let head = text.chars().next()?;
    Some(change(head) + &text[head.len_utf8()..])
}

/// The text with one of its characters changed, one of those that `change` changes.
fn one(text: &str, random: &mut Random, change: impl Fn(char) -> Option<String>) -> Option<String> {
    let places: Vec<(usize, char)> =
        text.char_indices().filter(|(_, char)| change(*char).is_some()).collect();
    let &(at, char) = random.pick(&places)?;
    Some(format!("{}{}{}", &text[..at], change(char)?, &text[at + char.len_utf8()..]))
}

/// The text with a change at one of its small letters, neither the first nor the last character.
fn letters(text: &str, random: &mut Random, change: impl Fn(&mut Vec<char>, usize)) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut places: Vec<usize> =
        (1..chars.len().saturating_sub(1)).filter(|&at| chars[at].is_lowercase()).collect();
    random.shuffle(&mut places);
    places.into_iter().find_map(|at| {
        let mut changed = chars.clone();
        change(&mut changed, at);
        (changed != chars).then(|| changed.into_iter().collect())
    })
}

/// The text with something between two of its characters, two of which at least stand on either side.
fn inside(text: &str, random: &mut Random, what: &str) -> Option<String> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(2).collect();
    let at = *random.pick(&places[..places.len().checked_sub(1)?])?;
    Some(format!("{}{what}{}", &text[..at], &text[at..]))
}

fn digits(text: &str, zero: char) -> String {
    let other = |char: char| match char.to_digit(10) {
        Some(digit) if char.is_ascii_digit() => char::from_u32(u32::from(zero) + digit).unwrap_or(char),
        _ => char,
    };
    text.chars().map(other).collect()
}

/// What a program shows that takes the UTF-8 of the text for another encoding; bytes that this does not have
/// stand for themselves, as browsers do.
fn misread(text: &str, encoding: &'static Encoding) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let (read, _) = encoding.decode_without_bom_handling(text.as_bytes());
    Some(read.into_owned())
}

fn ascii_or(text: &str, change: impl Fn(char) -> String) -> String {
    text.chars().map(|char| if char.is_ascii() { char.to_string() } else { change(char) }).collect()
}

fn bytes_as(text: &str, sign: &str) -> String {
    ascii_or(text, |char| {
        let mut bytes = [0; 4];
        char.encode_utf8(&mut bytes).bytes().map(|byte| format!("{sign}{byte:02X}")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, text: &str) -> Option<String> {
        named(name).unwrap().apply(text, &mut Random::new(3, &[name]))
    }

    #[test]
    fn every_change_changes_something_and_never_nothing() {
        for (name, ..) in TRANSFORMS {
            let changed =
                ["harbour’s", "Café 12", "Марина", " a"].iter().filter_map(|text| change(name, text));
            assert!(changed.count() > 0, "{name}");
            assert_eq!(change(name, ""), None, "{name}");
        }
    }

    #[test]
    fn changes_are_what_they_say() {
        for (name, text, expected) in [
            ("as-windows-1252", "it’s", "itâ€™s"),
            ("entity", "it’s", "it&#8217;s"),
            ("percent", "é", "%C3%A9"),
            ("wide", "5%", "５％"),
            ("bare", "Café", "Cafe"),
            ("lost-escape", "é", "u00e9"),
            ("cp1251-as-latin", "дом", "äîì"),
            ("arabic-digits", "12", "١٢"),
        ] {
            assert_eq!(change(name, text).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(change("as-windows-1252", "plain"), None);
        assert_eq!(change("drop-letter", "harbour").unwrap().len(), 6);
        assert_eq!(change("split", "ab"), None, "too short to be split");
    }
}
