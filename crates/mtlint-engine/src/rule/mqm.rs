//! The error types of MQM Core (themqm.org), and what ITS 2.0 (w3.org/TR/its20) calls each.
//!
//! mtlint's rules are mapped to MQM Core; they are no typology of their own.

use super::finding::RuleId;

/// An error type of MQM Core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MqmType {
    /// As rule files name it.
    pub id: &'static str,
    pub name: &'static str,
    /// The type of the first level that it belongs to.
    pub dimension: &'static str,
    /// The nearest of [`ITS_TYPES`].
    pub its: &'static str,
}

const fn t(id: &'static str, name: &'static str, dimension: &'static str, its: &'static str) -> MqmType {
    MqmType { id, name, dimension, its }
}

const TERMINOLOGY: &str = "Terminology";
const ACCURACY: &str = "Accuracy";
const LINGUISTIC: &str = "Linguistic conventions";
const STYLE: &str = "Style";
const LOCALE: &str = "Locale conventions";
const AUDIENCE: &str = "Audience appropriateness";
const DESIGN: &str = "Design and markup";

/// The error types of MQM Core.
pub const MQM_TYPES: &[MqmType] = &[
    t("termbase", "Inconsistent with terminology resource", TERMINOLOGY, "terminology"),
    t("term-inconsistency", "Inconsistent use of terminology", TERMINOLOGY, "inconsistency"),
    t("wrong-term", "Wrong term", TERMINOLOGY, "terminology"),
    t("mistranslation", "Mistranslation", ACCURACY, "mistranslation"),
    t("overtranslation", "Overtranslation", ACCURACY, "mistranslation"),
    t("undertranslation", "Undertranslation", ACCURACY, "mistranslation"),
    t("addition", "Addition", ACCURACY, "addition"),
    t("omission", "Omission", ACCURACY, "omission"),
    t("do-not-translate", "Do not translate", ACCURACY, "mistranslation"),
    t("untranslated", "Untranslated", ACCURACY, "untranslated"),
    t("grammar", "Grammar", LINGUISTIC, "grammar"),
    t("punctuation", "Punctuation", LINGUISTIC, "typographical"),
    t("spelling", "Spelling", LINGUISTIC, "misspelling"),
    t("unintelligible", "Unintelligible", LINGUISTIC, "non-conformance"),
    t("character-encoding", "Character encoding", LINGUISTIC, "characters"),
    t("textual-conventions", "Textual conventions", LINGUISTIC, "other"),
    t("organization-style", "Organization style", STYLE, "style"),
    t("third-party-style", "Third-party style", STYLE, "style"),
    t("external-inconsistency", "Inconsistent with external reference", STYLE, "inconsistency"),
    t("register", "Language register", STYLE, "register"),
    t("awkward", "Awkward style", STYLE, "style"),
    t("unidiomatic", "Unidiomatic style", STYLE, "style"),
    t("inconsistent-style", "Inconsistent style", STYLE, "style"),
    t("number-format", "Number format", LOCALE, "locale-violation"),
    t("currency-format", "Currency format", LOCALE, "locale-violation"),
    t("measurement-format", "Measurement format", LOCALE, "locale-violation"),
    t("time-format", "Time format", LOCALE, "locale-violation"),
    t("date-format", "Date format", LOCALE, "locale-violation"),
    t("address-format", "Address format", LOCALE, "locale-violation"),
    t("telephone-format", "Telephone format", LOCALE, "locale-violation"),
    t("shortcut-key", "Shortcut key", LOCALE, "locale-violation"),
    t("culture-specific", "Culture-specific reference", AUDIENCE, "locale-specific-content"),
    t("offensive", "Offensive", AUDIENCE, "other"),
    t("layout", "Layout", DESIGN, "formatting"),
    t("markup-tag", "Markup tag", DESIGN, "markup"),
    t("truncation", "Truncation/text expansion", DESIGN, "length"),
    t("missing-text", "Missing text", DESIGN, "omission"),
    t("link", "Link/cross-reference", DESIGN, "other"),
];

/// The values of `locQualityIssueType` in ITS 2.0.
pub const ITS_TYPES: &[&str] = &[
    "terminology",
    "mistranslation",
    "omission",
    "untranslated",
    "addition",
    "duplication",
    "inconsistency",
    "grammar",
    "legal",
    "register",
    "locale-specific-content",
    "locale-violation",
    "style",
    "characters",
    "misspelling",
    "typographical",
    "formatting",
    "inconsistent-entities",
    "numbers",
    "markup",
    "pattern-problem",
    "whitespace",
    "internationalization",
    "length",
    "non-conformance",
    "uncategorized",
    "other",
];

/// Families for which ITS has a type that says more than that of their MQM types.
const ITS_BY_FAMILY: &[(&str, &str)] = &[
    ("punctuation", "typographical"),
    ("quotation", "typographical"),
    ("repetition", "duplication"),
    ("name", "inconsistent-entities"),
    ("number", "numbers"),
];

/// The type of MQM Core with this id.
pub fn mqm_type(id: &str) -> Option<&'static MqmType> {
    MQM_TYPES.iter().find(|known| known.id == id)
}

/// What ITS 2.0 calls the damage that a rule of this id and MQM type finds.
pub(super) fn its_type(rule: &RuleId, mqm: &str) -> &'static str {
    let by_family = ITS_BY_FAMILY.iter().find(|(family, _)| *family == rule.family());
    by_family.map(|(_, its)| *its).or_else(|| mqm_type(mqm).map(|known| known.its)).unwrap_or("uncategorized")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_one_in_its() {
        let all = MQM_TYPES.iter().map(|known| known.its).chain(ITS_BY_FAMILY.iter().map(|(_, its)| *its));
        for its in all {
            assert!(ITS_TYPES.contains(&its), "{its}");
        }
        assert_eq!(its_type(&RuleId::new("repetition/word"), "addition"), "duplication");
        assert_eq!(its_type(&RuleId::new("residue/word"), "addition"), "addition");
    }
}
