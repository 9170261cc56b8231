//! What is over a limit, too slow, broken off, or there when the service ends.

use super::client::head;
use super::{Answer, Service, service};
use mtlint_serve::Limits;
use serde_json::json;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::thread;
use std::time::{Duration, Instant};

/// A text that takes some seconds to check, even where it is fast.
fn long_text() -> String {
    "The minister , who came late, said it twice .. Nobody in the the room had asked. ".repeat(4_000)
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The number that stands at `/metrics` under this name.
fn metric(service: &Service, name: &str) -> u64 {
    let answer = service.get("/metrics");
    let line = answer.text().lines().find(|line| line.split(' ').next() == Some(name)).unwrap().to_owned();
    line.split(' ').next_back().unwrap().parse().unwrap()
}

#[test]
fn what_is_too_large_is_refused_and_the_client_reads_why() {
    let small = Service::start(Limits { body: 1000, ..Limits::default() }, &[]);
    let body = vec![b' '; 2_000_000];
    let types = [("content-type", "application/json")];
    let answer = small.send("POST", "/v1/check", &types, &body);
    assert_eq!(answer.status, 413, "{}", answer.text());
    assert!(answer.json()["detail"].as_str().unwrap().contains("1000 bytes"));
    // In chunks nobody knows before how large it is.
    let mut stream = small.connect();
    let head = "POST /v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\
                content-type: application/json\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let _ = stream.write_all(format!("7D0\r\n{}\r\n0\r\n\r\n", " ".repeat(2000)).as_bytes());
    assert_eq!(Answer::read(&mut stream).status, 413);
    let long_query = format!("/v2/check?language=en&text={}", "a".repeat(200_000));
    assert!(matches!(small.get(&long_query).status, 414 | 431), "a head has a limit as well");
}

#[test]
fn what_has_no_room_is_refused_before_it_is_read() {
    let small = Service::start(Limits { memory: 1000, ..Limits::default() }, &[]);
    let text = "word ".repeat(1000);
    let answer = small.post_json("/v1/check", &json!({ "text": text }));
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")), "{}", answer.text());
    assert_eq!(small.post_json("/v1/check", &json!({ "text": "" })).status, 200);
    assert_eq!(metric(&small, "mtlint_memory_bytes"), 0);
}

#[test]
fn a_full_queue_refuses_with_429() {
    let limits = Limits { threads: NonZeroUsize::MIN, queue: 1, ..Limits::default() };
    let small = Service::start(limits, &[]);
    let body = json!({ "text": long_text() }).to_string();
    let send = || {
        let mut stream = small.connect();
        let types = [("content-type", "application/json")];
        stream.write_all(head("POST", "/v1/fix", &types, body.len()).as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        stream
    };
    let first = send();
    wait_until("the first is worked on", || metric(&small, "mtlint_working") == 1);
    let second = send();
    wait_until("the second waits", || metric(&small, "mtlint_waiting") == 1);
    let answer = Answer::read(&mut send());
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")), "{}", answer.text());
    // Short texts have a way past the long ones.
    assert_eq!(small.post_json("/v1/check", &json!({ "text": "Short." })).status, 200);
    // Clients that go give their places back.
    drop((first, second));
    wait_until("nobody works for who has gone", || {
        metric(&small, "mtlint_working") + metric(&small, "mtlint_waiting") == 0
    });
    assert_eq!(metric(&small, "mtlint_memory_bytes"), 0);
}

#[test]
fn what_takes_too_long_is_stopped() {
    let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
    let hasty = Service::start(limits, &[]);
    let answer = hasty.post_json("/v1/fix", &json!({ "text": long_text() }));
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{}", answer.text());
    wait_until("its check is stopped", || metric(&hasty, "mtlint_working") == 0);
}

#[test]
fn slow_clients_are_sent_away() {
    let limits = Limits { patience: Duration::from_millis(300), ..Limits::default() };
    let hasty = Service::start(limits, &[]);
    // A head that does not end.
    let mut stream = hasty.connect();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost").unwrap();
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest);
    // A body that does not come.
    let mut stream = hasty.connect();
    stream.write_all(head("POST", "/v2/check", &[], 100).as_bytes()).unwrap();
    stream.write_all(b"text=").unwrap();
    let answer = Answer::read(&mut stream);
    assert_eq!((answer.status, answer.header("connection")), (408, Some("close")));
    // An answer that nobody reads, larger than the system holds for the client.
    let mut stream = hasty.connect();
    let body = json!({ "text": "A . B.. ".repeat(15_000), "language": "en" }).to_string();
    let types = [("content-type", "application/json")];
    stream.write_all(head("POST", "/v1/check", &types, body.len()).as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    wait_until("its connection is closed", || metric(&hasty, "mtlint_connections") == 1);
    assert_eq!(metric(&hasty, "mtlint_memory_bytes"), 0);
}

#[test]
fn connections_have_a_limit() {
    let small = Service::start(Limits { connections: 1, ..Limits::default() }, &[]);
    let mut first = small.connect();
    first.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut bytes = [0; 12];
    first.read_exact(&mut bytes).unwrap();
    assert_eq!(&bytes, b"HTTP/1.1 200");
    let answer = small.get("/healthz");
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")));
    drop(first);
    wait_until("its place is free", || {
        let mut stream = small.connect();
        let _ = stream.write_all(head("GET", "/healthz", &[], 0).as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        bytes.starts_with(b"HTTP/1.1 200")
    });
}

#[test]
fn what_breaks_off_or_is_no_http_does_no_harm() {
    for garbage in
        [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"POST /v1/check HTTP/9.9\r\n\r\n", b"\0\0\0\0"]
    {
        let mut stream = service().connect();
        stream.write_all(garbage).unwrap();
        drop(stream);
    }
    let mut stream = service().connect();
    stream
        .write_all(head("POST", "/v1/check", &[("content-type", "application/json")], 1000).as_bytes())
        .unwrap();
    stream.write_all(b"{\"text\": \"").unwrap();
    drop(stream);
    assert_eq!(service().get("/healthz").text(), "ok\n");
}

#[test]
fn the_end_waits_for_the_requests_under_way() {
    let mut service = Service::start(Limits::default(), &[]);
    let idle = service.connect();
    let mut stream = service.connect();
    let body = json!({ "text": long_text() }).to_string();
    let types = [("content-type", "application/json")];
    stream.write_all(head("POST", "/v1/check", &types, body.len()).as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    wait_until("it is worked on", || metric(&service, "mtlint_working") == 1);
    service.tell_to_end();
    let answer = Answer::read(&mut stream);
    assert_eq!(answer.status, 200);
    assert!(answer.json()["summary"]["findings"].as_u64().unwrap() > 1000);
    wait_until("it ends", || service.has_ended());
    assert!(std::net::TcpStream::connect(service.address).is_err(), "nobody listens any more");
    drop(idle);
}
