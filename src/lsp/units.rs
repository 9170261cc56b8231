//! Checking a file of units: every unit is a text of its own, whose places are those of the file.

use super::analysis::{Marked, Snapshot, name};
use mtlint_document::load::{self, Article, File, LoadError};
use mtlint_engine::lint::{self, Linter, Settings};
use mtlint_engine::rule::{Applicability, Fix, Related};
use mtlint_text::{Edit, LineIndex, Span};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// What a check of a file of units found.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// In the order of the file.
    pub marked: Vec<Marked>,
    pub words: usize,
    pub points: f64,
    /// Why the file cannot be read, and where.
    pub broken: Option<(Span, String)>,
}

/// The file that a text of the editor is.
fn file(snapshot: &Snapshot, settings: &Settings) -> Result<File, LoadError> {
    let bytes = snapshot.text.as_bytes().to_vec();
    let file = load::from_bytes("", snapshot.format, bytes)?;
    let file = file.with_languages(settings.config.lang.value, None);
    Ok(file.with_languages_told(settings.engine.registry().packs().function_words()))
}

/// Checks all units; `None` when the check was stopped.
pub(super) fn check(snapshot: &Snapshot, settings: &Settings) -> Option<Units> {
    let mut units = Units::default();
    let file = match file(snapshot, settings) {
        Ok(file) => file,
        Err(error) => return Some(Units { broken: Some(broken(snapshot, error)), ..units }),
    };
    for article in file.articles() {
        if snapshot.stop.load(Ordering::Relaxed) {
            return None;
        }
        match article {
            Ok(article) => one(snapshot, settings, article, &mut units),
            Err(error) => return Some(Units { broken: Some(broken(snapshot, error)), ..Units::default() }),
        }
    }
    Some(units)
}

fn one(snapshot: &Snapshot, settings: &Settings, mut article: Article, units: &mut Units) {
    let start = article.record.as_ref().and_then(|record| record.start).map_or(0, |(start, _)| start);
    let linter = Linter::new(settings, name(snapshot.path.as_deref()), snapshot.format, &article);
    let document = linter.take(&mut article);
    let review = linter.check(&document, None);
    let checked = linter.locate("", &article, &document, &review);
    units.words += checked.words;
    units.points += checked.points();
    let moved = |span: Span| Span { start: span.start + start, end: span.end + start };
    let fix = |fix: &Fix| Fix {
        edits: fix.edits.iter().map(|edit| Edit::replace(moved(edit.span), edit.insert.clone())).collect(),
        ..fix.clone()
    };
    let source = document.source().map(|source| source.text().to_owned());
    units.marked.extend(checked.findings.iter().map(|located| {
        Marked {
            finding: located.finding.clone(),
            span: moved(located.span),
            related: located
                .related
                .iter()
                .map(|related| Related { span: moved(related.span), ..related.clone() })
                .collect(),
            fixes: located.fixes.iter().map(fix).collect(),
            fingerprint: located.fingerprint.clone(),
            suppress: lint::note_beside(snapshot.format, &snapshot.text, start as usize, located.finding),
            source: source.clone(),
            in_source: located.source_related.iter().map(|related| related.span).collect(),
        }
    }));
}

/// Where a file is broken, the whole line, and why.
fn broken(snapshot: &Snapshot, error: LoadError) -> (Span, String) {
    let line = error.line.unwrap_or(1) as usize;
    let lines = LineIndex::new(&snapshot.text);
    let range = lines.line_range(&snapshot.text, line.saturating_sub(1));
    (Span::new(range.start, range.end), error.message)
}

/// The text after all safe fixes, as `--fix` leaves it; the same text where it cannot be written.
pub(super) fn fixed(snapshot: &Snapshot, settings: &Settings) -> String {
    let unchanged = || snapshot.text.to_string();
    let Ok(file) = file(snapshot, settings) else { return unchanged() };
    let mut texts = BTreeMap::new();
    for article in file.articles() {
        let Ok(article) = article else { return unchanged() };
        let linter = Linter::new(settings, name(snapshot.path.as_deref()), snapshot.format, &article);
        let outcome = linter.fix(article.original(), Applicability::Safe);
        if outcome.text != article.original() {
            texts.insert(article.key, outcome.text);
        }
    }
    let bytes = file.with_texts(&texts).unwrap_or_default();
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty()).unwrap_or_else(unchanged)
}
