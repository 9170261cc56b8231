//! The names that a user has approved, and the spellings that are rejected for them.

use super::key;
use aho_corasick::{AhoCorasick, MatchKind};
use mtlint_text::Span;
use std::collections::HashMap;

/// An approved name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlossaryEntry {
    /// As it shall be written.
    pub approved: String,
    /// Spellings and other names that shall not stand for it.
    pub variants: Vec<String>,
}

/// Approved names, looked up quickly.
#[derive(Debug, Default)]
pub struct Glossary {
    entries: Vec<GlossaryEntry>,
    by_letters: HashMap<String, usize>,
    /// Approved names and rejected spellings, with the entry of each.
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
                merged.push(GlossaryEntry { approved: entry.approved.clone(), variants: Vec::new() });
                merged.len() - 1
            });
            merged[at].variants.extend(entry.variants);
        }
        let by_letters =
            merged.iter().enumerate().map(|(at, entry)| (key::letters(&entry.approved), at)).collect();
        let of_entry = |(at, entry): (usize, &GlossaryEntry)| {
            let all = [&entry.approved].into_iter().chain(&entry.variants);
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
            (*pattern != entry.approved && !inside).then(|| (Span::new(found.start(), found.end()), entry))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(approved: &str, variants: &[&str]) -> GlossaryEntry {
        GlossaryEntry {
            approved: approved.to_owned(),
            variants: variants.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_rejected_is_found_as_a_word() {
        let glossary = Glossary::new([
            entry("Holt-Mensah", &["Holt", "Mensa"]),
            entry("Kyiv", &["Kiev"]),
            entry("Kyiv", &["Kyyiv"]),
        ])
        .unwrap();
        assert_eq!(glossary.entries().len(), 2);
        let text = "Holt-Mensah and Holt flew from Kiev to Kievan and Kyyiv.";
        let found: Vec<&str> = glossary.rejected_in(text).map(|(span, _)| span.of(text)).collect();
        assert_eq!(found, ["Holt", "Kiev", "Kyyiv"]);
    }

    #[test]
    fn a_spelling_is_known_by_its_letters() {
        let glossary = Glossary::new([entry("Győr", &[])]).unwrap();
        assert_eq!(glossary.of_letters("Gyor").map(|entry| entry.approved.as_str()), Some("Győr"));
        assert!(glossary.approves("Győr") && !glossary.approves("Gyor"));
        assert!(Glossary::default().rejected_in("Gyor").next().is_none());
    }
}
