//! How work grows with the length of a text: for hundreds of kinds of text, whatever is done with it, four times
//! the text is about four times the work. Work is counted in steps (`text::steps`), so that no clock decides.
//!
//! `cargo test --test growth -- --ignored --nocapture` also prints how processor time grows, which counts what
//! takes no steps.

mod texts;

use mtlint_document::Extract;
use mtlint_document::load::{self, Article, Format};
use mtlint_engine::config::Overrides;
use mtlint_engine::engine::FixOutcome;
use mtlint_engine::lint::{AllSettings, Linter, Settings};
use mtlint_engine::rule::{Applicability, Confidence};
use mtlint_lang::Language;
use mtlint_report::style::Paint;
use mtlint_report::{self as report, Summary};
use mtlint_text::steps;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use texts::Kind;

/// The shorter length of a text in bytes; the longer is four times as much.
const LENGTH: usize = 3_000;

/// By how much the work may grow: n log n, and what a longer text adds at its edges.
const MOST_GROWTH: f64 = 5.2;

/// Steps that are not held against anything: what is looked for at all, and tables that are built once.
const FEW_STEPS: u64 = 40_000;

/// What is done with a text.
type Work = fn(&Linter<'_>, &Settings, &str);

const FORMATS: [(&str, Format); 6] = [
    ("text", Format::Text),
    ("Markdown", Format::Markdown),
    ("HTML", Format::Html),
    ("LaTeX", Format::Latex),
    ("reStructuredText", Format::Rst),
    ("AsciiDoc", Format::AsciiDoc),
];

const WORKS: [(&str, Work); 2] = [
    ("check", |linter, _, text| {
        let document = linter.parse(text);
        document.names();
        document.attributions();
        linter.check(&document, None);
    }),
    ("every report", |linter, settings, text| write_reports(linter, settings, text)),
];

/// Fixing, and telling what it changed.
const FIXING: (&str, Work) = ("fix and diff", |linter, _, text| {
    let outcome = linter.fix(text, Applicability::Unsafe);
    report::unified("a.txt", text, &outcome.text, Paint { color: true }, false);
});

fn article(extract: Extract) -> Article {
    Article {
        record: None,
        key: 1,
        extract,
        format: None,
        language: None,
        source: None,
        source_place: None,
        source_language: None,
        facts: Default::default(),
        paragraphs: None,
    }
}

fn write_reports(linter: &Linter<'_>, settings: &Settings, text: &str) {
    let mut article = article(load::extract(Format::Text, text));
    let document = linter.take(&mut article);
    let review = linter.check(&document, None);
    let rules: Vec<_> = settings.engine.active_rules().collect();
    let rules = || rules.iter().copied();
    let paint = Paint { color: true };
    let formats: Vec<Box<dyn report::Format + '_>> = vec![
        Box::new(report::Human { paint, width: 80, evidence: true }),
        Box::new(report::Concise { paint }),
        Box::new(report::Json { evidence: true }),
        Box::new(report::Jsonl { evidence: true }),
        Box::new(report::Html::default()),
        Box::new(report::Sarif::new(rules(), false)),
        Box::new(report::Github::default()),
        Box::new(report::Gitlab),
        Box::new(report::Junit),
        Box::new(report::Checkstyle),
        Box::new(report::Rdjsonl),
        Box::new(report::Azure),
        Box::new(report::Markdown::new(rules(), 1_000_000)),
        Box::new(report::Its::Html),
        Box::new(report::Its::Xml),
        Box::new(report::Wmt),
    ];
    let checked = linter.locate("a.txt", &article, &document, &review);
    for format in formats {
        let mut out = Vec::new();
        format.begin(&mut out);
        format.document(&checked, &mut out);
        format.end(&Summary::of(&checked), &mut out);
        assert!(!out.is_empty() || review.findings.is_empty());
    }
}

fn settings() -> Arc<Settings> {
    let overrides = Overrides {
        min_confidence: Some(Confidence::Low),
        lang: Language::parse("en").ok(),
        ..Overrides::default()
    };
    let settings = AllSettings::new(overrides, true, None).of_file(Path::new("a.txt")).unwrap();
    settings.engine.expect_more();
    settings
}

/// Calls `each` with every kind of text, on as many threads as the machine has processors.
fn for_each_kind<T: Send>(each: impl Fn(&Kind) -> Vec<T> + Sync) -> Vec<T> {
    let kinds = texts::kinds();
    let next = AtomicUsize::new(0);
    let take = || {
        let mut found = Vec::new();
        while let Some(kind) = kinds.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(each(kind));
        }
        found
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no kind panics")).collect()
    })
}

fn linter<'s>(settings: &'s Settings, format: Format) -> Linter<'s> {
    Linter::new(settings, Path::new("a.txt"), format, &article(Extract::default()))
}

/// The growth of what `measure` tells of the work from the shorter text to the longer one.
fn growth(kind: &Kind, mut measure: impl FnMut(&str) -> u64) -> (u64, u64) {
    let mut of_length = |length| measure(&kind.text(length));
    (of_length(LENGTH), of_length(4 * LENGTH))
}

fn grown(kind: &Kind, name: &str, (short, long): (u64, u64), few: u64) -> Option<String> {
    let times = long as f64 / short.max(1) as f64;
    (times > MOST_GROWTH && long > few)
        .then(|| format!("{}: {name}: {short} to {long}, {times:.1} times", kind.name))
}

#[test]
fn no_kind_of_text_is_more_work_than_it_is_long() {
    let settings = settings();
    assert!(texts::kinds().len() >= 100);
    let grown = for_each_kind(|kind| {
        let mut grown_works = Vec::new();
        for (name, work) in WORKS {
            let linter = linter(&settings, Format::Text);
            let steps_of = |text: &str| {
                let before = steps();
                work(&linter, &settings, text);
                steps() - before
            };
            grown_works.extend(grown(kind, name, growth(kind, steps_of), FEW_STEPS));
        }
        grown_works
    });
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

/// Fixing checks a text again and again: no more often than it says, and with little work beside that.
#[test]
fn fixing_costs_no_more_than_its_checks() {
    let settings = settings();
    let grown = for_each_kind(|kind| {
        let linter = linter(&settings, Format::Text);
        let text = kind.text(2 * LENGTH);
        let begun = steps();
        linter.check(&linter.parse(&text), None);
        let checked = steps();
        let outcome = linter.fix(&text, Applicability::Unsafe);
        report::unified("a.txt", &text, &outcome.text, Paint { color: true }, false);
        let fixed = steps();
        let most = FixOutcome::most_checks(text.len());
        let budget = (checked - begun) * 4 * outcome.checks as u64 + FEW_STEPS;
        let told = format!("{}: {} checks, {} for {budget}", kind.name, outcome.checks, fixed - checked);
        if outcome.checks > most || fixed - checked > budget { vec![told] } else { Vec::new() }
    });
    assert!(grown.is_empty(), "{}", grown.join("\n"));
}

/// The processor time of this thread, in microseconds.
fn processor_time() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    stat.split(' ').next().and_then(|time| time.parse::<u64>().ok()).expect("a number") / 1_000
}

#[test]
#[ignore = "prints times, which decide nothing"]
fn times() {
    let settings = settings();
    let only = std::env::var("ONLY").unwrap_or_default();
    let rows = for_each_kind(|kind| {
        let mut rows = Vec::new();
        if !kind.name.contains(&only) {
            return rows;
        }
        for (format_name, format) in FORMATS {
            for (name, work) in WORKS.iter().chain([&FIXING]) {
                let linter = linter(&settings, format);
                let time_of = |text: &str| {
                    let before = processor_time();
                    work(&linter, &settings, text);
                    processor_time() - before
                };
                let name = format!("{format_name}, {name}");
                rows.extend(grown(kind, &name, growth(kind, time_of), 60_000));
            }
        }
        rows
    });
    rows.iter().for_each(|row| println!("{row}"));
}
