//! The engine: runs the rules a user chose over a document, and applies their fixes.
//!
//! [`Engine::check`] asks the prefilter which rules need to look where; [`Engine::check_unfiltered`]
//! lets every rule look everywhere and must find the same. [`Engine::review`] also tells what is
//! suppressed. May use `rule`, `document`, `lang` and
//! `text`; never the command line or a report.

mod baseline;
mod decisions;
mod examples;
mod fingerprint;
mod fixing;
mod memory;
mod prefilter;
mod run;
mod safe_edits;
mod source_evidence;
mod strings;
mod suppression;

pub use baseline::{Baseline, Comparison, DocumentKey};
pub use decisions::{
    DecidedDocument, Decision, DecisionError, Decisions, Plan as DecidedPlan, Verdict,
    schema as decision_schema, text_hash,
};
pub use examples::{run as run_examples, run_one as run_example};
pub use fingerprint::{Fingerprint, Identity, fingerprints};
pub use fixing::{ChosenOutcome, FixOutcome};
pub use memory::Memory;
pub use suppression::{Circumstances, OutsideSuppression, Review};

use crate::rule::{
    Applicability, Checker, Confidence, Finding, Pattern, Registry, Rule, RuleId, Severity, selects,
};
use memory::Recall;
use mtlint_document::Document;
use mtlint_lang::Alphabet;
use mtlint_text::{Span, count_step};
use prefilter::{Plan, Prefilter};
use rayon::prelude::*;
use run::Run;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Once};
use std::time::Duration;

/// Which rules run, and which of their findings are reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Rules, families or `all`; empty means all.
    pub select: Vec<String>,
    /// Rules and families taken away again.
    pub ignore: Vec<String>,
    pub min_severity: Severity,
    pub min_confidence: Confidence,
    /// Severities that replace those of the rule files, by rule or family; of several that fit, the
    /// one for the rule itself.
    pub severities: BTreeMap<String, Severity>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            select: Vec::new(),
            ignore: Vec::new(),
            min_severity: Severity::Neutral,
            min_confidence: Confidence::Medium,
            severities: BTreeMap::new(),
        }
    }
}

impl Selection {
    /// Whether the rule runs at all.
    fn takes(&self, rule: &Rule) -> bool {
        let selected =
            self.select.is_empty() || self.select.iter().any(|selector| selects(selector, &rule.id));
        let ignored = self
            .ignore
            .iter()
            // A rule named in full outweighs its family ignored.
            .any(|selector| {
                selects(selector, &rule.id) && (selector == rule.id.as_str() || !self.names(rule))
            });
        selected && !ignored && (self.names(rule) || rule.confidence >= self.min_confidence)
    }

    /// Whether the rule is asked for by its full name, which outweighs the least confidence.
    fn names(&self, rule: &Rule) -> bool {
        self.select.iter().any(|selector| selector == rule.id.as_str())
    }

    fn severity(&self, rule: &RuleId) -> Option<Severity> {
        self.severities.get(rule.as_str()).or_else(|| self.severities.get(rule.family())).copied()
    }
}

/// The rules of one run, ready to be used by many threads.
#[derive(Debug)]
pub struct Engine {
    registry: Arc<Registry>,
    selection: Selection,
    /// Indices into the registry's rules.
    active: Vec<usize>,
    prefilter: Prefilter,
    /// How many documents were met.
    met: AtomicUsize,
    /// Whether the patterns know that more are likely to come.
    expects_more: Once,
}

/// How long each rule took, by its index in the registry.
pub type Timings = BTreeMap<RuleId, Duration>;

impl Engine {
    /// Prepares the rules that `selection` takes.
    ///
    /// # Errors
    /// Messages for selectors that name no rule and no family.
    pub fn new(registry: Arc<Registry>, selection: Selection) -> Result<Self, Vec<String>> {
        let named = selection.select.iter().chain(&selection.ignore).chain(selection.severities.keys());
        let unknown: Vec<String> = named
            .filter(|selector| !registry.knows(selector))
            .map(|selector| registry.unknown_selector(selector))
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let active: Vec<usize> =
            (0..registry.rules().len()).filter(|&index| selection.takes(&registry.rules()[index])).collect();
        let prefilter = Prefilter::new(active.iter().map(|&index| &registry.rules()[index].trigger));
        Ok(Self {
            registry,
            selection,
            active,
            prefilter,
            met: AtomicUsize::new(0),
            expects_more: Once::new(),
        })
    }

    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// What it was made with.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The rules that run.
    pub fn active_rules(&self) -> impl Iterator<Item = &Rule> {
        self.active.iter().map(|&index| &self.registry.rules()[index])
    }

    /// All findings that nothing in the document suppresses, in text order; those on comments come
    /// last.
    pub fn check(&self, document: &Document) -> Vec<Finding> {
        self.review(document, &Circumstances::default(), None).findings
    }

    /// All findings, those that are suppressed apart. The time each rule takes is added to `timings`. Nothing when the
    /// circumstances say that it is to stop.
    pub fn review(
        &self,
        document: &Document,
        circumstances: &Circumstances<'_>,
        timings: Option<&mut Timings>,
    ) -> Review {
        let run = Run { timings, ..Run::default() };
        self.planned_run(document, circumstances, run).unwrap_or_default()
    }

    /// The same as [`Engine::review`] for a document that is checked again and again, changed a little:
    /// what is remembered is not looked for anew. `None` when `stop` was set meanwhile.
    pub fn review_again(
        &self,
        document: &Document,
        circumstances: &Circumstances<'_>,
        memory: &mut Memory,
        stop: &AtomicBool,
    ) -> Option<Review> {
        let run = Run { recall: Some(Recall::new(memory, document)), stop: Some(stop), ..Run::default() };
        self.planned_run(document, circumstances, run)
    }

    /// Tells it that many documents will be checked: patterns are built for searching at once.
    pub fn expect_more(&self) {
        self.expects_more.call_once(|| self.patterns().for_each(Pattern::expect_more));
    }

    /// The patterns of the rules that run.
    fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.active_rules().filter_map(|rule| match &rule.checker {
            Checker::Pattern(pattern) => Some(pattern),
            Checker::Code(_) => None,
        })
    }

    /// Builds in parallel what the rules that look at the document would build one after the other:
    /// for a single article that is most of the work.
    fn make_ready(&self, document: &Document, plan: &Plan) {
        let looks = |place: usize| {
            let rule = &self.registry.rules()[self.active[place]];
            match &rule.checker {
                Checker::Pattern(pattern) if rule.speaks(document.language()) => Some((place, pattern)),
                _ => None,
            }
        };
        let blocks = || document.blocks().iter().enumerate();
        let places = (0..self.active.len()).into_par_iter().filter(|place| plan.document(*place));
        places.filter_map(looks).for_each(|(place, pattern)| {
            if pattern.is_document_wide() {
                pattern.make_ready(document.alphabet());
                return;
            }
            let planned = || blocks().filter(|(index, _)| plan.block(place, *index));
            let alphabets = Alphabet::ALL
                .into_iter()
                .filter(|alphabet| planned().any(|(_, block)| document.alphabet_in(block.span) == *alphabet));
            alphabets.for_each(|alphabet| pattern.make_ready(alphabet));
        });
    }

    /// How many pairs of a rule and a block the prefilter lets through: what is left of the work.
    pub fn planned(&self, document: &Document) -> usize {
        self.prefilter.plan(document).pairs()
    }

    /// The same as [`Engine::check`], every rule looking at every block: slow, and what `check` is held against.
    pub fn check_unfiltered(&self, document: &Document) -> Vec<Finding> {
        let findings = self.run(document, None, Run::default()).unwrap_or_default();
        self.suppress(document, &Circumstances::default(), findings).findings
    }

    /// What is reported of what was found: severities as the user wants them, nothing below the
    /// least severity and confidence, nothing that a better finding at the same place says already.
    fn settle(&self, document: &Document, mut findings: Vec<Finding>) -> Vec<Finding> {
        for finding in &mut findings {
            if let Some(severity) = self.selection.severity(&finding.rule) {
                finding.severity = severity;
            }
        }
        if self.sees_everything() {
            demote_isolated(&mut findings);
        }
        findings.retain(|finding| {
            let named = self.selection.select.iter().any(|selector| selector == finding.rule.as_str());
            finding.severity >= self.selection.min_severity
                && (named || finding.confidence >= self.selection.min_confidence)
        });
        findings.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
        findings.dedup_by(|next, last| next.rule == last.rule && next.span == last.span);
        // How far the findings up to each reach: none before a gap reaches beyond it.
        let reaches: Vec<u32> = findings
            .iter()
            .scan(0, |reach, finding| {
                *reach = finding.span.end.max(*reach);
                Some(*reach)
            })
            .collect();
        let outdone: Vec<bool> =
            (0..findings.len()).map(|index| self.is_outdone(&findings, &reaches, index)).collect();
        let mut index = 0;
        findings.retain(|_| {
            index += 1;
            !outdone[index - 1]
        });
        keep_best_on_word(document, &mut findings);
        findings
    }

    /// Whether all rules run, so that what none of them finds is not there.
    fn sees_everything(&self) -> bool {
        let select = &self.selection.select;
        select.is_empty() || select.iter().any(|selector| selector == "all")
    }

    /// Whether a finding that the rule yields to lies at the same place. `findings` are sorted; `reaches` says
    /// how far those up to each of them reach.
    fn is_outdone(&self, findings: &[Finding], reaches: &[u32], index: usize) -> bool {
        let finding = &findings[index];
        let Some(rule) = self.registry.rule(finding.rule.as_str()) else { return false };
        if rule.yields_to.is_empty() {
            return false;
        }
        let outdoes = |other: &Finding| {
            count_step();
            other.span.touches(finding.span)
                && other.rule != finding.rule
                && rule.yields_to.iter().any(|selector| selects(selector, &other.rule))
        };
        let reach = finding.span.lo().saturating_sub(REACH);
        findings[index + 1..].iter().take_while(|other| other.span.start <= finding.span.end).any(outdoes)
            || (0..index)
                .rev()
                .take_while(|&before| {
                    reaches[before] >= finding.span.start && findings[before].span.lo() >= reach
                })
                .any(|before| outdoes(&findings[before]))
    }
}

/// Lowers the confidence of findings that ask for company where they have none: too few precise findings of
/// others near by. Those that a safe fix mends do not count, so that mending them hides nothing.
fn demote_isolated(findings: &mut [Finding]) {
    let is_mended =
        |finding: &Finding| finding.fixes.iter().any(|fix| fix.applicability == Applicability::Safe);
    let is_company = |finding: &&Finding| {
        finding.stands_alone()
            && finding.confidence == Confidence::High
            && finding.rule.family() != "suppression"
            && !is_mended(finding)
    };
    let mut company: Vec<Span> = findings.iter().filter(is_company).map(|finding| finding.span).collect();
    company.sort_unstable();
    for finding in findings.iter_mut().filter(|finding| !finding.stands_alone()) {
        let first = company.partition_point(|span| span.lo() + NEAR < finding.span.lo());
        let near = company[first..].iter().take_while(|span| span.lo() <= finding.span.hi() + NEAR);
        if near.filter(|span| !span.touches(finding.span)).nth(COMPANY - 1).is_none() {
            finding.confidence = finding.alone;
        }
    }
}

/// Keeps of findings on one word the best: two that contradict each other help nobody. `findings` are sorted.
fn keep_best_on_word(document: &Document, findings: &mut Vec<Finding>) {
    let rank = |finding: &Finding| {
        let is_mended = finding.fixes.iter().any(|fix| fix.applicability > Applicability::Display);
        (finding.confidence, is_mended, finding.severity, finding.span.len())
    };
    let is_about_word = |span: Span| {
        span.len() <= LONGEST_ON_WORD
            && document.slice(span).chars().filter(|c| c.is_alphabetic()).count() >= 2
    };
    let mut is_worse = vec![false; findings.len()];
    for index in 0..findings.len() {
        let span = findings[index].span;
        let overlapping =
            (index + 1..findings.len()).take_while(|other| findings[*other].span.start < span.end);
        for other in overlapping.take(MOST_ON_WORD) {
            let (a, b) = (&findings[index], &findings[other]);
            let nested = span.contains(b.span) || b.span.contains(span);
            if nested
                && is_about_word(a.span)
                && is_about_word(b.span)
                && !is_worse[index]
                && !is_worse[other]
            {
                // Of two alike the first.
                is_worse[if rank(b) > rank(a) { index } else { other }] = true;
            }
        }
    }
    let mut worse = is_worse.into_iter();
    findings.retain(|_| !worse.next().unwrap_or(false));
}

/// How near the company of a finding is, in bytes: some three hundred words on either side.
const NEAR: usize = 2000;

/// How many precise findings are company.
const COMPANY: usize = 1;

/// How many bytes a finding has at most that is about a word, and no passage.
const LONGEST_ON_WORD: usize = 60;

/// How many findings that begin within another are compared with it at most.
const MOST_ON_WORD: usize = 8;

/// How many documents are few: after them many more are likely to come.
pub const FEW: usize = 3;

/// How many bytes before a finding another that still reaches it may begin: no more than any rule
/// marks, and little enough that thousands of findings on one line stay quick to sort out.
const REACH: usize = 2000;
