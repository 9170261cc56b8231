//! Packs the files of the project into entries: TOML becomes JSON, which is read many times faster, and this is done
//! anew at every start; a rule is packed with what its pattern alone can tell; vocabularies become filters, which take a
//! tenth of the room and are ready without being read. Only whoever builds mtlint meets a panic here: for a file that is
//! wrong.

use crate::blob::{Entry, Section};
use std::fs;
use std::path::{Path, PathBuf};
use xorf::{BinaryFuse8, DmaSerializable};

#[allow(dead_code)]
#[path = "../../mtlint-lang/src/needs.rs"]
pub(crate) mod needs;
#[allow(dead_code)]
#[path = "../../mtlint-text/src/word.rs"]
mod word;

/// The folders of `rules/` that hold no rules, and their sections.
const FOLDERS: [(&str, Section); 5] = [
    ("lang/", Section::Packs),
    ("territories/", Section::Territories),
    ("peoples/", Section::Peoples),
    ("evidence/", Section::Scorers),
    ("values/", Section::Values),
];

/// The files of `rules/` that are no rules, and their sections.
const FILES: [(&str, Section); 2] =
    [("precision", Section::Precision), ("quotation-costs", Section::QuotationCosts)];

type Packed = Entry<Vec<u8>>;

/// The entries of a section, sorted by name, from the files below the folder of the project.
pub(crate) fn pack(project: &Path, section: Section) -> Vec<Packed> {
    let (rules, models) = (project.join("rules"), project.join("models"));
    let inject = project.join("crates/mtlint-inject/src");
    match section {
        Section::Words => {
            with_ending(&rules.join("words"), "txt").iter().map(|path| vocabulary(path)).collect()
        }
        Section::Taggers => with_ending(&models, "tagger")
            .iter()
            .map(|path| entry(&stem(path), bytes(path), bytes(&path.with_extension("forms"))))
            .collect(),
        Section::Expectations => files(&models, "expectation"),
        Section::Letters => files(&models, "letters"),
        Section::Pieces => files(&models, "pieces"),
        Section::Pairs => files(&models, "pairs"),
        Section::TwoForms => files(&models, "two-forms"),
        Section::PageLines => files(&models, "page-lines"),
        Section::Marks => files(&models, "marks"),
        Section::Respellings => files(&models, "respellings"),
        Section::Operators => tables(&inject.join("operators"))
            .iter()
            .map(|(kind, path)| entry(kind, json(&table(path)), Vec::new()))
            .collect(),
        // Not packed from a file each: see `automata`.
        Section::Automata => Vec::new(),
        Section::Classes => {
            vec![entry("classes", json(&table(&inject.join("classes.toml"))), Vec::new())]
        }
        _ => tables(&rules)
            .iter()
            .filter_map(|(id, path)| {
                let (of, name) = section_of(id);
                let packed = || match section {
                    Section::Rules => with_known(without_examples(table(path)).0),
                    Section::Examples => without_examples(table(path)).1,
                    _ => table(path),
                };
                (of == section || section == Section::Examples && of == Section::Rules)
                    .then(|| entry(name, json(&packed()), Vec::new()))
            })
            .collect(),
    }
}

/// Every folder that is packed.
#[allow(dead_code)]
pub(crate) fn folders(project: &Path) -> [PathBuf; 3] {
    ["rules", "models", "crates/mtlint-inject/src"].map(|folder| project.join(folder))
}

/// The regular expressions of all rules.
#[allow(dead_code)]
pub(crate) fn patterns(project: &Path) -> Vec<String> {
    let of_rule = |rule: toml::Table| {
        let mut matching = match rule.get("match") {
            Some(toml::Value::Table(matching)) => matching.clone(),
            _ => toml::Table::new(),
        };
        let of_key = ["pattern", "usual", "manner"].into_iter().filter_map(|key| matching.remove(key));
        let mut values: Vec<toml::Value> = of_key.collect();
        if let Some(toml::Value::Array(excuses)) = matching.remove("unless") {
            values.extend(excuses);
        }
        values
    };
    let patterns = rules(project).into_iter().flat_map(of_rule);
    patterns.filter_map(|pattern| pattern.as_str().map(str::to_owned)).collect()
}

/// The rule files.
fn rules(project: &Path) -> Vec<toml::Table> {
    let files = tables(&project.join("rules"));
    let rules = files.iter().filter(|(id, _)| section_of(id).0 == Section::Rules);
    rules.map(|(_, path)| table(path)).collect()
}

/// Where a file of `rules/` belongs, and its name there.
fn section_of(id: &str) -> (Section, &str) {
    let folder = FOLDERS.iter().find_map(|(folder, section)| Some((*section, id.strip_prefix(folder)?)));
    let file = || FILES.iter().find(|(file, _)| *file == id).map(|(_, section)| (*section, id));
    folder.or_else(file).unwrap_or((Section::Rules, id))
}

/// The files of a folder with an ending, as they are.
fn files(folder: &Path, ending: &str) -> Vec<Packed> {
    with_ending(folder, ending).iter().map(|path| entry(&stem(path), bytes(path), Vec::new())).collect()
}

fn entry(name: &str, first: Vec<u8>, second: Vec<u8>) -> Packed {
    Entry { name: name.as_bytes().to_vec(), parts: [first, second] }
}

/// All tables below a folder with their paths in it, without their ending, sorted.
fn tables(root: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    collect(root, root, &mut found);
    found.sort();
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, PathBuf)>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let id = path.strip_prefix(root).expect("found below it").with_extension("");
            found.push((id.to_str().expect("the path of a rule file is UTF-8").replace('\\', "/"), path));
        }
    }
}

/// The files of a folder with an ending, sorted.
fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut paths = entries(folder);
    paths.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    paths.sort();
    paths
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder entry can be read").path()).collect()
}

/// The language code that names a file.
fn stem(path: &Path) -> String {
    path.file_stem().and_then(|stem| stem.to_str()).expect("a language code").to_owned()
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn table(path: &Path) -> toml::Table {
    text(path).parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(table: &toml::Table) -> Vec<u8> {
    serde_json::to_vec(table).expect("TOML without dates is JSON")
}

/// The filter of a vocabulary, a descriptor and the fingerprints of the words' hashes, and the weights of its letters.
fn vocabulary(path: &Path) -> Packed {
    let mut keys: Vec<u64> = text(path).lines().map(|line| u64::from(word::word_hash(line))).collect();
    keys.sort_unstable();
    keys.dedup();
    let filter = BinaryFuse8::try_from(&keys).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut packed = vec![0; BinaryFuse8::DESCRIPTOR_LEN];
    filter.dma_copy_descriptor_to(&mut packed);
    packed.extend(filter.dma_fingerprints());
    entry(&stem(path), packed, bytes(&path.with_extension("letters")))
}

/// A rule file without its examples, which hardly any run asks for, and these.
fn without_examples(mut rule: toml::Table) -> (toml::Table, toml::Table) {
    let examples = ["bad", "good"].into_iter().filter_map(|key| rule.remove_entry(key)).collect();
    (rule, examples)
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

/// The texts of the rules' examples.
#[cfg(test)]
pub(crate) fn examples(project: &Path) -> Vec<String> {
    fn collect(value: &toml::Value, texts: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => texts.push(text.clone()),
            toml::Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
            toml::Value::Table(table) => table.iter().for_each(|(_, value)| collect(value, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for rule in rules(project) {
        let examples = without_examples(rule).1;
        examples.iter().for_each(|(_, value)| collect(value, &mut texts));
    }
    texts
}
