//! Languages: their codes, what is known about them (`rules/lang/*.toml`), and telling which one
//! a text is in. May use `text`.

mod code;
pub mod identify;
mod pack;

pub use code::{Language, LanguageError};
pub use pack::{LanguagePack, Packs, QuotationStyle};
