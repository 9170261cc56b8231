//! `mtlint.toml`, and the editor's settings over it.

use crate::client::{Client, able};
use crate::{DAMAGED, RULE, UNTITLED};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap()).collect()
}

/// A client whose workspace is this folder.
fn start(folder: &Path, capabilities: Value) -> Client {
    let folders = json!([{"uri": uri(folder), "name": "texts"}]);
    Client::start_with(capabilities, json!({"workspaceFolders": folders}))
}

#[cfg(unix)]
#[test]
fn the_nearest_file_holds_and_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("mtlint.toml");
    fs::write(&config, "ignore = ['punctuation']\n").unwrap();
    let mut client = start(folder.path(), able());
    let watched = client.asked("client/registerCapability");
    assert_eq!(watched["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let article = uri(&folder.path().join("a.txt"));
    client.open(&article, "plaintext", DAMAGED);
    assert!(client.pull(&article).is_empty());
    // What was never saved is under the configuration of the workspace.
    client.open(UNTITLED, "plaintext", DAMAGED);
    assert!(client.pull(UNTITLED).is_empty());

    fs::write(&config, "[severities]\npunctuation = 'critical'\n").unwrap();
    let changes = json!({"changes": [{"uri": uri(&config), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes.clone());
    client.asked("workspace/diagnostic/refresh");
    client.asked("workspace/codeLens/refresh");
    assert_eq!(client.pull(&article)[0]["severity"], 1);

    fs::write(&config, "exclude = ['a.txt']\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changes.clone());
    assert!(client.pull(&article).is_empty());
    assert_eq!(client.pull(UNTITLED).len(), 1);

    fs::write(&config, "ignore = 5\nselekt = []\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", changes.clone());
    let told = client.heard("window/showMessage");
    assert_eq!(told["type"], 1);
    let told = told["message"].as_str().unwrap();
    assert!(told.contains("mtlint.toml:2: unknown key `selekt`"), "{told}");
    assert!(client.pull(&article).is_empty(), "nothing is checked under a wrong configuration");
    fs::remove_file(&config).unwrap();
    client.notify("workspace/didChangeWatchedFiles", changes);
    assert_eq!(codes(&client.pull(&article)), [RULE]);
    assert!(client.end());
}

#[cfg(unix)]
#[test]
fn a_client_that_watches_nothing_reads_anew_on_save() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = start(folder.path(), json!({}));
    let article = uri(&folder.path().join("a.txt"));
    client.open(&article, "plaintext", DAMAGED);
    assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"].as_array().unwrap().len(), 1);
    fs::write(folder.path().join("mtlint.toml"), "ignore = ['punctuation']\n").unwrap();
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": article}}));
    assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    assert!(client.end());
}

#[test]
fn settings_of_the_editor_outweigh_the_file() {
    let mut client = Client::start(able());
    client.open(UNTITLED, "plaintext", DAMAGED);
    assert_eq!(client.pull(UNTITLED).len(), 1);
    client.settings = json!({"ignore": [RULE], "codeLens": false});
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    client.asked("workspace/configuration");
    // The answer is on its way behind this question; the next one comes after it.
    let _ = client.pull(UNTITLED);
    assert!(client.pull(UNTITLED).is_empty());
    let lenses = client.request("textDocument/codeLens", json!({"textDocument": {"uri": UNTITLED}}));
    assert_eq!(lenses, Ok(json!([])));
    assert!(client.end());
}

#[test]
fn a_client_that_tells_no_configuration_sends_it() {
    let mut client = Client::start_with(json!({}), json!({"initializationOptions": {"ignore": [RULE]}}));
    client.open(UNTITLED, "plaintext", DAMAGED);
    assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"], json!([]));
    let settings = json!({"settings": {"mtlint": {"minSeverity": "bad"}}});
    client.notify("workspace/didChangeConfiguration", settings);
    let told = client.heard("window/showMessage");
    assert!(told["message"].as_str().unwrap().starts_with("the setting `mtlint.minSeverity` must be one of"));
    assert_eq!(client.heard("textDocument/publishDiagnostics")["diagnostics"].as_array().unwrap().len(), 1);
    let settings = json!({"settings": {"mtlint": {"select": ["no/such"]}}});
    client.notify("workspace/didChangeConfiguration", settings);
    let told = client.heard("window/showMessage");
    assert!(told["message"].as_str().unwrap().contains("unknown rule or family `no/such`"), "{told}");
    assert!(client.end());
}

#[cfg(unix)]
#[test]
fn a_name_is_added_to_the_glossary() {
    const SPELLING: &str = "name/spelling";
    let folder = tempfile::tempdir().unwrap();
    let glossary = folder.path().join("names.toml");
    fs::write(folder.path().join("mtlint.toml"), "lang = 'en'\nglossary = 'names.toml'\n").unwrap();
    fs::write(&glossary, "[[name]]\napproved = \"Port Elsing\"\n").unwrap();
    let registry = mtlint_engine::rule::Registry::builtin();
    let examples = registry.rule(SPELLING).unwrap().examples();
    let text = &examples.iter().find(|example| example.is_bad()).unwrap().text;

    let mut client = start(folder.path(), able());
    let article = uri(&folder.path().join("a.txt"));
    client.open(&article, "plaintext", text);
    let found = client.pull(&article);
    let spelling = found.iter().find(|it| it["code"] == SPELLING).expect("the example is found");
    let actions = client.actions(&article, &spelling["range"], &["quickfix"]);
    let add = actions.iter().find(|it| it["command"]["command"] == "mtlint.addToGlossary").unwrap();
    let name = &text[crate::client::range(text, &spelling["range"])];
    assert_eq!(add["title"], format!("Add “{name}” to the glossary"));
    let mut params = json!({"command": add["command"]["command"], "arguments": add["command"]["arguments"]});
    assert_eq!(client.request("workspace/executeCommand", params.clone()), Ok(Value::Null));
    let written = fs::read_to_string(&glossary).unwrap();
    assert!(
        written.contains("Port Elsing") && written.contains(&format!("approved = \"{name}\"")),
        "{written}"
    );
    // The glossary is read anew.
    assert!(!codes(&client.pull(&article)).contains(&SPELLING));

    params["arguments"] = json!([folder.path().join("mtlint.toml"), name]);
    assert_eq!(client.request("workspace/executeCommand", params.clone()), Err(-32803), "it is no glossary");
    params["command"] = json!("mtlint.other");
    assert_eq!(client.request("workspace/executeCommand", params), Err(-32602));
    assert!(client.end());
}
