//! Which rules run on what, and where that is said: the options of all commands that check texts.

use super::values;
use mtlint_engine::config::Overrides;
use mtlint_engine::rule::{Confidence, Severity};
use mtlint_lang::{Language, identify};
use std::path::PathBuf;

/// What is said on the command line over configuration files.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct RuleArgs {
    /// Run only these rules or families, with commas between them
    #[arg(long, value_name = "RULE|FAMILY|all", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or families
    #[arg(long, value_name = "RULE|FAMILY", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Count nothing less severe
    #[arg(long, value_name = "SEVERITY", value_parser = values::severity())]
    min_severity: Option<Severity>,

    /// Count nothing less certain [default: medium]
    #[arg(long, value_name = "CONFIDENCE", value_parser = values::confidence())]
    min_confidence: Option<Confidence>,

    /// The language of the texts, such as `en`, in place of identifying it
    #[arg(long, value_name = "LANGUAGE", value_parser = identify::named)]
    pub lang: Option<Language>,

    /// The file of approved names or terms, whose spelling wins
    #[arg(long, value_name = "FILE")]
    pub glossary: Option<PathBuf>,

    /// Read no configuration file
    #[arg(long, hide_short_help = true)]
    pub isolated: bool,
}

impl RuleArgs {
    /// What is said over configuration files.
    pub fn overrides(&self) -> Overrides {
        let given = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        Overrides {
            select: given(&self.select),
            ignore: given(&self.ignore),
            min_severity: self.min_severity,
            min_confidence: self.min_confidence,
            lang: self.lang,
            glossary: self.glossary.clone(),
            ..Overrides::default()
        }
    }
}
