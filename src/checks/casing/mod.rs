//! Checks of capitals and lower case.

pub mod heading;
pub mod lower_case_text;
pub mod mid_sentence;
pub mod proper_noun;
pub mod sentence_start;
