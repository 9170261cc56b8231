//! Damaged texts and what is known of their damage.

use super::action::Clean;
use super::operator::{Operator, Operators, Set};
use super::random::Random;
use mtlint_document::{Document, Extract};
use mtlint_lang::{Language, Packs};
use mtlint_text::{Edit, Span};
use serde::Serialize;

/// What was done to a text at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damage {
    /// `family/name` of the operator.
    pub kind: String,
    pub family: String,
    /// The number of the form in the operator's file.
    pub form: usize,
    pub held_out: bool,
    /// In characters of the damaged text.
    pub start: usize,
    pub end: usize,
    /// What stood there.
    pub fix: String,
}

/// A text with one damage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sample {
    pub id: String,
    pub lang: String,
    #[serde(flatten)]
    pub damage: Damage,
    pub clean: String,
    pub text: String,
}

/// A text with any number of damages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mixture {
    pub id: String,
    pub lang: String,
    pub clean: String,
    pub text: String,
    /// In text order.
    pub damages: Vec<Damage>,
}

/// What damages texts.
#[derive(Debug)]
pub struct Injector {
    operators: Operators,
    packs: Packs,
    seed: u64,
    set: Set,
}

impl Injector {
    pub fn new(operators: Operators, seed: u64, set: Set) -> Self {
        Self { operators, packs: Packs::builtin(), seed, set }
    }

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    pub fn operators(&self) -> &Operators {
        &self.operators
    }

    /// The kinds of damage that can be done in a language.
    pub fn kinds(&self, language: Language) -> Vec<&Operator> {
        let can = |operator: &&Operator| operator.forms_of(language, self.set).next().is_some();
        self.operators.iter().filter(can).collect()
    }

    /// A clean text, cut into sentences and words, ready to be damaged.
    pub fn document(&self, extract: Extract, language: Language) -> Document {
        Document::new(extract, Some(language), &self.packs)
    }

    /// The text with one damage of this kind; `None` where it has no place for it. `id` is of the text.
    pub fn one(
        &self,
        id: &str,
        document: &Document,
        language: Language,
        operator: &Operator,
    ) -> Option<Sample> {
        let clean = Clean::new(document, language);
        let mut random = Random::new(self.seed, &[&operator.kind, document.text()]);
        let (form, edit) = self.edit(&clean, language, operator, &mut random)?;
        let text = document.text();
        let edit = visible(text, edit);
        let damage = self.damage(operator, form, text, &edit, 0, 0);
        Some(Sample {
            id: format!("{id}.{}", operator.kind.replace('/', ".")),
            lang: language.to_string(),
            damage,
            clean: text.to_owned(),
            text: format!("{}{}{}", &text[..edit.span.lo()], edit.insert, &text[edit.span.hi()..]),
        })
    }

    /// The text with damages of kinds that are drawn by their weights, about `rate` in 1,000 words, at
    /// places apart from each other.
    pub fn mixture(&self, id: &str, document: &Document, language: Language, rate: f64) -> Mixture {
        let clean = Clean::new(document, language);
        let text = document.text();
        let mut random = Random::new(self.seed, &["mixture", text]);
        let kinds = self.kinds(language);
        let words = clean.words_in(Span::new(0, text.len()));
        // The part of a damage that is left over becomes one by chance.
        let wanted = words as f64 * rate / 1000.0;
        let chance = random.below(1_000_000) as f64 / 1_000_000.0;
        let wanted = wanted.floor() as usize + usize::from(chance < wanted.fract());
        let total: usize = kinds.iter().map(|operator| operator.weight as usize).sum();
        let mut edits: Vec<(Edit, &Operator, usize)> = Vec::new();
        for _ in 0..wanted * 4 {
            if edits.len() == wanted {
                break;
            }
            let mut drawn = random.below(total);
            let Some(operator) = kinds.iter().find(|operator| {
                let weight = operator.weight as usize;
                let is_it = drawn < weight;
                drawn = drawn.saturating_sub(weight);
                is_it
            }) else {
                break;
            };
            let Some((form, edit)) = self.edit(&clean, language, operator, &mut random) else { continue };
            let edit = visible(text, edit);
            let is_apart = |(other, ..): &(Edit, &Operator, usize)| {
                edit.span.hi() + APART < other.span.lo() || other.span.hi() + APART < edit.span.lo()
            };
            if edits.iter().all(is_apart) {
                edits.push((edit, operator, form));
            }
        }
        edits.sort_by_key(|(edit, ..)| edit.span);
        let mut damaged = String::new();
        let mut chars = 0;
        let mut last = 0;
        let mut damages = Vec::new();
        for (edit, operator, form) in &edits {
            let damage = self.damage(operator, *form, text, edit, last, chars);
            damaged.push_str(&text[last..edit.span.lo()]);
            damaged.push_str(&edit.insert);
            last = edit.span.hi();
            chars = damage.end;
            damages.push(damage);
        }
        damaged.push_str(&text[last..]);
        Mixture {
            id: id.to_owned(),
            lang: language.to_string(),
            clean: text.to_owned(),
            text: damaged,
            damages,
        }
    }

    /// What an edit does; the text up to the byte `from` is `chars` characters long after other damage.
    fn damage(
        &self,
        operator: &Operator,
        form: usize,
        text: &str,
        edit: &Edit,
        from: usize,
        chars: usize,
    ) -> Damage {
        let start = chars + text[from..edit.span.lo()].chars().count();
        Damage {
            kind: operator.kind.clone(),
            family: operator.family().to_owned(),
            form,
            held_out: operator.forms[form].is_held_out,
            start,
            end: start + edit.insert.chars().count(),
            fix: edit.span.of(text).to_owned(),
        }
    }

    /// A damage by one of the operator's forms, which are tried in an order that is drawn.
    fn edit(
        &self,
        clean: &Clean<'_>,
        language: Language,
        operator: &Operator,
        random: &mut Random,
    ) -> Option<(usize, Edit)> {
        let mut forms: Vec<_> = operator.forms_of(language, self.set).collect();
        random.shuffle(&mut forms);
        forms.into_iter().find_map(|(number, form)| Some((number, form.action.damage(clean, random)?)))
    }
}

/// Damages of a mixture stand as many bytes apart at least.
const APART: usize = 40;

/// The edit, made longer where nothing would be left to see: by the character on either side.
fn visible(text: &str, edit: Edit) -> Edit {
    if !edit.insert.is_empty() {
        return edit;
    }
    let before = text[..edit.span.lo()]
        .chars()
        .next_back()
        .map_or("", |char| &text[edit.span.lo() - char.len_utf8()..edit.span.lo()]);
    let after = text[edit.span.hi()..]
        .chars()
        .next()
        .map_or("", |char| &text[edit.span.hi()..edit.span.hi() + char.len_utf8()]);
    let span = Span::new(edit.span.lo() - before.len(), edit.span.hi() + after.len());
    Edit::replace(span, format!("{before}{after}"))
}
