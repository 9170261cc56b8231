//! How fast articles are read: building a document, planning which rules look where, checking.
//!
//! `cargo bench` prints throughput in bytes a second. The corpus is generated: sentences of our own,
//! put together by a fixed sequence of numbers, a share of them damaged.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mtlint::document::Document;
use mtlint::engine::{Engine, Selection};
use mtlint::lang::Language;
use mtlint::rule::Registry;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    Engine::new(Arc::new(Registry::builtin()), Selection::default()).expect("nothing is selected by name")
});

const SOUND: [&str; 8] = [
    "The council of Varnes voted on Tuesday to keep the old bridge open until the new one is finished.",
    "“We have walked over it for ninety years,” said Elin Moe, who lives on the northern bank.",
    "Engineers measured the piers in March and found no damage that could not be repaired.",
    "The work will cost 3.4 million crowns, of which the state pays half.",
    "Moe’s neighbours are less sure; some of them have begun to take the ferry.",
    "A spokesman for the ministry, Dr. P. Lund, said the figures would be published on Friday.",
    "In 2011 the river rose by two metres in one night, and the bridge stood.",
    "Nobody was hurt when a lorry hit the railing last winter.",
];

const DAMAGED: [&str; 6] = [
    "“The river takes what it wants,” said Moe. “It took the mill.” We have not forgotten it.”",
    "The ferry will run until midnight , the company said. .",
    "The piers were repaired in 1974. Pointed out.",
    "The the railing is to be painted green。",
    "Lund called the report “complete.” ”",
    "The bridge is 112 metres long&nbsp;and carries 4,000 cars a day.",
];

/// An article of about `bytes` bytes, `damage` of a hundred sentences damaged.
fn article(bytes: usize, damage: u32) -> String {
    let mut text = String::from("VARNES — ");
    let mut state = 0x2545_F491u32;
    let mut sentences = 0;
    while text.len() < bytes {
        // Marsaglia's xorshift: any fixed sequence would do.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let pool: &[&str] = if state % 100 < damage { &DAMAGED } else { &SOUND };
        text.push_str(pool[state as usize / 100 % pool.len()]);
        sentences += 1;
        text.push_str(if sentences % 4 == 0 { "\n" } else { " " });
    }
    text
}

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
