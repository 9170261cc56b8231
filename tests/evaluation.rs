//! On the texts of the evaluation sets, where they are at hand: `check` finds what
//! `check_unfiltered` finds, and a safe fix is stable.

use mtlint::document::Document;
use mtlint::engine::{Circumstances, Engine, Selection};
use mtlint::rule::{Applicability, Registry};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every plain text below the folder.
fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            found.push(path);
        }
    }
}

#[test]
fn the_prefilter_hides_nothing_and_fixing_is_stable() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let mut paths = Vec::new();
    texts(&folder, &mut paths);
    if paths.is_empty() {
        println!("skipped: the evaluation sets are not at {}", folder.display());
        return;
    }
    let registry = Arc::new(Registry::builtin());
    let engine = Engine::new(registry.clone(), Selection::default()).unwrap();
    let parse = |text: &str| Document::plain(text, None, registry.packs());
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let document = parse(&text);
        assert_eq!(engine.check(&document), engine.check_unfiltered(&document), "{}", path.display());
        let fixed = engine.fix(&text, Applicability::Safe, &Circumstances::default(), parse);
        assert!(fixed.is_stable, "{}", path.display());
        assert_eq!(
            engine.fix(&fixed.text, Applicability::Safe, &Circumstances::default(), parse).text,
            fixed.text,
            "{}",
            path.display()
        );
    }
}
