//! Making a [`Linter`]: what it is told, what a configuration says, and everything that is wrong with either.

use super::Linter;
use crate::config::{Config, Settling};
use crate::engine::Engine;
use crate::lint::{Settings, approved, selection};
use crate::rule::{Confidence, Registry, Severity};
use jiff::civil::Date;
use mtlint_document::load::Format;
use mtlint_lang::Language;
use mtlint_text::toml_file::Problem;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// What a [`Linter`] is made with. Every method may be left out.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct LinterBuilder {
    language: Option<String>,
    format: Option<Format>,
    select: Option<Vec<String>>,
    ignore: Option<Vec<String>>,
    min_severity: Option<Severity>,
    min_confidence: Option<Confidence>,
    severities: BTreeMap<String, Severity>,
    rules: Vec<(String, String)>,
    config: Option<ConfigFile>,
    today: Option<Date>,
}

/// The text of an `mtlint.toml`.
#[derive(Clone, Debug)]
struct ConfigFile {
    name: String,
    folder: PathBuf,
    text: String,
}

/// Why a [`Linter`] cannot be made: everything that is wrong with what the builder was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    messages: Vec<String>,
}

impl LinterBuilder {
    /// The language of all texts, as a code: `en`, `pt-BR`. When it is left out, each text shows its own.
    pub fn language(mut self, code: impl Into<String>) -> Self {
        self.language = Some(code.into());
        self
    }

    /// How the texts are written: plain text when it is left out. A format of many records or units is for files; here
    /// the text of one unit in its syntax is meant.
    pub fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// The rules that run, by their ids, families, or `all`. A rule named in full runs whatever its confidence.
    pub fn select<S: Into<String>>(mut self, rules: impl IntoIterator<Item = S>) -> Self {
        self.select = Some(rules.into_iter().map(Into::into).collect());
        self
    }

    /// Rules and families that do not run.
    pub fn ignore<S: Into<String>>(mut self, rules: impl IntoIterator<Item = S>) -> Self {
        self.ignore = Some(rules.into_iter().map(Into::into).collect());
        self
    }

    /// The least severity of what is found.
    pub fn min_severity(mut self, least: Severity) -> Self {
        self.min_severity = Some(least);
        self
    }

    /// The least confidence of what is found: [`Confidence::Medium`] when it is left out.
    pub fn min_confidence(mut self, least: Confidence) -> Self {
        self.min_confidence = Some(least);
        self
    }

    /// The severity of a rule or family, instead of that of its file.
    pub fn severity(mut self, rule: impl Into<String>, severity: Severity) -> Self {
        self.severities.insert(rule.into(), severity);
        self
    }

    /// A rule of your own: its id, `family/name`, and the text of its file as `docs/writing-rules.md` has it.
    pub fn rule(mut self, id: impl Into<String>, file: impl Into<String>) -> Self {
        self.rules.push((id.into(), file.into()));
        self
    }

    /// What an `mtlint.toml` says: its text, the name that messages give it, and the folder that its paths are relative
    /// to. What the other methods say outweighs it. Values that it gives for some files (`[[overrides]]`) hold for none
    /// here. A glossary and folders of rules that it names are read.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let config = "min-severity = 'major'\n[score]\nmax-penalty = 30";
    /// let linter = Linter::builder().config("mtlint.toml", "/etc/house", config).build()?;
    /// let assessment = linter.assess("The minister said it twice .", None);
    /// assert_eq!(assessment.findings.len(), 0);
    /// assert_eq!(assessment.verdict.map(|verdict| verdict.as_str()), Some("pass"));
    /// # Ok::<(), mtlint_engine::BuildError>(())
    /// ```
    pub fn config(
        mut self,
        name: impl Into<String>,
        folder: impl Into<PathBuf>,
        text: impl Into<String>,
    ) -> Self {
        self.config = Some(ConfigFile { name: name.into(), folder: folder.into(), text: text.into() });
        self
    }

    /// The day it is, for comments in the texts that suppress findings until a day. Without it, none ends.
    pub fn today(mut self, day: Date) -> Self {
        self.today = Some(day);
        self
    }

    /// Makes the linter.
    ///
    /// # Errors
    /// Everything that is wrong with what was given: a code that names no language, a name that names no rule, a
    /// configuration or a rule file that is not as it should be.
    ///
    /// ```
    /// # use mtlint_engine::Linter;
    /// let error = Linter::builder().language("?").select(["punctuation/no-such"]).build().unwrap_err();
    /// assert_eq!(error.messages().len(), 2);
    /// ```
    pub fn build(self) -> Result<Linter, BuildError> {
        let mut messages = Vec::new();
        let format = self.format.unwrap_or(Format::Text);
        let language = self.language.as_deref().map(Language::parse).transpose().unwrap_or_else(|error| {
            messages.push(error.to_string());
            None
        });
        let config = match &self.config {
            None => Ok(Config::default()),
            Some(file) => Config::read(&file.name, &file.folder, &file.text),
        };
        match config.and_then(|config| self.settings(config, language)) {
            Ok(settings) if messages.is_empty() => Ok(Linter { settings: Arc::new(settings), format }),
            Ok(_) => Err(BuildError { messages }),
            Err(problems) => {
                messages.extend(problems.iter().map(|problem| match problem.file.as_str() {
                    CALLER => problem.message.clone(),
                    _ => problem.to_string(),
                }));
                Err(BuildError { messages })
            }
        }
    }

    /// What holds for the texts: the configuration, and what the builder was told over it.
    fn settings(self, mut config: Config, language: Option<Language>) -> Result<Settings, Vec<Problem>> {
        let texts = config.rule_texts();
        let glossary = config.read_glossary();
        let (texts, glossary) = match (texts, glossary) {
            (Ok(texts), Ok(glossary)) => (texts, glossary),
            (texts, glossary) => {
                return Err([texts.err(), glossary.err()].into_iter().flatten().flatten().collect());
            }
        };
        let own = self.rules.iter().map(|(id, file)| (id.as_str(), id.as_str(), file.as_str()));
        let named = texts.iter().map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str()));
        let registry = Registry::with_files(named.chain(own))?;
        let problems = config.unknown_names(&registry);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut chosen = selection(&config);
        chosen.select = self.select.unwrap_or(chosen.select);
        chosen.ignore = self.ignore.unwrap_or(chosen.ignore);
        chosen.min_severity = self.min_severity.unwrap_or(chosen.min_severity);
        chosen.min_confidence = self.min_confidence.unwrap_or(chosen.min_confidence);
        chosen.severities.extend(self.severities);
        let engine = Engine::new(Arc::new(registry), chosen).map_err(|messages| {
            messages.into_iter().map(|message| Problem::new(CALLER, None, message)).collect::<Vec<_>>()
        })?;
        if language.is_some() {
            config.lang.value = language;
        }
        let (glossary, terms) = approved(glossary);
        Ok(Settings { config, engine, glossary, terms, ignores: Arc::default(), today: self.today })
    }
}

/// Where a mistake lies that the builder was told, and no file.
const CALLER: &str = "";

impl BuildError {
    /// What is wrong, a message for each mistake.
    pub fn messages(&self) -> &[String] {
        &self.messages
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.messages.join("\n"))
    }
}

impl std::error::Error for BuildError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_is_told() {
        let error = Linter::builder().rule("term/x", "summary = 1").language("english").build().unwrap_err();
        assert!(error.messages().len() >= 2, "{error}");
    }

    #[test]
    fn a_configuration_is_outweighed_by_what_the_builder_is_told() {
        let text = "It was late.. Nobody came  here .";
        let config = "select = ['punctuation/repeated-stop']\nlang = 'en'";
        let linter = Linter::builder().config("mtlint.toml", ".", config).build().unwrap();
        let rules = |linter: &Linter| -> Vec<String> {
            linter.check(text).into_iter().map(|finding| finding.rule).collect()
        };
        assert_eq!(rules(&linter), ["punctuation/repeated-stop"]);
        let builder = Linter::builder().config("mtlint.toml", ".", config);
        let linter = builder.select(["all"]).ignore(["punctuation/repeated-stop"]).build().unwrap();
        let rules = rules(&linter);
        assert!(!rules.is_empty() && !rules.contains(&"punctuation/repeated-stop".to_owned()), "{rules:?}");
        assert_eq!(linter.assess("Das ist gut.", None).language.as_deref(), Some("en"));
    }

    #[test]
    fn a_mistake_in_a_configuration_names_its_line() {
        let config = "lang = 'en'\nselect = ['no-such']\n";
        let error = Linter::builder().config("house.toml", ".", config).build().unwrap_err();
        assert!(error.messages()[0].starts_with("house.toml:2: "), "{error}");
        let error = Linter::builder().config("house.toml", ".", "x = 1").language("?").build().unwrap_err();
        assert_eq!(error.messages().len(), 2, "{error}");
    }

    #[test]
    fn a_folder_of_rules_that_is_not_there_is_told() {
        let config = "rules = ['no-such-folder']";
        let error = Linter::builder().config("house.toml", "/no/such", config).build().unwrap_err();
        assert!(error.to_string().contains("no-such-folder"), "{error}");
    }
}
