//! `mtlint serve` as a process: what it prints, and how it ends.

use super::*;

#[cfg(not(feature = "serve"))]
#[test]
fn a_build_without_the_service_says_so() {
    let folder = folder(&[]);
    let (code, out, err) = run(mtlint(folder.path()).arg("serve"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("--features serve"), "{err}");
}

#[cfg(all(feature = "serve", unix))]
mod service {
    use super::*;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::process::{Child, ChildStderr, Stdio};

    /// A service in a folder, its address, and what it says from then on.
    fn start(folder: &Path, options: &[&str]) -> (Child, String, BufReader<ChildStderr>) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mtlint"));
        command.current_dir(folder).args(["serve", "--address=127.0.0.1:0"]).args(options);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        told.read_line(&mut line).unwrap();
        let (_, address) = line.split_once("http://").unwrap_or_else(|| panic!("{line}"));
        let address = address.split('"').next().unwrap().to_owned();
        (child, address, told)
    }

    fn ask(address: &str, request: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn it_obeys_the_configuration_logs_no_text_and_ends_when_told() {
        for signal in ["-TERM", "-INT"] {
            let folder = folder(&[("mtlint.toml", "select = [\"punctuation/repeated-stop\"]\n")]);
            let (mut child, address, mut told) = start(folder.path(), &[]);
            let secret = "Zyxwvut%3F%3F%3F+left..+It+came+.";
            let query = format!("/v2/check?language=en&text={secret}");
            let answer =
                ask(&address, &format!("GET {query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            assert_eq!(answer.matches("\"offset\"").count(), 2, "a match and its context: {answer}");
            let broken = "POST /v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
                          content-length: 16\r\n\r\n{\"Zyxwvut\": true";
            assert!(ask(&address, broken).starts_with("HTTP/1.1 400"));
            std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
            assert!(child.wait().unwrap().success());
            let mut rest = String::new();
            told.read_to_string(&mut rest).unwrap();
            assert!(!rest.contains("Zyxwvut"), "{rest}");
            let lines: Vec<serde_json::Value> =
                rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
            assert_eq!(events, ["request", "request", "ending", "ended"]);
            assert_eq!((&lines[0]["route"], &lines[0]["findings"]), (&"/v2/check".into(), &1.into()));
            let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
            assert_eq!(left.len(), 1, "nothing is written");
        }
    }

    #[test]
    fn what_keeps_it_from_starting_is_told() {
        let folder = folder(&[("mtlint.toml", "selekt = []\n")]);
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("--address={}", taken.local_addr().unwrap());
        for (options, what) in [
            (&["--isolated", &address][..], "name another address"),
            (&["--isolated", "--address=127.0.0.1:0", "--allow-origin=editor.example"], "is no origin"),
            (&["--address=127.0.0.1:0"], "selekt"),
            (&["--isolated", "--max-body=0"], "--max-body"),
        ] {
            let (code, out, err) = run(mtlint(folder.path()).arg("serve").args(options));
            assert_eq!((code, out.as_str()), (2, ""), "{options:?}");
            assert!(err.contains(what), "{options:?}: {err}");
        }
    }
}
