//! What the client can do and wants, and what the server offers it.

use super::actions::FIX_ALL;
use super::glossary;
use super::position::Encoding;
use lsp_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, ExecuteCommandOptions, HoverProviderCapability,
    InitializeParams, MarkupKind, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri, WorkDoneProgressOptions,
};
use mtlint_engine::config::Overrides;
use mtlint_engine::rule::{Confidence, Severity};
use mtlint_lang::Language;
use serde_json::Value;
use std::path::PathBuf;

/// What the client can do.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    pub encoding: Encoding,
    /// It asks for diagnostics, so that none are pushed.
    pub pulls_diagnostics: bool,
    pub takes_related: bool,
    pub takes_links: bool,
    pub takes_data: bool,
    /// It applies edits only to the version of a document they are for.
    pub takes_versioned_edits: bool,
    /// It asks for the edit of an action when the user chooses it.
    pub resolves_edits: bool,
    pub renders_markdown: bool,
    pub tells_configuration: bool,
    /// It tells of files that change, when asked to.
    pub watches_files: bool,
    pub refreshes_diagnostics: bool,
    pub refreshes_lenses: bool,
    /// Of the first workspace folder, or else where the server was started.
    pub folder: PathBuf,
}

impl Client {
    /// Reads the parameters of `initialize`; `given` are the same as they were sent.
    pub fn new(params: &InitializeParams, given: &Value) -> Self {
        let ClientCapabilities { text_document, workspace, general, .. } = &params.capabilities;
        let text_document = text_document.clone().unwrap_or_default();
        let workspace = workspace.clone().unwrap_or_default();
        let offered = general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let diagnostics = text_document.publish_diagnostics.unwrap_or_default();
        let resolves = |properties: &[String]| properties.iter().any(|property| property == "edit");
        Self {
            encoding: Encoding::negotiate(offered.unwrap_or_default()),
            pulls_diagnostics: text_document.diagnostic.is_some(),
            takes_related: diagnostics.related_information == Some(true),
            takes_links: diagnostics.code_description_support == Some(true),
            takes_data: diagnostics.data_support == Some(true),
            takes_versioned_edits: workspace
                .workspace_edit
                .is_some_and(|edit| edit.document_changes == Some(true)),
            resolves_edits: text_document.code_action.is_some_and(|action| {
                action.data_support == Some(true)
                    && action.resolve_support.is_some_and(|support| resolves(&support.properties))
            }),
            renders_markdown: text_document
                .hover
                .and_then(|hover| hover.content_format)
                .is_some_and(|kinds| kinds.contains(&MarkupKind::Markdown)),
            tells_configuration: workspace.configuration == Some(true),
            watches_files: workspace
                .did_change_watched_files
                .is_some_and(|files| files.dynamic_registration == Some(true)),
            // `lsp-types` misspells the name of this one.
            refreshes_diagnostics: given.pointer("/capabilities/workspace/diagnostics/refreshSupport")
                == Some(&Value::Bool(true)),
            refreshes_lenses: workspace.code_lens.is_some_and(|lens| lens.refresh_support == Some(true)),
            folder: folder(params),
        }
    }

    /// What the server offers this client.
    pub fn offer(&self) -> ServerCapabilities {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        };
        let diagnostics = DiagnosticOptions { identifier: Some("mtlint".to_owned()), ..Default::default() };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
            resolve_provider: Some(self.resolves_edits),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        };
        ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            diagnostic_provider: self
                .pulls_diagnostics
                .then_some(DiagnosticServerCapabilities::Options(diagnostics)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: vec![glossary::ADD.to_owned()],
                ..ExecuteCommandOptions::default()
            }),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
            ..ServerCapabilities::default()
        }
    }
}

fn folder(params: &InitializeParams) -> PathBuf {
    let first = params.workspace_folders.as_ref().and_then(|folders| Some(&folders.first()?.uri));
    #[expect(deprecated, reason = "what clients say that know no workspace folders")]
    let uri: Option<&Uri> = first.or(params.root_uri.as_ref());
    uri.and_then(|uri| url::Url::parse(uri.as_str()).ok()?.to_file_path().ok())
        .unwrap_or_else(|| PathBuf::from("."))
}

/// What the user sets in the editor.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Outweighs what configuration files say.
    pub overrides: Overrides,
    /// No configuration file is read.
    pub isolated: bool,
    /// Whether the score stands above the text.
    pub code_lens: bool,
    /// The address of the page of all rules.
    pub rules_page: String,
}

/// Where the rules are explained, section by section.
const RULES_PAGE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules.md");

impl Default for Options {
    fn default() -> Self {
        Self {
            overrides: Overrides::default(),
            isolated: false,
            code_lens: true,
            rules_page: RULES_PAGE.to_owned(),
        }
    }
}

impl Options {
    /// Reads what the client sends, an object or nothing. Returns with it what is wrong; a setting
    /// that is wrong counts as not set.
    pub fn read(value: &Value) -> (Self, Vec<String>) {
        let mut options = Self::default();
        let mut problems = Vec::new();
        let empty = serde_json::Map::new();
        let given = match value {
            Value::Null => &empty,
            Value::Object(given) => given,
            _ => {
                problems.push("the settings of mtlint must be an object".to_owned());
                &empty
            }
        };
        // An editor sends `null` or an empty string for what is not set.
        for (key, value) in given.iter().filter(|(_, value)| !value.is_null() && *value != "") {
            let wrong = match key.as_str() {
                "select" => strings(value).map(|list| options.overrides.select = list).err(),
                "ignore" => strings(value).map(|list| options.overrides.ignore = list).err(),
                "minSeverity" => named(value, &Severity::ALL, Severity::as_str)
                    .map(|severity| options.overrides.min_severity = Some(severity))
                    .err(),
                "minConfidence" => named(value, &Confidence::ALL, Confidence::as_str)
                    .map(|confidence| options.overrides.min_confidence = Some(confidence))
                    .err(),
                "lang" => language(value).map(|language| options.overrides.lang = Some(language)).err(),
                "isolated" => flag(value).map(|flag| options.isolated = flag).err(),
                "codeLens" => flag(value).map(|flag| options.code_lens = flag).err(),
                "rulesPage" => value
                    .as_str()
                    .filter(|page| page.parse::<Uri>().is_ok())
                    .map(|page| page.clone_into(&mut options.rules_page))
                    .ok_or_else(|| "must be an address".to_owned())
                    .err(),
                // Editors keep settings of their own, such as where the server is, in the same place.
                _ => None,
            };
            problems.extend(wrong.map(|wrong| format!("the setting `mtlint.{key}` {wrong}")));
        }
        (options, problems)
    }

    /// The address of a rule's section.
    pub fn page_of(&self, rule: &str) -> String {
        format!("{}#{}", self.rules_page, rule.replace('/', ""))
    }
}

/// A list of strings; an empty one says nothing.
fn strings(value: &Value) -> Result<Option<Vec<String>>, String> {
    let list =
        value.as_array().and_then(|list| list.iter().map(|it| it.as_str().map(str::to_owned)).collect());
    let list: Vec<String> = list.ok_or("must be a list of rules and families")?;
    Ok((!list.is_empty()).then_some(list))
}

fn flag(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "must be true or false".to_owned())
}

fn language(value: &Value) -> Result<Language, String> {
    let tag = value.as_str().unwrap_or_default();
    Language::parse(tag).map_err(|_| "must be a language code such as `en`".to_owned())
}

fn named<T: Copy>(value: &Value, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|known| value.as_str() == Some(name(*known)));
    let names: Vec<&str> = all.iter().map(|known| name(*known)).collect();
    found.ok_or_else(|| format!("must be one of {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read() {
        let (options, problems) = Options::read(&json!({
            "path": "/opt/mtlint", "select": ["casing"], "ignore": [], "minSeverity": "major",
            "minConfidence": null, "lang": "", "isolated": true, "rulesPage": "https://x.example/rules",
        }));
        assert_eq!(problems, [""; 0]);
        assert_eq!(options.overrides.select, Some(vec!["casing".to_owned()]));
        assert_eq!(options.overrides.ignore, None);
        assert_eq!(options.overrides.min_severity, Some(Severity::Major));
        assert!(options.isolated && options.code_lens && options.overrides.lang.is_none());
        assert_eq!(options.page_of("casing/heading"), "https://x.example/rules#casingheading");
        assert!(Options::read(&Value::Null).1.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_by_name() {
        let wrong = json!({"select": "casing", "minSeverity": "bad", "lang": "English", "codeLens": 1, "rulesPage": "a b"});
        let (options, problems) = Options::read(&wrong);
        assert_eq!(problems.len(), 5, "{problems:?}");
        assert!(problems.contains(
            &"the setting `mtlint.minSeverity` must be one of neutral, minor, major, critical".to_owned()
        ));
        assert_eq!(options.rules_page, RULES_PAGE);
        assert_eq!(Options::read(&json!([1])).1.len(), 1);
    }
}
