//! Answers what a client asks. Texts are checked on threads of their own; a check whose client cancels it, or goes,
//! ends soon.

use crate::tools::{ExplainRequest, ToolName, tools};
use mtlint_engine::lint::Settings;
use mtlint_engine::rule::Applicability;
use mtlint_report::{JsonRule, check_answer, explanation, fix_answer};
use mtlint_requests::{Desk, Refused, Request};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, JsonObject,
    ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::stdio;
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use tokio::sync::Semaphore;

/// What assistants are told of all tools together.
const INSTRUCTIONS: &str = "mtlint finds damage in machine-translated text. Check a translation before you hand it over: \
     call `check` with the translation as `text` and what it was translated from as `source`, mend what is found or call \
     `fix`, and check again. Findings are true far more often than not, but look at each in its sentence.";

/// A server of the Model Context Protocol. Clones are one server.
#[derive(Clone, Debug)]
pub struct Server {
    desk: Arc<Desk>,
    /// How many texts are checked at once.
    free: Arc<Semaphore>,
}

/// Why a server did not serve until its client went.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// Stops a check that nobody waits for any more.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Server {
    /// A server that checks texts under these settings, unless a request asks for others.
    pub fn new(settings: Arc<Settings>) -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self { desk: Arc::new(Desk::new(settings)), free: Arc::new(Semaphore::new(processors)) }
    }

    /// Serves a client over standard input and output until it goes.
    ///
    /// # Errors
    /// When the system gives no threads, or the client does not begin as the protocol has it.
    pub fn serve_stdio(self) -> Result<(), StartError> {
        let failed = |what: &str, error: &dyn fmt::Display| StartError(format!("{what}: {error}"));
        // One thread reads and writes; the work is done by those that block.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| failed("the system gives no runtime", &error))?;
        let served = runtime.block_on(async {
            let running = self
                .serve(stdio())
                .await
                .map_err(|error| failed("the client did not begin as MCP has it", &error))?;
            running.waiting().await.map_err(|error| failed("serving ended", &error))
        });
        // A check that is under way when the client has gone is not waited for.
        runtime.shutdown_background();
        served.map(|_| ())
    }

    /// Does `work` on another thread. What it gives is told to the client; it ends early when the client cancels.
    async fn work(
        &self,
        context: &RequestContext<RoleServer>,
        work: impl FnOnce(&Desk, &AtomicBool) -> Result<Value, Refused> + Send + 'static,
    ) -> Result<CallToolResult, ErrorData> {
        let stop = Arc::new(AtomicBool::new(false));
        let _guard = StopOnDrop(stop.clone());
        let (desk, free) = (self.desk.clone(), self.free.clone());
        let job = async move {
            // The semaphore is never closed.
            let turn = free.acquire_owned().await;
            let done = tokio::task::spawn_blocking(move || {
                let done = work(&desk, &stop);
                drop(turn);
                done
            });
            done.await
        };
        let done = tokio::select! {
            done = job => done,
            () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
        };
        match done {
            Ok(Ok(answer)) => Ok(CallToolResult::structured(answer)),
            Ok(Err(Refused::Wrong(messages))) => Ok(mistake(messages.join("\n"))),
            Ok(Err(Refused::Stopped)) => Err(ErrorData::internal_error("cancelled", None)),
            // It panicked; the server goes on.
            Err(_) => Err(ErrorData::internal_error("mtlint failed on this text: a fault of its own", None)),
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let this = Implementation::new("mtlint", env!("CARGO_PKG_VERSION")).with_title("mtlint");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(this)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools()))
    }

    async fn call_tool(
        &self,
        call: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = ToolName::of(&call.name) else {
            let message = format!("there is no tool `{}`; there are {}", call.name, ToolName::known());
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = call.arguments.unwrap_or_default();
        let result = match tool {
            ToolName::Check => match read::<Request>(tool, arguments) {
                Ok(request) => self.work(&context, move |desk, stop| check(desk, &request, stop)).await?,
                Err(mistake) => mistake,
            },
            ToolName::Fix => match read::<Request>(tool, arguments) {
                Ok(request) => self.work(&context, move |desk, stop| fix(desk, &request, stop)).await?,
                Err(mistake) => mistake,
            },
            ToolName::Explain => match read::<ExplainRequest>(tool, arguments) {
                Ok(request) => explain(&self.desk, &request),
                Err(mistake) => mistake,
            },
        };
        Ok(result.into())
    }
}

/// The arguments of a call, or a result that says what is wrong with them: the assistant can mend that itself.
fn read<T: DeserializeOwned>(tool: ToolName, arguments: JsonObject) -> Result<T, CallToolResult> {
    serde_json::from_value(Value::Object(arguments)).map_err(|error| {
        mistake(format!("the arguments of `{}` are not as they should be: {error}", tool.as_str()))
    })
}

fn check(desk: &Desk, request: &Request, stop: &AtomicBool) -> Result<Value, Refused> {
    let order = desk.order(request)?;
    desk.check(order, false, stop, |checked| parsed(&check_answer(checked, request.evidence)))
}

fn fix(desk: &Desk, request: &Request, stop: &AtomicBool) -> Result<Value, Refused> {
    let order = desk.order(request)?;
    let least = if request.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    desk.fix(&order, least, stop, |outcome, checked| {
        parsed(&fix_answer(checked, &outcome.applied, outcome.is_stable, request.evidence))
    })
}

/// The rule in Markdown for reading, and as JSON.
fn explain(desk: &Desk, request: &ExplainRequest) -> CallToolResult {
    match desk.registry().find(&request.rule) {
        Ok(rule) => {
            // Strings, numbers and lists are always valid JSON.
            let json = serde_json::to_value(JsonRule::of(rule)).unwrap_or_default();
            let mut result = CallToolResult::structured(json);
            result.content = vec![ContentBlock::text(format!("# {}\n\n{}", rule.id, explanation(rule)))];
            result
        }
        Err(message) => mistake(message),
    }
}

/// An answer that was written as JSON.
fn parsed(answer: &[u8]) -> Value {
    serde_json::from_slice(answer).unwrap_or_default()
}

/// A result that tells the assistant what to do otherwise.
fn mistake(message: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(message)])
}
