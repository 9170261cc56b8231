//! The names that a user has approved, and the spellings that are rejected for them.

use super::key;
use crate::Document;
use aho_corasick::{AhoCorasick, MatchKind};
use mtlint_text::Span;
use std::collections::{BTreeMap, HashMap};

/// An approved name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// As it shall be written.
    pub approved: String,
    /// Spellings and other names that shall not stand for it.
    pub variants: Vec<String>,
    /// Spellings that are let be beside it.
    pub accepted: Vec<String>,
}

impl GlossaryEntry {
    /// An approved name, and what shall not stand for it.
    pub fn new(approved: &str, variants: &[&str]) -> Self {
        let variants = variants.iter().map(|it| (*it).to_owned()).collect();
        Self { approved: approved.to_owned(), variants, accepted: Vec::new() }
    }

    /// Whether the name may be spelt so.
    pub fn accepts(&self, spelling: &str) -> bool {
        self.approved == spelling || self.accepted.iter().any(|it| it == spelling)
    }
}

/// Approved names, looked up quickly.
#[derive(Debug, Default)]
pub struct Glossary {
    entries: Vec<GlossaryEntry>,
    by_letters: HashMap<String, usize>,
    /// Approved names, spellings that are let be and rejected ones, with the entry of each.
    patterns: Vec<(String, usize)>,
    search: Option<AhoCorasick>,
}

impl Glossary {
    /// Entries for one approved name are taken together.
    ///
    /// # Errors
    /// When there are more of them, or longer ones, than can be searched for.
    pub fn new(entries: impl IntoIterator<Item = GlossaryEntry>) -> Result<Self, String> {
        let mut merged: Vec<GlossaryEntry> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        for entry in entries {
            let at = *index.entry(entry.approved.clone()).or_insert_with(|| {
                merged.push(GlossaryEntry::new(&entry.approved, &[]));
                merged.len() - 1
            });
            merged[at].variants.extend(entry.variants);
            merged[at].accepted.extend(entry.accepted);
        }
        let by_letters =
            merged.iter().enumerate().map(|(at, entry)| (key::letters(&entry.approved), at)).collect();
        let of_entry = |(at, entry): (usize, &GlossaryEntry)| {
            let all = [&entry.approved].into_iter().chain(&entry.accepted).chain(&entry.variants);
            all.map(|text| (text.clone(), at)).collect::<Vec<_>>()
        };
        let patterns: Vec<(String, usize)> = merged.iter().enumerate().flat_map(of_entry).collect();
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns.iter().map(|(text, _)| text))
            .map_err(|error| error.to_string())?;
        let search = (!patterns.is_empty()).then_some(search);
        Ok(Self { entries: merged, by_letters, patterns, search })
    }

    /// The entries, in the order in which they were given.
    pub fn entries(&self) -> &[GlossaryEntry] {
        &self.entries
    }

    /// Whether a spelling is approved.
    pub fn approves(&self, name: &str) -> bool {
        self.of_letters(name).is_some_and(|entry| entry.approved == name)
    }

    /// The bare letters of a name: what two spellings share that differ in hyphens, spaces, capitals, stops or
    /// diacritics at most.
    pub fn letters(name: &str) -> String {
        key::letters(name)
    }

    /// The entry whose approved name has the same bare letters: it differs from `name` in hyphens,
    /// spaces, capitals, stops or diacritics at most.
    pub fn of_letters(&self, name: &str) -> Option<&GlossaryEntry> {
        self.by_letters.get(&key::letters(name)).map(|&at| &self.entries[at])
    }

    /// Every place of `text` where a rejected spelling stands as a word, in text order.
    pub fn rejected_in<'g>(&'g self, text: &'g str) -> impl Iterator<Item = (Span, &'g GlossaryEntry)> {
        let found = self.search.iter().flat_map(move |search| search.find_iter(text));
        found.filter_map(move |found| {
            let (pattern, at) = &self.patterns[found.pattern().as_usize()];
            let entry = &self.entries[*at];
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let inside = is_letter(text[..found.start()].chars().next_back())
                || is_letter(text[found.end()..].chars().next());
            (!entry.accepts(pattern) && !inside).then(|| (Span::new(found.start(), found.end()), entry))
        })
    }
}

/// Where the names of a document are not written as a glossary has them, in text order: what it rejects, what
/// differs from an approved name in marks and capitals alone, and what the document itself spells otherwise than an
/// approved name.
pub(crate) fn departures<'g>(
    document: &'g Document,
    glossary: &'g Glossary,
) -> BTreeMap<Span, &'g GlossaryEntry> {
    let mut found: BTreeMap<Span, &GlossaryEntry> = glossary.rejected_in(document.text()).collect();
    for mention in document.names().mentions() {
        let name = document.slice(mention.span);
        // A heading may set all its words in capitals.
        let counts = |entry: &&GlossaryEntry| {
            let is_heading_of = mention.in_heading && entry.approved.to_lowercase() == name.to_lowercase();
            !entry.accepts(name) && !is_heading_of
        };
        if let Some(entry) = glossary.of_letters(name).filter(counts) {
            found.entry(mention.span).or_insert(entry);
        }
    }
    // What another spelling of an approved name is, the glossary need not say.
    for deviation in document.deviating_names() {
        let span = deviation.mention.span;
        if let Some(entry) = glossary
            .of_letters(deviation.preferred)
            .filter(|entry| entry.approved == deviation.preferred && !entry.accepts(document.slice(span)))
        {
            found.entry(span).or_insert(entry);
        }
    }
    found.retain(|span, entry| !document.mask().covers(*span) && document.slice(*span) != entry.approved);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rejected_is_found_as_a_word() {
        let glossary = Glossary::new([
            GlossaryEntry::new("Holt-Mensah", &["Holt", "Mensa"]),
            GlossaryEntry::new("Kyiv", &["Kiev"]),
            GlossaryEntry::new("Kyiv", &["Kyyiv"]),
        ])
        .unwrap();
        assert_eq!(glossary.entries().len(), 2);
        let text = "Holt-Mensah and Holt flew from Kiev to Kievan and Kyyiv.";
        let found: Vec<&str> = glossary.rejected_in(text).map(|(span, _)| span.of(text)).collect();
        assert_eq!(found, ["Holt", "Kiev", "Kyyiv"]);
    }

    #[test]
    fn a_spelling_is_known_by_its_letters() {
        let glossary = Glossary::new([GlossaryEntry::new("Győr", &[])]).unwrap();
        assert_eq!(glossary.of_letters("Gyor").map(|entry| entry.approved.as_str()), Some("Győr"));
        assert!(glossary.approves("Győr") && !glossary.approves("Gyor"));
        let both =
            GlossaryEntry { accepted: vec!["Gyor".to_owned()], ..GlossaryEntry::new("Győr", &["Raab"]) };
        let glossary = Glossary::new([both]).unwrap();
        assert!(
            glossary.of_letters("GYOR").is_some_and(|entry| entry.accepts("Gyor") && !entry.accepts("GYOR"))
        );
        assert_eq!(glossary.rejected_in("Gyor, Győr, Raab").count(), 1);
        assert!(Glossary::default().rejected_in("Gyor").next().is_none());
    }
}
