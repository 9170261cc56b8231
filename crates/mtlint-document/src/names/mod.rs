//! The names of a document: where each is mentioned, and which mentions are of one thing.
//!
//! [`find`] finds the mentions, [`group`] makes entities of them: full and short forms, acronyms,
//! spellings ([`variation`], by the letters and sounds of [`key`]). Names are a guess from capitals
//! and company; who asks weighs the evidence that an entity carries. Uses `text`, `lang` and the
//! blocks, sentences, tokens and mask of the document.

mod acronym;
mod deviation;
mod find;
mod glossary;
mod group;
mod key;
mod variation;

pub use acronym::Expansion;
pub use deviation::Deviation;
pub use find::stem;
pub(super) use glossary::departures;
pub use glossary::{Glossary, GlossaryEntry};
pub use variation::Variation;

/// Whether two words, given by their bare letters, are forms of one word by their endings: a people and its country, a family.
pub(super) fn are_forms(a: &str, b: &str) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    variation::is_inflection(shorter, longer)
}

/// The letters and digits of a name in lower case, without diacritics, hyphens, spaces and stops.
pub(super) fn bare_letters(name: &str) -> String {
    key::letters(name)
}

use super::{Document, Token};
use mtlint_lang::Territory;
use mtlint_text::Span;

/// One place where a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name, without honorific, title and possessive ending.
    pub span: Span,
    /// The same with honorific and title.
    pub full: Span,
    /// The first token of `full`, into [`Document::tokens`], and the one behind the last.
    first_token: u32,
    next_token: u32,
    /// Whether any word would have a capital here.
    pub sentence_initial: bool,
    /// Whether it stands in a heading, or a line whose words all have capitals.
    pub in_heading: bool,
    /// `Mr.`, without its full stop.
    pub honorific: Option<Span>,
    /// Whether a title stands before it: `President`.
    pub titled: bool,
    /// Whether `'s` stands behind it.
    pub possessive: bool,
    /// Into [`Names::entities`].
    pub entity: usize,
}

impl Mention {
    /// The token right before its honorific or title.
    pub fn token_before<'d>(&self, document: &'d Document) -> Option<&'d Token> {
        self.first_token.checked_sub(1).map(|index| &document.tokens()[index as usize])
    }

    /// The token right behind it and its possessive ending.
    pub fn token_after<'d>(&self, document: &'d Document) -> Option<&'d Token> {
        document.tokens().get(self.next_token as usize)
    }

    /// Whether its capitals tell that it is a name.
    pub fn is_certain(&self) -> bool {
        !self.sentence_initial && !self.in_heading
    }
}

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    Country,
    /// A people, by its name or adjective: `Turks`, `Turkish`.
    People,
    Place,
    Person,
    Organisation,
    Unknown,
}

impl EntityKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::People => "people",
            Self::Place => "place",
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Unknown => "unknown",
        }
    }
}

/// What tells the kind of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The name is that of a territory, its people or its capital.
    Territory,
    /// A place that is known by two names.
    KnownPlace,
    Honorific,
    Title,
    /// A longer form is taken up by its last word.
    Surname,
    /// It speaks: a reporting verb stands beside it.
    Speaks,
    /// It ends in a word such as `Council`.
    OrganisationWord,
    /// It is an acronym, or has one.
    Acronym,
}

impl Evidence {
    const ALL: [Self; 8] = [
        Self::Territory,
        Self::KnownPlace,
        Self::Honorific,
        Self::Title,
        Self::Surname,
        Self::Speaks,
        Self::OrganisationWord,
        Self::Acronym,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Territory => "territory",
            Self::KnownPlace => "known place",
            Self::Honorific => "honorific",
            Self::Title => "title",
            Self::Surname => "surname alone",
            Self::Speaks => "speaks",
            Self::OrganisationWord => "organisation word",
            Self::Acronym => "acronym",
        }
    }
}

/// What all tells the kind of an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EvidenceSet(u8);

impl EvidenceSet {
    fn insert(&mut self, evidence: Evidence) {
        self.0 |= 1 << evidence as u8;
    }

    pub fn contains(self, evidence: Evidence) -> bool {
        self.0 & 1 << evidence as u8 != 0
    }

    /// Each in it.
    pub fn iter(self) -> impl Iterator<Item = Evidence> {
        Evidence::ALL.into_iter().filter(move |evidence| self.contains(*evidence))
    }
}

/// How a form stands to the name of its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is the name.
    Name,
    /// A part that stands for the whole: a surname, a first name.
    Short,
    /// Its letters are the initials of the name.
    Acronym,
    /// The same name spelt differently.
    Spelling(Variation),
    /// Another name of the same place or territory.
    Alias,
}

/// One way in which an entity is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// As it stands in the text.
    pub text: String,
    pub relation: Relation,
    /// The form of which it is another spelling, into [`Entity::forms`].
    pub spells: Option<usize>,
    /// Into [`Names::mentions`], in text order.
    pub mentions: Vec<usize>,
}

/// What is named in the document, and by which forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub kind: EntityKind,
    /// What tells the kind.
    pub evidence: EvidenceSet,
    /// The territory that it is, comes from, or is the capital of.
    pub territory: Option<Territory>,
    /// The fullest form first, the others by their first mention. Never empty.
    pub forms: Vec<Form>,
    /// Into [`Names::mentions`], in text order. Never empty.
    pub mentions: Vec<usize>,
}

impl Entity {
    /// Its fullest form.
    pub fn name(&self) -> &str {
        self.forms.first().map_or("", |form| &form.text)
    }

    /// Whether the document mentions it only once.
    pub fn is_mentioned_once(&self) -> bool {
        self.mentions.len() == 1
    }
}

/// The names of a document.
#[derive(Debug, Default)]
pub struct Names {
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    expansions: Vec<Expansion>,
}

impl Names {
    pub(super) fn of(document: &Document) -> Self {
        let expansions = acronym::expansions(document);
        let mentions = find::mentions(document);
        // What is known of territories is read only for a text that names something.
        if mentions.is_empty() {
            return Self { mentions, entities: Vec::new(), expansions };
        }
        let (mentions, entities) = group::group(document, mentions, &expansions);
        Self { mentions, entities, expansions }
    }

    /// Every mention in text order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// Every entity by its first mention.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Acronyms that stand in brackets behind what they are short for.
    pub fn expansions(&self) -> &[Expansion] {
        &self.expansions
    }

    /// The entity that a mention is of.
    pub fn entity_of(&self, mention: &Mention) -> &Entity {
        &self.entities[mention.entity]
    }

    /// The mentions that are spelt otherwise than most of their name.
    pub(super) fn deviations<'n>(&'n self, document: &'n Document) -> Vec<Deviation<'n>> {
        deviation::of(document, self)
    }

    /// The mentions of an entity in text order.
    pub fn mentions_of<'n>(&'n self, entity: &'n Entity) -> impl Iterator<Item = &'n Mention> {
        entity.mentions.iter().map(|&mention| &self.mentions[mention])
    }

    /// The mention that holds the byte at `offset`.
    pub fn mention_at(&self, offset: usize) -> Option<&Mention> {
        let after = self.mentions.partition_point(|mention| mention.span.lo() <= offset);
        let mention = &self.mentions[after.checked_sub(1)?];
        (offset < mention.span.hi()).then_some(mention)
    }

    /// The mentions inside a span, in text order.
    pub fn mentions_in(&self, span: Span) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.span.lo() < span.lo());
        let end = self.mentions.partition_point(|mention| mention.span.hi() <= span.hi());
        &self.mentions[start..end.max(start)]
    }

    /// The mentions of whatever belongs to a territory, in text order: of China, the Chinese and Beijing.
    pub fn mentions_of_territory(&self, territory: Territory) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| self.entity_of(mention).territory == Some(territory))
    }

    /// The entity that is mentioned most; of several, the first.
    pub fn most_mentioned(&self) -> Option<&Entity> {
        self.entities.iter().rev().max_by_key(|entity| entity.mentions.len())
    }
}

#[cfg(test)]
mod tests;
