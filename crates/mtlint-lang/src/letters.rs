//! What the letters of a few words say of their language: how likely each letter is behind those before it, in each
//! of some languages of the Latin script.
//!
//! The models are in `models/latin.letters`, written by `cargo run -p xtask -- train letters`. They are read where they
//! lie in the binary, and only a text that asks pays for them. All sums are of whole numbers, so that every machine comes
//! to the same. May use `text` and what is built in.

use super::Language;
use super::expectation::{Table, table};
use std::sync::LazyLock;

/// How many letters a group has at most: the last one, and those that it stands behind.
pub const LONGEST_GROUP: usize = 4;

/// The weights count how likely a letter is as a natural logarithm, in this part of one.
pub const UNIT: f32 = 12.0;

/// What it counts for each letter fewer that is known of what stands before, in [`UNIT`]s.
const SHORTER: i32 = 12;

/// What a letter counts that the language does not have, in [`UNIT`]s.
const STRANGE: i32 = -108;

/// How much more likely the letters must be in a language than in any other, in [`UNIT`]s.
const MARGIN: i32 = 48;

/// The first bytes of a file of models, which name its form.
const HEAD: &[u8; 8] = b"mtletr01";

/// Groups of letters: the [`group_hash`] and the weight of each, in [`UNIT`]s.
pub type Groups = Vec<(u32, [i8; 1])>;

/// The models of several languages.
#[derive(Debug)]
pub struct LetterModels<'m> {
    languages: Vec<(Language, Table<'m, 1>)>,
}

/// What the letters of a text say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranking {
    /// The language that they are likeliest in.
    pub best: Language,
    /// The next one.
    pub second: Language,
    /// How much likelier they are in `best`, in [`UNIT`]s.
    pub margin: i32,
}

impl Ranking {
    /// Whether the letters decide between the two.
    pub fn is_clear(&self) -> bool {
        self.margin >= MARGIN
    }
}

impl LetterModels<'static> {
    /// The models that are built in.
    pub fn builtin() -> &'static Self {
        static MODELS: LazyLock<LetterModels<'static>> = LazyLock::new(|| {
            LetterModels::read(mtlint_data::letters()).expect("it was written by the trainer")
        });
        &MODELS
    }
}

impl<'m> LetterModels<'m> {
    /// Reads what [`LetterModels::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(HEAD)?;
        let mut languages = Vec::new();
        while let Some((head, after)) = rest.split_first_chunk::<6>() {
            let [a, b, length @ ..] = *head;
            let language = Language::parse(std::str::from_utf8(&[a, b]).ok()?).ok()?;
            let (part, after) = after.split_at_checked(u32::from_le_bytes(length) as usize)?;
            languages.push((language, Table::read(part)?));
            rest = after;
        }
        rest.is_empty().then_some(Self { languages })
    }

    /// The file of models, each given by the two letters of its language, and its groups of letters.
    pub fn write(models: &[([u8; 2], Groups)]) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        for (language, groups) in models {
            let table = table(groups);
            out.extend(language);
            out.extend((table.len() as u32).to_le_bytes());
            out.extend(table);
        }
        out
    }

    /// The language that the letters of a text speak for, if they speak for one clearly.
    pub fn language_of(&self, text: &str) -> Option<Language> {
        self.ranking(text).filter(Ranking::is_clear).map(|ranking| ranking.best)
    }

    /// The two languages that the letters of a text speak for most.
    pub fn ranking(&self, text: &str) -> Option<Ranking> {
        let mut sums = vec![0; self.languages.len()];
        // The last letters of the word so far.
        let mut last: Vec<char> = Vec::with_capacity(LONGEST_GROUP);
        for c in text.chars().flat_map(char::to_lowercase) {
            if !c.is_alphabetic() {
                last.clear();
                continue;
            }
            if last.len() == LONGEST_GROUP {
                last.remove(0);
            }
            last.push(c);
            let mut groups = [0; LONGEST_GROUP];
            groups.iter_mut().zip(0..last.len()).for_each(|(hash, from)| *hash = group_hash(&last[from..]));
            for (sum, (_, table)) in sums.iter_mut().zip(&self.languages) {
                *sum += weight(table, &groups[..last.len()]);
            }
        }
        let best = (0..sums.len()).max_by_key(|index| (sums[*index], std::cmp::Reverse(*index)))?;
        let others = (0..sums.len()).filter(|index| *index != best);
        let second = others.max_by_key(|index| (sums[*index], std::cmp::Reverse(*index)))?;
        let language = |index: usize| self.languages[index].0;
        Some(Ranking { best: language(best), second: language(second), margin: sums[best] - sums[second] })
    }
}

/// What a letter counts, by the hashes of the groups that end with it, the longest first.
fn weight(table: &Table<'_, 1>, groups: &[u32]) -> i32 {
    let known = groups
        .iter()
        .zip(0..)
        .find_map(|(hash, shorter)| table.get(*hash).map(|[weight]| i32::from(weight) - shorter * SHORTER));
    known.unwrap_or(STRANGE)
}

/// By what a group of letters is known.
pub fn group_hash(letters: &[char]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = letters.iter().fold(letters.len() as u64, |hash, c| {
        let hash = (hash ^ u64::from(u32::from(*c))).wrapping_mul(FACTOR);
        hash ^ hash >> 29
    });
    (mixed ^ mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_are_told_by_their_letters() {
        let told = |text| LetterModels::builtin().language_of(text).map(|language| language.to_string());
        let sentences = [
            ("The ferry left the harbour before the storm.", "en"),
            ("Die Fähre verließ den Hafen vor dem Sturm.", "de"),
            ("Le bateau a quitté le port avant la tempête.", "fr"),
            ("El barco salió del puerto antes de la tormenta.", "es"),
            ("O barco deixou o porto antes da tempestade.", "pt"),
            ("La nave ha lasciato il porto prima della tempesta.", "it"),
            ("De veerboot verliet de haven voor de storm.", "nl"),
            ("Prom wypłynął z portu przed burzą.", "pl"),
            ("Trajekt vyplul z přístavu před bouří.", "cs"),
            ("Feribot fırtınadan önce limandan ayrıldı.", "tr"),
            ("Färjan lämnade hamnen före stormen.", "sv"),
        ];
        for (text, language) in sentences {
            assert_eq!(told(text).as_deref(), Some(language), "{text}");
        }
        assert_eq!(told(""), None);
        assert_eq!(told("12 % a"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        let group = |text: &str| group_hash(&text.chars().collect::<Vec<_>>());
        let models =
            [(*b"en", vec![(group("a"), [-1])]), (*b"fr", vec![(group("a"), [-60]), (group("e"), [-1])])];
        let bytes = LetterModels::write(&models);
        let read = LetterModels::read(&bytes).unwrap();
        assert_eq!(read.language_of("a").unwrap().as_str(), "en");
        assert_eq!(read.language_of("e e").unwrap().as_str(), "fr");
        assert!(LetterModels::read(b"mtletr01en").is_none() && LetterModels::read(b"").is_none());
    }
}
