//! Checks of capitals and lower case.

pub mod all_capitals;
pub mod capital_inside;
pub mod common_word;
pub mod heading;
pub mod lower_case_text;
pub mod mid_sentence;
pub mod name_part;
pub mod proper_noun;
pub mod sentence_start;
pub mod small_i;
pub mod small_name;
pub mod unexpected_capital;
