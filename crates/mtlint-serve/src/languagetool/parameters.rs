//! What a client of LanguageTool asks for.

use super::annotation::Annotated;
use crate::form::{Fields, value};
use crate::problem::Problem;
use mtlint_engine::engine::Selection;
use mtlint_engine::rule::{Confidence, Registry};
use mtlint_lang::{Language, identify};
use serde_json::Value;

/// How a value is written in JSON; in a form all are strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A string.
    Text,
    /// An object, or a string that holds it.
    Data,
    /// The code of a language.
    Language,
    /// A list, or a string with commas between the items.
    List,
    /// `true` or `false`, or a string.
    Switch,
}

/// The parameters that mean something here: name, how its value is written, and what it is for.
pub(crate) const PARAMETERS: &[(&str, Written, &str)] = &[
    ("text", Written::Text, "The text. Either this or `data`."),
    (
        "data",
        Written::Data,
        "The text in pieces, as JSON: `{\"annotation\": [{\"text\": \"A \"}, {\"markup\": \"<b>\"}, {\"text\": \"test\"}, \
         {\"markup\": \"<br>\", \"interpretAs\": \"\\n\"}]}`. Either this or `text`.",
    ),
    ("language", Written::Language, "The language of the text, such as `en-US`, or `auto`."),
    (
        "preferredVariants",
        Written::List,
        "With `auto`: which variant is named in the answer, such as `en-GB,de-AT`.",
    ),
    ("enabledRules", Written::List, "Rules that run whatever their confidence, with commas between them."),
    ("disabledRules", Written::List, "Rules that do not run."),
    ("enabledCategories", Written::List, "Families of rules that run."),
    ("disabledCategories", Written::List, "Families of rules that do not run."),
    ("enabledOnly", Written::Switch, "`true`: only what is enabled runs."),
    ("level", Written::Text, "`picky`: rules of low confidence run, too."),
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

/// The fields of a JSON object, as a form would have them. What means nothing here is passed over.
///
/// # Errors
/// When it is no JSON object, or a field is not of its kind.
pub(super) fn of_json(bytes: &[u8]) -> Result<Fields, Problem> {
    let read: serde_json::Result<serde_json::Map<String, Value>> = serde_json::from_slice(bytes);
    let object =
        read.map_err(|error| Problem::wrong(format!("the request is not a JSON object: {error}")))?;
    let mut fields = Fields::new();
    for (name, value) in object {
        let Some((_, written, _)) = PARAMETERS.iter().find(|(known, ..)| *known == name) else { continue };
        let text = match (written, value) {
            (_, Value::String(text)) => Some(text),
            (Written::Data, Value::Object(object)) => Some(Value::Object(object).to_string()),
            (Written::Switch, Value::Bool(is_on)) => Some(is_on.to_string()),
            (Written::List, Value::Array(list)) => {
                let items: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                items.map(|items| items.join(","))
            }
            _ => None,
        };
        let text = text.ok_or_else(|| Problem::wrong(format!("`{name}` has a value of the wrong kind")))?;
        fields.push((name, text));
    }
    Ok(fields)
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
                own.language = Some(identify::named(tag).map_err(Problem::wrong)?);
                own.tag = Some(tag.to_owned());
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
            if enabled.is_empty() {
                return None;
            }
            selection.select = enabled;
            selection.ignore.clear();
        } else if !enabled.is_empty() {
            if selection.select.is_empty() {
                selection.select.push("all".to_owned());
            }
            selection.select.extend(enabled);
        }
        let disabled = [rules(&self.disabled_rules), families(&self.disabled_categories)].concat();
        // What is named in full would outweigh its family.
        selection.select.retain(|name| !disabled.contains(name));
        selection.ignore.extend(disabled);
        let had_some = self.enabled_only || !base.select.is_empty();
        (!had_some || !selection.select.is_empty()).then_some(selection)
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
            ("language=xx&text=a", "`xx` is no language that is known"),
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
        assert_eq!(selection("enabledOnly=true"), None);
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
            br#"{"text": "a", "data": {"text": "b"}, "enabledOnly": true, "disabledRules": ["a", "b"], "x": {"y": 1}}"#,
        );
        let fields = fields.unwrap();
        let of = |name: &str| value(&fields, name);
        assert_eq!(
            (of("text"), of("data"), of("enabledOnly")),
            (Some("a"), Some(r#"{"text":"b"}"#), Some("true"))
        );
        assert_eq!((of("disabledRules"), of("x")), (Some("a,b"), None));
        for wrong in [&br#"{"text": 1}"#[..], br#"{"level": null}"#, br#"{"disabledRules": [1]}"#] {
            assert!(of_json(wrong).unwrap_err().detail().contains("wrong kind"));
        }
        assert!(of_json(b"[]").unwrap_err().detail().contains("JSON object"));
    }
}
