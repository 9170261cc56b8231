//! The names of several documents, taken together, and how they are printed.

use crate::cli::values;
use mtlint_document::Document;
use mtlint_document::load::Record;
use mtlint_document::names::{Entity, EntityKind, GlossaryEntry, Relation};
use mtlint_engine::config::glossary_entry;
use serde::Serialize;
use std::collections::BTreeMap;

/// The names of all documents that were added.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    names: BTreeMap<String, Name>,
    documents: usize,
}

/// A name, as `--format json` has it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Name {
    name: String,
    kind: &'static str,
    /// The code of the territory that it belongs to.
    territory: Option<String>,
    /// What tells the kind.
    evidence: Vec<&'static str>,
    /// How many mentions it has, and in how many documents.
    mentions: usize,
    documents: usize,
    forms: Vec<NameForm>,
}

/// One way in which a name is written.
#[derive(Clone, Debug, Serialize)]
struct NameForm {
    text: String,
    /// `name`, `short`, `acronym`, `alias` or `spelling`.
    relation: &'static str,
    /// In what another spelling differs.
    differs_in: Option<&'static str>,
    places: Vec<Place>,
}

/// Where a form stands: bytes of the file's or the record's text.
#[derive(Clone, Debug, Serialize)]
struct Place {
    path: String,
    record: Option<String>,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    documents: usize,
    names: &'a [&'a Name],
}

impl Ledger {
    /// Adds the names of a document.
    pub(super) fn add(&mut self, path: &str, record: Option<&Record>, document: &Document) {
        self.documents += 1;
        for entity in document.names().entities() {
            let name = self.names.entry(entity.name().to_owned()).or_insert_with(|| Name::new(entity));
            name.documents += 1;
            name.mentions += entity.mentions.len();
            // What one document leaves open another may tell.
            if name.kind == EntityKind::Unknown.as_str() {
                name.kind = entity.kind.as_str();
            }
            let evidence = entity.evidence.iter().map(|it| it.as_str());
            name.evidence.extend(evidence);
            name.evidence.sort_unstable();
            name.evidence.dedup();
            for form in &entity.forms {
                let places = form.mentions.iter().map(|&mention| {
                    let span = document.to_original(document.names().mentions()[mention].span);
                    Place {
                        path: path.to_owned(),
                        record: record.map(|record| record.id.clone()),
                        start: span.lo(),
                        end: span.hi(),
                    }
                });
                name.form(&form.text, form.relation).places.extend(places);
            }
        }
    }

    /// How many documents were added.
    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    /// The names with this many mentions at least, the most mentioned first.
    pub(super) fn names(&self, fewest: usize) -> Vec<&Name> {
        let mut names: Vec<&Name> = self.names.values().filter(|name| name.mentions >= fewest).collect();
        names.sort_by_key(|name| (std::cmp::Reverse(name.mentions), &name.name));
        names
    }
}

impl Name {
    fn new(entity: &Entity) -> Self {
        Self {
            name: entity.name().to_owned(),
            kind: entity.kind.as_str(),
            territory: entity.territory.map(|territory| territory.code().to_owned()),
            evidence: Vec::new(),
            mentions: 0,
            documents: 0,
            forms: Vec::new(),
        }
    }

    fn form(&mut self, text: &str, relation: Relation) -> &mut NameForm {
        let at = self.forms.iter().position(|form| form.text == text).unwrap_or_else(|| {
            let (relation, differs_in) = match relation {
                Relation::Name => ("name", None),
                Relation::Short => ("short", None),
                Relation::Acronym => ("acronym", None),
                Relation::Alias => ("alias", None),
                Relation::Spelling(variation) => ("spelling", Some(variation.as_str())),
            };
            self.forms.push(NameForm { text: text.to_owned(), relation, differs_in, places: Vec::new() });
            self.forms.len() - 1
        });
        &mut self.forms[at]
    }
}

/// A line a name: how often, what it is, how it is written.
pub(super) fn table(names: &[&Name]) -> String {
    let mut out = String::new();
    for name in names {
        let forms: Vec<String> = name
            .forms
            .iter()
            .filter(|form| form.text != name.name)
            .map(|form| match form.differs_in {
                Some(kind) => format!("{} ({}, other {kind})", form.text, form.places.len()),
                None => format!("{} ({})", form.text, form.places.len()),
            })
            .collect();
        let territory = name.territory.as_deref().unwrap_or_default();
        let line = format!(
            "{:>6}  {:<12}  {:<2}  {}{}{}",
            name.mentions,
            name.kind,
            territory,
            name.name,
            if forms.is_empty() { "" } else { "; " },
            forms.join(", ")
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

pub(super) fn json(names: &[&Name], documents: usize) -> String {
    values::json(&Json { version: 1, documents, names })
}

/// A glossary that approves the usual spelling of each name and rejects the others.
pub(super) fn glossary(names: &[&Name]) -> String {
    let mut out =
        "# Written by `mtlint names --format glossary`. Read it over before you use it.\n".to_owned();
    for name in names {
        let rejected: Vec<String> = name
            .forms
            .iter()
            .filter(|form| form.relation == "spelling")
            .map(|form| form.text.clone())
            .collect();
        // A spelling may be that of a surname; what the whole name is called is known in any case.
        let whole =
            rejected.iter().filter(|text| text.contains(' ') == name.name.contains(' ')).cloned().collect();
        let entry = GlossaryEntry { approved: name.name.clone(), variants: whole };
        out.push_str(&glossary_entry(&entry, Some(name.kind)));
    }
    out
}
