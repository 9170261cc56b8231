//! Running the examples of rules, which are their tests.

use super::{Engine, Selection};
use crate::document::Document;
use crate::lang::Packs;
use crate::rule::{Example, ExampleError, Finding, Registry, Rule, Verdict};
use crate::text::{Edit, Span, apply_edits};
use std::sync::Arc;

/// Text put before an example: of several bytes a character, and nothing any rule minds.
const PREFIX: &str = "Ça và été bien dit.\n\n";

/// Everything that is wrong with the examples of one rule.
///
/// # Panics
/// When the registry does not hold the rule.
pub fn run(registry: &Arc<Registry>, rule: &Rule) -> Vec<ExampleError> {
    rule.examples.iter().flat_map(|example| run_one(registry, rule, example)).collect()
}

/// Everything that is wrong with one example of a rule.
///
/// # Panics
/// When the registry does not hold the rule.
pub fn run_one(registry: &Arc<Registry>, rule: &Rule, example: &Example) -> Vec<ExampleError> {
    let selection = Selection { select: vec![rule.id.as_str().to_owned()], ..Selection::default() };
    let engine = Engine::new(registry.clone(), selection).expect("the registry holds the rule");
    let error =
        |verdict| ExampleError { rule: rule.id.as_str().to_owned(), example: example.clone(), verdict };
    verdicts(&engine, registry.packs(), example).into_iter().map(error).collect()
}

fn verdicts(engine: &Engine, packs: &Packs, example: &Example) -> Vec<Verdict> {
    let parse = |text: &str| Document::plain(text, example.language, packs);
    let document = parse(&example.text);
    let findings = engine.check(&document);
    let found: Vec<Span> = findings.iter().map(|finding| finding.span).collect();
    let missing =
        example.spans.iter().filter(|span| !found.contains(span)).map(|span| Verdict::Missing(*span));
    let noisy = found.iter().filter(|span| !example.spans.contains(span)).map(|span| Verdict::Noisy(*span));
    let mut verdicts: Vec<Verdict> = missing.chain(noisy).collect();
    if engine.check_unfiltered(&document) != findings {
        verdicts.push(Verdict::Filtered);
    }
    verdicts.extend(fix_verdicts(engine, &parse, example, &findings));

    let shifted = engine.check(&parse(&format!("{PREFIX}{}", example.text)));
    let shifted: Vec<Span> = shifted.iter().map(|finding| finding.span).collect();
    let expected: Vec<Span> = found.iter().map(|span| span.shifted(PREFIX.len())).collect();
    // A rule about the beginning of an article may well say something else when it begins otherwise.
    let is_about_start = found.iter().any(|span| span.start == 0);
    if shifted != expected && !is_about_start && !found.is_empty() {
        verdicts.push(Verdict::NotShifted);
    }
    verdicts
}

fn fix_verdicts(
    engine: &Engine,
    parse: &dyn Fn(&str) -> Document,
    example: &Example,
    findings: &[Finding],
) -> Vec<Verdict> {
    let edits: Vec<Edit> = findings
        .iter()
        .filter_map(|finding| finding.fixes.first())
        .flat_map(|fix| fix.edits.clone())
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
    engine.check(&parse(&text)).iter().map(|finding| Verdict::StillThere(finding.span)).collect()
}
