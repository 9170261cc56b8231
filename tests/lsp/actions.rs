//! What the editor offers to do, and that it does what `--fix` does.

use crate::client::{Client, able, apply};
use crate::{DAMAGED, MENDED, UNTITLED};
use mtlint_document::load::{Format, article};
use mtlint_engine::config::Overrides;
use mtlint_engine::lint::{AllSettings, Linter};
use mtlint_engine::rule::Applicability;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

const FIX_ALL: &str = "source.fixAll.mtlint";

fn whole() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 99_999, "character": 0}})
}

fn is_ignore(action: &Value) -> bool {
    action["title"].as_str().unwrap().starts_with("Ignore ")
}

#[test]
fn a_safe_fix_is_preferred_and_versioned() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", DAMAGED);
    client.change(UNTITLED, 5, (2, 0), (2, 0), "\n");
    let actions = client.actions(UNTITLED, &whole(), &["quickfix"]);
    assert_eq!(actions.len(), 2, "{actions:?}");
    assert_eq!((&actions[0]["isPreferred"], &actions[0]["kind"]), (&json!(true), &json!("quickfix")));
    assert_eq!(actions[0]["diagnostics"].as_array().unwrap().len(), 1);
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": UNTITLED, "version": 5}));
    assert_eq!(apply(DAMAGED, &actions[0]), MENDED);
    let elsewhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}});
    assert!(client.actions(UNTITLED, &elsewhere, &["quickfix"]).is_empty());
    assert!(client.actions(UNTITLED, &whole(), &["refactor"]).is_empty());
    assert!(client.end());
}

#[test]
fn an_ambiguous_quotation_has_two_repairs() {
    let text = "“The river takes what it wants,” said Moe. “It took the mill.” We have not forgotten it.”\n";
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", text);
    let actions = client.actions(UNTITLED, &whole(), &["quickfix"]);
    let repairs: Vec<String> = actions
        .iter()
        .filter(|action| action["diagnostics"][0]["code"] == "quotation/closed-early")
        .filter(|action| !is_ignore(action))
        .map(|action| apply(text, action))
        .collect();
    assert_eq!(
        repairs,
        [
            "“The river takes what it wants,” said Moe. “It took the mill. We have not forgotten it.”\n",
            "“The river takes what it wants,” said Moe. “It took the mill.” We have not forgotten it.\n",
        ]
    );
    assert!(actions.iter().all(|action| action.get("isPreferred").is_none()), "neither is sure");
    assert!(client.end());
}

#[test]
fn a_client_of_old_gets_plain_edits() {
    let mut client = Client::start(json!({}));
    client.open(UNTITLED, "plaintext", DAMAGED);
    let actions = client.actions(UNTITLED, &whole(), &[FIX_ALL]);
    assert_eq!(actions.len(), 1, "{actions:?}");
    assert!(actions[0]["edit"]["changes"][UNTITLED].is_array(), "{actions:?}");
    assert_eq!(apply(DAMAGED, &actions[0]), MENDED);
    // Unasked, the edit would take too long to find out.
    assert!(client.actions(UNTITLED, &whole(), &[]).iter().all(|action| action["kind"] == "quickfix"));
    assert!(client.end());
}

#[test]
fn fix_all_is_refused_for_another_version() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", DAMAGED);
    let actions = client.actions(UNTITLED, &whole(), &["source"]);
    assert!(actions.len() == 1 && actions[0].get("edit").is_none(), "{actions:?}");
    client.change(UNTITLED, 2, (0, 0), (0, 0), "x");
    assert_eq!(client.request("codeAction/resolve", actions[0].clone()), Err(-32801));
    assert!(client.end());
}

#[test]
fn what_is_ignored_is_found_no_more() {
    let text = "The ferry left at noon. . It came back.\r\nThe mast , was gone. . All was well.\r\n";
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", text);
    let second = json!({"start": {"line": 1, "character": 20}, "end": {"line": 1, "character": 20}});
    let ignore: Vec<Value> =
        client.actions(UNTITLED, &second, &["quickfix"]).into_iter().filter(is_ignore).collect();
    assert_eq!(ignore.len(), 1, "{ignore:?}");
    let expected =
        text.replace("well.", "well. <!-- mtlint-ignore punctuation/repeated-stop: as intended -->");
    assert_eq!(apply(text, &ignore[0]), expected);
    assert!(client.end());
}

#[test]
fn whatever_is_found_can_be_ignored() {
    let mut client = Client::start_with(able(), json!({"initializationOptions": {"isolated": true}}));
    client.settings = json!({"isolated": true});
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (name, language_id) in
        [("harbour.txt", "plaintext"), ("observatory.md", "markdown"), ("orchard.html", "html")]
    {
        let uri = format!("file:///nowhere/{name}");
        let text = std::fs::read_to_string(examples.join(name)).unwrap();
        client.open(&uri, language_id, &text);
        let found = client.pull(&uri);
        let is_remark = |it: &&Value| it["code"].as_str().unwrap().starts_with("suppression/");
        for diagnostic in found.iter().filter(|it| !is_remark(it)) {
            let actions = client.actions(&uri, &diagnostic["range"], &["quickfix"]);
            let of_it = |action: &&Value| is_ignore(action) && action["diagnostics"][0] == *diagnostic;
            let ignoring = apply(&text, actions.iter().find(of_it).expect("it can be ignored"));
            client.open("untitled:ignoring", language_id, &ignoring);
            let left = client.pull("untitled:ignoring");
            let count = |list: &[Value]| list.iter().filter(|it| it["code"] == diagnostic["code"]).count();
            assert!(count(&left) < count(&found), "{name}: {diagnostic}\n{ignoring}");
            let remarks = |list: &[Value]| list.iter().filter(is_remark).count();
            assert_eq!(remarks(&left), remarks(&found), "{name}: {diagnostic}\n{left:?}");
        }
    }
    assert!(client.end());
}

/// The text after `--fix`.
fn fixed(format: Format, text: &str) -> String {
    let settings = AllSettings::new(Overrides::default(), true, None).of_file(Path::new("a.txt")).unwrap();
    let linter = Linter::new(&settings, Path::new("a.txt"), format, &article(format, text));
    linter.fix(text, Applicability::Safe).text
}

/// The text after the editor applies all safe fixes.
fn fixed_in_editor(client: &mut Client, uri: &str, language_id: &str, text: &str) -> String {
    client.open(uri, language_id, text);
    let actions = client.actions(uri, &whole(), &[FIX_ALL]);
    assert!(actions.len() <= 1);
    actions.first().map_or(text.to_owned(), |action| {
        let action = client.resolve(action);
        apply(text, &action)
    })
}

#[test]
fn the_editor_mends_what_fix_mends() {
    let mut client = Client::start_with(able(), json!({"initializationOptions": {"isolated": true}}));
    client.settings = json!({"isolated": true});
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for (name, language_id) in [
        ("harbour.txt", "plaintext"),
        ("archive.txt", "plaintext"),
        ("observatory.md", "markdown"),
        ("orchard.html", "html"),
    ] {
        let path = examples.join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let expected = fixed(Format::of(&path), &text);
        assert_ne!(expected, text, "{name} has something to mend");
        let uri = format!("file:///nowhere/{name}");
        assert_eq!(fixed_in_editor(&mut client, &uri, language_id, &text), expected, "{name}");
    }
    assert!(client.end());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_editor_mends_any_text_as_fix_does(
        parts in prop::collection::vec(prop::sample::select(&[
            "The ferry left at noon", ". .", " ,", "“", "”", "the the", ".\n", "\r\n", "&nbsp;", "😀", "。", " said Moe", ". ", " (", ")",
        ][..]), 1..30)
    ) {
        let text: String = parts.concat();
        let mut client = Client::start_with(able(), json!({"initializationOptions": {"isolated": true}}));
        client.settings = json!({"isolated": true});
        prop_assert_eq!(fixed_in_editor(&mut client, UNTITLED, "plaintext", &text), fixed(Format::Text, &text));
        prop_assert!(client.end());
    }
}
