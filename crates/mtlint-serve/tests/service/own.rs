//! The own interface, and what is served for whoever runs the service.

use super::{Answer, Service, service};
use mtlint_serve::Limits;
use serde_json::{Value, json};

/// Whether the description of the service says that this may be answered.
#[track_caller]
fn hold_to_description(path: &str, method: &str, answer: &Answer) {
    let description = service().get("/openapi.json").json();
    let mut response = &description["paths"][path][method]["responses"][answer.status.to_string()];
    if let Some(reference) = response["$ref"].as_str() {
        response = description.pointer(reference.trim_start_matches('#')).unwrap();
    }
    let media_type = answer.header("content-type").unwrap().split(';').next().unwrap();
    let described = &response["content"][media_type]["schema"];
    assert!(described.is_object(), "{path} {}: {media_type} is not described", answer.status);
    // The schema, beside all that it refers to.
    let schema = json!({ "allOf": [described], "components": description["components"] });
    let instance = match media_type.ends_with("json") {
        true => answer.json(),
        false => Value::String(answer.text().to_owned()),
    };
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{path} {}: {errors:?}", answer.status);
}

#[test]
fn check_answers_with_the_json_contract() {
    let text = "𝒜 ferry left.. It came back.";
    let answer =
        service().post_json("/v1/check", &json!({ "text": text, "language": "en", "name": "ferry.txt" }));
    assert_eq!(answer.status, 200, "{}", answer.text());
    hold_to_description("/v1/check", "post", &answer);
    let report = answer.json();
    assert_eq!((&report["version"], &report["documents"][0]["path"]), (&json!(1), &json!("ferry.txt")));
    let finding = &report["documents"][0]["findings"][0];
    let (start, end) = (finding["span"]["start"].as_u64().unwrap(), finding["span"]["end"].as_u64().unwrap());
    assert_eq!(&text[start as usize..end as usize], "..");
    assert_eq!(finding["start"]["utf16"], json!(13));
    assert_eq!(
        (answer.header("cache-control"), answer.header("x-content-type-options")),
        (Some("no-store"), Some("nosniff"))
    );
}

#[test]
fn a_source_is_evidence() {
    let pair =
        json!({ "text": "It costs 205 euros.", "source": "Es kostet 250 Euro.", "source_language": "de" });
    let answer = service().post_json("/v1/check", &pair);
    hold_to_description("/v1/check", "post", &answer);
    let rule = answer.json()["documents"][0]["findings"][0]["rule"].as_str().unwrap().to_owned();
    assert!(rule.starts_with("number/"), "{rule}");
}

#[test]
fn fix_mends_what_is_safe_and_more_if_told() {
    let text = "The end . Nobody came.\n";
    let answer = service().post_json("/v1/fix", &json!({ "text": text }));
    hold_to_description("/v1/fix", "post", &answer);
    let report = answer.json();
    assert_eq!(report["fixed"]["text"], "The end. Nobody came.\n");
    assert_eq!((&report["fixed"]["applied"], &report["summary"]["findings"]), (&json!(1), &json!(0)));
    let text = "He opened the the door.";
    let of = |unsafe_fixes: bool| {
        let request = json!({ "text": text, "language": "en", "unsafe_fixes": unsafe_fixes });
        service().post_json("/v1/fix", &request).json()["fixed"]["text"].clone()
    };
    assert_eq!((of(false), of(true)), (json!(text), json!("He opened the door.")));
}

#[test]
fn markdown_keeps_its_marks() {
    let text = "# A *new* head\n\nThe end &amp; the rest of it . Nobody came.\n";
    let answer =
        service().post_json("/v1/fix", &json!({ "text": text, "format": "markdown", "language": "en" }));
    assert_eq!(answer.json()["fixed"]["text"], text.replace(" .", "."));
}

#[test]
fn score_sums_up() {
    let answer = service().post_json("/v1/score", &json!({ "text": "The end.. Nobody came." }));
    hold_to_description("/v1/score", "post", &answer);
    let score = answer.json();
    assert_eq!(
        (&score["words"], &score["findings"], &score["by_severity"]["minor"]),
        (&json!(4), &json!(1), &json!(1))
    );
    assert_eq!(score["metric"]["typology"], "MQM Core");
}

#[test]
fn what_is_wrong_is_told() {
    let json_type = [("content-type", "application/json")];
    for (headers, body, status, what) in [
        (&json_type[..], &b"{"[..], 400, "eof"),
        (&json_type, b"[]", 400, "not as it should be"),
        (&json_type, b"{}", 400, "missing field `text`"),
        (&json_type, br#"{"text": 1}"#, 400, "expected a string"),
        (&json_type, b"{\"text\": \"\xFF\"}", 400, "not as it should be"),
        (&json_type, br#"{"text": "\ud800"}"#, 400, "not as it should be"),
        (&json_type, br#"{"text": "", "langage": "en"}"#, 400, "unknown field `langage`"),
        (&json_type, br#"{"text": "", "language": "english"}"#, 400, "`language`"),
        (&json_type, br#"{"text": "", "select": ["quotation/no-such"]}"#, 400, "quotation/no-such"),
        (&[], br#"{"text": ""}"#, 415, "content-type"),
    ] {
        for path in ["/v1/check", "/v1/fix", "/v1/score"] {
            let answer = service().send("POST", path, headers, body);
            assert_eq!(answer.status, status, "{path} {}", answer.text());
            hold_to_description(path, "post", &answer);
            let told = answer.json()["detail"].as_str().unwrap().to_lowercase();
            assert!(told.contains(what), "{path}: {told}");
        }
    }
    let answer = service().get("/v1/check");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")));
    assert_eq!(service().get("/v3/check").status, 404);
}

#[test]
fn an_empty_text_is_a_text() {
    for path in ["/v1/check", "/v1/fix", "/v1/score"] {
        let answer = service().post_json(path, &json!({ "text": "" }));
        assert_eq!(answer.status, 200);
        hold_to_description(path, "post", &answer);
    }
}

#[test]
fn whoever_runs_it_can_look() {
    service().post_json("/v1/check", &json!({ "text": "The end.. Nobody came." }));
    for path in ["/healthz", "/metrics", "/openapi.json"] {
        let answer = service().get(path);
        assert_eq!(answer.status, 200);
        hold_to_description(path, "get", &answer);
    }
    let metrics = service().get("/metrics");
    let metrics = metrics.text();
    for name in [
        "mtlint_requests_total{route=\"/v1/check\",status=\"200\"}",
        "mtlint_request_seconds_bucket",
        "mtlint_words_total",
        "mtlint_findings_total",
        "mtlint_connections",
        "mtlint_waiting",
        "mtlint_working",
        "mtlint_memory_bytes",
    ] {
        assert!(metrics.contains(name), "{name}\n{metrics}");
    }
    assert!(metrics.ends_with("# EOF\n"));
}

#[test]
fn a_page_of_another_server_may_ask_only_if_it_is_named() {
    let origin = "https://editor.example";
    let ask = |service: &Service| {
        let headers = [("origin", origin), ("access-control-request-method", "POST")];
        service
            .send("OPTIONS", "/v2/check", &headers, b"")
            .header("access-control-allow-origin")
            .map(str::to_owned)
    };
    assert_eq!(ask(service()), None);
    assert_eq!(ask(&Service::start(Limits::default(), &[origin])).as_deref(), Some(origin));
    assert_eq!(ask(&Service::start(Limits::default(), &["https://other.example"])), None);
    assert_eq!(ask(&Service::start(Limits::default(), &["*"])).as_deref(), Some("*"));
}

#[test]
fn the_description_refers_to_what_is_there() {
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str));
                object.values().for_each(|value| references(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let description = service().get("/openapi.json").json();
    let mut found = Vec::new();
    references(&description, &mut found);
    assert!(found.len() > 20);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("all is in one document");
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
    let parsed = oas3::from_json(description.to_string()).unwrap();
    assert_eq!(parsed.validate_version().unwrap().minor, 1);
    for (path, method, operation) in parsed.operations() {
        assert!(operation.operation_id.is_some() && operation.summary.is_some(), "{method} {path}");
        let status = service().send(method.as_str(), &path, &[], b"").status;
        assert!(status != 404 && status != 405, "{method} {path} is not served");
    }
}
