//! Gathers `rules/` and `models/`: every rule file, language pack and table of territories, and what was measured of the
//! rules, as JSON, which is read many times faster than TOML, and this is done anew at every start. Vocabularies become
//! filters, which take a tenth of the room and are ready without being read. What damages texts on purpose,
//! `crates/mtlint-inject/src/operators`, is gathered in the same way.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use xorf::{BinaryFuse8, DmaSerializable};

#[path = "../mtlint-lang/src/needs.rs"]
mod needs;
#[allow(dead_code)]
#[path = "../mtlint-text/src/word.rs"]
mod word;

fn main() {
    let crates = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("..");
    let project = crates.join("..");
    let root = project.join("rules");
    let inject = crates.join("mtlint-inject/src");
    let read = [
        root.clone(),
        project.join("models"),
        inject.join("operators"),
        inject.join("classes.toml"),
        crates.join("mtlint-lang/src/needs.rs"),
        crates.join("mtlint-text/src/word.rs"),
    ];
    for path in read {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();

    let mut rules = String::new();
    let mut packs = String::new();
    let mut territories = String::new();
    let mut peoples = String::new();
    let mut values = String::new();
    let mut scorers = String::new();
    let mut precision = String::new();
    let mut quotation_costs = String::new();
    for (id, path) in &files {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let value: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let json_of = |value: &toml::Table| serde_json::to_string(value).expect("TOML without dates is JSON");
        let data = [
            ("lang/", &mut packs),
            ("territories/", &mut territories),
            ("peoples/", &mut peoples),
            ("evidence/", &mut scorers),
            ("values/", &mut values),
        ];
        if let Some((language, list)) =
            data.into_iter().find_map(|(folder, list)| Some((id.strip_prefix(folder)?, list)))
        {
            writeln!(list, "    ({language:?}, {:?}),", json_of(&value)).unwrap();
            continue;
        }
        if id == "precision" {
            precision = json_of(&value);
            continue;
        }
        if id == "quotation-costs" {
            quotation_costs = json_of(&value);
            continue;
        }
        let value = with_known(value);
        let json = json_of(&value);
        writeln!(rules, "    ({id:?}, {json:?}),").unwrap();
    }
    let words = words(&root.join("words"), &out);
    let operators = operators(&inject.join("operators"));
    let classes = json_of_file(&inject.join("classes.toml"));
    let taggers = taggers(&root.with_file_name("models"));
    let letters = root.with_file_name("models").join("latin.letters");
    let expectations = models(&root.with_file_name("models"), "expectation");
    let pieces = models(&root.with_file_name("models"), "pieces");
    let pairs = models(&root.with_file_name("models"), "pairs");
    let two_forms = models(&root.with_file_name("models"), "two-forms");
    let generated = format!(
        "/// Every rule file as (id, JSON), sorted by id.\n\
         pub const RULES: &[(&str, &str)] = &[\n{rules}];\n\n\
         /// Every language pack as (language code, JSON).\n\
         pub const PACKS: &[(&str, &str)] = &[\n{packs}];\n\n\
         /// What a language calls the territories, as (language code, JSON).\n\
         pub const TERRITORIES: &[(&str, &str)] = &[\n{territories}];\n\n\
         /// What a language calls the peoples of the territories, as (language code, JSON).\n\
         pub const PEOPLES: &[(&str, &str)] = &[\n{peoples}];\n\n\
         /// The weights of every rule that weighs evidence, as (id, JSON), sorted by id.\n\
         pub const SCORERS: &[(&str, &str)] = &[\n{scorers}];\n\n\
         /// How a language writes values in words, as (language code, JSON).\n\
         pub const VALUES: &[(&str, &str)] = &[\n{values}];\n\n\
         /// Of each language (its code) the filter of its vocabulary and the weights of its letters.\n\
         pub const WORDS: &[(&str, &[u8], &[u8])] = &[\n{words}];\n\n\
         /// Of each language (its code) the weights of its tagger and its word forms.\n\
         pub const TAGGERS: &[(&str, &[u8], &[u8])] = &[\n{taggers}];\n\n\
         /// What a language expects between words, as (language code, model).\n\
         pub const EXPECTATIONS: &[(&str, &[u8])] = &[\n{expectations}];\n\n\
         /// What the letters of words say of their language.\n\
         pub const LETTERS: &[u8] = include_bytes!({letters:?});\n\n\
         /// What pieces of its sentences look like, as (language code, model).\n\
         pub const PIECES: &[(&str, &[u8])] = &[\n{pieces}];\n\n\
         /// Which words it never sets side by side, as (language code, pairs).\n\
         pub const PAIRS: &[(&str, &[u8])] = &[\n{pairs}];\n\n\
         /// What chooses between the two forms of a word, as (language code, model).\n\
         pub const TWO_FORMS: &[(&str, &[u8])] = &[\n{two_forms}];\n\n\
         /// What was measured of the rules: `rules/precision.toml` as JSON.\n\
         pub const PRECISION: &str = {precision:?};\n\n\
         /// What damages texts, `crates/mtlint-inject/src/operators`, as (kind, JSON), sorted by kind.\n\
         pub const OPERATORS: &[(&str, &str)] = &[\n{operators}];\n\n\
         /// Closed classes of words: `crates/mtlint-inject/src/classes.toml` as JSON.\n\
         pub const CLASSES: &str = {classes:?};\n\n\
         /// What the oddities of quotation marks cost: `rules/quotation-costs.toml` as JSON.\n\
         pub const QUOTATION_COSTS: &str = {quotation_costs:?};\n"
    );
    let target = out.join("catalogue.rs");
    fs::write(&target, generated).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder entry can be read").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let id = path.strip_prefix(root).expect("found below it").with_extension("");
            files.push((id.to_str().expect("the path of a rule file is UTF-8").replace('\\', "/"), path));
        }
    }
}

/// For each operator file below `folder` a line of the table `OPERATORS`.
fn operators(folder: &Path) -> String {
    let mut files = Vec::new();
    collect(folder, folder, &mut files);
    files.sort();
    let mut lines = String::new();
    for (kind, path) in files {
        writeln!(lines, "    ({kind:?}, {:?}),", json_of_file(&path)).unwrap();
    }
    lines
}

/// A file of TOML as JSON.
fn json_of_file(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let value: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::to_string(&value).expect("TOML without dates is JSON")
}

/// For each vocabulary of `folder` a line of the table `WORDS`, and beside the generated code the filter that it
/// names: a descriptor and the fingerprints of the words' hashes.
fn words(folder: &Path, out: &Path) -> String {
    let mut lines = String::new();
    for path in files_with_ending(folder, "txt") {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut keys: Vec<u64> = text.lines().map(|line| u64::from(word::word_hash(line))).collect();
        keys.sort_unstable();
        keys.dedup();
        let filter =
            BinaryFuse8::try_from(&keys).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut bytes = vec![0; BinaryFuse8::DESCRIPTOR_LEN];
        filter.dma_copy_descriptor_to(&mut bytes);
        bytes.extend(filter.dma_fingerprints());
        let target = out.join(path.with_extension("filter").file_name().expect("it is a file"));
        fs::write(&target, bytes).unwrap_or_else(|error| panic!("{}: {error}", target.display()));
        let language = path.file_stem().and_then(|stem| stem.to_str()).expect("a language code");
        let letters = path.with_extension("letters");
        writeln!(lines, "    ({language:?}, include_bytes!({target:?}), include_bytes!({letters:?})),")
            .unwrap();
    }
    lines
}

/// For each language with a tagger in `folder` a line of the table `TAGGERS`.
fn taggers(folder: &Path) -> String {
    let mut lines = String::new();
    for weights in files_with_ending(folder, "tagger") {
        let language = weights.file_stem().and_then(|stem| stem.to_str()).expect("a language code");
        let forms = weights.with_extension("forms");
        writeln!(lines, "    ({language:?}, include_bytes!({weights:?}), include_bytes!({forms:?})),")
            .unwrap();
    }
    lines
}

/// For each model of `folder` with this ending a line of a table such as `EXPECTATIONS`.
fn models(folder: &Path, ending: &str) -> String {
    let mut lines = String::new();
    for path in files_with_ending(folder, ending) {
        let language = path.file_stem().and_then(|stem| stem.to_str()).expect("a language code");
        writeln!(lines, "    ({language:?}, include_bytes!({path:?})),").unwrap();
    }
    lines
}

/// The files of a folder with an ending, sorted.
fn files_with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("a folder entry can be read").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    paths
}

/// The rule with what its pattern alone can tell. A pattern that does not parse is left to the test
/// that reads the files as they are written.
fn with_known(mut rule: toml::Table) -> toml::Table {
    let Some(toml::Value::Table(matching)) = rule.get_mut("match") else { return rule };
    let array =
        |strings: Vec<String>| toml::Value::Array(strings.into_iter().map(toml::Value::String).collect());
    let pattern = matching.get("pattern").and_then(toml::Value::as_str);
    let mut known = toml::Table::new();
    known.insert("names".to_owned(), array(Vec::new()));
    if let Some(needs) = pattern.and_then(|pattern| needs::of_pattern(pattern).ok()) {
        known.insert("names".to_owned(), array(needs.names));
        if let Some(strings) = needs.strings {
            known.insert("strings".to_owned(), array(strings));
        }
    }
    let excuses = matching.get("unless").and_then(toml::Value::as_array).into_iter().flatten();
    let needs = |pattern: &toml::Value| needs::of_excuse(pattern.as_str()?).ok();
    let unless = excuses.map(|pattern| array(needs(pattern).unwrap_or_default())).collect();
    known.insert("unless".to_owned(), toml::Value::Array(unless));
    matching.insert("known".to_owned(), toml::Value::Table(known));
    rule
}
