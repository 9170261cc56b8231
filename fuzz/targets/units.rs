#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| mtlint_fuzz::properties::units(text));
