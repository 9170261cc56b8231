//! Suppression: what is not reported because a person said so, and what became of what they said.

use super::Engine;
use crate::rule::{
    Checker, CodeCheck, Confidence, Directive, Finding, Reach, Report, RuleId, Suppressed, SuppressedBy,
    Suppression, selects,
};
use jiff::civil::Date;
use mtlint_document::Document;
use mtlint_text::Span;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::AtomicBool;

/// What bears on a document beside what it says itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances<'a> {
    /// The day it is; without one, no suppression ends.
    pub today: Option<Date>,
    /// What a file beside the document suppresses in it.
    pub outside: &'a [OutsideSuppression],
    /// Once it is set, a check ends before its next rule, and fixing before its next check: what comes of them is of
    /// no use.
    pub stop: Option<&'a AtomicBool>,
}

/// A suppression that stands in a file beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideSuppression {
    /// What the caller knows it by.
    pub entry: usize,
    pub suppression: Suppression,
    /// The text that a finding must be about; `None` for any.
    pub text: Option<String>,
}

/// What was found in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// In text order; those on comments come last.
    pub findings: Vec<Finding>,
    /// What was found and is not reported, in text order.
    pub suppressed: Vec<Suppressed>,
}

impl Engine {
    /// Takes what is suppressed out of the findings, which are settled, and adds what there is to say
    /// about the suppressions themselves.
    pub(super) fn suppress(
        &self,
        document: &Document,
        circumstances: &Circumstances<'_>,
        findings: Vec<Finding>,
    ) -> Review {
        let notes = &document.facts().notes;
        if document.comments().is_empty() && circumstances.outside.is_empty() && notes.is_empty() {
            return Review { findings, suppressed: Vec::new() };
        }
        let mut directives = self.directives(document, circumstances.today);
        let mut comments = Comments::new(document, &directives);
        let mut review = Review::default();
        for finding in findings {
            let by_comment = comments.suppressing(document, &finding).map(|(index, comment)| {
                let by = comment.map_or(SuppressedBy::Note, SuppressedBy::Comment);
                (by, directives[index].parsed.as_ref().ok())
            });
            let by = by_comment.or_else(|| {
                let index = circumstances.outside_of(document, &finding)?;
                let entry = &circumstances.outside[index];
                Some((SuppressedBy::File(entry.entry), Some(&entry.suppression)))
            });
            match by {
                None => review.findings.push(finding),
                Some((by, suppression)) => review.suppressed.push(Suppressed {
                    finding,
                    by,
                    reason: suppression.and_then(|suppression| suppression.reason.clone()),
                    until: suppression.and_then(|suppression| suppression.until),
                }),
            }
        }
        let used = comments.used;
        // What flags of other tools keep quiet about need not be there.
        let of_others = |index: usize| {
            let note = index.checked_sub(document.comments().len()).and_then(|index| notes.get(index));
            note.is_some_and(|note| !note.is_ours)
        };
        for (index, directive) in directives.iter_mut().enumerate().filter(|(index, _)| !of_others(*index)) {
            if let (Ok(suppression), false) = (&directive.parsed, directive.is_expired) {
                let idle = suppression.selectors.iter().enumerate().filter(|(selector, name)| {
                    !used.contains(&(index, *selector)) && self.would_have_found(name)
                });
                directive.unused = idle.map(|(_, name)| name.clone()).collect();
            }
        }
        let remarks = self.remarks(&directives);
        review.findings.extend(self.settle(document, remarks));
        review
    }

    /// The comments of the document, read.
    fn directives(&self, document: &Document, today: Option<Date>) -> Vec<Directive> {
        let read = |text: &str, is_closed: bool| {
            if !is_closed {
                return Err("`-->` is missing at the end of its line".to_owned());
            }
            let suppression = Suppression::parse(text)?;
            match suppression.selectors.iter().find(|selector| !self.registry.knows(selector)) {
                Some(selector) => Err(self.registry.unknown_selector(selector)),
                None => Ok(suppression),
            }
        };
        let comments = document.comments().iter().filter_map(|comment| {
            let parsed = read(&comment.text, comment.is_closed);
            Some(Directive {
                span: document.beyond(comment.span)?,
                whole: Some(document.beyond(comment.whole)?),
                is_expired: parsed.as_ref().is_ok_and(|suppression| suppression.is_expired(today)),
                parsed,
                unused: Vec::new(),
            })
        });
        // A note is about its whole unit, and lies outside its text.
        let notes = document.facts().notes.iter().map(|note| {
            let parsed = read(&note.text, true)
                .map(|suppression| Suppression { reach: Reach::Document, ..suppression });
            Directive {
                span: Span::at(0),
                whole: None,
                is_expired: parsed.as_ref().is_ok_and(|suppression| suppression.is_expired(today)),
                parsed,
                unused: Vec::new(),
            }
        });
        comments.chain(notes).collect()
    }

    /// What the rules on suppressions say.
    fn remarks(&self, directives: &[Directive]) -> Vec<Finding> {
        let mut remarks = Vec::new();
        for rule in self.active_rules() {
            if let Checker::Code(CodeCheck::Suppression(check)) = &rule.checker {
                let mut report = Report::new(rule, &mut remarks);
                directives.iter().for_each(|directive| check(directive, &mut report));
            }
        }
        remarks
    }

    /// Whether the findings that a selector names would have been reported: that none was suppressed
    /// says nothing about a rule that this run leaves out.
    pub fn would_have_found(&self, selector: &str) -> bool {
        let rules = self.registry.rules();
        let named = (0..rules.len()).filter(|&index| selects(selector, &rules[index].id));
        self.selection.min_confidence <= Confidence::Medium
            && named.into_iter().all(|index| {
                let rule = &rules[index];
                let severity = self.selection.severity(&rule.id).unwrap_or(rule.severity);
                let is_reported =
                    self.active.binary_search(&index).is_ok() && severity >= self.selection.min_severity;
                is_reported || !rule.is_on_by_default() && selector != rule.id.as_str()
            })
    }
}

impl Circumstances<'_> {
    /// The place of the entry that suppresses a finding.
    fn outside_of(&self, document: &Document, finding: &Finding) -> Option<usize> {
        self.outside.iter().position(|entry| {
            let text = || document.to_original(finding.span).of(document.original());
            !entry.suppression.is_expired(self.today)
                && entry.suppression.selectors.iter().any(|selector| selects(selector, &finding.rule))
                && entry.text.as_ref().is_none_or(|wanted| wanted == text())
        })
    }
}

/// The suppressions of a document by what they reach: looked up, for there may be as many of them as
/// there are findings.
struct Comments<'d> {
    /// The index of a block, or `None` for the whole document, and a selector: where it stands among
    /// the directives, and among the selectors there. Of several that say the same, the first.
    known: HashMap<(Option<usize>, &'d str), (usize, usize)>,
    /// The blocks that have one.
    blocks: BTreeSet<usize>,
    /// The directives and selectors that suppressed something.
    used: BTreeSet<(usize, usize)>,
}

impl<'d> Comments<'d> {
    fn new(document: &Document, directives: &'d [Directive]) -> Self {
        let mut comments = Self { known: HashMap::new(), blocks: BTreeSet::new(), used: BTreeSet::new() };
        let places = document.comments().iter().map(Some).chain(std::iter::repeat(None));
        for (index, (directive, comment)) in directives.iter().zip(places).enumerate() {
            let Ok(suppression) = &directive.parsed else { continue };
            let block = match (suppression.reach, comment) {
                (Reach::Document, _) | (_, None) => None,
                (Reach::Block, Some(comment)) => {
                    let block = document.blocks().partition_point(|block| block.span.end < comment.at);
                    comments.blocks.insert(block);
                    Some(block)
                }
            };
            if !directive.is_expired {
                for (selector, name) in suppression.selectors.iter().enumerate() {
                    comments.known.entry((block, name.as_str())).or_insert((index, selector));
                }
            }
        }
        comments
    }

    /// The directive that suppresses a finding, which is then used, and the place of its comment; a note
    /// has none.
    fn suppressing(&mut self, document: &Document, finding: &Finding) -> Option<(usize, Option<Span>)> {
        let blocks = document.blocks();
        let first = blocks.partition_point(|block| block.span.end < finding.span.start);
        let last = blocks.partition_point(|block| block.span.start <= finding.span.end);
        let reached = self.blocks.range(first..last.max(first)).map(|block| Some(*block));
        let place = reached.chain([None]).find_map(|block| self.look_up(block, &finding.rule))?;
        self.used.insert(place);
        Some((place.0, document.comments().get(place.0).map(|comment| comment.span)))
    }

    fn look_up(&self, block: Option<usize>, rule: &RuleId) -> Option<(usize, usize)> {
        [rule.as_str(), rule.family(), "all"].iter().find_map(|name| self.known.get(&(block, *name)).copied())
    }
}
