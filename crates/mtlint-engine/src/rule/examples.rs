//! The examples of a rule file, which are its tests: `⟦…⟧` marks the damage.

use super::file::ExampleTable;
use mtlint_document::Cue;
use mtlint_lang::Language;
use mtlint_text::Span;
use serde::Deserialize;
use std::fmt;

/// A text with what a rule must say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// `bad.1`, as the file's tables are counted, from 1.
    pub name: String,
    /// Without the marks.
    pub text: String,
    /// The damage, in text order; empty in a good example.
    pub spans: Vec<Span>,
    /// The text after the first fix of every finding.
    pub fixed: Option<String>,
    pub language: Option<Language>,
    /// The text it was translated from, and its language.
    pub source: Option<(String, Option<Language>)>,
    /// Whether that is the text itself, before it was translated and came back.
    pub is_round_trip: bool,
    /// How many characters the text may have.
    pub max_length: Option<u32>,
    /// Of a subtitle: its times.
    pub cue: Option<Cue>,
    /// How most of the file translates the same source.
    pub usual: Option<String>,
    /// Another source of the file with the same translation.
    pub twin: Option<String>,
    /// What makes it sound, or damaged.
    pub why: Option<String>,
    /// 1-based, in the rule file.
    pub line: Option<u32>,
}

impl Example {
    /// Whether the text is damaged.
    pub fn is_bad(&self) -> bool {
        !self.spans.is_empty()
    }

    /// The text with `⟦…⟧` around each damage, as the rule file has it.
    pub fn marked(&self) -> String {
        mark(&self.text, &self.spans)
    }
}

/// How an example failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Damage that the rule did not report.
    Missing(Span),
    /// A report where no damage is marked.
    Noisy(Span),
    /// The fixed text is not the one given: what came out.
    WrongFix(String),
    /// The rule still reports something in the fixed text.
    StillThere(Span),
    /// Fixes that cannot be applied.
    BrokenFix(String),
    /// With a prefix before the text, other spans came out.
    NotShifted,
    /// The prefilter hid a finding.
    Filtered,
}

/// An example that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleError {
    pub rule: String,
    pub example: Example,
    pub verdict: Verdict,
}

impl fmt::Display for ExampleError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, example, verdict } = self;
        write!(formatter, "{rule}, example {}", example.name)?;
        if let Some(line) = example.line {
            write!(formatter, " (line {line})")?;
        }
        let show = |span: &Span| mark(&example.text, &[*span]);
        match verdict {
            Verdict::Missing(span) => write!(formatter, ": missing: {}", show(span)),
            Verdict::Noisy(span) => write!(formatter, ": noisy: {}", show(span)),
            Verdict::WrongFix(text) => write!(
                formatter,
                ": the fixed text should be\n    {}\nand is\n    {text}",
                example.fixed.as_deref().unwrap_or(&example.text)
            ),
            Verdict::StillThere(span) => write!(
                formatter,
                ": still reported in the fixed text: {}",
                mark(example.fixed.as_deref().unwrap_or_default(), &[*span])
            ),
            Verdict::BrokenFix(error) => write!(formatter, ": the fixes cannot be applied: {error}"),
            Verdict::NotShifted => write!(formatter, ": other findings when the text is preceded by another"),
            Verdict::Filtered => write!(formatter, ": the prefilter hides a finding; see `needs`"),
        }
    }
}

/// `text` with `⟦…⟧` around each span.
fn mark(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for span in spans {
        out.push_str(text.get(done..span.lo()).unwrap_or_default());
        out.push('⟦');
        out.push_str(text.get(span.range()).unwrap_or_default());
        out.push('⟧');
        done = span.hi();
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The text without its marks, and the spans they marked.
fn unmark(marked: &str) -> Result<(String, Vec<Span>), String> {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match (c, open) {
            ('⟦', None) => open = Some(text.len()),
            ('⟧', Some(start)) => {
                spans.push(Span::new(start, text.len()));
                open = None;
            }
            ('⟦' | '⟧', _) => return Err("`⟦` and `⟧` do not pair".to_owned()),
            _ => text.push(c),
        }
    }
    if open.is_some() { Err("`⟦` and `⟧` do not pair".to_owned()) } else { Ok((text, spans)) }
}

/// How many examples of each kind a rule file has at least.
const FEWEST: usize = 2;

/// The examples of a rule file as they are written.
#[derive(Debug, Deserialize)]
struct Tables {
    #[serde(default)]
    bad: Vec<ExampleTable>,
    #[serde(default)]
    good: Vec<ExampleTable>,
}

/// The examples of a rule built in, for these languages (all where there are none).
///
/// # Panics
/// When they are wrong, which a test rules out.
pub(super) fn builtin(id: &str, languages: &[Language]) -> Vec<Example> {
    let examples = mtlint_data::examples();
    let Ok(index) = examples.binary_search_by(|(of, _)| of.cmp(&id)) else { return Vec::new() };
    let Tables { bad, good } = serde_json::from_str(examples[index].1)
        .unwrap_or_else(|error| panic!("the examples of {id}: {error}"));
    read(languages, &bad, &good, |_| None).unwrap_or_else(|errors| panic!("the examples of {id}: {errors:?}"))
}

/// Reads the examples of a rule file, for these languages (all where there are none).
pub(super) fn read<'t>(
    languages: &[Language],
    bad: &'t [ExampleTable],
    good: &'t [ExampleTable],
    line: impl Fn(&str) -> Option<u32>,
) -> Result<Vec<Example>, Vec<(String, String)>> {
    let mut errors = Vec::new();
    let mut examples = Vec::new();
    let default = languages.first().copied().or(Language::parse("en").ok());
    let counts = [("bad", bad.len()), ("good", good.len())];
    let tables = |kind, tables: &'t [ExampleTable]| {
        tables.iter().enumerate().map(move |(index, table)| (kind, index, table))
    };
    for (kind, index, table) in tables("bad", bad).chain(tables("good", good)) {
        let key = format!("{kind}.{index}");
        let mut fail = |message: String| errors.push((key.clone(), message));
        let language = match table.lang.as_deref().map(Language::parse) {
            Some(Ok(language)) => Some(language),
            Some(Err(error)) => {
                fail(error.to_string());
                continue;
            }
            None => default,
        };
        let source_language = match Language::parse(table.source_lang.as_deref().unwrap_or("en")) {
            Ok(language) => Some(language),
            Err(error) => {
                fail(error.to_string());
                continue;
            }
        };
        if kind == "good" && table.fixed.is_some() {
            fail("a good example has nothing to fix".to_owned());
        }
        match unmark(&table.text) {
            Ok((_, spans)) if spans.is_empty() == (kind == "bad") => fail(
                match kind {
                    "bad" => "a bad example marks its damage with `⟦…⟧`",
                    _ => "a good example marks nothing",
                }
                .to_owned(),
            ),
            Ok((text, spans)) => examples.push(Example {
                name: format!("{kind}.{}", index + 1),
                text,
                spans,
                fixed: table.fixed.clone(),
                language,
                max_length: table.max_length,
                usual: table.usual.clone(),
                twin: table.twin.clone(),
                cue: table.cue.map(|[start, end, next, from, to]| Cue {
                    start,
                    end,
                    next: Some(next),
                    source: Some((from, to)),
                }),
                source: match &table.original {
                    Some(original) => Some((original.clone(), language)),
                    None => table.source.clone().map(|source| (source, source_language)),
                },
                is_round_trip: table.original.is_some(),
                why: table.why.clone(),
                line: line(&format!("{key}.text")),
            }),
            Err(message) => fail(message),
        }
    }
    for (kind, count) in counts {
        if count < FEWEST {
            errors.push((
                kind.to_owned(),
                format!("a rule has at least {FEWEST} {kind} examples, this one has {count}"),
            ));
        }
    }
    if errors.is_empty() { Ok(examples) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_and_go_back_on() {
        let (text, spans) = unmark("a ⟦b⟧ é⟦⟧").unwrap();
        assert_eq!((text.as_str(), spans.as_slice()), ("a b é", &[Span::new(2, 3), Span::new(6, 6)][..]));
        assert_eq!(mark(&text, &spans), "a ⟦b⟧ é⟦⟧");
        assert!(unmark("⟦a").is_err());
        assert!(unmark("a⟧").is_err());
        assert!(unmark("⟦⟦a⟧⟧").is_err());
    }
}
