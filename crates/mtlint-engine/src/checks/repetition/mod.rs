//! Checks of what is said twice, where a pattern of a rule file does not tell it.

pub mod and;
pub mod both_ends;
pub mod bracketed_word;
pub mod gloss;
pub mod joined;
pub mod name_part;
pub mod number;
pub mod opening_again;
pub mod oscillation;
pub mod passage;
pub mod restatement;
pub mod seam;
pub mod sentence_again;
pub mod stuck;
