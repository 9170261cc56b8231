//! Diagnostics, pushed and pulled, the hover and the score.

use crate::client::{Client, able, range};
use crate::{DAMAGED, RULE, UNTITLED};
use serde_json::{Value, json};

/// A client that does not ask for diagnostics.
fn pushed(encodings: &[&str]) -> Value {
    let mut able = able();
    able["textDocument"].as_object_mut().unwrap().remove("diagnostic");
    able["general"]["positionEncodings"] = json!(encodings);
    able
}

#[test]
fn diagnostics_are_pushed_with_their_version() {
    let mut client = Client::start(pushed(&["utf-16"]));
    assert!(client.capabilities.get("diagnosticProvider").is_none());
    client.open(UNTITLED, "plaintext", DAMAGED);
    let told = client.heard("textDocument/publishDiagnostics");
    assert_eq!((&told["uri"], &told["version"]), (&json!(UNTITLED), &json!(1)));
    let diagnostic = &told["diagnostics"][0];
    assert_eq!(told["diagnostics"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(&DAMAGED[range(DAMAGED, &diagnostic["range"])], ". .");
    assert_eq!((&diagnostic["code"], &diagnostic["source"]), (&json!(RULE), &json!("mtlint")));
    assert_eq!(diagnostic["severity"], 3);
    let page = diagnostic["codeDescription"]["href"].as_str().unwrap();
    assert!(page.ends_with("docs/rules.md#punctuationrepeated-stop"), "{page}");
    assert_eq!(diagnostic["data"]["mqm"], "punctuation");
    assert_eq!(diagnostic["data"]["fingerprint"].as_str().unwrap().len(), 16);

    client.change(UNTITLED, 7, (1, 22), (1, 24), "");
    let told = client.heard("textDocument/publishDiagnostics");
    assert_eq!((&told["version"], &told["diagnostics"]), (&json!(7), &json!([])));
    client.change(UNTITLED, 8, (1, 0), (1, 0), "Noon. . ");
    assert_eq!(client.heard("textDocument/publishDiagnostics")["version"], 8);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": UNTITLED}}));
    assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    assert!(client.end());
}

#[test]
fn a_client_gets_no_more_than_it_can_take() {
    let mut client = Client::start(json!({}));
    client.open(UNTITLED, "plaintext", DAMAGED);
    let told = client.heard("textDocument/publishDiagnostics");
    let diagnostic = told["diagnostics"][0].as_object().unwrap();
    for key in ["codeDescription", "relatedInformation", "data"] {
        assert!(!diagnostic.contains_key(key), "{key}");
    }
    assert!(client.end());
}

#[test]
fn places_are_counted_as_agreed() {
    // One line, so that the characters before the damage count.
    let text = "é😀 The ferry left at noon. . It came back at night.";
    let before = &text[..text.find(". .").unwrap()];
    let counts = [before.len(), before.encode_utf16().count(), before.chars().count()];
    for (encoding, count) in ["utf-8", "utf-16", "utf-32"].into_iter().zip(counts) {
        let mut client = Client::start(pushed(&[encoding, "utf-16"]));
        assert_eq!(client.capabilities["positionEncoding"], encoding);
        client.open(UNTITLED, "plaintext", text);
        let told = client.heard("textDocument/publishDiagnostics");
        assert_eq!(told["diagnostics"][0]["range"]["start"], json!({"line": 0, "character": count}));
        // The place of a change is counted in the same way: the second stop goes.
        let place = (0, count as u32 + 1);
        client.change(UNTITLED, 2, place, (0, place.1 + 2), "");
        assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"], json!([]), "{encoding}");
        assert!(client.end());
    }
}

#[test]
fn diagnostics_are_pulled_and_unchanged_when_known() {
    let mut client = Client::start(able());
    assert_eq!(client.capabilities["diagnosticProvider"]["identifier"], "mtlint");
    client.open(UNTITLED, "plaintext", DAMAGED);
    let mut params = json!({"textDocument": {"uri": UNTITLED}});
    let full = client.request("textDocument/diagnostic", params.clone()).unwrap();
    assert_eq!((&full["kind"], full["items"].as_array().unwrap().len()), (&json!("full"), 1));
    params["previousResultId"] = full["resultId"].clone();
    let unchanged = client.request("textDocument/diagnostic", params.clone()).unwrap();
    assert_eq!(unchanged, json!({"kind": "unchanged", "resultId": full["resultId"]}));
    // A change behind the damage moves nothing.
    client.change(UNTITLED, 2, (2, 0), (2, 0), "All was well.");
    assert_eq!(client.request("textDocument/diagnostic", params.clone()).unwrap()["kind"], "unchanged");
    client.change(UNTITLED, 3, (0, 0), (0, 0), "The\n");
    let moved = client.request("textDocument/diagnostic", params).unwrap();
    assert_eq!(moved["kind"], "full");
    assert_eq!(moved["items"][0]["range"]["start"]["line"], 2);
    assert!(client.end());
}

#[test]
fn related_places_lie_in_the_document() {
    let text = "“The river takes what it wants,” said Moe. “It took the mill.” We have not forgotten it.”\n";
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", text);
    let found = client.pull(UNTITLED);
    let early = found.iter().find(|it| it["code"] == "quotation/closed-early").expect("it is found");
    let related = early["relatedInformation"].as_array().unwrap();
    assert!(!related.is_empty());
    for place in related {
        assert_eq!(place["location"]["uri"], UNTITLED);
        assert!(!text[range(text, &place["location"]["range"])].is_empty());
        assert!(!place["message"].as_str().unwrap().is_empty());
    }
    assert!(client.end());
}

#[test]
fn the_format_is_heeded() {
    let mut client = Client::start(able());
    let text = "<p>The ferry left at noon.<b> .</b> It came back.</p><script>a. .b</script>\n";
    client.open("file:///tmp/mtlint-not-there/a.html", "html", text);
    let found = client.pull("file:///tmp/mtlint-not-there/a.html");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(&text[range(text, &found[0]["range"])], ".<b> .");
    // Records are for the command line.
    client.open("file:///tmp/mtlint-not-there/a.jsonl", "jsonl", "{\"text\": \"Noon. . Night.\"}\n");
    assert!(client.pull("file:///tmp/mtlint-not-there/a.jsonl").is_empty());
    assert!(client.end());
}

#[test]
fn hover_explains_the_rule() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", DAMAGED);
    let mut params = json!({"textDocument": {"uri": UNTITLED}, "position": {"line": 1, "character": 23}});
    let hover = client.request("textDocument/hover", params.clone()).unwrap();
    assert_eq!(&DAMAGED[range(DAMAGED, &hover["range"])], ". .");
    assert_eq!(hover["contents"]["kind"], "markdown");
    let told = hover["contents"]["value"].as_str().unwrap();
    for part in [RULE, "minor", "- Bad:", "- Good:", "docs/rules.md#"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    params["position"]["character"] = json!(2);
    assert_eq!(client.request("textDocument/hover", params), Ok(Value::Null));
    assert!(client.end());
}

#[test]
fn the_score_stands_above_the_text() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", DAMAGED);
    let params = json!({"textDocument": {"uri": UNTITLED}});
    let lenses = client.request("textDocument/codeLens", params.clone()).unwrap();
    let title = lenses[0]["command"]["title"].as_str().unwrap();
    assert_eq!(title, "MQM score 91.7 · 83.3 penalty points per 1,000 words · 1 finding (1 minor)");
    client.change(UNTITLED, 2, (0, 0), (9, 0), "");
    assert_eq!(client.request("textDocument/codeLens", params), Ok(json!([])), "no word, no score");
    assert!(client.end());
}

#[test]
fn diagnostics_after_many_changes_are_those_of_the_text_opened_anew() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", &DAMAGED.repeat(3));
    let _ = client.pull(UNTITLED);
    // What is typed, where, and what goes for it: a sentence, a cut, a paragraph, a break in a paragraph.
    let changes = [
        ((1, 0), (1, 0), "The mast , it said, was the the best. "),
        ((0, 0), (1, 0), ""),
        ((2, 3), (2, 9), "\n“It fell.” She said.”\n"),
        ((1, 5), (3, 2), "\r\n"),
        ((0, 10), (0, 10), "\n"),
    ];
    let mut text = DAMAGED.repeat(3);
    for (index, (start, end, insert)) in changes.into_iter().enumerate() {
        let place = |(line, character): (u32, u32)| json!({"line": line, "character": character});
        text.replace_range(range(&text, &json!({"start": place(start), "end": place(end)})), insert);
        client.change(UNTITLED, 2 + index as i32, start, end, insert);
        let changed = client.pull(UNTITLED);
        client.open("untitled:anew", "plaintext", &text);
        let mut anew = client.pull("untitled:anew");
        // Places name their document.
        let told = serde_json::to_string(&anew).unwrap().replace("untitled:anew", UNTITLED);
        anew = serde_json::from_str(&told).unwrap();
        assert_eq!(changed, anew, "{text:?}");
    }
    assert!(client.end());
}

const UNITS: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\nmsgid \"The ferry carries 45 people.\"\nmsgstr \"Die Fähre befördert 54 Leute.\"\n\nmsgid \"Open {name}\"\nmsgstr \"{Name} öffnen\"\n";

#[test]
fn units_are_checked_beside_their_source() {
    let mut client = Client::start(able());
    client.open("untitled:de.po", "po", UNITS);
    let found = client.pull("untitled:de.po");
    let at = |rule: &str| found.iter().find(|it| it["code"] == rule).unwrap().clone();
    let (number, placeholder) = (at("number/changed"), at("markup/placeholder"));
    assert_eq!(&UNITS[range(UNITS, &number["range"])], "54");
    assert_eq!(&UNITS[range(UNITS, &placeholder["range"])], "{Name}");
    let position = &number["range"]["start"];
    let asked = json!({"textDocument": {"uri": "untitled:de.po"}, "position": position});
    let hover = client.request("textDocument/hover", asked).unwrap();
    let told = hover["contents"]["value"].as_str().unwrap();
    assert!(told.contains("Source: The ferry carries 45 people.") && told.contains("there: 45"), "{told}");
    let actions = client.actions("untitled:de.po", &placeholder["range"], &["quickfix"]);
    let fixed = crate::client::apply(UNITS, &actions[0]);
    assert_eq!(fixed, UNITS.replace("{Name}", "{name}"));
    let actions = client.actions("untitled:de.po", &number["range"], &["quickfix"]);
    let ignore = actions.iter().find(|it| it["title"].as_str().unwrap().starts_with("Ignore")).unwrap();
    let noted = crate::client::apply(UNITS, ignore);
    assert!(noted.contains("\n\n# mtlint-ignore number/changed: as intended\nmsgid \"The ferry"), "{noted}");
    assert!(client.end());
}

#[test]
fn a_file_of_units_that_is_broken_says_where() {
    let mut client = Client::start(able());
    let broken = UNITS.replace("54 Leute.\"", "54 Leute.");
    client.open("untitled:de.po", "po", &broken);
    let found = client.pull("untitled:de.po");
    assert_eq!((found.len(), &found[0]["range"]["start"]["line"]), (1, &json!(5)), "{found:?}");
    assert!(found[0]["message"].as_str().unwrap().contains("not closed"), "{found:?}");
    assert!(client.end());
}
