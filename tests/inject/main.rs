//! `mtlint inject`: what is told of a damage is so, the same everywhere, and every operator damages something.

use mtlint_document::Extract;
use mtlint_engine::rule::FAMILIES;
use mtlint_inject::{Damage, Injector, Operator, Operators, Sample, Set};
use mtlint_lang::Language;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Invented texts that hold something of everything, by language.
const TEXTS: &[(&str, &str)] = &[
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("es", include_str!("es.txt")),
    ("fr", include_str!("fr.txt")),
    ("ru", include_str!("ru.txt")),
    ("ja", include_str!("ja.txt")),
    ("zh", include_str!("zh.txt")),
];

fn language(code: &str) -> Language {
    Language::parse(code).unwrap()
}

fn injector(seed: u64, set: Set) -> Injector {
    Injector::new(Operators::builtin(), seed, set)
}

/// One damage of each kind in each language that it holds for.
fn samples(seed: u64, set: Set) -> Vec<Sample> {
    samples_of(&injector(seed, set), |_| true)
}

/// The same of certain operators.
fn samples_of(injector: &Injector, takes: impl Fn(&Operator) -> bool) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (code, text) in TEXTS {
        let document = injector.document(Extract::plain(*text), language(code));
        for operator in injector.kinds(language(code)).into_iter().filter(|operator| takes(operator)) {
            samples.extend(injector.one(code, &document, language(code), operator));
        }
    }
    samples
}

/// The text with what stands at the damages replaced by what mends them.
fn mended(text: &str, damages: &[Damage]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut last = 0;
    for damage in damages {
        out.extend(&chars[last..damage.start]);
        out.push_str(&damage.fix);
        last = damage.end;
    }
    out.extend(&chars[last..]);
    out
}

#[test]
fn the_fix_at_the_place_restores_the_clean_text() {
    let mut injector = injector(0, Set::All);
    for seed in 0..6 {
        injector = injector.with_seed(seed);
        for Sample { id, damage, clean, text, .. } in samples_of(&injector, |_| true) {
            assert_ne!(text, clean, "{id}");
            assert!(damage.start < damage.end, "{id}: there is something to see");
            assert_eq!(mended(&text, &[damage]), clean, "{id}");
        }
    }
}

#[test]
fn a_mixture_is_mended_at_all_its_places_and_has_about_as_many_as_asked_for() {
    let injector = injector(5, Set::All);
    let mut counted = 0;
    for (code, text) in TEXTS {
        let document = injector.document(Extract::plain(*text), language(code));
        let mixture = injector.mixture(code, &document, language(code), 40.0);
        assert_eq!(mended(&mixture.text, &mixture.damages), *text, "{code}");
        assert!(mixture.damages.is_sorted_by_key(|damage| damage.start), "{code}");
        counted += mixture.damages.len();
        assert_eq!(injector.mixture(code, &document, language(code), 0.0).text, *text, "{code}");
    }
    assert!((25..=60).contains(&counted), "{counted} damages in some 1,100 words at 40 in 1,000");
}

#[test]
fn a_seed_gives_the_same_damage_and_another_gives_other_damage() {
    let first = samples(1, Set::All);
    assert_eq!(first, samples(1, Set::All));
    let changed = first.iter().zip(samples(2, Set::All)).filter(|(a, b)| a.text != b.text).count();
    assert!(changed * 2 > first.len(), "{changed} of {}", first.len());
}

/// The damage itself, of one text: whoever changes this changes every set that was made with a seed, and
/// says so in the changelog.
#[test]
fn a_seed_gives_this_damage_on_every_machine() {
    let made = samples(1, Set::Training);
    let of =
        |kind: &str| made.iter().find(|sample| sample.damage.kind == kind && sample.lang == "en").unwrap();
    let place = |kind: &str| (of(kind).damage.start, of(kind).damage.end);
    let again = Injector::new(Operators::builtin(), 1, Set::Training);
    let document = again.document(Extract::plain(TEXTS[0].1), language("en"));
    // The order in which kinds are asked for decides nothing.
    for kind in ["repetition/sentence", "quotation/close-lost"] {
        let operator = again.operators().get(kind).unwrap();
        let sample = again.one("en", &document, language("en"), operator).unwrap();
        assert_eq!((sample.damage.start, sample.damage.end), place(kind));
    }
}

/// In each language for which a form is written, some text of it has a place for it.
#[test]
fn every_operator_and_every_form_damages_something() {
    let mut injector = injector(0, Set::All);
    let forms = |operator: &Operator| {
        (0..operator.forms.len()).map(|form| (operator.kind.clone(), form)).collect::<Vec<_>>()
    };
    let mut missing: BTreeSet<_> = injector.operators().iter().flat_map(forms).collect();
    for seed in 0..80 {
        injector = injector.with_seed(seed);
        for sample in samples_of(&injector, |operator| missing.iter().any(|(kind, _)| *kind == operator.kind))
        {
            missing.remove(&(sample.damage.kind, sample.damage.form));
        }
    }
    assert!(missing.is_empty(), "no text of tests/inject has a place for {missing:?}");
}

#[test]
fn a_third_is_held_out_and_the_sets_part_the_whole() {
    let operators = Operators::builtin();
    let kinds = operators.iter().count();
    let held_out = operators.iter().filter(|operator| operator.is_held_out()).count();
    assert!(kinds >= 80, "{kinds}");
    let forms: Vec<bool> =
        operators.iter().flat_map(|operator| operator.forms.iter().map(|form| form.is_held_out)).collect();
    let apart = forms.iter().filter(|is_held_out| **is_held_out).count();
    assert!(held_out * 8 > kinds, "{held_out} of {kinds} kinds");
    assert!(apart * 3 > forms.len(), "{apart} of {} forms", forms.len());
    assert!(samples(0, Set::Training).iter().all(|sample| !sample.damage.held_out));
    assert!(samples(0, Set::HeldOut).iter().all(|sample| sample.damage.held_out));
}

#[test]
fn families_are_those_of_rules() {
    for operator in Operators::builtin().iter() {
        assert!(FAMILIES.iter().any(|(family, _)| *family == operator.family()), "{}", operator.kind);
    }
}

/// The files as they are written, keys and all: what is built in has lost its lines.
#[test]
fn every_file_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/mtlint-inject/src/operators");
    let mut files: Vec<PathBuf> = Vec::new();
    for family in fs::read_dir(&root).unwrap() {
        files.extend(fs::read_dir(family.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    assert_eq!(files.len(), Operators::builtin().iter().count());
    for file in files {
        let kind = file.strip_prefix(&root).unwrap().with_extension("").display().to_string();
        let read = Operators::parse(&kind, &file.display().to_string(), &fs::read_to_string(&file).unwrap());
        assert!(read.is_ok(), "{read:?}");
    }
    let told = Operators::parse(
        "a/b",
        "b.toml",
        "summary = ''\nprocess = 'scraping'\nlangs = ['*']\n\n[[form]]\naction = 'insert'\nat = 'gap'\nwiht = ['x']\n",
    );
    assert!(format!("{told:?}").contains("did you mean `with`"), "{told:?}");
}

/// Code, addresses and markup are never damaged.
#[test]
fn what_is_no_prose_is_left_alone() {
    let injector = injector(0, Set::All);
    let text = "Write `the quay, the harbour` or see https://example.org/the,harbour for the plans of it.";
    let document = injector.document(Extract::plain(text), language("en"));
    for operator in injector.kinds(language("en")) {
        if let Some(sample) = injector.one("a", &document, language("en"), operator) {
            for kept in ["`the quay, the harbour`", "https://example.org/the,harbour"] {
                let is_more = sample.text.contains(kept);
                assert!(
                    is_more || operator.kind.starts_with("fragment/cut"),
                    "{}: {}",
                    operator.kind,
                    sample.text
                );
            }
        }
    }
}
