//! Languages: their codes, what is known about them (`rules/lang/*.toml`), and telling which one
//! a text is in. May use `text`.

mod alphabet;
mod code;
mod conventions;
mod currencies;
pub mod expectation;
mod function_words;
pub mod identify;
mod lazy_regex;
pub mod letters;
mod lexicon;
mod mark_places;
mod marks;
mod model_speech;
pub mod needs;
mod never_pairs;
mod pack;
pub mod page_lines;
pub mod pieces;
mod plain_pattern;
mod respellings;
mod script;
pub mod tagger;
mod territories;
mod traces;
pub mod two_forms;
mod value_words;
mod vocabulary;
mod word_bits;
mod word_list;

pub use alphabet::{Alphabet, is_latin_alone};
pub use code::{Language, LanguageError};
pub use conventions::NumberStyle;
pub use currencies::{Currencies, Currency};
pub use function_words::{Evidence, FunctionWords};
pub use lazy_regex::{LazyRegex, Searcher, find_all, find_from, next_char};
pub use lexicon::{Lexicon, ListSet};
pub use mark_places::{KINDS as MARK_CHANGES, MarkPlaces, WEIGHTS as MARK_WEIGHTS};
pub use marks::{ClauseMark, MarkClass, MarkHome, mark_at_home};
pub use model_speech::{ModelSpeech, Speech};
pub use never_pairs::NeverPairs;
pub use pack::{LanguagePack, Packs, QuotationStyle, Ties, Varieties};
pub use respellings::Respellings;
pub use script::{Script, dominant as dominant_script, look_alike};
pub use territories::{Place, Role, Territories, Territory, Tongue};
pub use traces::{Trace, Traces};
pub use value_words::{Amount, ValueMeaning, ValueWords, is_unspaced};
pub use vocabulary::Vocabulary;
pub use word_list::WordList;

/// What the oddities of quotation marks cost: `rules/quotation-costs.toml` as JSON.
pub fn quotation_costs() -> &'static str {
    mtlint_data::quotation_costs()
}
