//! Laws that hold for every text: spans lie on characters, fixes are disjoint and do no harm, the
//! prefilter hides nothing.

use mtlint_document::Document;
use mtlint_engine::engine::{Circumstances, Engine, Fingerprint, Selection, fingerprints};
use mtlint_engine::rule::{Applicability, Confidence, Finding, Registry};
use mtlint_lang::Language;
use mtlint_text::{Span, apply_edits};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Every rule, also those that are off by default.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let selection = Selection { min_confidence: Confidence::Low, ..Selection::default() };
    Engine::new(Arc::new(Registry::builtin()), selection).expect("nothing is selected by name")
});

fn document(text: &str) -> Document {
    Document::plain(text, Language::parse("en").ok(), ENGINE.registry().packs())
}

/// Pieces that news is made of, sound and damaged.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "The harbour",
        "the wall",
        " said",
        " told reporters",
        ".",
        ". .",
        " .",
        ",",
        " ,",
        ", ,",
        "!",
        "?",
        "…",
        "...",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "“",
        "”",
        " ”",
        ".” ”",
        ".” It fell.”",
        "\"",
        "\" ",
        " \"",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "「",
        "」",
        "Mara Teigen-Holt",
        "Teigen Holt",
        "ISO-9",
        "the deep- She warned that water",
        "Stated.",
        " Pointed out.",
        "ing.",
        "PORT ELSING — ",
        "[ad_1]",
        "Source link",
        "the the",
        " had had",
        "１２",
        "，",
        "。",
        "港",
        "роof",
        "&nbsp;",
        "&#8217;",
        "â€™",
        "\u{200B}",
        "\u{FFFD}",
        "12.5",
        "1,200",
        " 5 %",
        "a.m.",
        "U.S.",
        "Dr. ",
        "https://example.org/a,b",
        "(",
        ")",
        " ( a )",
        "- ",
        "—",
        "é",
        "ß",
        "😀",
        "\t",
        "\u{A0}",
        "Er sagte, das Boot sei weg.",
        "It grew. It grew.",
        "no no no no no no",
        "[caption id=\"1\"]",
        "{{ name }}",
    ])
}

fn news() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn subjects(document: &Document, findings: &[Finding]) -> BTreeMap<(String, String), usize> {
    let mut subjects = BTreeMap::new();
    for finding in findings {
        *subjects.entry((finding.rule.to_string(), document.slice(finding.span).to_owned())).or_default() +=
            1;
    }
    subjects
}

fn assert_sound(text: &str, findings: &[Finding]) -> Result<(), TestCaseError> {
    let lies_on_characters = |span: Span| text.get(span.range()).is_some();
    for finding in findings {
        prop_assert!(lies_on_characters(finding.span), "{finding:?}");
        for related in &finding.related {
            prop_assert!(lies_on_characters(related.span), "{finding:?}");
        }
        for fix in &finding.fixes {
            let fixed = apply_edits(text, &fix.edits);
            prop_assert!(fixed.is_ok(), "{finding:?}: {fixed:?}");
            prop_assert!(fixed.as_deref() != Ok(text), "a fix that changes nothing: {finding:?}");
        }
    }
    let places: Vec<(Span, &str)> = findings.iter().map(|it| (it.span, it.rule.as_str())).collect();
    prop_assert!(places.is_sorted(), "{places:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn findings_are_sound_and_the_prefilter_hides_none(text in news()) {
        let document = document(&text);
        let findings = ENGINE.check(&document);
        assert_sound(&text, &findings)?;
        prop_assert_eq!(&findings, &ENGINE.check_unfiltered(&document));
    }

    #[test]
    fn what_is_found_in_a_text_does_not_depend_on_its_company(texts in prop::collection::vec(news(), 0..4)) {
        let documents: Vec<Document> = texts.iter().map(|text| document(text)).collect();
        let together: Vec<_> = documents.iter().map(|document| (document, Circumstances::default())).collect();
        let alone = documents.iter().map(|document| ENGINE.review(document, &Circumstances::default(), None));
        prop_assert_eq!(ENGINE.review_together(&together), alone.collect::<Vec<_>>());
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>()) {
        let document = document(&text);
        assert_sound(&text, &ENGINE.check(&document))?;
    }

    #[test]
    fn fingerprints_tell_findings_apart_and_stay_when_text_is_put_above(text in news(), lines in 1..4_usize) {
        let before = document(&text);
        let digits = |name: Fingerprint| name.digits;
        let names: Vec<String> =
            fingerprints(&before, ENGINE.check(&before).iter()).into_iter().map(digits).collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        prop_assert_eq!(distinct.len(), names.len(), "two findings of one name");
        // Sound text that stands by itself and changes nothing of how the rest is read.
        let above = "The boats lay in the harbour all day.\n\n".repeat(lines);
        let shifted = document(&format!("{above}{text}"));
        let subjects = |document: &Document, findings: &[Finding], shift: usize| -> BTreeMap<(usize, String), String> {
            let keys = findings.iter().map(|finding| (finding.span.lo().wrapping_sub(shift), finding.rule.to_string()));
            keys.zip(fingerprints(document, findings.iter()).into_iter().map(digits)).collect()
        };
        let own = subjects(&before, &ENGINE.check(&before), 0);
        for (subject, name) in subjects(&shifted, &ENGINE.check(&shifted), above.len()) {
            if let Some(known) = own.get(&subject) {
                prop_assert_eq!(known, &name, "{:?}", subject);
            }
        }
    }

    #[test]
    fn fixing_is_stable_and_finds_nothing_new(
        text in news(),
        least in prop::sample::select(vec![Applicability::Safe, Applicability::Unsafe]),
    ) {
        let before = document(&text);
        let fixed = ENGINE.fix(&text, least, &Circumstances::default(), document);
        if fixed.is_stable {
            let again = ENGINE.fix(&fixed.text, least, &Circumstances::default(), document);
            prop_assert_eq!(&again.text, &fixed.text);
        }
        let after = document(&fixed.text);
        let known = subjects(&before, &ENGINE.check(&before));
        for (subject, count) in subjects(&after, &ENGINE.check(&after)) {
            prop_assert!(known.get(&subject).copied().unwrap_or(0) >= count, "new: {subject:?}\nin {:?}", fixed.text);
        }
    }
}

#[test]
fn a_small_letter_without_a_capital_gets_no_fix() {
    let text = "\u{10787}[\u{1BC80} \u{AB11}.";
    let findings = ENGINE.check(&document(text));
    assert_sound(text, &findings).unwrap();
}

/// A rule file that calls its fix safe is held to it by the form of the edits, whatever its code says.
#[test]
fn what_a_rule_file_calls_safe_is_safe_by_its_form() {
    let registry = Arc::new(Registry::builtin());
    let mut told = Vec::new();
    for rule in registry.rules().iter().filter(|rule| rule.applicability == Some(Applicability::Safe)) {
        // Examples of pairs need their source, and those of suppressions what they suppress.
        if rule.id.family() == "suppression" || rule.is_of_pairs() {
            continue;
        }
        let selection = Selection { select: vec![rule.id.to_string()], ..Selection::default() };
        let engine = Engine::new(registry.clone(), selection).expect("the registry holds the rule");
        let trust = rule.examples().iter().flat_map(|example| {
            let document = Document::plain(&example.text, example.language, registry.packs());
            engine.check(&document).into_iter().flat_map(|finding| finding.fixes).map(|fix| fix.applicability)
        });
        let trust: Vec<Applicability> = trust.collect();
        let is_ever = trust.contains(&Applicability::Safe);
        let is_always = trust.iter().all(|trust| *trust == Applicability::Safe);
        if !is_ever || !is_always && rule.why_unsafe.is_none() {
            told.push(format!("{}: {trust:?}", rule.id));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
