//! The terms that a user has approved for a translation.

use aho_corasick::{AhoCorasick, MatchKind};
use mtlint_lang::Language;

/// A term of the source, and what shall and shall not stand for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub source: String,
    /// The target language it holds for; all when left out.
    pub language: Option<Language>,
    pub approved: Vec<String>,
    pub forbidden: Vec<String>,
}

impl Term {
    /// Whether it stays as it is: the name of a product.
    pub fn is_kept(&self) -> bool {
        self.approved.len() == 1 && self.approved[0] == self.source
    }
}

/// Approved terms, looked up in a source text.
#[derive(Debug, Default)]
pub struct Terms {
    terms: Vec<Term>,
    search: Option<AhoCorasick>,
}

impl Terms {
    /// # Errors
    /// When there are more of them, or longer ones, than can be searched for.
    pub fn new(terms: Vec<Term>) -> Result<Self, String> {
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(terms.iter().map(|term| &term.source))
            .map_err(|error| error.to_string())?;
        let search = (!terms.is_empty()).then_some(search);
        Ok(Self { terms, search })
    }

    /// The terms that a text holds as words, whatever their ending, each once, with where it stands
    /// first. A term that stays as it is must stand there as it is.
    pub fn find<'t>(
        &'t self,
        text: &str,
        language: Option<Language>,
    ) -> Vec<(&'t Term, std::ops::Range<usize>)> {
        const LONGEST_ENDING: usize = 3;
        let Some(search) = &self.search else { return Vec::new() };
        let mut found: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        let mut is_found = vec![false; self.terms.len()];
        for hit in search.find_overlapping_iter(text) {
            let index = hit.pattern().as_usize();
            let term = &self.terms[index];
            let (before, after) = (&text[..hit.start()], &text[hit.end()..]);
            let ending = after.chars().take_while(|c| c.is_alphanumeric()).take(LONGEST_ENDING + 1).count();
            let is_word = !before.ends_with(char::is_alphanumeric)
                && ending <= if term.is_kept() { 0 } else { LONGEST_ENDING };
            let is_as_written = !term.is_kept() || text[hit.range()] == term.source;
            let holds = term.language.is_none() || term.language == language;
            if is_word && is_as_written && holds && !std::mem::replace(&mut is_found[index], true) {
                found.push((index, hit.range()));
            }
        }
        found.into_iter().map(|(index, range)| (&self.terms[index], range)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_with_their_endings() {
        let term = |source: &str, approved: &str| Term {
            source: source.into(),
            approved: vec![approved.into()],
            ..Term::default()
        };
        let terms = Terms::new(vec![term("berth", "Liegeplatz"), term("Quay Pro", "Quay Pro")]).unwrap();
        let found = |text: &str| terms.find(text, None).len();
        assert_eq!(found("All berths of Quay Pro"), 2);
        assert_eq!(found("The birth of quay pro, underberth"), 0);
    }
}
