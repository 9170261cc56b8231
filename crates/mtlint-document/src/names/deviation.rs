//! Mentions whose spelling is not the one that the document prefers.

use super::{Form, Mention, Names, Relation, Variation};
use crate::Document;

/// From how many mentions on a spelling is no slip, unless the other one has so many times as many.
const TIME_AND_AGAIN: usize = 3;

/// A mention in another spelling than most mentions of the name.
#[derive(Clone, Copy, Debug)]
pub struct Deviation<'n> {
    pub mention: &'n Mention,
    /// The first mention in the spelling that is preferred.
    pub first: &'n Mention,
    /// The spelling that most mentions have; of two as usual, the one that comes first.
    pub preferred: &'n str,
    pub variation: Variation,
    /// How many mentions have the preferred spelling, and how many this one.
    pub counts: [usize; 2],
}

/// All deviations, in the order of entities and forms.
pub(super) fn of<'n>(document: &'n Document, names: &'n Names) -> Vec<Deviation<'n>> {
    let mut found = Vec::new();
    for entity in &names.entities {
        for form in &entity.forms {
            let (Relation::Spelling(variation), Some(spells)) = (form.relation, form.spells) else {
                continue;
            };
            // A spelling of a spelling is one of the name.
            let mut preferred = &entity.forms[spells];
            for _ in 0..entity.forms.len() {
                match (preferred.relation, preferred.spells) {
                    (Relation::Spelling(_), Some(further)) => preferred = &entity.forms[further],
                    _ => break,
                }
            }
            // Who writes both time and again means two things, a gene and its syndrome say, or does not mind.
            let is_by_letters =
                matches!(variation, Variation::Sound | Variation::Letters | Variation::Ending);
            let (rare, usual) = (form.mentions.len(), preferred.mentions.len());
            if !is_by_letters && rare >= TIME_AND_AGAIN && rare * TIME_AND_AGAIN > usual {
                continue;
            }
            let Some(first) = first_certain(names, preferred) else { continue };
            let mentions = form.mentions.iter().map(|&mention| &names.mentions[mention]);
            let counts = |mention: &&Mention| {
                !mention.in_heading
                    && (variation != Variation::Case || case_counts(document, names, mention, preferred))
            };
            found.extend(mentions.filter(counts).map(|mention| Deviation {
                mention,
                first,
                preferred: part(form, preferred, variation),
                variation,
                counts: [usual, rare],
            }));
        }
    }
    found
}

/// What of the preferred form the other one spells: a name alone spells a part of a full one.
fn part<'n>(form: &Form, preferred: &'n Form, variation: Variation) -> &'n str {
    let full = preferred.text.as_str();
    let is_gap = |c: char| matches!(c, ' ' | '\u{a0}' | '-' | '‐' | '‑');
    match variation {
        Variation::Ending => full.split(' ').next().unwrap_or(full),
        Variation::Sound | Variation::Letters => {
            let gaps = form.text.matches(is_gap).count();
            full.rmatch_indices(is_gap).nth(gaps).map_or(full, |(at, gap)| &full[at + gap.len()..])
        }
        _ => full,
    }
}

/// The first mention in running text.
fn first_certain<'n>(names: &'n Names, form: &Form) -> Option<&'n Mention> {
    let mut mentions = form.mentions.iter().map(|&mention| &names.mentions[mention]);
    mentions.clone().find(|mention| !mention.in_heading).or_else(|| mentions.next())
}

/// Whether other capitals are another spelling: one of the two is in capitals throughout, and the
/// other is not. Brands that have a capital inside are set as anyone likes, and so are particles (`Van
/// Delft`); a dateline or a label is in capitals as a rule.
fn case_counts(document: &Document, names: &Names, mention: &Mention, preferred: &Form) -> bool {
    let text = document.slice(mention.span);
    let is_upper = |word: &str| word.chars().count() >= 3 && word.chars().all(char::is_uppercase);
    let is_plain = |word: &str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
    };
    let differs = is_upper(text) && is_plain(&preferred.text) || is_plain(text) && is_upper(&preferred.text);
    let mentions = || preferred.mentions.iter().map(|&mention| &names.mentions[mention]);
    differs
        && !document.pack().words("function-words").contains(text)
        && !is_label(document, mention)
        && mentions().any(|mention| !mention.in_heading && !is_label(document, mention))
}

/// Whether a mention begins its block and no sentence goes on behind it.
fn is_label(document: &Document, mention: &Mention) -> bool {
    let begins =
        document.block_at(mention.span.lo()).is_some_and(|block| block.span.lo() == mention.full.lo());
    let after = document.text()[mention.span.hi()..].trim_start_matches(' ').chars().next();
    begins && !after.is_some_and(char::is_lowercase)
}
