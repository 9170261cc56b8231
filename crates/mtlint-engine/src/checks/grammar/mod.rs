//! Checks of words that cannot stand beside each other, or not in this form.

pub mod impossible_pair;
pub mod wrong_article;
