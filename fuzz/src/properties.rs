//! What holds for every input. A property that does not hold panics and says which.

use mtlint_document::load::{self, Encoding, Format};
use mtlint_document::{Document, Extract, UnitFacts};
use mtlint_engine::config::{Config, IgnoreFile, Settling, parse_glossary};
use mtlint_engine::engine::{Circumstances, Engine, Selection};
use mtlint_engine::rule::{Applicability, Confidence, Finding, Registry};
use mtlint_lang::Language;
use mtlint_text::{LineIndex, Span, apply_edits, is_control};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Every rule, also those that are off by default.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let selection = Selection { min_confidence: Confidence::Low, ..Selection::default() };
    Engine::new(Arc::new(Registry::builtin()), selection).expect("nothing is selected by name")
});

/// The formats of files.
pub const FORMATS: [Format; 7] = [
    Format::Text,
    Format::Markdown,
    Format::Html,
    Format::Latex,
    Format::Rst,
    Format::AsciiDoc,
    Format::JsonLines,
];

/// The formats of files of units, texts with their translations.
pub const UNIT_FORMATS: [Format; 13] = [
    Format::Po,
    Format::Xliff,
    Format::Tmx,
    Format::Csv,
    Format::Tsv,
    Format::Srt,
    Format::Vtt,
    Format::Android,
    Format::AppleStrings,
    Format::Properties,
    Format::Resx,
    Format::Json,
    Format::Lines,
];

fn document(extract: Extract) -> Document {
    Document::new(extract, Language::parse("en").ok(), ENGINE.registry().packs())
}

fn parse(format: Format, text: &str) -> Document {
    document(load::extract(format, text))
}

/// A text is checked: the prefilter hides nothing, and every place lies in the text.
pub fn checking(text: &str) {
    for format in FORMATS {
        check(&parse(format, text));
    }
}

fn check(document: &Document) -> Vec<Finding> {
    let (text, original) = (document.text(), document.original());
    let findings = ENGINE.check(document);
    assert_eq!(
        findings,
        ENGINE.check_unfiltered(document),
        "the prefilter hides or adds findings in {text:?}"
    );
    let lines = LineIndex::new(original);
    let lies_within = |span: Span| {
        let place = document.to_original(span);
        assert!(original.get(place.range()).is_some(), "{span:?} is {place:?} in {original:?}");
        for offset in [place.lo(), place.hi()] {
            let position = lines.position(original, offset);
            let line = lines.line_range(original, position.line as usize - 1);
            let before = original[line.start..offset].chars().count();
            assert_eq!(position.column as usize, before + 1, "the column of {offset} in {original:?}");
        }
    };
    for finding in &findings {
        lies_within(finding.span);
        finding.related.iter().for_each(|related| lies_within(related.span));
        for fix in &finding.fixes {
            let edits: Option<Vec<_>> =
                fix.edits.iter().map(|edit| document.edit_to_original(edit)).collect();
            let Some(edits) = edits else { continue };
            let fixed = apply_edits(original, &edits);
            assert!(fixed.is_ok(), "{}: a fix that cannot be applied to {original:?}", finding.rule);
            assert_ne!(fixed.as_deref(), Ok(original), "{}: a fix that changes nothing", finding.rule);
        }
    }
    findings
}

fn subjects(document: &Document, findings: &[Finding]) -> BTreeMap<(String, String), usize> {
    let mut subjects = BTreeMap::new();
    for finding in findings {
        *subjects.entry((finding.rule.to_string(), document.slice(finding.span).to_owned())).or_default() +=
            1;
    }
    subjects
}

/// A text is fixed: twice is the same as once, and nothing is found that was not there.
pub fn fixing(text: &str) {
    for format in FORMATS.into_iter().filter(|format| *format != Format::JsonLines) {
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let fix =
                |text: &str| ENGINE.fix(text, least, &Circumstances::default(), |text| parse(format, text));
            let outcome = fix(text);
            if outcome.is_stable {
                assert_eq!(fix(&outcome.text).text, outcome.text, "fixing twice {text:?}");
            }
            let (before, after) = (parse(format, text), parse(format, &outcome.text));
            let known = subjects(&before, &ENGINE.check(&before));
            for (subject, count) in subjects(&after, &ENGINE.check(&after)) {
                let known = known.get(&subject).copied().unwrap_or(0);
                assert!(known >= count, "{subject:?} is new in {:?}, fixed from {text:?}", outcome.text);
            }
        }
    }
}

/// A file of units is read or named as broken; what is written back unchanged is the same to the byte,
/// each unit is a place of the file, and its text is checked beside its source, or beside an original.
pub fn units(text: &str) {
    for format in UNIT_FORMATS {
        let Ok(file) = load::from_bytes("fuzzed", format, text.as_bytes().to_vec()) else { continue };
        for article in file.articles().flatten() {
            let source = article.source.as_deref().unwrap_or("The ferry leaves at 7, “come what may”.");
            for (language, is_round_trip) in [("de", false), ("en", true)] {
                let packs = ENGINE.registry().packs();
                let source = Document::plain(source, Language::parse("en").ok(), packs);
                let facts = UnitFacts { is_round_trip, ..(*article.facts).clone() };
                let target = Document::new(article.extract.clone(), Language::parse(language).ok(), packs);
                let target = target.with_source(Some(Arc::new(source))).with_facts(Arc::new(facts));
                for finding in ENGINE.check(&target) {
                    // What concerns a comment lies beyond the text.
                    let place = target.to_original(finding.span);
                    let is_there = target.original().get(place.range()).is_some();
                    assert!(is_there, "{format:?}: {}", finding.rule);
                }
            }
        }
        if let Ok(written) = file.with_texts(&BTreeMap::new()) {
            assert_eq!(written, text.as_bytes(), "{format:?}");
        }
    }
}

/// Bytes are read in every format: what is written back unchanged is the same to the byte, and what is
/// fixed reads back as what it is.
pub fn bytes(bytes: &[u8]) {
    for format in FORMATS {
        let Ok(file) = load::from_bytes("fuzzed", format, bytes.to_vec()) else { continue };
        let mut fixed = BTreeMap::new();
        for article in file.articles().flatten() {
            let key = article.key;
            // The text of a record is plain unless the record says otherwise.
            let format = match format {
                Format::JsonLines => article.format.unwrap_or(Format::Text),
                format => format,
            };
            let document = document(article.extract);
            check(&document);
            let least = Applicability::Unsafe;
            let outcome =
                ENGINE.fix(document.original(), least, &Circumstances::default(), |text| parse(format, text));
            fixed.insert(key, outcome.text);
        }
        assert_eq!(file.with_texts(&BTreeMap::new()).as_deref(), Ok(bytes), "{format:?}");
        let written = match file.with_texts(&fixed) {
            Ok(written) => written,
            Err(error) => {
                assert_eq!(file.encoding(), Encoding::Windows1252, "{format:?}: {error}");
                continue;
            }
        };
        let again = load::from_bytes("fuzzed", format, written).expect("what is written is read");
        for article in again.articles().flatten() {
            assert_eq!(Some(article.original()), fixed.get(&article.key).map(String::as_str), "{format:?}");
        }
    }
}

/// A text with comments for mtlint: what is suppressed is apart from what is found.
pub fn suppression(text: &str) {
    for format in FORMATS {
        let document = parse(format, text);
        let review = ENGINE.review(&document, &Circumstances::default(), None);
        let suppressed = review.suppressed.iter().map(|suppressed| &suppressed.finding);
        for finding in review.findings.iter().chain(suppressed) {
            let place = document.to_original(finding.span);
            assert!(document.original().get(place.range()).is_some(), "{place:?} in {text:?}");
        }
    }
}

/// What is told of a wrong file is a line a mistake, in which nothing acts on a terminal.
fn is_told<T, E: ToString>(outcome: Result<T, Vec<E>>) {
    let Err(problems) = outcome else { return };
    assert!(!problems.is_empty(), "refused, and nobody knows why");
    for problem in problems {
        let told = problem.to_string();
        assert!(!told.chars().any(is_control), "{told:?}");
    }
}

/// `mtlint.toml` and `.mtlintignore.toml`.
pub fn configuration(text: &str) {
    is_told(Config::parse("mtlint.toml", Path::new("/folder"), text));
    is_told(IgnoreFile::read(".mtlintignore.toml", Path::new("/folder"), text));
}

/// A rule file of the user's own, used on its own text.
pub fn rules(text: &str) {
    let registry = Registry::with_files([("punctuation/fuzzed", "rules/punctuation/fuzzed.toml", text)]);
    let registry = match registry {
        Ok(registry) => Arc::new(registry),
        Err(problems) => return is_told(Err::<(), _>(problems)),
    };
    let selection = Selection { select: vec!["punctuation/fuzzed".to_owned()], ..Selection::default() };
    let engine = Engine::new(registry, selection).expect("the rule is there");
    let document = document(Extract::plain(text));
    assert_eq!(engine.check(&document), engine.check_unfiltered(&document));
}

/// A glossary.
pub fn glossary(text: &str) {
    is_told(parse_glossary("names.toml", text));
}

/// A line a message to the editor's server, which ends in good order when its client is gone.
pub fn server(text: &str) {
    let (client, server) = lsp_server::Connection::memory();
    for line in text.lines() {
        if let Ok(message) = serde_json::from_str::<lsp_server::Message>(line) {
            client.sender.send(message).expect("the server is there");
        }
    }
    drop(client);
    mtlint::lsp::serve(server);
}
