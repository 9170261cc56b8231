//! A load for the service, from another process: articles at a rate, long texts, slow clients, aborted requests and
//! nonsense, all at once. `scripts/load-service` starts the service and runs it.
//!
//! `load ADDRESS SECONDS [PID]`: first it measures how many articles a second the service checks when nothing else is
//! asked of it; then it asks for half as many, beside all the rest, for so long. `PID` is the process whose memory is
//! told (Linux).

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, sleep_until};

/// Connections of each kind; fifty in all.
const ARTICLES: usize = 40;
const LONG: usize = 2;
const SLOW: usize = 4;
const ABORTED: usize = 2;
const NONSENSE: usize = 2;

/// The share of what the service can do that articles ask for.
const SHARE: f64 = 0.5;
/// How large an article is, and a long text, in bytes.
const ARTICLE: usize = 3_000;
const LONG_TEXT: usize = 10_000_000;
/// How long a client of long texts waits between two of them.
const BETWEEN_LONG: Duration = Duration::from_secs(20);
/// How long it is measured what the service can do.
const MEASURED: Duration = Duration::from_secs(10);

/// Sentences, every second one damaged.
const SENTENCES: [&str; 6] = [
    "The ferry to the outer islands left at noon with forty crates of apples on board. ",
    "The mayor thanked the volunteers. . They had worked all night. ",
    "Nobody in the village could say who had painted the gate of the school. ",
    "The bridge , which was closed in March, will open on Monday. ",
    "A grey heron 😀 stood on the weir all morning and watched the men at work. ",
    "“The water came at night.” We carried what we could.” The family lives in Oster now. ",
];

/// What came of the requests of one kind.
#[derive(Debug, Default)]
struct Outcome {
    /// How many answers of each status; 0 for none.
    statuses: BTreeMap<u16, usize>,
    milliseconds: Vec<f64>,
}

type Shared = Arc<Mutex<Outcome>>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let address = arguments.get(1).and_then(|address| address.parse::<SocketAddr>().ok());
    let seconds = arguments.get(2).and_then(|seconds| seconds.parse().ok());
    let (Some(address), Some(seconds)) = (address, seconds) else {
        eprintln!("load ADDRESS SECONDS [PID]: a load for the service at ADDRESS, such as 127.0.0.1:8081");
        return ExitCode::from(2);
    };
    if !address.ip().is_loopback() {
        eprintln!("load: {address} is not on this machine");
        return ExitCode::from(2);
    }
    let pid = arguments.get(3).cloned();
    let most = most(address).await;
    println!("articles a second, when nothing else is asked: {most:.0}");
    println!("memory before: {}", memory(pid.as_deref()));

    let end = Instant::now() + Duration::from_secs(seconds);
    let pause = Duration::from_secs_f64(ARTICLES as f64 / (most * SHARE));
    let kinds = ["articles", "long", "slow", "aborted", "nonsense"];
    let outcomes: Vec<Shared> = kinds.iter().map(|_| Shared::default()).collect();
    let mut tasks = Vec::new();
    for number in 0..ARTICLES {
        let first = pause.mul_f64(number as f64 / ARTICLES as f64);
        tasks.push(tokio::spawn(articles(address, end, first, pause, outcomes[0].clone())));
    }
    for number in 0..LONG {
        tasks.push(tokio::spawn(long(
            address,
            end,
            BETWEEN_LONG.mul_f64(number as f64 / LONG as f64),
            outcomes[1].clone(),
        )));
    }
    tasks.extend((0..SLOW).map(|_| tokio::spawn(slow(address, end, outcomes[2].clone()))));
    tasks.extend((0..ABORTED).map(|number| tokio::spawn(aborted(address, end, number, outcomes[3].clone()))));
    tasks.extend((0..NONSENSE).map(|_| tokio::spawn(nonsense(address, end, outcomes[4].clone()))));
    let watch = tokio::spawn(watch(pid.clone(), end));
    for task in tasks {
        let _ = task.await;
    }
    let _ = watch.await;
    let mut faults = 0;
    for (kind, outcome) in kinds.iter().zip(&outcomes) {
        let Outcome { statuses, milliseconds } = &mut *outcome.lock().unwrap();
        println!("{kind}: answers by status {statuses:?}; {}", percentiles(milliseconds));
        faults +=
            statuses.iter().filter(|(status, _)| **status >= 500).map(|(_, count)| count).sum::<usize>();
    }
    // Who asks for nothing special is refused nothing.
    let articles = outcomes[0].lock().unwrap();
    faults +=
        articles.statuses.iter().filter(|(status, _)| **status != 200).map(|(_, count)| count).sum::<usize>();
    println!("memory after: {}", memory(pid.as_deref()));
    println!("faults of the service: {faults}");
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How many articles a second it checks at most.
async fn most(address: SocketAddr) -> f64 {
    let end = Instant::now() + MEASURED;
    let done = Arc::new(AtomicUsize::new(0));
    let ask = |done: Arc<AtomicUsize>| async move {
        let request = article();
        let mut stream = TcpStream::connect(address).await.expect("the service listens");
        while Instant::now() < end {
            if ask(&mut stream, &request).await == Some(200) {
                done.fetch_add(1, Ordering::Relaxed);
            }
        }
    };
    let tasks: Vec<_> = (0..8).map(|_| tokio::spawn(ask(done.clone()))).collect();
    for task in tasks {
        let _ = task.await;
    }
    done.load(Ordering::Relaxed) as f64 / MEASURED.as_secs_f64()
}

fn text(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 200);
    for number in 0.. {
        text.push_str(SENTENCES[number * 5 % SENTENCES.len()]);
        if number % 7 == 6 {
            text.push('\n');
        }
        if text.len() >= bytes {
            break;
        }
    }
    text
}

fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn json(text: &str) -> String {
    serde_json::json!({ "text": text, "language": "en" }).to_string()
}

fn article() -> Vec<u8> {
    request("/v1/check", &json(&text(ARTICLE)))
}

/// Sends a request and reads the answer: its status; `None` when the connection ends.
async fn ask(stream: &mut TcpStream, request: &[u8]) -> Option<u16> {
    stream.write_all(request).await.ok()?;
    answer(stream).await
}

async fn answer(stream: &mut TcpStream) -> Option<u16> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        match stream.read(&mut buffer).await.ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&buffer[..count]),
        }
    };
    let head = std::str::from_utf8(&bytes[..end]).ok()?.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse::<usize>().ok()?;
    let mut left = length.saturating_sub(bytes.len() - end);
    while left > 0 {
        match stream.read(&mut buffer).await.ok()? {
            0 => return None,
            count => left = left.saturating_sub(count),
        }
    }
    Some(status)
}

fn note(outcome: &Shared, status: Option<u16>, since: Instant) {
    let mut outcome = outcome.lock().unwrap();
    *outcome.statuses.entry(status.unwrap_or(0)).or_default() += 1;
    outcome.milliseconds.push(since.elapsed().as_secs_f64() * 1e3);
}

/// Articles on one connection, each when its time has come: what it waits for the one before counts as well.
async fn articles(address: SocketAddr, end: Instant, first: Duration, pause: Duration, outcome: Shared) {
    let request = article();
    let mut stream = TcpStream::connect(address).await.ok();
    let mut due = Instant::now() + first;
    while due < end {
        sleep_until(due.into()).await;
        let status = match &mut stream {
            Some(stream) => ask(stream, &request).await,
            None => None,
        };
        note(&outcome, status, due);
        if status.is_none() {
            stream = TcpStream::connect(address).await.ok();
        }
        due += pause;
    }
}

async fn long(address: SocketAddr, end: Instant, first: Duration, outcome: Shared) {
    let request = request("/v2/check", &json(&text(LONG_TEXT)));
    sleep(first).await;
    while Instant::now() < end {
        let began = Instant::now();
        let status = match TcpStream::connect(address).await {
            Ok(mut stream) => ask(&mut stream, &request).await,
            Err(_) => None,
        };
        note(&outcome, status, began);
        sleep(BETWEEN_LONG).await;
    }
}

/// Sends a byte now and then, until it is sent away.
async fn slow(address: SocketAddr, end: Instant, outcome: Shared) {
    let request = article();
    while Instant::now() < end {
        let began = Instant::now();
        let Ok(mut stream) = TcpStream::connect(address).await else { continue };
        let mut sent = request.iter();
        let dripped = async {
            loop {
                let Some(byte) = sent.next() else { return };
                if stream.write_all(&[*byte]).await.is_err() || Instant::now() >= end {
                    return;
                }
                sleep(Duration::from_millis(100)).await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(35), dripped).await;
        if Instant::now() < end {
            note(&outcome, answer(&mut stream).await, began);
        }
    }
}

/// Sends all, or half, and goes.
async fn aborted(address: SocketAddr, end: Instant, number: usize, outcome: Shared) {
    let long = request("/v1/fix", &json(&text(LONG_TEXT / 10)));
    while Instant::now() < end {
        let began = Instant::now();
        if let Ok(mut stream) = TcpStream::connect(address).await {
            let part = if number.is_multiple_of(2) { long.len() } else { long.len() / 2 };
            let _ = stream.write_all(&long[..part]).await;
            sleep(Duration::from_millis(20)).await;
        }
        note(&outcome, None, began);
        sleep(Duration::from_secs(1)).await;
    }
}

async fn nonsense(address: SocketAddr, end: Instant, outcome: Shared) {
    let all = [
        request("/v1/check", "{"),
        request("/v1/check", "{\"text\": 1}"),
        request("/v9/check", "{}"),
        request("/v2/check", "[]"),
        b"BREW /pot HTCPCP/1.0\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
    ];
    for number in 0.. {
        if Instant::now() >= end {
            return;
        }
        let began = Instant::now();
        if let Ok(mut stream) = TcpStream::connect(address).await {
            let asked = ask(&mut stream, &all[number % all.len()]);
            let status = tokio::time::timeout(Duration::from_secs(1), asked).await.ok().flatten();
            note(&outcome, status, began);
        }
        sleep(Duration::from_millis(100)).await;
    }
}

fn percentiles(milliseconds: &mut [f64]) -> String {
    milliseconds.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = ((milliseconds.len() as f64 * share).ceil() as usize).saturating_sub(1);
        milliseconds.get(place).copied().unwrap_or(0.0)
    };
    format!("ms: p50 {:.1}, p90 {:.1}, p99 {:.1}, most {:.1}", at(0.5), at(0.9), at(0.99), at(1.0))
}

/// What a process takes, as Linux tells it.
fn memory(pid: Option<&str>) -> String {
    let read = |pid| fs::read_to_string(format!("/proc/{pid}/status")).ok();
    let Some(status) = pid.and_then(read) else { return "not known".to_owned() };
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
    };
    format!("{} MiB, at most {} MiB", field("VmRSS:"), field("VmHWM:"))
}

/// Tells the memory ten times.
async fn watch(pid: Option<String>, end: Instant) {
    let pause = end.duration_since(Instant::now()) / 10;
    while Instant::now() + pause / 2 < end {
        sleep(pause).await;
        println!("memory: {}", memory(pid.as_deref()));
    }
}
