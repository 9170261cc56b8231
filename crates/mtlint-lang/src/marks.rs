//! The marks that close a sentence or part one, in every script: what each is, and which letters it
//! belongs with. Facts of Unicode, not of a language. May use `lang::script`.

use super::Script;

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkClass {
    Comma,
    Semicolon,
    Colon,
    Stop,
    Ellipsis,
    Exclamation,
    Question,
}

impl MarkClass {
    /// Whether a sentence may end with it.
    pub fn ends_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::Ellipsis | Self::Exclamation | Self::Question)
    }

    /// What the mark is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Colon => "colon",
            Self::Stop => "full stop",
            Self::Ellipsis => "ellipsis",
            Self::Exclamation => "exclamation mark",
            Self::Question => "question mark",
        }
    }
}

/// The letters that a mark belongs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkHome {
    /// Latin, Greek, Cyrillic, Korean and all that have no marks of their own.
    General,
    /// Chinese characters and kana.
    EastAsian,
    Arabic,
    Indic,
    Armenian,
    Ethiopic,
}

impl MarkHome {
    /// Where a letter or digit is at home; `None` for digits, which stand in every script, and for
    /// what is no letter.
    pub fn of_letter(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Self::General);
        }
        match c {
            '\u{530}'..='\u{58F}' => return Some(Self::Armenian),
            '\u{900}'..='\u{DFF}' => return Some(Self::Indic),
            '\u{1200}'..='\u{139F}' => return Some(Self::Ethiopic),
            _ => {}
        }
        match Script::of(c)? {
            Script::Han | Script::Kana => Some(Self::EastAsian),
            Script::Arabic => Some(Self::Arabic),
            _ => Some(Self::General),
        }
    }
}

/// A mark that closes or parts sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseMark {
    pub class: MarkClass,
    pub home: MarkHome,
}

impl ClauseMark {
    /// What `c` is; `None` when it is no such mark.
    pub fn of(c: char) -> Option<Self> {
        use MarkClass::{Colon, Comma, Ellipsis, Exclamation, Question, Semicolon, Stop};
        use MarkHome::{Arabic, Armenian, EastAsian, Ethiopic, General, Indic};
        let (class, home) = match c {
            ',' => (Comma, General),
            '.' => (Stop, General),
            ';' | '\u{37E}' => (Semicolon, General),
            ':' => (Colon, General),
            '!' => (Exclamation, General),
            '?' => (Question, General),
            '…' => (Ellipsis, General),
            '，' | '、' | '､' | '﹐' | '﹑' => (Comma, EastAsian),
            '。' | '｡' | '．' | '﹒' => (Stop, EastAsian),
            '；' | '﹔' => (Semicolon, EastAsian),
            '：' | '﹕' => (Colon, EastAsian),
            '！' | '﹗' => (Exclamation, EastAsian),
            '？' | '﹖' => (Question, EastAsian),
            '،' => (Comma, Arabic),
            '؛' => (Semicolon, Arabic),
            '؟' => (Question, Arabic),
            '۔' => (Stop, Arabic),
            '।' | '॥' => (Stop, Indic),
            '՝' => (Comma, Armenian),
            '։' => (Stop, Armenian),
            '՞' => (Question, Armenian),
            '՜' => (Exclamation, Armenian),
            '፣' => (Comma, Ethiopic),
            '።' => (Stop, Ethiopic),
            '፤' => (Semicolon, Ethiopic),
            '፧' => (Question, Ethiopic),
            _ => return None,
        };
        Some(Self { class, home })
    }
}

/// The mark of this class that is written among letters of this home, and where it has none the
/// general one.
pub fn mark_at_home(class: MarkClass, home: MarkHome) -> char {
    use MarkClass::{Colon, Comma, Ellipsis, Exclamation, Question, Semicolon, Stop};
    match (home, class) {
        (MarkHome::EastAsian, Comma) => '，',
        (MarkHome::EastAsian, Stop) => '。',
        (MarkHome::EastAsian, Semicolon) => '；',
        (MarkHome::EastAsian, Colon) => '：',
        (MarkHome::EastAsian, Exclamation) => '！',
        (MarkHome::EastAsian, Question) => '？',
        (MarkHome::Arabic, Comma) => '،',
        (MarkHome::Arabic, Semicolon) => '؛',
        (MarkHome::Arabic, Question) => '؟',
        (MarkHome::Indic, Stop) => '।',
        (MarkHome::Armenian, Stop) => '։',
        (MarkHome::Armenian, Question) => '՞',
        (MarkHome::Ethiopic, Comma) => '፣',
        (MarkHome::Ethiopic, Stop) => '።',
        (_, Comma) => ',',
        (_, Stop) => '.',
        (_, Semicolon) => ';',
        (_, Colon) => ':',
        (_, Exclamation) => '!',
        (_, Question) => '?',
        (_, Ellipsis) => '…',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_at_home_is_of_its_class() {
        let homes = [MarkHome::General, MarkHome::EastAsian, MarkHome::Arabic, MarkHome::Indic];
        let marks = [',', '.', ';', ':', '!', '?', '…'];
        for mark in marks.into_iter().filter_map(ClauseMark::of) {
            for home in homes {
                let own = ClauseMark::of(mark_at_home(mark.class, home)).expect("a mark");
                assert_eq!(own.class, mark.class);
                assert!(own.home == home || own.home == MarkHome::General);
            }
        }
    }
}
