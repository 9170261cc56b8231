//! The engine that holds for a file: its configuration, and what the command line says over it.

use super::args::Args;
use crate::cli::Trouble;
use crate::config::{Config, Configs, Overrides};
use crate::engine::{Engine, Selection};
use crate::rule::Registry;
use std::path::Path;
use std::sync::Arc;

/// What holds for a file.
#[derive(Debug)]
pub(super) struct Settings {
    pub config: Config,
    pub engine: Engine,
}

/// The settings of all files, each configuration made ready once.
pub(super) struct AllSettings {
    configs: Configs,
    overrides: Overrides,
    isolated: bool,
    /// The rules built in, for the configurations that add none.
    builtin: Arc<Registry>,
    ready: Vec<(Arc<Config>, Arc<Settings>)>,
}

impl AllSettings {
    pub fn new(args: &Args) -> Self {
        let given = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        Self {
            configs: Configs::default(),
            overrides: Overrides {
                select: given(&args.select),
                ignore: given(&args.ignore),
                min_severity: args.min_severity,
                min_confidence: args.min_confidence,
                fail_on: args.fail_on,
                lang: args.lang,
            },
            isolated: args.isolated,
            builtin: Arc::new(Registry::builtin()),
            ready: Vec::new(),
        }
    }

    /// What holds for the file at `path`.
    ///
    /// # Errors
    /// Everything that is wrong with its configuration, or with the options of the command line.
    pub fn of_file(&mut self, path: &Path) -> Result<Arc<Settings>, Trouble> {
        let config = match self.isolated {
            true => match self.ready.first() {
                Some((_, settings)) => return Ok(settings.clone()),
                None => Arc::new(Config::default()),
            },
            false => self.configs.of_file(path).map_err(|problems| Trouble::from(problems.to_vec()))?,
        };
        if let Some((_, settings)) = self.ready.iter().find(|(known, _)| Arc::ptr_eq(known, &config)) {
            return Ok(settings.clone());
        }
        let settings = Arc::new(self.prepare((*config).clone().with(&self.overrides))?);
        self.ready.push((config, settings.clone()));
        Ok(settings)
    }

    fn prepare(&self, config: Config) -> Result<Settings, Trouble> {
        let registry = match config.rules.value.as_slice() {
            [] => self.builtin.clone(),
            _ => Arc::new(user_registry(&config)?),
        };
        let unknown = config.unknown_names(&registry);
        if !unknown.is_empty() {
            return Err(unknown.into());
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
        let engine = Engine::new(registry, selection)?;
        Ok(Settings { config, engine })
    }
}

/// The rules built in, and those of the configuration's own.
///
/// # Errors
/// Everything that is wrong with these.
pub(in crate::cli) fn user_registry(config: &Config) -> Result<Registry, Trouble> {
    let texts = config.rule_texts()?;
    let files = texts.iter().map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str()));
    Ok(Registry::with_files(files)?)
}
