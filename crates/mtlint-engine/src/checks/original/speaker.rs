//! Quotations that another says than in the original.
//!
//! May use `document`, `pair`, `rule` and `text`.

use super::{quoted, said, stem};
use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::attribution::{Speaker, SpeakerKind};
use mtlint_document::pair::Pair;
use mtlint_text::Span;
use std::collections::HashSet;

/// Which share of the words two quotations have in common that are one.
const SAME: f64 = 0.35;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::original(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (original, text) = (pair.source(), pair.target());
    let named = |document: &Document, quotation: usize| -> Option<Span> {
        let Speaker { span, kind, .. } = document.attributions().of_quotation(quotation)?.speaker?;
        (kind == SpeakerKind::Name).then_some(span)
    };
    let before: Vec<(Span, HashSet<String>, Option<Span>)> = quoted(original)
        .into_iter()
        .map(|it| (it.span, said(original, it.span).into_iter().collect(), named(original, it.index)))
        .collect();
    for quotation in quoted(text) {
        let Some(speaker) = named(text, quotation.index) else { continue };
        let sentences = text.sentences();
        let first = sentences.partition_point(|it| it.span.end <= quotation.span.start);
        let Some(bead) = pair.sentences().iter().find(|bead| bead.text.contains(&first)) else { continue };
        let Some(place) = original
            .sentences()
            .get(bead.original.clone())
            .and_then(|it| Some(it.first()?.span.cover(it.last()?.span)))
        else {
            continue;
        };
        let words: HashSet<String> = said(text, quotation.span).into_iter().collect();
        let there = before.iter().filter(|(span, ..)| span.touches(place));
        let share = |other: &HashSet<String>| {
            2.0 * words.intersection(other).count() as f64 / (words.len() + other.len()).max(1) as f64
        };
        let best = there.map(|it| (share(&it.1), it)).filter(|(share, _)| *share >= SAME);
        let Some((_, (span, _, Some(was)))) = best.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        let names = |document: &Document, span: Span| -> HashSet<String> {
            document
                .slice(span)
                .split(|c: char| !c.is_alphanumeric())
                .filter(|it| !it.is_empty())
                .map(stem)
                .collect()
        };
        if names(text, speaker).is_disjoint(&names(original, *was)) {
            let (is, was_named) = (text.slice(speaker), original.slice(*was));
            report
                .add(speaker, format!("in the original `{was_named}` says this, not `{is}`"))
                .relate_source("who says it in the original", *was)
                .relate_source("what is said", *span);
        }
    }
}
