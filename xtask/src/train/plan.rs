//! `xtask/training.toml`: which texts the evidence of rules is weighed with, and in which mixture.

use crate::corpus::{self, Source, Text};
use mtlint_document::Extract;
use mtlint_inject::{Injector, Mixture, Operators, Random, Set, passages};
use mtlint_lang::Language;
use mtlint_text::Span;
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The file.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Plan {
    language: String,
    /// Damages in 1,000 words of the texts that are damaged on purpose: one of these for each text.
    pub rates: Vec<f64>,
    /// How many times as often a damage of the rule's own family comes.
    boost: u32,
    /// How often each text is damaged anew.
    pub seeds: u64,
    /// False alarms in 1,000 words of human writing, at most.
    pub budget: f64,
    pieces: Pieces,
    human: Vec<Place>,
    translated: Vec<Place>,
    pub scorers: Rules,
    pub quotations: Quotations,
}

/// Into what human texts are cut, so that articles, passages and whole chapters teach alike.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pieces {
    /// How many words a passage has, at least and at most.
    words: [usize; 2],
    /// One text of so many stays whole.
    whole: usize,
}

impl Pieces {
    /// The texts in pieces; one that is marked up stays whole.
    fn of(&self, source: &mut Source, language: Language) {
        let injector = Injector::new(Operators::builtin(), 0, Set::Training);
        let cut = |text: &Text| {
            if text.format() != "txt" || text.origin.is_multiple_of(self.whole.max(1)) {
                return None;
            }
            let document = injector.document(Extract::plain(text.text.as_str()), language);
            let spans = passages(&document, &(self.words[0]..=self.words[1]));
            Some(spans.into_iter().map(|span| text.derived(span.of(document.text()).to_owned())).collect())
        };
        let pieces: Vec<Option<Vec<Text>>> = source.texts.par_iter().map(cut).collect();
        let whole = std::mem::take(&mut source.texts);
        source.texts = whole
            .into_iter()
            .zip(pieces)
            .flat_map(|(text, pieces)| pieces.unwrap_or_else(|| vec![text]))
            .collect();
    }
}

/// What the costs of quotation marks are trained on.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quotations {
    /// How many words a passage has, at least and at most.
    pub words: [usize; 2],
    /// How many passages of each language are damaged in each way, at most.
    pub per_kind: usize,
    /// How many are left as they are, at most.
    pub human: usize,
    /// By language, the paths of human writing.
    texts: BTreeMap<String, Vec<String>>,
}

/// The rules whose evidence is weighed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub all: Vec<String>,
    pub apart: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    path: String,
    part: Option<String>,
    /// The part for rules that ask a model which was trained on the others.
    apart: Option<String>,
}

/// What nobody may look at.
#[derive(Deserialize)]
struct Roles {
    first: Vec<String>,
}

impl Roles {
    fn read() -> Result<Self, String> {
        toml::from_str(include_str!("../../../tests/evaluation/sources.toml"))
            .map_err(|error| error.to_string())
    }

    fn refuse_first(&self, path: &str) -> Result<(), String> {
        let name = path.split('.').next().unwrap_or_default();
        match self.first.iter().any(|first| first == name) {
            true => Err(format!("`{name}` is a source that nobody looks at")),
            false => Ok(()),
        }
    }
}

/// Texts with the damage that is known in them, in bytes.
pub struct Marked {
    pub text: Text,
    pub damage: Vec<Span>,
    /// Of each damage its kind, where it was made on purpose.
    pub kinds: Vec<String>,
    /// What may be damage and may not be.
    pub unsure: Vec<Span>,
}

/// All texts of a plan.
pub struct Texts {
    pub language: Language,
    pub human: Vec<Source>,
    pub translated: Vec<Source>,
    /// Machine translation whose damage people have marked.
    pub marked: Vec<Marked>,
}

impl Plan {
    /// # Errors
    /// When the file cannot be read.
    pub fn read() -> Result<Self, String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("training.toml");
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The texts below `folder`; `apart` takes the parts for rules that ask a model trained on the others.
    ///
    /// # Errors
    /// When a text cannot be read, or is one that nobody may look at.
    pub fn texts(&self, folder: &str, apart: bool) -> Result<Texts, String> {
        let roles = Roles::read()?;
        let read = |place: &Place| {
            roles.refuse_first(&place.path)?;
            let part = if apart { place.apart.as_ref().or(place.part.as_ref()) } else { place.part.as_ref() };
            let part = part.map_or(String::new(), |part| format!("%{part}"));
            corpus::read(&format!("{folder}/data/{}{part}", place.path), &self.language)
        };
        let language = Language::parse(&self.language).map_err(|error| error.to_string())?;
        let mut human: Vec<Source> = self.human.iter().map(read).collect::<Result<_, _>>()?;
        human.iter_mut().for_each(|source| self.pieces.of(source, language));
        Ok(Texts {
            language,
            human,
            translated: self.translated.iter().map(read).collect::<Result<_, _>>()?,
            marked: marked(&format!("{folder}/data/translated"), &roles.first)?,
        })
    }

    /// Human writing for the costs of quotation marks, by language.
    ///
    /// # Errors
    /// When a text cannot be read, or is one that nobody may look at.
    pub fn quotation_texts(&self, folder: &str) -> Result<Vec<(String, Vec<Source>)>, String> {
        let roles = Roles::read()?;
        let read = |(language, paths): (&String, &Vec<String>)| {
            let read = |path: &String| {
                roles.refuse_first(path)?;
                corpus::read(&format!("{folder}/data/{path}"), language)
            };
            Ok((language.clone(), paths.iter().map(read).collect::<Result<_, String>>()?))
        };
        self.quotations.texts.iter().map(read).collect()
    }

    /// Human texts, damaged as they may be trained on: at a rate that is drawn for each text, those of the family most.
    pub fn damaged(&self, texts: &Texts, family: &str, seed: u64) -> Vec<Marked> {
        let operators = Operators::builtin()
            .weighed(|operator| operator.weight * if operator.family() == family { self.boost } else { 1 });
        let injector = Injector::new(operators, seed, Set::Training);
        let human: Vec<&Text> = texts.human.iter().flat_map(|source| &source.texts).collect();
        let damage = |text: &&Text| {
            if text.format() != "txt" {
                return None;
            }
            let document = injector.document(Extract::plain(text.text.as_str()), texts.language);
            let rate = Random::new(seed, &["rate", &text.text]).pick(&self.rates).copied()?;
            let mixture = injector.mixture("", &document, texts.language, rate);
            (!mixture.damages.is_empty()).then(|| Marked::of(text, mixture))
        };
        human.par_iter().filter_map(damage).collect()
    }
}

impl Marked {
    fn of(clean: &Text, mixture: Mixture) -> Self {
        let places = mixture.damages.iter().map(|damage| (damage.start, damage.end));
        let damage = spans(&mixture.text, places);
        let kinds = mixture.damages.into_iter().map(|damage| damage.kind).collect();
        Self { text: clean.derived(mixture.text), damage, kinds, unsure: Vec::new() }
    }
}

/// Spans in bytes of spans in characters.
fn spans(text: &str, places: impl Iterator<Item = (usize, usize)>) -> Vec<Span> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |at: usize| starts[at.min(starts.len() - 1)];
    places.map(|(start, end)| Span::new(byte(start), byte(end))).collect()
}

/// A marked damage: whether it is unsure, and where it begins and ends, in characters.
type MarkedRow = (bool, (usize, usize));

/// The translations of a folder whose damage is in `gold.jsonl`.
fn marked(folder: &str, first: &[String]) -> Result<Vec<Marked>, String> {
    let path = format!("{folder}/gold.jsonl");
    let gold = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let mut rows: BTreeMap<String, Vec<MarkedRow>> = BTreeMap::new();
    for line in gold.lines() {
        let row: serde_json::Value =
            serde_json::from_str(line).map_err(|error| format!("{path}: {error}"))?;
        let number = |key: &str| row[key].as_u64().and_then(|it| usize::try_from(it).ok());
        if let (Some(id), Some(start), Some(end)) = (row["id"].as_str(), number("start"), number("end")) {
            let is_unsure = row["unsure"].as_bool().unwrap_or(false);
            rows.entry(id.to_owned()).or_default().push((is_unsure, (start, end)));
        }
    }
    rows.retain(|id, _| !first.contains(&format!("translated/{id}")));
    let read = |(id, rows): (String, Vec<MarkedRow>)| {
        let path = format!("{folder}/{id}.txt");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        let those =
            |unsure: bool| spans(&text, rows.iter().filter(move |row| row.0 == unsure).map(|row| row.1));
        let (damage, unsure) = (those(false), those(true));
        Ok(Marked { text: Text::plain(text), damage, kinds: Vec::new(), unsure })
    };
    rows.into_iter().map(read).collect()
}
