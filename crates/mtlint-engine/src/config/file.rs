//! Reading `mtlint.toml`.

use super::archive::Archives;
use super::package::{Place, Wrong};
use super::{Config, FailOn, PathOverride, Setting, Source};
use crate::rule::{Confidence, MQM_TYPES, Severity, mqm_type};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use mtlint_lang::identify;
use mtlint_text::toml_file::{Keys, Problem, TomlFile, unknown};
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The fields that a configuration has for all files, and a table of `[[overrides]]` for some. Flattening would lose the
/// lines of keys, so both are written out from here.
macro_rules! table {
    ($(#[$about:meta])* struct $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        // Names of severities and the like stay strings, so that all that are wrong are told at once.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        $(#[$about])*
        struct $name {
            $($(#[$doc])* $field: $type,)*
            /// Rules, families or `all` that run.
            select: Option<Vec<String>>,
            /// Rules and families that do not run.
            ignore: Option<Vec<String>>,
            /// Report nothing less severe.
            #[schemars(with = "Option<Severity>")]
            min_severity: Option<String>,
            /// Report nothing less certain.
            #[schemars(with = "Option<Confidence>")]
            min_confidence: Option<String>,
            /// Severities that replace those of rules or families.
            #[serde(default)]
            #[schemars(with = "BTreeMap<String, Severity>")]
            severities: BTreeMap<String, String>,
            /// The least severity that makes the run fail.
            #[schemars(with = "Option<FailOn>")]
            fail_on: Option<String>,
            /// The language of the texts, in place of identifying it.
            lang: Option<String>,
        }

        impl $name {
            /// Takes in the values that may be set for all files or for some.
            fn read(&self, prefix: &str, reader: &mut Reader<'_>, config: &mut Config) {
                let key = |name: &str| format!("{prefix}{name}");
                reader.set(&key("select"), self.select.clone(), &mut config.select);
                reader.set(&key("ignore"), self.ignore.clone(), &mut config.ignore);
                reader.named(&key("min-severity"), &self.min_severity, SEVERITIES, &mut config.min_severity);
                let confidence = &mut config.min_confidence;
                reader.named(&key("min-confidence"), &self.min_confidence, CONFIDENCES, confidence);
                reader.named(&key("fail-on"), &self.fail_on, FAIL_ON, &mut config.fail_on);
                reader.severities(&key("severities"), &self.severities, config);
                reader.lang(&key("lang"), self.lang.as_deref(), config);
            }
        }
    };
}
table! {
    /// The configuration of mtlint for the texts in a folder and below. Every key is optional.
    #[schemars(title = "mtlint.toml", deny_unknown_fields)]
    struct ConfigFile {
        /// Style packages: folders or archives of rules and settings, relative to this file. What is said here outweighs
        /// them, and a later one those before it.
        extends: Option<Vec<String>>,
        /// Folders of rules of the user's own, relative to this file.
        rules: Option<Vec<String>>,
        /// Files and folders to pass over, as patterns of `.gitignore`.
        exclude: Option<Vec<String>>,
        /// The file of approved names, relative to this file.
        glossary: Option<String>,
        /// What a text may come to.
        score: Option<ScoreTable>,
        /// Values for some files.
        #[serde(default)]
        overrides: Vec<OverrideTable>,
    }
}

table! {
    /// A table of `[[overrides]]`: values for some files.
    #[schemars(deny_unknown_fields)]
    struct OverrideTable {
        /// Patterns of `.gitignore`, relative to this file.
        paths: Vec<String>,
    }
}

/// The table `[score]`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(deny_unknown_fields)]
struct ScoreTable {
    neutral: Option<f64>,
    minor: Option<f64>,
    major: Option<f64>,
    critical: Option<f64>,
    max_penalty: Option<f64>,
    no_critical: Option<bool>,
    #[serde(default)]
    types: BTreeMap<String, f64>,
}

/// The JSON Schema of `mtlint.toml`.
pub fn schema() -> Schema {
    schema_for!(ConfigFile)
}

const KEYS: Keys = Keys {
    plain: &[
        "extends",
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
    tables: &[("severities", Keys::ANY), ("score", SCORE_KEYS), ("overrides", OVERRIDE_KEYS)],
    open: false,
};

const OVERRIDE_KEYS: Keys = Keys {
    plain: &["paths", "select", "ignore", "min-severity", "min-confidence", "fail-on", "lang"],
    tables: &[("severities", Keys::ANY)],
    open: false,
};

const SCORE_KEYS: Keys = Keys {
    plain: &["neutral", "minor", "major", "critical", "max-penalty", "no-critical"],
    tables: &[("types", Keys::ANY)],
    open: false,
};

impl Config {
    /// Reads the text of a configuration file; `name` is the file as the user knows it, `folder`
    /// the one that its paths are relative to, an absolute path.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(name: &str, folder: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        match Self::parse_partly(name, folder, text) {
            (config, problems) if problems.is_empty() => Ok(config),
            (_, problems) => Err(problems),
        }
    }

    /// The same as [`Config::parse`]; what is wrong is left out, and the rest is there to be looked at.
    pub fn parse_partly(name: &str, folder: &Path, text: &str) -> (Self, Vec<Problem>) {
        let mut archives = Archives::default();
        let way = vec![(name.to_owned(), folder.to_path_buf())];
        let place = Place { name, folder, patterns: folder, within: None, way };
        let (mut config, problems) = Self::parse_at(&place, text, &mut archives);
        config.archives = archives;
        (config, problems)
    }

    /// Reads the text of a configuration file, its own or that of a package.
    pub(super) fn parse_at(place: &Place<'_>, text: &str, archives: &mut Archives) -> (Self, Vec<Problem>) {
        let name = place.name;
        let (parsed, mut problems) = TomlFile::<ConfigFile>::parse_partly(name, text, &KEYS);
        let Some(parsed) = parsed else { return (Self::default(), problems) };
        let mut reader = Reader { name, parsed: &parsed, problems: Vec::new() };
        let file = &parsed.value;
        let mut config = Self::default();
        for named in file.extends.iter().flatten() {
            match place.package(named, archives) {
                Ok(package) => config.extend_by(package),
                Err(Wrong::Here(message)) => {
                    reader.fail_in(text, "extends", named, format!("`extends`: {message}"));
                }
                Err(Wrong::Inside(mut inside)) => problems.append(&mut inside),
            }
        }
        let mut own = Self::default();
        file.read("", &mut reader, &mut own);
        for (index, table) in file.overrides.iter().enumerate() {
            let prefix = format!("overrides.{index}.");
            let mut values = Self::default();
            table.read(&prefix, &mut reader, &mut values);
            if table.paths.is_empty() {
                reader.fail(&format!("{prefix}paths"), "`paths`: no path is named".to_owned());
            }
            let paths = reader.patterns(&format!("{prefix}paths"), place.patterns, &table.paths);
            own.path_overrides.push(PathOverride { paths, values });
        }
        let mut path = |key: &str, named: &String| match place.path(named) {
            Ok(path) => Some(path),
            Err(message) => {
                reader.fail(key, format!("`{key}`: {message}"));
                None
            }
        };
        let rules =
            file.rules.as_ref().map(|all| all.iter().filter_map(|named| path("rules", named)).collect());
        let glossary = file.glossary.as_ref().and_then(|named| path("glossary", named)).map(Some);
        reader.set("rules", rules, &mut config.rules);
        reader.set("extends", file.extends.clone(), &mut config.extends);
        reader.set("glossary", glossary, &mut own.glossary);
        reader.set("exclude", file.exclude.clone(), &mut own.exclude);
        own.excluded = reader.patterns("exclude", place.patterns, &own.exclude.value);
        if let Some(score) = &file.score {
            reader.profile(score, &mut own);
        }
        config.follow(&own);
        problems.append(&mut reader.problems);
        problems.sort_by(|a, b| (a.file != name, &a.file, a.line).cmp(&(b.file != name, &b.file, b.line)));
        (config, problems)
    }
}

/// What a key takes that takes one of a few names: what that is called, all values, and their names.
type Named<T> = (&'static str, &'static [T], fn(T) -> &'static str);

const SEVERITIES: Named<Severity> = ("severity", &Severity::ALL, Severity::as_str);
const CONFIDENCES: Named<Confidence> = ("confidence", &Confidence::ALL, Confidence::as_str);
const FAIL_ON: Named<FailOn> = ("value", &FailOn::ALL, FailOn::as_str);

struct Reader<'a> {
    name: &'a str,
    parsed: &'a TomlFile<ConfigFile>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Tells what is wrong with an item of a list, at its own line.
    fn fail_in(&mut self, text: &str, key: &str, item: &str, message: String) {
        let Some(mut span) = self.parsed.value_span(key) else { return self.fail(key, message) };
        let marks = ['"', '\''].into_iter();
        let found = marks.filter_map(|mark| span.of(text).find(&format!("{mark}{item}{mark}"))).min();
        if let Some(at) = found {
            span.start += at as u32;
            span.end = span.start + item.len() as u32 + 2;
        }
        let line = 1 + text[..span.lo()].matches('\n').count();
        self.problems.push(Problem::new(self.name, u32::try_from(line).ok(), message).at(Some(span)));
    }

    fn severities(&mut self, prefix: &str, severities: &BTreeMap<String, String>, config: &mut Config) {
        for (rule, severity) in severities {
            let mut setting = Setting::default(Severity::Neutral);
            self.named(&format!("{prefix}.{rule}"), &Some(severity.clone()), SEVERITIES, &mut setting);
            if setting.source != Source::Default {
                config.severities.insert(rule.clone(), setting);
            }
        }
    }

    fn lang(&mut self, key: &str, tag: Option<&str>, config: &mut Config) {
        match tag.map(identify::named) {
            None => {}
            Some(Ok(language)) => self.set(key, Some(Some(language)), &mut config.lang),
            Some(Err(error)) => self.fail(key, error),
        }
    }

    /// Patterns as in `.gitignore`, relative to a folder.
    fn patterns(&mut self, key: &str, folder: &Path, patterns: &[String]) -> Gitignore {
        let mut builder = GitignoreBuilder::new(folder);
        builder.allow_unclosed_class(false);
        for pattern in patterns {
            if let Err(error) = builder.add_line(None, pattern) {
                self.fail(key, error.to_string());
            }
        }
        builder.build().unwrap_or_else(|error| {
            self.fail(key, error.to_string());
            Gitignore::empty()
        })
    }

    fn set<T>(&self, key: &str, value: Option<T>, setting: &mut Setting<T>) {
        if let Some(value) = value {
            *setting = Setting { value, source: self.source(key) };
        }
    }

    fn profile(&mut self, table: &ScoreTable, config: &mut Config) {
        let profile = &mut config.profile;
        let mut numbers = vec![
            ("neutral".to_owned(), table.neutral),
            ("minor".to_owned(), table.minor),
            ("major".to_owned(), table.major),
            ("critical".to_owned(), table.critical),
            ("max-penalty".to_owned(), table.max_penalty),
        ];
        numbers.extend(table.types.iter().map(|(mqm, weight)| (format!("types.{mqm}"), Some(*weight))));
        for (key, number) in numbers {
            let Some(number) = number else { continue };
            let full = format!("score.{key}");
            if !(number.is_finite() && number >= 0.0) {
                self.fail(&full, format!("`{full}`: a number of points is 0 or more"));
                continue;
            }
            match key.as_str() {
                "neutral" => profile.neutral = number,
                "minor" => profile.minor = number,
                "major" => profile.major = number,
                "critical" => profile.critical = number,
                "max-penalty" => profile.max_penalty = Some(number),
                _ => {
                    let mqm = key.trim_start_matches("types.");
                    if mqm_type(mqm).is_none() {
                        let told = unknown("MQM type", mqm, MQM_TYPES.iter().map(|known| known.id));
                        self.fail(&full, format!("`{full}`: {told}"));
                    }
                    profile.types.insert(mqm.to_owned(), number);
                }
            }
            config.profile_sources.insert(key, self.source(&full));
        }
        if let Some(no_critical) = table.no_critical {
            profile.no_critical = no_critical;
            config.profile_sources.insert("no-critical".to_owned(), self.source("score.no-critical"));
        }
    }

    fn source(&self, key: &str) -> Source {
        Source::File { file: self.name.to_owned(), line: self.parsed.line(key) }
    }

    fn fail(&mut self, key: &str, message: String) {
        let problem = Problem::new(self.name, self.parsed.line(key), message);
        self.problems.push(problem.at(self.parsed.value_span(key)));
    }

    fn named<T: Copy>(
        &mut self,
        key: &str,
        given: &Option<String>,
        (what, all, name): Named<T>,
        setting: &mut Setting<T>,
    ) {
        let Some(given) = given else { return };
        let found = all.iter().copied().find(|value| name(*value) == given);
        self.set(key, found, setting);
        if found.is_none() {
            let told = unknown(what, given, all.iter().map(|value| name(*value)));
            self.fail(key, format!("`{key}`: {told}"));
        }
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
    fn some_files_have_values_of_their_own() {
        let text = "min-severity = 'minor'\nselect = ['casing']\n[severities]\ncasing = 'minor'\n\n\
            [[overrides]]\npaths = ['/news/**']\nmin-severity = 'major'\n\n\
            [[overrides]]\npaths = ['*.md', 'wire/']\nselect = ['all']\nmin-severity = 'neutral'\n\
            severities.casing = 'major'\n";
        let config = Config::parse("mtlint.toml", Path::new("/p"), text).unwrap();
        let of = |path: &str| config.with_overrides(&config.overrides_of(Path::new(path)));
        assert_eq!(config.overrides_of(Path::new("/p/a.txt")), [0; 0]);
        assert_eq!(config.overrides_of(Path::new("/elsewhere/news/a.txt")), [0; 0]);
        let news = of("/p/news/deep/a.txt");
        assert_eq!(
            (news.min_severity.value, news.select.value.as_slice()),
            (Severity::Major, &["casing".to_owned()][..])
        );
        assert_eq!(news.min_severity.source, Source::File { file: "mtlint.toml".to_owned(), line: Some(8) });
        // The last that holds for a file has the last word.
        let both = of("/p/news/a.md");
        assert_eq!(
            (both.min_severity.value, both.severities["casing"].value),
            (Severity::Neutral, Severity::Major)
        );
        assert_eq!(of("/p/wire/a.txt").select.value, ["all"]);
        let told = Config::parse("m", Path::new("/p"), "[[overrides]]\npaths = []\nlang = '?'\nrules = []\n")
            .unwrap_err();
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        let unknown = "m:4: unknown key `rules`; known are paths, select, ignore, min-severity, min-confidence, fail-on, lang, severities";
        assert!(told.iter().any(|mistake| mistake == unknown), "{told:?}");
        assert!(told.iter().any(|mistake| mistake.starts_with("m:2: `paths`")), "{told:?}");
    }

    #[test]
    fn a_profile_is_checked() {
        let text = "[score]\nmajor = 10\nmax-penalty = 12.5\nno-critical = true\ntypes.punctuation = 0.1\n";
        let config = Config::parse("m", Path::new("/p"), text).unwrap();
        assert_eq!((config.profile.major, config.profile.minor), (10.0, 1.0));
        assert_eq!((config.profile.max_penalty, config.profile.no_critical), (Some(12.5), true));
        assert_eq!(config.failing(), None, "the profile decides");
        let told =
            Config::parse("m", Path::new("/p"), "[score]\nminor = -1\ntypes.puncuation = 1\n").unwrap_err();
        assert_eq!(told[0].to_string(), "m:2: `score.minor`: a number of points is 0 or more");
        assert!(told[1].to_string().ends_with("did you mean `punctuation`?"));
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
