//! The names of several documents, taken together, and how they are printed.

use crate::cli::values;
use mtlint_document::Document;
use mtlint_document::load::Record;
use mtlint_document::names::{Entity, EntityKind, Evidence, Glossary, Relation, Variation};
use mtlint_lang::Vocabulary;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The names of all documents that were added.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// By their bare letters, so that `Győr` and `Gyor`, `COVID` and `Covid` are one.
    names: BTreeMap<String, Name>,
    documents: usize,
}

/// A name, as `--format json` has it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Name {
    pub(super) name: String,
    pub(super) kind: &'static str,
    /// The code of the territory that it belongs to.
    territory: Option<String>,
    /// What tells the kind.
    evidence: Vec<&'static str>,
    /// How many mentions it has, and in how many documents.
    pub(super) mentions: usize,
    documents: usize,
    pub(super) forms: Vec<NameForm>,
    /// What each document that tells says it is.
    #[serde(skip)]
    kinds: BTreeSet<EntityKind>,
}

/// One way in which a name is written.
#[derive(Clone, Debug, Serialize)]
pub(super) struct NameForm {
    pub(super) text: String,
    /// `name`, `short`, `acronym`, `alias` or `spelling`.
    pub(super) relation: &'static str,
    /// In what another spelling differs.
    differs_in: Option<&'static str>,
    pub(super) places: Vec<Place>,
    /// How many of them stand in the midst of a sentence: a heading or a dateline may be set in capitals.
    #[serde(skip)]
    certain: usize,
}

/// Where a form stands: bytes of the file's or the record's text.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Place {
    path: String,
    record: Option<String>,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Json<'a> {
    version: u32,
    documents: usize,
    names: &'a [Name],
}

impl Ledger {
    /// Adds the names of a document.
    pub(super) fn add(&mut self, path: &str, record: Option<&Record>, document: &Document) {
        self.documents += 1;
        for entity in document.names().entities() {
            let letters = Glossary::letters(entity.name());
            let name = self.names.entry(letters).or_insert_with(|| Name::new(entity));
            name.documents += 1;
            name.mentions += entity.mentions.len();
            name.kinds.extend(told_kind(entity, document));
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
                let mentions = form.mentions.iter().map(|&mention| &document.names().mentions()[mention]);
                let known = name.form(&form.text, form.relation);
                known.places.extend(places);
                known.certain += mentions.filter(|mention| mention.is_certain()).count();
            }
        }
    }

    /// How many documents were added.
    pub(super) fn documents(&self) -> usize {
        self.documents
    }

    /// The names with this many mentions at least, the most mentioned first.
    pub(super) fn names(mut self, fewest: usize) -> Vec<Name> {
        self.join_acronyms();
        let mut names: Vec<Name> = self.names.into_values().map(Name::settled).collect();
        names.retain(|name| name.mentions >= fewest);
        names.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.name.cmp(&b.name)));
        names
    }

    /// Joins an acronym to the name that it is short for in another document, if it is for one alone.
    fn join_acronyms(&mut self) {
        let mut full: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (letters, name) in &self.names {
            for form in name.forms.iter().filter(|form| form.relation == "acronym") {
                full.entry(Glossary::letters(&form.text)).or_default().insert(letters.clone());
            }
        }
        for (acronym, of) in full {
            let mut of = of.into_iter();
            let (Some(letters), None) = (of.next(), of.next()) else { continue };
            if letters != acronym
                && self.names.contains_key(&letters)
                && let Some(alone) = self.names.remove(&acronym)
                && let Some(name) = self.names.get_mut(&letters)
            {
                name.join(alone, "acronym");
            }
        }
    }
}

/// What a document tells an entity to be, if it does: a person by an honorific or a title, or by a name whose first
/// word is no ordinary word, that speaks or is taken up by its last word; an organisation by a word such as `Council`.
fn told_kind(entity: &Entity, document: &Document) -> Option<EntityKind> {
    let has = |evidence| entity.evidence.contains(evidence);
    let begins_with_a_word = || {
        let first = entity.name().split([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
        Vocabulary::of(document.language()).is_some_and(|words| words.has(&first))
    };
    match entity.kind {
        EntityKind::Unknown => None,
        EntityKind::Person if !has(Evidence::Honorific) && !has(Evidence::Title) && begins_with_a_word() => {
            None
        }
        EntityKind::Organisation if !has(Evidence::OrganisationWord) => None,
        kind => Some(kind),
    }
}

impl Name {
    fn new(entity: &Entity) -> Self {
        Self {
            name: entity.name().to_owned(),
            kind: EntityKind::Unknown.as_str(),
            kinds: BTreeSet::new(),
            territory: entity.territory.map(|territory| territory.code().to_owned()),
            evidence: Vec::new(),
            mentions: 0,
            documents: 0,
            forms: Vec::new(),
        }
    }

    /// Takes in the mentions of another name, all of whose forms stand to this one as `relation` says.
    fn join(&mut self, other: Self, relation: &'static str) {
        self.mentions += other.mentions;
        self.documents += other.documents;
        self.kinds.extend(other.kinds);
        self.evidence.extend(other.evidence);
        self.evidence.sort_unstable();
        self.evidence.dedup();
        for form in other.forms {
            match self.forms.iter_mut().find(|known| known.text == form.text) {
                Some(known) => {
                    known.places.extend(form.places);
                    known.certain += form.certain;
                }
                None => self.forms.push(NameForm { relation, differs_in: None, ..form }),
            }
        }
    }

    /// The name as it is told: called by the usual one of the spellings that differ in marks and capitals alone, and
    /// of a kind that no document contradicts.
    fn settled(mut self) -> Self {
        let letters = Glossary::letters(&self.name);
        let is_spelling = |form: &NameForm| Glossary::letters(&form.text) == letters;
        // Of two that are as usual, the one that comes first.
        let spellings = self.forms.iter().filter(|form| is_spelling(form)).rev();
        if let Some(usual) = spellings.max_by_key(|form| (form.certain, form.places.len())) {
            self.name = usual.text.clone();
        }
        for form in self.forms.iter_mut().filter(|form| is_spelling(form)) {
            let differs_in = Variation::of_same_letters(&self.name, &form.text);
            form.relation = if form.text == self.name { "name" } else { "spelling" };
            form.differs_in = differs_in.map(Variation::as_str);
        }
        self.forms.sort_by_key(|form| form.relation != "name");
        if let (Some(kind), 1) = (self.kinds.first(), self.kinds.len()) {
            self.kind = kind.as_str();
        }
        self
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
            self.forms.push(NameForm {
                text: text.to_owned(),
                relation,
                differs_in,
                places: Vec::new(),
                certain: 0,
            });
            self.forms.len() - 1
        });
        &mut self.forms[at]
    }
}

/// A line a name: how often, what it is, how it is written.
pub(super) fn table(names: &[Name]) -> String {
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

pub(super) fn json(names: &[Name], documents: usize) -> String {
    values::json(&Json { version: 1, documents, names })
}
