//! What the oddities of a reading cost: trained weights of named features, by convention and language.
//!
//! `rules/quotation-costs.toml` holds them, and says what they were trained on; `cargo run -p xtask -- train quotations` writes it.
//! A mark in its usual role with its usual spaces has no feature and costs nothing. Uses `lang`.

use super::marks::Family;
use super::places;
use mtlint_lang::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A cost, in hundredths. What matters is the order of the costs and of their sums.
pub(super) type Cost = i32;

/// How many kinds of marks have costs of their own.
pub(super) const CLASSES: usize = 3;

/// Which marks have costs of their own: those whose glyph tells their role, straight ones, and single ones, which may be
/// apostrophes.
pub(super) fn class(family: Family) -> usize {
    match family {
        Family::Straight | Family::Prime | Family::Typewriter => 1,
        family if family.is_single() => 2,
        _ => 0,
    }
}

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// An oddity of a reading, or evidence that makes one likelier or less likely.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Feature { $($(#[$doc])* $name,)* }

        impl Feature {
            /// All features, in the order of the weights.
            pub(super) const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its name in the file of costs.
            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

features! {
    /// It opens with a space behind it: `“ so`.
    OpenSpaced = "open-spaced",
    /// It opens and a letter touches it on the left: `a“so`.
    OpenGlued = "open-glued",
    /// It opens with the spaces of a mark that closes.
    OpenReversed = "open-reversed",
    /// It opens, and its glyph closes.
    OpenTurned = "open-turned",
    /// It touches the verb of a clause that attributes what stands before it.
    OpenReporting = "open-reporting",
    /// It opens a quotation in marks that are open already.
    OpenSame = "open-same",
    /// The same in a language that nests the same marks.
    OpenSameUsual = "open-same-usual",
    /// A double mark of one family inside one of another.
    OpenDouble = "open-double",
    /// It closes with a space before it.
    CloseSpaced = "close-spaced",
    /// It closes and a letter touches it on the right.
    CloseGlued = "close-glued",
    /// It closes with the spaces of a mark that opens.
    CloseReversed = "close-reversed",
    /// It closes at the beginning of a block.
    CloseAtEdge = "close-at-edge",
    /// It closes, and its glyph opens.
    CloseTurned = "close-turned",
    /// It closes what a mark of another family opened.
    CloseMismatched = "close-mismatched",
    /// One of the two is single and one is double.
    CloseMismatchedKind = "close-mismatched-kind",
    /// Nothing stands between it and the mark that opens.
    CloseEmpty = "close-empty",
    /// A quotation inside the one it closes is never closed.
    InnerUnclosed = "inner-unclosed",
    /// It closes what nothing opened.
    Unopened = "unopened",
    /// The same behind a comma or a stop.
    UnopenedAfterStop = "unopened-after-stop",
    /// The same before a clause that attributes it.
    UnopenedReporting = "unopened-reporting",
    /// A quotation is still open at the end of its block.
    Unclosed = "unclosed",
    /// A quotation is still open where the next one opens in its block.
    UnclosedAtOpen = "unclosed-at-open",
    /// What stands behind it attributes it, which a quotation does not hold.
    UnclosedReporting = "unclosed-reporting",
    /// A sentence ends between it and where the next one opens.
    UnclosedSentence = "unclosed-sentence",
    /// The next opens within a sentence.
    UnclosedInSentence = "unclosed-in-sentence",
    /// A quotation goes on in the next block, which opens it again.
    Reopened = "reopened",
    /// The same, and what it holds is short.
    ReopenedShort = "reopened-short",
    /// The same, and what stands behind it attributes it.
    ReopenedReporting = "reopened-reporting",
    /// The same, and no other quotation of the document does so.
    ReopenedAlone = "reopened-alone",
    /// The same, and what it holds ends in a question.
    ReopenedQuestion = "reopened-question",
    /// The same, and it opens behind another sentence of its block.
    ReopenedAfterSentence = "reopened-after-sentence",
    /// A quotation ends with its block, which a dash begins as a speech.
    EndsSpeech = "ends-speech",
    /// A quotation goes on in the next block, which a dash or a mark that closes begins.
    CarriedSpeech = "carried-speech",
    /// A quotation goes on in the next line, which does not open it again.
    CarriedLine = "carried-line",
    /// The same across a blank line.
    CarriedGap = "carried-gap",
    /// The mark is one too many, and its spaces are wrong, too.
    Stray = "stray",
    /// The mark is one too many, though its spaces are right.
    StrayWellSet = "stray-well-set",
    /// It closes right behind another that closes.
    StrayDoubled = "stray-doubled",
    /// It opens right behind another that opens.
    StrayDoubledOpen = "stray-doubled-open",
    /// It closes between two sentences, the second of which is closed as well.
    StrayEarly = "stray-early",
    /// A clause that attributes what stands before it follows.
    StrayReporting = "stray-reporting",
    /// The sentence goes on behind the mark, which closes.
    StrayInSentence = "stray-in-sentence",
    /// It opens, and a sentence begins there.
    StrayAtSentence = "stray-at-sentence",
    /// It opens, and nothing of its family is open.
    StrayOutside = "stray-outside",
    /// It closes at the beginning of a block, which tells that the quotation goes on.
    Continuation = "continuation",
    /// The same, and nothing is open.
    ContinuationOutside = "continuation-outside",
    /// It closes a speech that a dash began.
    ClosesSpeech = "closes-speech",
    /// It would be a sign for inches or feet.
    SignOfMeasure = "sign-of-measure",
    /// It would be the apostrophe of a plural's possessive.
    ApostropheAfterS = "apostrophe-after-s",
    /// It would be an apostrophe at the end of a word.
    ApostropheAtEnd = "apostrophe-at-end",
    /// It would be an apostrophe at the beginning of a word.
    ApostropheAtStart = "apostrophe-at-start",
    /// The same, before a small letter.
    ApostropheSmall = "apostrophe-small",
    /// The same, and its glyph opens.
    ApostropheOpen = "apostrophe-open",
}

/// The weights of all features for each class of marks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Costs {
    pub weights: Vec<[Cost; CLASSES]>,
}

impl Costs {
    /// What `features` cost together: more than nothing where there is any.
    pub fn of(&self, class: usize, features: &Features) -> Cost {
        let sum: Cost = features.iter().map(|feature| self.weights[feature as usize][class]).sum();
        if features.is_empty() { 0 } else { sum.max(1) }
    }

    /// The costs from which training starts, of the text of the file.
    #[cfg(test)]
    pub fn to_start_from(file: &str) -> Self {
        let file: StartFile = toml::from_str(file).expect("rules/quotation-costs.toml is right");
        let weights = Feature::ALL.iter().map(|feature| file.start[feature.name()]).collect();
        Self { weights }
    }

    /// The shipped costs of a language, or those that hold for all.
    pub fn of_language(language: Option<Language>) -> &'static Self {
        let shipped = Shipped::get();
        language.and_then(|language| shipped.languages.get(language.as_str())).unwrap_or(&shipped.all)
    }
}

/// The weights of the features of [`super::places`].
pub(super) struct PlaceWeights;

impl PlaceWeights {
    /// By the features of a place at which a quotation ends.
    pub fn closing() -> &'static [i32] {
        &Shipped::get().closing
    }

    /// By the features of a place at which a quotation begins.
    pub fn opening() -> &'static [i32] {
        &Shipped::get().opening
    }
}

struct Shipped {
    all: Costs,
    languages: BTreeMap<String, Costs>,
    closing: Vec<i32>,
    opening: Vec<i32>,
}

/// `rules/quotation-costs.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    costs: BTreeMap<String, [Cost; CLASSES]>,
    #[serde(default)]
    languages: BTreeMap<String, BTreeMap<String, [Cost; CLASSES]>>,
    closing_places: BTreeMap<String, i32>,
    opening_places: BTreeMap<String, i32>,
}

/// What training reads of the file.
#[cfg(test)]
#[derive(Deserialize)]
struct StartFile {
    start: BTreeMap<String, [Cost; CLASSES]>,
}

impl Shipped {
    fn get() -> &'static Self {
        static SHIPPED: OnceLock<Shipped> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let file: File = serde_json::from_str(mtlint_lang::quotation_costs())
                .unwrap_or_else(|error| panic!("rules/quotation-costs.toml: {error}"));
            Self::of(&file)
        })
    }

    /// A feature that a language does not name costs there what it costs everywhere.
    fn of(file: &File) -> Self {
        let costs = |named: &BTreeMap<String, [Cost; CLASSES]>| Costs {
            weights: Feature::ALL
                .iter()
                .map(|feature| *named.get(feature.name()).unwrap_or_else(|| &file.costs[feature.name()]))
                .collect(),
        };
        let languages = file.languages.iter().map(|(code, named)| (code.clone(), costs(named))).collect();
        let places = |named: &BTreeMap<String, i32>, names: &[&str]| {
            names.iter().map(|name| named.get(*name).copied().unwrap_or(0)).collect()
        };
        Self {
            all: costs(&file.costs),
            languages,
            closing: places(&file.closing_places, places::Closing::NAMES),
            opening: places(&file.opening_places, places::Opening::NAMES),
        }
    }
}

/// The features of one step of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Features {
    held: [Option<Feature>; Self::MOST],
    count: u8,
}

impl Features {
    const MOST: usize = 10;

    pub fn add(&mut self, feature: Feature) {
        if let Some(slot) = self.held.get_mut(usize::from(self.count)) {
            *slot = Some(feature);
            self.count += 1;
        }
    }

    pub fn add_if(&mut self, holds: bool, feature: Feature) {
        if holds {
            self.add(feature);
        }
    }

    pub fn with(mut self, other: &Self) -> Self {
        other.iter().for_each(|feature| self.add(feature));
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = Feature> + use<> {
        let held = self.held;
        held.into_iter().flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_shipped_cost() {
        let costs = Costs::of_language(None);
        assert_eq!(costs.weights.len(), Feature::ALL.len());
        for (at, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(*feature as usize, at, "{}", feature.name());
        }
    }

    #[test]
    fn an_oddity_is_never_free() {
        let mut features = Features::default();
        features.add(Feature::Reopened);
        let costs = Costs { weights: vec![[-50; CLASSES]; Feature::ALL.len()] };
        assert_eq!(costs.of(0, &features), 1);
        assert_eq!(costs.of(0, &Features::default()), 0);
    }
}
