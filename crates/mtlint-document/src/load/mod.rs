//! Loading: from the bytes of a file to the articles in it, and back after fixing.
//!
//! One small file for each format. A format says what in a file is prose and where it lies; the
//! rest of the crate never learns which format a text came from. The only part of `document` that
//! touches files. May use `files`, `text`, `lang` and its own parent.

mod asciidoc;
mod builder;
mod encoding;
mod fields;
pub mod glossaries;
mod html;
mod joined;
mod json_fields;
mod json_lines;
mod latex;
mod mail;
mod markdown;
mod package;
mod plain;
mod quoted;
mod rst;
mod source_place;
mod survey;
mod units;

pub use encoding::Encoding;
pub use fields::{Fields, Values};
pub use json_fields::Row as JsonRow;
pub use json_lines::record as json_record;
pub use source_place::SourcePlace;
pub use survey::{Settled, Survey};

use super::{BlockKind, Extract, UnitFacts};
use crate::files::{self, Digest, Version};
use mtlint_lang::{FunctionWords, Language, identify};
use mtlint_text::Position;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read, in bytes: spans are 32 bits wide.
const MAX_BYTES: u64 = u32::MAX as u64 - 1;

/// How a file holds its prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Text,
    Markdown,
    Html,
    Latex,
    /// reStructuredText.
    Rst,
    AsciiDoc,
    Xhtml,
    /// A document of Word, read as its paragraphs.
    Docx,
    /// A text of OpenDocument, read as its paragraphs.
    Odt,
    /// A book, each of its pages an article in XHTML.
    Epub,
    /// A message, each of its parts an article.
    Mail,
    /// Many messages.
    Mailbox,
    /// The plain text of a message.
    MailText,
    /// An article a line, each a JSON object with `text` and, optionally, `id`, `source`, `lang`,
    /// `source_lang` and `format`.
    JsonLines,
    /// gettext.
    Po,
    /// XLIFF 1.2 and 2.
    Xliff,
    Tmx,
    /// A table with a column of the source and one of the target.
    Csv,
    Tsv,
    Srt,
    Vtt,
    /// Android's string resources.
    Android,
    /// Apple's `.strings`.
    AppleStrings,
    /// Java's `.properties`.
    Properties,
    /// .NET's string resources.
    Resx,
    /// Qt's translations, which share their ending with programs in TypeScript.
    QtTs,
    Fluent,
    /// Strings below keys.
    Yaml,
    /// Apple's plural forms.
    Stringsdict,
    /// Apple's String Catalog.
    Xcstrings,
    /// Strings below keys.
    Json,
    /// A text a line, beside its source.
    Lines,
}

impl Format {
    /// The format of a file that is named: its extension tells; plain text where it tells none.
    pub fn of(path: impl AsRef<Path>) -> Self {
        // Among the files of a folder most of these are no translations.
        let named = match path.as_ref().extension().and_then(|it| it.to_str()) {
            Some("csv") => Some(Self::Csv),
            Some("tsv") => Some(Self::Tsv),
            Some("json" | "arb") => Some(Self::Json),
            Some("xml") => Some(Self::Android),
            Some("properties") => Some(Self::Properties),
            Some("resx") => Some(Self::Resx),
            Some("ts") => Some(Self::QtTs),
            Some("ftl") => Some(Self::Fluent),
            Some("yml" | "yaml") => Some(Self::Yaml),
            Some("stringsdict") => Some(Self::Stringsdict),
            _ => None,
        };
        Self::known(path).or(named).unwrap_or(Self::Text)
    }

    /// Whether a file holds many texts.
    pub fn holds_many(self) -> bool {
        matches!(self, Self::JsonLines | Self::Epub | Self::Mail | Self::Mailbox) || self.holds_units()
    }

    /// Whether a file holds units, texts that go by an id.
    pub fn holds_units(self) -> bool {
        !matches!(
            self,
            Self::Text
                | Self::Markdown
                | Self::Html
                | Self::Latex
                | Self::Rst
                | Self::AsciiDoc
                | Self::Xhtml
                | Self::Docx
                | Self::Odt
                | Self::Epub
                | Self::Mail
                | Self::Mailbox
                | Self::MailText
                | Self::JsonLines
        )
    }

    /// The format a file's extension tells.
    pub fn known(path: impl AsRef<Path>) -> Option<Self> {
        let extension = path.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        Self::ENDINGS.iter().find(|(ending, _)| *ending == extension).map(|(_, format)| *format)
    }

    /// The endings of the files that are met in a folder, and what they tell.
    pub const ENDINGS: [(&str, Self); 31] = [
        ("txt", Self::Text),
        ("text", Self::Text),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
        ("htm", Self::Html),
        ("xhtml", Self::Xhtml),
        ("xht", Self::Xhtml),
        ("tex", Self::Latex),
        ("ltx", Self::Latex),
        ("latex", Self::Latex),
        ("rst", Self::Rst),
        ("adoc", Self::AsciiDoc),
        ("asciidoc", Self::AsciiDoc),
        ("docx", Self::Docx),
        ("odt", Self::Odt),
        ("epub", Self::Epub),
        ("eml", Self::Mail),
        ("mbox", Self::Mailbox),
        ("jsonl", Self::JsonLines),
        ("ndjson", Self::JsonLines),
        ("po", Self::Po),
        ("pot", Self::Po),
        ("xlf", Self::Xliff),
        ("xliff", Self::Xliff),
        ("xlf2", Self::Xliff),
        ("tmx", Self::Tmx),
        ("srt", Self::Srt),
        ("vtt", Self::Vtt),
        ("strings", Self::AppleStrings),
        ("xcstrings", Self::Xcstrings),
    ];
}

/// What a file of many articles is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordKind {
    /// A line or an entry, which has an id.
    #[default]
    Record,
    /// A file inside the file, which goes by its name.
    File,
    /// A part of a message.
    Part,
}

impl RecordKind {
    /// As people call it, before its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::File => "file",
            Self::Part => "part",
        }
    }
}

/// Where in a file of many articles one of them stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The record's `id`, or the number of its line where it has none.
    pub id: String,
    /// 1-based.
    pub line: u32,
    /// Of a unit, whose text is a part of the file as it is: where it begins, in bytes and as people
    /// count.
    pub start: Option<(u32, Position)>,
    pub kind: RecordKind,
}

/// One article of a file, ready to become a [`super::Document`].
#[derive(Clone, Debug)]
pub struct Article {
    /// `None` when the file is the article.
    pub record: Option<Record>,
    /// What [`File::with_texts`] knows it by.
    pub key: u32,
    pub extract: Extract,
    /// How the text of a record is written, where the record says it.
    pub format: Option<Format>,
    /// What the file itself says about the language.
    pub language: Option<Language>,
    /// The text it was translated from, where the file gives it.
    pub source: Option<String>,
    /// Where that lies; `None` where it is known by its text alone, as in a record.
    pub source_place: Option<Arc<SourcePlace>>,
    pub source_language: Option<Language>,
    /// What the file says of it beside the two texts.
    pub facts: Arc<UnitFacts>,
    /// Of a document that is read as its paragraphs, each a line of its text: of which kind they are.
    pub paragraphs: Option<Arc<[Option<BlockKind>]>>,
}

impl Article {
    /// The text that fixes are applied to and that reports refer to: the file's, or the record's.
    pub fn original(&self) -> &str {
        self.extract.origin.as_ref().map_or(&self.extract.text, super::OriginMap::original)
    }
}

/// Why a file, or one record of it, cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The file as the user knows it.
    pub file: String,
    /// 1-based.
    pub line: Option<u32>,
    /// Bytes from the beginning of the file.
    pub offset: Option<u64>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl LoadError {
    /// An error of the whole file.
    pub fn new(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, offset: None, message: message.into() }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": {}", self.message)?;
        if let Some(offset) = self.offset {
            write!(formatter, " (at byte {offset})")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

/// A file, decoded. Its articles are taken out one by one, so that never all of them are held.
#[derive(Clone, Debug)]
pub struct File {
    name: String,
    format: Format,
    encoding: Encoding,
    content: Content,
    /// `None` for what was no file.
    version: Option<Version>,
    /// The text it was translated from.
    source: Option<Arc<str>>,
    /// How the user knows the file that holds it.
    source_name: Option<Arc<str>>,
    /// How that file is written, where it is the original of a text that came back.
    source_format: Format,
    /// Whether that is the text itself, before it was translated and came back.
    is_round_trip: bool,
    source_language: Option<Language>,
    /// Of its units, where they do not say.
    language: Option<Language>,
    /// Of its records.
    fields: Fields,
}

/// What a file holds, without its byte order mark.
#[derive(Clone, Debug)]
enum Content {
    Text(String),
    /// Records in UTF-8.
    Records(Vec<u8>),
    /// Parts of an archive.
    Package(package::Package),
    /// The parts of messages.
    Mail(mail::Mail),
    /// Records in UTF-8 that are read from the file one by one, so that a corpus of any size is.
    Stream(PathBuf),
}

/// Reads a file, in the format that its extension tells.
///
/// # Errors
/// When it cannot be read, is binary, too large, or in an encoding that is not known for certain.
pub fn read(path: &Path) -> Result<File, LoadError> {
    let name = files::shown(path);
    let fail = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::IsADirectory => LoadError::new(&name, "is a folder, not a file"),
        _ => LoadError::new(&name, explain(error)),
    };
    let mut file = files::open(path).map_err(|error| fail(&error))?;
    let metadata = file.metadata().map_err(|error| fail(&error))?;
    let version = Version::of(&metadata);
    let format = Format::of(path);
    if format == Format::JsonLines {
        let mut probe = Vec::new();
        (&file).take(encoding::PROBE as u64).read_to_end(&mut probe).map_err(|error| fail(&error))?;
        file.rewind().map_err(|error| fail(&error))?;
        let encoding = encoding::marked(&probe).unwrap_or(Encoding::Utf8);
        if !encoding.is_utf16() {
            encoding::refuse_binary(&name, &probe)?;
            let content = Content::Stream(path.to_path_buf());
            return Ok(File { version: Some(version), ..File::new(name, format, encoding, content) });
        }
    }
    if metadata.len() > MAX_BYTES {
        return Err(LoadError::new(&name, TOO_LARGE));
    }
    // A byte more than there are, so that the end is met without more room.
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| fail(&error))?;
    version.note(Digest::of(&bytes));
    Ok(File { version: Some(version), ..from_bytes(&name, format, bytes)? })
}

/// The file that `bytes`, read from standard input for instance, are; `name` is for messages.
///
/// # Errors
/// As [`read`].
pub fn from_bytes(name: &str, format: Format, bytes: Vec<u8>) -> Result<File, LoadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(LoadError::new(name, TOO_LARGE));
    }
    match format {
        Format::Docx | Format::Odt | Format::Epub => {
            let content = Content::Package(package::read(name, format, bytes)?);
            return Ok(File::new(name.to_owned(), format, Encoding::Utf8, content));
        }
        Format::Mail | Format::Mailbox => {
            let content = Content::Mail(mail::read(name, format, bytes)?);
            return Ok(File::new(name.to_owned(), format, Encoding::Utf8, content));
        }
        _ => {}
    }
    let mark = encoding::marked(&bytes);
    if format == Format::JsonLines && !mark.is_some_and(Encoding::is_utf16) {
        encoding::refuse_binary(name, &bytes)?;
        let encoding = mark.unwrap_or(Encoding::Utf8);
        let records = bytes[encoding.mark().len()..].to_vec();
        return Ok(File::new(name.to_owned(), format, encoding, Content::Records(records)));
    }
    let (encoding, text) = encoding::decode(name, bytes)?;
    // What is no UTF-8 there says so, and is not guessed at.
    if format.holds_units() && encoding == Encoding::Windows1252 && !says_latin(&text) {
        return Err(LoadError::new(name, "is not UTF-8, and does not say what it is; save it as UTF-8"));
    }
    let format = match format {
        Format::Android if !text.contains("<resources") => Format::Text,
        Format::QtTs if !text.contains("<TS") => Format::Text,
        format => format,
    };
    if text.len() as u64 > MAX_BYTES {
        return Err(LoadError::new(name, TOO_LARGE));
    }
    Ok(File::new(name.to_owned(), format, encoding, Content::Text(text)))
}

/// Whether a file names an encoding of Western Europe.
fn says_latin(text: &str) -> bool {
    let head = text[..text.floor_char_boundary(2000)].to_ascii_lowercase();
    head.contains("iso-8859-1") || head.contains("windows-1252")
}

/// What would become of a text whose encoding only its content tells.
const UNREADABLE: &str = "after fixing it would be read as {}, and is left as it is; save the file as UTF-8";

const TOO_LARGE: &str = "is larger than 4 GiB, the most that is read; split it";

/// What the operating system says, in a user's words.
pub fn explain(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it; check its permissions".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}

/// Takes the prose out of the original text of an article: of a record's text, where the format
/// holds many.
pub fn extract(format: Format, original: &str) -> Extract {
    match format {
        Format::Text => plain::extract(original),
        Format::JsonLines => quoted::extract(original),
        format if format.holds_units() => units::extract(units::syntax(format), original),
        Format::Markdown => markdown::extract(original),
        Format::Latex => latex::extract(original),
        Format::Rst => rst::extract(original),
        Format::AsciiDoc => asciidoc::extract(original),
        Format::Docx | Format::Odt => package::extract(original, &[]),
        Format::Mail | Format::Mailbox | Format::MailText => mail::extract(original),
        Format::Xhtml => html::extract_xhtml(original).0,
        _ => html::extract(original).0,
    }
}

/// Takes the prose out of the text of a document that is read as its paragraphs, of which kind each is.
pub fn extract_paragraphs(original: &str, kinds: &[Option<BlockKind>]) -> Extract {
    package::extract(original, kinds)
}

/// The article that the text of a file is. One of records holds many, and is read by [`File::articles`].
pub fn article(format: Format, text: &str) -> Article {
    let (extract, language) = match format {
        Format::Html => html::extract(text),
        Format::Xhtml => html::extract_xhtml(text),
        format => (extract(format, text), None),
    };
    Article {
        record: None,
        key: 1,
        extract,
        format: None,
        language,
        source: None,
        source_place: None,
        source_language: None,
        facts: Arc::default(),
        paragraphs: None,
    }
}

impl File {
    fn new(name: String, format: Format, encoding: Encoding, content: Content) -> Self {
        Self {
            name,
            format,
            encoding,
            content,
            version: None,
            source: None,
            source_name: None,
            source_format: format,
            is_round_trip: false,
            source_language: None,
            language: None,
            fields: Fields::default(),
        }
    }

    /// The same file, whose records have these fields.
    #[must_use]
    pub fn with_fields(self, fields: Fields) -> Self {
        Self { fields, ..self }
    }

    /// The file as the user knows it.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Which version of it was read, so that no other is replaced; `None` for what was no file. A file
    /// of records is known as a whole once [`File::articles`] has come to its end.
    pub fn version(&self) -> Option<&Version> {
        self.version.as_ref()
    }

    /// The same file, beside the one it was translated from.
    ///
    /// # Errors
    /// When that one holds records.
    pub fn with_source(mut self, source: &File, language: Option<Language>) -> Result<Self, LoadError> {
        if matches!(self.content, Content::Package(_) | Content::Mail(_)) {
            return Err(LoadError::new(&self.name, "is not held beside a source; save both as text or HTML"));
        }
        let Content::Text(text) = &source.content else {
            return Err(LoadError::new(&source.name, "holds records, and is no source of another file"));
        };
        let lines = |text: &str| text.lines().count();
        // A text a line on both sides, as corpora are.
        if let (Format::Text, Content::Text(own)) = (self.format, &self.content)
            && lines(own) == lines(text)
        {
            self.format = Format::Lines;
        }
        self.source = Some(text.as_str().into());
        self.source_name = Some(source.name.as_str().into());
        self.source_language = language;
        Ok(self)
    }

    /// The same file, beside what it was before it was translated and came back.
    ///
    /// # Errors
    /// When one of them holds many texts.
    pub fn with_original(mut self, original: &File) -> Result<Self, LoadError> {
        for file in [&self, original] {
            if !matches!(file.content, Content::Text(_)) || file.format.holds_units() {
                return Err(LoadError::new(&file.name, "holds many texts: an original stands beside one"));
            }
        }
        let Content::Text(text) = &original.content else { return Ok(self) };
        // Read as its own format has it: an article that came back as HTML may have been plain text.
        self.source = Some(text.as_str().into());
        self.source_name = Some(original.name.as_str().into());
        self.source_format = original.format;
        self.is_round_trip = true;
        Ok(self)
    }

    /// The beginning of all targets and of all sources of a file of units that does not name their
    /// languages: of one unit alone they are hard to tell.
    fn samples(&self) -> Option<(String, String)> {
        const ENOUGH: usize = 2000;
        let Content::Text(text) = &self.content else { return None };
        if !self.format.holds_units() {
            return None;
        }
        let units = units::read_each(self.format, text, self.source.as_deref()).ok()?;
        let lacks_target = units.iter().any(|unit| unit.language.is_none());
        let lacks_source = units.iter().any(|unit| unit.source_language.is_none());
        let (mut targets, mut sources) = (String::new(), String::new());
        for article in units::articles(self.format, text, units, self.other()).flatten() {
            if targets.len() < ENOUGH && article.language.is_none() {
                targets.push_str(article.extract.text.trim());
                targets.push('\n');
            }
            if let Some(source) = article
                .source
                .as_ref()
                .filter(|_| sources.len() < ENOUGH && article.source_language.is_none())
            {
                sources.push_str(source.trim());
                sources.push('\n');
            }
            if (targets.len() >= ENOUGH || !lacks_target) && (sources.len() >= ENOUGH || !lacks_source) {
                break;
            }
        }
        Some((targets, sources))
    }

    /// The same file, whose units are in the languages that all of them together tell, where neither they
    /// nor the user say it.
    #[must_use]
    pub fn with_languages_told(self, words: &FunctionWords) -> Self {
        let Some((targets, sources)) = self.language.is_none().then(|| self.samples()).flatten() else {
            return self;
        };
        let told = |sample: &str| identify::document(sample, words);
        self.with_languages(told(&targets), told(&sources))
    }

    /// The language that its units are in where they do not say, if it was told.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// The same file, whose units are in these languages where it does not say otherwise.
    #[must_use]
    pub fn with_languages(self, language: Option<Language>, source: Option<Language>) -> Self {
        Self {
            language: language.or(self.language),
            source_language: self.source_language.or(source),
            ..self
        }
    }

    /// The text of the file that the sources of units lie in, if it is another one, and its name.
    fn other(&self) -> Option<(&str, &Arc<str>)> {
        self.source.as_deref().zip(self.source_name.as_ref())
    }

    /// The units of a file of units.
    fn units(&self, text: &str) -> Result<Vec<units::Unit>, LoadError> {
        let units = units::read(self.format, text, self.source.as_deref());
        units.map_err(|broken| broken.of_file(&self.name, text))
    }

    /// The articles in the order of the file; an error for each record that cannot be read.
    pub fn articles(&self) -> Box<dyn Iterator<Item = Result<Article, LoadError>> + Send + '_> {
        let records: Box<dyn BufRead + Send + '_> = match &self.content {
            Content::Text(text) if self.format == Format::JsonLines => Box::new(text.as_bytes()),
            Content::Text(text) if self.format.holds_units() => {
                let (language, own) = (self.source_language, self.language);
                return match self.units(text) {
                    Err(error) => Box::new(std::iter::once(Err(error))),
                    Ok(units) => Box::new(units::articles(self.format, text, units, self.other()).map(
                        move |article| {
                            article.map(|it| Article {
                                language: it.language.or(own),
                                source_language: it.source_language.or(language),
                                ..it
                            })
                        },
                    )),
                };
            }
            Content::Text(text) => {
                let mut article = article(self.format, text);
                if let Some(source) = &self.source {
                    let is_round_trip = self.is_round_trip;
                    let format = if is_round_trip { self.source_format } else { self.format };
                    let Extract { text, origin, .. } = extract(format, source);
                    let place = SourcePlace::new(self.source_name.clone(), source_place::START, origin);
                    article.source = Some(text);
                    article.source_place = Some(Arc::new(place));
                    article.source_language = self.source_language;
                    article.language = article.language.or(self.language);
                    let facts = UnitFacts { is_finished: true, is_round_trip, ..UnitFacts::default() };
                    article.facts = Arc::new(facts);
                }
                return Box::new(std::iter::once(Ok(article)));
            }
            Content::Package(package) => return package.articles(),
            Content::Mail(mail) => return Box::new(mail.articles().map(Ok)),
            Content::Records(bytes) => Box::new(bytes.as_slice()),
            Content::Stream(path) => match self.open(path) {
                Ok(file) => Box::new(file),
                Err(error) => {
                    return Box::new(std::iter::once(Err(LoadError::new(&self.name, explain(&error)))));
                }
            },
        };
        // Read twice: what the records say together is told to each of them.
        let survey = match &self.content {
            Content::Text(text) => json_lines::survey(text.as_bytes(), &self.fields),
            Content::Records(bytes) => json_lines::survey(bytes.as_slice(), &self.fields),
            Content::Stream(path) => files::open(path)
                .map(|file| json_lines::survey(BufReader::with_capacity(1 << 16, file), &self.fields))
                .unwrap_or_default(),
            Content::Package(_) | Content::Mail(_) => json_lines::survey(&[][..], &self.fields),
        };
        let offset = self.encoding.mark().len();
        Box::new(json_lines::articles(&self.name, offset, records, &self.fields, survey))
    }

    /// Opens a file of records behind its byte order mark, to be read to its end.
    fn open(&self, path: &Path) -> std::io::Result<BufReader<Box<dyn Read + Send>>> {
        let file = files::open(path)?;
        let mut reader: Box<dyn Read + Send> = match &self.version {
            Some(version) if version.is_like(&file.metadata()?) => Box::new(version.noting(file)),
            // It has changed since it was opened first, and its version stays unknown.
            _ => Box::new(file),
        };
        reader.read_exact(&mut vec![0; self.encoding.mark().len()])?;
        Ok(BufReader::with_capacity(1 << 16, reader))
    }

    /// The bytes of the file with other original texts in the articles that `texts` names by
    /// [`Article::key`]. Encoding, byte order mark, line ends and all else stay as they were, and
    /// whoever reads the bytes reads the texts.
    ///
    /// # Errors
    /// When a text holds a character that the file's encoding lacks, when its bytes would be taken for
    /// another text, or when the file is gone or another.
    pub fn with_texts(&self, texts: &BTreeMap<u32, String>) -> Result<Vec<u8>, LoadError> {
        let bytes = self.bytes_with_texts(texts)?;
        let read = |text: &str| LoadError::new(&self.name, UNREADABLE.replace("{}", text));
        match &self.content {
            // What was written must be read as the same units.
            Content::Text(text) if self.format.holds_units() => {
                let before = self.units(text)?;
                let again = encoding::decode(&self.name, bytes.clone())
                    .and_then(|(_, text)| Ok((self.units(&text)?, text)));
                let is_meant = |(key, (old, new)): (u32, (&units::Unit, &units::Unit)), after: &str| {
                    let written = texts.get(&key).filter(|_| !old.target.is_empty());
                    let meant = written.map_or(old.target.of(text), String::as_str);
                    new.target.of(after) == meant
                };
                match again {
                    Ok((after, new))
                        if after.len() == before.len()
                            && (1..).zip(before.iter().zip(&after)).all(|it| is_meant(it, &new)) =>
                    {
                        Ok(bytes)
                    }
                    _ => Err(read("other units")),
                }
            }
            Content::Text(text) if self.format != Format::JsonLines => {
                let text = texts.get(&1).unwrap_or(text);
                match encoding::decode(&self.name, bytes.clone()) {
                    Ok((_, decoded)) if decoded == *text => Ok(bytes),
                    Ok((encoding, _)) => Err(read(encoding.name())),
                    Err(_) => Err(read("no text")),
                }
            }
            _ => Ok(bytes),
        }
    }

    fn bytes_with_texts(&self, texts: &BTreeMap<u32, String>) -> Result<Vec<u8>, LoadError> {
        let read;
        let records = match &self.content {
            Content::Text(text) if self.format == Format::JsonLines => text.as_bytes(),
            Content::Text(text) if self.format.holds_units() => {
                let text = units::with_texts(text, &self.units(text)?, texts);
                return encoding::encode(&self.name, self.encoding, &text);
            }
            Content::Text(text) => {
                return encoding::encode(&self.name, self.encoding, texts.get(&1).unwrap_or(text));
            }
            Content::Package(package) => return package.with_texts(&self.name, texts),
            Content::Mail(mail) => return mail.with_texts(&self.name, texts),
            Content::Records(bytes) => bytes.as_slice(),
            Content::Stream(path) => {
                read = self.read_again(path).map_err(|error| LoadError::new(&self.name, error))?;
                read.as_slice()
            }
        };
        let records = json_lines::with_texts(records, texts, &self.fields);
        if self.encoding.is_utf16() {
            return encoding::encode(&self.name, self.encoding, &String::from_utf8_lossy(&records));
        }
        Ok([self.encoding.mark(), &records].concat())
    }

    /// All records of a file, behind its byte order mark, if they are those that [`File::articles`] gave.
    fn read_again(&self, path: &Path) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        files::open(path)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(|error| explain(&error))?;
        let known = self.version.as_ref().and_then(Version::digest);
        if known != Some(Digest::of(&bytes)) {
            return Err(files::CHANGED.to_owned());
        }
        bytes.drain(..self.encoding.mark().len());
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(file: &File) -> Article {
        let mut articles: Vec<_> = file.articles().collect();
        assert_eq!(articles.len(), 1);
        articles.remove(0).unwrap()
    }

    #[test]
    fn the_extension_tells_the_format() {
        assert_eq!(Format::of("a/b.MD"), Format::Markdown);
        assert_eq!(Format::of("b.ndjson"), Format::JsonLines);
        assert_eq!(Format::of("README"), Format::Text);
        assert_eq!(Format::known("a.rs"), None);
    }

    #[test]
    fn an_empty_file_is_an_empty_article() {
        let file = from_bytes("a.txt", Format::Text, Vec::new()).unwrap();
        assert_eq!(only(&file).original(), "");
        assert_eq!(file.with_texts(&BTreeMap::new()).unwrap(), b"");
    }

    #[test]
    fn the_byte_order_mark_is_kept_but_is_no_text() {
        let file = from_bytes("a.txt", Format::Text, b"\xEF\xBB\xBFOne.\r\n".to_vec()).unwrap();
        assert_eq!(only(&file).original(), "One.\r\n");
        let texts = BTreeMap::from([(1, "Two.\r\n".to_owned())]);
        assert_eq!(file.with_texts(&texts).unwrap(), b"\xEF\xBB\xBFTwo.\r\n");
    }

    #[test]
    fn records_in_utf16_are_read_from_their_first_byte_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        // More than is looked at to tell the encoding.
        let records = "{\"text\": \"The ferry left.\"}\n".repeat(encoding::PROBE / 10);
        let units = records.encode_utf16().flat_map(u16::to_le_bytes);
        let bytes: Vec<u8> = b"\xFF\xFE".iter().copied().chain(units).collect();
        std::fs::write(&path, &bytes).unwrap();
        let file = read(&path).unwrap();
        assert_eq!(file.encoding(), Encoding::Utf16LittleEndian);
        assert_eq!(file.articles().filter(Result::is_ok).count(), encoding::PROBE / 10);
        assert_eq!(file.with_texts(&BTreeMap::new()).unwrap(), bytes);
    }

    #[test]
    fn what_is_not_there_or_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let told = read(&folder.path().join("gone.txt")).unwrap_err().to_string();
        assert!(told.ends_with("gone.txt: there is no such file or folder"), "{told}");
        let told = read(folder.path()).unwrap_err().to_string();
        assert!(told.ends_with("is a folder, not a file"), "{told}");
    }
}
