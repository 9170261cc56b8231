//! Decisions that a person made about findings, in the HTML report or in another program: a fix is accepted, other words
//! stand in place of what was marked, or the finding is none.
//!
//! A decision holds for a finding by its fingerprint, and only while as many findings are like it as were when it was
//! made. What it changes is compared with what stands there now, character by character. So a place that has changed
//! since is noticed, and nothing is guessed. May use `rule`, `document` and fingerprints; never a file.

use super::baseline::Comparison;
use super::fingerprint::{Fingerprint, Identity};
use super::{Engine, Review};
use crate::rule::{Finding, Fix, Suppressed, SuppressedBy};
use mtlint_document::Document;
use mtlint_text::{Edit, Utf16Offsets};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The version of the file.
const VERSION: u32 = 1;

/// A file of decisions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionFile {
    /// 1.
    version: u32,
    documents: Vec<DecidedDocument>,
}

/// What was decided about one document.
#[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedDocument {
    /// As `check` names it, `/` between folders.
    pub path: String,
    /// Which of many documents in a file.
    pub record: Option<DecidedRecord>,
    /// Of the text that the decisions were made on, 16 hexadecimal digits: XXH3 of its UTF-8, as rules see it.
    pub hash: String,
    pub decisions: Vec<Decision>,
}

/// One of many documents in a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedRecord {
    /// The record's `id`, or the number of its line where it has none.
    pub id: String,
    /// Tells records of one id apart.
    pub line: u32,
}

/// What was decided about one finding.
#[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Of the finding, as `check --format json` has it.
    pub fingerprint: String,
    /// `family/name`.
    pub rule: String,
    /// What was marked, for people; the beginning of a long text.
    pub text: String,
    /// How many findings of the document have this rule, this text and the same words around it.
    #[serde(default = "one")]
    pub alike: u32,
    pub decision: Verdict,
    /// What the fix that was accepted does, for people.
    pub title: Option<String>,
    /// Why a finding was rejected.
    pub reason: Option<String>,
    /// What changes; nothing where the finding was rejected.
    #[serde(default)]
    pub edits: Vec<DecidedEdit>,
}

fn one() -> u32 {
    1
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One of the fixes of the finding is to be applied.
    Accept,
    /// Other words are to stand in place of what was marked: one edit, at 0, that deletes all of it.
    Edit,
    /// It is no damage.
    Reject,
}

/// A change of the text as rules see it: without the markup of Markdown and HTML.
#[derive(Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidedEdit {
    /// Where, in UTF-16 code units from the beginning of what was marked; before it, less than 0.
    pub at: i64,
    pub delete: String,
    pub insert: String,
}

/// The JSON Schema of a file of decisions.
pub fn schema() -> Schema {
    schema_for!(DecisionFile)
}

/// The hash of a text that decisions were made on.
pub fn text_hash(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// What is wrong with a file of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionError {
    /// From 1, with its column, where JSON itself is wrong.
    pub place: Option<(usize, usize)>,
    pub message: String,
}

/// All decisions of a file, by document.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    documents: Vec<DecidedDocument>,
    /// By path and id of the record.
    places: HashMap<(String, Option<String>), Vec<usize>>,
}

impl Decisions {
    /// Reads the text of a file of decisions.
    ///
    /// # Errors
    /// When it is none, of a later version, or says two things about one finding.
    pub fn parse(text: &str) -> Result<Self, Vec<DecisionError>> {
        let told = |message: String| DecisionError { place: None, message };
        let file: DecisionFile = serde_json::from_str(text).map_err(|error| {
            let place = Some((error.line(), error.column())).filter(|(line, _)| *line > 0);
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            vec![DecisionError { place, message: message[..end].to_owned() }]
        })?;
        if file.version != VERSION {
            let version = file.version;
            return Err(vec![told(format!("version {version}, and this mtlint reads version {VERSION}"))]);
        }
        let mut decisions = Self { documents: file.documents, places: HashMap::new() };
        let mut errors = Vec::new();
        for (index, document) in decisions.documents.iter().enumerate() {
            errors.extend(document.mistakes().into_iter().map(&told));
            let id = document.record.as_ref().map(|record| record.id.clone());
            let known = decisions.places.entry((document.path.clone(), id)).or_default();
            if known.iter().any(|at| decisions.documents[*at].record == document.record) {
                errors.push(told(format!("{} stands there twice", document.name())));
            }
            known.push(index);
        }
        if errors.is_empty() { Ok(decisions) } else { Err(errors) }
    }

    /// What was decided about a document, and its place among all.
    pub fn of(&self, path: &str, record: Option<(&str, u32)>) -> Option<(usize, &DecidedDocument)> {
        let known = self.places.get(&(path.to_owned(), record.map(|(id, _)| id.to_owned())))?;
        let line = |index: &&usize| self.documents[**index].record.as_ref().map(|record| record.line);
        let index = match known.as_slice() {
            [only] => only,
            several => several.iter().find(|index| line(index) == record.map(|(_, line)| line))?,
        };
        Some((*index, &self.documents[*index]))
    }

    /// All documents that something was decided about.
    pub fn documents(&self) -> &[DecidedDocument] {
        &self.documents
    }
}

impl DecidedDocument {
    /// The document, for people.
    pub fn name(&self) -> String {
        let record = self.record.as_ref().map(|record| format!(" (record {})", record.id));
        format!("{}{}", self.path, record.unwrap_or_default())
    }

    fn mistakes(&self) -> Vec<String> {
        let mut seen: HashMap<&str, &Decision> = HashMap::new();
        let mut mistakes = Vec::new();
        for decision in &self.decisions {
            let Decision { fingerprint, rule, .. } = decision;
            if seen.insert(fingerprint, decision).is_some() {
                mistakes
                    .push(format!("{}: the finding {fingerprint} ({rule}) is decided twice", self.name()));
            }
            let fits = match decision.decision {
                Verdict::Accept => !decision.edits.is_empty(),
                Verdict::Edit => matches!(&decision.edits[..], [edit] if edit.at == 0),
                Verdict::Reject => decision.edits.is_empty(),
            };
            if !fits {
                let (what, wanted) = match decision.decision {
                    Verdict::Accept => ("accepted", "without an edit"),
                    Verdict::Edit => ("edited", "with other than one edit at 0"),
                    Verdict::Reject => ("rejected", "with an edit"),
                };
                mistakes
                    .push(format!("{}: the finding {fingerprint} ({rule}) is {what} {wanted}", self.name()));
            }
        }
        mistakes
    }
}

/// What decisions come to in a document as it is now.
#[derive(Debug, Default)]
pub struct Plan<'d> {
    /// The fixes to apply, each with the place of its finding among those of the review.
    pub chosen: Vec<(usize, Fix, &'d Decision)>,
    /// The findings that are none, by their place.
    pub rejected: Vec<(usize, &'d Decision)>,
    /// What does not fit, and why.
    pub misfits: Vec<(&'d Decision, String)>,
}

impl<'d> Plan<'d> {
    /// What was decided about the findings of a review, `names` being their fingerprints, those of the suppressed ones
    /// after those of the reported.
    pub fn new(
        decided: &'d DecidedDocument,
        document: &Document,
        review: &Review,
        names: &[Fingerprint],
    ) -> Self {
        let mut plan = Self::default();
        let places: HashMap<&str, usize> =
            names.iter().enumerate().map(|(index, name)| (name.digits.as_str(), index)).collect();
        let is_same = decided.hash == text_hash(document.text());
        let offsets = Utf16Offsets::new(document.text());
        for decision in &decided.decisions {
            let found = places.get(decision.fingerprint.as_str()).copied();
            let misfit = match found {
                None if is_same => {
                    "it is not found any more, though the text is the same: other rules are run"
                }
                None => "it is not found any more, for the text is another",
                Some(index) if names[index].alike != decision.alike => {
                    "there are more or fewer like it now, so that it is not certain which was meant"
                }
                Some(index) if index >= review.findings.len() => {
                    if decision.decision != Verdict::Reject {
                        plan.misfits.push((decision, "it is suppressed".to_owned()));
                    }
                    continue;
                }
                Some(index) => {
                    let finding = &review.findings[index];
                    match decision.decision {
                        Verdict::Reject => {
                            plan.rejected.push((index, decision));
                            continue;
                        }
                        Verdict::Accept | Verdict::Edit => match decision.fix(document, finding, &offsets) {
                            Some(fix) => {
                                plan.chosen.push((index, fix, decision));
                                continue;
                            }
                            None if decision.decision == Verdict::Accept => {
                                "no fix of it is the one that was accepted"
                            }
                            None => "what stands there is not what was replaced",
                        },
                    }
                }
            };
            plan.misfits.push((decision, misfit.to_owned()));
        }
        plan
    }
}

impl Decision {
    /// The fix that was decided on, if it can still be applied.
    fn fix(&self, document: &Document, finding: &Finding, offsets: &Utf16Offsets) -> Option<Fix> {
        let text = document.text();
        let is_inside = |edit: &Edit| edit.span.hi() <= text.len();
        let fix = match self.decision {
            Verdict::Reject => return None,
            Verdict::Edit => {
                let [DecidedEdit { delete, insert, .. }] = &self.edits[..] else { return None };
                let whole = Edit::replace(finding.span, insert);
                (is_inside(&whole) && finding.span.of(text) == delete)
                    .then(|| Fix::unsafe_("as it was edited", vec![whole]))
            }
            Verdict::Accept => {
                let at = |offset: usize| offsets.at(text, offset) as i64;
                let is_same = |edit: &Edit, decided: &DecidedEdit| {
                    is_inside(edit)
                        && edit.insert == decided.insert
                        && edit.span.of(text) == decided.delete
                        && at(edit.span.lo()) - at(finding.span.lo()) == decided.at
                };
                let is_it = |fix: &&Fix| {
                    fix.edits.len() == self.edits.len()
                        && fix.edits.iter().zip(&self.edits).all(|(edit, decided)| is_same(edit, decided))
                };
                let is_placed = finding.span.hi() <= text.len();
                finding.fixes.iter().filter(|_| is_placed).find(is_it).cloned()
            }
        }?;
        fix.edits.iter().all(|edit| document.edit_to_original(edit).is_some()).then_some(fix)
    }
}

impl Engine {
    /// Takes what was rejected out of the findings of the text that the plan is for.
    pub fn reject(&self, review: &mut Review, rejected: &[(usize, &Decision)]) {
        let by_place: HashMap<usize, &Decision> = rejected.iter().copied().collect();
        for (index, finding) in std::mem::take(&mut review.findings).into_iter().enumerate() {
            match by_place.get(&index) {
                None => review.findings.push(finding),
                Some(decision) => review.suppressed.push(Suppressed {
                    finding,
                    by: SuppressedBy::Decision,
                    reason: decision.reason.clone(),
                    until: None,
                }),
            }
        }
    }

    /// Takes findings out of those of the text as it has become, where they are other places of the same text.
    pub fn reject_again(
        &self,
        document: &Document,
        review: &mut Review,
        rejected: &[Identity],
    ) -> Comparison {
        self.compare_by(document, review, rejected, SuppressedBy::Decision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(documents: &str) -> String {
        format!("{{\"version\": 1, \"documents\": [{documents}]}}")
    }

    fn messages(text: &str) -> Vec<String> {
        Decisions::parse(text).unwrap_err().into_iter().map(|error| error.message).collect()
    }

    #[test]
    fn documents_are_found_by_path_and_record() {
        let one = |path: &str, record: &str| {
            format!("{{\"path\": \"{path}\", {record} \"hash\": \"\", \"decisions\": []}}")
        };
        let record = |id: &str, line: u32| format!("\"record\": {{\"id\": \"{id}\", \"line\": {line}}},");
        let text = file(
            &[
                one("a.txt", ""),
                one("b.jsonl", &record("7", 3)),
                one("b.jsonl", &record("7", 9)),
                one("b.jsonl", &record("8", 1)),
            ]
            .join(","),
        );
        let decisions = Decisions::parse(&text).unwrap();
        let place = |path: &str, record| decisions.of(path, record).map(|(place, _)| place);
        assert_eq!(place("a.txt", None), Some(0));
        assert_eq!(place("a.txt", Some(("7", 3))), None);
        assert_eq!(place("b.jsonl", Some(("7", 9))), Some(2));
        assert_eq!(place("b.jsonl", Some(("7", 4))), None, "two have this id");
        assert_eq!(place("b.jsonl", Some(("8", 4))), Some(3), "records have moved");
    }

    #[test]
    fn what_is_wrong_is_told_at_once() {
        let error = &Decisions::parse("{\"version\": 1,\n \"documents\": [7]}").unwrap_err()[0];
        assert_eq!(error.place.map(|(line, _)| line), Some(2));
        assert!(!error.message.contains(" at line "), "{}", error.message);
        assert!(messages("{\"version\": 2, \"documents\": []}")[0].contains("version 2"));
        let decision = |kind: &str, edits: &str| {
            format!(
                "{{\"fingerprint\": \"f\", \"rule\": \"a/b\", \"text\": \"x\", \"decision\": \"{kind}\", \"edits\": [{edits}]}}"
            )
        };
        let edit = "{\"at\": 0, \"delete\": \"a\", \"insert\": \"b\"}";
        let document = |decisions: &[String]| {
            format!("{{\"path\": \"a\", \"hash\": \"\", \"decisions\": [{}]}}", decisions.join(","))
        };
        let wrong = [decision("accept", ""), decision("reject", edit), decision("edit", "")];
        let told = messages(&file(&document(&wrong)));
        assert_eq!(told.iter().filter(|message| message.contains("decided twice")).count(), 2);
        assert_eq!(told.len(), 5, "{told:?}");
        assert!(messages(&file(&[document(&[]), document(&[])].join(",")))[0].contains("twice"));
        assert!(
            messages(&file("{\"path\": \"a\", \"hash\": \"\", \"decisions\": [], \"more\": 1}"))[0]
                .contains("more")
        );
    }
}
