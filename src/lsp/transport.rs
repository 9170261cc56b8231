//! Messages over standard input and output.

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Connection, Message, Notification};
use std::io::{self, BufRead, ErrorKind, Write};
use std::thread::{self, JoinHandle};

/// What the reader puts in place of a message that cannot be understood; never sent.
pub(super) const MALFORMED: &str = "mtlint/malformed";

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
        let message = match Message::read(input) {
            Ok(Some(message)) => message,
            Ok(None) => return,
            Err(error) if error.kind() == ErrorKind::InvalidData => {
                Notification::new(MALFORMED.to_owned(), shortened(&error.to_string())).into()
            }
            Err(_) => return,
        };
        let is_last = matches!(&message, Message::Notification(it) if it.method == "exit");
        if out.send(message).is_err() || is_last {
            return;
        }
    }
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
    fn nothing_is_read_behind_exit_or_a_cut() {
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(read(format!("{exit}{exit}").as_bytes()), ["exit"]);
        assert_eq!(read(&exit.as_bytes()[..exit.len() - 3]), [""; 0]);
        assert_eq!(read(b"Content-Length: 5\r\n\r\n\xFF\xFF\xFF\xFF\xFF"), [MALFORMED]);
    }
}
