//! What mtlint knows as data: rule files, language packs, vocabularies, models, what was measured of the rules, and the
//! operators that damage texts.
//!
//! A release build holds all of it as one blob, packed by the build script. A debug build reads the files of the project
//! it was built from when they are first asked for, and packs them in the same way: what changes in `rules/` or `models/`
//! compiles nothing and holds at the next start.

#[cfg(test)]
mod automata;
// What the build script alone uses is unused here.
#[allow(dead_code)]
mod blob;
#[cfg(any(reads_project, test))]
mod pack;

use blob::{Entry, Section};
use std::sync::LazyLock;

/// A name and a text, JSON as a rule.
pub type Text = (&'static str, &'static str);

/// A language code and two models of one kind.
pub type Models = (&'static str, &'static [u8], &'static [u8]);

#[cfg(not(reads_project))]
fn entries(section: Section) -> Vec<Entry<&'static [u8]>> {
    let blob = include_bytes!(concat!(env!("OUT_DIR"), "/catalogue.bin"));
    blob::read(blob, section).expect("the build script has written it")
}

/// What is read stays until the end of the process, as what is built in does.
#[cfg(reads_project)]
fn entries(section: Section) -> Vec<Entry<&'static [u8]>> {
    let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let leak = |bytes: Vec<u8>| -> &'static [u8] { bytes.leak() };
    let entries = pack::pack(&project, section).into_iter();
    entries.map(|entry| Entry { name: leak(entry.name), parts: entry.parts.map(leak) }).collect()
}

fn utf8(bytes: &'static [u8]) -> &'static str {
    std::str::from_utf8(bytes).expect("the catalogue is packed from texts")
}

fn texts(section: Section) -> Vec<Text> {
    entries(section).into_iter().map(|entry| (utf8(entry.name), utf8(entry.parts[0]))).collect()
}

fn models(section: Section) -> Vec<Models> {
    let models = |entry: Entry<&'static [u8]>| (utf8(entry.name), entry.parts[0], entry.parts[1]);
    entries(section).into_iter().map(models).collect()
}

/// The only text of a section.
fn text(section: Section) -> &'static str {
    texts(section).first().map_or("", |(_, text)| text)
}

/// Functions that give a section, made ready when first asked for.
macro_rules! sections {
    ($($(#[$about:meta])* $name:ident: $read:ident($section:ident) -> $type:ty;)*) => {$(
        $(#[$about])*
        pub fn $name() -> &'static [$type] {
            static ENTRIES: LazyLock<Vec<$type>> = LazyLock::new(|| $read(Section::$section));
            &ENTRIES
        }
    )*};
}

sections! {
    /// Every rule file, without its examples, as (id, JSON), sorted by id.
    rules: texts(Rules) -> Text;
    /// The examples of every rule file as (id, JSON), sorted by id.
    examples: texts(Examples) -> Text;
    /// Every language pack as (language code, JSON).
    packs: texts(Packs) -> Text;
    /// What a language calls the territories, as (language code, JSON).
    territories: texts(Territories) -> Text;
    /// What a language calls the peoples of the territories, as (language code, JSON).
    peoples: texts(Peoples) -> Text;
    /// The weights of every rule that weighs evidence, as (id, JSON), sorted by id.
    scorers: texts(Scorers) -> Text;
    /// How a language writes values in words, as (language code, JSON).
    values: texts(Values) -> Text;
    /// What damages texts, `crates/mtlint-inject/src/operators`, as (kind, JSON), sorted by kind.
    operators: texts(Operators) -> Text;
    /// Of each language (its code) the filter of its vocabulary and the weights of its letters.
    words: models(Words) -> Models;
    /// Of each language (its code) the weights of its tagger and its word forms.
    taggers: models(Taggers) -> Models;
    /// What a language expects between words: (language code, model, nothing).
    expectations: models(Expectations) -> Models;
    /// What pieces of its sentences look like: (language code, model, nothing).
    pieces: models(Pieces) -> Models;
    /// Which words it never sets side by side: (language code, pairs, nothing).
    pairs: models(Pairs) -> Models;
    /// What chooses between the two forms of a word: (language code, model, nothing).
    two_forms: models(TwoForms) -> Models;
    /// What the lines of a page look like that are none of the text: (language code, model, nothing).
    page_lines: models(PageLines) -> Models;
    /// Where it sets quotation marks: (language code, weights, nothing).
    marks: models(Marks) -> Models;
}

/// What the letters of words say of their language.
pub fn letters() -> &'static [u8] {
    static LETTERS: LazyLock<&[u8]> =
        LazyLock::new(|| models(Section::Letters).first().map_or(&[], |it| it.1));
    &LETTERS
}

/// Which letters stand for which in the spellings of a name: `models/latin.respellings`.
pub fn respellings() -> &'static str {
    text(Section::Respellings)
}

/// What was measured of the rules: `rules/precision.toml` as JSON.
pub fn precision() -> &'static str {
    text(Section::Precision)
}

/// Closed classes of words: `crates/mtlint-inject/src/classes.toml` as JSON.
pub fn classes() -> &'static str {
    text(Section::Classes)
}

/// What the oddities of quotation marks cost: `rules/quotation-costs.toml` as JSON.
pub fn quotation_costs() -> &'static str {
    text(Section::QuotationCosts)
}

/// Two automata of a pattern, written as sparse DFAs of regex-automata: one that finds the ends of matches, and one that goes
/// back from an end to the beginning. For texts of the smallest alphabet, and for some patterns alone.
pub fn automata(pattern: &str) -> Option<[&'static [u8]; 2]> {
    static ENTRIES: LazyLock<Vec<Entry<&[u8]>>> = LazyLock::new(|| entries(Section::Automata));
    let place = ENTRIES.binary_search_by(|entry| entry.name.cmp(pattern.as_bytes()));
    place.ok().map(|place| ENTRIES[place].parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_read_again() {
        let project = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let sections = Section::ALL.map(|section| pack::pack(&project, section));
        let blob = blob::write(&sections);
        for (section, packed) in Section::ALL.into_iter().zip(&sections) {
            let read = blob::read(&blob, section).unwrap();
            assert_eq!(read.is_empty(), section == Section::Automata, "{section:?}");
            let owned =
                read.iter().map(|it| Entry { name: it.name.to_vec(), parts: it.parts.map(<[u8]>::to_vec) });
            assert!(owned.eq(packed.iter().cloned()), "{section:?}");
        }
        assert_eq!(blob::read(&blob[..blob.len() - 1], Section::Automata), None);
    }
}
