//! A client that talks to a server in the same process.

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long an answer may take: much longer than it does.
const PATIENCE: Duration = Duration::from_secs(60);

/// All that a client can do.
pub fn able() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true},
            "diagnostic": {},
            "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]}},
            "hover": {"contentFormat": ["markdown"]},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true},
            "configuration": true,
            "didChangeWatchedFiles": {"dynamicRegistration": true},
            "diagnostics": {"refreshSupport": true},
            "codeLens": {"refreshSupport": true},
        },
    })
}

pub struct Client {
    connection: Connection,
    server: Option<JoinHandle<bool>>,
    last_id: i32,
    /// What the server said that nobody has asked about yet.
    heard: VecDeque<Message>,
    /// What the client answers to `workspace/configuration`.
    pub settings: Value,
    pub capabilities: Value,
}

impl Client {
    /// A server that has been told nothing yet.
    pub fn fresh() -> Self {
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(|| mtlint::lsp::serve(other));
        let (server, heard) = (Some(server), VecDeque::new());
        Self { connection, server, last_id: 0, heard, settings: Value::Null, capabilities: Value::Null }
    }

    /// A server that is ready, for a client that can do this.
    pub fn start(capabilities: Value) -> Self {
        Self::start_with(capabilities, json!({}))
    }

    /// The same with more parameters of `initialize`.
    pub fn start_with(capabilities: Value, more: Value) -> Self {
        let mut client = Self::fresh();
        let mut params = json!({"processId": null, "rootUri": null, "capabilities": capabilities});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let result = client.request("initialize", params).unwrap();
        client.capabilities = result["capabilities"].clone();
        client.notify("initialized", json!({}));
        client
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    /// Sends a request without waiting for its answer.
    pub fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        self.connection.sender.send(Request::new(id.clone(), method.to_owned(), params).into()).unwrap();
        id
    }

    /// The answer to a request, or the code of its error.
    pub fn answer(&mut self, id: &RequestId) -> Result<Value, i32> {
        let message = self.wait(|message| matches!(message, Message::Response(it) if it.id == *id));
        let Message::Response(Response { response_result, .. }) = message else { unreachable!() };
        response_result.map_err(|error| error.code)
    }

    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, i32> {
        let id = self.ask(method, params);
        self.answer(&id)
    }

    /// The parameters of the next notification of this method.
    pub fn heard(&mut self, method: &str) -> Value {
        let message =
            self.wait(|message| matches!(message, Message::Notification(it) if it.method == method));
        let Message::Notification(Notification { params, .. }) = message else { unreachable!() };
        params
    }

    /// The parameters of the next request of the server, which is answered with nothing.
    pub fn asked(&mut self, method: &str) -> Value {
        let message = self.wait(|message| matches!(message, Message::Request(it) if it.method == method));
        let Message::Request(Request { params, .. }) = message else { unreachable!() };
        params
    }

    fn wait(&mut self, wanted: impl Fn(&Message) -> bool) -> Message {
        if let Some(index) = self.heard.iter().position(&wanted) {
            return self.heard.remove(index).unwrap();
        }
        loop {
            let message =
                self.connection.receiver.recv_timeout(PATIENCE).expect("the server answers in time");
            if let Message::Request(request) = &message {
                let settings = json!([self.settings]);
                let is_configuration = request.method == "workspace/configuration";
                let result = if is_configuration { settings } else { Value::Null };
                self.connection.sender.send(Response::new_ok(request.id.clone(), result).into()).unwrap();
            }
            if wanted(&message) {
                return message;
            }
            self.heard.push_back(message);
        }
    }

    pub fn open(&self, uri: &str, language_id: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language_id, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces what lies between two places, each a line and a character.
    pub fn change(&self, uri: &str, version: i32, start: (u32, u32), end: (u32, u32), text: &str) {
        let place = |(line, character): (u32, u32)| json!({"line": line, "character": character});
        let change = json!({"range": {"start": place(start), "end": place(end)}, "text": text});
        let document = json!({"uri": uri, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [change]});
        self.notify("textDocument/didChange", params);
    }

    /// The diagnostics of a document, pulled.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({"textDocument": {"uri": uri}})).unwrap();
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// The actions of these kinds at a range; all kinds when there are none.
    pub fn actions(&mut self, uri: &str, range: &Value, only: &[&str]) -> Vec<Value> {
        let mut context = json!({"diagnostics": []});
        if !only.is_empty() {
            context["only"] = json!(only);
        }
        let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// The action with its edit, which the client asks for if it is not there.
    pub fn resolve(&mut self, action: &Value) -> Value {
        match action.get("edit") {
            Some(_) => action.clone(),
            None => self.request("codeAction/resolve", action.clone()).unwrap(),
        }
    }

    /// Says `shutdown` and `exit`; whether the server ended in good order.
    pub fn end(mut self) -> bool {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }

    /// Says `exit` alone.
    pub fn quit(mut self) -> bool {
        self.notify("exit", Value::Null);
        self.server.take().unwrap().join().unwrap()
    }

    /// Is gone without a word.
    pub fn hang_up(self) -> bool {
        let Self { connection, server, .. } = self;
        drop(connection);
        server.unwrap().join().unwrap()
    }
}

/// The text after the edits of an action, whose places are in UTF-16.
pub fn apply(text: &str, action: &Value) -> String {
    let changes = action["edit"]["documentChanges"].as_array();
    let edits = match changes {
        Some(changes) => &changes[0]["edits"],
        None => action["edit"]["changes"].as_object().unwrap().values().next().unwrap(),
    };
    let mut edits: Vec<(std::ops::Range<usize>, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| (range(text, &edit["range"]), edit["newText"].as_str().unwrap().to_owned()))
        .collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse((range.start, range.end)));
    let mut out = text.to_owned();
    edits.into_iter().for_each(|(range, insert)| out.replace_range(range, &insert));
    out
}

/// The bytes of a range in UTF-16, found in another way than the server's.
pub fn range(text: &str, range: &Value) -> std::ops::Range<usize> {
    let offset = |place: &Value| {
        let (line, character) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
        let mut at = (0, 0);
        let mut chars = text.char_indices().peekable();
        while let Some((offset, char)) = chars.next() {
            if at == (line, character) {
                return offset;
            }
            let ends_line = char == '\n' || char == '\r' && chars.peek().is_none_or(|next| next.1 != '\n');
            at = if ends_line { (at.0 + 1, 0) } else { (at.0, at.1 + char.len_utf16() as u64) };
        }
        assert_eq!(at, (line, character), "the place lies in the text");
        text.len()
    };
    offset(&range["start"])..offset(&range["end"])
}
