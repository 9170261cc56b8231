//! The rules of the protocol: what comes first, what comes last, what is wrong.

use crate::client::{Client, able};
use crate::{DAMAGED, UNTITLED};
use serde_json::{Value, json};

const NOT_INITIALIZED: i32 = -32002;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;
const CANCELLED: i32 = -32800;

#[test]
fn initialize_comes_first_and_once() {
    let mut client = Client::fresh();
    assert_eq!(client.request("textDocument/hover", json!({})), Err(NOT_INITIALIZED));
    assert_eq!(client.request("initialize", json!({"capabilities": 5})), Err(INVALID_PARAMS));
    client.open(UNTITLED, "plaintext", "passed over");
    let result = client.request("initialize", json!({"capabilities": {}})).unwrap();
    assert_eq!(result["serverInfo"]["name"], "mtlint");
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.request("initialize", json!({"capabilities": {}})), Err(INVALID_REQUEST));
    assert!(client.end());
}

#[test]
fn nothing_but_exit_comes_after_shutdown() {
    let mut client = Client::start(able());
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.request("shutdown", Value::Null), Err(INVALID_REQUEST));
    assert_eq!(client.request("textDocument/hover", json!({})), Err(INVALID_REQUEST));
    assert!(client.quit());
}

#[test]
fn leaving_without_shutdown_is_no_good_order() {
    assert!(!Client::start(able()).quit());
    assert!(!Client::start(able()).hang_up());
    assert!(!Client::fresh().quit());
}

#[test]
fn what_is_unknown_or_wrong_is_told() {
    let mut client = Client::start(able());
    assert_eq!(client.request("textDocument/rename", json!({})), Err(METHOD_NOT_FOUND));
    assert_eq!(client.request("textDocument/hover", json!({"textDocument": 1})), Err(INVALID_PARAMS));
    let not_open = json!({"textDocument": {"uri": "file:///nowhere.txt"}});
    assert_eq!(client.request("textDocument/diagnostic", not_open), Err(INVALID_PARAMS));
    assert_eq!(client.request("codeAction/resolve", json!({"title": "x"})), Err(INVALID_PARAMS));
    // Notifications have no answer: the server goes on.
    client.notify("textDocument/didOpen", json!({"textDocument": "wrong"}));
    assert!(client.heard("window/logMessage")["message"].as_str().unwrap().contains("passed over"));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": "file:///nowhere.txt"}}));
    client.notify("$/setTrace", json!({"value": "off"}));
    client.change("file:///nowhere.txt", 2, (0, 0), (0, 0), "x");
    client.open(UNTITLED, "plaintext", DAMAGED);
    client.change(UNTITLED, 2, (70, 7), (90, 0), "\n");
    assert_eq!(client.pull(UNTITLED).len(), 1);
    assert!(client.end());
}

#[test]
fn a_request_is_cancelled_while_it_waits() {
    let mut client = Client::start(able());
    // Long enough that the check is still going on when the cancellation comes.
    client.open(UNTITLED, "plaintext", &DAMAGED.repeat(5000));
    let id = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": UNTITLED}}));
    client.notify("$/cancelRequest", json!({"id": 2}));
    assert_eq!(client.answer(&id), Err(CANCELLED));
    // One that is unknown or was answered before is no trouble.
    client.notify("$/cancelRequest", json!({"id": "no such"}));
    client.notify("$/cancelRequest", json!({"id": 2}));
    assert!(client.end());
}

#[test]
fn a_question_about_the_old_text_is_refused() {
    const CONTENT_MODIFIED: i32 = -32801;
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", &DAMAGED.repeat(5000));
    let place = json!({"textDocument": {"uri": UNTITLED}, "position": {"line": 1, "character": 24}});
    let hover = client.ask("textDocument/hover", place);
    let diagnostics = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": UNTITLED}}));
    client.change(UNTITLED, 2, (1, 0), (99_999, 0), "");
    assert_eq!(client.answer(&hover), Err(CONTENT_MODIFIED));
    // Diagnostics are those of the newest text.
    assert_eq!(client.answer(&diagnostics).unwrap()["items"], json!([]));
    assert!(client.end());
}
