//! Running the examples of rules, which are their tests.

use super::{Circumstances, Engine, Selection};
use crate::rule::{Checker, CodeCheck, Example, ExampleError, Finding, Registry, Rule, Verdict};
use jiff::civil::{Date, date};
use mtlint_document::load::{self, Format};
use mtlint_document::names::{Glossary, GlossaryEntry};
use mtlint_document::{Document, Term, Terms, UnitFacts};
use mtlint_lang::Packs;
use mtlint_text::{Edit, Span, apply_edits};
use std::sync::Arc;

/// Text put before an example: of several bytes a character, and nothing any rule minds.
const PREFIX: &str = "Ça và été bien dit.\n\n";

/// The day it is in examples.
const TODAY: Date = date(2026, 7, 1);

/// The glossary of examples: one approved name in place of another, and one that has diacritics and a
/// hyphen.
fn example_glossary() -> Glossary {
    let entries = [GlossaryEntry::new("Aldenborough", &["Aldenboro"]), GlossaryEntry::new("Győr-Moss", &[])];
    Glossary::new(entries).unwrap_or_default()
}

/// The terms of examples.
fn example_terms() -> Terms {
    let term = |source: &str, approved: &str, forbidden: &[&str]| Term {
        source: source.to_owned(),
        approved: vec![approved.to_owned()],
        forbidden: forbidden.iter().map(|it| (*it).to_owned()).collect(),
        ..Term::default()
    };
    let terms = vec![term("berth", "Liegeplatz", &["Koje"]), term("Quaymaster", "Quaymaster", &[])];
    Terms::new(terms).unwrap_or_default()
}

/// Everything that is wrong with the examples of one rule.
///
/// # Panics
/// When the registry does not hold the rule.
pub fn run(registry: &Arc<Registry>, rule: &Rule) -> Vec<ExampleError> {
    rule.examples().iter().flat_map(|example| run_one(registry, rule, example)).collect()
}

/// Everything that is wrong with one example of a rule.
///
/// # Panics
/// When the registry does not hold the rule.
pub fn run_one(registry: &Arc<Registry>, rule: &Rule, example: &Example) -> Vec<ExampleError> {
    let mut selection = Selection::default();
    // A rule on suppressions needs others, whose findings are suppressed or not.
    if !matches!(rule.checker, Checker::Code(CodeCheck::Suppression(_))) {
        selection.select.push(rule.id.as_str().to_owned());
    }
    let engine = Engine::new(registry.clone(), selection).expect("the registry holds the rule");
    let error =
        |verdict| ExampleError { rule: rule.id.as_str().to_owned(), example: example.clone(), verdict };
    verdicts(&engine, rule, registry.packs(), example).into_iter().map(error).collect()
}

fn verdicts(engine: &Engine, rule: &Rule, packs: &Packs, example: &Example) -> Vec<Verdict> {
    let glossary = Arc::new(example_glossary());
    let terms = Arc::new(example_terms());
    let parse = |text: &str| {
        let document = Document::new(load::extract(Format::Text, text), example.language, packs);
        let source = example.source.as_ref();
        let source = source.map(|(text, language)| Arc::new(Document::plain(text, *language, packs)));
        let facts = Arc::new(UnitFacts {
            is_finished: true,
            is_round_trip: example.is_round_trip,
            max_length: example.max_length,
            cue: example.cue,
            usual_target: example.usual.clone(),
            twin_source: example.twin.clone(),
            ..UnitFacts::default()
        });
        document
            .with_glossary(Some(glossary.clone()))
            .with_terms(Some(terms.clone()))
            .with_source(source)
            .with_facts(facts)
    };
    let check = |document: &Document| {
        let circumstances = Circumstances { today: Some(TODAY), ..Circumstances::default() };
        let mut findings = engine.review(document, &circumstances, None).findings;
        findings.retain(|finding| finding.rule == rule.id);
        findings
    };
    let spans = |document: &Document, findings: &[Finding]| -> Vec<Span> {
        findings.iter().map(|finding| document.to_original(finding.span)).collect()
    };
    let document = parse(&example.text);
    let findings = check(&document);
    let found = spans(&document, &findings);
    let missing =
        example.spans.iter().filter(|span| !found.contains(span)).map(|span| Verdict::Missing(*span));
    let noisy = found.iter().filter(|span| !example.spans.contains(span)).map(|span| Verdict::Noisy(*span));
    let mut verdicts: Vec<Verdict> = missing.chain(noisy).collect();
    if engine.check(&document) != engine.check_unfiltered(&document) {
        verdicts.push(Verdict::Filtered);
    }
    verdicts.extend(fix_verdicts(&check, &parse, example, &document, &findings));

    let shifted = parse(&format!("{PREFIX}{}", example.text));
    let shifted = spans(&shifted, &check(&shifted));
    let expected: Vec<Span> = found.iter().map(|span| span.shifted(PREFIX.len())).collect();
    // A rule about the beginning of an article may well say something else when it begins otherwise.
    let is_about_start = found.iter().any(|span| span.start == 0);
    // What stands before a translation alone is no translation.
    let is_pair = example.source.is_some();
    if shifted != expected && !is_about_start && !is_pair && !found.is_empty() {
        verdicts.push(Verdict::NotShifted);
    }
    verdicts
}

fn fix_verdicts(
    check: &dyn Fn(&Document) -> Vec<Finding>,
    parse: &dyn Fn(&str) -> Document,
    example: &Example,
    document: &Document,
    findings: &[Finding],
) -> Vec<Verdict> {
    let edits: Vec<Edit> = findings
        .iter()
        .filter_map(|finding| finding.fixes.first())
        .flat_map(|fix| fix.edits.iter().filter_map(|edit| document.edit_to_original(edit)))
        .collect();
    let text = match apply_edits(&example.text, &edits) {
        Ok(text) => text,
        Err(error) => return vec![Verdict::BrokenFix(error.to_string())],
    };
    let expected = example.fixed.as_ref().unwrap_or(&example.text);
    if text != *expected {
        return vec![Verdict::WrongFix(text)];
    }
    if example.fixed.is_none() {
        return Vec::new();
    }
    let after = parse(&text);
    check(&after).iter().map(|finding| Verdict::StillThere(after.to_original(finding.span))).collect()
}
