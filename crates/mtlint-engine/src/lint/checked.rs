//! A document that was checked, as reports see it: every place is one in the file or record.

use crate::engine::{Fingerprint, text_hash};
use crate::pivot::{self, PivotHint};
use crate::rule::{Applicability, Finding, Fix, Related, Rule, Severity, Side, Suppressed};
use crate::score::{Points, Profile, Score, Verdict};
use mtlint_document::load::{Record, SourcePlace};
use mtlint_document::{Block, BlockKind, Document};
use mtlint_lang::Language;
use mtlint_text::{Edit, Position, Span, visible};

/// A document that was checked.
#[derive(Debug)]
pub struct Checked<'a> {
    /// As the user knows it, `/` between folders.
    pub path: &'a str,
    pub record: Option<&'a Record>,
    /// Whether a line of the text is a paragraph of the file, which holds it in another way.
    pub has_paragraphs: bool,
    pub document: &'a Document,
    pub source_language: Option<Language>,
    /// Where the source text lies.
    pub source_place: Option<&'a SourcePlace>,
    pub words: usize,
    /// What its findings weigh.
    pub profile: &'a Profile,
    /// In text order.
    pub findings: Vec<Located<'a>>,
    /// What was found and is not reported, in text order.
    pub suppressed: Vec<LocatedSuppressed<'a>>,
    /// What fixing makes of it, for the formats that want to know.
    pub mended: Option<Mended>,
}

/// A finding that is not reported, and why.
#[derive(Debug)]
pub struct LocatedSuppressed<'a> {
    pub located: Located<'a>,
    pub suppressed: &'a Suppressed,
}

/// What fixing makes of a document, as `--fix` does it.
#[derive(Debug)]
pub struct Mended {
    /// With the safe fixes.
    pub safe: Version,
    /// With the unsafe ones, too.
    pub all: Version,
}

/// A document after fixing.
#[derive(Debug)]
pub struct Version {
    pub document: Document,
    /// How many fixes were applied.
    pub applied: usize,
}

/// A finding whose places are those of [`Document::original`].
#[derive(Debug)]
pub struct Located<'a> {
    pub finding: &'a Finding,
    pub rule: &'a Rule,
    pub span: Span,
    pub related: Vec<Related>,
    /// Places of the source text that explain it.
    pub source_related: Vec<&'a Related>,
    /// The best one first. One that would destroy markup is for display only.
    pub fixes: Vec<Fix>,
    /// What names the finding from run to run.
    pub fingerprint: String,
    /// How many findings of the document have the same rule, text and surroundings.
    pub alike: u32,
}

impl<'a> Located<'a> {
    /// Puts a finding of `document` where it lies in the original.
    pub fn new(document: &Document, finding: &'a Finding, rule: &'a Rule, name: Fingerprint) -> Self {
        let related =
            |related: &Related| Related { span: document.to_original(related.span), ..related.clone() };
        let (source_related, target_related): (Vec<_>, Vec<_>) =
            finding.related.iter().partition(|related| related.side == Side::Source);
        Self {
            finding,
            rule,
            span: document.to_original(finding.span),
            related: target_related.into_iter().map(related).collect(),
            source_related,
            fixes: finding.fixes.iter().filter_map(|fix| original_fix(document, fix)).collect(),
            fingerprint: name.digits,
            alike: name.alike,
        }
    }

    /// The trust in its most trustworthy fix.
    pub fn applicability(&self) -> Option<Applicability> {
        self.fixes.iter().map(|fix| fix.applicability).max()
    }
}

impl Checked<'_> {
    /// The text the places of the findings refer to.
    pub fn text(&self) -> &str {
        self.document.original()
    }

    /// Where the byte at `offset` of the text lies: in the file, where the text is a part of it as it
    /// is, else in the record.
    pub fn position(&self, offset: usize) -> Position {
        let local = self.document.lines().position(self.text(), offset);
        match self.record.and_then(|record| record.start) {
            None => local,
            Some((_, start)) if local.line == 1 => Position {
                line: start.line,
                column: start.column + local.column - 1,
                utf16: start.utf16 + local.utf16,
                utf8: start.utf8 + local.utf8,
            },
            Some((_, start)) => Position { line: start.line + local.line - 1, ..local },
        }
    }

    /// Where a span begins, as people name it: `news/a.txt:2:397`, and for one of many documents in a
    /// file `a.jsonl:18: record 17 at 2:397`.
    pub fn place(&self, span: Span) -> String {
        let position = self.position(span.lo());
        let (path, line, column) = (visible(self.path), position.line, position.column);
        match self.record {
            None => format!("{path}:{line}:{column}"),
            Some(Record { id, start: Some(_), .. }) => format!("{path}:{line}:{column}: {}", visible(id)),
            Some(Record { id, line: row, kind, .. }) => {
                format!("{path}:{row}: {} {} at {line}:{column}", kind.name(), visible(id))
            }
        }
    }

    /// What names the text as rules see it: decisions about its findings are made on it.
    pub fn text_hash(&self) -> String {
        text_hash(self.document.text())
    }

    /// Whether edits are those of the file: it holds the text as it is, and nothing but the text.
    pub fn edits_file(&self) -> bool {
        self.record.is_none() && !self.has_paragraphs
    }

    /// The heading of a document of paragraphs under which a place stands, as far as it has any before.
    pub fn heading(&self, span: Span) -> Option<&str> {
        if !self.has_paragraphs {
            return None;
        }
        let blocks = self.document.blocks();
        let before =
            blocks.partition_point(|block| self.document.to_original(block.span).start <= span.start);
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Title | BlockKind::Heading);
        blocks[..before].iter().rev().find(is_heading).map(|block| self.document.slice(block.span))
    }

    /// How many findings are at least as severe.
    pub fn at_least(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|located| located.finding.severity >= severity).count()
    }

    /// Which language the text may have come through, its evidence placed in the original; `None`
    /// when too little tells.
    pub fn pivot_hint(&self) -> Option<PivotHint> {
        let findings = self.findings.iter().map(|located| located.finding);
        let mut hint = pivot::hint(self.document, findings)?;
        for evidence in &mut hint.evidence {
            evidence.span = self.document.to_original(evidence.span);
        }
        Some(hint)
    }

    pub fn score(&self) -> Score {
        Score::of_points(self.points(), self.words)
    }

    /// The penalty points of all findings.
    pub fn points(&self) -> f64 {
        let points = |located: &Located<'_>| self.profile.points(located.finding.severity, &located.rule.mqm);
        // The sum of nothing is −0, which would be printed so.
        self.findings.iter().map(points).sum::<f64>() + 0.0
    }

    /// The penalty points per 1,000 words that it has at least, however short it is.
    pub fn penalty_lower_bound(&self) -> f64 {
        let points = |located: &Located<'_>| self.profile.points(located.finding.severity, &located.rule.mqm);
        self.findings.iter().map(points).collect::<Points>().lower_bound_per_1000_words(self.words)
    }

    /// Whether it passes; `None` when nothing is asked of it.
    pub fn verdict(&self) -> Option<Verdict> {
        self.profile.verdict(self.score(), self.at_least(Severity::Critical) > 0)
    }
}

/// The fix in terms of the original; `None` where an edit would destroy what rules never saw.
fn original_fix(document: &Document, fix: &Fix) -> Option<Fix> {
    let edits: Option<Vec<Edit>> = fix.edits.iter().map(|edit| document.edit_to_original(edit)).collect();
    Some(Fix::new(fix.title.clone(), fix.applicability, edits?))
}
