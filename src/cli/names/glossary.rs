//! A glossary of the names of texts that raises nothing on these texts but what was a finding before.
//!
//! The usual spelling of each name is approved and the others are rejected; then the texts are held against that. A
//! spelling that would become a finding where none was before is accepted beside the approved one instead.

use super::ledger::Name;
use crate::cli::Trouble;
use mtlint_document::Document;
use mtlint_document::names::{Glossary, GlossaryEntry};
use mtlint_engine::config::glossary_entry;
use mtlint_text::Span;
use std::collections::{BTreeMap, HashMap};

/// How often the texts are held against the glossary. Each time spellings are accepted that hid behind others; whatever
/// were still against it then would lose its entry.
const ROUNDS: usize = 6;

/// The entries of a glossary in the making.
#[derive(Debug)]
pub(super) struct Draft {
    entries: Vec<GlossaryEntry>,
    /// The place of each among `entries`, by what it approves.
    index: HashMap<String, usize>,
}

impl Draft {
    /// Approves the usual spelling of each name and rejects the others.
    pub(super) fn of(names: &[Name]) -> Self {
        let entry = |name: &Name| {
            // A spelling may be that of a surname; what the whole name is called is known in any case.
            let is_whole = |text: &str| text.contains(' ') == name.name.contains(' ');
            let spellings =
                name.forms.iter().filter(|form| form.relation == "spelling" && is_whole(&form.text));
            let spellings: Vec<&str> = spellings.map(|form| form.text.as_str()).collect();
            GlossaryEntry::new(&name.name, &spellings)
        };
        let entries: Vec<GlossaryEntry> = names.iter().map(entry).collect();
        let index = entries.iter().enumerate().map(|(at, entry)| (entry.approved.clone(), at)).collect();
        Self { entries, index }
    }

    /// Holds texts against the draft until nothing in them is against it but what was a finding before. `each` calls
    /// what it is given for every document, with the places of its findings.
    ///
    /// # Errors
    /// When there are more names than can be searched for, and what `each` fails with.
    pub(super) fn settle(
        &mut self,
        mut each: impl FnMut(&mut dyn FnMut(&Document, &[Span])) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        for round in 0..ROUNDS {
            let glossary =
                Glossary::new(self.entries.iter().cloned()).map_err(|error| Trouble::from(vec![error]))?;
            let mut new: BTreeMap<usize, Vec<String>> = BTreeMap::new();
            each(&mut |document, known| {
                for (span, entry) in document.names_against(&glossary) {
                    let was_found = known.iter().any(|it| it.lo() < span.hi() && span.lo() < it.hi());
                    if let (false, Some(&at)) = (was_found, self.index.get(&entry.approved)) {
                        new.entry(at).or_default().push(document.slice(span).to_owned());
                    }
                }
            })?;
            if new.is_empty() {
                return Ok(());
            }
            for (at, spellings) in new.into_iter().rev() {
                let entry = &mut self.entries[at];
                if round + 1 == ROUNDS {
                    entry.accepted.append(&mut entry.variants);
                }
                entry.accepted.extend(spellings);
                entry.accepted.sort_unstable();
                entry.accepted.dedup();
                let GlossaryEntry { variants, accepted, .. } = entry;
                variants.retain(|variant| !accepted.contains(variant));
            }
        }
        Ok(())
    }

    /// The glossary as TOML, with how often each name is written in which way.
    pub(super) fn written(&self, names: &[Name]) -> String {
        let mut out =
            "# Written by `mtlint names --format glossary`. Read it over before you use it.\n".to_owned();
        for (entry, name) in self.entries.iter().zip(names) {
            let text = glossary_entry(entry, Some(name.kind));
            let counts: Vec<String> = name
                .forms
                .iter()
                .map(|form| format!("{} {}", mtlint_text::visible(&form.text), form.places.len()))
                .collect();
            out.push_str(&format!("\n# {}{text}", counts.join(", ")));
        }
        out
    }
}
