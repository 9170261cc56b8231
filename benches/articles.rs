//! How fast articles are read: building a document, planning which rules look where, checking.
//!
//! `cargo bench` prints throughput in bytes a second.

mod corpus;

use corpus::article;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mtlint_document::Document;
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::Registry;
use mtlint_lang::Language;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    Engine::new(Arc::new(Registry::builtin()), Selection::default()).expect("nothing is selected by name")
});

fn document(text: &str) -> Document {
    Document::plain(text, Language::parse("en").ok(), ENGINE.registry().packs())
}

#[divan::bench(args = [6_000, 1_000_000])]
fn build_document(bencher: Bencher, bytes: usize) {
    let text = article(bytes, 10);
    bencher.counter(BytesCount::of_str(&text)).bench(|| document(black_box(&text)));
}

#[divan::bench(args = [6_000, 1_000_000])]
fn identify_and_build_document(bencher: Bencher, bytes: usize) {
    let text = article(bytes, 10);
    let packs = ENGINE.registry().packs();
    bencher.counter(BytesCount::of_str(&text)).bench(|| Document::plain(black_box(&text), None, packs));
}

#[divan::bench(args = [6_000, 1_000_000])]
fn prefilter(bencher: Bencher, bytes: usize) {
    let text = article(bytes, 10);
    let document = document(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| ENGINE.planned(black_box(&document)));
}

#[divan::bench(args = [0, 10, 50])]
fn check_article(bencher: Bencher, damage: u32) {
    let text = article(6_000, damage);
    bencher.counter(BytesCount::of_str(&text)).bench(|| ENGINE.check(&document(black_box(&text))));
}

#[divan::bench]
fn check_long_article(bencher: Bencher) {
    let text = article(1_000_000, 10);
    bencher.counter(BytesCount::of_str(&text)).bench(|| ENGINE.check(&document(black_box(&text))));
}

#[divan::bench]
fn start(bencher: Bencher) {
    bencher.bench(Registry::builtin);
}
