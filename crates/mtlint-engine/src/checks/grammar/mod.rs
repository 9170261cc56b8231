//! Checks of words that cannot stand beside each other, or not in this form.

pub mod agreement;
pub mod impossible_pair;
pub mod verb_form;
pub mod wrong_article;
