//! Making entities of mentions.
//!
//! Mentions of one form belong together. Forms are joined when one is a part of the other, its
//! acronym, another spelling of it, or another name of the same place. Spellings that differ in
//! letters are joined only where the rarer one is not introduced by itself: two people of like names
//! are each introduced.

use super::key::{self, BareName};
use super::variation::{self, Company, Variation};
use super::{Entity, EntityKind, Evidence, EvidenceSet, Expansion, Form, Mention, Relation};
use crate::{Document, Token, TokenKind};
use foldhash::fast::FixedState;
use mtlint_lang::{Place, Role, Territories, Territory, WordList};
use std::cell::OnceCell;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

const ORGANISATIONS: &str = "organisation-word";
const REPORTING: &str = "reporting-verb.past";

/// How many forms that share a key are compared with one another; more are a list, no variants.
const MOST_ALIKE: usize = 8;

/// The longest name that is compared by its letters, in bytes.
const LONGEST: usize = 48;

/// Forms by what they are looked up by.
type Index<Key, Value> = HashMap<Key, Value, FixedState>;

/// An index with room for so many forms.
fn with_room<Key, Value>(count: usize) -> Index<Key, Value> {
    Index::with_capacity_and_hasher(count, FixedState::default())
}

/// A form with what it is compared by.
struct Candidate<'d> {
    text: &'d str,
    /// What it says of territories.
    roles: &'static [(Territory, Role)],
    /// The place of several names that it is one of.
    place: Option<&'static Place>,
    bare: BareName,
    mentions: Vec<usize>,
    /// Whether a mention stands where capitals tell of a name.
    certain: bool,
    /// The form it belongs to; itself when it stands alone.
    parent: usize,
    relation: Relation,
    spells: Option<usize>,
}

struct Forms<'d> {
    document: &'d Document,
    territories: &'static Territories,
    organisations: &'d WordList,
    reporting: &'d WordList,
    mentions: Vec<Mention>,
    forms: Vec<Candidate<'d>>,
    /// How many mentions the forms have that were joined to each.
    weight: Vec<usize>,
    /// The form of each mention.
    form_of: Vec<usize>,
}

/// What makes up an entity, in the order of the text.
#[derive(Default)]
struct Members {
    /// Into [`Forms::forms`].
    forms: Vec<usize>,
    /// Into the mentions that are kept.
    mentions: Vec<usize>,
}

/// The words of names of several words, gathered when it is first asked for one.
#[derive(Default)]
struct Introduced(OnceCell<HashSet<String, FixedState>>);

impl Introduced {
    /// Whether a form is such a word.
    fn holds(&self, forms: &Forms<'_>, form: &Candidate<'_>) -> bool {
        let longer = || forms.forms.iter().filter(|form| form.bare.len() > 1);
        let words =
            self.0.get_or_init(|| longer().flat_map(|form| form.bare.words()).map(str::to_owned).collect());
        words.contains(form.bare.letters())
    }
}

/// The mentions that are names, and the entities they are of.
pub(super) fn group(
    document: &Document,
    mentions: Vec<Mention>,
    expansions: &[Expansion],
) -> (Vec<Mention>, Vec<Entity>) {
    let mut forms = Forms::new(document, mentions);
    forms.join_spellings();
    forms.join_parts();
    forms.join_acronyms(expansions);
    forms.join_aliases();
    forms.join_variants();
    forms.into_entities()
}

impl<'d> Forms<'d> {
    fn new(document: &'d Document, mentions: Vec<Mention>) -> Self {
        let territories = document.pack().territories();
        let mut index: Index<&str, usize> = with_room(mentions.len());
        let mut forms: Vec<Candidate<'d>> = Vec::new();
        let mut form_of = Vec::with_capacity(mentions.len());
        for (at, mention) in mentions.iter().enumerate() {
            let text = document.slice(mention.span);
            let form = *index.entry(text).or_insert_with(|| {
                forms.push(Candidate::new(text, forms.len(), territories));
                forms.len() - 1
            });
            form_of.push(form);
            forms[form].mentions.push(at);
            forms[form].certain |= mention.is_certain() || mention.honorific.is_some();
        }
        let weight = forms.iter().map(|form| form.mentions.len()).collect();
        Self {
            document,
            territories,
            organisations: document.pack().words(ORGANISATIONS),
            reporting: document.pack().words(REPORTING),
            mentions,
            forms,
            weight,
            form_of,
        }
    }

    fn root(&self, mut form: usize) -> usize {
        while self.forms[form].parent != form {
            form = self.forms[form].parent;
        }
        form
    }

    /// Joins `form` to `to`, which is the fuller or the more usual one.
    fn join(&mut self, form: usize, to: usize, relation: Relation, spells: Option<usize>) {
        let (child, parent) = (self.root(form), self.root(to));
        if child == parent {
            return;
        }
        self.forms[child].parent = parent;
        if self.forms[form].relation == Relation::Name {
            self.forms[form].relation = relation;
            self.forms[form].spells = spells;
        }
        if child != form && self.forms[child].relation == Relation::Name {
            self.forms[child].relation = Relation::Short;
        }
        self.weight[parent] += self.weight[child];
    }

    /// The more usual of two forms; of equals the one that comes first.
    fn usual(&self, a: usize, b: usize) -> (usize, usize) {
        let rank = |form: usize| (self.forms[form].mentions.len(), std::cmp::Reverse(form));
        if rank(b) > rank(a) { (b, a) } else { (a, b) }
    }

    /// Forms of the same bare letters.
    fn join_spellings(&mut self) {
        // The first form of these letters, and the others, of which there are none as a rule.
        let mut by_letters: Index<&str, usize> = with_room(self.forms.len());
        let mut alike: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, form) in self.forms.iter().enumerate() {
            match by_letters.entry(form.bare.letters()) {
                Entry::Vacant(free) => drop(free.insert(index)),
                Entry::Occupied(first) => alike.entry(*first.get()).or_default().push(index),
            }
        }
        let groups: Vec<Vec<usize>> =
            alike.into_iter().map(|(first, others)| [vec![first], others].concat()).collect();
        for group in groups {
            let usual = group.iter().copied().reduce(|a, b| self.usual(a, b).0).unwrap_or(group[0]);
            for form in group.into_iter().filter(|form| *form != usual) {
                if let Some(kind) = variation::of_marks(self.forms[form].text, self.forms[usual].text) {
                    self.join(form, usual, Relation::Spelling(kind), Some(usual));
                }
            }
        }
    }

    /// Surnames and first names, to the one longer form that they are a part of.
    fn join_parts(&mut self) {
        let mut by_tail: Index<&str, Option<usize>> = Index::default();
        let mut by_head: Index<&str, Option<usize>> = Index::default();
        for (index, form) in self.forms.iter().enumerate() {
            for cut in 1..form.bare.len() {
                self.offer(&mut by_tail, form.bare.from(cut), index);
            }
            if form.bare.len() > 1 {
                self.offer(&mut by_head, form.bare.before(1), index);
            }
        }
        let full_form = |(index, form): (usize, &Candidate<'_>)| {
            let letters = form.bare.letters();
            if letters.chars().nth(1).is_none() || form.is_known_place() {
                return None;
            }
            let tail = by_tail.get(letters).copied().flatten();
            let is_head = form.bare.len() == 1 && form.certain;
            let head = || by_head.get(letters).copied().flatten().filter(|_| is_head);
            // Two fuller forms of one entity are no doubt.
            let full = tail.or_else(head)?;
            (full != index && !self.forms[full].text.ends_with('.')).then_some((index, full))
        };
        let parts: Vec<(usize, usize)> = self.forms.iter().enumerate().filter_map(full_form).collect();
        for (part, full) in parts {
            self.join(part, full, Relation::Short, None);
        }
    }

    /// Notes a longer form for a part of it; a part of two entities is left alone.
    fn offer<'f>(&self, parts: &mut Index<&'f str, Option<usize>>, part: &'f str, form: usize) {
        match parts.entry(part) {
            Entry::Vacant(free) => {
                free.insert(Some(form));
            }
            Entry::Occupied(mut taken) => {
                let Some(other) = *taken.get() else { return };
                let (a, b) = (&self.forms[other], &self.forms[form]);
                let (a, b) = (&a.bare, &b.bare);
                let nested = a.letters().ends_with(b.letters()) || b.letters().ends_with(a.letters());
                let longer = if a.len() >= b.len() { other } else { form };
                taken.insert((nested || self.root(other) == self.root(form)).then_some(longer));
            }
        }
    }

    fn join_acronyms(&mut self, expansions: &[Expansion]) {
        for expansion in expansions {
            let at = |span: mtlint_text::Span| {
                let after = self.mentions.partition_point(|mention| mention.span.lo() < span.lo());
                self.mentions.get(after).filter(|mention| span.contains(mention.span)).map(|_| after)
            };
            if let (Some(short), Some(full)) = (at(expansion.acronym), at(expansion.expansion))
                && expansion.spells
            {
                self.join(self.form_of[short], self.form_of[full], Relation::Acronym, None);
            }
        }
        // `NHS` in a text that says `National Health Service`.
        let initials = |form: &Candidate<'_>| -> String {
            form.bare.words().filter_map(|word| word.chars().next()).collect()
        };
        let mut by_initials: Index<String, usize> = Index::default();
        for (index, form) in self.forms.iter().enumerate().filter(|(_, form)| form.bare.len() >= 3) {
            by_initials.entry(initials(form)).or_insert(index);
        }
        if by_initials.is_empty() {
            return;
        }
        for index in 0..self.forms.len() {
            let form = &self.forms[index];
            if form.is_acronym()
                && let Some(&full) = by_initials.get(form.bare.letters())
            {
                self.join(index, full, Relation::Acronym, None);
            }
        }
    }

    /// Names of one territory, and of one place.
    fn join_aliases(&mut self) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for index in 0..self.forms.len() {
            let form = &self.forms[index];
            let id = match form.territory() {
                Some(territory) if form.is(Role::Name) => {
                    self.territories.words(territory, Role::Name).first().map(String::as_str)
                }
                _ => form.place.and_then(|place| place.names.first()).map(String::as_str),
            };
            if let Some(id) = id {
                match seen.get(id) {
                    Some(&first) => self.join(index, first, Relation::Alias, None),
                    None => drop(seen.insert(id, index)),
                }
            }
        }
    }

    /// Forms that differ in letters and are one name all the same.
    fn join_variants(&mut self) {
        // About as many keys as a name of two words has.
        const ROOM: usize = 24;
        let mut keyed: Vec<(u64, usize)> = Vec::with_capacity(ROOM * self.forms.len());
        for (index, form) in self.forms.iter().enumerate() {
            let (bare, letters) = (&form.bare, form.bare.letters());
            if letters.len() < 4 || letters.len() > LONGEST || !letters.is_ascii() {
                continue;
            }
            let mut add = |key: u64| keyed.push((key, index));
            add(key::number_of_sound(letters));
            // The words in front of one that differs, and those behind it.
            if bare.len() > 1 {
                add(key::number(bare.before(bare.len() - 1).bytes().chain([b' '])));
                add(key::number([b' '].into_iter().chain(bare.from(1).bytes())));
            }
            // Names that differ by one letter share what is left without it.
            key::numbers_without_one(letters, &mut add);
            // A surname alone, of one word or two, may be that of a full name.
            for cut in (1..bare.len()).rev().take(2) {
                let surname = bare.from(cut);
                if surname.len() >= 4 {
                    add(key::number_of_sound(surname));
                    key::numbers_without_one(surname, &mut add);
                }
            }
        }
        keep_shared(&mut keyed);
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let groups = keyed.chunk_by(|(a, _), (b, _)| a == b);
        for group in groups.filter(|group| (2..=MOST_ALIKE).contains(&group.len())) {
            for (at, &(_, a)) in group.iter().enumerate() {
                pairs.extend(group[at + 1..].iter().map(|&(_, b)| self.usual(a, b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs.extend(self.lost_endings());
        if pairs.is_empty() {
            return;
        }
        let introduced = Introduced::default();
        for (usual, rare) in pairs {
            if self.root(usual) != self.root(rare)
                && let Some(kind) = self.variation(usual, rare, &introduced)
            {
                self.join(rare, usual, Relation::Spelling(kind), Some(usual));
            }
        }
    }

    /// First names without the ending and the diacritics that the full name has.
    fn lost_endings(&self) -> Vec<(usize, usize)> {
        let is_full = |form: &Candidate<'_>| form.bare.len() > 1 && !form.text.is_ascii();
        if !self.forms.iter().any(is_full) {
            return Vec::new();
        }
        let mut single: Index<&str, usize> = Index::default();
        for (index, form) in self.forms.iter().enumerate().filter(|(_, form)| form.bare.len() == 1) {
            single.entry(form.bare.letters()).or_insert(index);
        }
        let mut found = Vec::new();
        for (index, form) in self.forms.iter().enumerate().filter(|(_, form)| is_full(form)) {
            let first = form.bare.before(1);
            let cuts = first.char_indices().rev().take(2).filter_map(|(cut, _)| single.get(&first[..cut]));
            found.extend(cuts.map(|&short| (index, short)));
        }
        found
    }

    fn variation(&self, usual: usize, rare: usize, introduced: &Introduced) -> Option<Variation> {
        let (a, b) = (&self.forms[usual], &self.forms[rare]);
        let both_known = a.is_known_place() && b.is_known_place();
        if both_known || a.is_acronym() || b.is_acronym() || self.meet(usual, rare) {
            return None;
        }
        if a.bare.len() != b.bare.len() {
            return self.of_part(usual, rare, introduced);
        }
        let mut differing = a.bare.words().zip(b.bare.words()).enumerate().filter(|(_, (a, b))| a != b);
        let (Some((at, (word_a, word_b))), None) = (differing.next(), differing.next()) else { return None };
        let alone = a.bare.len() == 1;
        // What lost its diacritics went through another script, and may be heard wrong besides.
        let is_foreign = !a.text.is_ascii() && b.text.is_ascii();
        let company = match at {
            _ if alone && !is_foreign => Company::None,
            0 => Company::Behind,
            _ => Company::Before,
        };
        let kind = variation::of_words(word_a, word_b, company)?;
        if !alone {
            return Some(kind);
        }
        // A name that stands alone must be known well, and the other not be introduced by itself.
        let is_heard = kind == Variation::Sound;
        let is_known = (self.weight[self.root(usual)] >= 2 || is_foreign && is_heard) && a.certain;
        let is_usual = a.mentions.len() + 1 >= 2 * b.mentions.len();
        (is_known && is_usual && (b.certain || is_heard) && !introduced.holds(self, b)).then_some(kind)
    }

    /// In what a name that stands alone differs from a part of a full one.
    fn of_part(&self, full: usize, alone: usize, introduced: &Introduced) -> Option<Variation> {
        let (a, b) = (&self.forms[full], &self.forms[alone]);
        if a.bare.len() <= b.bare.len() {
            return None;
        }
        let first = a.text.split([' ', '\u{a0}']).next().unwrap_or_default();
        if b.bare.len() == 1 && variation::lost_its_ending(b.text, first) {
            return (!introduced.holds(self, b)).then_some(Variation::Ending);
        }
        let surname = a.bare.words().skip(a.bare.len() - b.bare.len());
        let mut differing = surname.zip(b.bare.words()).filter(|(a, b)| a != b);
        let (Some((word_a, word_b)), None) = (differing.next(), differing.next()) else { return None };
        let company = if b.bare.len() == 1 { Company::None } else { Company::Before };
        let kind = variation::of_words(word_a, word_b, company)?;
        let speaks = b
            .mentions
            .iter()
            .map(|&mention| &self.mentions[mention])
            .any(|mention| mention.possessive || mention.honorific.is_some() || self.speaks(mention));
        (!self.has_organisation_word(a) && (b.certain || speaks) && !introduced.holds(self, b))
            .then_some(kind)
    }

    /// Whether two forms stand in one sentence: there they are told apart.
    fn meet(&self, a: usize, b: usize) -> bool {
        let sentence = |mention: usize| {
            let start = self.mentions[mention].span.start;
            self.document.sentences().partition_point(|sentence| sentence.span.start <= start)
        };
        let sentences = |form: usize| self.forms[form].mentions.iter().map(|&mention| sentence(mention));
        let of_a: Vec<usize> = sentences(a).collect();
        sentences(b).any(|sentence| of_a.binary_search(&sentence).is_ok())
    }

    /// Whether a form is more than a word with the capital of its sentence.
    fn is_name(&self, form: usize) -> bool {
        let candidate = &self.forms[form];
        candidate.certain
            || candidate.parent != form
            || self.weight[form] > candidate.mentions.len()
            || candidate.bare.len() > 1
            || candidate.is_known_place()
            || candidate.is_in_capitals()
            || self.document.pack().is_proper_noun(candidate.text)
    }

    fn into_entities(self) -> (Vec<Mention>, Vec<Entity>) {
        let is_name: Vec<bool> = (0..self.forms.len()).map(|form| self.is_name(form)).collect();
        let mut members: Vec<Members> = Vec::new();
        // The entity that the forms of each root make.
        let mut entity_of: Vec<Option<usize>> = vec![None; self.forms.len()];
        let mut kept: Vec<Mention> = Vec::with_capacity(self.mentions.len());
        // For each mention, its place among those that are kept.
        let mut new_index = vec![0; self.mentions.len()];
        for (old, &form) in self.form_of.iter().enumerate().filter(|(_, form)| is_name[**form]) {
            let entity = *entity_of[self.root(form)].get_or_insert_with(|| {
                members.push(Members::default());
                members.len() - 1
            });
            if self.forms[form].mentions[0] == old {
                members[entity].forms.push(form);
            }
            members[entity].mentions.push(kept.len());
            new_index[old] = kept.len();
            kept.push(Mention { entity, ..self.mentions[old] });
        }
        let entities = members.into_iter().map(|members| self.entity(members, &new_index)).collect();
        (kept, entities)
    }

    fn entity(&self, Members { mut forms, mentions }: Members, new_index: &[usize]) -> Entity {
        // The root first, then in the order of the text.
        forms.sort_by_key(|&form| self.forms[form].parent != form);
        let made: Vec<Form> = forms
            .iter()
            .map(|&form| {
                let candidate = &self.forms[form];
                Form {
                    text: candidate.text.to_owned(),
                    relation: candidate.relation,
                    spells: candidate.spells.and_then(|spelt| forms.iter().position(|&form| form == spelt)),
                    mentions: candidate.mentions.iter().map(|&mention| new_index[mention]).collect(),
                }
            })
            .collect();
        let evidence = self.evidence(&forms);
        let territory = forms.iter().find_map(|&form| self.forms[form].territory());
        let kind = self.kind(&forms, evidence);
        Entity { kind, evidence, territory, forms: made, mentions }
    }

    fn evidence(&self, forms: &[usize]) -> EvidenceSet {
        let mut found = EvidenceSet::default();
        for &index in forms {
            let form = &self.forms[index];
            let (mut honoured, mut titled, mut speaks) = (false, false, false);
            for mention in form.mentions.iter().map(|&mention| &self.mentions[mention]) {
                honoured |= mention.honorific.is_some();
                titled |= mention.titled;
                speaks = speaks || self.speaks(mention);
            }
            let checks = [
                (Evidence::Territory, !form.roles.is_empty()),
                (Evidence::KnownPlace, form.place.is_some()),
                (Evidence::Honorific, honoured),
                (Evidence::Title, titled),
                (Evidence::Surname, form.relation == Relation::Short),
                (Evidence::Speaks, speaks),
                (Evidence::OrganisationWord, self.has_organisation_word(form)),
                (Evidence::Acronym, form.relation == Relation::Acronym || form.is_acronym()),
            ];
            for (evidence, _) in checks.into_iter().filter(|(_, holds)| *holds) {
                found.insert(evidence);
            }
        }
        found
    }

    fn has_organisation_word(&self, form: &Candidate<'_>) -> bool {
        let last = form.text.rsplit([' ', '\u{a0}', '-']).next().unwrap_or_default();
        self.organisations.contains(last)
    }

    /// Whether a reporting verb stands right beside a mention.
    fn speaks(&self, mention: &Mention) -> bool {
        let is_verb = |token: Option<&Token>| {
            token.is_some_and(|token| {
                token.kind == TokenKind::Lower && self.document.is_in(*token, self.reporting)
            })
        };
        let (before, after) = (mention.token_before(self.document), mention.token_after(self.document));
        !mention.possessive && (is_verb(after) || is_verb(before))
    }

    fn kind(&self, forms: &[usize], evidence: EvidenceSet) -> EntityKind {
        let has = |wanted: Evidence| evidence.contains(wanted);
        let is = |role: Role| forms.iter().any(|&form| self.forms[form].is(role));
        let words = self.forms[forms[0]].bare.len();
        if has(Evidence::Honorific) {
            EntityKind::Person
        } else if is(Role::Name) && words <= 4 {
            EntityKind::Country
        } else if is(Role::Adjective) || is(Role::Person) || is(Role::People) {
            EntityKind::People
        } else if is(Role::Capital) || has(Evidence::KnownPlace) {
            EntityKind::Place
        } else if has(Evidence::OrganisationWord) || has(Evidence::Acronym) {
            EntityKind::Organisation
        } else if has(Evidence::Title)
            || has(Evidence::Surname) && words >= 2
            || has(Evidence::Speaks) && words >= 2
        {
            EntityKind::Person
        } else {
            EntityKind::Unknown
        }
    }
}

/// Keeps the numbers that several forms share, or seem to, in order and once for each form: of all
/// numbers they are few.
fn keep_shared(keyed: &mut Vec<(u64, usize)>) {
    // A bit for each number that was met, and for each that was met again, among so many bits that
    // numbers seldom share one.
    const ROOM: usize = 16;
    let bits = (keyed.len() * ROOM).next_power_of_two().max(64);
    let (mut met, mut met_again) = (vec![0_u64; bits / 64], vec![0_u64; bits / 64]);
    let place = |key: u64| {
        let mixed = (key ^ (key >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let bit = (mixed >> 40) as usize & (bits - 1);
        (bit / 64, 1 << (bit % 64))
    };
    for &(key, _) in &*keyed {
        let (word, bit) = place(key);
        met_again[word] |= met[word] & bit;
        met[word] |= bit;
    }
    keyed.retain(|&(key, _)| {
        let (word, bit) = place(key);
        met_again[word] & bit != 0
    });
    keyed.sort_unstable();
    keyed.dedup();
}

impl<'d> Candidate<'d> {
    fn new(text: &'d str, index: usize, territories: &'static Territories) -> Self {
        Self {
            text,
            roles: territories.roles(text),
            place: territories.place(text),
            bare: BareName::of(text),
            mentions: Vec::new(),
            certain: false,
            parent: index,
            relation: Relation::Name,
            spells: None,
        }
    }

    /// Whether it says this of any territory.
    fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(_, known)| *known == role)
    }

    /// The territory that it belongs to, if it is one alone.
    fn territory(&self) -> Option<Territory> {
        Territories::common(self.roles)
    }

    fn is_known_place(&self) -> bool {
        !self.roles.is_empty() || self.place.is_some()
    }

    fn is_in_capitals(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
    }

    fn is_acronym(&self) -> bool {
        self.bare.len() == 1 && self.is_in_capitals()
    }
}
