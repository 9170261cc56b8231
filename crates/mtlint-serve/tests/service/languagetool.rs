//! LanguageTool's interface.

use super::{Answer, service};
use serde_json::{Value, json};

const TEXT: &str = "The 😀 ferry left.. It came back at night.";

/// What a client shows for a match: the place, by UTF-16, in the text it sent.
fn shown(text: &str, found: &Value) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (offset, length) =
        (found["offset"].as_u64().unwrap() as usize, found["length"].as_u64().unwrap() as usize);
    String::from_utf16(&units[offset..offset + length]).unwrap()
}

/// The text after each match is replaced by its first replacement.
fn replaced(text: &str, answer: &Value) -> String {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    for found in answer["matches"].as_array().unwrap().iter().rev() {
        let Some(value) = found["replacements"][0]["value"].as_str() else { continue };
        let (offset, length) =
            (found["offset"].as_u64().unwrap() as usize, found["length"].as_u64().unwrap() as usize);
        units.splice(offset..offset + length, value.encode_utf16());
    }
    String::from_utf16(&units).unwrap()
}

fn rules(answer: &Value) -> Vec<&str> {
    answer["matches"].as_array().unwrap().iter().map(|found| found["rule"]["id"].as_str().unwrap()).collect()
}

#[track_caller]
fn good(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let description = service().get("/openapi.json").json();
    let reference =
        json!({ "$ref": "#/components/schemas/LanguageToolAnswer", "components": description["components"] });
    let json = answer.json();
    if let Err(error) = jsonschema::validate(&reference, &json) {
        panic!("{error}");
    }
    json
}

#[test]
fn a_form_a_query_and_json_say_the_same() {
    let fields = [("text", TEXT), ("language", "en-US"), ("enabledOnly", "false"), ("username", "somebody")];
    let form = good(service().post_form("/v2/check", &fields));
    let query = good(service().get(&format!("/v2/check?{}", super::client::form(&fields))));
    let json = good(service().post_json("/v2/check", &json!({ "text": TEXT, "language": "en-US" })));
    assert_eq!((&form, &form), (&query, &json));
    let found = &form["matches"][0];
    assert_eq!(shown(TEXT, found), "..");
    assert_eq!(found["replacements"][0]["value"], ".");
    assert_eq!(found["rule"]["id"], "punctuation/repeated-stop");
    assert_eq!(found["rule"]["category"], json!({ "id": "punctuation", "name": "Punctuation" }));
    assert_eq!(found["rule"]["issueType"], "typographical");
    assert_eq!(found["sentence"], "The 😀 ferry left..");
    assert_eq!(shown(found["context"]["text"].as_str().unwrap(), &found["context"]), "..");
    assert_eq!(form["language"]["code"], "en-US");
    assert_eq!(form["language"]["detectedLanguage"]["code"], "en");
    assert_eq!(replaced(TEXT, &form), TEXT.replace("..", "."));
}

#[test]
fn markup_counts_and_is_not_read() {
    let data = json!({ "annotation": [
        { "markup": "<p>", "interpretAs": "" }, { "text": "The 😀 " }, { "markup": "<b class=\"..\">" },
        { "text": "ferry left.." }, { "markup": "</b></p><p>", "interpretAs": "\n\n" },
        { "text": "It came back at night ." }, { "markup": "</p>" },
    ]});
    let original: String = data["annotation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|piece| piece["text"].as_str().or(piece["markup"].as_str()).unwrap())
        .collect();
    let asked = [("data", &*data.to_string()), ("language", "en-GB")];
    let answer = good(service().post_form("/v2/check", &asked));
    let places: Vec<String> =
        answer["matches"].as_array().unwrap().iter().map(|found| shown(&original, found)).collect();
    assert_eq!(places, ["..", " "], "{answer}");
    assert_eq!(replaced(&original, &answer), original.replace("left..", "left.").replace(" .", "."));
    // As an object, too.
    assert_eq!(good(service().post_json("/v2/check", &json!({ "data": data, "language": "en-GB" }))), answer);
}

#[test]
fn rules_are_turned_on_and_off() {
    let text = "The ferry left.. It came back at night .";
    let ask = |name: &str, value: &str, only: &str| {
        let fields = [("text", text), ("language", "en"), (name, value), ("enabledOnly", only)];
        let answer = good(service().post_form("/v2/check", &fields));
        rules(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = ask("disabledRules", "WHITESPACE_RULE,EN_QUOTES", "false");
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(ask("disabledRules", &all[0], "false"), &all[1..]);
    assert_eq!(ask("enabledRules", &all[0], "true"), &all[..1]);
    assert_eq!(ask("enabledRules", "WHITESPACE_RULE", "true"), [""; 0]);
    assert_eq!(ask("disabledCategories", "PUNCTUATION", "false"), [""; 0]);
    assert_eq!(ask("enabledCategories", "punctuation", "true"), all);
}

#[test]
fn auto_tells_what_it_read() {
    let text = "Der Zug kam erst am Abend an, und niemand wusste, warum das so lange gedauert hatte.";
    let fields = [("text", text), ("language", "auto"), ("preferredVariants", "en-GB,de-AT")];
    let answer = good(service().post_form("/v2/check", &fields));
    assert_eq!(answer["language"]["code"], "de-AT");
    assert_eq!(answer["language"]["detectedLanguage"]["name"], "German (AT)");
    assert_eq!(answer["sentenceRanges"], json!([[0, text.encode_utf16().count()]]));
}

#[test]
fn what_is_wrong_is_told_in_plain_text() {
    for (fields, what) in [
        (&[("text", "a")][..], "`language` is missing"),
        (&[("language", "en")], "there is no text"),
        (&[("language", "en"), ("text", "a"), ("data", "{}")], "not both"),
        (&[("language", "en"), ("data", "{")], "`data`"),
        (&[("language", "no language"), ("text", "a")], "not a language code"),
    ] {
        let answer = service().post_form("/v2/check", fields);
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("text/plain; charset=utf-8")));
        assert!(answer.text().starts_with("Error: ") && answer.text().contains(what), "{}", answer.text());
    }
    assert_eq!(service().get("/v2/check?language=en&text=%FF").status, 400);
}

#[test]
fn languages_are_listed_for_clients_that_look() {
    let list = service().get("/v2/languages").json();
    let codes: Vec<&str> =
        list.as_array().unwrap().iter().map(|language| language["longCode"].as_str().unwrap()).collect();
    for code in ["en", "en-US", "de-DE", "pt-BR", "ja"] {
        assert!(codes.contains(&code), "{code}");
    }
    let english = list.as_array().unwrap().iter().find(|language| language["longCode"] == "en-US").unwrap();
    assert_eq!(*english, json!({ "name": "English (US)", "code": "en", "longCode": "en-US" }));
}
