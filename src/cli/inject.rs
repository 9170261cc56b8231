//! `mtlint inject`: damages clean texts, and tells exactly where and how.

use super::check::walk::{self, STDIN};
use super::{TROUBLE, Trouble, values};
use mtlint_document::files;
use mtlint_document::load::{self, Article, File, Format};
use mtlint_document::{Document, Extract};
use mtlint_engine::rule::Registry;
use mtlint_inject::{Injector, Mixture, Operator, Operators, Random, Sample, Set, passages};
use mtlint_lang::{Language, Packs};
use mtlint_text::toml_file::unknown;
use rayon::prelude::*;
use std::fs;
use std::io::Read;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Damage clean texts on purpose, and tell exactly where: to test a gate, or to train a model
///
/// Writes JSON Lines: the clean text, the damaged text, the place of the damage in characters, and the text that
/// mends it. The same texts and seed give the same damage on every machine.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    /// Only these kinds of damage or families, with commas between them
    #[arg(long, value_name = "KIND|FAMILY", value_delimiter = ',')]
    kinds: Vec<String>,

    /// Damage as many texts with each kind, in place of one kind each text
    #[arg(long, value_name = "N", conflicts_with = "rate")]
    per_kind: Option<usize>,

    /// Damage every text at many places, about as many in 1,000 words
    #[arg(long, value_name = "N", value_parser = values::points)]
    rate: Option<f64>,

    /// Cut the texts into passages of as many words
    #[arg(long, value_name = "MIN-MAX", value_parser = word_range)]
    words: Option<RangeInclusive<usize>>,

    /// Another number gives other damage
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Which operators and forms; a third is held out, to be measured with and nothing else
    #[arg(long, value_enum, default_value_t = SetName::All)]
    set: SetName,

    /// The language of the texts, such as `en`, in place of what the records say or of identifying it
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<Language>,

    /// The format of standard input is that of a file of this name
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,

    /// Also write each damaged text to a file here, and all damages to `gold.jsonl`
    #[arg(long, value_name = "FOLDER")]
    write_texts: Option<PathBuf>,

    /// Take operators of your own from a folder, `FAMILY/NAME.toml`
    #[arg(long, value_name = "FOLDER")]
    operators: Option<PathBuf>,

    /// List the kinds of damage, and the rules that should find each
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum SetName {
    /// What may be trained and tuned on
    Training,
    /// What may not
    HeldOut,
    All,
}

/// A clean text.
struct Clean {
    id: String,
    text: String,
    language: Language,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Trouble> {
    let set = match args.set {
        SetName::Training => Set::Training,
        SetName::HeldOut => Set::HeldOut,
        SetName::All => Set::All,
    };
    let injector = Injector::new(operators(args.operators.as_deref())?, args.seed, set);
    let named = Kinds::new(&args.kinds, injector.operators())?;
    if args.list {
        return values::print_all(&list(&injector, &named, args.lang));
    }
    let (texts, failures) = texts(args)?;
    let rows = match (args.rate, args.per_kind) {
        (Some(rate), _) => Rows::Mixtures(
            texts
                .par_iter()
                .map(|clean| {
                    let document = injector.document(Extract::plain(clean.text.as_str()), clean.language);
                    injector.mixture(&clean.id, &document, clean.language, rate)
                })
                .collect(),
        ),
        (None, Some(count)) => Rows::Samples(per_kind(&injector, &named, &texts, count, args.seed)),
        (None, None) => Rows::Samples(one_each(&injector, &named, &texts, args.seed)),
    };
    if let Some(folder) = &args.write_texts {
        rows.write(folder)?;
    }
    values::print_all(&rows.json_lines())?;
    for failure in &failures {
        values::complain(failure);
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(TROUBLE) })
}

/// The operators built in, and those of the user's folder.
fn operators(folder: Option<&Path>) -> Result<Operators, Trouble> {
    let mut operators = Operators::builtin();
    let Some(folder) = folder else { return Ok(operators) };
    let mut problems = Vec::new();
    let fail = |path: &Path, error: &std::io::Error| {
        Trouble::new(format!("{}: {}", files::shown(path), load::explain(error)))
    };
    for family in
        sorted(folder).map_err(|error| fail(folder, &error))?.into_iter().filter(|path| path.is_dir())
    {
        for path in sorted(&family).map_err(|error| fail(&family, &error))? {
            let kind = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
            let text = files::read_text(&path).map_err(|error| fail(&path, &error))?;
            match Operators::parse(&values::slashed(&kind), &files::shown(&path), &text) {
                Ok(operator) => operators.add(operator),
                Err(told) => problems.extend(told),
            }
        }
    }
    if problems.is_empty() { Ok(operators) } else { Err(Trouble::from(problems)) }
}

fn sorted(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

/// The kinds that were asked for.
struct Kinds<'a>(&'a [String]);

impl<'a> Kinds<'a> {
    fn new(named: &'a [String], operators: &Operators) -> Result<Self, Trouble> {
        for name in named {
            if !operators.iter().any(|operator| operator.kind == *name || operator.family() == name) {
                let known = operators.iter().flat_map(|operator| [operator.kind.as_str(), operator.family()]);
                let told = unknown("kind of damage", name, known);
                return Err(Trouble::new(format!("{told} (`mtlint inject --list` shows all)")));
            }
        }
        Ok(Self(named))
    }

    fn take(&self, operator: &Operator) -> bool {
        self.0.is_empty() || self.0.iter().any(|name| operator.kind == *name || operator.family() == name)
    }
}

/// One damage in every text that has a place for one: of kinds in an order that is drawn, the first that fits.
fn one_each(injector: &Injector, named: &Kinds<'_>, texts: &[Clean], seed: u64) -> Vec<Sample> {
    let damaged = texts.par_iter().filter_map(|clean| {
        let mut kinds = injector.kinds(clean.language);
        kinds.retain(|operator| named.take(operator));
        Random::new(seed, &["kinds", &clean.text]).shuffle(&mut kinds);
        let document = injector.document(Extract::plain(clean.text.as_str()), clean.language);
        kinds.into_iter().find_map(|operator| injector.one(&clean.id, &document, clean.language, operator))
    });
    damaged.collect()
}

/// Of each kind as many texts as are asked for and can be had, drawn for it.
fn per_kind(injector: &Injector, named: &Kinds<'_>, texts: &[Clean], count: usize, seed: u64) -> Vec<Sample> {
    let documents: Vec<Document> = texts
        .par_iter()
        .map(|clean| injector.document(Extract::plain(clean.text.as_str()), clean.language))
        .collect();
    let operators: Vec<&Operator> =
        injector.operators().iter().filter(|operator| named.take(operator)).collect();
    let samples = operators.into_par_iter().map(|operator| {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        Random::new(seed, &["texts", &operator.kind]).shuffle(&mut order);
        let made = order
            .into_iter()
            .filter_map(|at| injector.one(&texts[at].id, &documents[at], texts[at].language, operator));
        made.take(count).collect::<Vec<_>>()
    });
    samples.collect::<Vec<_>>().concat()
}

enum Rows {
    Samples(Vec<Sample>),
    Mixtures(Vec<Mixture>),
}

impl Rows {
    fn json_lines(&self) -> String {
        let line = |row: serde_json::Result<String>| row.expect("strings and numbers") + "\n";
        match self {
            Self::Samples(samples) => samples.iter().map(|row| line(serde_json::to_string(row))).collect(),
            Self::Mixtures(mixtures) => mixtures.iter().map(|row| line(serde_json::to_string(row))).collect(),
        }
    }

    /// Writes the damaged texts, `1.txt`, `2.txt` …, and `gold.jsonl`.
    fn write(&self, folder: &Path) -> Result<(), Trouble> {
        let texts: Vec<(&str, &[mtlint_inject::Damage])> = match self {
            Self::Samples(samples) => {
                samples.iter().map(|row| (row.text.as_str(), std::slice::from_ref(&row.damage))).collect()
            }
            Self::Mixtures(mixtures) => {
                mixtures.iter().map(|row| (row.text.as_str(), row.damages.as_slice())).collect()
            }
        };
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text)
                .map_err(|error| Trouble::new(format!("{}: {}", files::shown(&path), load::explain(&error))))
        };
        fs::create_dir_all(folder)
            .map_err(|error| Trouble::new(format!("{}: {}", files::shown(folder), load::explain(&error))))?;
        let mut gold = String::new();
        for (number, (text, damages)) in texts.into_iter().enumerate() {
            let id = format!("{:05}", number + 1);
            write(&format!("{id}.txt"), text)?;
            for damage in damages {
                let row = serde_json::json!({
                    "id": id, "start": damage.start, "end": damage.end, "category": damage.family,
                    "kind": damage.kind, "fix": damage.fix,
                });
                gold.push_str(&format!("{row}\n"));
            }
        }
        write("gold.jsonl", &gold)
    }
}

/// All clean texts, and what cannot be read.
fn texts(args: &Args) -> Result<(Vec<Clean>, Vec<String>), Trouble> {
    let packs = Packs::builtin();
    let mut texts = Vec::new();
    let (files, failures) = walk::files(&args.paths);
    let mut failures: Vec<String> =
        failures.iter().map(|failure| format!("{}: {}", failure.path, failure.message)).collect();
    for path in files.keys() {
        let file = match read(path, args.stdin_filename.as_deref()) {
            Ok(file) => file,
            Err(error) => {
                failures.push(error.to_string());
                continue;
            }
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for article in file.articles() {
            match article {
                Ok(article) => add(article, &stem, args, &packs, &mut texts),
                Err(error) => failures.push(error.to_string()),
            }
        }
    }
    Ok((texts, failures))
}

fn read(path: &Path, stdin_filename: Option<&Path>) -> Result<File, load::LoadError> {
    if path.as_os_str() != STDIN {
        return load::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| load::LoadError::new(STDIN, load::explain(&error)))?;
    load::from_bytes(STDIN, Format::of(stdin_filename.unwrap_or(Path::new("a.txt"))), bytes)
}

/// Adds the passages of an article. Of Markdown and HTML it is the prose that is damaged.
fn add(mut article: Article, stem: &str, args: &Args, packs: &Packs, texts: &mut Vec<Clean>) {
    let id =
        article.record.as_ref().map_or_else(|| stem.to_owned(), |record| format!("{stem}.{}", record.id));
    let language = args.lang.or(article.language);
    let document = Document::new(std::mem::take(&mut article.extract), language, packs);
    let Some(language) = document.language() else { return };
    let mut push = |id: String, text: &str| texts.push(Clean { id, text: text.to_owned(), language });
    match &args.words {
        None => push(id, document.text()),
        Some(words) => {
            for (number, span) in passages(&document, words).into_iter().enumerate() {
                push(format!("{id}.{}", number + 1), span.of(document.text()));
            }
        }
    }
}

/// The kinds, one a line, and which rules say that they find them.
fn list(injector: &Injector, named: &Kinds<'_>, language: Option<Language>) -> String {
    let registry = Registry::builtin();
    let known: Vec<&Operator> = match language {
        Some(language) => injector.kinds(language),
        None => injector.operators().iter().collect(),
    };
    let rows = known.into_iter().filter(|operator| named.take(operator)).map(|operator| {
        let held_out = if operator.is_held_out() { ", held out" } else { "" };
        let rules = registry.rules().iter().filter(|rule| rule.finds.contains(&operator.kind));
        let rules: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
        let rules = if rules.is_empty() { "no rule".to_owned() } else { rules.join(", ") };
        let Operator { kind, process, summary, .. } = operator;
        format!("{kind}\n    {summary} ({}{held_out}); found by {rules}\n", process.as_str())
    });
    rows.collect()
}

/// Reads `140-340`.
fn word_range(given: &str) -> Result<RangeInclusive<usize>, String> {
    let parsed =
        given.split_once('-').and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    parsed
        .filter(|(least, most): &(usize, usize)| 0 < *least && least <= most)
        .map(|(least, most)| least..=most)
        .ok_or_else(|| "two numbers of words, such as `140-340`".to_owned())
}
