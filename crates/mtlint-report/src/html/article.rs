//! An article in the page: its text with what was found in it marked, and the list of findings.

use super::entry::Entry;
use super::finding;
use super::marks::{Mark, Run, runs};
use super::parts::{Part, Piece, parts};
use super::text::{Plain, unseen};
use super::{mended, overview, sheet, sides};
use maud::{Markup, html};
use mtlint_document::{BlockKind, Document};
use mtlint_engine::lint::Checked;
use mtlint_engine::rule::Severity;
use mtlint_text::{Span, Utf16Offsets, visible};
use std::collections::BTreeMap;

/// What stands below the heading of an article; nothing when nothing was found. `form` names the form that applies a
/// fix, where one does.
pub(super) fn body(id: &str, checked: &Checked<'_>, form: Option<&str>) -> Markup {
    if checked.findings.is_empty() {
        return Markup::default();
    }
    let document = checked.document;
    let marks: Vec<Mark> = checked
        .findings
        .iter()
        .enumerate()
        .map(|(index, located)| Mark {
            index,
            span: place(document, located.finding.span),
            severity: located.finding.severity,
        })
        .collect();
    let offsets = Utf16Offsets::new(document.text());
    let language = document.language().map(|language| language.to_string());
    let parts = parts(document, &marks);
    let source = document.source();
    let beside = source.map(|source| sides::blocks_beside(source, document, &parts)).unwrap_or_default();
    let of_source = sides::marks(checked);
    html! {
        div.view data-view="found" {
            @for (number, part) in parts.iter().enumerate() {
                @let size: usize = part.pieces.iter().map(|(piece, _)| piece.span.len()).sum();
                // The script reads how much is to come, to keep a place for it.
                div.part data-size=(size) data-first=(part.findings.start) data-end=(part.findings.end) {
                    @let column = source.zip(beside.get(number))
                        .map(|(source, blocks)| sides::column(id, source, blocks, &of_source));
                    noscript { (one_part(id, checked, part, &offsets, form, column)) }
                }
            }
        }
        (mended::views(checked, language.as_deref()))
        // Where a form applies fixes, nothing is left to decide in the page.
        @if form.is_none() { (sheet::sheet(checked, &offsets)) }
    }
}

/// Where a finding is marked: its place, or, where that is a comment and no part of the text, the
/// beginning of the block after it.
fn place(document: &Document, span: Span) -> Span {
    if !is_beyond(document, span) {
        return span;
    }
    let original = document.to_original(span).start;
    let after = document.blocks().partition_point(|block| document.to_original(block.span).start < original);
    Span::at(document.blocks().get(after).map_or(document.text().len(), |block| block.span.lo()))
}

/// Whether a span names a place of the original that is no part of the text.
pub(super) fn is_beyond(document: &Document, span: Span) -> bool {
    span.hi() > document.text().len()
}

fn one_part(
    id: &str,
    checked: &Checked<'_>,
    part: &Part,
    offsets: &Utf16Offsets,
    form: Option<&str>,
    source: Option<Markup>,
) -> Markup {
    let language = checked.document.language().map(|language| language.to_string());
    // Where a finding is marked first: the findings that begin together share the place.
    let mut anchors: BTreeMap<usize, usize> = BTreeMap::new();
    let own = part.findings.clone();
    let text = html! {
        div.text lang=[language] {
            @for (piece, marks) in &part.pieces {
                (one_piece(checked.document, offsets, *piece, || html! {
                    @for run in runs(piece.span, marks) {
                        @let anchor = run.findings.iter().copied()
                            .find(|index| own.contains(index) && !anchors.contains_key(index));
                        @if let Some(anchor) = anchor {
                            @for index in &run.findings { @let _ = anchors.entry(*index).or_insert(anchor); }
                        }
                        (one_run(id, checked, &run, anchor))
                    }
                }))
            }
        }
    };
    html! {
        @match source {
            Some(source) => div.sides { (source) (text) }
            None => (text)
        }
        ol.findings start=(own.start + 1) {
            @for index in own.clone() {
                (finding::item(id, checked, index, anchors.get(&index).copied(), offsets, form))
            }
        }
    }
}

/// A piece of the text around what `content` gives.
fn one_piece(
    document: &Document,
    offsets: &Utf16Offsets,
    piece: Piece,
    content: impl FnOnce() -> Markup,
) -> Markup {
    html! {
        p class={ "block " (class(piece.kind)) @if piece.goes_on { " goes-on" } } dir="auto"
            data-at=(offsets.at(document.text(), piece.span.lo())) { (content()) }
    }
}

pub(super) fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Quotation => "quotation",
        BlockKind::ListItem => "list-item",
        BlockKind::Caption => "caption",
        BlockKind::TableCell => "cell",
    }
}

fn one_run(id: &str, checked: &Checked<'_>, run: &Run, anchor: Option<usize>) -> Markup {
    let text = run.span.of(checked.document.text());
    let Some(&worst) = run.findings.first() else { return html! { (Plain(text)) } };
    // Who follows the mark comes to the finding that begins here, if one does.
    let shown = anchor.unwrap_or(worst);
    let severity = run
        .findings
        .iter()
        .map(|index| checked.findings[*index].finding.severity)
        .max()
        .unwrap_or(Severity::Minor);
    let unseen = unseen(text);
    // A link that holds nothing to read needs a name.
    let label = text.trim().is_empty().then(|| format!("finding {}", shown + 1));
    let list = run.findings.iter().map(usize::to_string).collect::<Vec<_>>().join(" ");
    html! {
        a class={
            "mark " (severity.as_str())
            @if text.is_empty() { " empty" }
            @if run.findings.len() > 1 { " several" }
        }
            id=[anchor.map(|index| format!("{id}-m{index}"))]
            tabindex=[anchor.is_none().then_some("-1")]
            href={ "#" (id) "-" (shown) } data-findings=(list)
            data-number=[anchor.map(|index| index + 1)]
            data-unseen=[unseen] aria-label=[label] { (Plain(text)) }
    }
}

/// The section of an article, without the article itself.
pub(super) fn section(entry: &Entry) -> Markup {
    let heading = format!("{}-h", entry.id);
    html! {
        article.article id=(entry.id) aria-labelledby=(heading) {
            header.article-head {
                h3 id=(heading) { (name(entry)) }
                (overview::verdict(entry))
                p.article-facts {
                    @for severity in Severity::ALL.into_iter().rev() {
                        @if entry.total.of(severity) > 0 {
                            span class={ "count " (severity.as_str()) } {
                                (entry.total.of(severity)) " " (severity.as_str())
                            }
                        }
                    }
                    span { (crate::count(entry.words, "word")) }
                    span { "penalty " (format!("{:.1}", entry.score.penalty_per_1000_words)) " per 1,000 words" }
                    span { "score " (format!("{:.1}", entry.score.score)) }
                }
            }
            (entry.notes.markup)
            (entry.body)
        }
    }
}

/// The path of an article, and which record of the file it is.
pub(super) fn name(entry: &Entry) -> Markup {
    let (folder, file) = match entry.path.rsplit_once('/') {
        Some((folder, file)) => (Some(folder), file),
        None => (None, entry.path.as_str()),
    };
    html! {
        bdi.name {
            @if let Some(folder) = folder { span.folder { (Plain(&visible(folder))) "/" } }
            (Plain(&visible(file)))
        }
        @if let Some((line, id)) = &entry.record {
            " " span.record { "record " bdi { (Plain(&visible(id))) } ", line " (line) }
        }
    }
}
