//! `mtlint score`: the MQM score of each document and folder.

use super::survey::{JsonError, Options, Output, Surveyed, survey, table};
use super::{FINDINGS, TROUBLE, Trouble, values};
use mtlint_engine::rule::Severity;
use mtlint_engine::score::{Profile, Verdict};
use mtlint_report::{Failure, JsonMetric, JsonScored, Tally};
use mtlint_text::visible;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Print the MQM score of each document and folder, and whether it passes
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    options: Options,

    /// The most penalty points per 1,000 words with which a document passes
    #[arg(long, value_name = "N", value_parser = values::points)]
    max_penalty: Option<f64>,

    /// Exit with 0 whatever fails
    #[arg(long)]
    exit_zero: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let mut settings = args.options.settings(args.max_penalty);
    let (documents, failures) = survey(&args.paths, &mut settings)?;
    // The profile of the folder that the command is run in is that of all documents together.
    let profile = settings.of_file(Path::new("mtlint"))?.config.profile.clone();
    let scores = Scores::new(documents, &profile);
    values::print_all(&match args.options.format {
        Output::Human => scores.human(),
        Output::Json => scores.json(&profile, &failures),
    })?;
    for failure in &failures {
        values::complain(&format!("{}: {}", visible(&failure.path), failure.message));
    }
    let fails = scores.documents.iter().any(|one| one.verdict.is_some_and(|it| it != Verdict::Pass));
    Ok(match (failures.is_empty(), fails && !args.exit_zero) {
        (false, _) => ExitCode::from(TROUBLE),
        (_, true) => ExitCode::from(FINDINGS),
        _ => ExitCode::SUCCESS,
    })
}

struct Scores {
    documents: Vec<Surveyed>,
    /// Each folder with all below it, by its path.
    folders: BTreeMap<String, (Tally, Option<Verdict>)>,
    total: (Tally, Option<Verdict>),
}

impl Scores {
    fn new(documents: Vec<Surveyed>, profile: &Profile) -> Self {
        let mut folders: BTreeMap<String, Tally> = BTreeMap::new();
        let mut total = Tally::default();
        for Surveyed { path, tally, record, .. } in &documents {
            total += tally;
            let mut folder = path.as_str();
            // A file of many documents is summed up like a folder.
            let mut is_sum = record.is_some();
            loop {
                if is_sum {
                    *folders.entry(folder.to_owned()).or_default() += tally;
                }
                is_sum = true;
                match folder.rsplit_once('/') {
                    Some((parent, _)) if !parent.is_empty() => folder = parent,
                    _ => break,
                }
            }
        }
        let judged = |tally: Tally| {
            let verdict = profile.verdict(tally.score(), tally.count(Severity::Critical) > 0);
            (tally, verdict)
        };
        let folders = folders.into_iter().map(|(folder, tally)| (folder, judged(tally))).collect();
        Self { documents, folders, total: judged(total) }
    }

    fn human(&self) -> String {
        let head =
            ["", "words", "neutral", "minor", "major", "critical", "penalty/1,000", "score", "verdict"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for Surveyed { path, record, tally, verdict } in &self.documents {
            let name = record.as_ref().map_or(path.clone(), |record| format!("{path}: {record}"));
            rows.push(row(name, tally, *verdict));
        }
        if self.documents.len() != 1 {
            rows.push(Vec::new());
            rows.extend(
                self.folders.iter().map(|(folder, (tally, verdict))| row(folder.clone(), tally, *verdict)),
            );
            let (tally, verdict) = &self.total;
            rows.push(row(format!("all {}", tally.documents), tally, *verdict));
        }
        table(&rows)
    }

    fn json(&self, profile: &Profile, failures: &[Failure]) -> String {
        let one = |path: &str, record: Option<&str>, tally: &Tally, verdict: Option<Verdict>| {
            JsonScored::new(Some(path), record, tally, verdict)
        };
        let documents =
            self.documents.iter().map(|it| one(&it.path, it.record.as_deref(), &it.tally, it.verdict));
        let folders = self.folders.iter().map(|(path, (tally, verdict))| one(path, None, tally, *verdict));
        let (tally, verdict) = &self.total;
        let json = JsonScores {
            version: 1,
            metric: JsonMetric::of(profile),
            documents: documents.collect(),
            folders: folders.collect(),
            total: JsonScored::new(None, None, tally, *verdict),
            errors: JsonError::of(failures),
        };
        values::json(&json)
    }
}

fn row(name: String, tally: &Tally, verdict: Option<Verdict>) -> Vec<String> {
    let score = tally.score();
    let mut row = vec![name, tally.words.to_string()];
    row.extend(Severity::ALL.iter().map(|severity| tally.count(*severity).to_string()));
    row.push(format!("{:.1}", score.penalty_per_1000_words));
    row.push(format!("{:.1}", score.score));
    row.push(verdict.map_or("", Verdict::as_str).to_owned());
    row
}

#[derive(Serialize)]
struct JsonScores<'a> {
    version: u32,
    metric: JsonMetric,
    documents: Vec<JsonScored>,
    folders: Vec<JsonScored>,
    total: JsonScored,
    errors: Vec<JsonError<'a>>,
}
