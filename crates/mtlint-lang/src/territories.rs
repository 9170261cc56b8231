//! Territories: what a language calls countries, their people and their capitals, and which places
//! have two names.
//!
//! The names are those of CLDR (`rules/territories`), the rest is written by hand (`rules/peoples`).
//! May use `text` and what is built in.

use super::Language;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A country or region, by its code of ISO 3166-1: `TR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Territory([u8; 2]);

impl Territory {
    fn parse(code: &str) -> Option<Self> {
        Some(Self(code.as_bytes().try_into().ok()?))
    }

    /// The code, two capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// What a word says of a territory. A word may be several: `Afghan`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// `Turkey`
    Name,
    /// `Turkish`
    Adjective,
    /// `Turk`
    Person,
    /// `Turks`
    People,
    /// `Ankara`
    Capital,
}

/// A place with two names or more, the one in use first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub names: Vec<String>,
}

/// A people and a language whose names differ.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tongue {
    /// The members of the people: one, many.
    pub people: Vec<String>,
    pub language: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct People {
    adjective: Vec<String>,
    person: Vec<String>,
    people: Vec<String>,
    capital: Vec<String>,
    also: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PeoplesFile {
    place: Vec<Place>,
    tongue: Vec<Tongue>,
    #[serde(flatten)]
    territories: BTreeMap<String, People>,
}

/// What one language calls territories.
#[derive(Debug, Default)]
pub struct Territories {
    roles: HashMap<String, Vec<(Territory, Role)>, FixedState>,
    words: BTreeMap<(Territory, Role), Vec<String>>,
    places: Vec<Place>,
    place_of: HashMap<String, usize, FixedState>,
    tongues: Vec<Tongue>,
}

static EMPTY: LazyLock<Territories> = LazyLock::new(Territories::default);
static ALL: LazyLock<BTreeMap<Language, Territories>> = LazyLock::new(|| {
    read(mtlint_data::territories(), mtlint_data::peoples()).unwrap_or_else(|error| panic!("{error}"))
});

impl Territories {
    /// What is known in a language; nothing where it has no table.
    ///
    /// # Panics
    /// When a table that is built in does not parse, which a test rules out.
    pub fn of(language: Option<Language>) -> &'static Self {
        language.and_then(|language| ALL.get(&language)).unwrap_or(&EMPTY)
    }

    /// What a word or phrase, as it is capitalised in running text, says of which territories.
    pub fn roles(&self, phrase: &str) -> &[(Territory, Role)] {
        self.roles.get(phrase).map_or(&[], Vec::as_slice)
    }

    /// The territory that a phrase belongs to, if it is one alone.
    pub fn territory(&self, phrase: &str) -> Option<Territory> {
        Self::common(self.roles(phrase))
    }

    /// The territory that all these roles are of.
    pub fn common(roles: &[(Territory, Role)]) -> Option<Territory> {
        let first = roles.first()?.0;
        roles.iter().all(|(territory, _)| *territory == first).then_some(first)
    }

    /// Whether a phrase says this of any territory.
    pub fn is(&self, phrase: &str, role: Role) -> bool {
        self.roles(phrase).iter().any(|(_, known)| *known == role)
    }

    /// The words that say this of a territory, the most usual first.
    pub fn words(&self, territory: Territory, role: Role) -> &[String] {
        self.words.get(&(territory, role)).map_or(&[], Vec::as_slice)
    }

    /// The place that a name stands for beside other names.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.place_of.get(name).map(|index| &self.places[*index])
    }

    /// The peoples whose language has a name of its own.
    pub fn tongues(&self) -> &[Tongue] {
        &self.tongues
    }

    fn add(&mut self, territory: Territory, role: Role, word: &str) {
        let roles = self.roles.entry(word.to_owned()).or_default();
        if !roles.contains(&(territory, role)) {
            roles.push((territory, role));
            self.words.entry((territory, role)).or_default().push(word.to_owned());
        }
    }

    fn add_place(&mut self, place: Place) {
        for name in &place.names {
            self.place_of.insert(name.clone(), self.places.len());
        }
        self.places.push(place);
    }
}

/// Reads both kinds of tables from pairs of language code and JSON.
fn read(
    territories: &[(&str, &str)],
    peoples: &[(&str, &str)],
) -> Result<BTreeMap<Language, Territories>, String> {
    let mut all: BTreeMap<Language, Territories> = BTreeMap::new();
    for (code, json) in territories {
        let blame = |error: String| format!("rules/territories/{code}.toml: {error}");
        let language = Language::parse(code).map_err(|error| blame(error.to_string()))?;
        let file: BTreeMap<String, Vec<String>> =
            serde_json::from_str(json).map_err(|error| blame(error.to_string()))?;
        let table = all.entry(language).or_default();
        for (code, names) in &file {
            let territory =
                Territory::parse(code).ok_or_else(|| blame(format!("`{code}` is no territory code")))?;
            for name in names.iter().flat_map(|name| spellings(name)) {
                table.add(territory, Role::Name, &name);
            }
        }
    }
    for (code, json) in peoples {
        let blame = |error: String| format!("rules/peoples/{code}.toml: {error}");
        let language = Language::parse(code).map_err(|error| blame(error.to_string()))?;
        let file: PeoplesFile = serde_json::from_str(json).map_err(|error| blame(error.to_string()))?;
        let table = all.entry(language).or_default();
        for (code, people) in &file.territories {
            let territory =
                Territory::parse(code).ok_or_else(|| blame(format!("`{code}` is no territory code")))?;
            let lists = [
                (Role::Name, &people.also),
                (Role::Adjective, &people.adjective),
                (Role::Person, &people.person),
                (Role::People, &people.people),
                (Role::Capital, &people.capital),
            ];
            for (role, words) in lists {
                words.iter().for_each(|word| table.add(territory, role, word));
            }
        }
        file.place.into_iter().for_each(|place| table.add_place(place));
        table.tongues.extend(file.tongue);
    }
    Ok(all)
}

/// A name of CLDR as running text writes it: `Antigua and Barbuda` for `Antigua & Barbuda`, and
/// `Myanmar` beside `Myanmar (Burma)`.
fn spellings(name: &str) -> Vec<String> {
    let plain = name.split(" (").next().unwrap_or(name).to_owned();
    let joined = plain.replace(" & ", " and ");
    if joined == plain { vec![plain] } else { vec![plain, joined] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> &'static Territories {
        Territories::of(Language::parse("en").ok())
    }

    #[test]
    fn words_belong_to_their_territory() {
        let table = english();
        let code = |phrase: &str| table.territory(phrase).map(|territory| territory.code().to_owned());
        for word in ["Türkiye", "Turkey", "Turkish", "Turks", "Ankara"] {
            assert_eq!(code(word).as_deref(), Some("TR"), "{word}");
        }
        assert_eq!(code("Antigua and Barbuda").as_deref(), Some("AG"));
        assert_eq!(code("turkey"), None);
        assert!(table.is("Afghan", Role::Adjective) && table.is("Afghan", Role::Person));
        let turkey = table.territory("Turkey").unwrap();
        assert_eq!(table.words(turkey, Role::Name), ["Türkiye", "Turkey"]);
    }

    #[test]
    fn a_place_has_its_names_together() {
        assert_eq!(english().place("Kiev").unwrap().names, ["Kyiv", "Kiev"]);
        assert!(english().place("Oslo").is_none());
    }

    #[test]
    fn a_language_without_a_table_knows_nothing() {
        assert!(Territories::of(Language::parse("xx").ok()).roles("Turkey").is_empty());
    }
}
