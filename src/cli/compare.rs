//! `mtlint compare`: two versions of the same texts side by side.

use super::survey::{JsonError, Options, Output, Surveyed, survey, table};
use super::{TROUBLE, Trouble, values};
use mtlint_document::files;
use mtlint_engine::score::{self, Difference, Pair, Profile};
use mtlint_report::{Failure, JsonMetric, JsonTally, Tally, count};
use mtlint_text::visible;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compare two versions of the same texts, and tell whether they differ by more than chance
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The first version: a file or a folder
    a: PathBuf,

    /// The second version, whose files are named like those of the first, or whose records have the same ids
    b: PathBuf,

    #[command(flatten)]
    options: Options,

    /// How often the bootstrap draws
    #[arg(long, value_name = "N", default_value_t = score::SAMPLES)]
    samples: usize,

    /// What the draws begin with: the same seed gives the same outcome
    #[arg(long, value_name = "N", default_value_t = score::SEED)]
    seed: u64,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let mut settings = args.options.settings(None);
    // What is named twice is read twice: a version may be compared with itself.
    let (a, mut failures) = survey(std::slice::from_ref(&args.a), &mut settings)?;
    let (b, more) = survey(std::slice::from_ref(&args.b), &mut settings)?;
    failures.extend(more);
    let profile = settings.of_file(Path::new("mtlint"))?.config.profile.clone();
    let comparison = Comparison::new(keyed(&args.a, a), keyed(&args.b, b), args);
    if comparison.pairs.is_empty() && failures.is_empty() {
        return Err(Trouble::new(format!(
            "{} and {} have no text in common: files are matched by their paths below the two folders, records by \
             their ids",
            files::shown(&args.a),
            files::shown(&args.b)
        )));
    }
    let text = match args.options.format {
        // Only the complaints remain.
        Output::Human if comparison.pairs.is_empty() => String::new(),
        Output::Human => comparison.human(args),
        Output::Json => comparison.json(args, &profile, &failures),
    };
    values::print_all(&text)?;
    for failure in &failures {
        values::complain(&format!("{}: {}", visible(&failure.path), failure.message));
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) })
}

/// What a text is called in both versions: its path below the folder, and the id of its record.
type Key = (String, Option<String>);

fn keyed(root: &Path, texts: Vec<Surveyed>) -> BTreeMap<Key, Tally> {
    let root = values::slashed(&root.components().collect::<PathBuf>());
    let key = |text: &Surveyed| {
        let below = text.path.strip_prefix(&root).unwrap_or(&text.path);
        // Two files that are named themselves are one another's match, whatever their names.
        (below.trim_start_matches('/').to_owned(), text.record.clone())
    };
    texts.into_iter().map(|text| (key(&text), text.tally)).collect()
}

struct Comparison {
    pairs: BTreeMap<Key, [Tally; 2]>,
    only: [Vec<Key>; 2],
    total: [Tally; 2],
    difference: Option<Difference>,
}

impl Comparison {
    fn new(a: BTreeMap<Key, Tally>, mut b: BTreeMap<Key, Tally>, args: &Args) -> Self {
        let mut pairs = BTreeMap::new();
        let mut only_a = Vec::new();
        let mut total = [Tally::default(), Tally::default()];
        for (key, first) in a {
            match b.remove(&key) {
                Some(second) => {
                    total[0] += &first;
                    total[1] += &second;
                    pairs.insert(key, [first, second]);
                }
                None => only_a.push(key),
            }
        }
        let pair = |[a, b]: &[Tally; 2]| Pair { points: [a.points, b.points], words: [a.words, b.words] };
        let drawn: Vec<Pair> = pairs.values().map(pair).collect();
        let difference = score::compare(&drawn, args.samples, args.seed);
        Self { pairs, only: [only_a, b.into_keys().collect()], total, difference }
    }

    fn human(&self, args: &Args) -> String {
        let [a, b] = &self.total;
        let mut rows = vec![["", "A", "B", "B − A"].map(str::to_owned).to_vec()];
        let mut row = |name: &str, a: f64, b: f64, digits: usize| {
            rows.push(vec![
                name.to_owned(),
                format!("{a:.digits$}"),
                format!("{b:.digits$}"),
                signed(b - a, digits),
            ]);
        };
        row("words", a.words as f64, b.words as f64, 0);
        row("findings", a.findings() as f64, b.findings() as f64, 0);
        let (scored_a, scored_b) = (a.score(), b.score());
        row("penalty per 1,000 words", scored_a.penalty_per_1000_words, scored_b.penalty_per_1000_words, 1);
        row("score", scored_a.score, scored_b.score, 1);
        for (family, [a, b]) in self.families() {
            row(&format!("  {family}"), a, b, 1);
        }
        let mut out = format!("A: {}\nB: {}\n", files::shown(&args.a), files::shown(&args.b));
        out.push_str(&format!("{} in both", count(self.pairs.len(), "text")));
        for (name, only) in ["A", "B"].iter().zip(&self.only) {
            if !only.is_empty() {
                out.push_str(&format!(", {} only in {name}", only.len()));
            }
        }
        out.push_str("\n\n");
        out.push_str(&table(&rows));
        let apart = self.furthest_apart();
        if !apart.is_empty() {
            let mut rows =
                vec![["furthest apart, per 1,000 words", "A", "B", "B − A"].map(str::to_owned).to_vec()];
            for (key, [a, b]) in apart {
                rows.push(vec![named(key), format!("{a:.1}"), format!("{b:.1}"), signed(b - a, 1)]);
            }
            out.push_str(&format!("\n{}", table(&rows)));
        }
        out.push_str(&format!("\n{}\n", self.conclusion(args)));
        out
    }

    fn conclusion(&self, args: &Args) -> String {
        let Some(difference) = self.difference else { return "There is nothing to compare.".to_owned() };
        let Difference { mean, low, high, p } = difference;
        let told = match (difference.is_significant(), mean < 0.0) {
            (true, true) => "B is better, and by more than chance",
            (true, false) => "A is better, and by more than chance",
            (false, _) => "No difference that could not be chance",
        };
        format!(
            "{told}: B − A is {} per 1,000 words, 95 % of draws from {} to {}, p = {p:.4}\n\
             (paired bootstrap over the texts, {} draws, seed {})",
            signed(mean, 1),
            signed(low, 1),
            signed(high, 1),
            args.samples,
            args.seed
        )
    }

    /// Penalty points per 1,000 words by family.
    fn families(&self) -> BTreeMap<&str, [f64; 2]> {
        let names: BTreeSet<&str> =
            self.total.iter().flat_map(|tally| tally.by_family.keys().map(String::as_str)).collect();
        let rate = |tally: &Tally, family: &str| {
            1000.0 * tally.by_family.get(family).copied().unwrap_or(0.0) / tally.words.max(1) as f64
        };
        let both = |family| [rate(&self.total[0], family), rate(&self.total[1], family)];
        names.into_iter().map(|family| (family, both(family))).collect()
    }

    /// The texts that differ most in penalty points per 1,000 words.
    fn furthest_apart(&self) -> Vec<(&Key, [f64; 2])> {
        let rates = |[a, b]: &[Tally; 2]| [a.score(), b.score()].map(|score| score.penalty_per_1000_words);
        let mut apart: Vec<(&Key, [f64; 2])> =
            self.pairs.iter().map(|(key, tallies)| (key, rates(tallies))).collect();
        apart.retain(|(_, [a, b])| a != b);
        let distance = |[a, b]: [f64; 2]| (b - a).abs();
        apart.sort_by(|x, y| distance(y.1).total_cmp(&distance(x.1)).then(x.0.cmp(y.0)));
        apart.truncate(LISTED);
        apart
    }

    fn json(&self, args: &Args, profile: &Profile, failures: &[Failure]) -> String {
        let names = |keys: &[Key]| keys.iter().map(named).collect();
        let documents = self.pairs.iter().map(|((path, record), [a, b])| JsonPair {
            path,
            record: record.as_deref(),
            a: JsonTally::of(a),
            b: JsonTally::of(b),
        });
        let json = JsonComparison {
            version: 1,
            metric: JsonMetric::of(profile),
            a: JsonSide {
                path: values::slashed(&args.a),
                only: names(&self.only[0]),
                tally: JsonTally::of(&self.total[0]),
            },
            b: JsonSide {
                path: values::slashed(&args.b),
                only: names(&self.only[1]),
                tally: JsonTally::of(&self.total[1]),
            },
            difference: self.difference.map(|difference| JsonDifference {
                penalty_per_1000_words: difference.mean,
                low: difference.low,
                high: difference.high,
                p: difference.p,
                is_significant: difference.is_significant(),
                samples: args.samples,
                seed: args.seed,
            }),
            documents: documents.collect(),
            errors: JsonError::of(failures),
        };
        values::json(&json)
    }
}

/// How many of the texts that differ most are listed.
const LISTED: usize = 10;

fn named((path, record): &Key) -> String {
    match record {
        Some(record) if path.is_empty() => format!("record {record}"),
        Some(record) => format!("{path}: {record}"),
        None => path.clone(),
    }
}

#[derive(Serialize)]
struct JsonComparison<'a> {
    version: u32,
    metric: JsonMetric,
    a: JsonSide,
    b: JsonSide,
    /// B less A.
    difference: Option<JsonDifference>,
    documents: Vec<JsonPair<'a>>,
    errors: Vec<JsonError<'a>>,
}

#[derive(Serialize)]
struct JsonSide {
    path: String,
    /// The texts that the other side lacks; they count nowhere.
    only: Vec<String>,
    #[serde(flatten)]
    tally: JsonTally,
}

#[derive(Serialize)]
struct JsonDifference {
    penalty_per_1000_words: f64,
    low: f64,
    high: f64,
    p: f64,
    is_significant: bool,
    samples: usize,
    seed: u64,
}

#[derive(Serialize)]
struct JsonPair<'a> {
    path: &'a str,
    record: Option<&'a str>,
    a: JsonTally,
    b: JsonTally,
}

/// A difference with its sign; nothing has none.
fn signed(value: f64, digits: usize) -> String {
    let told = format!("{value:+.digits$}");
    match told.trim_matches(['+', '-', '0', '.']).is_empty() {
        true => told[1..].to_owned(),
        false => told,
    }
}
