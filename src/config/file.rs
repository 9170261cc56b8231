//! Reading `mtlint.toml`.

use super::{Config, FailOn, Setting, Source};
use crate::lang::Language;
use crate::rule::{Confidence, Severity};
use crate::toml_file::{Keys, Problem, TomlFile, unknown};
use ignore::gitignore::GitignoreBuilder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The file as it is written. Names of severities and the like stay strings, so that all that are
/// wrong are told at once.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ConfigFile {
    select: Option<Vec<String>>,
    ignore: Option<Vec<String>>,
    min_severity: Option<String>,
    min_confidence: Option<String>,
    #[serde(default)]
    severities: BTreeMap<String, String>,
    fail_on: Option<String>,
    lang: Option<String>,
    rules: Option<Vec<String>>,
    exclude: Option<Vec<String>>,
    glossary: Option<String>,
}

const KEYS: Keys = Keys {
    plain: &[
        "select",
        "ignore",
        "min-severity",
        "min-confidence",
        "fail-on",
        "lang",
        "rules",
        "exclude",
        "glossary",
    ],
    tables: &[("severities", Keys::ANY)],
    open: false,
};

impl Config {
    /// Reads the text of a configuration file; `name` is the file as the user knows it, `folder`
    /// the one that its paths are relative to, an absolute path.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let parsed = TomlFile::<ConfigFile>::parse(name, text, &KEYS)?;
        let mut reader = Reader { name, parsed: &parsed, problems: Vec::new() };
        let file = &parsed.value;
        let mut config = Self::default();
        reader.set("select", file.select.clone(), &mut config.select);
        reader.set("ignore", file.ignore.clone(), &mut config.ignore);
        let severity = reader.named("min-severity", "severity", file.min_severity.as_deref(), SEVERITIES);
        reader.set("min-severity", severity, &mut config.min_severity);
        let confidence =
            reader.named("min-confidence", "confidence", file.min_confidence.as_deref(), CONFIDENCES);
        reader.set("min-confidence", confidence, &mut config.min_confidence);
        let fail_on = reader.named("fail-on", "value", file.fail_on.as_deref(), FAIL_ON);
        reader.set("fail-on", fail_on, &mut config.fail_on);
        for (rule, severity) in &file.severities {
            let key = format!("severities.{rule}");
            if let Some(value) = reader.named(&key, "severity", Some(severity), SEVERITIES) {
                config.severities.insert(rule.clone(), Setting { value, source: reader.source(&key) });
            }
        }
        if let Some(tag) = &file.lang {
            match Language::parse(tag) {
                Ok(language) => reader.set("lang", Some(Some(language)), &mut config.lang),
                Err(error) => reader.fail("lang", error.to_string()),
            }
        }
        let rules = file.rules.as_ref().map(|folders| folders.iter().map(|path| folder.join(path)).collect());
        reader.set("rules", rules, &mut config.rules);
        let glossary = file.glossary.as_ref().map(|path| Some(folder.join(path)));
        reader.set("glossary", glossary, &mut config.glossary);
        reader.set("exclude", file.exclude.clone(), &mut config.exclude);
        let mut excluded = GitignoreBuilder::new(folder);
        for pattern in &config.exclude.value {
            if let Err(error) = excluded.add_line(None, pattern) {
                reader.fail("exclude", error.to_string());
            }
        }
        match excluded.build() {
            Ok(excluded) => config.excluded = excluded,
            Err(error) => reader.fail("exclude", error.to_string()),
        }
        let mut problems = reader.problems;
        problems.sort_by_key(|problem| problem.line);
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }
}

/// The values of a key that takes one of a few names, and their names.
type Named<T> = (&'static [T], fn(T) -> &'static str);

const SEVERITIES: Named<Severity> = (&Severity::ALL, Severity::as_str);
const CONFIDENCES: Named<Confidence> = (&Confidence::ALL, Confidence::as_str);
const FAIL_ON: Named<FailOn> = (&FailOn::ALL, FailOn::as_str);

struct Reader<'a> {
    name: &'a str,
    parsed: &'a TomlFile<ConfigFile>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn set<T>(&self, key: &str, value: Option<T>, setting: &mut Setting<T>) {
        if let Some(value) = value {
            *setting = Setting { value, source: self.source(key) };
        }
    }

    fn source(&self, key: &str) -> Source {
        Source::File { file: self.name.to_owned(), line: self.parsed.line(key) }
    }

    fn fail(&mut self, key: &str, message: String) {
        self.problems.push(Problem::new(self.name, self.parsed.line(key), message));
    }

    fn named<T: Copy>(
        &mut self,
        key: &str,
        what: &str,
        given: Option<&str>,
        (all, name): Named<T>,
    ) -> Option<T> {
        let given = given?;
        let found = all.iter().copied().find(|value| name(*value) == given);
        if found.is_none() {
            self.fail(
                key,
                format!("`{key}`: {}", unknown(what, given, all.iter().map(|value| name(*value)))),
            );
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let text = "select = [\"quotation\"]\nmin-severity = \"minor\"\nlang = \"en-GB\"\nrules = [\"house\"]\n\
            fail-on = \"never\"\n\n[severities]\n\"casing\" = \"neutral\"\n";
        let config = Config::parse("mtlint.toml", Path::new("/p"), text).unwrap();
        let at = |line| Source::File { file: "mtlint.toml".to_owned(), line: Some(line) };
        assert_eq!(config.select, Setting { value: vec!["quotation".to_owned()], source: at(1) });
        assert_eq!(config.min_severity, Setting { value: Severity::Minor, source: at(2) });
        assert_eq!(config.lang.value.unwrap().as_str(), "en");
        assert_eq!(config.rules.value, [Path::new("/p/house")]);
        assert_eq!(config.fail_on.value.severity(), None);
        assert_eq!(config.severities["casing"], Setting { value: Severity::Neutral, source: at(8) });
        assert_eq!(config.min_confidence.source, Source::Default);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let text = "min-severity = \"mayor\"\nfail-on = \"sometimes\"\nlang = \"English\"\nexclude = [\"a{\"]\n\
            [severities]\ncasing = \"bad\"\n";
        let told: Vec<String> = Config::parse("mtlint.toml", Path::new("/p"), text)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 5, "{told:?}");
        assert_eq!(told[0], "mtlint.toml:1: `min-severity`: unknown severity `mayor`; did you mean `major`?");
        assert_eq!(
            told[1],
            "mtlint.toml:2: `fail-on`: unknown value `sometimes`; known are minor, major, critical, never"
        );
        assert_eq!(told[2], "mtlint.toml:3: `English` is not a language code such as `en` or `pt-BR`");
        assert!(told[3].starts_with("mtlint.toml:4: "), "{}", told[3]);
        assert!(
            told[4].starts_with("mtlint.toml:6: `severities.casing`: unknown severity `bad`"),
            "{}",
            told[4]
        );
        let told = Config::parse("mtlint.toml", Path::new("/p"), "selekt = []\n").unwrap_err();
        assert_eq!(told[0].to_string(), "mtlint.toml:1: unknown key `selekt`; did you mean `select`?");
    }
}
