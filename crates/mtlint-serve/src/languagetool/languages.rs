//! Languages as LanguageTool's clients name them.

use mtlint_lang::{Language as Code, Packs};
use schemars::JsonSchema;
use serde::Serialize;

/// A language that a client may ask for.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Language {
    /// In English.
    name: String,
    /// Without its variant: `en`.
    code: String,
    /// With its variant, if it has one: `en-US`.
    long_code: String,
}

/// The language a text was read in.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Told {
    name: String,
    /// As the client named it, or as it was detected; `und` for one that nobody knows.
    code: String,
    detected_language: Detected,
}

/// The language that the text shows.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
struct Detected {
    name: String,
    code: String,
}

/// The variants that clients offer and send, by the language: rules are the same for all of them.
const VARIANTS: &[(&str, &[&str])] = &[
    ("de", &["DE", "AT", "CH"]),
    ("en", &["US", "GB", "AU", "CA", "NZ", "ZA"]),
    ("es", &["ES", "AR"]),
    ("fr", &["FR", "BE", "CA", "CH"]),
    ("it", &["IT"]),
    ("nl", &["NL", "BE"]),
    ("pl", &["PL"]),
    ("pt", &["PT", "BR", "AO", "MZ"]),
    ("ro", &["RO"]),
    ("ru", &["RU"]),
    ("uk", &["UA"]),
    ("zh", &["CN", "TW"]),
];

/// The languages that mtlint knows something about, with their variants. Texts in others are read as well.
pub(super) fn all(packs: &Packs) -> Vec<Language> {
    let mut all = Vec::new();
    for code in packs.languages() {
        let language = |long_code: String| Language {
            name: name(packs, Some(code), &long_code),
            code: code.to_string(),
            long_code,
        };
        all.push(language(code.to_string()));
        let variants = VARIANTS.iter().filter(|(known, _)| *known == code.as_str());
        let variants = variants.flat_map(|(_, variants)| *variants);
        all.extend(variants.map(|variant| language(format!("{code}-{variant}"))));
    }
    all
}

/// The name of a language, with what its tag says beyond it.
fn name(packs: &Packs, code: Option<Code>, tag: &str) -> String {
    let Some(code) = code else { return "Unknown".to_owned() };
    let pack = packs.get(Some(code));
    let name = pack.name_of(&code);
    match tag.split_once(['-', '_']) {
        Some((_, variant)) => format!("{name} ({variant})"),
        None => name.to_owned(),
    }
}

/// What is told of the language of a text that was read in `language`; the client named it `tag`, or one of `variants`
/// if it is the one that the text shows.
pub(super) fn told(
    packs: &Packs,
    language: Option<Code>,
    tag: Option<&str>,
    detected: Option<Code>,
    variants: &[String],
) -> Told {
    let is_of = |variant: &&String, code: Code| Code::parse(variant).is_ok_and(|known| known == code);
    let tag_of = |code: Option<Code>| match code {
        None => "und".to_owned(),
        Some(code) => {
            variants.iter().find(|variant| is_of(variant, code)).cloned().unwrap_or(code.to_string())
        }
    };
    let code = tag.map_or_else(|| tag_of(language), str::to_owned);
    // A text that shows none is told to be in the language it was read in.
    let detected = detected.or(language);
    let detected_code = tag_of(detected);
    Told {
        name: name(packs, language, &code),
        code,
        detected_language: Detected { name: name(packs, detected, &detected_code), code: detected_code },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_come_with_their_variants() {
        let packs = Packs::builtin();
        let all = all(&packs);
        let find = |long_code: &str| all.iter().find(|language| language.long_code == long_code).unwrap();
        assert_eq!((find("en").name.as_str(), find("en-GB").name.as_str()), ("English", "English (GB)"));
        assert_eq!(find("pt-BR").code, "pt");
        for (code, _) in VARIANTS {
            assert!(packs.languages().any(|known| known.as_str() == *code), "{code}");
        }
    }

    #[test]
    fn what_is_detected_is_told_in_the_variant_preferred() {
        let packs = Packs::builtin();
        let [en, de] = ["en", "de"].map(|code| Code::parse(code).ok());
        let variants = ["de-AT".to_owned(), "en-GB".to_owned()];
        let auto = told(&packs, en, None, en, &variants);
        assert_eq!((auto.code.as_str(), auto.detected_language.code.as_str()), ("en-GB", "en-GB"));
        let named = told(&packs, de, Some("de-CH"), en, &[]);
        assert_eq!((named.code.as_str(), named.name.as_str()), ("de-CH", "German (CH)"));
        assert_eq!(named.detected_language.code, "en");
        assert_eq!(told(&packs, None, None, None, &[]).code, "und");
    }
}
