//! The loop of the server: takes messages and outcomes of checks, keeps what is open, and answers.

use super::actions::Actions;
use super::analysis::{Analysis, Job, Told, Worker};
use super::buffer::Buffer;
use super::client::{Client, Options};
use super::{diagnostics, glossary, hover, lens, transport};
use crossbeam_channel::{Receiver, Sender, never, select};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self as note, Notification as _};
use lsp_types::request::{self as ask, Request as _};
use lsp_types::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::thread;

/// Serves the client of a connection until it says `exit` or is gone. Whether it took leave as the
/// protocol asks: `shutdown` first.
pub fn serve(connection: Connection) -> bool {
    let mut server = Server {
        out: connection.sender,
        stage: Stage::Fresh,
        client: Client::default(),
        options: Options::default(),
        worker: None,
        outcomes: never(),
        buffers: BTreeMap::new(),
        waiting: Vec::new(),
        asked: HashMap::new(),
        last_id: 0,
    };
    loop {
        select! {
            recv(connection.receiver) -> message => match message {
                Ok(Message::Notification(it)) if it.method == note::Exit::METHOD => break,
                Ok(Message::Notification(it)) if it.method == transport::BROKEN => {
                    let told = it.params.as_str().unwrap_or_default();
                    server.log(&format!("the connection is given up: {told}"));
                    eprintln!("error: {told}");
                    return false;
                }
                Ok(message) => server.take(message),
                Err(_) => return false,
            },
            recv(server.outcomes) -> told => match told {
                Ok(told) => server.hear(told),
                // The thread that checks is gone, which only a fault can do.
                Err(_) => server.outcomes = never(),
            },
        }
    }
    matches!(server.stage, Stage::Closing)
}

/// How far the client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It has not said `initialize`.
    Fresh,
    Open,
    /// It has said `shutdown`.
    Closing,
}

/// A request that is answered when its document is checked.
struct Waiting {
    id: RequestId,
    uri: String,
    question: Question,
}

#[derive(Clone)]
enum Question {
    Diagnostics { known: Option<String> },
    Actions(CodeActionParams),
    Hover(Position),
    Lenses,
}

/// What the server has asked the client for.
enum Asked {
    Configuration,
    /// Whatever the answer is.
    Anything,
}

struct Server {
    out: Sender<Message>,
    stage: Stage,
    client: Client,
    options: Options,
    /// From `initialize` on.
    worker: Option<Worker>,
    outcomes: Receiver<Told>,
    /// What is open, by address.
    buffers: BTreeMap<String, Buffer>,
    waiting: Vec<Waiting>,
    asked: HashMap<RequestId, Asked>,
    last_id: i32,
}

impl Server {
    fn take(&mut self, message: Message) {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(notice) => self.notice(notice),
            Message::Response(response) => self.response(response),
        }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let is_first = method == ask::Initialize::METHOD;
        match self.stage {
            Stage::Fresh if !is_first => {
                return self.fail(id, ErrorCode::ServerNotInitialized, "`initialize` comes first");
            }
            Stage::Open if is_first => {
                return self.fail(id, ErrorCode::InvalidRequest, "`initialize` comes once");
            }
            Stage::Closing => {
                return self.fail(id, ErrorCode::InvalidRequest, "nothing comes after `shutdown`");
            }
            _ => {}
        }
        match method.as_str() {
            ask::Initialize::METHOD => self.initialize(id, params),
            ask::Shutdown::METHOD => {
                self.stage = Stage::Closing;
                self.answer(id, Value::Null);
            }
            ask::DocumentDiagnosticRequest::METHOD => {
                self.with(id, params, |server, id, params: DocumentDiagnosticParams| {
                    let question = Question::Diagnostics { known: params.previous_result_id };
                    server.question(id, &params.text_document.uri, question);
                });
            }
            ask::CodeActionRequest::METHOD => {
                self.with(id, params, |server, id, params: CodeActionParams| {
                    let uri = params.text_document.uri.clone();
                    server.question(id, &uri, Question::Actions(params));
                })
            }
            ask::CodeActionResolveRequest::METHOD => self.with(id, params, Self::resolve),
            ask::HoverRequest::METHOD => self.with(id, params, |server, id, params: HoverParams| {
                let TextDocumentPositionParams { text_document, position } =
                    params.text_document_position_params;
                server.question(id, &text_document.uri, Question::Hover(position));
            }),
            ask::CodeLensRequest::METHOD => self.with(id, params, |server, id, params: CodeLensParams| {
                server.question(id, &params.text_document.uri, Question::Lenses);
            }),
            ask::ExecuteCommand::METHOD => self.with(id, params, Self::execute),
            _ => self.fail(id, ErrorCode::MethodNotFound, &format!("mtlint knows no `{method}`")),
        }
    }

    fn notice(&mut self, Notification { method, params }: Notification) {
        if method == transport::MALFORMED {
            let told = params.as_str().unwrap_or_default();
            return self.log(&format!("a message that cannot be understood was passed over: {told}"));
        }
        if self.stage != Stage::Open {
            return;
        }
        match method.as_str() {
            note::Initialized::METHOD => self.initialized(),
            note::DidOpenTextDocument::METHOD => {
                self.noting(params, |server, params: DidOpenTextDocumentParams| {
                    let TextDocumentItem { uri, language_id, version, text } = params.text_document;
                    let key = uri.as_str().to_owned();
                    server.buffers.insert(key.clone(), Buffer::new(uri, &language_id, version, text));
                    server.check(&key);
                })
            }
            note::DidChangeTextDocument::METHOD => self.noting(params, Self::changed),
            note::DidCloseTextDocument::METHOD => {
                self.noting(params, |server, params: DidCloseTextDocumentParams| {
                    server.close(&params.text_document.uri);
                });
            }
            // A client that does not watch files may have saved the configuration.
            note::DidSaveTextDocument::METHOD if !self.client.watches_files => self.reload(),
            note::DidChangeWatchedFiles::METHOD => self.reload(),
            note::DidChangeConfiguration::METHOD => {
                if self.client.tells_configuration {
                    self.ask_configuration();
                } else {
                    let settings = params.get("settings");
                    let own = settings.and_then(|settings| settings.get("mtlint")).or(settings);
                    self.configure(own.unwrap_or(&Value::Null));
                }
            }
            note::Cancel::METHOD => self.noting(params, |server, params: CancelParams| {
                let id = match params.id {
                    NumberOrString::Number(number) => RequestId::from(number),
                    NumberOrString::String(string) => RequestId::from(string),
                };
                server.cancel(&id);
            }),
            // `$/…` may be ignored, and so may what this version of the protocol does not know.
            _ => {}
        }
    }

    fn response(&mut self, response: Response) {
        let Some(Asked::Configuration) = self.asked.remove(&response.id) else { return };
        match response.response_result {
            Ok(value) => self.configure(value.get(0).unwrap_or(&Value::Null)),
            Err(error) => self.log(&format!("the editor tells no settings: {}", error.message)),
        }
    }

    /// What the thread that checks has to say.
    fn hear(&mut self, told: Told) {
        match told {
            Told::Checked(analysis) => self.checked(&analysis),
            Told::Trouble(problems) if problems.is_empty() => {}
            Told::Trouble(problems) => {
                let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
                self.show(MessageType::ERROR, &format!("mtlint checks nothing here:\n{}", lines.join("\n")));
            }
            Told::Fault(message) => self.log(&message),
        }
    }

    // The beginning.

    fn initialize(&mut self, id: RequestId, given: Value) {
        let params = match serde_json::from_value::<InitializeParams>(given.clone()) {
            Ok(params) => params,
            Err(error) => return self.fail(id, ErrorCode::InvalidParams, &error.to_string()),
        };
        self.client = Client::new(&params, &given);
        let (worker, outcomes) = Worker::start(self.client.folder.clone());
        self.worker = Some(worker);
        self.outcomes = outcomes;
        self.stage = Stage::Open;
        self.configure(&params.initialization_options.unwrap_or_default());
        let info = ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        };
        self.answer(id, InitializeResult { capabilities: self.client.offer(), server_info: Some(info) });
    }

    fn initialized(&mut self) {
        if self.client.watches_files {
            // Configurations, what is ignored beside a text, and rules of the user's own.
            let files = GlobPattern::String("**/*.toml".to_owned());
            let watchers = vec![FileSystemWatcher { glob_pattern: files, kind: None }];
            let options = DidChangeWatchedFilesRegistrationOptions { watchers };
            let registration = Registration {
                id: "mtlint-files".to_owned(),
                method: note::DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            };
            let params = RegistrationParams { registrations: vec![registration] };
            self.ask(ask::RegisterCapability::METHOD, params, Asked::Anything);
        }
        self.ask_configuration();
    }

    // Configuration.

    fn ask_configuration(&mut self) {
        if self.client.tells_configuration {
            let item = ConfigurationItem { scope_uri: None, section: Some("mtlint".to_owned()) };
            let params = ConfigurationParams { items: vec![item] };
            self.ask(ask::WorkspaceConfiguration::METHOD, params, Asked::Configuration);
        }
    }

    fn configure(&mut self, value: &Value) {
        let (options, problems) = Options::read(value);
        if !problems.is_empty() {
            self.show(MessageType::WARNING, &problems.join("\n"));
        }
        self.job(Job::Configure { overrides: options.overrides.clone(), isolated: options.isolated });
        self.options = options;
        self.check_all();
    }

    fn reload(&mut self) {
        self.job(Job::Reload);
        self.check_all();
    }

    // Documents.

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let encoding = self.client.encoding;
        let Some(buffer) = self.buffers.get_mut(uri.as_str()) else {
            return self.log(&format!("{} was changed but is not open", uri.as_str()));
        };
        buffer.change(version, params.content_changes, encoding);
        // Their places are those of the old text; diagnostics are asked for without a place.
        let is_stale = |waiting: &Waiting| {
            waiting.uri == uri.as_str() && !matches!(waiting.question, Question::Diagnostics { .. })
        };
        for waiting in self.waiting.extract_if(.., |waiting| is_stale(waiting)).collect::<Vec<_>>() {
            self.fail(waiting.id, ErrorCode::ContentModified, "the document was changed");
        }
        self.check(uri.as_str());
    }

    fn close(&mut self, uri: &Uri) {
        if self.buffers.remove(uri.as_str()).is_none() {
            return;
        }
        let of_it = |waiting: &mut Waiting| waiting.uri == uri.as_str();
        for waiting in self.waiting.extract_if(.., of_it).collect::<Vec<_>>() {
            self.fail(waiting.id, ErrorCode::ContentModified, "the document was closed");
        }
        self.job(Job::Forget(uri.clone()));
        self.publish(PublishDiagnosticsParams::new(uri.clone(), Vec::new(), None));
    }

    fn check(&mut self, uri: &str) {
        if let Some(snapshot) = self.buffers.get_mut(uri).map(Buffer::snapshot) {
            self.job(Job::Check(snapshot));
        }
    }

    fn check_all(&mut self) {
        for uri in self.buffers.keys().cloned().collect::<Vec<_>>() {
            self.check(&uri);
        }
        if !self.buffers.is_empty() {
            if self.client.pulls_diagnostics && self.client.refreshes_diagnostics {
                self.ask(ask::WorkspaceDiagnosticRefresh::METHOD, Value::Null, Asked::Anything);
            }
            if self.client.refreshes_lenses {
                self.ask(ask::CodeLensRefresh::METHOD, Value::Null, Asked::Anything);
            }
        }
    }

    fn checked(&mut self, analysis: &Arc<Analysis>) {
        let Some(buffer) = self.buffers.get_mut(analysis.uri.as_str()) else { return };
        if !buffer.accept(analysis) {
            return;
        }
        let version = buffer.version;
        if !self.client.pulls_diagnostics {
            let diagnostics = diagnostics::all(analysis, &self.client, &self.options);
            self.publish(PublishDiagnosticsParams::new(analysis.uri.clone(), diagnostics, Some(version)));
        }
        let of_it = |waiting: &mut Waiting| waiting.uri == analysis.uri.as_str();
        for waiting in self.waiting.extract_if(.., of_it).collect::<Vec<_>>() {
            self.respond(waiting.id, waiting.question, analysis, version);
        }
    }

    fn publish(&self, params: PublishDiagnosticsParams) {
        if !self.client.pulls_diagnostics {
            self.tell(note::PublishDiagnostics::METHOD, params);
        }
    }

    // Questions.

    /// Answers at once if the document is checked, or else when it is.
    fn question(&mut self, id: RequestId, uri: &Uri, question: Question) {
        let Some(buffer) = self.buffers.get(uri.as_str()) else {
            return self.fail(id, ErrorCode::InvalidParams, &format!("{} is not open", uri.as_str()));
        };
        match buffer.analysis().cloned() {
            Some(analysis) => self.respond(id, question, &analysis, buffer.version),
            None => self.waiting.push(Waiting { id, uri: uri.as_str().to_owned(), question }),
        }
    }

    fn respond(&self, id: RequestId, question: Question, analysis: &Arc<Analysis>, version: i32) {
        let (client, options) = (&self.client, &self.options);
        match question {
            Question::Diagnostics { known } => {
                let items = diagnostics::all(analysis, client, options);
                self.answer(id, report(items, known));
            }
            Question::Hover(position) => self.answer(id, hover::at(analysis, client, options, position)),
            Question::Lenses => {
                let lens = options.code_lens.then(|| lens::score(analysis)).flatten();
                self.answer(id, Vec::from_iter(lens));
            }
            Question::Actions(params) => {
                self.aside(id, analysis, version, move |actions| json!(actions.at(&params)));
            }
        }
    }

    /// Finds out the edit of an action that applies all safe fixes.
    fn resolve(&mut self, id: RequestId, action: CodeAction) {
        let data = action.data.clone().unwrap_or_default();
        let uri = data.get("uri").and_then(Value::as_str).unwrap_or_default();
        let Some(buffer) = self.buffers.get(uri) else {
            return self.fail(id, ErrorCode::InvalidParams, "the action is for no open document");
        };
        match buffer.analysis() {
            Some(analysis) if data.get("version") == Some(&json!(buffer.version)) => {
                let version = buffer.version;
                self.aside(id, analysis, version, move |actions| json!(actions.resolve_fix_all(action)));
            }
            _ => self.fail(id, ErrorCode::ContentModified, "the document was changed"),
        }
    }

    fn execute(&mut self, id: RequestId, params: ExecuteCommandParams) {
        if params.command != glossary::ADD {
            let message = format!("mtlint knows no command `{}`", params.command);
            return self.fail(id, ErrorCode::InvalidParams, &message);
        }
        match glossary::add(&params.arguments) {
            Ok(()) => {
                self.answer(id, Value::Null);
                self.reload();
            }
            Err(message) => self.fail(id, ErrorCode::RequestFailed, &message),
        }
    }

    /// Answers from a thread of its own: what applies fixes may take a while.
    fn aside(
        &self,
        id: RequestId,
        analysis: &Arc<Analysis>,
        version: i32,
        answer: impl FnOnce(&Actions<'_>) -> Value + Send + 'static,
    ) {
        let (client, options) = (self.client.clone(), self.options.clone());
        let (analysis, out) = (Arc::clone(analysis), self.out.clone());
        thread::spawn(move || {
            let actions = Actions { analysis: &analysis, version, client: &client, options: &options };
            let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| answer(&actions)));
            let response = match answer {
                Ok(value) => Response::new_ok(id, value),
                Err(_) => {
                    let message = "internal error, please report it".to_owned();
                    Response::new_err(id, ErrorCode::InternalError as i32, message)
                }
            };
            let _ = out.send(response.into());
        });
    }

    fn cancel(&mut self, id: &RequestId) {
        if let Some(index) = self.waiting.iter().position(|waiting| waiting.id == *id) {
            let waiting = self.waiting.swap_remove(index);
            self.fail(waiting.id, ErrorCode::RequestCanceled, "cancelled");
        }
    }

    // Messages.

    /// Handles a request whose parameters are of this type.
    fn with<P: DeserializeOwned>(
        &mut self,
        id: RequestId,
        params: Value,
        handle: impl FnOnce(&mut Self, RequestId, P),
    ) {
        match serde_json::from_value(params) {
            Ok(params) => handle(self, id, params),
            Err(error) => self.fail(id, ErrorCode::InvalidParams, &error.to_string()),
        }
    }

    /// Handles a notification whose parameters are of this type.
    fn noting<P: DeserializeOwned>(&mut self, params: Value, handle: impl FnOnce(&mut Self, P)) {
        match serde_json::from_value(params) {
            Ok(params) => handle(self, params),
            Err(error) => self.log(&format!("a notification with wrong parameters was passed over: {error}")),
        }
    }

    fn answer(&self, id: RequestId, result: impl Serialize) {
        self.send(Response::new_ok(id, result).into());
    }

    fn fail(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.send(Response::new_err(id, code as i32, message.to_owned()).into());
    }

    fn ask(&mut self, method: &str, params: impl Serialize, asked: Asked) {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        self.asked.insert(id.clone(), asked);
        self.send(Request::new(id, method.to_owned(), params).into());
    }

    fn tell(&self, method: &str, params: impl Serialize) {
        self.send(Notification::new(method.to_owned(), params).into());
    }

    fn show(&self, typ: MessageType, message: &str) {
        self.tell(note::ShowMessage::METHOD, ShowMessageParams { typ, message: message.to_owned() });
    }

    fn log(&self, message: &str) {
        let params = LogMessageParams { typ: MessageType::ERROR, message: message.to_owned() };
        self.tell(note::LogMessage::METHOD, params);
    }

    fn send(&self, message: Message) {
        // A client that is gone takes nothing; the loop ends with its messages.
        let _ = self.out.send(message);
    }

    fn job(&self, job: Job) {
        if let Some(worker) = &self.worker {
            worker.ask(job);
        }
    }
}

/// The diagnostics as an answer to a client that knows those of the result `known`.
fn report(items: Vec<Diagnostic>, known: Option<String>) -> DocumentDiagnosticReport {
    let result_id = diagnostics::result_id(&items);
    if known.as_ref() == Some(&result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        return RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        }
        .into();
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into()
}
