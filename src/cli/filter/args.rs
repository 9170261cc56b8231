//! The options of `mtlint filter`.

use crate::cli::fields::FieldArgs;
use crate::cli::rule_args::RuleArgs;
use crate::cli::values;
use mtlint_engine::config::Overrides;
use std::path::PathBuf;

/// Write the records of a corpus that pass, and leave out the damaged ones
///
/// Reads and writes JSON Lines, CSV, TSV and Parquet; the first three also with `.gz` or `.zst` behind their names. A
/// record passes as it is, with all its fields. Nothing appears under the name of the output before it is whole.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Files of records, and folders that hold them
    #[arg(required = true, value_name = "IN")]
    pub paths: Vec<PathBuf>,

    /// The file to write; its ending tells the format
    #[arg(long, short, value_name = "OUT")]
    pub output: PathBuf,

    /// Write the other records to this file, with the reasons
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,

    /// Write these fields alone, with commas between them
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub keep: Vec<String>,

    /// The most MQM penalty points per 1,000 words that a record may have for certain: short ones are judged by the
    /// least rate that their findings speak for
    #[arg(long, value_name = "N", value_parser = values::points, help_heading = "What passes")]
    pub max_penalty: Option<f64>,

    /// The fewest words of a record
    #[arg(long, value_name = "N", help_heading = "What passes")]
    pub min_words: Option<usize>,

    /// Leave out every record with a finding of this rule, family or severity; with commas between several
    #[arg(long, value_name = "RULE|FAMILY|SEVERITY", value_delimiter = ',', help_heading = "What passes")]
    pub drop: Vec<String>,

    /// End at the first record that cannot be read, and write nothing
    #[arg(long, help_heading = "What passes")]
    pub strict: bool,

    #[command(flatten)]
    pub fields: FieldArgs,

    #[command(flatten)]
    pub rules: RuleArgs,

    /// Do not tell how many records passed
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,

    /// Show no progress bar
    #[arg(long, help_heading = "Output", hide_short_help = true)]
    pub no_progress: bool,

    /// How many threads work [default: one a processor]
    #[arg(long, short, value_name = "N", hide_short_help = true)]
    pub jobs: Option<usize>,
}

impl Args {
    /// What is said over configuration files.
    pub fn overrides(&self) -> Overrides {
        Overrides { max_penalty: self.max_penalty, ..self.rules.overrides() }
    }
}
