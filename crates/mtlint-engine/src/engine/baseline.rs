//! The baseline: findings that are known from an earlier run, so that a run can tell the new ones.
//!
//! Two runs are compared by what the findings are, never by their lines. The more of a finding is the
//! same the better the match: first its whole [`Identity`], then its text with one of the two
//! neighbours, then its text alone, then its two neighbours. So damage that is added beside a known
//! finding, or inside it, does not make the known one new, and among several alike the added one is told.

use super::fingerprint::Identity;
use super::{Engine, Review};
use crate::rule::{Suppressed, SuppressedBy};
use mtlint_document::Document;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// The version of the file.
const VERSION: u32 = 1;

/// The findings known of each document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    documents: BTreeMap<DocumentKey, Vec<Identity>>,
}

/// What names a document from run to run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// As the caller has it, the same in every run.
    pub path: String,
    /// The id of one of many documents in a file.
    pub record: Option<String>,
}

#[derive(Deserialize)]
struct Written {
    version: u32,
    documents: Vec<WrittenDocument>,
}

#[derive(Deserialize)]
struct WrittenDocument {
    path: String,
    record: Option<String>,
    findings: Vec<Identity>,
}

#[derive(Serialize)]
struct Head<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// When it is none, or of a later version.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written: Written =
            serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if written.version != VERSION {
            let version = written.version;
            return Err(format!("is of version {version}, and this mtlint reads version {VERSION}"));
        }
        let mut documents: BTreeMap<DocumentKey, Vec<Identity>> = BTreeMap::new();
        for WrittenDocument { path, record, findings } in written.documents {
            documents.entry(DocumentKey { path, record }).or_default().extend(findings);
        }
        Ok(Self { documents })
    }

    /// The text of the file: a finding a line, sorted, so that changes read well in version control.
    pub fn text(&self) -> String {
        let mut out = format!("{{\"version\": {VERSION}, \"documents\": [");
        let mut is_first = true;
        for (DocumentKey { path, record }, findings) in &self.documents {
            if findings.is_empty() {
                continue;
            }
            let head = json(&Head { path, record: record.as_deref() });
            out.push_str(if is_first { "\n" } else { ",\n" });
            out.push_str(&format!("{}, \"findings\": [\n", head.trim_end_matches('}')));
            let mut lines: Vec<String> = findings.iter().map(json).collect();
            lines.sort();
            out.push_str(&lines.join(",\n"));
            out.push_str("]}");
            is_first = false;
        }
        out.push_str("\n]}\n");
        out
    }

    /// What is known of a document.
    pub fn known(&self, document: &DocumentKey) -> &[Identity] {
        self.documents.get(document).map_or(&[], Vec::as_slice)
    }

    /// How many findings are known.
    pub fn len(&self) -> usize {
        self.documents.values().map(Vec::len).sum()
    }

    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The documents of which something is known.
    pub fn documents(&self) -> impl Iterator<Item = &DocumentKey> {
        self.documents.keys()
    }

    /// Notes what is known of a document, in place of what was.
    pub fn set(&mut self, document: DocumentKey, known: Vec<Identity>) {
        self.documents.insert(document, known);
    }

    /// Forgets a document.
    pub fn remove(&mut self, document: &DocumentKey) {
        self.documents.remove(document);
    }
}

/// A value as JSON in one line.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and nothing else")
}

/// What came of comparing the findings of a document with those known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The findings that are known, as they are now.
    pub known: Vec<Identity>,
    /// The findings that are new.
    pub new: Vec<Identity>,
    /// What was known and is not found any more.
    pub stale: Vec<Identity>,
}

impl Engine {
    /// Takes the findings that are known out of those that are reported. What is known of a rule that
    /// this engine does not run stays known.
    pub fn compare(&self, document: &Document, review: &mut Review, known: &[Identity]) -> Comparison {
        self.compare_by(document, review, known, SuppressedBy::Baseline)
    }

    /// The same, for findings that are known for another reason.
    pub(super) fn compare_by(
        &self,
        document: &Document,
        review: &mut Review,
        known: &[Identity],
        by: SuppressedBy,
    ) -> Comparison {
        let found: Vec<Identity> =
            review.findings.iter().map(|finding| Identity::of(document, finding)).collect();
        let partners = pair(known, &found);
        let mut comparison = Comparison::default();
        let mut is_found = vec![false; known.len()];
        let findings = std::mem::take(&mut review.findings);
        for ((finding, identity), partner) in findings.into_iter().zip(found).zip(partners) {
            match partner {
                None => {
                    comparison.new.push(identity);
                    review.findings.push(finding);
                }
                Some(partner) => {
                    is_found[partner] = true;
                    comparison.known.push(identity);
                    review.suppressed.push(Suppressed { finding, by, reason: None, until: None });
                }
            }
        }
        for (identity, _) in known.iter().zip(is_found).filter(|(_, is_found)| !is_found) {
            match self.would_have_found(&identity.rule) {
                true => comparison.stale.push(identity.clone()),
                false => comparison.known.push(identity.clone()),
            }
        }
        comparison
    }
}

/// What of a finding must be the same; `None` where too little is known of it.
type Key = fn(&Identity) -> Option<[&str; 4]>;

/// What must be the same at each step.
const STEPS: [Key; 5] = [
    |it| Some([&it.rule, &it.text, &it.before, &it.after]),
    |it| (!it.before.is_empty()).then_some([&it.rule, &it.text, &it.before, ""]),
    |it| (!it.after.is_empty()).then_some([&it.rule, &it.text, "", &it.after]),
    |it| Some([&it.rule, &it.text, "", ""]),
    |it| (!it.before.is_empty() || !it.after.is_empty()).then_some([&it.rule, "", &it.before, &it.after]),
];

/// For each that was found, the place of the known one it is paired with. None is paired twice.
fn pair(known: &[Identity], found: &[Identity]) -> Vec<Option<usize>> {
    let mut partners: Vec<Option<usize>> = vec![None; found.len()];
    let mut is_taken = vec![false; known.len()];
    for key in STEPS {
        let mut waiting: HashMap<[&str; 4], VecDeque<usize>> = HashMap::new();
        for (index, identity) in known.iter().enumerate().filter(|(index, _)| !is_taken[*index]) {
            if let Some(key) = key(identity) {
                waiting.entry(key).or_default().push_back(index);
            }
        }
        for (identity, partner) in found.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            *partner = key(identity).and_then(|key| waiting.get_mut(&key)?.pop_front());
            if let Some(index) = *partner {
                is_taken[index] = true;
            }
        }
    }
    partners
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `before|text|after`.
    fn identities(all: &[&str]) -> Vec<Identity> {
        let identity = |written: &&str| {
            let mut parts = written.split('|').map(str::to_owned);
            let mut next = || parts.next().unwrap_or_default();
            let (before, text, after) = (next(), next(), next());
            Identity { rule: "a/b".to_owned(), text, before, after }
        };
        all.iter().map(identity).collect()
    }

    fn pairs(known: &[&str], found: &[&str]) -> Vec<Option<usize>> {
        pair(&identities(known), &identities(found))
    }

    #[test]
    fn among_several_alike_the_added_one_is_new() {
        let known = ["left|. .|It", "rained|. .|So"];
        assert_eq!(pairs(&known, &["left|. .|It", "sank|. .|We", "rained|. .|So"]), [Some(0), None, Some(1)]);
        assert_eq!(pairs(&known, &["left|. .|It", "left|. .|It", "rained|. .|So"]), [Some(0), None, Some(1)]);
    }

    #[test]
    fn a_known_one_may_change_on_one_side_or_inside() {
        assert_eq!(pairs(&["left|. .|It"], &["left|. .|Itt"]), [Some(0)]);
        assert_eq!(pairs(&["left|. .|It"], &["sank|. .|We"]), [Some(0)]);
        assert_eq!(pairs(&["left|“It rained|So"], &["left|“It , rained|So"]), [Some(0)]);
        assert_eq!(pairs(&["left|“It rained|So"], &["sank|“It , rained|So"]), [None]);
    }

    #[test]
    fn the_file_reads_as_it_was_written() {
        let mut baseline = Baseline::default();
        let key = |path: &str, record: Option<&str>| DocumentKey {
            path: path.to_owned(),
            record: record.map(str::to_owned),
        };
        baseline.set(key("a \"b\".txt", None), identities(&["left|. .|It", "a|b|c"]));
        baseline.set(key("feed.jsonl", Some("17")), identities(&["|“|"]));
        baseline.set(key("empty.txt", None), Vec::new());
        let text = baseline.text();
        let read = Baseline::parse(&text).unwrap();
        assert_eq!(read.text(), text);
        assert_eq!(read.documents().count(), 2);
        assert_eq!(read.known(&key("feed.jsonl", Some("17"))), identities(&["|“|"]));
        assert_eq!(text.lines().count(), 7, "{text}");
        assert_eq!(Baseline::parse(&Baseline::default().text()).unwrap(), Baseline::default());
        assert!(Baseline::parse("{}").is_err());
        assert!(Baseline::parse("{\"version\": 2, \"documents\": []}").unwrap_err().contains("version 2"));
    }
}
