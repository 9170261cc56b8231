//! Who says what: the reporting clauses of a document, and what each of them reports.
//!
//! A reporting clause is a speaker and a verb (`Brito told reporters that`, `said the mayor`), or a
//! preposition and a speaker (`according to the police`). [`clauses`] cuts the text outside
//! quotations into the pieces in which one is looked for, [`find`] finds its verb and says which
//! quotations it reports, [`speaker`] finds who speaks. The verbs and prepositions are word lists of
//! the language pack; a language without them has no attributions. Uses `text`, `lang` and the
//! blocks, tokens and quotations of the document.

mod clauses;
mod find;
mod speaker;
mod stranded;

pub use speaker::{Speaker, SpeakerKind};
pub use stranded::StrandedVerb;

use super::Document;
use mtlint_text::Span;

/// Where a reporting clause stands to what it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// `She said: “It grows.”`, `She said that it grows.`
    Before,
    /// `“It grows,” she said, “and grows.”`
    Inside,
    /// `“It grows,” she said.`, `It grows, she said.`
    After,
}

/// A reporting clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// From the speaker or the verb, whichever comes first, to the end of the other.
    pub clause: Span,
    /// The reporting verb: `said`; or the preposition: `according to`.
    pub verb: Span,
    /// Whether a preposition stands in place of the verb.
    pub is_prepositional: bool,
    /// Who speaks; `None` where no one is named beside the verb.
    pub speaker: Option<Speaker>,
    pub place: Place,
    /// What it reports, as indices into [`super::quotation::Quotations::quotations`], in text order;
    /// empty when it reports in other words.
    pub quotations: Vec<usize>,
}

/// The reporting clauses of a document.
#[derive(Debug, Default)]
pub struct Attributions {
    all: Vec<Attribution>,
    /// For each quotation, the index of the clause that reports it.
    reporting: Vec<Option<usize>>,
    stranded: Vec<StrandedVerb>,
}

impl Attributions {
    pub(super) fn of(document: &Document) -> Self {
        let mut all = Vec::new();
        let mut reporting = vec![None; document.quotations().quotations().len()];
        let quoted = clauses::quoted_stretches(document);
        let lists = find::Lists::of(document.pack());
        let mut next = 0;
        for (index, block) in document.blocks().iter().enumerate() {
            let first = next;
            while quoted.get(next).is_some_and(|stretch| stretch.block == index) {
                next += 1;
            }
            let found = all.len();
            find::in_block(document, &lists, block, &quoted[first..next], &mut all);
            for (at, attribution) in all.iter().enumerate().skip(found) {
                for &quotation in &attribution.quotations {
                    reporting[quotation].get_or_insert(at);
                }
            }
            pass_on(&quoted[first..next], &mut reporting);
        }
        let stranded = stranded::find(document, &all);
        Self { all, reporting, stranded }
    }

    /// All reporting clauses, in text order.
    pub fn all(&self) -> &[Attribution] {
        &self.all
    }

    /// Reporting verbs that stand alone as a sentence, in text order.
    pub fn stranded(&self) -> &[StrandedVerb] {
        &self.stranded
    }

    /// The clause that reports a quotation, an index into
    /// [`super::quotation::Quotations::quotations`]. A quotation without one of its own goes on with
    /// what the speaker before it in its paragraph says: `“It grows,” she said. “It grows fast.”`
    pub fn of_quotation(&self, quotation: usize) -> Option<&Attribution> {
        self.reporting.get(quotation).copied().flatten().map(|at| &self.all[at])
    }
}

/// Lets the quotations of a block that have no clause of their own take the one of the quotation before.
fn pass_on(quoted: &[clauses::Quoted], reporting: &mut [Option<usize>]) {
    let mut last = None;
    for stretch in quoted {
        match reporting[stretch.quotation] {
            Some(at) => last = Some(at),
            None => reporting[stretch.quotation] = last,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mtlint_lang::{Language, Packs};

    /// Clause, speaker, place and quotations of every attribution.
    fn told(text: &str) -> Vec<String> {
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let tell = |attribution: &Attribution| {
            let speaker = attribution.speaker.map_or("?", |speaker| document.slice(speaker.span));
            let (verb, count) = (document.slice(attribution.verb), attribution.quotations.len());
            format!("{speaker} | {verb} | {:?} {count}", attribution.place)
        };
        document.attributions().all().iter().map(tell).collect()
    }

    #[test]
    fn a_clause_stands_after_before_or_inside_a_quotation() {
        assert_eq!(told("“It grows,” said Ana Brito, the mayor."), ["Ana Brito | said | After 1"]);
        assert_eq!(told("“It grows,” Brito told reporters."), ["Brito | told | After 1"]);
        assert_eq!(told("Brito warned: “It grows.”"), ["Brito | warned | Before 1"]);
        assert_eq!(told("“It grows,” she said, “and grows.”"), ["she | said | Inside 2"]);
        assert_eq!(told("\"Does it?\" asked the boy."), ["the boy | asked | After 1"]);
    }

    #[test]
    fn an_apposition_stands_between_speaker_and_verb() {
        assert_eq!(
            told("“It grows,” Ana Brito, director of the Lode Museum, told Parliament."),
            ["Ana Brito | told | After 1"]
        );
        assert_eq!(
            told("Jon Hale, senior director of the Lode Museum, said two pits were closed."),
            ["Jon Hale | said | Before 0"]
        );
    }

    #[test]
    fn sentences_are_reported_in_other_words_too() {
        assert_eq!(told("The harbour is shut, officials said."), ["officials | said | After 0"]);
        assert_eq!(told("Brito said that the harbour is shut."), ["Brito | said | Before 0"]);
        assert_eq!(
            told("According to the harbour police, nobody fell."),
            ["the harbour police | According to | Before 0"]
        );
        assert_eq!(told("Nobody fell, according to Brito."), ["Brito | according to | After 0"]);
    }

    #[test]
    fn what_is_said_in_a_quotation_reports_nothing() {
        assert!(told("“She said no.”").is_empty());
        assert!(told("It was the last said of it. The added weight sank it.").is_empty());
    }

    #[test]
    fn a_quotation_goes_on_with_the_speaker_before() {
        let text = "“It grows,” she said. “It grows fast.” Nobody came.";
        let document = Document::plain(text, Language::parse("en").ok(), &Packs::builtin());
        let attributions = document.attributions();
        assert_eq!(attributions.all().len(), 1);
        assert_eq!(attributions.of_quotation(1), attributions.of_quotation(0));
        assert!(attributions.of_quotation(1).is_some());
    }
}
