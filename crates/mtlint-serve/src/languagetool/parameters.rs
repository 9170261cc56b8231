//! What a client of LanguageTool asks for.

use super::annotation::Annotated;
use crate::form::{Fields, value};
use crate::problem::Problem;
use mtlint_engine::engine::Selection;
use mtlint_engine::rule::{Confidence, Registry, selects};
use mtlint_lang::Language;
use serde_json::Value;

/// The parameters that mean something here: name, and what it is for.
pub(crate) const PARAMETERS: &[(&str, &str)] = &[
    ("text", "The text. Either this or `data`."),
    (
        "data",
        "The text in pieces, as JSON: `{\"annotation\": [{\"text\": \"A \"}, {\"markup\": \"<b>\"}, {\"text\": \"test\"}, \
         {\"markup\": \"<br>\", \"interpretAs\": \"\\n\"}]}`. Either this or `text`.",
    ),
    ("language", "The language of the text, such as `en-US`, or `auto`."),
    ("preferredVariants", "With `auto`: which variant is named in the answer, such as `en-GB,de-AT`."),
    ("enabledRules", "Rules that run whatever their confidence, with commas between them."),
    ("disabledRules", "Rules that do not run."),
    ("enabledCategories", "Families of rules that run."),
    ("disabledCategories", "Families of rules that do not run."),
    ("enabledOnly", "`true`: only what is enabled runs."),
    ("level", "`picky`: rules of low confidence run, too."),
];

/// A text, and what is asked of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters {
    pub text: Annotated,
    /// As the client writes it; `None` for `auto`.
    pub tag: Option<String>,
    /// That of the tag.
    pub language: Option<Language>,
    pub variants: Vec<String>,
    enabled_rules: Vec<String>,
    disabled_rules: Vec<String>,
    enabled_categories: Vec<String>,
    disabled_categories: Vec<String>,
    enabled_only: bool,
    is_picky: bool,
}

/// The fields of a JSON object, as a form would have them.
///
/// # Errors
/// When it is no JSON object.
pub(super) fn of_json(bytes: &[u8]) -> Result<Fields, Problem> {
    let read: serde_json::Result<serde_json::Map<String, Value>> = serde_json::from_slice(bytes);
    let object =
        read.map_err(|error| Problem::wrong(format!("the request is not a JSON object: {error}")))?;
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let field = |(name, value): (String, Value)| match value {
        Value::Null => None,
        Value::String(text) => Some((name, text)),
        Value::Array(list) => Some((name, list.iter().map(plain).collect::<Vec<_>>().join(","))),
        other => Some((name, other.to_string())),
    };
    Ok(object.into_iter().filter_map(field).collect())
}

impl Parameters {
    /// Reads the fields of a request.
    ///
    /// # Errors
    /// When there is no text or no language, or one that cannot be read.
    pub fn of(mut fields: Fields) -> Result<Self, Problem> {
        let list = |name: &str| -> Vec<String> {
            let items = value(&fields, name).unwrap_or_default().split(',').map(str::trim);
            items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
        };
        let is_true = |name: &str| matches!(value(&fields, name), Some("true" | "yes" | "1"));
        let mut own = Self {
            variants: list("preferredVariants"),
            enabled_rules: list("enabledRules"),
            disabled_rules: list("disabledRules"),
            enabled_categories: list("enabledCategories"),
            disabled_categories: list("disabledCategories"),
            enabled_only: is_true("enabledOnly"),
            is_picky: value(&fields, "level").is_some_and(|level| level.eq_ignore_ascii_case("picky")),
            ..Self::default()
        };
        match value(&fields, "language") {
            None | Some("") => {
                return Err(Problem::wrong("`language` is missing: name one, such as `en-US`, or `auto`"));
            }
            Some("auto") => {}
            Some(tag) => {
                let language = Language::parse(tag);
                own.language = Some(language.map_err(|error| Problem::wrong(error.to_string()))?);
                own.tag = Some(tag.to_owned());
            }
        }
        if own.enabled_only {
            let (enabled, disabled) = (
                own.enabled_rules.len() + own.enabled_categories.len(),
                own.disabled_rules.len() + own.disabled_categories.len(),
            );
            if enabled == 0 || disabled > 0 {
                let message =
                    "`enabledOnly` needs rules or categories that are enabled, and none that is disabled";
                return Err(Problem::wrong(message));
            }
        }
        let mut take = |name: &str| {
            let place = fields.iter().position(|(known, _)| known == name)?;
            Some(fields.swap_remove(place).1)
        };
        own.text = match (take("text"), take("data")) {
            (Some(text), None) => Annotated::plain(text),
            (None, Some(data)) => Annotated::of_data(&data)?,
            (None, None) => return Err(Problem::wrong("there is no text: send `text` or `data`")),
            (Some(_), Some(_)) => return Err(Problem::wrong("send either `text` or `data`, not both")),
        };
        Ok(own)
    }

    /// The rules that run; `None` when none does. What is not known here is LanguageTool's own, and passed over.
    pub fn selection(&self, registry: &Registry, base: &Selection) -> Option<Selection> {
        let rules = |list: &[String]| -> Vec<String> {
            let known = registry.rules().iter().map(|rule| rule.id.as_str());
            known.filter(|id| list.iter().any(|item| item == id)).map(str::to_owned).collect()
        };
        let families = |list: &[String]| -> Vec<String> {
            let known = registry.families().into_iter();
            let is_named = |family: &&str| list.iter().any(|item| item.eq_ignore_ascii_case(family));
            known.filter(is_named).map(str::to_owned).collect()
        };
        let mut selection = base.clone();
        if self.is_picky {
            selection.min_confidence = Confidence::Low;
        }
        let enabled = [rules(&self.enabled_rules), families(&self.enabled_categories)].concat();
        if self.enabled_only {
            let runs = registry.rules().iter().any(|rule| enabled.iter().any(|name| selects(name, &rule.id)));
            selection.select = enabled;
            selection.ignore.clear();
            return runs.then_some(selection);
        }
        if !enabled.is_empty() {
            if selection.select.is_empty() {
                selection.select.push("all".to_owned());
            }
            selection.select.extend(enabled);
        }
        let disabled = [rules(&self.disabled_rules), families(&self.disabled_categories)].concat();
        // What is named in full would outweigh its family.
        selection.select.retain(|name| !disabled.contains(name));
        selection.ignore.extend(disabled);
        (!selection.select.is_empty() || base.select.is_empty()).then_some(selection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(query: &str) -> Result<Parameters, String> {
        let fields = crate::form::parse(query.as_bytes()).unwrap();
        Parameters::of(fields).map_err(|problem| problem.detail())
    }

    #[test]
    fn what_is_needed_is_asked_for() {
        for (query, what) in [
            ("text=a", "`language` is missing"),
            ("language=en", "there is no text"),
            ("language=en&text=a&data={}", "not both"),
            ("language=english&text=a", "`english` is not a language code"),
            ("language=en&text=a&enabledOnly=true", "`enabledOnly` needs"),
            ("language=en&text=a&enabledOnly=true&enabledRules=x&disabledRules=y", "`enabledOnly` needs"),
        ] {
            let told = parameters(query).unwrap_err();
            assert!(told.contains(what), "{query}: {told}");
        }
        let read = parameters("language=pt-BR&text=a&username=x&motherTongue=de").unwrap();
        assert_eq!((read.tag.as_deref(), read.text.text.as_str()), (Some("pt-BR"), "a"));
        assert_eq!(parameters("language=auto&text=").unwrap().language, None);
    }

    #[test]
    fn rules_are_chosen() {
        let registry = Registry::builtin();
        let base = Selection::default();
        let selection = |query: &str| {
            let read = parameters(&format!("language=en&text=a&{query}")).unwrap();
            read.selection(&registry, &base).map(|it| (it.select, it.ignore))
        };
        let (none, one) = (Vec::<String>::new(), |name: &str| vec![name.to_owned()]);
        assert_eq!(selection("disabledRules=WHITESPACE_RULE"), Some((none.clone(), none.clone())));
        assert_eq!(
            selection("disabledRules=punctuation/repeated-stop&disabledCategories=TYPOS"),
            Some((none.clone(), one("punctuation/repeated-stop")))
        );
        assert_eq!(selection("enabledOnly=true&enabledRules=WHITESPACE_RULE"), None);
        assert_eq!(
            selection("enabledOnly=true&enabledCategories=PUNCTUATION"),
            Some((one("punctuation"), none.clone()))
        );
        let all = vec!["all".to_owned(), "punctuation/repeated-stop".to_owned()];
        assert_eq!(selection("enabledRules=punctuation/repeated-stop"), Some((all, none)));
    }

    #[test]
    fn json_is_read_like_a_form() {
        let fields = of_json(
            br#"{"text": "a", "data": null, "enabledOnly": true, "disabledRules": ["a", "b"], "x": {"y": 1}}"#,
        );
        let fields = fields.unwrap();
        let of = |name: &str| value(&fields, name);
        assert_eq!((of("text"), of("data"), of("enabledOnly")), (Some("a"), None, Some("true")));
        assert_eq!((of("disabledRules"), of("x")), (Some("a,b"), Some(r#"{"y":1}"#)));
        assert!(of_json(b"[]").unwrap_err().detail().contains("JSON object"));
    }
}
