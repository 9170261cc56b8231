//! How far two spellings may be of one name: what the languages of the world, and the ways of transliteration, put in place
//! of which letters, learned from the names of cities by `scripts/respellings`. May use the catalogue.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How many letters a piece has at most.
const LONGEST_PIECE: usize = 4;

/// The most letters of a name that are looked at.
const LONGEST: usize = 24;

/// What is gained, in hundredths, where pieces that were never met stand for each other.
const UNMET: i32 = -900;

/// Which pieces of names stand for which.
#[derive(Debug, Default)]
pub struct Respellings {
    /// How much likelier two pieces are in two spellings of one name than in two names: a logarithm in hundredths.
    gains: HashMap<u64, i32, FixedState>,
}

impl Respellings {
    /// What is known of names in Latin letters.
    pub fn latin() -> &'static Self {
        static LATIN: LazyLock<Respellings> = LazyLock::new(|| Respellings::read(mtlint_data::respellings()));
        &LATIN
    }

    /// Reads lines of two pieces, `-` for none, and their gain; others are passed over.
    pub fn read(text: &str) -> Self {
        let mut gains = HashMap::default();
        for line in text.lines() {
            let mut columns = line.split(' ');
            let (Some(first), Some(second), Some(gain)) = (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let piece = |text: &str| if text == "-" { 0 } else { number(text.as_bytes()) };
            if let Ok(gain) = gain.parse() {
                gains.insert(key(piece(first), piece(second)), gain);
            }
        }
        Self { gains }
    }

    /// How much speaks for two spellings of one name rather than two names, in hundredths of a logarithm: the most that
    /// any way of cutting both into pieces comes to. Takes bare letters of ASCII in lower case; `None` for others.
    pub fn kinship(&self, first: &str, second: &str) -> Option<i32> {
        let (a, b) = (first.as_bytes(), second.as_bytes());
        let is_plain = |text: &[u8]| text.len() <= LONGEST && text.iter().all(u8::is_ascii_lowercase);
        if !is_plain(a) || !is_plain(b) || a.is_empty() || b.is_empty() {
            return None;
        }
        let width = b.len() + 1;
        let mut best = vec![i32::MIN; (a.len() + 1) * width];
        best[0] = 0;
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                let here = best[i * width + j];
                if here == i32::MIN {
                    continue;
                }
                for m in 0..=LONGEST_PIECE.min(a.len() - i) {
                    for n in usize::from(m == 0)..=LONGEST_PIECE.min(b.len() - j) {
                        let met = self.gains.get(&key(number(&a[i..i + m]), number(&b[j..j + n])));
                        let gain = match met {
                            Some(gain) => *gain,
                            None if m <= 1 && n <= 1 => UNMET,
                            None => continue,
                        };
                        let place = &mut best[(i + m) * width + j + n];
                        *place = (*place).max(here + gain);
                    }
                }
            }
        }
        best.last().copied()
    }
}

/// A piece as a number.
fn number(piece: &[u8]) -> u64 {
    piece.iter().fold(0, |number, letter| number << 8 | u64::from(*letter))
}

fn key(first: u64, second: u64) -> u64 {
    first << 32 | second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_are_nearer_than_other_names() {
        let kinship = |a: &str, b: &str| Respellings::latin().kinship(a, b).unwrap();
        for (a, b, other) in [
            ("shevchuk", "schewtschuk", "shevardin"),
            ("zhukovsky", "schukowskij", "lubkovsky"),
            ("hossain", "hussein", "hofmann"),
            ("tchaikin", "chaykin", "malkin"),
        ] {
            assert!(kinship(a, b) > kinship(a, other), "{a} {b} {other}");
            assert!(kinship(a, b) > 0, "{a} {b}");
        }
        assert_eq!(Respellings::latin().kinship("", "b"), None);
        assert_eq!(Respellings::latin().kinship("Ünal", "unal"), None);
    }
}
