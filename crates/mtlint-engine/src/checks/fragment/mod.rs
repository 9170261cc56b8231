//! Checks of sentences cut, joined or left without their head.

pub mod broken_line;
pub mod broken_paragraph;
pub mod cut_by_stop;
pub mod cut_off;
pub mod cut_sentence;
pub mod denial_without_claim;
pub mod function_words;
pub mod heading_command;
pub mod joined_words;
pub mod lower_case_tail;
pub mod orphan_ending;
pub mod split_compound;
pub mod torn_word;
