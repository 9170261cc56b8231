//! Quotations that are not what was said any more.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::{Quoted, quoted, said};
use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::pair::Pair;
use mtlint_document::pair::sentences::Bead;
use mtlint_text::{Edit, Span};
use std::collections::{HashMap, HashSet};

/// How many words a quotation has at least: one or two may be set apart for other reasons.
const FEWEST: usize = 3;
/// Which share of its words the quotation of the original has at least that it was.
const SAME: f64 = 0.2;
/// How many places of the original are tried for one quotation.
const MOST_TRIED: usize = 8;
/// How many characters of a quotation a message shows.
const SHOWN: usize = 80;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    let verbatim = Verbatim::of(original);
    let before = quoted(original);
    let mut met: HashSet<usize> = HashSet::new();
    for quotation in quoted(text) {
        let words = said(text, quotation.span);
        if words.len() < FEWEST {
            continue;
        }
        let beads = beads_of(pair, text, quotation.span);
        let there = within(original, &before, &beads);
        if verbatim.holds(&words) {
            met.extend(there.iter().map(|it| it.index));
            continue;
        }
        let best = there
            .iter()
            .map(|it| (share(&words, &said(original, it.span)), it))
            .filter(|(share, it)| *share >= SAME || there.len() == 1 && beads.len() == 1 && it.span.len() > 3)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match best {
            Some((_, was)) => {
                met.insert(was.index);
                let words = original.slice(was.span);
                let shown: String = words.chars().take(SHOWN).collect();
                let finding = report.add(
                    quotation.span,
                    format!("not the words of the original, where it is `{}`", shown.trim_end()),
                );
                finding.relate_source("what was said", was.span);
                let edit = Edit::minimal(text.text(), quotation.span, words);
                finding.fix(Fix::unsafe_("put the words of the original back", edit.into_iter().collect()));
            }
            None if there.is_empty() && !beads.is_empty() => {
                let finding =
                    report.add(quotation.span, "the original tells this in other words, and quotes nobody");
                if let Some(span) = covered(original, &beads) {
                    finding.relate_source("in the original", span);
                }
            }
            None => {}
        }
    }
    for was in before.iter().filter(|it| !met.contains(&it.index)) {
        lost(pair, was, report);
    }
}

/// Reports a quotation of the original that is told in the text, if the text quotes nothing there.
fn lost(pair: &Pair<'_>, was: &Quoted, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    if said(original, was.span).len() < FEWEST {
        return;
    }
    let touches = |bead: &&Bead| {
        let sentences = &original.sentences()[bead.original.clone()];
        sentences.iter().any(|it| it.span.touches(was.span)) && !bead.text.is_empty()
    };
    let beads: Vec<&Bead> = pair.sentences().iter().filter(touches).collect();
    let spans = beads.iter().flat_map(|bead| &text.sentences()[bead.text.clone()]).map(|it| it.span);
    let Some(place) = spans.reduce(Span::cover) else { return };
    let is_quoted = text.quotations().marks().iter().any(|mark| place.contains(mark.span));
    if !is_quoted {
        let shown: String = original.slice(was.span).chars().take(SHOWN).collect();
        report
            .add(place, format!("the original quotes here: `{}`", shown.trim_end()))
            .relate_source("what was said", was.span);
    }
}

/// The beads whose sentences of the text a stretch touches.
fn beads_of<'p>(pair: &'p Pair<'_>, text: &Document, span: Span) -> Vec<&'p Bead> {
    let sentences = text.sentences();
    let first = sentences.partition_point(|it| it.span.end <= span.start);
    let last = sentences.partition_point(|it| it.span.start < span.end);
    let of_text = |bead: &&Bead| bead.text.start < last && first < bead.text.end && !bead.original.is_empty();
    pair.sentences().iter().filter(of_text).collect()
}

/// What the sentences of the original cover.
fn covered(original: &Document, beads: &[&Bead]) -> Option<Span> {
    let spans = beads.iter().flat_map(|bead| &original.sentences()[bead.original.clone()]).map(|it| it.span);
    spans.reduce(Span::cover)
}

/// The quotations of the original that touch the sentences of some beads.
fn within(original: &Document, quoted: &[Quoted], beads: &[&Bead]) -> Vec<Quoted> {
    let Some(span) = covered(original, beads) else { return Vec::new() };
    quoted.iter().copied().filter(|it| it.span.touches(span)).collect()
}

/// Which share of the words of both is in both.
fn share(a: &[String], b: &[String]) -> f64 {
    let (one, other): (HashSet<&String>, HashSet<&String>) = (a.iter().collect(), b.iter().collect());
    let shared = one.intersection(&other).count();
    2.0 * shared as f64 / (one.len() + other.len()).max(1) as f64
}

/// All words of a document in order, to find a run of them.
struct Verbatim {
    words: Vec<String>,
    places: HashMap<[String; 3], Vec<usize>>,
}

impl Verbatim {
    fn of(document: &Document) -> Self {
        let words = said(document, Span::new(0, document.text().len()));
        let mut places: HashMap<[String; 3], Vec<usize>> = HashMap::new();
        for (at, window) in words.windows(3).enumerate() {
            let known = places.entry([window[0].clone(), window[1].clone(), window[2].clone()]).or_default();
            if known.len() < MOST_TRIED {
                known.push(at);
            }
        }
        Self { words, places }
    }

    /// Whether the document says these words, three or more, in a row.
    fn holds(&self, words: &[String]) -> bool {
        let first = [words[0].clone(), words[1].clone(), words[2].clone()];
        let starts = |place: &usize| self.words[*place..].starts_with(words);
        self.places.get(&first).is_some_and(|places| places.iter().any(starts))
    }
}
