//! Training: each file trains one kind of model.

mod calibration;
mod classes;
mod draw;
pub mod expectation;
pub mod lengths;
pub mod letters;
mod linear;
mod logistic;
pub mod marks;
pub mod pairs;
pub mod pieces;
mod plan;
pub mod quotations;
pub mod scorers;
pub mod two_forms;

use crate::corpus::Source;
use std::fmt::Write as _;
use std::process::Command;

/// The day, as `2026-12-01`.
fn today() -> String {
    let out = Command::new("date").args(["-u", "+%F"]).output();
    out.map_or(String::new(), |out| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// What says of the model `CODE.KIND` what it was made from.
fn manifest_of(code: &str, kind: &str, sources: &[Source], size: usize) -> String {
    let mut out = format!(
        "# What `{code}.{kind}` was made from. Written by `cargo run -p xtask -- train {kind}`; NOTICE names the \
         licences.\ndate  = \"{}\"\nbytes = {size}\n",
        today()
    );
    for source in sources {
        let words: usize = source.texts.iter().map(|text| text.text.split_whitespace().count()).sum();
        let Source { name, part, checksum, texts } = source;
        let texts = texts.len();
        write!(
            out,
            "\n[[source]]\nname   = \"{name}\"\npart   = \"{part}\"\ntexts  = {texts}\nwords  = {words}\nsha256 = \"{checksum}\"\n"
        )
        .expect("writing to a string does not fail");
    }
    out
}
