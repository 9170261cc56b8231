//! The server as a process of its own.

use crate::DAMAGED;
use crate::UNTITLED;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

fn start() -> Child {
    Command::new(env!("CARGO_BIN_EXE_mtlint"))
        .args(["server", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn send(server: &mut Child, body: &str) {
    let input = server.stdin.as_mut().unwrap();
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
}

fn read(output: &mut BufReader<ChildStdout>) -> Value {
    let mut header = String::new();
    output.read_line(&mut header).unwrap();
    let length: usize = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
    output.read_line(&mut header).unwrap();
    let mut body = vec![0; length];
    output.read_exact(&mut body).unwrap();
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn a_client_is_served_over_standard_input_and_output() {
    let mut server = start();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let message = |value: Value| value.to_string();
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    send(
        &mut server,
        &message(json!({"jsonrpc": "2.0", "id": "a", "method": "initialize", "params": params})),
    );
    assert_eq!(read(&mut output)["id"], "a");
    send(&mut server, &message(json!({"jsonrpc": "2.0", "method": "initialized", "params": {}})));
    // What cannot be understood is told, and the rest is understood.
    send(&mut server, "{\"jsonrpc\": ");
    assert_eq!(read(&mut output)["method"], "window/logMessage");
    let document = json!({"uri": UNTITLED, "languageId": "plaintext", "version": 1, "text": DAMAGED});
    let open = json!({"textDocument": document});
    send(&mut server, &message(json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": open})));
    let told = read(&mut output);
    assert_eq!(told["params"]["diagnostics"].as_array().unwrap().len(), 1, "{told}");
    send(&mut server, &message(json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})));
    assert_eq!(read(&mut output), json!({"jsonrpc": "2.0", "id": 2, "result": null}));
    send(&mut server, &message(json!({"jsonrpc": "2.0", "method": "exit"})));
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

#[test]
fn a_client_that_is_gone_ends_the_server() {
    let mut server = start();
    drop(server.stdin.take());
    assert_eq!(server.wait().unwrap().code(), Some(1));
}

#[test]
fn a_message_beyond_all_measure_ends_the_server_with_a_word() {
    let mut server = start();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    write!(server.stdin.as_mut().unwrap(), "Content-Length: 99999999999999\r\n\r\n{{").unwrap();
    let told = read(&mut output);
    assert_eq!(told["method"], "window/logMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("99999999999999 bytes"), "{told}");
    assert_eq!(server.wait().unwrap().code(), Some(1));
}

#[test]
fn a_client_that_goes_without_shutdown_is_told_by_the_exit_code() {
    let mut server = start();
    send(&mut server, &json!({"jsonrpc": "2.0", "method": "exit"}).to_string());
    assert_eq!(server.wait().unwrap().code(), Some(1));
}
