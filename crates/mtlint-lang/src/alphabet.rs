//! Which characters a text is made of, in three steps. Uses nothing of the crate: the packing of `mtlint-data` reads this
//! file too.

/// Which characters a text is made of. The fewer there are, the sooner patterns are built for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// The letters of Western Europe, and the marks of Western and of East Asian print.
    Western,
    /// Latin letters, and general punctuation and symbols, see [`is_latin_alone`].
    Latin,
    Any,
}

impl Alphabet {
    pub const ALL: [Self; 3] = [Self::Western, Self::Latin, Self::Any];

    /// The smallest alphabet that holds all characters of a text.
    pub fn of(text: &str) -> Self {
        match () {
            () if is_western(text) => Self::Western,
            () if is_latin_alone(text) => Self::Latin,
            () => Self::Any,
        }
    }

    /// Its characters, as the first and last of each range; `None` for all there are.
    pub fn characters(self) -> Option<&'static [(char, char)]> {
        match self {
            Self::Western => Some(&[
                ('\0', '\u{FF}'),
                ('\u{2000}', '\u{20FF}'),
                ('\u{3000}', '\u{303F}'),
                ('\u{FF00}', '\u{FFFF}'),
            ]),
            Self::Latin => Some(&[('\0', '\u{33F}'), ('\u{2000}', '\u{2FFF}')]),
            Self::Any => None,
        }
    }
}

/// Whether a text holds no characters but those of [`Alphabet::Western`], as a look at its bytes tells: those
/// beyond Latin-1 begin with 0xC4 and more, U+2000 to U+20FF with 0xE2 and less than 0x84, U+3000 to
/// U+303F with 0xE3 0x80, and U+FF00 to U+FFFF with 0xEF and 0xBC or more.
fn is_western(text: &str) -> bool {
    let is_other = |first: u8, second: u8| {
        (first >= 0xC4)
            & !((first == 0xE2) & (second < 0x84)
                | (first == 0xE3) & (second == 0x80)
                | (first == 0xEF) & (second >= 0xBC))
    };
    let bytes = text.as_bytes();
    let seconds = bytes.get(1..).unwrap_or_default();
    // The last byte of a text begins no character beyond ASCII.
    let holds_other = |(firsts, seconds): (&[u8], &[u8])| {
        firsts.iter().zip(seconds).fold(false, |found, (first, second)| found | is_other(*first, *second))
    };
    !bytes.chunks(CHUNK).zip(seconds.chunks(CHUNK)).any(holds_other)
}

/// Whether a text holds Latin letters, general punctuation and symbols alone, as a look at its bytes tells:
/// the first of U+0340 is 0xCD, and the first of U+2000 to U+2FFF is 0xE2. Every other script of today
/// begins at U+0370.
pub fn is_latin_alone(text: &str) -> bool {
    let is_other = |byte: &u8| *byte >= 0xCD && *byte != 0xE2;
    let holds_other = |chunk: &[u8]| chunk.iter().fold(false, |found, byte| found | is_other(byte));
    !text.as_bytes().chunks(CHUNK).any(holds_other)
}

/// How many bytes are looked at as a whole: a processor looks at many at a time.
const CHUNK: usize = 256;
