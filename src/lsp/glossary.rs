//! Adding a name to the user's glossary.

use super::analysis::{Analysis, Marked};
use lsp_types::Command;
use mtlint_document::names::GlossaryEntry;
use mtlint_engine::config::append_to_glossary;
use serde_json::{Value, json};
use std::path::PathBuf;

/// The command that adds a name: its arguments are the glossary file and the name.
pub(super) const ADD: &str = "mtlint.addToGlossary";

/// The command that approves the name a finding is about, as it is written there. `None` for what is
/// not about a name, where the configuration names no glossary,
/// and for a name that the glossary knows.
pub(super) fn command(analysis: &Analysis, marked: &Marked) -> Option<Command> {
    let settings = analysis.settings.as_ref()?;
    let file = settings.config.glossary.value.as_ref()?.to_str()?;
    let name = marked.span.of(&analysis.text);
    let is_name = marked.finding.rule.family() == "name" && !name.contains(['\n', '\r', '<', '>']);
    // What the glossary approves or rejects is not for a keystroke to contradict.
    let is_settled = settings.glossary.as_ref().is_some_and(|glossary| {
        glossary.of_letters(name).is_some() || glossary.rejected_in(name).next().is_some()
    });
    (is_name && !is_settled).then(|| Command {
        title: format!("Add “{name}” to the glossary"),
        command: ADD.to_owned(),
        arguments: Some(vec![json!(file), json!(name)]),
    })
}

/// Does what the command says.
///
/// # Errors
/// What is wrong with the arguments, or why the file cannot be written.
pub(super) fn add(arguments: &[Value]) -> Result<(), String> {
    let [Value::String(file), Value::String(name)] = arguments else {
        return Err(format!("`{ADD}` takes a file and a name"));
    };
    let entry = GlossaryEntry::new(name, &[]);
    append_to_glossary(&PathBuf::from(file), &entry).map_err(|error| format!("{file}: {error}"))
}
