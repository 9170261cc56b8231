//! Checks of marks and the spaces around them.

pub mod bracket_of_source;
pub mod cut_hyphen;
pub mod detached_mark;
pub mod end_mark;
pub mod lost_stop;
pub mod mark_pile;
pub mod narrow_mark;
pub mod one_sided_dash;
pub mod percent_space;
pub mod repeated_stop;
pub mod stray_apostrophe;
pub mod unexpected_mark;
pub mod unmatched_bracket;
pub mod wide_mark;
