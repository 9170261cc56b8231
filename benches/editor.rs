//! How long a writer waits: from a keystroke in an article to its diagnostics, in the bytes that the
//! editor reads.

mod corpus;

use corpus::article;
use divan::Bencher;
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

const URI: &str = "untitled:Untitled-1";

/// A client with an article open.
struct Client {
    connection: Connection,
    version: i32,
    /// What the editor reads last.
    bytes: Vec<u8>,
}

impl Client {
    fn start(text: &str) -> Self {
        let (connection, other) = Connection::memory();
        std::thread::spawn(|| mtlint::lsp::serve(other));
        let params = json!({"processId": null, "rootUri": null, "capabilities": {
            "textDocument": {"publishDiagnostics": {
                "relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true,
            }},
        }});
        let initialize = Request::new(RequestId::from(1), "initialize".to_owned(), params);
        connection.sender.send(initialize.into()).unwrap();
        let mut client = Self { connection, version: 1, bytes: Vec::new() };
        client.tell("initialized", json!({}));
        let document = json!({"uri": URI, "languageId": "plaintext", "version": 1, "text": text});
        client.tell("textDocument/didOpen", json!({"textDocument": document}));
        client.diagnostics();
        client
    }

    fn tell(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    /// Types a letter, or takes it back.
    fn keystroke(&mut self, line: u32) {
        self.version += 1;
        let place = |character: u32| json!({"line": line, "character": character});
        let (end, text) = if self.version % 2 == 0 { (3, "x") } else { (4, "") };
        let change = json!({"range": {"start": place(3), "end": place(end)}, "text": text});
        let document = json!({"uri": URI, "version": self.version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Waits for the diagnostics of the present version.
    fn diagnostics(&mut self) {
        loop {
            let message = self.connection.receiver.recv().unwrap();
            if let Message::Notification(told) = &message
                && told.params.get("version") == Some(&json!(self.version))
            {
                self.bytes.clear();
                return message.write(&mut self.bytes).unwrap();
            }
        }
    }
}

#[divan::bench(args = [6_000, 100_000, 1_000_000])]
fn from_keystroke_to_diagnostics(bencher: Bencher, bytes: usize) {
    let text = article(bytes, 10);
    let line = text.lines().count() as u32 / 2;
    let mut client = Client::start(&text);
    bencher.bench_local(|| {
        client.keystroke(line);
        client.diagnostics();
    });
    assert!(client.bytes.len() > bytes / 100, "the article is damaged");
}
