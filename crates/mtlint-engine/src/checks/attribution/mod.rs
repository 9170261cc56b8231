//! Checks of who says what.

pub mod broken_clause;
pub mod double;
pub mod person_shift;
pub mod polarity_clash;
pub mod reported_twice;
pub mod said_again;
pub mod stranded_verb;
pub mod stray_pronoun;
pub mod swapped_agent;
pub mod torn_off;
