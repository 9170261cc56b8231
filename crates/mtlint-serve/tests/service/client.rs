//! A service on a port that is free, and a client that speaks no more HTTP than it must.

use mtlint_engine::config::{Overrides, today};
use mtlint_engine::lint::AllSettings;
use mtlint_serve::{Level, Limits, Options, Server};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::LazyLock;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;

/// A service that runs until it is dropped.
pub struct Service {
    pub address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

/// The service that most tests share.
pub fn service() -> &'static Service {
    static SHARED: LazyLock<Service> = LazyLock::new(|| Service::start(Limits::default(), &[]));
    &SHARED
}

impl Service {
    pub fn start(limits: Limits, origins: &[&str]) -> Self {
        let mut settings = AllSettings::new(Overrides::default(), true, Some(today()));
        let options = Options {
            address: ([127, 0, 0, 1], 0).into(),
            limits,
            origins: origins.iter().map(ToString::to_string).collect(),
            log: Level::Off,
        };
        let server = Server::bind(settings.of_file(Path::new("text")).unwrap(), &options).unwrap();
        let address = server.address();
        let (end, told) = oneshot::channel();
        let thread = thread::spawn(move || {
            server.serve_until(async {
                let _ = told.await;
            });
        });
        Self { address, end: Some(end), thread: Some(thread) }
    }

    /// Tells it to end, and does not wait.
    pub fn tell_to_end(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
    }

    pub fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    pub fn post_json(&self, path: &str, json: &Value) -> Answer {
        self.send("POST", path, &[("content-type", "application/json")], json.to_string().as_bytes())
    }

    pub fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(
            "POST",
            path,
            &[("content-type", "application/x-www-form-urlencoded")],
            form(fields).as_bytes(),
        )
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head(method, path, headers, body.len()).as_bytes()).unwrap();
        // One that is refused may not be read to its end.
        let _ = stream.write_all(body);
        Answer::read(&mut stream)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.tell_to_end();
        self.thread.take().unwrap().join().unwrap();
    }
}

/// The head of a request whose connection is closed after it.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    )
}

/// Fields as a form has them.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

impl Answer {
    /// Reads to the end of the connection.
    pub fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        // A connection may be reset after the answer.
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}
