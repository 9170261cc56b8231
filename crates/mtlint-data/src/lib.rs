//! What mtlint knows as data, gathered by the build script: rule files, language packs, vocabularies, models, what was
//! measured of the rules, and the operators that damage texts.

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
