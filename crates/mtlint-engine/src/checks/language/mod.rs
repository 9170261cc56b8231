//! Checks of words and sentences of another language or script.

mod evidence;
pub mod foreign_script;
pub mod foreign_word;
pub mod heading_left;
pub mod look_alike_letters;
pub mod other_language;
pub mod source_left;
pub mod untranslated;
