//! The options of `mtlint check`.

use super::output::{Target, TargetParser};
use crate::cli::fields::FieldArgs;
use crate::cli::rule_args::RuleArgs;
use crate::cli::values;
use mtlint_engine::config::{FailOn, Overrides};
use mtlint_engine::rule::Applicability;
use std::path::PathBuf;

/// Lint files and folders
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,

    /// Pass over what `exclude` and ignore files exclude even where it is named, as pre-commit does
    #[arg(long)]
    pub force_exclude: bool,

    /// How findings are written, and the file they go to in place of standard output; may be repeated
    #[arg(
        long = "format",
        value_name = "FORMAT[=FILE]",
        value_parser = TargetParser,
        default_value = "human"
    )]
    pub formats: Vec<Target>,

    #[command(flatten)]
    pub fields: FieldArgs,

    /// End at the first record that cannot be read
    #[arg(long, help_heading = "Records")]
    pub strict: bool,

    /// Apply safe fixes to the files
    #[arg(long, help_heading = "Fixing")]
    pub fix: bool,

    /// With --fix or --diff, apply fixes that may change what a sentence asserts, too
    #[arg(long, help_heading = "Fixing")]
    pub unsafe_fixes: bool,

    /// Show what --fix would change, and write nothing; with --fix, show what it changes
    #[arg(long, help_heading = "Fixing")]
    pub diff: bool,

    /// Decisions that were made in the HTML report: what was rejected is not reported, and --fix applies what was accepted
    /// or edited, and nothing else
    #[arg(long, value_name = "FILE", help_heading = "Fixing", conflicts_with = "unsafe_fixes")]
    pub decisions: Option<PathBuf>,

    /// Decide about each finding at the terminal: accept a fix, edit, ignore, skip, undo
    #[arg(
        long,
        help_heading = "Fixing",
        conflicts_with_all = ["fix", "diff", "decisions", "diff_base", "baseline", "quiet", "statistics", "formats"]
    )]
    pub interactive: bool,

    #[command(flatten)]
    pub rules: RuleArgs,

    /// The file that the one to check was translated from, or where they lie: `docs/{lang}/{path}`
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub source: Option<PathBuf>,

    /// The file that the one to check was before it was translated and came back
    #[arg(long, value_name = "FILE", conflicts_with = "source", help_heading = "Rules")]
    pub original: Option<PathBuf>,

    /// The least severity that makes the exit code 1 [default: minor]
    #[arg(long, value_name = "SEVERITY", value_parser = values::fail_on(), help_heading = "Exit code")]
    pub fail_on: Option<FailOn>,

    /// How many such findings are let pass [default: 0]
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true,
        help_heading = "Exit code"
    )]
    pub max_new: usize,

    /// The most MQM penalty points per 1,000 words of a document; with it, single findings fail the
    /// run only if --fail-on is given
    #[arg(long, value_name = "N", value_parser = values::points, conflicts_with = "diff_base", help_heading = "Exit code")]
    pub max_penalty: Option<f64>,

    /// Exit with 2 when there is no file to check, as for a folder whose name is misspelt in a pipeline
    #[arg(long, help_heading = "Exit code")]
    pub require_files: bool,

    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Exit code")]
    pub exit_zero: bool,

    /// Report only what lies in lines changed since this revision of git
    #[arg(long, value_name = "REF", conflicts_with_all = ["fix", "diff"], help_heading = "Baseline")]
    pub diff_base: Option<String>,

    /// Report only what this file does not know from an earlier run
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub baseline: Option<PathBuf>,

    /// Take out of the baseline what is found no more; write it with all that is found if it is not there
    #[arg(long, requires = "baseline", help_heading = "Baseline")]
    pub write_baseline: bool,

    /// With --write-baseline, take in what is new
    #[arg(long, requires = "write_baseline", help_heading = "Baseline")]
    pub accept_new: bool,

    /// Print no findings and no summary
    #[arg(long, short, help_heading = "Output")]
    pub quiet: bool,

    /// Check again whenever a file changes, and keep the place on the screen
    #[arg(long, help_heading = "Output", conflicts_with_all = ["interactive", "write_baseline", "fix"])]
    pub watch: bool,

    /// Show what was weighed for findings that have a probability; in `human`, `json` and `jsonl`
    #[arg(long, help_heading = "Output")]
    pub evidence: bool,

    /// Count the findings of each rule at the end
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,

    /// Tell on standard error how long each rule took
    #[arg(long, help_heading = "Output", hide_short_help = true)]
    pub timings: bool,

    /// Show no progress bar
    #[arg(long, help_heading = "Output", hide_short_help = true)]
    pub no_progress: bool,

    /// How many threads work [default: one a processor]
    #[arg(long, short, value_name = "N", hide_short_help = true)]
    pub jobs: Option<usize>,

    /// The name standard input goes by; its ending tells the format
    #[arg(long, value_name = "NAME", default_value = "stdin.txt", hide_short_help = true)]
    pub stdin_filename: PathBuf,
}

impl Args {
    /// What is said over configuration files.
    pub fn overrides(&self) -> Overrides {
        Overrides { fail_on: self.fail_on, max_penalty: self.max_penalty, ..self.rules.overrides() }
    }

    /// The least trust in fixes that are applied or shown.
    pub fn least(&self) -> Applicability {
        if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe }
    }

    /// Whether standard input is checked.
    pub fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}
