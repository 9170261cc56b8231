#![no_main]

libfuzzer_sys::fuzz_target!(|data: &str| mtlint_fuzz::properties::configuration(data));
