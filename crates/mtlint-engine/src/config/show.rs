//! Showing a configuration: each value and where it comes from.

use super::{Config, Source};
use std::path::PathBuf;

/// A value for a person to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As it is written in `mtlint.toml`.
    pub key: String,
    /// As it is written in `mtlint.toml`.
    pub value: String,
    pub source: Source,
}

impl Config {
    /// Every value in the order of the documentation.
    pub fn rows(&self) -> Vec<Row> {
        let row = |key: &str, value: String, source: &Source| Row {
            key: key.to_owned(),
            value,
            source: source.clone(),
        };
        let word = |word: &str| list(&[word]).trim_matches(['[', ']']).to_owned();
        let folders = |folders: &[PathBuf]| {
            let names: Vec<String> =
                folders.iter().map(|folder| super::discover::for_people(folder)).collect();
            list(&names)
        };
        let select = if self.select.value.is_empty() { list(&["all"]) } else { list(&self.select.value) };
        let mut rows = vec![
            row("select", select, &self.select.source),
            row("ignore", list(&self.ignore.value), &self.ignore.source),
            row("min-severity", word(self.min_severity.value.as_str()), &self.min_severity.source),
            row("min-confidence", word(self.min_confidence.value.as_str()), &self.min_confidence.source),
            row("fail-on", word(self.fail_on.value.as_str()), &self.fail_on.source),
            match self.lang.value {
                Some(language) => row("lang", word(language.as_str()), &self.lang.source),
                None => row("lang", "(from each text)".to_owned(), &self.lang.source),
            },
            row("extends", list(&self.extends.value), &self.extends.source),
            row("rules", folders(&self.rules.value), &self.rules.source),
            match &self.glossary.value {
                Some(path) => {
                    row("glossary", word(&super::discover::for_people(path)), &self.glossary.source)
                }
                None => row("glossary", "(none)".to_owned(), &self.glossary.source),
            },
            row("exclude", list(&self.exclude.value), &self.exclude.source),
        ];
        let profile = &self.profile;
        let source = |key: &str| self.profile_sources.get(key).unwrap_or(&Source::Default);
        let number = |number: f64| number.to_string();
        let mut score = vec![
            ("neutral", number(profile.neutral)),
            ("minor", number(profile.minor)),
            ("major", number(profile.major)),
            ("critical", number(profile.critical)),
            ("max-penalty", profile.max_penalty.map_or("(any)".to_owned(), number)),
            ("no-critical", profile.no_critical.to_string()),
        ];
        let types: Vec<(String, String)> =
            profile.types.iter().map(|(mqm, weight)| (format!("types.{mqm}"), number(*weight))).collect();
        score.extend(types.iter().map(|(key, weight)| (key.as_str(), weight.clone())));
        rows.extend(score.into_iter().map(|(key, value)| row(&format!("score.{key}"), value, source(key))));
        rows.extend(self.severities.iter().map(|(rule, setting)| {
            row(&format!("severities.{}", word(rule)), word(setting.value.as_str()), &setting.source)
        }));
        rows
    }

    /// The rows as a table, a line each, without trailing space.
    pub fn table(&self) -> String {
        let rows = self.rows();
        let width = |of: fn(&Row) -> &str| rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0);
        let (keys, values) = (width(|row| &row.key), width(|row| &row.value));
        let line = |row: &Row| format!("{:keys$} = {:values$}  # {}\n", row.key, row.value, row.source);
        rows.iter().map(line).collect()
    }
}

/// A list as TOML writes it.
fn list<S: AsRef<str>>(items: &[S]) -> String {
    toml::Value::from(items.iter().map(|item| item.as_ref().to_owned()).collect::<Vec<String>>()).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::Overrides;
    use super::*;
    use crate::rule::Severity;
    use std::path::Path;

    #[test]
    fn the_table_tells_every_value_and_its_source() {
        let text = "select = ['quotation', 'casing']\n[severities]\n'casing/mid-sentence' = 'neutral'\n";
        let overrides = Overrides { min_severity: Some(Severity::Major), ..Overrides::default() };
        let table = Config::parse("mtlint.toml", Path::new("/p"), text).unwrap().with(&overrides).table();
        let squeezed: Vec<String> =
            table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            squeezed,
            [
                "select = [\"quotation\", \"casing\"] # mtlint.toml:1",
                "ignore = [] # default",
                "min-severity = \"major\" # command line",
                "min-confidence = \"medium\" # default",
                "fail-on = \"minor\" # default",
                "lang = (from each text) # default",
                "extends = [] # default",
                "rules = [] # default",
                "glossary = (none) # default",
                "exclude = [] # default",
                "score.neutral = 0 # default",
                "score.minor = 1 # default",
                "score.major = 5 # default",
                "score.critical = 25 # default",
                "score.max-penalty = (any) # default",
                "score.no-critical = false # default",
                "severities.\"casing/mid-sentence\" = \"neutral\" # mtlint.toml:3",
            ]
        );
    }
}
