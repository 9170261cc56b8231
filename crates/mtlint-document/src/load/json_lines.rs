//! JSON Lines: an article a line. Other fields than those that are read are kept and ignored.

use super::fields::Fields;
use super::json_fields::{self, Row};
use super::quoted::extract;
use super::survey::{Settled, Survey};
use super::{Article, LoadError, MAX_BYTES, TOO_LARGE, explain};
use mtlint_lang::Language;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::BufRead;

/// Of how many records one has a source at least, so that the file is surveyed.
pub(super) const FIRST: u32 = 100;

/// The articles of a file, each line read when it is asked for; the first begins at the byte
/// `offset` of the file.
pub(super) fn articles<'a>(
    file: &'a str,
    offset: usize,
    records: Box<dyn BufRead + Send + 'a>,
    fields: &'a Fields,
    survey: Settled,
) -> impl Iterator<Item = Result<Article, LoadError>> + Send + 'a {
    Lines { records, number: 0, offset: offset as u64, is_done: false }.filter_map(move |line| match line {
        Ok((number, offset, line)) => record(file, number, offset, &line, fields, &survey),
        Err((number, error)) => {
            Some(Err(LoadError { line: Some(number), ..LoadError::new(file, explain(&error)) }))
        }
    })
}

/// The article of the line `line` of a file, whose 1-based number and offset in bytes are given; `None`
/// where it is empty.
pub fn record(
    file: &str,
    number: u32,
    offset: u64,
    line: &[u8],
    fields: &Fields,
    survey: &Settled,
) -> Option<Result<Article, LoadError>> {
    let fail = |message| LoadError { line: Some(number), ..LoadError::new(file, message) };
    if line.trim_ascii().is_empty() {
        return None;
    }
    if line.len() as u64 > MAX_BYTES {
        return Some(Err(fail(TOO_LARGE.to_owned())));
    }
    let line = match str::from_utf8(line) {
        Ok(line) => line,
        Err(error) => {
            let bad = error.valid_up_to();
            let message = format!(
                "is no record: it is not UTF-8: a stray byte 0x{:02X}; save the file as UTF-8",
                line[bad]
            );
            return Some(Err(LoadError { offset: Some(offset + bad as u64), ..fail(message) }));
        }
    };
    Some(
        article(number, line.trim_ascii_end(), fields, survey)
            .map_err(|message| fail(format!("is no record: {message}"))),
    )
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

/// What the records of a file that have a source say together.
pub(super) fn survey(mut records: impl BufRead, fields: &Fields) -> Settled {
    let mut survey = Survey::default();
    let mut line = Vec::new();
    let (mut read, mut taken) = (0_u32, 0_u32);
    // The first part of a name is a key of the record, whatever it leads into.
    let source = fields.source.as_deref().and_then(|name| name.split('.').next());
    let Some(key) = source.map(|name| format!("\"{name}\"")) else { return survey.settle() };
    loop {
        line.clear();
        if records.read_until(b'\n', &mut line).unwrap_or(0) == 0 || read == FIRST && taken == 0 {
            return survey.settle();
        }
        read = read.saturating_add(1);
        if memchr::memmem::find(&line, key.as_bytes()).is_none() {
            continue;
        }
        let Ok(Ok(values)) = str::from_utf8(&line).map(|line| json_fields::values(line, fields)) else {
            continue;
        };
        if let Some(source) = &values.source {
            taken += 1;
            let language = |tag: &Option<String>| tag.as_deref().and_then(|tag| Language::parse(tag).ok());
            let languages = (language(&values.source_language), language(&values.language));
            survey.add(&extract(source).text, &extract(&values.text).text, languages);
        }
    }
}

fn article(number: u32, line: &str, fields: &Fields, survey: &Settled) -> Result<Article, String> {
    json_fields::values(line, fields)?.article_by(extract, number, number, fields, survey)
}

/// The file's bytes with other texts in the records of some lines; all else byte by byte as it was.
pub(super) fn with_texts(original: &[u8], texts: &BTreeMap<u32, String>, fields: &Fields) -> Vec<u8> {
    let mut out = Vec::with_capacity(original.len());
    for (number, line) in (1..).zip(original.split_inclusive(|byte| *byte == b'\n')) {
        let changed = texts.get(&number).and_then(|text| Some((text, str::from_utf8(line).ok()?)));
        match changed.and_then(|(text, line)| with_text(line, text, fields)) {
            Some(changed) => out.extend_from_slice(changed.as_bytes()),
            None => out.extend_from_slice(line),
        }
    }
    out
}

/// The line with another text, or `None` when it is no record.
fn with_text(line: &str, text: &str, fields: &Fields) -> Option<String> {
    let raw = Row::read(line).ok()?.get(&fields.text).ok()??.get();
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
    use super::super::{File, Format, Record, RecordKind, from_bytes};
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
        assert_eq!(
            articles[0].record,
            Some(Record { id: "7".into(), line: 1, start: None, kind: RecordKind::Record })
        );
        assert_eq!(articles[0].original(), "Zoë \"x\"");
        assert_eq!(articles[0].language.unwrap().as_str(), "en");
        assert_eq!(articles[0].source.as_deref(), Some("S"));
        assert_eq!(articles[0].source_language.unwrap().as_str(), "ja");
        assert_eq!(
            articles[1].record,
            Some(Record { id: "3".into(), line: 3, start: None, kind: RecordKind::Record })
        );
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
