//! The pair: a source text and its translation side by side, and what both say.
//!
//! A check of pairs receives a [`Pair`] and cannot be called without one. What is read off both
//! texts, their values and their code, is computed when the first check asks for it. May use
//! `document`, `lang` and `text`.

pub mod alignment;
pub mod anchors;
pub mod codes;
pub mod compare;
pub mod echo;
pub mod length;
pub mod message;
pub mod order;
pub mod sentences;
pub mod terms;
pub mod values;

use crate::Document;
use codes::{Code, CodeKind};
use compare::NumberMatch;
use mtlint_lang::{Language, ValueWords};
use mtlint_text::Span;
use sentences::Bead;
use std::sync::OnceLock;
use values::Values;

/// A source text and its translation.
#[derive(Debug)]
pub struct Pair<'d> {
    source: &'d Document,
    target: &'d Document,
    codes: OnceLock<(Vec<Code>, Vec<Code>)>,
    values: OnceLock<(Values, Values)>,
    numbers: OnceLock<NumberMatch>,
    sentences: OnceLock<Vec<Bead>>,
}

impl<'d> Pair<'d> {
    /// The pair that a document makes with its source, if it has one.
    pub fn of(target: &'d Document) -> Option<Self> {
        let source = target.source()?;
        Some(Self {
            source,
            target,
            codes: OnceLock::new(),
            values: OnceLock::new(),
            numbers: OnceLock::new(),
            sentences: OnceLock::new(),
        })
    }

    pub fn source(&self) -> &'d Document {
        self.source
    }

    pub fn target(&self) -> &'d Document {
        self.target
    }

    /// The languages of the source and of the target, where both are known and differ.
    pub fn languages(&self) -> Option<(Language, Language)> {
        let (source, target) = (self.source.language()?, self.target.language()?);
        (source != target).then_some((source, target))
    }

    /// Whether the target is the source itself, translated and come back.
    pub fn is_round_trip(&self) -> bool {
        self.target.facts().is_round_trip
    }

    /// Which sentences belong together, where both texts are in one language.
    pub fn sentences(&self) -> &[Bead] {
        self.sentences.get_or_init(|| sentences::align(self.source, self.target))
    }

    /// Whether the target holds anything but white space.
    pub fn is_translated(&self) -> bool {
        !self.target.text().trim().is_empty()
    }

    /// Whether the text holds its plural forms side by side, `one|many`: a language may have more of
    /// them, or fewer.
    pub fn holds_plural_forms(&self) -> bool {
        let forms = self.source.text().matches('|').count();
        forms > 0 && self.source_codes().iter().any(|code| code.kind == CodeKind::Placeholder)
    }

    /// The code in the source.
    pub fn source_codes(&self) -> &[Code] {
        &self.codes().0
    }

    /// The code in the target.
    pub fn target_codes(&self) -> &[Code] {
        &self.codes().1
    }

    fn codes(&self) -> &(Vec<Code>, Vec<Code>) {
        self.codes.get_or_init(|| {
            let (mut source, mut target) = (codes::find(self.source.text()), codes::find(self.target.text()));
            codes::without_bracketed_words(&mut source, &mut target);
            (source, target)
        })
    }

    /// What the source states in numbers and months.
    pub fn source_values(&self) -> &Values {
        &self.values().0
    }

    /// What the target states in numbers and months.
    pub fn target_values(&self) -> &Values {
        &self.values().1
    }

    fn values(&self) -> &(Values, Values) {
        self.values.get_or_init(|| {
            let read = |document: &Document, codes: &[Code]| {
                let masked: Vec<Span> = codes.iter().map(|code| code.span).collect();
                Values::of(document.text(), &masked, ValueWords::of(document.language()))
            };
            (read(self.source, self.source_codes()), read(self.target, self.target_codes()))
        })
    }

    /// How the numbers of both sides match.
    pub fn numbers(&self) -> &NumberMatch {
        self.numbers.get_or_init(|| compare::numbers(self.source_values(), self.target_values()))
    }

    /// Where in the target something belongs that the number `index` of the source says: behind the
    /// number that is matched with the last one before it, else at the end.
    pub fn place_of_number(&self, index: usize) -> Span {
        let before = self.numbers().same.iter().filter(|(source, _)| *source < index).max();
        match before {
            Some((_, target)) => Span::at(self.target_values().numbers[*target].span.hi()),
            None => self.end(),
        }
    }

    /// The end of the target's text, where what is missing belongs if nothing says otherwise.
    pub fn end(&self) -> Span {
        Span::at(self.target.text().trim_end().len())
    }
}
