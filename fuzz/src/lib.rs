//! The properties that the fuzz targets hold; the tests of the crate hold the same on stable Rust.

pub mod properties;
