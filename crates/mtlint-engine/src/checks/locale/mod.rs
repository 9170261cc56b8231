//! Checks of numbers, money, times and spelling that belong to another locale than the text.

pub mod broken_number;
pub mod comma_placement;
pub mod currency_mixed;
pub mod currency_place;
pub mod currency_twice;
pub mod day_without_article;
pub mod number_format;
pub mod ordinal_stop;
pub mod quotation_mixed;
pub mod score;
pub mod spelling_variety;
