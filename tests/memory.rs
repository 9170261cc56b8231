//! A document that is checked again and again, changed a little, has the findings of one that is
//! checked for the first time.

use mtlint_document::Document;
use mtlint_engine::engine::{Circumstances, Engine, Memory, Review, Selection};
use mtlint_engine::rule::{Confidence, Registry};
use mtlint_lang::Language;
use proptest::prelude::*;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

/// Every rule, also those that are off by default.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let selection = Selection { min_confidence: Confidence::Low, ..Selection::default() };
    Engine::new(Arc::new(Registry::builtin()), selection).expect("nothing is selected by name")
});

/// The text of every example of every rule: damage of every kind, and what looks like it.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let rules = ENGINE.registry().rules().iter();
    rules.flat_map(|rule| rule.examples().iter().map(|example| example.text.clone())).collect()
});

fn document(text: &str, language: &str) -> Document {
    Document::plain(text, Language::parse(language).ok(), ENGINE.registry().packs())
}

fn anew(document: &Document) -> Review {
    ENGINE.review(document, &Circumstances::default(), None)
}

fn again(document: &Document, memory: &mut Memory) -> Review {
    let stop = AtomicBool::new(false);
    ENGINE.review_again(document, &Circumstances::default(), memory, &stop).expect("nothing stops it")
}

#[test]
fn every_rule_finds_the_same_in_other_company() {
    for language in ["en", "de", "fr", "es", "tr", "ru", "ja"] {
        let mut memory = Memory::default();
        let mut texts: Vec<&str> = TEXTS.iter().map(String::as_str).collect();
        for turn in 0..4 {
            let document = document(&texts.join("\n\n"), language);
            let review = anew(&document);
            assert!(review.findings.len() > 100, "{language}: {}", review.findings.len());
            assert!(again(&document, &mut memory) == review, "{language}, turn {turn}");
            // The same blocks again, each beside others and at another place.
            texts.rotate_left(7);
            let half = texts.len() / 2;
            let (first, second) = texts.split_at(half);
            texts = second.iter().zip(first).flat_map(|(a, b)| [*a, *b]).collect();
        }
    }
}

#[test]
fn a_check_that_is_stopped_finds_nothing_and_forgets_nothing() {
    let mut memory = Memory::default();
    let document = document("The ferry left at noon. . It came back.\n", "en");
    let stopped = AtomicBool::new(true);
    let circumstances = Circumstances::default();
    assert_eq!(ENGINE.review_again(&document, &circumstances, &mut memory, &stopped), None);
    assert_eq!(again(&document, &mut memory), anew(&document));
    assert_eq!(ENGINE.review_again(&document, &circumstances, &mut memory, &stopped), None);
    assert_eq!(again(&document, &mut memory), anew(&document));
}

/// A change: where, as a share of the text, how many characters go, and what comes.
type Change = (f64, usize, String);

fn change() -> impl Strategy<Value = Change> {
    let letters = prop::sample::select(vec!["x", " ", ".", "\n", "\n\n", "“", "”", ",", "the ", "“No.” "]);
    let text = prop_oneof![letters.prop_map(str::to_owned), prop::sample::select(TEXTS.clone())];
    (0.0..1.0, 0usize..12, text)
}

fn apply(text: &str, (place, gone, insert): &Change) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let start = (*place * chars.len() as f64) as usize;
    let end = (start + gone).min(chars.len());
    chars.splice(start..end, insert.chars());
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_text_that_is_edited_is_checked_as_if_it_were_new(
        texts in prop::collection::vec(prop::sample::select(TEXTS.clone()), 1..20),
        changes in prop::collection::vec(change(), 1..10),
    ) {
        let mut memory = Memory::default();
        let mut text = texts.join("\n");
        prop_assert_eq!(again(&document(&text, "en"), &mut memory), anew(&document(&text, "en")));
        for change in &changes {
            text = apply(&text, change);
            let document = document(&text, "en");
            prop_assert_eq!(again(&document, &mut memory), anew(&document));
        }
    }
}
