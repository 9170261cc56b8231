//! A document that is open in the editor.

use super::analysis::{Analysis, Snapshot};
use super::position::Encoding;
use lsp_types::{TextDocumentContentChangeEvent, Uri};
use mtlint_document::load::Format;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A document that is open in the editor, and what is known about its present text.
#[derive(Debug)]
pub(super) struct Buffer {
    pub uri: Uri,
    /// The version the client gave the present text.
    pub version: i32,
    /// Of the file; `None` when the document is none, as one never saved.
    pub path: Option<PathBuf>,
    pub format: Format,
    text: Arc<String>,
    /// Of the present text, once it is checked.
    analysis: Option<Arc<Analysis>>,
    /// Set when the check under way is of no use any more. Each check has one of its own, by which its
    /// outcome is known.
    stop: Arc<AtomicBool>,
}

impl Buffer {
    pub fn new(uri: Uri, language_id: &str, version: i32, text: String) -> Self {
        let url = url::Url::parse(uri.as_str()).ok().filter(|url| url.scheme() == "file");
        let path = url.and_then(|url| url.to_file_path().ok());
        let told = match language_id {
            "markdown" => Format::Markdown,
            "html" => Format::Html,
            "latex" | "tex" | "plaintex" => Format::Latex,
            "restructuredtext" | "rst" => Format::Rst,
            "asciidoc" | "asciidoctor" => Format::AsciiDoc,
            "jsonl" => Format::JsonLines,
            "po" | "pot" | "gettext" => Format::Po,
            "xliff" => Format::Xliff,
            "subrip" | "srt" => Format::Srt,
            "webvtt" | "vtt" => Format::Vtt,
            _ => Format::Text,
        };
        // The ending outweighs what the editor takes the file for: the command line knows no more.
        let known = path.as_ref().and_then(Format::known);
        // What is an archive, or holds texts by its parts, is no text as the editor has it.
        let format = known.filter(|format| !matches!(format, Format::Mail | Format::Mailbox)).unwrap_or(told);
        Self { uri, version, path, format, text: Arc::new(text), analysis: None, stop: Arc::default() }
    }

    /// Applies the changes in their order; each is told in places of the text after the one before.
    pub fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        self.version = version;
        self.forget();
        // A copy only while a check still reads the old text.
        let text = Arc::make_mut(&mut self.text);
        for change in changes {
            match change.range {
                None => *text = change.text,
                Some(range) => {
                    let span = encoding.span(text, range);
                    text.replace_range(span.range(), &change.text);
                }
            }
        }
    }

    /// What is to be checked from now on; what was known before is of no use any more.
    pub fn snapshot(&mut self) -> Snapshot {
        self.forget();
        self.stop = Arc::default();
        Snapshot {
            uri: self.uri.clone(),
            path: self.path.clone(),
            format: self.format,
            text: Arc::clone(&self.text),
            stop: Arc::clone(&self.stop),
        }
    }

    /// Takes the outcome of a check, and tells whether it is one of the present text.
    pub fn accept(&mut self, analysis: &Arc<Analysis>) -> bool {
        let is_present = Arc::ptr_eq(&analysis.stop, &self.stop);
        if is_present {
            self.analysis = Some(Arc::clone(analysis));
        }
        is_present
    }

    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        self.analysis.as_ref()
    }

    fn forget(&mut self) {
        self.analysis = None;
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};

    fn buffer(uri: &str, language_id: &str, text: &str) -> Buffer {
        Buffer::new(uri.parse().unwrap(), language_id, 1, text.to_owned())
    }

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let place = |(line, character)| Position { line, character };
        TextDocumentContentChangeEvent {
            range: Some(Range { start: place(start), end: place(end) }),
            range_length: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn changes_build_on_each_other() {
        let mut buffer = buffer("untitled:Untitled-1", "plaintext", "one\r\ntwo 😀 x");
        let changes =
            vec![change((1, 6), (1, 7), "-"), change((0, 3), (1, 0), " "), change((9, 9), (9, 9), "!")];
        buffer.change(2, changes, Encoding::Utf16);
        assert_eq!(buffer.text.as_str(), "one two 😀-x!");
        let whole =
            TextDocumentContentChangeEvent { range: None, range_length: None, text: "new".to_owned() };
        buffer.change(3, vec![whole, change((0, 0), (0, 1), "N")], Encoding::Utf16);
        assert_eq!((buffer.text.as_str(), buffer.version), ("New", 3));
    }

    #[test]
    fn the_ending_tells_the_format_before_the_editor() {
        assert_eq!(buffer("file:///a/b%20c.md", "plaintext", "").format, Format::Markdown);
        assert_eq!(buffer("file:///a/b", "html", "").format, Format::Html);
        assert_eq!(buffer("untitled:Untitled-1", "markdown", "").format, Format::Markdown);
        assert_eq!(buffer("untitled:Untitled-1", "rust", "").format, Format::Text);
    }

    #[cfg(unix)]
    #[test]
    fn only_a_file_has_a_path() {
        assert_eq!(buffer("file:///a/b%20c.md", "", "").path, Some(PathBuf::from("/a/b c.md")));
        assert_eq!(buffer("untitled:Untitled-1", "", "").path, None);
        assert_eq!(buffer("git:/a/b.md?ref=main", "", "").path, None);
    }

    #[test]
    fn a_change_stops_the_check_under_way() {
        let mut buffer = buffer("untitled:a", "", "a");
        let first = buffer.snapshot();
        buffer.change(2, vec![change((0, 0), (0, 0), "b")], Encoding::Utf8);
        assert!(first.stop.load(Ordering::Relaxed));
        assert_eq!(first.text.as_str(), "a", "the check still reads the old text");
        assert!(!buffer.snapshot().stop.load(Ordering::Relaxed));
    }
}
