//! Makes the texts that the costs of quotation marks are trained on, and trains them: passages of human writing, and the
//! same with one damage each, which is how a mark's right role is known.
//!
//! The training itself sees what is inside the quotation search, so it is a test of that crate that writes a file.

use super::plan::Plan;
use crate::corpus::Source;
use mtlint_document::Extract;
use mtlint_inject::{Injector, Operators, Random, Set, passages};
use mtlint_lang::Language;
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the operators are of whose damage teaches.
const FAMILY: &str = "quotation";

/// Trains on the texts below `folder` that the plan names, and writes `rules/quotation-costs.toml`.
///
/// # Errors
/// When a text cannot be read, or the training fails.
pub fn run(folder: &str) -> Result<(), String> {
    let plan = Plan::read()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project");
    let out = root.join("target/training");
    fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut files = Vec::new();
    for (code, sources) in plan.quotation_texts(folder)? {
        let language = Language::parse(&code).map_err(|error| error.to_string())?;
        let path = out.join(format!("quotations-{code}.jsonl"));
        fs::write(&path, rows(&plan, &sources, language))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        files.push(path.to_string_lossy().into_owned());
        println!("{}", path.display());
    }
    let test = "quotation::train::train";
    let status = Command::new("cargo")
        .args([
            "test",
            "--locked",
            "-p",
            "mtlint-document",
            "--lib",
            "--",
            "--ignored",
            "--exact",
            test,
            "--nocapture",
        ])
        .current_dir(root)
        .env("MTLINT_TRAIN_QUOTATIONS", files.join("\n"))
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("the training failed".to_owned()) }
}

/// Passages, and passages with one damage each, as JSON Lines.
fn rows(plan: &Plan, sources: &[Source], language: Language) -> String {
    let injector = Injector::new(Operators::builtin(), 0, Set::Training);
    let settings = &plan.quotations;
    let words = settings.words[0]..=settings.words[1];
    let texts: Vec<&str> = sources
        .iter()
        .flat_map(|source| &source.texts)
        .filter(|text| text.format() == "txt")
        .map(|text| text.text.as_str())
        .collect();
    let cut = texts.par_iter().map(|text| {
        let document = injector.document(Extract::plain(*text), language);
        passages(&document, &words)
            .into_iter()
            .map(|span| span.of(document.text()).to_owned())
            .collect::<Vec<_>>()
    });
    let mut all: Vec<String> = cut.collect::<Vec<_>>().into_iter().flatten().collect();
    Random::new(0, &["passages"]).shuffle(&mut all);
    let documents: Vec<_> =
        all.par_iter().map(|text| injector.document(Extract::plain(text.as_str()), language)).collect();
    let mut out = String::new();
    let mut add = |row: serde_json::Value| writeln!(out, "{row}").expect("writing to a string does not fail");
    for text in all.iter().take(settings.human) {
        add(json!({ "text": text, "lang": language.as_str() }));
    }
    for operator in injector.kinds(language).into_iter().filter(|operator| operator.family() == FAMILY) {
        let mut order: Vec<usize> = (0..documents.len()).collect();
        Random::new(0, &["texts", &operator.kind]).shuffle(&mut order);
        let made = order.into_iter().filter_map(|at| injector.one("", &documents[at], language, operator));
        for sample in made.take(settings.per_kind) {
            add(json!({
                "text": sample.text, "clean": sample.clean, "lang": sample.lang, "kind": sample.damage.kind,
            }));
        }
    }
    out
}
