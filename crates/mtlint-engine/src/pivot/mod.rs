//! The pivot hint: which language a text was translated from, or through, as its damage tells.
//!
//! A hint and no verdict: traces point to languages, more or less strongly, and what they are is
//! told with it. Which traces there are is data of the language packs. May use findings, the
//! document, `lang` and `text`.

use crate::rule::Finding;
use mtlint_document::Document;
use mtlint_lang::{Language, Trace};
use mtlint_text::Span;
use std::collections::BTreeMap;

/// How much the traces of a language weigh at least for it to be named.
const ENOUGH: u32 = 4;
/// How often one kind of trace counts at most: a text that is about Japan is no translation.
const MOST_COUNTED: u32 = 3;
/// A language is named beside the likeliest one when its traces weigh at least this part of that one’s.
const CLOSE: (u32, u32) = (2, 3);
/// How many languages are named at most.
const MOST_LANGUAGES: usize = 3;

/// Which languages a text may have come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PivotHint {
    /// The likeliest first; more than one where the traces do not tell them apart.
    pub candidates: Vec<Candidate>,
    /// What speaks for them, the heaviest first.
    pub evidence: Vec<Evidence>,
}

/// A language that a text may have come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub language: Language,
    /// Its English name.
    pub name: String,
    /// How much its traces weigh, in units of the packs.
    pub weight: u32,
}

/// Traces of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What they are, for people.
    pub what: String,
    /// How many there are.
    pub count: u32,
    /// The first of them, into the text that rules see.
    pub span: Span,
}

/// What the findings and the text show. `None` when nothing was found, or the traces are too few.
pub fn hint<'f>(
    document: &Document,
    findings: impl Iterator<Item = &'f Finding> + Clone,
) -> Option<PivotHint> {
    findings.clone().next()?;
    let traces = document.pack().traces();
    let is_own = |kind: &Trace| {
        document.script().is_some_and(|script| kind.is_of(script))
            || document.language().is_some_and(|own| kind.languages.contains_key(&own))
    };
    let mut tallies: Vec<Tally> = traces.kinds().iter().map(|_| Tally::default()).collect();
    traces.find(document.text(), |kind, start, end| {
        let span = Span::new(start, end);
        if !is_own(&traces.kinds()[kind]) && !document.mask().covers(span) {
            tallies[kind].add(span, &traces.kinds()[kind].languages);
        }
    });
    for finding in findings {
        for (kind, tally) in traces.kinds().iter().zip(&mut tallies) {
            if is_own(kind) || !kind.rules.iter().any(|rule| rule == finding.rule.as_str()) {
                continue;
            }
            if kind.by_word {
                tally.add(finding.span, &users(document, finding.span));
            } else {
                tally.add(finding.span, &kind.languages);
            }
        }
    }
    let candidates = candidates(document, &tallies)?;
    let mut evidence: Vec<(u32, Evidence)> = Vec::new();
    for (kind, tally) in traces.kinds().iter().zip(tallies) {
        let weight = tally.weights.get(&candidates[0].language).copied().unwrap_or(0);
        if let Some(span) = tally.first.filter(|_| weight > 0) {
            evidence.push((weight, Evidence { what: kind.what.clone(), count: tally.count, span }));
        }
    }
    evidence.sort_by_key(|(weight, evidence)| (std::cmp::Reverse(*weight), evidence.span));
    Some(PivotHint { candidates, evidence: evidence.into_iter().map(|(_, evidence)| evidence).collect() })
}

/// The traces of one kind that were met.
#[derive(Default)]
struct Tally {
    count: u32,
    first: Option<Span>,
    weights: BTreeMap<Language, u32>,
}

impl Tally {
    fn add(&mut self, span: Span, languages: &BTreeMap<Language, u8>) {
        self.count += 1;
        self.first = Some(self.first.map_or(span, |first| first.min(span)));
        if self.count <= MOST_COUNTED {
            for (language, weight) in languages {
                *self.weights.entry(*language).or_default() += u32::from(*weight);
            }
        }
    }
}

/// The languages that use the first word under a span, each the more telling the fewer they are.
fn users(document: &Document, span: Span) -> BTreeMap<Language, u8> {
    let word = document.slice(span).split_whitespace().next().unwrap_or_default().to_lowercase();
    let users: Vec<Language> = document.pack().telling_words().users(&word).collect();
    let weight = match users.len() {
        0 | 1 => 3,
        2 => 2,
        _ => 1,
    };
    users.into_iter().map(|language| (language, weight)).collect()
}

fn candidates(document: &Document, tallies: &[Tally]) -> Option<Vec<Candidate>> {
    let mut weights: BTreeMap<Language, u32> = BTreeMap::new();
    for (language, weight) in tallies.iter().flat_map(|tally| &tally.weights) {
        if Some(*language) != document.language() {
            *weights.entry(*language).or_default() += weight;
        }
    }
    let mut ranked: Vec<(Language, u32)> = weights.into_iter().collect();
    ranked.sort_by_key(|(language, weight)| (std::cmp::Reverse(*weight), *language));
    let most = ranked.first().map(|(_, weight)| *weight).filter(|weight| *weight >= ENOUGH)?;
    let close = ranked.into_iter().take_while(|(_, weight)| weight * CLOSE.1 >= most * CLOSE.0);
    let close: Vec<(Language, u32)> = close.collect();
    // Traces that many languages share point to none.
    (close.len() <= MOST_LANGUAGES).then(|| {
        let named = |(language, weight)| Candidate {
            language,
            name: document.pack().name_of(&language).to_owned(),
            weight,
        };
        close.into_iter().map(named).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Selection};
    use crate::rule::Registry;
    use std::sync::Arc;

    fn hint_of(text: &str, language: &str) -> Option<PivotHint> {
        let registry = Arc::new(Registry::builtin());
        let document = Document::plain(text, Language::parse(language).ok(), registry.packs());
        let findings = Engine::new(registry, Selection::default()).unwrap().check(&document);
        hint(&document, findings.iter())
    }

    fn candidates_of(text: &str) -> Vec<String> {
        let hint = hint_of(text, "en");
        hint.map_or(Vec::new(), |hint| hint.candidates.into_iter().map(|candidate| candidate.name).collect())
    }

    #[test]
    fn marks_and_forms_of_address_point_to_japanese() {
        let text = "The boats came home late。 Lund-san waited on the quay、 and nobody spoke. Pointed out.";
        let hint = hint_of(text, "en").unwrap();
        assert_eq!(hint.candidates[0].name, "Japanese");
        let told: Vec<&str> = hint.evidence.iter().map(|evidence| evidence.what.as_str()).collect();
        assert!(
            told.contains(&"the full stop 。") && told.contains(&"Japanese forms of address"),
            "{told:?}"
        );
        let first = hint.evidence.iter().find(|evidence| evidence.what == "the full stop 。").unwrap();
        assert_eq!((first.span.of(text), first.count), ("。", 1));
    }

    #[test]
    fn other_languages_leave_other_traces() {
        let chinese = "He ran it in 3 minutes and 20 seconds 45， and won the 200 rice backstroke.";
        assert_eq!(candidates_of(chinese), ["Chinese"]);
        let russian =
            "The prize «Far Shore» them. A. Orlov was given on the quay году. The boats № 5 stayed out.";
        assert_eq!(candidates_of(russian), ["Russian"]);
        let german = "The boats came in at four Uhr on 3. October, and „nobody spoke“ of the 1,5 million.";
        assert_eq!(candidates_of(german), ["German"]);
    }

    #[test]
    fn a_text_without_findings_or_with_few_traces_gets_none() {
        assert_eq!(candidates_of("The boats came home late, and nobody spoke."), [""; 0]);
        assert_eq!(candidates_of("The boats came home late . The poet Noor (诺尔) watched."), [""; 0]);
    }

    #[test]
    fn what_is_native_to_the_text_is_no_trace() {
        assert_eq!(hint_of("船は遅く帰った。。「誰も話さなかった」、と彼は言った。", "ja"), None);
        assert_eq!(
            hint_of("Die Boote kamen spät . Er sagte „Nein“, sie sagte „Ja“, wir sagten „Gut“.", "de"),
            None
        );
    }
}
