//! Numbers, dates and units that differ from the source.

pub mod changed;
pub mod extra;
pub mod month;
pub mod swapped;
pub mod unit;
