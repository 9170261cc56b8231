//! Packs the catalogue into one blob. A debug build does not: it reads the files of the project when it runs, so that a
//! changed rule, pack or model compiles nothing.

use std::path::PathBuf;
use std::{env, fs};

#[path = "src/automata.rs"]
mod automata;
#[allow(dead_code)]
#[path = "src/blob.rs"]
mod blob;
#[path = "src/pack.rs"]
mod pack;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(reads_project)");
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        println!("cargo::rustc-cfg=reads_project");
        return;
    }
    let project = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    for folder in pack::folders(&project) {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let sections = blob::Section::ALL.map(|section| match section {
        blob::Section::Automata => automata::of_patterns(pack::patterns(&project)),
        section => pack::pack(&project, section),
    });
    let target = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("catalogue.bin");
    fs::write(&target, blob::write(&sections))
        .unwrap_or_else(|error| panic!("{}: {error}", target.display()));
}
