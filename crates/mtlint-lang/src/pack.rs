//! Language packs: what is known about a language, as data.
//!
//! A pack is `rules/lang/xx.toml`. What a pack leaves out it takes from `base.toml`, which is also
//! the pack of every language that has none of its own.

use super::conventions::NumberStyle;
use super::currencies::{Currencies, CurrencyTable};
use super::function_words::{self, FunctionWords};
use super::model_speech::{ModelSpeech, ModelSpeechTable};
use super::traces::{Trace, Traces};
use super::word_bits::WordBits;
use super::word_list::{LazyWordList, NO_WORDS, WordList};
use super::{Language, Lexicon, Script, Territories, Vocabulary};
use foldhash::fast::FixedState;
use mtlint_text::{BuildWordHasher, word_hash};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, LazyLock, OnceLock};

/// One way to set quotation marks: the outer pair and the pair inside it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotationStyle {
    /// The opening and the closing mark.
    pub outer: (char, char),
    /// The marks of a quotation inside a quotation.
    pub inner: (char, char),
}

/// Thousands of words stay where the catalogue has them.
#[derive(Debug, Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"), deny_unknown_fields, rename_all = "kebab-case")]
struct PackFile {
    name: Option<String>,
    abbreviations: Option<Vec<&'static str>>,
    quotation_styles: Option<Vec<QuotationStyle>>,
    elisions: Option<Vec<&'static str>>,
    spaces_quotations: Option<bool>,
    nests_same_marks: Option<bool>,
    /// Whether a dash begins what somebody says in a dialogue.
    opens_speech_by_dash: Option<bool>,
    /// Whether every noun bears a capital.
    #[serde(default)]
    capitalises_nouns: bool,
    numbers: Option<NumberStyle>,
    #[serde(default)]
    currencies: CurrencyTable,
    /// The spellings of one word in the varieties of the language, in their order.
    #[serde(default)]
    varieties: Varieties,
    /// What a language model says beside its translation.
    #[serde(default)]
    model_speech: ModelSpeechTable,
    /// In `base.toml` alone: what translations leave behind of the languages they come from.
    #[serde(default)]
    traces: Vec<Trace>,
    /// In `base.toml` alone: the names of languages that have no pack.
    #[serde(default)]
    names: BTreeMap<Language, String>,
    /// In `base.toml` alone: the languages of each script but the Latin one.
    #[serde(default)]
    scripts: BTreeMap<Script, Vec<Language>>,
    #[serde(default)]
    words: BTreeMap<&'static str, Vec<&'static str>>,
}

/// The varieties of a language, such as American and British English, and how each spells words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Varieties {
    /// Their names.
    #[serde(default)]
    pub names: Vec<String>,
    /// The spellings of each word, one for each variety.
    #[serde(default)]
    pub spellings: Vec<Vec<String>>,
    #[serde(skip)]
    index: OnceLock<SpellingIndex>,
}

/// Which word each spelling of [`Varieties`] is, and of which variety.
#[derive(Debug)]
struct SpellingIndex {
    spellings: HashMap<u32, (usize, usize), BuildWordHasher>,
    /// The same words for a glance: most of a text are none of them.
    bits: WordBits,
}

impl Varieties {
    /// Whether a word with this [`word_hash`] may be one that varieties spell differently.
    pub fn may_differ(&self, hash: u32) -> bool {
        self.index().bits.may_hold(hash)
    }

    /// The word, as an index into `spellings`, and the variety of a spelling whose [`word_hash`] is
    /// known; `None` for words that all varieties spell alike.
    pub fn find(&self, hash: u32, spelling: &str) -> Option<(usize, usize)> {
        let &(word, variety) = self.index().spellings.get(&hash)?;
        (self.spellings[word][variety] == spelling).then_some((word, variety))
    }

    fn index(&self) -> &SpellingIndex {
        self.index.get_or_init(|| {
            let varieties = |(word, spellings): (usize, &Vec<String>)| {
                let hash = |(variety, spelling): (usize, &String)| (word_hash(spelling), (word, variety));
                spellings.iter().enumerate().map(hash).collect::<Vec<_>>()
            };
            let spellings: HashMap<_, _, _> = self.spellings.iter().enumerate().flat_map(varieties).collect();
            let bits = WordBits::new(spellings.keys().copied());
            SpellingIndex { spellings, bits }
        })
    }
}

/// What is known about one language.
#[derive(Debug)]
pub struct LanguagePack {
    language: Option<Language>,
    name: String,
    abbreviations: Words,
    quotation_styles: Vec<QuotationStyle>,
    elisions: Words,
    spaces_quotations: bool,
    nests_same_marks: bool,
    opens_speech_by_dash: bool,
    numbers: Option<NumberStyle>,
    currencies: Arc<LazyCurrencies>,
    varieties: Arc<Varieties>,
    words: HashMap<&'static str, Arc<LazyWordList>, FixedState>,
    lexicon: OnceLock<Arc<Lexicon>>,
    ties: OnceLock<Box<[Ties]>>,
    tables: Arc<Tables>,
}

/// What a word of the lexicon is to its language and to others.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ties {
    /// Whether it is a function word of its language and of no other.
    pub is_own_alone: bool,
    /// Whether it tells of other languages, and not of its own.
    pub is_of_others: bool,
    /// Whether the vocabulary of its language, if that is known, does not have it, or it bears accents.
    pub is_unknown: bool,
}

/// Few texts speak of money.
type LazyCurrencies = LazyLock<Currencies, Box<dyn FnOnce() -> Currencies + Send>>;

impl LanguagePack {
    /// The language, or `None` for the pack of a text whose language is unknown.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// The language's English name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a full stop after `word` belongs to the word and ends no sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(word)
    }

    /// How this language sets quotations, the most usual way first.
    pub fn quotation_styles(&self) -> &[QuotationStyle] {
        &self.quotation_styles
    }

    /// Whether `word`, an apostrophe at its start left out, is one that loses letters there: `n`, `tis`, `90s`.
    pub fn is_elision(&self, word: &str) -> bool {
        self.elisions.contains(word.to_lowercase().as_str())
    }

    /// Whether a space stands between quotation marks and what they quote.
    pub fn spaces_quotations(&self) -> bool {
        self.spaces_quotations
    }

    /// Whether a quotation inside a quotation is set in the same marks.
    pub fn nests_same_marks(&self) -> bool {
        self.nests_same_marks
    }

    /// Whether a dash begins what somebody says in a dialogue.
    pub fn opens_speech_by_dash(&self) -> bool {
        self.opens_speech_by_dash
    }

    /// How this language writes numbers; `None` when that is not known.
    pub fn numbers(&self) -> Option<&NumberStyle> {
        self.numbers.as_ref()
    }

    /// The currencies, with their names in this language.
    pub fn currencies(&self) -> &Currencies {
        &self.currencies
    }

    /// The varieties of this language that spell words each in its own way.
    pub fn varieties(&self) -> &Varieties {
        &self.varieties
    }

    /// A word list, `reporting-verb.past`; empty when the language has none of that name.
    pub fn words(&self, list: &str) -> &WordList {
        self.words.get(list).map_or(&NO_WORDS, |list| list.get())
    }

    /// The words of all word lists.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        self.lexicon.get_or_init(|| {
            Arc::new(Lexicon::new(
                self.words
                    .values()
                    .flat_map(|list| list.entries().iter().map(|entry| (usize::from(list.number()), *entry))),
            ))
        })
    }

    /// What the words of the lexicon are to this language and to others, by their numbers.
    pub fn ties(&self) -> &[Ties] {
        self.ties.get_or_init(|| {
            let language = self.language;
            let vocabulary = Vocabulary::of(language);
            let [function_words, telling_words] = [self.function_words(), self.telling_words()];
            let ties = |word: &str| Ties {
                is_own_alone: language.is_some_and(|own| function_words.is_of_alone(word, own)),
                is_of_others: telling_words.is_of_others(word, language),
                is_unknown: !word.is_ascii() || vocabulary.is_some_and(|vocabulary| !vocabulary.has(word)),
            };
            self.lexicon().texts().map(ties).collect()
        })
    }

    /// Whether a word, its possessive ending left out, is a name that is no other word when it is
    /// written small: a country, a people, a month.
    pub fn is_proper_noun(&self, word: &str) -> bool {
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        self.words("proper-noun").contains(stem)
    }

    /// What the language calls territories and their people.
    pub fn territories(&self) -> &'static Territories {
        Territories::of(self.language)
    }

    /// The function words of all languages.
    pub fn function_words(&self) -> &FunctionWords {
        &self.tables.function_words
    }

    /// Whether some language writes every noun with a capital.
    pub fn capitalises_nouns(&self, language: Language) -> bool {
        self.tables.capitalising.contains(&language)
    }

    /// What translations leave behind of the languages they come from.
    pub fn traces(&self) -> &Traces {
        &self.tables.traces
    }

    /// What language models say beside a translation, in all languages.
    pub fn model_speech(&self) -> &ModelSpeech {
        &self.tables.model_speech
    }

    /// The English name of any language; its code where it is not known.
    pub fn name_of<'a>(&'a self, language: &'a Language) -> &'a str {
        self.tables.names.get(language).map_or_else(|| language.as_str(), String::as_str)
    }

    /// The script that any language is written in.
    pub fn script_of(&self, language: Language) -> Script {
        self.tables.scripts.get(&language).copied().unwrap_or(Script::Latin)
    }

    /// The function words of all languages with other words that are frequent in each.
    pub fn telling_words(&self) -> &FunctionWords {
        &self.tables.telling_words
    }
}

/// What is gathered from the word lists of all packs.
#[derive(Debug, Default)]
struct Tables {
    function_words: FunctionWords,
    telling_words: FunctionWords,
    traces: Traces,
    model_speech: ModelSpeech,
    /// The languages that write every noun with a capital.
    capitalising: BTreeSet<Language>,
    /// The English names of languages.
    names: BTreeMap<Language, String>,
    /// What is known of currencies whatever the language.
    currencies: CurrencyTable,
    /// Of the languages that are not written in Latin letters.
    scripts: BTreeMap<Language, Script>,
}

impl Tables {
    fn new(files: &BTreeMap<Language, PackFile>, base: &PackFile) -> Self {
        let named = |(language, file): (&Language, &PackFile)| Some((*language, file.name.clone()?));
        let gather = |lists: &[&str]| {
            FunctionWords::new(files.iter().map(|(language, file)| {
                let words = lists.iter().filter_map(|list| file.words.get(*list));
                (*language, words.flat_map(|words| words.iter().copied()).collect())
            }))
        };
        let (function_words, telling_words) =
            rayon::join(|| gather(&[function_words::LIST]), || gather(&function_words::TELLING));
        Self {
            function_words,
            telling_words,
            traces: Traces::new(base.traces.clone()),
            model_speech: ModelSpeech::new(files.values().chain([base]).map(|file| &file.model_speech)),
            capitalising: files
                .iter()
                .filter(|(_, file)| file.capitalises_nouns)
                .map(|(language, _)| *language)
                .collect(),
            currencies: base.currencies.clone(),
            scripts: base
                .scripts
                .iter()
                .flat_map(|(script, all)| all.iter().map(|it| (*it, *script)))
                .collect(),
            names: base.names.clone().into_iter().chain(files.iter().filter_map(named)).collect(),
        }
    }
}

/// All packs.
#[derive(Debug)]
pub struct Packs {
    packs: BTreeMap<Language, Arc<LanguagePack>>,
    base: Arc<LanguagePack>,
    tables: Arc<Tables>,
}

impl Packs {
    /// The packs built into the binary.
    ///
    /// # Panics
    /// When one of them does not parse, which a test rules out.
    pub fn builtin() -> Self {
        Self::parse(mtlint_data::packs()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Reads packs from pairs of file name and JSON that escapes no word, `base` among them.
    ///
    /// # Errors
    /// A message that names the file and the place.
    pub fn parse(files: &[(&'static str, &'static str)]) -> Result<Self, String> {
        let read = |name: &str, text: &'static str| -> Result<PackFile, String> {
            serde_json::from_str(text).map_err(|error| format!("rules/lang/{name}.toml: {error}"))
        };
        let base_text =
            files.iter().find(|(name, _)| *name == "base").ok_or("rules/lang/base.toml is missing")?.1;
        let base = read("base", base_text)?;
        let others = files.par_iter().filter(|(name, _)| *name != "base").map(|(name, text)| {
            let language =
                Language::parse(name).map_err(|error| format!("rules/lang/{name}.toml: {error}"))?;
            Ok((language, read(name, text)?))
        });
        let others: Vec<Result<(Language, PackFile), String>> = others.collect();
        let read_files: BTreeMap<Language, PackFile> = others.into_iter().collect::<Result<_, _>>()?;
        let tables = Arc::new(Tables::new(&read_files, &base));
        let shared = Shared::of(&base);
        let packs: Vec<(Language, Arc<LanguagePack>)> = read_files
            .into_par_iter()
            .map(|(language, file)| (language, Arc::new(pack(Some(language), file, &base, &shared, &tables))))
            .collect();
        let packs = packs.into_iter().collect();
        let base = Arc::new(pack(None, PackFile::default(), &base, &shared, &tables));
        Ok(Self { packs, base, tables })
    }

    /// The pack of a language; the base pack, bearing that language's code, where it has none.
    pub fn get(&self, language: Option<Language>) -> Arc<LanguagePack> {
        match language {
            None => self.base.clone(),
            Some(language) => self.packs.get(&language).cloned().unwrap_or_else(|| {
                Arc::new(LanguagePack {
                    language: Some(language),
                    name: language.to_string(),
                    abbreviations: self.base.abbreviations.clone(),
                    quotation_styles: self.base.quotation_styles.clone(),
                    elisions: self.base.elisions.clone(),
                    spaces_quotations: self.base.spaces_quotations,
                    nests_same_marks: self.base.nests_same_marks,
                    opens_speech_by_dash: self.base.opens_speech_by_dash,
                    numbers: None,
                    currencies: self.base.currencies.clone(),
                    varieties: Arc::default(),
                    words: self.base.words.clone(),
                    lexicon: self.base.lexicon().clone().into(),
                    ties: OnceLock::new(),
                    tables: self.tables.clone(),
                })
            }),
        }
    }

    /// The function words of all languages.
    pub fn function_words(&self) -> &FunctionWords {
        &self.tables.function_words
    }

    /// What translations leave behind of the languages they come from.
    pub fn traces(&self) -> &Traces {
        &self.tables.traces
    }

    /// The languages that have a pack.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.packs.keys().copied()
    }

    /// Whether any pack has a word list of this name.
    pub fn has_list(&self, list: &str) -> bool {
        self.packs.values().any(|pack| pack.words.contains_key(list))
    }

    /// The first word of every entry, in lower case, that a list of this name has in any pack.
    pub fn first_words<'a>(&'a self, list: &'a str) -> impl Iterator<Item = String> + 'a {
        self.entries(list).filter_map(|entry| entry.split_whitespace().next()).map(str::to_lowercase)
    }

    /// How many words the longest entry has that a list of this name has in any pack.
    pub fn longest_entry(&self, list: &str) -> usize {
        self.entries(list).map(|entry| entry.split_whitespace().count()).max().unwrap_or(0)
    }

    fn entries<'a>(&'a self, list: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.packs
            .values()
            .filter_map(move |pack| pack.words.get(list))
            .flat_map(|list| list.entries().iter().copied())
    }

    /// The names of all word lists, sorted.
    pub fn lists(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.packs.values().flat_map(|pack| pack.words.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

type Words = Arc<HashSet<&'static str, FixedState>>;

fn set(words: &[&'static str]) -> Words {
    Arc::new(words.iter().copied().collect())
}

/// What `base.toml` has and every pack that has nothing else shares.
struct Shared {
    abbreviations: Words,
    elisions: Words,
    words: BTreeMap<&'static str, Arc<[&'static str]>>,
}

impl Shared {
    fn of(base: &PackFile) -> Self {
        let all = |words: &Option<Vec<&'static str>>| set(words.as_deref().unwrap_or_default());
        Self {
            abbreviations: all(&base.abbreviations),
            elisions: all(&base.elisions),
            words: base.words.iter().map(|(name, entries)| (*name, entries.as_slice().into())).collect(),
        }
    }
}

fn pack(
    language: Option<Language>,
    file: PackFile,
    base: &PackFile,
    shared: &Shared,
    tables: &Arc<Tables>,
) -> LanguagePack {
    let own_words = file.words.iter().map(|(name, entries)| (*name, entries.as_slice().into()));
    let shared_words = shared.words.iter().filter(|(name, _)| !file.words.contains_key(*name));
    let shared_words = shared_words.map(|(name, entries)| (*name, entries.clone()));
    let own_or =
        |own: Option<Vec<&'static str>>, base: &Words| own.map_or_else(|| base.clone(), |own| set(&own));
    LanguagePack {
        language,
        name: file.name.unwrap_or_else(|| "unknown".to_owned()),
        abbreviations: own_or(file.abbreviations, &shared.abbreviations),
        quotation_styles: file.quotation_styles.or_else(|| base.quotation_styles.clone()).unwrap_or_default(),
        elisions: own_or(file.elisions, &shared.elisions),
        spaces_quotations: file.spaces_quotations.or(base.spaces_quotations).unwrap_or(false),
        nests_same_marks: file.nests_same_marks.or(base.nests_same_marks).unwrap_or(false),
        opens_speech_by_dash: file.opens_speech_by_dash.or(base.opens_speech_by_dash).unwrap_or(false),
        numbers: file.numbers,
        currencies: {
            let (own, tables) = (file.currencies, tables.clone());
            Arc::new(LazyLock::new(Box::new(move || Currencies::new(own, &tables.currencies))))
        },
        varieties: Arc::new(file.varieties),
        words: own_words
            .chain(shared_words)
            // A language has no more lists than a lexicon takes, which a test holds.
            .zip(0_u8..)
            .map(|((name, entries), number)| (name, Arc::new(LazyWordList::new(number, entries))))
            .collect(),
        lexicon: OnceLock::new(),
        ties: OnceLock::new(),
        tables: tables.clone(),
    }
}
