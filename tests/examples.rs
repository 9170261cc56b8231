//! The articles in `examples/`: the damaged ones show what every family finds, the clean one nothing.

use mtlint_document::{Document, load};
use mtlint_engine::engine::{Engine, Selection};
use mtlint_engine::rule::Registry;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The rules that report something in the files of a folder below the project's.
fn found_in(folder: &str) -> (usize, BTreeSet<String>) {
    let engine = engine();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    let mut rules = BTreeSet::new();
    for path in &files {
        let file = load::read(path).unwrap();
        for article in file.articles() {
            let article = article.unwrap();
            let document = Document::new(article.extract, article.language, engine.registry().packs());
            rules.extend(engine.check(&document).into_iter().map(|finding| finding.rule.as_str().to_owned()));
        }
    }
    (files.len(), rules)
}

fn engine() -> Engine {
    Engine::new(Arc::new(Registry::builtin()), Selection::default()).expect("nothing is selected by name")
}

#[test]
fn every_family_shows_in_the_examples() {
    let engine = engine();
    // Families that compare with a source need one, which these articles have not.
    let families: BTreeSet<&str> =
        engine.active_rules().filter(|rule| !rule.is_of_pairs()).map(|rule| rule.id.family()).collect();
    let (files, rules) = found_in("examples");
    assert!(files >= 5 && families.len() >= 9, "{files} files, {families:?}");
    let shown: BTreeSet<&str> = rules.iter().filter_map(|rule| rule.split('/').next()).collect();
    assert_eq!(shown, families);
}

#[test]
fn the_clean_examples_stay_silent() {
    let (files, rules) = found_in("examples/clean");
    assert!(files > 0);
    assert_eq!(rules, BTreeSet::new());
}
