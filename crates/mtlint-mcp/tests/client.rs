//! The server as a client of the SDK sees it.

use mtlint_engine::config::{Overrides, today};
use mtlint_engine::lint::AllSettings;
use mtlint_mcp::Server;
use rmcp::model::{CallToolRequest, CallToolRequestParams, CallToolResult, ClientRequest, JsonObject, Tool};
use rmcp::service::{PeerRequestOptions, RunningService};
use rmcp::{RoleClient, ServiceError, ServiceExt};
use serde_json::{Value, json};
use std::path::Path;

/// Damage that a safe fix mends, and damage that asks for a look.
const TEXT: &str = "The ferry left at noon. . It came back at night.";

async fn connect() -> RunningService<RoleClient, ()> {
    let (ours, theirs) = tokio::io::duplex(1 << 20);
    let mut settings = AllSettings::new(Overrides::default(), true, Some(today()));
    let server = Server::new(settings.of_file(Path::new("text")).unwrap());
    tokio::spawn(async move { server.serve(theirs).await.unwrap().waiting().await });
    ().serve(ours).await.unwrap()
}

fn call_of(tool: &'static str, arguments: Value) -> CallToolRequestParams {
    let Value::Object(arguments) = arguments else { panic!("{arguments}") };
    let mut call = CallToolRequestParams::new(tool);
    call.arguments = Some(arguments);
    call
}

async fn call(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    arguments: Value,
) -> CallToolResult {
    client.call_tool(call_of(tool, arguments)).await.unwrap()
}

/// What the assistant reads.
fn words(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

fn tool<'t>(tools: &'t [Tool], name: &str) -> &'t Tool {
    tools.iter().find(|tool| tool.name == name).unwrap()
}

fn is_valid(schema: &JsonObject, value: &Value) -> bool {
    jsonschema::validator_for(&Value::Object(schema.clone())).unwrap().is_valid(value)
}

#[tokio::test]
async fn answers_are_as_the_schemas_have_them() {
    let client = connect().await;
    let tools = client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, ["check", "fix", "explain"]);
    for (name, arguments) in [
        ("check", json!({ "text": TEXT, "language": "en", "evidence": true })),
        ("fix", json!({ "text": TEXT, "unsafe_fixes": true })),
        ("explain", json!({ "rule": "punctuation/repeated-stop" })),
    ] {
        let tool = tool(&tools, name);
        assert!(is_valid(&tool.input_schema, &arguments), "{name}");
        assert!(!is_valid(&tool.input_schema, &json!({ "no such": 1 })), "{name}");
        let result = call(&client, name, arguments).await;
        assert_ne!(result.is_error, Some(true), "{name}: {}", words(&result));
        let answer = result.structured_content.unwrap();
        assert!(is_valid(tool.output_schema.as_ref().unwrap(), &answer), "{name}: {answer}");
    }
}

#[tokio::test]
async fn damage_is_found_and_mended() {
    let client = connect().await;
    let found = call(&client, "check", json!({ "text": TEXT })).await.structured_content.unwrap();
    let findings = found["documents"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{found}");
    assert_eq!(findings[0]["rule"], "punctuation/repeated-stop");
    let fixed = call(&client, "fix", json!({ "text": TEXT })).await.structured_content.unwrap();
    assert_eq!(fixed["fixed"]["text"], "The ferry left at noon. It came back at night.");
    assert_eq!(fixed["documents"][0]["findings"], json!([]));
}

#[tokio::test]
async fn the_source_is_evidence() {
    let client = connect().await;
    let pair = json!({
        "text": "The parcel weighs 48 kg.", "language": "en",
        "source": "Das Paket wiegt 84 kg.", "source_language": "de",
    });
    let found = call(&client, "check", pair).await.structured_content.unwrap();
    let findings = found["documents"][0]["findings"].as_array().unwrap();
    assert!(!findings.is_empty(), "48 for 84: {found}");
}

#[tokio::test]
async fn a_rule_is_explained() {
    let client = connect().await;
    let told = call(&client, "explain", json!({ "rule": "quotation/closed-early" })).await;
    assert!(words(&told).starts_with("# quotation/closed-early\n"), "{}", words(&told));
    assert!(words(&told).contains("- Bad: "), "{}", words(&told));
}

#[tokio::test]
async fn a_mistake_is_told_so_that_an_assistant_can_mend_it() {
    let client = connect().await;
    for (tool, arguments, told) in [
        ("check", json!({}), "missing field `text`"),
        ("check", json!({ "text": "", "lang": "en" }), "unknown field `lang`"),
        ("check", json!({ "text": "", "select": ["no-such"] }), "no-such"),
        ("fix", json!({ "text": "", "language": "Klingon" }), "`language`"),
        ("explain", json!({ "rule": "quotation/closed-erly" }), "quotation/closed-early"),
    ] {
        let result = call(&client, tool, arguments).await;
        assert_eq!(result.is_error, Some(true), "{tool}");
        assert!(words(&result).contains(told), "{}", words(&result));
    }
    let error = client.call_tool(call_of("translate", json!({}))).await.unwrap_err();
    let ServiceError::McpError(error) = error else { panic!("{error}") };
    assert!(error.message.contains("`translate`") && error.message.contains("`check`"), "{}", error.message);
}

#[tokio::test]
async fn what_is_cancelled_makes_room_for_the_next() {
    let client = connect().await;
    // More than are checked at once, each some tenths of a second of work.
    let long = TEXT.repeat(4_000);
    for _ in 0..64 {
        let request = CallToolRequest::new(call_of("check", json!({ "text": long })));
        let request = ClientRequest::CallToolRequest(request);
        let options = PeerRequestOptions::no_options();
        let handle = client.send_cancellable_request(request, options).await.unwrap();
        handle.cancel(None).await.unwrap();
    }
    let found = call(&client, "check", json!({ "text": TEXT })).await;
    assert_eq!(found.is_error, Some(false));
}
