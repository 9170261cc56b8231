//! What holds for a file: its configuration with what the caller says over it, and the engine that obeys it.

use crate::config::{Config, Configs, Overrides};
use crate::engine::{Engine, Selection};
use crate::rule::Registry;
use crate::toml_file::Problem;
use std::path::Path;
use std::sync::Arc;

/// What holds for a file.
#[derive(Debug)]
pub struct Settings {
    pub config: Config,
    pub engine: Engine,
}

/// The settings of all files, each configuration made ready once.
#[derive(Debug)]
pub struct AllSettings {
    configs: Configs,
    overrides: Overrides,
    isolated: bool,
    /// The rules built in, for the configurations that add none.
    builtin: Arc<Registry>,
    ready: Vec<(Arc<Config>, Arc<Settings>)>,
}

impl AllSettings {
    /// `overrides` outweighs what configuration files say; when `isolated`, none is read.
    pub fn new(overrides: Overrides, isolated: bool) -> Self {
        Self {
            configs: Configs::default(),
            overrides,
            isolated,
            builtin: Arc::new(Registry::builtin()),
            ready: Vec::new(),
        }
    }

    /// What holds for the file at `path`, which need not exist.
    ///
    /// # Errors
    /// Everything that is wrong with its configuration, or with what is said over it.
    pub fn of_file(&mut self, path: &Path) -> Result<Arc<Settings>, Vec<Problem>> {
        let config = match self.isolated {
            true => match self.ready.first() {
                Some((_, settings)) => return Ok(settings.clone()),
                None => Arc::new(Config::default()),
            },
            false => self.configs.of_file(path).map_err(|problems| problems.to_vec())?,
        };
        if let Some((_, settings)) = self.ready.iter().find(|(known, _)| Arc::ptr_eq(known, &config)) {
            return Ok(settings.clone());
        }
        let settings = Arc::new(self.prepare((*config).clone().with(&self.overrides))?);
        self.ready.push((config, settings.clone()));
        Ok(settings)
    }

    /// Reads configuration files and rules anew from now on.
    pub fn reload(&mut self) {
        self.configs = Configs::default();
        self.ready.clear();
    }

    fn prepare(&self, config: Config) -> Result<Settings, Vec<Problem>> {
        let registry = match config.rules.value.as_slice() {
            [] => self.builtin.clone(),
            _ => Arc::new(user_registry(&config)?),
        };
        let unknown = config.unknown_names(&registry);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let selection = Selection {
            select: config.select.value.clone(),
            ignore: config.ignore.value.clone(),
            min_severity: config.min_severity.value,
            min_confidence: config.min_confidence.value,
            severities: config
                .severities
                .iter()
                .map(|(name, severity)| (name.clone(), severity.value))
                .collect(),
        };
        // All names are known by now; should one not be, it is told all the same.
        let engine = Engine::new(registry, selection).map_err(|messages| {
            messages.into_iter().map(|message| Problem::new("mtlint", None, message)).collect::<Vec<_>>()
        })?;
        Ok(Settings { config, engine })
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
