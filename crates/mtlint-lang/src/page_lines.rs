//! Whether a line is one of a page's own, a button, a label, a notice to its readers, and none of the text: a linear model over
//! its words, pairs of words and shape. `scripts/page-lines` trains it on what free programs print on pages, against lines of
//! what people wrote.
//!
//! May use the tables of `expectation` and the catalogue.

use super::Language;
use super::expectation::Table;
use std::sync::{LazyLock, OnceLock};

/// The first bytes of a model, which name its form.
const HEAD: &[u8; 8] = b"mtpline1";

/// How many words such a line has at most.
pub const MOST_WORDS: usize = 25;

/// What the lines of pages look like in one language.
#[derive(Debug)]
pub struct PageLines<'m> {
    /// From which sum on hardly any line of human writing is taken for one, in thousandths.
    threshold: i32,
    weights: Table<'m, 1>,
}

impl PageLines<'static> {
    /// The model of a language, if there is one.
    ///
    /// # Panics
    /// When a model built in cannot be read, which a test rules out.
    pub fn of(language: Option<Language>) -> Option<&'static Self> {
        static MODELS: LazyLock<Vec<OnceLock<PageLines<'static>>>> =
            LazyLock::new(|| mtlint_data::page_lines().iter().map(|_| OnceLock::new()).collect());
        let models = mtlint_data::page_lines();
        let index = models.iter().position(|(code, ..)| Language::parse(code).ok() == language)?;
        Some(
            MODELS[index].get_or_init(|| Self::read(models[index].1).expect("it was written by the trainer")),
        )
    }
}

impl<'m> PageLines<'m> {
    /// Reads what `scripts/page-lines` wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let (threshold, table) = bytes.strip_prefix(HEAD)?.split_first_chunk::<4>()?;
        Some(Self { threshold: i32::from_le_bytes(*threshold), weights: Table::read(table)? })
    }

    /// How much more speaks for a line of the page than it takes to be sure, in thousandths; below 0 it is none.
    pub fn excess(&self, line: &str) -> i32 {
        let mut sum = 0;
        each_feature(line, |feature| {
            sum += self.weights.get(hash(feature)).map_or(0, |[weight]| i32::from(weight));
        });
        sum * 1000 / super::expectation::PARTS - self.threshold
    }
}

/// What `scripts/page-lines` does as well: FNV-1a of the bytes, mixed as MurmurHash3 ends.
fn hash(feature: &str) -> u32 {
    let mut hash = feature
        .bytes()
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

/// Calls `found` with every feature of a line: words in lower case, numbers as `#`, other characters by themselves; pairs of
/// them; the first; how many there are, how many bear a capital, and what the line ends with. Each counts once.
fn each_feature(line: &str, mut found: impl FnMut(&str)) {
    let mut words = vec!["<s>".to_owned()];
    let mut capitals = 0;
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let is_part: fn(char) -> bool = match first {
            c if c.is_alphabetic() => |c| c.is_alphabetic() || c == '\'' || c == '’',
            c if c.is_numeric() => char::is_numeric,
            _ => |_| false,
        };
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len()).max(first.len_utf8());
        if first.is_alphabetic() {
            capitals += usize::from(words.len() > 1 && first.is_uppercase());
            words.push(rest[..end].to_lowercase());
        } else if !first.is_whitespace() {
            words.push(if first.is_numeric() { "#".to_owned() } else { first.to_string() });
        }
        rest = &rest[end..];
    }
    words.push("</s>".to_owned());
    let mut features: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let end = line.chars().next_back().filter(|c| !c.is_alphanumeric()).unwrap_or('a');
    features.push(format!("first:{}", words[1]));
    features.push(format!("capitals:{}", capitals.min(3)));
    features.push(format!("length:{}", ((words.len() - 2) / 3).min(6)));
    features.push(format!("end:{end}"));
    features.append(&mut words);
    features.sort_unstable();
    features.dedup();
    features.iter().for_each(|feature| found(feature));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_read_and_is_small() {
        for (code, bytes, _) in mtlint_data::page_lines() {
            assert!(PageLines::read(bytes).is_some(), "{code}");
            assert!(bytes.len() <= 1 << 17, "{code}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn lines_of_pages_are_told_from_lines_of_texts() {
        let model = PageLines::of(Language::parse("en").ok()).unwrap();
        for line in ["Please log in to post a comment", "Skip to main content", "Accept all cookies"] {
            assert!(model.excess(line) >= 0, "{line}: {}", model.excess(line));
        }
        for line in ["The mill was sold on Monday.", "Chapter One", "He read the comment and laughed."] {
            assert!(model.excess(line) < 0, "{line}: {}", model.excess(line));
        }
    }
}
