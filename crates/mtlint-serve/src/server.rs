//! Listening, connections, and the end of the service.

use crate::budget::Budget;
use crate::limits::Limits;
use crate::log::{Event, Level, Log};
use crate::metrics::Metrics;
use crate::pool::Pool;
use crate::routes::{App, router};
use axum::Router;
use axum::http::HeaderValue;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use mtlint_engine::lint::Settings;
use mtlint_requests::Desk;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{self, Runtime};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// How many threads read requests and write answers: what takes long is done by others.
const RUNTIME_THREADS: usize = 2;

/// The most that is kept of a request's head, in bytes: a text in a query may be so long, and no longer.
const HEAD: usize = 64 << 10;

/// How long the end waits for the requests under way beyond the time that each may take.
const GRACE: Duration = Duration::from_secs(5);

/// How long no connection is taken after the system could give none.
const PAUSE: Duration = Duration::from_millis(100);

/// What is sent to a client for which there is no place.
const NO_PLACE: &[u8] =
    b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// How the service is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0 takes any that is free.
    pub address: SocketAddr,
    pub limits: Limits,
    /// The pages of other servers that may ask from a browser, as the header `Origin` names them; `*` for all.
    pub origins: Vec<String>,
    pub log: Level,
}

/// Why the service cannot start: what is wrong, and what to do.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// A service that listens.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    app: Arc<App>,
    router: Router,
}

impl Server {
    /// Makes all ready and listens. Texts are checked under `settings`, unless a request says otherwise.
    ///
    /// # Errors
    /// When it cannot listen there, or an origin is none.
    pub fn bind(settings: Arc<Settings>, options: &Options) -> Result<Self, StartError> {
        let cannot = |error: io::Error| StartError(format!("cannot start: {error}"));
        let origins = options.origins.iter().map(|origin| read_origin(origin));
        let origins = origins.collect::<Result<Vec<_>, _>>()?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(RUNTIME_THREADS)
            .thread_name("requests")
            .enable_all()
            .build()
            .map_err(cannot)?;
        let listener = runtime.block_on(TcpListener::bind(options.address)).map_err(|error| {
            StartError(format!("cannot listen at {}: {error}; name another address", options.address))
        })?;
        let address = listener.local_addr().map_err(cannot)?;
        let desk = Arc::new(Desk::new(settings));
        let log = Log { level: options.log };
        let app = Arc::new(App {
            limits: options.limits,
            budget: Budget::new(options.limits.memory),
            pool: Pool::start(&options.limits).map_err(cannot)?,
            metrics: Metrics::new(),
            connections: Arc::new(AtomicUsize::new(0)),
            log,
            desk,
            description: OnceLock::new(),
        });
        let router = router(app.clone(), &origins);
        Ok(Self { runtime, listener, address, app, router })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets a fault of mtlint be logged by its place alone: in a process that does nothing but serve.
    pub fn take_panics(&self) {
        self.app.log.take_panics();
    }

    /// Serves until the process is told to end: by Ctrl-C, or SIGTERM where there are signals.
    ///
    /// # Errors
    /// When the system lets nobody wait for that.
    pub fn serve(self) -> Result<(), StartError> {
        let signal = {
            let _inside = self.runtime.enter();
            told_to_end().map_err(|error| StartError(format!("cannot wait for signals: {error}")))?
        };
        self.serve_until(signal);
        Ok(())
    }

    /// Serves until `end` comes. Then it takes no more connections, answers the requests under way, and returns.
    pub fn serve_until(self, end: impl Future<Output = ()>) {
        let Self { runtime, listener, address, app, router } = self;
        app.desk.warm_up();
        app.log.write(&Event::Listening { address: format!("http://{address}") });
        runtime.block_on(async {
            let open = GracefulShutdown::new();
            let mut end = std::pin::pin!(end);
            loop {
                tokio::select! {
                    accepted = listener.accept() => match accepted {
                        Ok((stream, _)) => take(&app, &router, &open, stream),
                        Err(error) => {
                            app.log.write(&Event::Accept { error: error.to_string() });
                            sleep(PAUSE).await;
                        }
                    },
                    () = &mut end => break,
                }
            }
            drop(listener);
            app.log.write(&Event::Ending { connections: app.connections.load(Ordering::Relaxed) });
            // What is not done by then is dropped with the runtime, and its check stopped.
            let _ = timeout(app.limits.time + GRACE, open.shutdown()).await;
        });
        runtime.shutdown_timeout(GRACE);
        app.log.write(&Event::Ended);
    }
}

/// One of the connections that are open.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves a connection, in a task of its own.
fn take(app: &Arc<App>, router: &Router, open: &GracefulShutdown, stream: TcpStream) {
    let place = Place(app.connections.clone());
    if app.connections.fetch_add(1, Ordering::Relaxed) >= app.limits.connections {
        // As far as it can be said without waiting.
        let _ = stream.try_write(NO_PLACE);
        return;
    }
    // Answers are written as a whole.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(app.limits.patience));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.limits.patience)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router.clone()));
    let connection = open.watch(connection);
    tokio::spawn(async move {
        // How a connection ends is the client's business.
        let _ = connection.await;
        drop(place);
    });
}

fn read_origin(origin: &str) -> Result<HeaderValue, StartError> {
    let is_one = origin == "*" || (origin.contains("://") && !origin.ends_with('/'));
    let value = HeaderValue::from_str(origin).ok().filter(|_| is_one);
    let message = || format!("`{origin}` is no origin: `https://editor.example` is one, or `*` for all");
    value.ok_or_else(|| StartError(message()))
}

/// Comes when the process is told to end.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Comes when the process is told to end.
#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a way to be told, it serves until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
