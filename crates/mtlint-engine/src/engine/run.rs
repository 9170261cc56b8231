//! Running the rules over one document, or over several together.
//!
//! A short text is checked in less time than it takes to fetch what each rule works with into the processor's caches. So
//! several are checked together, rule by rule: what is found in each is what is found in it alone.

use super::memory::Recall;
use super::prefilter::Plan;
use super::suppression::{Circumstances, Review};
use super::{Engine, FEW, Timings, safe_edits, source_evidence};
use crate::rule::{Checker, CodeCheck, Finding, Report, Rule};
use mtlint_document::Document;
use mtlint_document::pair::Pair;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// What a run of the rules has beside the document.
#[derive(Default)]
pub(super) struct Run<'r> {
    pub timings: Option<&'r mut Timings>,
    pub recall: Option<Recall<'r>>,
    /// Ends the run when it is set.
    pub stop: Option<&'r AtomicBool>,
}

/// A document that rules run over.
struct Work<'d> {
    document: &'d Document,
    /// Which rule need look where; `None` lets every rule look everywhere.
    plan: Option<Plan>,
    pair: Option<Pair<'d>>,
    findings: Vec<Finding>,
    /// Those of rules that look at nothing but one block.
    of_blocks: Vec<Finding>,
}

impl<'d> Work<'d> {
    fn new(document: &'d Document, plan: Option<Plan>) -> Self {
        Self { document, plan, pair: Pair::of(document), findings: Vec::new(), of_blocks: Vec::new() }
    }

    /// Whether the rule at this place among the active ones has to look at it at all.
    fn concerns(&self, place: usize, rule: &Rule) -> bool {
        self.plan.as_ref().is_none_or(|plan| plan.document(place)) && rule.speaks(self.document.language())
    }

    fn run(&mut self, place: usize, rule: &Rule, recall: Option<&Recall<'_>>) {
        let Self { document, plan, pair, findings, of_blocks } = self;
        let document = *document;
        let found = findings.len();
        let is_of_blocks = rule.checker.sees_one_block() && !rule.custom.asks_document();
        let mut report = Report::new(rule, if is_of_blocks { &mut *of_blocks } else { &mut *findings });
        let blocks = document.blocks().iter().enumerate().filter(|(index, _)| {
            let is_known = is_of_blocks && recall.is_some_and(|recall| recall.knows(*index));
            !is_known && plan.as_ref().is_none_or(|plan| plan.block(place, *index))
        });
        match &rule.checker {
            Checker::Pattern(pattern) if pattern.is_document_wide() => {
                pattern.check_document(document, &mut report);
            }
            Checker::Pattern(pattern) => {
                blocks.for_each(|(_, block)| pattern.check_block(document, block, &mut report));
            }
            Checker::Code(CodeCheck::Block(check)) => {
                blocks.for_each(|(_, block)| check(document, block, &mut report));
            }
            Checker::Code(CodeCheck::Document(check)) => check(document, &mut report),
            Checker::Code(CodeCheck::Pair(check)) => {
                if let Some(pair) = pair.as_ref().filter(|pair| !pair.is_round_trip()) {
                    check(pair, &mut report);
                }
            }
            Checker::Code(CodeCheck::Original(check)) => {
                if let Some(pair) = pair.as_ref().filter(|pair| pair.is_round_trip()) {
                    check(pair, &mut report);
                }
            }
            // Its turn comes when it is known what is suppressed.
            Checker::Code(CodeCheck::Suppression(_)) => {}
        }
        if !is_of_blocks && !rule.custom.allows(document, findings.len() - found) {
            findings.truncate(found);
        }
    }

    /// What is reported of what was found.
    fn settle(self, engine: &Engine) -> Vec<Finding> {
        let Self { document, mut findings, mut of_blocks, .. } = self;
        findings.append(&mut of_blocks);
        findings.iter_mut().for_each(|finding| safe_edits::restrain(document, finding));
        engine.settle(document, source_evidence::spare(engine, document, findings))
    }
}

impl Engine {
    /// What [`Engine::review`] gives for each of some documents: for short ones in less time than one after the other.
    pub fn review_together(&self, documents: &[(&Document, Circumstances<'_>)]) -> Vec<Review> {
        let mut works = Vec::with_capacity(documents.len());
        for (document, _) in documents {
            works.push(Work::new(document, Some(self.plan(document))));
        }
        for (place, rule) in self.active_rules().enumerate() {
            let concerned = works.iter_mut().filter(|work| work.concerns(place, rule));
            concerned.for_each(|work| work.run(place, rule, None));
        }
        let mut reviews = Vec::with_capacity(documents.len());
        for (work, (document, circumstances)) in works.into_iter().zip(documents) {
            reviews.push(self.suppress(document, circumstances, work.settle(self)));
        }
        reviews
    }

    pub(super) fn planned_run(
        &self,
        document: &Document,
        circumstances: &Circumstances<'_>,
        run: Run<'_>,
    ) -> Option<Review> {
        let run = Run { stop: run.stop.or(circumstances.stop), ..run };
        let findings = self.run(document, Some(self.plan(document)), run)?;
        Some(self.suppress(document, circumstances, findings))
    }

    /// Which rules need look where; what is expected to be built for them is.
    fn plan(&self, document: &Document) -> Plan {
        let plan = self.prefilter.plan(document);
        match self.met.fetch_add(1, Ordering::Relaxed) {
            0 => self.make_ready(document, &plan),
            FEW => self.expect_more(),
            _ => {}
        }
        plan
    }

    /// Runs the rules where the plan has them, all of them everywhere without one. `None` when the run was stopped.
    pub(super) fn run(
        &self,
        document: &Document,
        plan: Option<Plan>,
        Run { mut timings, recall, stop }: Run<'_>,
    ) -> Option<Vec<Finding>> {
        let mut work = Work::new(document, plan);
        for (place, rule) in self.active_rules().enumerate() {
            if !work.concerns(place, rule) {
                continue;
            }
            if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return None;
            }
            let began = timings.is_some().then(Instant::now);
            work.run(place, rule, recall.as_ref());
            if let (Some(timings), Some(began)) = (timings.as_deref_mut(), began) {
                *timings.entry(rule.id.clone()).or_default() += began.elapsed();
            }
        }
        if let Some(recall) = recall {
            recall.complete(document, &mut work.of_blocks);
        }
        Some(work.settle(self))
    }
}
