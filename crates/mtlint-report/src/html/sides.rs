//! The source text of an article, shown beside its translation, with what the findings say of it
//! marked.

use super::article::class;
use super::marks::{Mark, Run, runs};
use super::parts::Part;
use super::text::Plain;
use maud::{Markup, html};
use mtlint_document::{Block, Document};
use mtlint_engine::lint::Checked;
use mtlint_text::Span;

/// The marks of the source: what the findings relate to there, in text order.
pub(super) fn marks(checked: &Checked<'_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = checked
        .findings
        .iter()
        .enumerate()
        .flat_map(|(index, located)| {
            let severity = located.finding.severity;
            located.source_related.iter().map(move |related| Mark { index, span: related.span, severity })
        })
        .collect();
    marks.sort_by_key(|mark| mark.span);
    marks
}

/// The blocks of the source that stand beside each of the parts of the target: one for one where both
/// have as many, else as far into the source as the part lies in the target.
pub(super) fn blocks_beside<'d>(source: &'d Document, target: &Document, parts: &[Part]) -> Vec<&'d [Block]> {
    let (own, others) = (source.blocks(), target.blocks());
    let mut from = 0;
    let place = |number: usize, part: &Part| {
        let Some((last, _)) = part.pieces.last().filter(|_| number + 1 < parts.len()) else {
            return own.len();
        };
        let done = others.partition_point(|block| block.span.hi() <= last.span.hi());
        match own.len() == others.len() {
            true => done,
            false => {
                let share = last.span.hi() as f64 / target.text().len().max(1) as f64;
                let end = (share * source.text().len() as f64) as usize;
                own.partition_point(|block| block.span.hi() <= end)
            }
        }
    };
    parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            let start = from;
            from = place(number, part).max(start);
            &own[start..from]
        })
        .collect()
}

/// Blocks of the source.
pub(super) fn column(id: &str, source: &Document, blocks: &[Block], marks: &[Mark]) -> Markup {
    let language = source.language().map(|language| language.to_string());
    html! {
        div.source lang=[language] aria-label="source" {
            @for block in blocks {
                p class={ "source-block " (class(block.kind)) } dir="auto" {
                    @for run in runs(block.span, within(marks, block.span)) { (one_run(id, source, &run)) }
                }
            }
        }
    }
}

/// The marks that may lie in a span: those that begin before its end and after the end of what is
/// long past.
fn within(marks: &[Mark], span: Span) -> &[Mark] {
    let from = marks.partition_point(|mark| mark.span.start < span.start);
    let to = marks.partition_point(|mark| mark.span.start <= span.end);
    &marks[from..to.max(from)]
}

fn one_run(id: &str, source: &Document, run: &Run) -> Markup {
    let text = run.span.of(source.text());
    let Some(&worst) = run.findings.first() else { return html! { (Plain(text)) } };
    html! {
        a class={ "source-mark" @if text.is_empty() { " empty" } } href={ "#" (id) "-" (worst) } { (Plain(text)) }
    }
}
