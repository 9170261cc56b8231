//! The rule file: `rules/FAMILY/NAME.toml` as it is written.

use super::finding::{Applicability, Confidence, Severity};
use super::mqm::MQM_TYPES;
use mtlint_document::MaskKind;
use mtlint_text::toml_file::Keys;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The folders of the catalogue, and what each holds.
pub const FAMILIES: &[(&str, &str)] = &[
    ("encoding", "characters that were decoded, escaped or copied wrongly"),
    ("residue", "what scrapers, page templates and agencies leave around an article"),
    ("punctuation", "marks and the spaces around them"),
    ("quotation", "quotation marks and how they pair"),
    ("attribution", "who says what, and the verbs that say so"),
    ("fragment", "sentences cut, joined or left without their head"),
    ("grammar", "words that do not agree or cannot stand together"),
    ("repetition", "what is said twice"),
    ("name", "the names of people, places and organisations"),
    ("casing", "capitals and lower case"),
    ("language", "words and sentences of another language or script"),
    ("locale", "numbers, dates, units and spelling of another locale"),
    ("number", "numbers that differ from the source"),
    ("term", "terms that differ from the glossary"),
    ("omission", "what the source has and the translation lacks"),
    ("markup", "markup that differs from the source"),
    ("original", "what a text that was translated and came back says otherwise than its original"),
    ("subtitle", "when subtitles are shown, and how much of them"),
    ("suppression", "comments that keep mtlint quiet"),
];

/// The keys of an example.
const EXAMPLE_KEYS: Keys = Keys::of(&[
    "text",
    "fixed",
    "lang",
    "source",
    "source-lang",
    "original",
    "max-length",
    "cue",
    "usual",
    "twin",
    "why",
]);

/// Every key of a rule file.
pub(super) const KEYS: Keys = Keys {
    plain: &[
        "summary",
        "finds",
        "message",
        "why",
        "mqm",
        "severity",
        "confidence",
        "alone",
        "langs",
        "yields-to",
    ],
    tables: &[
        (
            "match",
            Keys {
                plain: &[
                    "kind",
                    "scope",
                    "pattern",
                    "mark",
                    "unless",
                    "skip",
                    "usual",
                    "manner",
                    "habit",
                    "needs",
                    "any",
                    "words",
                    "case",
                    "tokens",
                    "unit",
                    "times",
                    "except",
                    "only",
                    "comma",
                    "names",
                    "most",
                    "min-length",
                ],
                tables: &[("swap", Keys::ANY)],
                open: false,
            },
        ),
        ("fix", Keys::of(&["replace", "title", "applicability", "why-unsafe"])),
        ("params", Keys::ANY),
        ("bad", EXAMPLE_KEYS),
        ("good", EXAMPLE_KEYS),
    ],
    open: false,
};

/// The JSON Schema of a rule file.
pub fn schema() -> Schema {
    schema_for!(RuleFile)
}

fn mqm_schema(_: &mut SchemaGenerator) -> Schema {
    let ids: Vec<&str> = MQM_TYPES.iter().map(|known| known.id).collect();
    json_schema!({ "type": "string", "enum": ids })
}

/// A rule file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct RuleFile {
    /// What is wrong, in a line; also the message where there is none.
    pub summary: String,
    /// The kinds of damage that it should find, as `mtlint inject --list` has them.
    #[serde(default)]
    pub finds: Vec<String>,
    /// With `$0`, the damage, and the captures of the match as `$name`.
    pub message: Option<String>,
    /// Which process leaves such damage, and why it matters.
    pub why: String,
    /// An error type of MQM Core.
    #[schemars(schema_with = "mqm_schema")]
    pub mqm: String,
    pub severity: Severity,
    pub confidence: Confidence,
    /// The most confidence of a finding in a document where no other rule finds damage elsewhere.
    pub alone: Option<Confidence>,
    /// The languages it holds for, as codes; `["*"]` for all.
    pub langs: Vec<String>,
    /// Rules and families whose finding at the same place makes this one superfluous.
    #[serde(default)]
    pub yields_to: Vec<String>,
    #[serde(rename = "match")]
    pub matching: MatchTable,
    pub fix: Option<FixTable>,
    /// Of rules built in, whose kind is `code`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub params: toml::Table,
    #[serde(default)]
    pub bad: Vec<ExampleTable>,
    #[serde(default)]
    pub good: Vec<ExampleTable>,
}

/// How a rule matches: the closed set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// One of several strings.
    Literal,
    /// One of several strings, each with what it should be.
    Swap,
    Regex,
    /// Tokens in a row.
    Sequence,
    /// A unit of text that comes again right after itself.
    Repeat,
    /// A pattern that comes more often than is likely.
    Count,
    /// Rust code in `crates/mtlint-engine/src/checks/`.
    Code,
}

/// What a pattern is tried on, one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Scope {
    Sentence,
    #[default]
    Block,
    Document,
}

/// What comes again right after itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RepeatUnit {
    Word,
    /// Two words or more.
    Phrase,
    Sentence,
    Block,
}

/// Whether a repeated word or phrase may be a name, all of its words capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RepeatNames {
    /// Names are silently passed over: many are made of one word twice.
    #[default]
    Skip,
    /// Only a word that ends a longer name and comes twice.
    Only,
    /// No difference is made.
    Any,
}

/// The `[match]` table: the keys of all kinds; which of them a kind takes is checked when it is compiled.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct MatchTable {
    pub kind: Kind,
    #[serde(default)]
    pub scope: Scope,
    /// Never in a file.
    #[schemars(skip)]
    pub known: Option<Known>,
    /// `regex`, `count`: the pattern.
    pub pattern: Option<String>,
    /// The capture group that is the damage; the whole match when left out.
    pub mark: Option<String>,
    /// Patterns that speak for the text: a match of one that touches the damage calls it off.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The masked stretches in which the rule does not look; all of them when left out.
    pub skip: Option<Vec<MaskKind>>,
    /// A pattern for what a text without the damage writes: the damage is passed over in a document
    /// that does so no more often than the rule finds damage there.
    pub usual: Option<String>,
    /// A pattern for what a writer who does so on purpose writes, too: the damage is passed over in a
    /// document that does so more often than the rule finds damage there.
    pub manner: Option<String>,
    /// From how many findings in a document on they are the writer's way, and passed over.
    pub habit: Option<usize>,
    /// `code`, `sequence`: strings without one of which a text cannot concern the rule.
    pub needs: Option<Vec<String>>,
    /// `literal`: the strings.
    pub any: Option<Vec<String>>,
    /// `literal`, `swap`: whether the string must be whole words; true when left out.
    pub words: Option<bool>,
    /// `literal`, `swap`: whether case must agree; false when left out.
    pub case: Option<bool>,
    /// `swap`: from the wrong string to the right one.
    pub swap: Option<BTreeMap<String, String>>,
    /// `sequence`: the tokens, see `docs/writing-rules.md`.
    #[schemars(with = "Option<Vec<serde_json::Value>>")]
    pub tokens: Option<Vec<toml::Value>>,
    /// `repeat`: what comes twice.
    pub unit: Option<RepeatUnit>,
    /// `repeat`: how often it must stand there in all; 2 when left out.
    pub times: Option<usize>,
    /// `repeat`: what may be repeated; `<list>` is a word list of the language packs.
    #[serde(default)]
    pub except: Vec<String>,
    /// `repeat`: nothing but these, written like `except`.
    pub only: Option<Vec<String>>,
    /// `repeat`: whether a comma stands between two words, or may stand between two phrases.
    pub comma: Option<bool>,
    /// `repeat`: what to do about names.
    pub names: Option<RepeatNames>,
    /// `count`: how many matches are still right.
    pub most: Option<usize>,
    /// `repeat`: how many characters the unit has at least.
    pub min_length: Option<usize>,
}

/// What the build script of mtlint-data has worked out of the patterns of a rule built in, and so need not be checked again.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Known {
    /// See [`mtlint_lang::needs::Needs`]: of `pattern`, where the kind has one.
    pub strings: Option<Vec<String>>,
    pub names: Vec<String>,
    /// See [`mtlint_lang::needs::of_excuse`]: of each pattern of `unless`.
    pub unless: Vec<Vec<String>>,
}

/// The `[fix]` table.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
pub(super) struct FixTable {
    /// What stands in place of the damage; `$name` is a capture group.
    pub replace: Option<String>,
    pub title: Option<String>,
    pub applicability: Applicability,
    pub why_unsafe: Option<String>,
}

/// A text that tests the rule: damaged, with `⟦…⟧` around each damage, or sound and looking like damage.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ExampleTable {
    pub text: String,
    /// Of damaged text: what it is after the first fix of every finding; none is checked when left out, and then there
    /// must be no fix that changes text.
    pub fixed: Option<String>,
    pub lang: Option<String>,
    /// The text it was translated from.
    pub source: Option<String>,
    /// The language of `source`; English when left out.
    #[serde(rename = "source-lang")]
    pub source_lang: Option<String>,
    /// The text as it was before it was translated and came back; in place of `source`.
    pub original: Option<String>,
    /// How many characters the text may have.
    #[serde(rename = "max-length")]
    pub max_length: Option<u32>,
    /// Of a subtitle: when it begins and ends, when the next one begins, and when the source's begins
    /// and ends, in milliseconds.
    pub cue: Option<[u64; 5]>,
    /// How most of the file translates the same source.
    pub usual: Option<String>,
    /// Another source of the file with the same translation.
    pub twin: Option<String>,
    /// What makes it sound, or damaged.
    pub why: Option<String>,
}
