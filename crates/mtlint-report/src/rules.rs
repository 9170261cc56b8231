//! Rules as JSON, for `mtlint rules list --format json` and for assistants.

use mtlint_engine::rule::Rule;
use schemars::JsonSchema;
use serde::Serialize;

/// What a rule is, as JSON. Fields may be added, but none is renamed or removed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "A rule of mtlint", rename = "Rule")]
pub struct JsonRule<'a> {
    /// `family/name`.
    pub id: &'a str,
    pub family: &'a str,
    /// What it finds, in a line.
    pub summary: &'a str,
    /// Why that is damage.
    pub why: &'a str,
    /// The type in the MQM typology.
    pub mqm: &'a str,
    pub severity: &'static str,
    pub confidence: &'static str,
    /// The languages whose texts it looks at, as codes; empty for all.
    pub languages: Vec<String>,
    /// Whether it runs when nothing is said of rules.
    pub on_by_default: bool,
    /// How far its fix can be trusted; null where the finding says so, or has none.
    pub fix: Option<&'static str>,
    /// The file that the rule is written in.
    pub file: &'a str,
}

impl<'a> JsonRule<'a> {
    /// A rule as JSON.
    pub fn of(rule: &'a Rule) -> Self {
        Self {
            id: rule.id.as_str(),
            family: rule.id.family(),
            summary: &rule.summary,
            why: &rule.why,
            mqm: &rule.mqm,
            severity: rule.severity.as_str(),
            confidence: rule.confidence.as_str(),
            languages: rule.languages.iter().map(ToString::to_string).collect(),
            on_by_default: rule.is_on_by_default(),
            fix: rule.applicability.map(|applicability| applicability.as_str()),
            file: &rule.file,
        }
    }
}
