//! Glossary files: names that a user has approved, as TOML.
//!
//! ```toml
//! [[name]]
//! approved = "Kyiv"
//! variants = ["Kiev"]        # what shall not stand for it
//! accepted = ["Kyïv"]        # what is let be
//! kind     = "place"         # for people; not used
//! note     = "house style"   # for people; not used
//! ```

use super::archive::Archives;
use mtlint_document::files::{self, Version};
use mtlint_document::load::{Format, explain, glossaries};
use mtlint_document::names::{Glossary, GlossaryEntry};
use mtlint_document::{Term, Terms};
use mtlint_lang::Language;
use mtlint_text::toml_file::{Keys, Problem, TomlFile};
use serde::Deserialize;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

#[derive(Debug, Deserialize)]
struct Written {
    #[serde(default)]
    name: Vec<WrittenName>,
}

#[derive(Debug, Deserialize)]
struct WrittenName {
    approved: String,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    accepted: Vec<String>,
    // Read so that a wrong type is told.
    #[serde(rename = "kind")]
    _kind: Option<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

const KEYS: Keys = Keys {
    plain: &[],
    tables: &[("name", Keys::of(&["approved", "variants", "accepted", "kind", "note"]))],
    open: false,
};

/// What a glossary holds: names, or terms with their translations.
#[derive(Debug)]
pub enum Approved {
    Names(Glossary),
    Terms(Terms),
}

/// Reads a table of terms, which the user knows as `name`: a term a row, the first one naming the columns: `source`, `target` (or `approved`), `lang`, `forbidden`, `note`.
/// Alternatives are parted by `|`.
///
/// # Errors
/// When a column is missing, and everything that is wrong with a line.
pub fn parse_terms(name: &str, format: Format, text: &str) -> Result<Terms, Vec<Problem>> {
    let rows = glossaries::rows(name, format, text.trim_start_matches('\u{feff}'));
    let mut rows = rows.map_err(|error| vec![Problem::new(name, error.line, error.message)])?.into_iter();
    let head: Vec<String> = rows
        .next()
        .map(|(_, row)| row.iter().map(|it| it.trim().to_lowercase()).collect())
        .unwrap_or_default();
    let place = |names: &[&str]| head.iter().position(|it| names.contains(&it.as_str()));
    let (Some(source), Some(target)) = (place(&["source"]), place(&["target", "approved"])) else {
        return Err(vec![Problem::new(
            name,
            Some(1),
            "the first line names the columns, `source` and `target` among them, parted by tabs or, in CSV, by commas"
                .to_owned(),
        )]);
    };
    let (language, forbidden) = (place(&["lang", "language"]), place(&["forbidden"]));
    let mut problems = Vec::new();
    let mut terms = Vec::new();
    for (number, row) in rows {
        let fields: Vec<&str> = row.iter().map(|field| field.trim()).collect();
        let field =
            |index: Option<usize>| index.and_then(|index| fields.get(index)).copied().unwrap_or_default();
        let all = |text: &str| {
            text.split('|').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        if field(Some(source)).is_empty() {
            problems.push(Problem::new(name, Some(number), "a term without a source".to_owned()));
            continue;
        }
        let language = match field(language) {
            "" | "*" => None,
            tag => match Language::parse(tag) {
                Ok(language) => Some(language),
                Err(error) => {
                    problems.push(Problem::new(name, Some(number), error.to_string()));
                    continue;
                }
            },
        };
        terms.push(Term {
            source: field(Some(source)).to_owned(),
            language,
            approved: all(field(Some(target))),
            forbidden: all(field(forbidden)),
        });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Terms::new(terms).map_err(|error| vec![Problem::new(name, None, error)])
}

/// Reads a glossary file: names as TOML, terms with their translations as TSV, CSV or TBX.
///
/// # Errors
/// When it cannot be read, and everything that is wrong with it.
pub fn read_approved(path: &Path) -> Result<Approved, Vec<Problem>> {
    approved_in(path, &Archives::default())
}

/// The same, of a file that may lie in an archive.
pub(super) fn approved_in(path: &Path, archives: &Archives) -> Result<Approved, Vec<Problem>> {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default().to_ascii_lowercase();
    let name = super::discover::for_people(path);
    let text = archives.read_text(path).map_err(|error| vec![Problem::new(&name, None, explain(&error))])?;
    if !matches!(extension.as_str(), "tsv" | "csv" | "tbx") {
        return parse_glossary(&name, &text).map(Approved::Names);
    }
    if extension == "tbx" {
        let terms = glossaries::tbx(&name, text.trim_start_matches('\u{feff}'))
            .map_err(|error| vec![Problem::new(&name, error.line, error.message)])?;
        let terms = Terms::new(terms).map_err(|error| vec![Problem::new(&name, None, error)])?;
        return Ok(Approved::Terms(terms));
    }
    let format = if extension == "csv" { Format::Csv } else { Format::Tsv };
    parse_terms(&name, format, &text).map(Approved::Terms)
}

/// Reads a glossary file.
///
/// # Errors
/// When it cannot be read, and everything that is wrong with it.
pub fn read_glossary(path: &Path) -> Result<Glossary, Vec<Problem>> {
    let name = super::discover::for_people(path);
    let text = files::read_text(path).map_err(|error| vec![Problem::new(&name, None, explain(&error))])?;
    parse_glossary(&name, &text)
}

/// Reads the text of a glossary file, which the user knows as `name`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_glossary(name: &str, text: &str) -> Result<Glossary, Vec<Problem>> {
    let parsed = TomlFile::<Written>::parse(name, text, &KEYS)?;
    let mut problems = Vec::new();
    for (index, entry) in parsed.value.name.iter().enumerate() {
        let all = [("approved", &entry.approved)]
            .into_iter()
            .chain(entry.variants.iter().map(|it| ("variants", it)))
            .chain(entry.accepted.iter().map(|it| ("accepted", it)));
        for (key, value) in all {
            let line = parsed.line(&format!("name.{index}.{key}"));
            if value.trim().is_empty() {
                problems.push(Problem::new(name, line, format!("`{key}`: a name without a letter")));
            } else if key == "variants" && (*value == entry.approved || entry.accepted.contains(value)) {
                problems.push(Problem::new(
                    name,
                    line,
                    format!("`variants`: `{value}` is approved and rejected"),
                ));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let entries = parsed.value.name.into_iter().map(|entry| GlossaryEntry {
        approved: entry.approved,
        variants: entry.variants,
        accepted: entry.accepted,
    });
    Glossary::new(entries).map_err(|error| vec![Problem::new(name, None, error)])
}

/// An entry as it is written in a glossary file, with an empty line before it.
pub fn glossary_entry(entry: &GlossaryEntry, kind: Option<&str>) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let mut text = format!("\n[[name]]\napproved = {}\n", quoted(&entry.approved));
    if !entry.variants.is_empty() {
        let _ = writeln!(text, "variants = {}", toml::Value::from(entry.variants.clone()));
    }
    if !entry.accepted.is_empty() {
        let _ = writeln!(text, "accepted = {}", toml::Value::from(entry.accepted.clone()));
    }
    if let Some(kind) = kind {
        let _ = writeln!(text, "kind = {}", quoted(kind));
    }
    text
}

/// Appends an entry to a glossary file, which is created if it is not there. What stands in it stays
/// as it is; an entry for the same name is taken together with it when the file is read.
///
/// # Errors
/// When the file holds something else, or cannot be read or written; it is then as it was.
pub fn append_to_glossary(path: &Path, entry: &GlossaryEntry) -> io::Result<()> {
    let (version, old) = match files::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => (None, String::new()),
        Err(error) => return Err(error),
        Ok(file) => {
            let version = Version::of(&file.metadata()?);
            (Some(version.clone()), io::read_to_string(version.noting(file))?)
        }
    };
    let broken = |problems: Vec<Problem>| {
        io::Error::other(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    parse_glossary(&super::discover::for_people(path), &old).map_err(broken)?;
    let added = glossary_entry(entry, None);
    let added = if old.is_empty() { added.trim_start() } else { &added };
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let new = format!("{old}{gap}{added}");
    match version {
        Some(version) => files::replace(path, &version, new.as_bytes()),
        None => files::put(path, |file| file.write_all(new.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(approved: &str, variants: &[&str]) -> GlossaryEntry {
        GlossaryEntry::new(approved, variants)
    }

    #[test]
    fn what_is_appended_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.toml");
        append_to_glossary(&path, &entry("Ida \"Moss\" Fossum", &["Fosum"])).unwrap();
        let both = GlossaryEntry { accepted: vec!["Gyor".to_owned()], ..entry("Győr", &[]) };
        append_to_glossary(&path, &both).unwrap();
        let glossary = read_glossary(&path).unwrap();
        assert_eq!(glossary.entries(), [entry("Ida \"Moss\" Fossum", &["Fosum"]), both]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn what_a_person_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.toml");
        std::fs::write(&path, "# ours\n[[name]]\napproved = 'A'").unwrap();
        append_to_glossary(&path, &entry("B", &[])).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "# ours\n[[name]]\napproved = 'A'\n\n[[name]]\napproved = \"B\"\n");
        std::fs::write(&path, "[[nam]]").unwrap();
        assert!(append_to_glossary(&path, &entry("B", &[])).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "[[nam]]");
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "[[name]]\napproved = ''\n[[name]]\napproved = 'A'\nvariants = ['A', 'B']\n";
        let told: Vec<String> =
            parse_glossary("n.toml", text).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "n.toml:2: `approved`: a name without a letter",
                "n.toml:5: `variants`: `A` is approved and rejected"
            ]
        );
    }
}
