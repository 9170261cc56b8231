//! JSON Lines: an article a line. Other fields than ours are kept and ignored.

use super::survey::{Settled, Survey};
use super::{Article, Format, LoadError, MAX_BYTES, Record, TOO_LARGE, explain};
use crate::{Escape, Extract, OriginMap, UnitFacts};
use mtlint_lang::Language;
use mtlint_text::{Span, visible};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::BufRead;
use std::sync::Arc;

/// Of how many records one has a source at least, so that the file is surveyed.
const FIRST: u32 = 100;

/// A line, as far as it concerns us.
#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    text: &'a RawValue,
    id: Option<serde_json::Value>,
    source: Option<String>,
    lang: Option<String>,
    format: Option<String>,
    source_lang: Option<String>,
}

/// The articles of a file, each line read when it is asked for; the first begins at the byte
/// `offset` of the file.
pub(super) fn articles<'a>(
    file: &'a str,
    offset: usize,
    records: Box<dyn BufRead + Send + 'a>,
    survey: Settled,
) -> impl Iterator<Item = Result<Article, LoadError>> + Send + 'a {
    Lines { records, number: 0, offset: offset as u64, is_done: false }.filter_map(move |line| {
        let fail = |number, message| LoadError { line: Some(number), ..LoadError::new(file, message) };
        let (number, offset, line) = match line {
            Ok(line) => line,
            Err((number, error)) => return Some(Err(fail(number, explain(&error)))),
        };
        if line.trim_ascii().is_empty() {
            return None;
        }
        if line.len() as u64 > MAX_BYTES {
            return Some(Err(fail(number, TOO_LARGE.to_owned())));
        }
        let line = match str::from_utf8(&line) {
            Ok(line) => line,
            Err(error) => {
                let bad = error.valid_up_to();
                let message = format!(
                    "is no record: it is not UTF-8: a stray byte 0x{:02X}; save the file as UTF-8",
                    line[bad]
                );
                return Some(Err(LoadError { offset: Some(offset + bad as u64), ..fail(number, message) }));
            }
        };
        Some(
            article(number, line.trim_ascii_end(), &survey)
                .map_err(|message| fail(number, format!("is no record: {message}"))),
        )
    })
}

/// The lines of a file with their 1-based numbers and their offsets in bytes. A line ends at LF,
/// which JSON never holds unescaped but as white space; the CR before it is such white space.
struct Lines<'a> {
    records: Box<dyn BufRead + Send + 'a>,
    number: u32,
    offset: u64,
    is_done: bool,
}

impl Iterator for Lines<'_> {
    type Item = Result<(u32, u64, Vec<u8>), (u32, std::io::Error)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let offset = self.offset;
        let mut line = Vec::new();
        self.number = self.number.saturating_add(1);
        match self.records.read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(length) => {
                self.offset += length as u64;
                Some(Ok((self.number, offset, line)))
            }
            Err(error) => {
                self.is_done = true;
                Some(Err((self.number, error)))
            }
        }
    }
}

/// The text of a record that is not marked up. One that is written as a field of a table, between
/// quotation marks with those inside doubled, as a table that was cut into records leaves it, is read as
/// what it says.
pub(super) fn extract(text: &str) -> Extract {
    let field = text.trim();
    if !is_field(field) {
        return Extract::plain(text);
    }
    // White space beside its quotation marks belongs to it no more than they do.
    let inner = field[1..field.len() - 1].trim();
    let start = inner.as_ptr() as usize - text.as_ptr() as usize;
    let mut map = OriginMap::of_escaped(text, Escape::DoubledQuotes);
    let mut said = String::with_capacity(inner.len());
    let mut done = 0;
    for (at, twice) in inner.match_indices("\"\"") {
        said.push_str(&inner[done..at]);
        map.copy(Span::new(start + done, start + at));
        said.push('"');
        done = at + twice.len();
        map.replace(Span::new(start + at, start + done), 1);
    }
    said.push_str(&inner[done..]);
    map.copy(Span::new(start + done, start + inner.len()));
    Extract { text: said, origin: Some(map), ..Extract::default() }
}

/// Whether a text is a field of a table: all quotation marks between its first and its last are doubled, and
/// there are such.
fn is_field(text: &str) -> bool {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    let mut runs = 0;
    let mut length = 0_usize;
    for c in inner.chars().chain(std::iter::once(' ')) {
        if c == '"' {
            length += 1;
        } else {
            runs += usize::from(length > 0);
            if !length.is_multiple_of(2) {
                return false;
            }
            length = 0;
        }
    }
    runs > 0
}

/// What the records of a file that have a source say together.
pub(super) fn survey(mut records: impl BufRead) -> Settled {
    let mut survey = Survey::default();
    let mut line = Vec::new();
    let (mut read, mut taken) = (0_u32, 0_u32);
    loop {
        line.clear();
        if records.read_until(b'\n', &mut line).unwrap_or(0) == 0 || read == FIRST && taken == 0 {
            return survey.settle();
        }
        read = read.saturating_add(1);
        if memchr::memmem::find(&line, b"\"source\"").is_none() {
            continue;
        }
        let Ok(row) = serde_json::from_slice::<Row<'_>>(&line) else { continue };
        if let (Some(source), Ok(target)) = (&row.source, serde_json::from_str::<String>(row.text.get())) {
            taken += 1;
            let language = |tag: &Option<String>| tag.as_deref().and_then(|tag| Language::parse(tag).ok());
            survey.add(
                &extract(source).text,
                &extract(&target).text,
                (language(&row.source_lang), language(&row.lang)),
            );
        }
    }
}

fn article(number: u32, line: &str, survey: &Settled) -> Result<Article, String> {
    let row: Row<'_> = serde_json::from_str(line).map_err(|error| without_line(&error))?;
    let text: String = serde_json::from_str(row.text.get()).map_err(|_| {
        format!(
            "`text` must be a string, not {}",
            visible(&row.text.get().chars().take(20).collect::<String>())
        )
    })?;
    let id = match row.id {
        None | Some(serde_json::Value::Null) => number.to_string(),
        Some(serde_json::Value::String(id)) => id,
        Some(other) => other.to_string(),
    };
    let format = row.format.filter(|name| !name.is_empty()).map(|name| format(&name)).transpose()?;
    let (language, source_language) =
        (self::language("lang", row.lang)?, self::language("source_lang", row.source_lang)?);
    let mut facts = UnitFacts { is_finished: true, ..UnitFacts::default() };
    let extract = format.map_or_else(|| extract(&text), |format| super::extract(format, &text));
    let source = row.source.map(|source| self::extract(&source).text);
    if let Some(source) = &source {
        survey.tell(source, &extract.text, (source_language, language), &mut facts);
    }
    Ok(Article {
        record: Some(Record { id, line: number, start: None }),
        key: number,
        extract,
        format,
        language,
        source,
        source_place: None,
        source_language,
        facts: Arc::new(facts),
    })
}

fn language(key: &str, tag: Option<String>) -> Result<Option<Language>, String> {
    let tag = tag.filter(|tag| !tag.is_empty());
    tag.map(|tag| Language::parse(&tag).map_err(|error| format!("`{key}`: {error}"))).transpose()
}

/// How the text of a record is written.
fn format(name: &str) -> Result<Format, String> {
    match name.to_ascii_lowercase().as_str() {
        "txt" | "text" | "plain" => Ok(Format::Text),
        "md" | "markdown" => Ok(Format::Markdown),
        "html" | "htm" => Ok(Format::Html),
        _ => Err(format!("`format`: `{name}` is not known; known are txt, md and html")),
    }
}

/// What serde_json says; its line is always 1 here, and its column counts bytes.
fn without_line(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.rsplit_once(" at line ") {
        Some((message, _)) if error.column() > 0 => {
            format!("{message}, at byte {} of the line", error.column())
        }
        _ => told,
    }
}

/// The file's bytes with other texts in the records of some lines; all else byte by byte as it was.
pub(super) fn with_texts(original: &[u8], texts: &BTreeMap<u32, String>) -> Vec<u8> {
    let mut out = Vec::with_capacity(original.len());
    for (number, line) in (1..).zip(original.split_inclusive(|byte| *byte == b'\n')) {
        let changed = texts.get(&number).and_then(|text| Some((text, str::from_utf8(line).ok()?)));
        match changed.and_then(|(text, line)| with_text(line, text)) {
            Some(changed) => out.extend_from_slice(changed.as_bytes()),
            None => out.extend_from_slice(line),
        }
    }
    out
}

/// The line with another text, or `None` when it is no record.
fn with_text(line: &str, text: &str) -> Option<String> {
    let row: Row<'_> = serde_json::from_str(line).ok()?;
    let raw = row.text.get();
    let start = raw.as_ptr() as usize - line.as_ptr() as usize;
    let mut out = line[..start].to_owned();
    push_string(&mut out, raw, text);
    out.push_str(&line[start + raw.len()..]);
    Some(out)
}

/// Writes `text` as a JSON string; in ASCII, if the value it replaces is.
fn push_string(out: &mut String, replaced: &str, text: &str) {
    if serde_json::from_str::<String>(replaced).is_ok_and(|old| old == text) {
        out.push_str(replaced);
        return;
    }
    let json = serde_json::Value::from(text).to_string();
    if !replaced.is_ascii() || !replaced.contains("\\u") {
        out.push_str(&json);
        return;
    }
    for char in json.chars() {
        if char.is_ascii() {
            out.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("a String takes everything");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{File, from_bytes};
    use super::*;

    fn file(text: &str) -> File {
        from_bytes("a.jsonl", Format::JsonLines, text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn a_record_gives_what_it_has() {
        let file = file(
            "{\"id\": 7, \"text\": \"Zo\\u00eb \\\"x\\\"\", \"lang\": \"en-GB\", \"source\": \"S\", \"source_lang\": \"ja\", \"more\": [1]}\r\n\r\n{\"text\": \"b\"}",
        );
        let articles: Vec<Article> = file.articles().map(Result::unwrap).collect();
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].record, Some(Record { id: "7".into(), line: 1, start: None }));
        assert_eq!(articles[0].original(), "Zoë \"x\"");
        assert_eq!(articles[0].language.unwrap().as_str(), "en");
        assert_eq!(articles[0].source.as_deref(), Some("S"));
        assert_eq!(articles[0].source_language.unwrap().as_str(), "ja");
        assert_eq!(articles[1].record, Some(Record { id: "3".into(), line: 3, start: None }));
    }

    #[test]
    fn a_record_says_how_its_text_is_written() {
        let file = file(
            "{\"text\": \"The *old* `a  b` mill.\", \"format\": \"md\"}\n{\"text\": \"<p>One &amp; two\", \"format\": \"html\"}\n\
             {\"text\": \"*One*\", \"format\": \"txt\"}\n{\"text\": \"a\", \"format\": \"docx\"}\n",
        );
        let articles: Vec<_> = file.articles().collect();
        let texts: Vec<&str> =
            articles.iter().flatten().map(|article| article.extract.text.trim_end()).collect();
        assert_eq!(texts, ["The old a  b mill.", "One & two", "*One*"]);
        assert_eq!(articles[0].as_ref().unwrap().original(), "The *old* `a  b` mill.");
        let told = articles[3].as_ref().unwrap_err().to_string();
        assert!(told.ends_with("`format`: `docx` is not known; known are txt, md and html"), "{told}");
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_read() {
        let file = file(
            "{\"text\": \"a\"}\nnonsense\n{\"id\": 3}\n{\"text\": 4}\n{\"text\": \"b\", \"lang\": \"?\"}\n{\"text\": \"b\"}\n",
        );
        let (good, bad): (Vec<_>, Vec<_>) = file.articles().partition(Result::is_ok);
        assert_eq!(good.len(), 2);
        let told: Vec<String> = bad.into_iter().map(|error| error.unwrap_err().to_string()).collect();
        assert_eq!(
            told,
            [
                "a.jsonl:2: is no record: expected ident, at byte 2 of the line",
                "a.jsonl:3: is no record: missing field `text`, at byte 9 of the line",
                "a.jsonl:4: is no record: `text` must be a string, not 4",
                "a.jsonl:5: is no record: `lang`: `?` is not a language code such as `en` or `pt-BR`",
            ]
        );
    }

    #[test]
    fn a_line_that_is_not_utf8_is_named_and_the_rest_is_read() {
        let bytes = b"\xEF\xBB\xBF{\"text\": \"a\"}\n{\"text\": \"\xFF\"}\n{\"text\": \"b\"}".to_vec();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, &bytes).unwrap();
        let held = from_bytes(&path.display().to_string(), Format::JsonLines, bytes.clone()).unwrap();
        for file in [held, super::super::read(&path).unwrap()] {
            let articles: Vec<_> = file.articles().collect();
            assert_eq!(articles.len(), 3);
            assert_eq!(articles[2].as_ref().unwrap().original(), "b");
            let error = articles[1].as_ref().unwrap_err();
            assert_eq!((error.line, error.offset), (Some(2), Some(27)));
            assert_eq!(bytes[27], 0xFF);
            let texts = BTreeMap::from([(3, "c".to_owned())]);
            let mut changed = bytes.clone();
            changed[bytes.len() - 3] = b'c';
            assert_eq!(file.with_texts(&texts).unwrap(), changed);
        }
    }

    #[test]
    fn only_the_text_of_a_record_changes() {
        let original =
            "{\"x\":  1.50, \"text\" : \"a\\u00e9 \", \"text2\": \"a\\u00e9 \"}\r\n{\"text\":\"é\"}\nbroken";
        let file = file(original);
        assert_eq!(file.with_texts(&BTreeMap::new()).unwrap(), original.as_bytes());
        let texts = BTreeMap::from([(1, "é\n😀".to_owned()), (2, "ü".to_owned())]);
        assert_eq!(
            String::from_utf8(file.with_texts(&texts).unwrap()).unwrap(),
            "{\"x\":  1.50, \"text\" : \"\\u00e9\\n\\ud83d\\ude00\", \"text2\": \"a\\u00e9 \"}\r\n{\"text\":\"ü\"}\nbroken"
        );
    }

    #[test]
    fn a_field_of_a_table_is_read_as_what_it_says() {
        let field = extract("\"The \"\"Gull\"\" left. \"");
        assert_eq!(field.text, "The \"Gull\" left.");
        let map = field.origin.unwrap();
        assert_eq!(map.span(Span::new(5, 9)), Span::new(7, 11));
        for text in ["\"The Gull left.\"", "\"The \"Gull\" left.\"", "The \"\"Gull\"\"", "\"\"", "\""] {
            assert_eq!(extract(text).text, text);
        }
        let file = file(
            "{\"text\": \"\\\"A \\\"\\\"b\\\"\\\" c\\\"\", \"source\": \"\\\"X \\\"\\\"y\\\"\\\"\\\"\"}",
        );
        let article = file.articles().next().unwrap().unwrap();
        assert_eq!(
            (article.extract.text.as_str(), article.source.as_deref()),
            ("A \"b\" c", Some("X \"y\""))
        );
        assert_eq!(article.original(), "\"A \"\"b\"\" c\"");
    }

    #[test]
    fn a_text_that_stays_keeps_its_spelling() {
        let original = "{\"text\":\"\\u0061\\/b\"}";
        let texts = BTreeMap::from([(1, "a/b".to_owned())]);
        assert_eq!(file(original).with_texts(&texts).unwrap(), original.as_bytes());
    }
}
