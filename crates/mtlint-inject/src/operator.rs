//! The operator file: `operators/FAMILY/NAME.toml` as it is written, and all operators.

use super::action::Action;
use super::classes;
use mtlint_lang::Language;
use mtlint_text::toml_file::{Keys, Problem, TomlFile};
use serde::Deserialize;

/// Every key of an operator file.
const KEYS: Keys = Keys {
    plain: &["summary", "process", "langs", "weight", "held-out"],
    tables: &[(
        "form",
        Keys {
            plain: &[
                "action", "langs", "held-out", "pattern", "with", "unless", "whole", "words", "at", "unit",
                "joiner", "times", "except", "drift", "length", "pairs", "open", "close", "where", "least",
                "names", "capitals",
            ],
            tables: &[("words", Keys::ANY)],
            open: false,
        },
    )],
    open: false,
};

/// What leaves such damage behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Process {
    /// The text was translated piece by piece, or through another language.
    Translation,
    /// The text was cut into segments, and joined again.
    Splitting,
    /// The text was taken off a page, with what stands around it.
    Scraping,
    /// The text went through encodings, escapes and formats.
    Exporting,
    /// A language model wrote it, or spoke beside it.
    Generation,
}

impl Process {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Translation => "translation",
            Self::Splitting => "splitting",
            Self::Scraping => "scraping",
            Self::Exporting => "exporting",
            Self::Generation => "generation",
        }
    }
}

/// Which operators and forms are taken: a third of both is held out, so that what finds the others shows
/// whether it finds what nobody trained or tuned on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Set {
    Training,
    HeldOut,
    #[default]
    All,
}

impl Set {
    /// Whether what is held out, or not, belongs to it.
    fn takes(self, is_held_out: bool) -> bool {
        match self {
            Self::Training => !is_held_out,
            Self::HeldOut => is_held_out,
            Self::All => true,
        }
    }
}

/// The name of an action, for the list of operators.
pub type ActionName = &'static str;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct OperatorFile {
    summary: String,
    process: Process,
    langs: Vec<String>,
    #[serde(default = "usual_weight")]
    weight: u32,
    #[serde(default)]
    held_out: bool,
    #[serde(rename = "form")]
    forms: Vec<FormTable>,
}

/// How often a damage comes in a mixture, where the file does not say.
const fn usual_weight() -> u32 {
    10
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct FormTable {
    langs: Option<Vec<String>>,
    #[serde(default)]
    held_out: bool,
    #[serde(flatten)]
    action: Action,
}

/// One way to damage a text.
#[derive(Debug)]
pub struct Operator {
    /// `family/name`: the path of its file.
    pub kind: String,
    /// What is wrong afterwards, in a line.
    pub summary: String,
    pub process: Process,
    /// How often it comes in a mixture, relative to the others.
    pub weight: u32,
    pub forms: Vec<Form>,
}

/// A surface form of the damage, or several that one pattern makes.
#[derive(Debug)]
pub struct Form {
    /// Empty for all languages.
    languages: Vec<Language>,
    pub is_held_out: bool,
    pub(super) action: Action,
}

impl Form {
    /// Whether it can be made in a language.
    pub fn speaks(&self, language: Language) -> bool {
        (self.languages.is_empty() || self.languages.contains(&language))
            && self.action.patterns().iter().all(|pattern| classes::expand(pattern, language).is_some())
    }

    pub fn action(&self) -> ActionName {
        self.action.name()
    }
}

impl Operator {
    /// The folder of its file, which is a family of rules.
    pub fn family(&self) -> &str {
        self.kind.split('/').next().unwrap_or_default()
    }

    /// The forms that a set takes in a language, each with its number in the file.
    pub fn forms_of(&self, language: Language, set: Set) -> impl Iterator<Item = (usize, &Form)> {
        let forms = self.forms.iter().enumerate();
        forms.filter(move |(_, form)| set.takes(form.is_held_out) && form.speaks(language))
    }

    /// Whether all of it is held out.
    pub fn is_held_out(&self) -> bool {
        self.forms.iter().all(|form| form.is_held_out)
    }

    fn new(kind: &str, file: OperatorFile) -> Result<Self, String> {
        let languages = |codes: &[String]| -> Result<Vec<Language>, String> {
            let named = codes.iter().filter(|code| *code != "*");
            named.map(|code| Language::parse(code).map_err(|error| error.to_string())).collect()
        };
        let everywhere = languages(&file.langs)?;
        let mut forms = Vec::new();
        for table in file.forms {
            table.action.validate()?;
            let own = table.langs.as_deref().map(languages).transpose()?;
            forms.push(Form {
                languages: own.unwrap_or_else(|| everywhere.clone()),
                is_held_out: file.held_out || table.held_out,
                action: table.action,
            });
        }
        if forms.is_empty() {
            return Err("an operator has a form at least".to_owned());
        }
        Ok(Self {
            kind: kind.to_owned(),
            summary: file.summary,
            process: file.process,
            weight: file.weight,
            forms,
        })
    }
}

/// All operators, sorted by kind.
#[derive(Debug)]
pub struct Operators {
    all: Vec<Operator>,
}

impl Operators {
    /// The operators built in.
    ///
    /// # Panics
    /// When one of them is wrong, which a test rules out.
    pub fn builtin() -> Self {
        let read = |(kind, json): &(&str, &str)| {
            let file = serde_json::from_str(json).map_err(|error| error.to_string());
            file.and_then(|file| Operator::new(kind, file)).unwrap_or_else(|error| panic!("{kind}: {error}"))
        };
        Self { all: mtlint_data::operators().iter().map(read).collect() }
    }

    /// Reads one operator file; `file` is its name for messages.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(kind: &str, file: &str, text: &str) -> Result<Operator, Vec<Problem>> {
        let parsed = TomlFile::<OperatorFile>::parse(file, text, &KEYS)?;
        Operator::new(kind, parsed.value).map_err(|message| vec![Problem::new(file, None, message)])
    }

    /// Adds an operator, in place of one of the same kind.
    pub fn add(&mut self, operator: Operator) {
        self.all.retain(|known| known.kind != operator.kind);
        self.all.push(operator);
        self.all.sort_by(|a, b| a.kind.cmp(&b.kind));
    }

    /// The same, with other weights: how often each comes in a mixture, relative to the others.
    #[must_use]
    pub fn weighed(mut self, weight: impl Fn(&Operator) -> u32) -> Self {
        for operator in &mut self.all {
            operator.weight = weight(operator);
        }
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = &Operator> {
        self.all.iter()
    }

    /// The operator of this kind.
    pub fn get(&self, kind: &str) -> Option<&Operator> {
        self.all.iter().find(|operator| operator.kind == kind)
    }
}
