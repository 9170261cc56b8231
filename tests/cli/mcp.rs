//! `mtlint mcp` as a process: what an assistant's program writes to it and reads from it.

use super::*;

#[cfg(not(feature = "mcp"))]
#[test]
fn a_build_without_the_tools_says_so() {
    let folder = folder(&[]);
    let (code, out, err) = run(mtlint(folder.path()).arg("mcp"));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("--features mcp"), "{err}");
}

#[cfg(feature = "mcp")]
mod server {
    use super::*;
    use serde_json::{Value, json};

    /// What the server answers to these messages, and how it ends when they do.
    fn talk(folder: &Path, options: &[&str], messages: &[Value]) -> (i32, Vec<Value>, String) {
        let input: String = messages.iter().map(|message| format!("{message}\n")).collect();
        let (code, out, err) = run(mtlint(folder).arg("mcp").args(options).write_stdin(input));
        let answers = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (code, answers, err)
    }

    fn opening() -> Vec<Value> {
        vec![
            json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
                "protocolVersion": "2025-06-18", "capabilities": {},
                "clientInfo": { "name": "test", "version": "1" },
            } }),
            json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        ]
    }

    fn check(id: u32, text: &str) -> Value {
        json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call",
            "params": { "name": "check", "arguments": { "text": text } } })
    }

    #[test]
    fn it_obeys_the_configuration_and_ends_with_its_client() {
        let folder = folder(&[("mtlint.toml", "select = [\"punctuation/repeated-stop\"]\n")]);
        let text = "Late.. Nobody came .";
        let messages = [opening(), vec![check(1, text)]].concat();
        let found = |answers: &[Value]| {
            let answer = answers.iter().find(|answer| answer["id"] == 1).unwrap();
            let report = &answer["result"]["structuredContent"];
            report["documents"][0]["findings"].as_array().unwrap().len()
        };
        let (code, answers, err) = talk(folder.path(), &[], &messages);
        assert_eq!((code, err.as_str()), (0, ""));
        assert_eq!(answers[0]["result"]["serverInfo"]["name"], "mtlint");
        assert_eq!(found(&answers), 1);
        let (_, answers, _) = talk(folder.path(), &["--isolated"], &messages);
        assert_eq!(found(&answers), 2);
    }

    #[test]
    fn a_client_that_never_begins_is_told() {
        let folder = folder(&[]);
        let (code, out, err) = run(mtlint(folder.path()).arg("mcp").write_stdin("hello\n"));
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains("did not begin"), "{err}");
    }
}
