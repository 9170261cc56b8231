//! What a language expects between two words, and of the first letter of a word: linear models over what stands
//! around, trained by `cargo run -p xtask -- train expectation`.
//!
//! A model is read where it lies in the binary: nothing is unpacked, and a text that asks nothing pays nothing. All
//! sums are of whole numbers, so that every machine comes to the same. May use `text` and the catalogue.

mod context;
mod table;

pub use context::{Context, Item, Neighbour, REACH, Shape, each_feature, feature_hash};
pub use table::{PARTS, Table, table};

use super::Language;
use std::sync::{LazyLock, OnceLock};

/// What may stand between two words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// White space alone.
    Nothing,
    Comma,
    Stop,
    Colon,
    Semicolon,
    /// A dash with white space on both sides, or on neither.
    Dash,
}

impl Mark {
    /// All of them, in the order of the columns of a model.
    pub const ALL: [Self; 6] =
        [Self::Nothing, Self::Comma, Self::Stop, Self::Colon, Self::Semicolon, Self::Dash];

    /// The mark that a piece of text is.
    pub fn of(text: &str) -> Option<Self> {
        Some(match text {
            "," => Self::Comma,
            "." => Self::Stop,
            ":" => Self::Colon,
            ";" => Self::Semicolon,
            "—" | "–" | "-" | "--" => Self::Dash,
            _ => return None,
        })
    }

    /// The same, other marks that end a sentence taken for a stop: models tell them not apart.
    pub fn like(text: &str) -> Option<Self> {
        if matches!(text, "!" | "?") { Some(Self::Stop) } else { Self::of(text) }
    }
}

/// How many marks a model tells apart.
pub const MARKS: usize = Mark::ALL.len();

/// The first bytes of a model, which name its form.
const HEAD: &[u8; 8] = b"mtlint-1";

/// The class of a word that is too rare to have one; see [`Expectation::class_of`].
const RARE: u16 = 1000;

/// How many classes rare words share, by their ending.
const RARE_CLASSES: u32 = 1000;

/// What the models of one language expect.
#[derive(Debug)]
pub struct Expectation<'m> {
    /// The class of each frequent word, by its hash.
    classes: Table<'m, 1>,
    marks: Table<'m, MARKS>,
    capitals: Table<'m, 1>,
}

impl Expectation<'static> {
    /// The models of a language, if there are any.
    ///
    /// # Panics
    /// When a model built in cannot be read, which a test rules out.
    pub fn of(language: Language) -> Option<&'static Self> {
        static MODELS: LazyLock<Vec<OnceLock<Expectation<'static>>>> =
            LazyLock::new(|| mtlint_data::expectations().iter().map(|_| OnceLock::new()).collect());
        let models = mtlint_data::expectations();
        let index = models.iter().position(|(code, ..)| Language::parse(code).ok() == Some(language))?;
        Some(
            MODELS[index].get_or_init(|| Self::read(models[index].1).expect("it was written by the trainer")),
        )
    }
}

impl<'m> Expectation<'m> {
    /// Reads what [`Expectation::write`] wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(HEAD)?;
        let mut part = || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (part, after) = after.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            rest = after;
            Some(part)
        };
        Some(Self {
            classes: Table::read(part()?)?,
            marks: Table::read(part()?)?,
            capitals: Table::read(part()?)?,
        })
    }

    /// The bytes of a model made of three tables that [`table`] wrote.
    pub fn write(classes: &[u8], marks: &[u8], capitals: &[u8]) -> Vec<u8> {
        let mut out = HEAD.to_vec();
        for part in [classes, marks, capitals] {
            out.extend((part.len() as u32).to_le_bytes());
            out.extend(part);
        }
        out
    }

    /// The class of a word: that of a frequent one by the company it keeps, that of another by its last three letters.
    /// `hash` is its [`mtlint_text::word_hash`].
    pub fn class_of(&self, hash: u32, word: &str) -> u16 {
        self.classes
            .get(hash)
            .map_or_else(|| Self::class_of_rare(word), |[class]| u16::from(class as u8) + 30)
    }

    /// Whether a word was frequent in what the model was trained on.
    pub fn is_frequent(&self, hash: u32) -> bool {
        self.classes.get(hash).is_some()
    }

    /// The class of a word that is not frequent.
    pub fn class_of_rare(word: &str) -> u16 {
        let mut ending = [0; 3];
        for (place, c) in ending.iter_mut().zip(word.chars().rev()) {
            *place = c.to_lowercase().next().map_or(0, u32::from);
        }
        let hash = ending.iter().fold(0u32, |hash, c| (hash ^ c).wrapping_mul(0x9E37_79B1).rotate_left(13));
        RARE + (hash % RARE_CLASSES) as u16
    }

    /// How much speaks for each of [`Mark::ALL`] at a place, in thousandths; only differences mean something.
    pub fn marks(&self, context: &Context) -> [i32; MARKS] {
        sums(&self.marks, context)
    }

    /// What the nearest words alone say for each of [`Mark::ALL`], in parts: a first look, of which
    /// [`Expectation::marks_after`] goes on.
    pub fn marks_at_first(&self, context: &Context) -> [i32; MARKS] {
        let mut sums = [0; MARKS];
        context::each_nearest_feature(context, |feature| add(&mut sums, self.marks.get(feature)));
        sums
    }

    /// How much speaks for each of [`Mark::ALL`] at a place whose nearest words say `first`, in thousandths.
    pub fn marks_after(&self, mut first: [i32; MARKS], context: &Context) -> [i32; MARKS] {
        context::each_further_feature(context, |feature| add(&mut first, self.marks.get(feature)));
        first.map(thousandths)
    }

    /// How much speaks for a capital on the first word to the right, in thousandths; 0 is even.
    pub fn capital(&self, context: &Context) -> i32 {
        self.capital_after(self.capital_at_first(context), context)
    }

    /// What the nearest words alone say for a capital on the first word to the right, in parts.
    pub fn capital_at_first(&self, context: &Context) -> i32 {
        let mut sum = [0];
        let context = Self::without_shape(*context);
        context::each_nearest_feature(&context, |feature| add(&mut sum, self.capitals.get(feature)));
        sum[0]
    }

    /// How much speaks for a capital where the nearest words say `first`, in thousandths.
    pub fn capital_after(&self, first: i32, context: &Context) -> i32 {
        let mut sum = [first];
        let context = Self::without_shape(*context);
        context::each_further_feature(&context, |feature| add(&mut sum, self.capitals.get(feature)));
        thousandths(sum[0])
    }

    /// The context without what tells of a capital on the first word to the right.
    pub fn without_shape(mut context: Context) -> Context {
        context.right[0].shape = Shape::Small;
        context
    }
}

fn sums<const WIDTH: usize>(table: &Table<'_, WIDTH>, context: &Context) -> [i32; WIDTH] {
    let mut sums = [0; WIDTH];
    each_feature(context, |feature| add(&mut sums, table.get(feature)));
    sums.map(thousandths)
}

fn add<const WIDTH: usize>(sums: &mut [i32; WIDTH], weights: Option<[i8; WIDTH]>) {
    for (sum, weight) in sums.iter_mut().zip(weights.into_iter().flatten()) {
        *sum += i32::from(weight);
    }
}

/// What a sum of parts is in thousandths.
fn thousandths(parts: i32) -> i32 {
    parts * 1000 / table::PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_can_be_read_and_is_small() {
        for (code, bytes, _) in mtlint_data::expectations() {
            assert!(Expectation::read(bytes).is_some(), "{code}");
            assert!(bytes.len() <= 1 << 20, "{code}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn what_is_no_model_is_refused() {
        assert!(Expectation::read(b"").is_none());
        assert!(Expectation::read(b"mtlint-1\xff\xff\xff\xff").is_none());
        let model = Expectation::write(&table::<1>(&[]), &table::<MARKS>(&[]), &table::<1>(&[]));
        assert!(Expectation::read(&model).is_some());
        assert!(Expectation::read(&model[..model.len() - 1]).is_none());
    }

    #[test]
    fn rare_words_are_known_by_their_ending() {
        let class = Expectation::class_of_rare;
        assert_eq!(class("zonking"), class("Blonking"));
        assert_ne!(class("zonking"), class("zonked"));
        assert!(class("x") >= RARE);
    }
}
