//! Style packages: folders or archives of rules and settings that `extends` names.
//!
//! A package is laid out as a desk lays out its own: `mtlint.toml` with the settings, whose paths are relative to the
//! package, and `rules/` for rules, unless its `rules` names other folders. It may extend others. Patterns in it hold
//! where the text is: in the folder of the file that extends it. No path of an archive leads out of it.

use super::archive::{Archives, ENDINGS, is_archive};
use super::discover::for_people;
use super::{Config, FILE_NAME, Setting, Source, absolute};
use mtlint_text::toml_file::Problem;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The folder of rules of a package that says nothing else.
pub(super) const RULES: &str = "rules";

/// Where a configuration file is read.
pub(super) struct Place<'a> {
    /// The file, as the user knows it.
    pub name: &'a str,
    /// What its paths are relative to.
    pub folder: &'a Path,
    /// What its patterns are relative to.
    pub patterns: &'a Path,
    /// What the paths may not leave: the archive that the file lies in.
    pub within: Option<&'a Path>,
    /// The packages on the way here, as the user knows them, each with what tells whether it is the same.
    pub way: Vec<(String, PathBuf)>,
}

impl Place<'_> {
    /// A path that the file names.
    ///
    /// # Errors
    /// When it leads out of the archive.
    pub fn path(&self, named: &str) -> Result<PathBuf, String> {
        let Some(root) = self.within else {
            let path = self.folder.join(named);
            // People are told `house-style`, and not `desk/../house-style`.
            let turns = Path::new(named).components().any(|part| part == Component::ParentDir);
            return Ok(if turns { absolute(&path) } else { path });
        };
        let mut path = self.folder.to_path_buf();
        for component in Path::new(named).components() {
            match component {
                Component::Normal(name) => path.push(name),
                Component::CurDir => {}
                Component::ParentDir if path != root && path.pop() => {}
                _ => return Err(format!("`{named}` leads out of the archive")),
            }
        }
        Ok(path)
    }

    /// Reads a package that the file names.
    ///
    /// # Errors
    /// What is wrong with it as a whole, for the place that names it, or with what is in it.
    pub fn package(&self, named: &str, archives: &mut Archives) -> Result<Config, Wrong> {
        let path = self.path(named).map_err(Wrong::Here)?;
        let shown = for_people(&path);
        let whole = |what: &str| Wrong::Here(format!("{shown}: {what}"));
        if !archives.is_folder(&path) {
            if path.is_file() && !is_archive(&path) {
                return Err(whole(&format!("is neither a folder nor an archive ({})", ENDINGS.join(", "))));
            }
            archives.open(&path).map_err(|error| match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => whole("there is no such folder or archive"),
                _ => whole(&error.to_string()),
            })?;
        }
        let real = absolute(&path);
        if let Some(at) = self.way.iter().position(|(_, known)| *known == real) {
            let round: Vec<&str> =
                self.way[at..].iter().map(|(name, _)| name.as_str()).chain([shown.as_str()]).collect();
            return Err(Wrong::Here(format!("goes round in a circle: {}", round.join(" → "))));
        }
        let file = path.join(FILE_NAME);
        let name = for_people(&file);
        let mut way = self.way.clone();
        way.push((shown.clone(), real));
        let within = self.within.or(is_archive(&path).then_some(path.as_path()));
        let place = Place { name: &name, folder: &path, patterns: self.patterns, within, way };
        let (mut config, problems) = match archives.read_text(&file) {
            Ok(text) => Config::parse_at(&place, &text, archives),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                (Config::default(), Vec::new())
            }
            Err(error) => {
                return Err(Wrong::Inside(vec![Problem::new(
                    &name,
                    None,
                    format!("cannot be read: {error}"),
                )]));
            }
        };
        if !problems.is_empty() {
            return Err(Wrong::Inside(problems));
        }
        let rules = path.join(RULES);
        if config.rules.source == Source::Default && archives.is_folder(&rules) {
            config.rules =
                Setting { value: vec![rules], source: Source::File { file: shown.clone(), line: None } };
        }
        let is_empty = config.rules.value.is_empty() && archives.read_text(&file).is_err();
        if is_empty {
            return Err(whole(&format!("holds neither {FILE_NAME} nor {RULES}/")));
        }
        Ok(config)
    }
}

/// What is wrong with a package.
pub(super) enum Wrong {
    /// As a whole: told where it is named.
    Here(String),
    /// In one of its files.
    Inside(Vec<Problem>),
}

impl Config {
    /// What a style package says by itself, as if a file extended it and said nothing else.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn of_package(path: &Path) -> Result<Self, Vec<Problem>> {
        let folder = absolute(Path::new("."));
        let mut archives = Archives::default();
        let place = Place { name: "", folder: &folder, patterns: &folder, within: None, way: Vec::new() };
        match place.package(&path.to_string_lossy(), &mut archives) {
            Ok(package) => {
                let mut config = Self::default();
                config.extend_by(package);
                config.archives = archives;
                Ok(config)
            }
            Err(Wrong::Here(message)) => {
                let (file, what) = message.split_once(": ").unwrap_or((FILE_NAME, &message));
                Err(vec![Problem::new(file, None, what)])
            }
            Err(Wrong::Inside(problems)) => Err(problems),
        }
    }

    /// Whether a path is a style package: an archive, or a folder that has the file or the folder of one.
    pub fn is_package(path: &Path) -> bool {
        is_archive(path) && path.is_file() || path.join(FILE_NAME).is_file() || path.join(RULES).is_dir()
    }

    /// Takes over what a package says: of two that say something of one thing, the later has the last word.
    pub(super) fn extend_by(&mut self, package: Self) {
        self.follow(&package);
        self.package_rules.extend(package.package_rules.iter().cloned());
        let Setting { value, source } = &package.rules;
        self.package_rules
            .extend(value.iter().map(|folder| Setting { value: folder.clone(), source: source.clone() }));
    }

    /// Takes over the values that another sets.
    pub(super) fn follow(&mut self, other: &Self) {
        self.select.follow(&other.select);
        self.ignore.follow(&other.ignore);
        self.min_severity.follow(&other.min_severity);
        self.min_confidence.follow(&other.min_confidence);
        self.fail_on.follow(&other.fail_on);
        self.lang.follow(&other.lang);
        self.glossary.follow(&other.glossary);
        self.severities
            .extend(other.severities.iter().map(|(name, setting)| (name.clone(), setting.clone())));
        if other.exclude.source != Source::Default {
            self.excluded = other.excluded.clone();
        }
        self.exclude.follow(&other.exclude);
        for key in other.profile_sources.keys() {
            self.profile.take(key, &other.profile);
        }
        self.profile_sources.extend(other.profile_sources.clone());
        self.path_overrides.extend(other.path_overrides.iter().cloned());
    }
}
