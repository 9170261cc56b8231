//! What holds for a file: its configuration with what the caller says over it, and the engine that obeys it.

use crate::config::{Approved, Config, Configs, IgnoreFile, Ignores, Overrides};
use crate::engine::{Engine, OutsideSuppression, Selection};
use crate::rule::Registry;
use jiff::civil::Date;
use mtlint_document::Terms;
use mtlint_document::names::Glossary;
use mtlint_text::toml_file::Problem;
use std::path::Path;
use std::sync::Arc;

/// What holds for a file.
#[derive(Debug)]
pub struct Settings {
    pub config: Config,
    pub engine: Engine,
    /// The names that the user has approved.
    pub glossary: Option<Arc<Glossary>>,
    /// The terms that the user has approved, with their translations.
    pub terms: Option<Arc<Terms>>,
    /// What is suppressed from outside the texts.
    pub ignores: Arc<IgnoreFile>,
    /// The day it is, for suppressions that end; without one, none does.
    pub today: Option<Date>,
}

impl Settings {
    /// What is suppressed from outside in the file at `path`, in the record of this id.
    pub fn outside(&self, path: &Path, record: Option<&str>) -> Vec<OutsideSuppression> {
        let entries = self.ignores.of_path(path).filter(|(_, entry)| entry.holds_for(record));
        let suppression = |(entry, ignored): (usize, &crate::config::Ignored)| OutsideSuppression {
            entry,
            suppression: ignored.suppression.clone(),
            text: ignored.about.clone(),
        };
        entries.map(suppression).collect()
    }

    /// The same settings under another selection of rules, on another day: for whoever asks for one text.
    ///
    /// # Errors
    /// Messages for selectors that name no rule and no family.
    pub fn with(&self, selection: Selection, today: Option<Date>) -> Result<Self, Vec<String>> {
        Ok(Self {
            config: self.config.clone(),
            engine: Engine::new(self.engine.registry().clone(), selection)?,
            glossary: self.glossary.clone(),
            terms: self.terms.clone(),
            ignores: self.ignores.clone(),
            today,
        })
    }
}

/// The settings of all files, each configuration made ready once.
#[derive(Debug)]
pub struct AllSettings {
    configs: Configs,
    ignores: Ignores,
    overrides: Overrides,
    isolated: bool,
    today: Option<Date>,
    /// The rules built in, for the configurations that add none.
    builtin: Arc<Registry>,
    ready: Vec<Ready>,
}

/// Settings that were made ready, and from which files.
#[derive(Debug)]
struct Ready {
    config: Arc<Config>,
    ignores: Arc<IgnoreFile>,
    /// Which of the configuration's values for some files hold.
    overrides: Vec<usize>,
    settings: Arc<Settings>,
}

impl AllSettings {
    /// `overrides` outweighs what configuration files say; when `isolated`, none is read. `today` is
    /// the day it is, for suppressions that end.
    pub fn new(overrides: Overrides, isolated: bool, today: Option<Date>) -> Self {
        Self {
            configs: Configs::default(),
            ignores: Ignores::default(),
            overrides,
            isolated,
            today,
            builtin: Arc::new(Registry::builtin()),
            ready: Vec::new(),
        }
    }

    /// What holds for the file at `path`, which need not exist.
    ///
    /// # Errors
    /// Everything that is wrong with its configuration, or with what is said over it.
    pub fn of_file(&mut self, path: &Path) -> Result<Arc<Settings>, Vec<Problem>> {
        let (config, ignores) = match (self.isolated, self.ready.first()) {
            (true, Some(ready)) => return Ok(ready.settings.clone()),
            (true, None) => (Arc::default(), Arc::default()),
            (false, _) => (
                self.configs.of_file(path).map_err(|problems| problems.to_vec())?,
                self.ignores.of_file(path).map_err(|problems| problems.to_vec())?,
            ),
        };
        let overrides = config.overrides_of(path);
        let is_of = |ready: &&Ready| {
            Arc::ptr_eq(&ready.config, &config)
                && Arc::ptr_eq(&ready.ignores, &ignores)
                && ready.overrides == overrides
        };
        if let Some(ready) = self.ready.iter().find(is_of) {
            return Ok(ready.settings.clone());
        }
        let own = config.with_overrides(&overrides);
        let settings = self.prepare(own.with(&self.overrides), ignores.clone())?;
        let settings = Arc::new(settings);
        self.ready.push(Ready { config, ignores, overrides, settings: settings.clone() });
        Ok(settings)
    }

    /// Reads configuration files and rules anew from now on.
    pub fn reload(&mut self) {
        self.configs = Configs::default();
        self.ignores = Ignores::default();
        self.ready.clear();
    }

    fn prepare(&self, config: Config, ignores: Arc<IgnoreFile>) -> Result<Settings, Vec<Problem>> {
        let registry = match config.has_rules() {
            false => self.builtin.clone(),
            true => match user_registry(&config) {
                Ok(registry) => Arc::new(registry),
                Err(mut problems) => {
                    problems.extend(config.read_glossary().err().into_iter().flatten());
                    return Err(problems);
                }
            },
        };
        let glossary = config.read_glossary();
        let mut problems = config.unknown_names(&registry);
        problems.extend(ignores.unknown_names(&registry));
        let glossary = match glossary {
            Ok(glossary) if problems.is_empty() => glossary,
            other => {
                problems.extend(other.err().into_iter().flatten());
                return Err(problems);
            }
        };
        // All names are known by now; should one not be, it is told all the same.
        let engine = Engine::new(registry, selection(&config)).map_err(|messages| {
            messages.into_iter().map(|message| Problem::new("mtlint", None, message)).collect::<Vec<_>>()
        })?;
        let (glossary, terms) = approved(glossary);
        Ok(Settings { config, engine, glossary, terms, ignores, today: self.today })
    }
}

/// Which rules run under a configuration, and what of their findings counts.
pub(crate) fn selection(config: &Config) -> Selection {
    let severities = config.severities.iter().map(|(name, severity)| (name.clone(), severity.value));
    Selection {
        select: config.select.value.clone(),
        ignore: config.ignore.value.clone(),
        min_severity: config.min_severity.value,
        min_confidence: config.min_confidence.value,
        severities: severities.collect(),
    }
}

/// The names or else the terms of a glossary, if there is one.
pub(crate) fn approved(glossary: Option<Approved>) -> (Option<Arc<Glossary>>, Option<Arc<Terms>>) {
    match glossary {
        None => (None, None),
        Some(Approved::Names(glossary)) => (Some(Arc::new(glossary)), None),
        Some(Approved::Terms(terms)) => (None, Some(Arc::new(terms))),
    }
}

/// The rules built in, and those of the configuration's own.
///
/// # Errors
/// Everything that is wrong with these.
pub fn user_registry(config: &Config) -> Result<Registry, Vec<Problem>> {
    let texts = config.rule_texts()?;
    let files = texts.iter().map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str()));
    Registry::with_files(files)
}
