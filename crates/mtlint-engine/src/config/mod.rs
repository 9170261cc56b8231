//! The configuration: `mtlint.toml`, and what the command line says over it.
//!
//! The file nearest to a text, in its folder or one above, holds for it, alone: files are not
//! merged, but for the style packages that it extends. Every value knows where it comes from. May use `rule` for ids and severities, `lang`,
//! and the reader of TOML files; touches files, and never the engine.

mod archive;
mod discover;
mod file;
mod glossary;
mod ignore_file;
mod package;
mod show;
mod user_rules;

pub use discover::{Configs, FILE_NAME, Ignores, Nearest, Settling, absolute, for_people};
pub use file::schema;
pub use glossary::{Approved, parse_terms, read_approved};
pub use glossary::{append_to_glossary, glossary_entry, parse_glossary, read_glossary};
pub use ignore_file::{IgnoreFile, Ignored};
pub use show::Row;
pub use user_rules::{RuleText, rule_text, rule_texts};

use crate::rule::{Confidence, Registry, Severity};
use crate::score::Profile;
use archive::Archives;
use ignore::gitignore::Gitignore;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mtlint_lang::Language;
use mtlint_text::toml_file::Problem;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

/// The day it is, in UTC: the same for everyone who checks a text at the same time.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Default,
    /// The configuration file as the user knows it, and the 1-based line of the key.
    File {
        file: String,
        line: Option<u32>,
    },
    CommandLine,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File { file, line: Some(line) } => write!(formatter, "{file}:{line}"),
            Self::File { file, line: None } => formatter.write_str(file),
            Self::CommandLine => formatter.write_str("command line"),
        }
    }
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    pub value: T,
    pub source: Source,
}

/// Whether patterns take in a file. The matcher panics on one that does not lie below its folder.
fn takes_in(patterns: &Gitignore, path: &Path) -> bool {
    path.starts_with(patterns.path()) && patterns.matched_path_or_any_parents(path, false).is_ignore()
}

impl<T: Clone> Setting<T> {
    /// Takes the value of the other, unless that is the default.
    fn follow(&mut self, other: &Self) {
        if other.source != Source::Default {
            *self = other.clone();
        }
    }
}

impl<T> Setting<T> {
    fn default(value: T) -> Self {
        Self { value, source: Source::Default }
    }

    /// Takes what the command line says, if anything.
    fn override_by(&mut self, value: Option<T>) {
        if let Some(value) = value {
            *self = Self { value, source: Source::CommandLine };
        }
    }
}

/// The least severity of a finding that makes the run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, schemars::JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum FailOn {
    Minor,
    Major,
    Critical,
    Never,
}

impl FailOn {
    pub const ALL: [Self; 4] = [Self::Minor, Self::Major, Self::Critical, Self::Never];

    pub fn as_str(self) -> &'static str {
        self.severity().map_or("never", Severity::as_str)
    }

    /// `None` when no finding makes the run fail.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Minor => Some(Severity::Minor),
            Self::Major => Some(Severity::Major),
            Self::Critical => Some(Severity::Critical),
            Self::Never => None,
        }
    }
}

/// What holds for a text.
#[derive(Clone, Debug)]
pub struct Config {
    /// Rules, families or `all`; empty means all.
    pub select: Setting<Vec<String>>,
    /// Rules and families taken away again.
    pub ignore: Setting<Vec<String>>,
    pub min_severity: Setting<Severity>,
    pub min_confidence: Setting<Confidence>,
    /// Severities that replace those of the rules, by rule or family.
    pub severities: BTreeMap<String, Setting<Severity>>,
    pub fail_on: Setting<FailOn>,
    /// What findings weigh, and what a text may come to.
    pub profile: Profile,
    /// Where the values of the profile that are not the default come from, by their keys.
    pub profile_sources: BTreeMap<String, Source>,
    /// The language of the texts; `None` when each text shows its own.
    pub lang: Setting<Option<Language>>,
    /// Style packages, as they are named.
    pub extends: Setting<Vec<String>>,
    /// Folders of rules of the packages, those of later ones later.
    package_rules: Vec<Setting<PathBuf>>,
    /// What lies in packages that are archives.
    archives: Archives,
    /// Folders of rules of the user's own.
    pub rules: Setting<Vec<PathBuf>>,
    /// The file of the names that the user has approved.
    pub glossary: Setting<Option<PathBuf>>,
    /// Files and folders that are passed over, as patterns of `.gitignore`.
    pub exclude: Setting<Vec<String>>,
    excluded: Gitignore,
    path_overrides: Vec<PathOverride>,
}

/// Values for some files.
#[derive(Clone, Debug)]
struct PathOverride {
    /// Patterns of `.gitignore`.
    paths: Gitignore,
    /// What is not the default counts.
    values: Config,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            select: Setting::default(Vec::new()),
            ignore: Setting::default(Vec::new()),
            min_severity: Setting::default(Severity::Neutral),
            min_confidence: Setting::default(Confidence::Medium),
            severities: BTreeMap::new(),
            fail_on: Setting::default(FailOn::Minor),
            profile: Profile::default(),
            profile_sources: BTreeMap::new(),
            lang: Setting::default(None),
            extends: Setting::default(Vec::new()),
            package_rules: Vec::new(),
            archives: Archives::default(),
            rules: Setting::default(Vec::new()),
            glossary: Setting::default(None),
            exclude: Setting::default(Vec::new()),
            excluded: Gitignore::empty(),
            path_overrides: Vec::new(),
        }
    }
}

/// What the command line says; `None` where it says nothing. A list replaces that of the file.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    pub select: Option<Vec<String>>,
    pub ignore: Option<Vec<String>>,
    pub min_severity: Option<Severity>,
    pub min_confidence: Option<Confidence>,
    pub fail_on: Option<FailOn>,
    pub lang: Option<Language>,
    pub glossary: Option<PathBuf>,
    /// The most penalty points per 1,000 words.
    pub max_penalty: Option<f64>,
}

impl Config {
    /// The same, but for what the command line says.
    #[must_use]
    pub fn with(mut self, overrides: &Overrides) -> Self {
        self.select.override_by(overrides.select.clone());
        self.ignore.override_by(overrides.ignore.clone());
        self.min_severity.override_by(overrides.min_severity);
        self.min_confidence.override_by(overrides.min_confidence);
        self.fail_on.override_by(overrides.fail_on);
        self.lang.override_by(overrides.lang.map(Some));
        self.glossary.override_by(overrides.glossary.clone().map(Some));
        if overrides.max_penalty.is_some() {
            self.profile.max_penalty = overrides.max_penalty;
            self.profile_sources.insert("max-penalty".to_owned(), Source::CommandLine);
        }
        self
    }

    /// The least severity of a finding that by itself makes the run fail. Where the profile says what
    /// a text may come to, none does unless `fail-on` is set.
    pub fn failing(&self) -> Option<Severity> {
        match self.fail_on.source {
            Source::Default if self.profile.has_conditions() => None,
            _ => self.fail_on.value.severity(),
        }
    }

    /// Whether `exclude` takes in the file. Files that the user names are checked all the same.
    pub fn excludes(&self, path: &Path) -> bool {
        !self.excluded.is_empty() && takes_in(&self.excluded, &absolute(path))
    }

    /// Which of `[[overrides]]` hold for the file at `path`, by their places.
    pub fn overrides_of(&self, path: &Path) -> Vec<usize> {
        if self.path_overrides.is_empty() {
            return Vec::new();
        }
        let path = absolute(path);
        let holding = self.path_overrides.iter().enumerate().filter(|(_, it)| takes_in(&it.paths, &path));
        holding.map(|(index, _)| index).collect()
    }

    /// The same, but for the values that these of `[[overrides]]` give; of several the last.
    ///
    /// # Panics
    /// When there is none at such a place.
    #[must_use]
    pub fn with_overrides(&self, overrides: &[usize]) -> Self {
        let mut config = self.clone();
        for index in overrides {
            config.follow(&self.path_overrides[*index].values);
        }
        config
    }

    /// Whether there are rules beside those built in.
    pub fn has_rules(&self) -> bool {
        !self.rules.value.is_empty() || !self.package_rules.is_empty()
    }

    /// The rules of the user's own and those of the packages. Of two of one id, the user's own stands, or that of the later
    /// package.
    ///
    /// # Errors
    /// Everything that cannot be read.
    pub fn rule_texts(&self) -> Result<Vec<RuleText>, Vec<Problem>> {
        let mut texts: Vec<RuleText> = Vec::new();
        let mut problems = Vec::new();
        let mut read = |folder: &Path, source: &Source, texts: &mut Vec<RuleText>| {
            let found = user_rules::texts_in(folder, &self.archives);
            // A problem with a folder itself is told at the line that names it.
            let is_whole = |problem: &Problem| folder == Path::new(&problem.file);
            let blamed = |problem: Problem| match is_whole(&problem) {
                true => blame("rules", source, problem),
                false => problem,
            };
            match found {
                Ok(mut found) => texts.append(&mut found),
                Err(found) => problems.extend(found.into_iter().map(blamed)),
            }
        };
        for folder in &self.package_rules {
            let mut found = Vec::new();
            read(&folder.value, &folder.source, &mut found);
            replace(&mut texts, found);
        }
        let mut own = Vec::new();
        for folder in &self.rules.value {
            read(folder, &self.rules.source, &mut own);
        }
        replace(&mut texts, own);
        if problems.is_empty() { Ok(texts) } else { Err(problems) }
    }

    /// The names or terms that the user has approved, if a glossary is named.
    ///
    /// # Errors
    /// When it cannot be read, and everything that is wrong with it.
    pub fn read_glossary(&self) -> Result<Option<Approved>, Vec<Problem>> {
        let Some(path) = self.glossary.value.as_deref() else { return Ok(None) };
        glossary::approved_in(path, &self.archives).map(Some).map_err(|problems| {
            problems.into_iter().map(|problem| blame("glossary", &self.glossary.source, problem)).collect()
        })
    }

    /// What is wrong with all that is named here: rules, families, folders and files.
    pub fn problems_of_names(&self) -> Vec<Problem> {
        let registry = self.rule_texts().and_then(|texts| {
            let files = texts.iter().map(|text| (text.id.as_str(), text.file.as_str(), text.text.as_str()));
            Registry::with_files(files)
        });
        let mut problems = match registry {
            Ok(registry) => self.unknown_names(&registry),
            Err(problems) => problems,
        };
        problems.extend(self.read_glossary().err().into_iter().flatten());
        problems
    }

    /// What is wrong with the rules and families named here, given all there are.
    pub fn unknown_names(&self, registry: &Registry) -> Vec<Problem> {
        let all = || self.path_overrides.iter().map(|it| &it.values).chain([self]);
        let listed = all()
            .flat_map(|config| [&config.select, &config.ignore])
            .flat_map(|setting| setting.value.iter().map(|name| (name, &setting.source)));
        let severities =
            all().flat_map(|config| config.severities.iter().map(|(name, setting)| (name, &setting.source)));
        listed
            .chain(severities)
            .filter(|(name, _)| !registry.knows(name))
            .map(|(name, source)| {
                let (file, line) = match source {
                    Source::File { file, line } => (file.as_str(), *line),
                    source => {
                        return Problem::new(&source.to_string(), None, registry.unknown_selector(name));
                    }
                };
                Problem::new(file, line, registry.unknown_selector(name))
            })
            .collect()
    }
}

/// Puts rules after others, in place of those that have their ids.
fn replace(texts: &mut Vec<RuleText>, later: Vec<RuleText>) {
    {
        let ids: BTreeSet<&str> = later.iter().map(|rule| rule.id.as_str()).collect();
        texts.retain(|rule| !ids.contains(rule.id.as_str()));
    }
    texts.extend(later);
}

/// A problem with a file or folder as a whole, told at the key that names it.
fn blame(key: &str, source: &Source, problem: Problem) -> Problem {
    match source {
        _ if problem.line.is_some() => problem,
        Source::File { file, line } => {
            Problem::new(file, *line, format!("`{key}`: {}: {}", problem.file, problem.message))
        }
        _ => Problem::new(&format!("--{key}"), None, format!("{}: {}", problem.file, problem.message)),
    }
}
