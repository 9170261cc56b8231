//! Injected damage: what is found, mended and reported elsewhere, by kind, language and role.

use crate::measure::{Found, check_default};
use crate::roles::{Role, Sources};
use crate::sets::{LargeText, Sets};
use mtlint_document::Extract;
use mtlint_engine::engine::Engine;
use mtlint_inject::{Injector, Operators, Random, Sample, Set, passages};
use mtlint_lang::Language;
use mtlint_text::apply_edits;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many texts are damaged with each kind, of each language and role.
const PER_KIND: usize = 30;

/// From how many passages, of each language and role, they are drawn.
const PASSAGES: usize = 400;

/// What became of one damage.
pub struct Outcome {
    pub kind: String,
    pub family: String,
    pub language: String,
    pub role: Role,
    pub is_held_out: bool,
    /// The findings at the damage.
    pub hits: Vec<Hit>,
    /// New findings at other places.
    pub elsewhere: usize,
}

/// A finding at a damage.
pub struct Hit {
    pub rule: String,
    /// How likely it is to be true, if it says so.
    pub probability: Option<f64>,
    /// Whether a fix of it restores the clean text.
    pub is_mended: bool,
}

impl Outcome {
    pub fn is_mended(&self) -> bool {
        self.hits.iter().any(|hit| hit.is_mended)
    }
}

/// A clean passage of a source.
struct Passage {
    text: String,
    language: Language,
    role: Role,
}

/// Damages passages of the sources and lets the rules that are on by default read them.
pub fn measure(sets: &Sets, sources: &Sources, engine: &Engine) -> Vec<Outcome> {
    let injector = Injector::new(Operators::builtin(), 0, Set::All);
    let training = Injector::new(Operators::builtin(), 0, Set::Training);
    let passages = passages_of(sets, sources, &injector);
    let samples: Vec<(usize, Sample)> = groups(&passages)
        .into_iter()
        .flat_map(|((language, role), group)| {
            // Rules may be tuned on the forms that are not held out, and on no others.
            let injector = if role == Role::First { &injector } else { &training };
            let documents: Vec<_> = group
                .par_iter()
                .map(|&at| injector.document(Extract::plain(passages[at].text.as_str()), language))
                .collect();
            let kinds = injector.kinds(language);
            let made = kinds.into_par_iter().map(|operator| {
                let mut order: Vec<usize> = (0..group.len()).collect();
                Random::new(0, &["texts", &operator.kind]).shuffle(&mut order);
                let made = order.into_iter().filter_map(|at| {
                    Some((group[at], injector.one("", &documents[at], language, operator)?))
                });
                made.take(PER_KIND).collect::<Vec<_>>()
            });
            made.collect::<Vec<_>>().concat()
        })
        .collect();
    let used: BTreeSet<usize> = samples.iter().map(|(at, _)| *at).collect();
    let clean: HashMap<usize, BTreeSet<(String, String)>> = used
        .into_par_iter()
        .map(|at| {
            let found = check_default(engine, &passages[at].text, passages[at].language);
            (at, found.into_iter().map(|found| (found.rule, found.text)).collect())
        })
        .collect();
    samples
        .into_par_iter()
        .map(|(at, sample)| outcome(engine, sample, passages[at].role, passages[at].language, &clean[&at]))
        .collect()
}

fn passages_of(sets: &Sets, sources: &Sources, injector: &Injector) -> Vec<Passage> {
    let texts: Vec<LargeText> = sets.large(|source| sources.is_injected(source));
    let cut = texts.par_iter().map(|text| {
        let Ok(language) = Language::parse(&text.language) else { return Vec::new() };
        let document = injector.document(text.extract(), language);
        let role = sources.role(&text.source);
        let spans = passages(&document, &(140..=340));
        let passage =
            |span: mtlint_text::Span| Passage { text: span.of(document.text()).to_owned(), language, role };
        spans.into_iter().map(passage).collect::<Vec<_>>()
    });
    let mut passages: Vec<Passage> = cut.collect::<Vec<_>>().into_iter().flatten().collect();
    Random::new(0, &["passages"]).shuffle(&mut passages);
    let mut counts: BTreeMap<(Language, Role), usize> = BTreeMap::new();
    passages.retain(|passage| {
        let count = counts.entry((passage.language, passage.role)).or_default();
        *count += 1;
        *count <= PASSAGES
    });
    passages
}

fn groups(passages: &[Passage]) -> BTreeMap<(Language, Role), Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, passage) in passages.iter().enumerate() {
        groups.entry((passage.language, passage.role)).or_default().push(at);
    }
    groups
}

fn outcome(
    engine: &Engine,
    sample: Sample,
    role: Role,
    language: Language,
    known: &BTreeSet<(String, String)>,
) -> Outcome {
    let Sample { damage, text, clean, lang, .. } = sample;
    let found = check_default(engine, &text, language);
    let new = found.iter().filter(|found| !known.contains(&(found.rule.clone(), found.text.clone())));
    let (hits, others): (Vec<&Found>, Vec<&Found>) =
        new.partition(|found| damage.start < found.end + 2 && found.start < damage.end + 2);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let wanted = words(&clean);
    let mends = |found: &Found| {
        found.fixes.iter().any(|edits| apply_edits(&text, edits).is_ok_and(|mended| words(&mended) == wanted))
    };
    let hit = |found: &Found| Hit {
        rule: found.rule.clone(),
        probability: found.probability,
        is_mended: mends(found),
    };
    Outcome {
        hits: hits.into_iter().map(hit).collect(),
        elsewhere: others.len(),
        kind: damage.kind,
        family: damage.family,
        language: lang,
        role,
        is_held_out: damage.held_out,
    }
}
