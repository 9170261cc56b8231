//! What the editor offers to do about findings.

use super::analysis::{Analysis, Marked};
use super::client::{Client, Options};
use super::{diagnostics, glossary, rewrite};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use mtlint_document::capitalised;
use mtlint_engine::rule::{Applicability, Fix};
use mtlint_text::Edit;
use serde_json::json;
use std::collections::HashMap;

/// The kind of the action that applies all safe fixes.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.mtlint");

/// Makes actions for one document.
pub(super) struct Actions<'a> {
    pub analysis: &'a Analysis,
    /// The version that edits are for.
    pub version: i32,
    pub client: &'a Client,
    pub options: &'a Options,
}

impl Actions<'_> {
    /// All that can be done at a place.
    pub fn at(&self, params: &CodeActionParams) -> Vec<CodeActionOrCommand> {
        let only = params.context.only.as_deref();
        let mut actions = Vec::new();
        if wants(only, &CodeActionKind::QUICKFIX) {
            let span = self.client.encoding.span(&self.analysis.text, params.range);
            for marked in self.analysis.at(span) {
                actions.extend(marked.fixes.iter().map(|fix| self.quick_fix(marked, fix)));
            }
            // The trusted ones first, whichever finding they are for.
            actions.sort_by_key(|action| action.is_preferred != Some(true));
            actions.extend(self.analysis.at(span).filter_map(|marked| self.approve(marked)));
            actions.extend(self.analysis.at(span).filter_map(|marked| self.ignore_here(marked)));
        }
        if wants(only, &FIX_ALL) && self.analysis.has_safe_fix() {
            actions.extend(self.fix_all(only.is_some()));
        }
        actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
    }

    fn quick_fix(&self, marked: &Marked, fix: &Fix) -> CodeAction {
        let is_safe = fix.applicability == Applicability::Safe;
        CodeAction {
            title: title(fix),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::one(self.analysis, marked, self.client, self.options)]),
            // The best fix comes first.
            is_preferred: (is_safe && marked.fixes.first() == Some(fix)).then_some(true),
            edit: Some(self.edit(&fix.edits)),
            ..CodeAction::default()
        }
    }

    /// The action that adds the name a finding is about to the user's glossary.
    fn approve(&self, marked: &Marked) -> Option<CodeAction> {
        let command = glossary::command(self.analysis, marked)?;
        Some(CodeAction {
            title: command.title.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::one(self.analysis, marked, self.client, self.options)]),
            command: Some(command),
            ..CodeAction::default()
        })
    }

    fn ignore_here(&self, marked: &Marked) -> Option<CodeAction> {
        Some(CodeAction {
            title: format!("Ignore {} in this paragraph", marked.finding.rule),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::one(self.analysis, marked, self.client, self.options)]),
            edit: Some(self.edit(std::slice::from_ref(marked.suppress.as_ref()?))),
            ..CodeAction::default()
        })
    }

    /// The action that applies all safe fixes. Its edit takes a while to find out; a client that
    /// does not ask for it later gets it at once if it `asked` for such actions, and else none.
    fn fix_all(&self, asked: bool) -> Option<CodeAction> {
        let action = CodeAction {
            title: "Apply all safe fixes of mtlint".to_owned(),
            kind: Some(FIX_ALL),
            ..CodeAction::default()
        };
        if self.client.resolves_edits {
            let data = json!({ "uri": self.analysis.uri, "version": self.version });
            return Some(CodeAction { data: Some(data), ..action });
        }
        asked.then(|| self.resolve_fix_all(action))
    }

    /// The action with its edit.
    pub fn resolve_fix_all(&self, action: CodeAction) -> CodeAction {
        let edits = rewrite::edits(&self.analysis.text, &self.analysis.fixed());
        CodeAction { edit: Some(self.edit(&edits)), ..action }
    }

    /// The edits as the client takes them.
    fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let Analysis { uri, text, lines, .. } = self.analysis;
        let edits = edits.iter().map(|edit| TextEdit {
            range: self.client.encoding.range(text, lines, edit.span),
            new_text: edit.insert.clone(),
        });
        if !self.client.takes_versioned_edits {
            #[expect(clippy::mutable_key_type, reason = "the protocol's type; an address never changes")]
            let changes = HashMap::from([(uri.clone(), edits.collect())]);
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let change = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: uri.clone(),
                version: Some(self.version),
            },
            edits: edits.map(OneOf::Left).collect(),
        };
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![change])),
            ..WorkspaceEdit::default()
        }
    }
}

/// Whether a client that asks for these kinds only wants actions of this kind: a kind takes in those
/// below it, as `source` does `source.fixAll`.
fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let takes_in = |asked: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(asked.as_str());
        rest.is_some_and(|rest| asked.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(takes_in))
}

/// What a fix does, and how far it may be trusted, if not fully.
fn title(fix: &Fix) -> String {
    let what = capitalised(&fix.title);
    match fix.applicability {
        Applicability::Safe => what,
        Applicability::Unsafe => format!("{what} (may change what is said)"),
        Applicability::Display => format!("{what} (one way among others)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_takes_in_those_below_it() {
        let wants_fix_all = |only: &'static str| wants(Some(&[CodeActionKind::new(only)]), &FIX_ALL);
        assert!(wants(None, &FIX_ALL));
        assert!(["", "source", "source.fixAll", "source.fixAll.mtlint"].into_iter().all(wants_fix_all));
        assert!(!["source.fix", "quickfix", "source.fixAll.mtlint.x"].into_iter().any(wants_fix_all));
    }
}
