//! Messages over standard input and output.

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, Message, Notification};
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::thread::{self, JoinHandle};

/// What the reader puts in place of a message that cannot be understood; never sent.
pub(super) const MALFORMED: &str = "mtlint/malformed";

/// What the reader says when it cannot go on, and why; never sent.
pub(super) const BROKEN: &str = "mtlint/broken";

/// The longest message that is read, in bytes.
const LONGEST_MESSAGE: u64 = 1 << 28;

/// The longest line of a header, in bytes.
const LONGEST_HEADER: u64 = 1 << 12;

/// A connection over standard input and output, and the thread that writes, which ends when the
/// connection is dropped.
pub(super) fn stdio() -> (Connection, JoinHandle<io::Result<()>>) {
    let (to_server, receiver) = unbounded();
    let (sender, from_server) = unbounded();
    // Not joined: it may wait for ever for a client that is gone.
    thread::spawn(move || read_all(&mut io::stdin().lock(), &to_server));
    let writer = thread::spawn(move || write_all(&from_server, &mut io::stdout().lock()));
    (Connection { sender, receiver }, writer)
}

/// Reads messages until the stream ends, nobody takes them, or the client says `exit`. What is
/// malformed is passed on as a notice, and reading goes on behind it.
fn read_all(input: &mut impl BufRead, out: &Sender<Message>) {
    loop {
        let message = match read(input) {
            Ok(Some(message)) => message,
            Ok(None) => return,
            Err(error) => {
                let method = match error.kind() {
                    ErrorKind::InvalidData => MALFORMED,
                    ErrorKind::FileTooLarge => BROKEN,
                    _ => return,
                };
                Notification::new(method.to_owned(), shortened(&error.to_string())).into()
            }
        };
        let is_last =
            matches!(&message, Message::Notification(it) if it.method == "exit" || it.method == BROKEN);
        if out.send(message).is_err() || is_last {
            return;
        }
    }
}

/// Reads a message; `None` at the end of the stream.
///
/// # Errors
/// When the stream cannot be read; of the kind `InvalidData` when what was read is no message, and
/// `FileTooLarge` when it is longer than any message.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let malformed = |told: String| io::Error::new(ErrorKind::InvalidData, told);
    let too_large = |told: String| io::Error::new(ErrorKind::FileTooLarge, told);
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.len() as u64 == LONGEST_HEADER && !line.ends_with(b"\n") {
            return Err(too_large(format!("a line of a header is longer than {LONGEST_HEADER} bytes")));
        }
        let text = String::from_utf8_lossy(&line);
        let Some(header) = text.strip_suffix("\r\n") else {
            return Err(malformed(format!("a header without its end: {text:?}")));
        };
        if header.is_empty() {
            break;
        }
        let Some((name, value)) = header.split_once(':') else {
            return Err(malformed(format!("a header without a colon: {header:?}")));
        };
        if name.eq_ignore_ascii_case("Content-Length") {
            let value = value.trim();
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(malformed(format!("Content-Length is no number: {value:?}")));
            }
            // What has too many digits is too long as well.
            length = Some(value.parse().unwrap_or(u64::MAX));
        }
    }
    let Some(length) = length else { return Err(malformed("no Content-Length".to_owned())) };
    if length > LONGEST_MESSAGE {
        return Err(too_large(format!(
            "a message of {length} bytes was announced; no more than {LONGEST_MESSAGE} are read"
        )));
    }
    // It grows with what comes, not with what is announced.
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    serde_json::from_slice(&body)
        .map(Some)
        .map_err(|error| malformed(format!("{error}: {}", shortened(&String::from_utf8_lossy(&body)))))
}

fn write_all(messages: &Receiver<Message>, out: &mut impl Write) -> io::Result<()> {
    messages.iter().try_for_each(|message| message.write(out))
}

/// The beginning of what may hold a whole document.
fn shortened(text: &str) -> &str {
    const LONGEST: usize = 300;
    &text[..text.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        let (sender, receiver) = unbounded();
        read_all(&mut io::Cursor::new(bytes), &sender);
        drop(sender);
        receiver
            .iter()
            .map(|message| match message {
                Message::Notification(it) => it.method,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn reading_goes_on_behind_what_is_malformed() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        for bad in
            [framed("{"), framed("[1]"), framed("{}"), "Nonsense\r\n".to_owned(), "X: 1\r\n\r\n".to_owned()]
        {
            let methods = read(format!("{bad}{good}").as_bytes());
            assert_eq!(methods.last().map(String::as_str), Some("a"), "{bad:?}: {methods:?}");
            assert!(methods[..methods.len() - 1].iter().all(|method| method == MALFORMED), "{methods:?}");
            assert!(methods.len() > 1, "{bad:?}");
        }
    }

    #[test]
    fn a_message_without_measure_ends_it() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        let digits = "9".repeat(100);
        for length in ["268435457", "18446744073709551615", "99999999999999999999", &digits] {
            let bad = format!("Content-Length: {length}\r\n\r\n");
            assert_eq!(read(format!("{good}{bad}{good}").as_bytes()), ["a", BROKEN], "{length}");
        }
        assert_eq!(read("X".repeat(1 << 13).as_bytes()), [BROKEN]);
        for length in ["-1", "1e9", "", "0x10"] {
            let bad = format!("Content-Length: {length}\r\n");
            assert_eq!(read(bad.as_bytes()), [MALFORMED], "{length}");
        }
        // As much as is announced is not there.
        assert_eq!(read(b"Content-Length: 268435456\r\n\r\n{"), [""; 0]);
    }

    #[test]
    fn nothing_is_read_behind_exit_or_a_cut() {
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(read(format!("{exit}{exit}").as_bytes()), ["exit"]);
        assert_eq!(read(&exit.as_bytes()[..exit.len() - 3]), [""; 0]);
        assert_eq!(read(b"Content-Length: 5\r\n\r\n\xFF\xFF\xFF\xFF\xFF"), [MALFORMED]);
    }
}
