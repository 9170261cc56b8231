//! Training of the costs: an averaged structured perceptron over readings that are known, and a softmax regression over the
//! places at which lost marks stood. `cargo run -p xtask -- train quotations` runs it; nothing of it is in the program.
//!
//! What is known comes from texts with one damage each, as `mtlint inject` writes them: a mark that stands in the clean
//! text as well keeps its role, one that was put in is stray, and one whose partner was taken out is unclosed or unopened.
//! Human texts teach what writers do: where a reading without any mark too many or too few exists, it is the right one.

use super::costs::{CLASSES, Cost, Costs, Feature, Features, PlaceWeights, class};
use super::marks::{self, Mark};
use super::places::{self, Closing, Opening};
use super::solve::{Role, Solution, solve};
use crate::Document;
use mtlint_lang::{Language, Packs};
use mtlint_text::Span;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::LazyLock;

static PACKS: LazyLock<Packs> = LazyLock::new(Packs::builtin);

/// A text with one damage, or a human one.
#[derive(Deserialize)]
struct Row {
    text: String,
    clean: Option<String>,
    lang: String,
    #[serde(default)]
    kind: String,
    format: Option<String>,
}

/// A text whose marks have roles that are known.
struct Example {
    document: Document,
    marks: Vec<Mark>,
    allowed: Vec<Vec<Role>>,
    /// Of each mark, whether a quotation may go on behind its block without a mark that closes.
    goes_on: Vec<bool>,
    /// The damage, in bytes; `None` for human writing.
    damage: Option<Span>,
    lang: String,
    kind: String,
    is_tested: bool,
}

impl Example {
    /// Whether a step belongs to a right reading.
    fn permits(&self, mark: usize, role: Option<Role>, features: &Features) -> bool {
        let is_human = self.damage.is_none();
        let holds = |feature: Feature| match feature {
            Feature::Unclosed | Feature::UnclosedAtOpen | Feature::InnerUnclosed => !is_human,
            Feature::Reopened | Feature::EndsSpeech => self.goes_on[mark],
            _ => true,
        };
        role.is_none_or(|role| self.allowed[mark].contains(&role)) && features.iter().all(holds)
    }

    fn is_read_right(&self, solution: &Solution) -> bool {
        let roles =
            solution.readings.iter().zip(&self.allowed).all(|(reading, roles)| roles.contains(&reading.role));
        roles && solution.paid.iter().all(|(mark, features)| self.permits(*mark, None, features))
    }
}

/// How far one update moves a cost, in hundredths.
const STEP: f64 = 4.0;

/// How far each round draws the costs back to where they start.
const PULL: f64 = 0.15;

/// How often all examples are seen.
const ROUNDS: usize = 8;

/// One of how many examples is kept apart to choose by.
const TESTED: usize = 5;

const ANY_SOUND: [Role; 3] = [Role::Open, Role::Close, Role::NoQuotation];

#[test]
#[ignore = "writes rules/quotation-costs.toml; run by xtask"]
fn train() {
    let files = std::env::var("MTLINT_TRAIN_QUOTATIONS").expect("the files to train on, one a line");
    let mut sources = String::new();
    let (mut examples, mut closings, mut openings) = (Vec::new(), Vec::new(), Vec::new());
    for path in files.lines().filter(|line| !line.is_empty()) {
        let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let name = Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        writeln!(sources, "  {{ file = {name:?}, sha256 = {digest:?} }},").unwrap();
        for (at, line) in unpacked(path, &bytes).lines().enumerate() {
            let row: Row = serde_json::from_str(line).unwrap_or_else(|error| panic!("{path}:{at}: {error}"));
            if row.format.as_deref().is_none_or(|format| format == "txt") {
                examples.extend(example(&row, at % TESTED == 0, &mut closings, &mut openings));
            }
        }
    }
    eprintln!("{} texts, {} lost ends, {} lost beginnings", examples.len(), closings.len(), openings.len());
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let target = rules.join("quotation-costs.toml");
    let start = Costs::to_start_from(&std::fs::read_to_string(&target).unwrap());
    let all: Vec<&Example> = examples.iter().collect();
    eprintln!("before: {}", told(&start, &all));
    let costs = perceptron(&start, &all, ROUNDS);
    eprintln!("after:  {}", told(&costs, &all));
    let mut languages = BTreeMap::new();
    let mut by_language: BTreeMap<&str, Vec<&Example>> = BTreeMap::new();
    for example in &examples {
        by_language.entry(&example.lang).or_default().push(example);
    }
    for (lang, own) in by_language {
        let tuned = perceptron(&costs, &own, ROUNDS / 2);
        let (general, special) = (accuracy(&costs, &own), accuracy(&tuned, &own));
        eprintln!("{lang}: {} texts, for all {general:.4}, of its own {special:.4}", own.len());
        if own.len() > 400 && special > general + 0.003 {
            languages.insert(lang.to_owned(), tuned);
        }
    }
    let closing = regress("ends", &closings, Closing::NAMES, PlaceWeights::closing());
    let opening = regress("beginnings", &openings, Opening::NAMES, PlaceWeights::opening());
    std::fs::write(target, page(&sources, &start, &costs, &languages, &closing, &opening)).unwrap();
}

fn unpacked(path: &str, bytes: &[u8]) -> String {
    let mut text = String::new();
    if path.ends_with(".gz") {
        flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    } else {
        text.push_str(std::str::from_utf8(bytes).unwrap());
    }
    text
}

/// A place among others, and which of them is right.
struct Choice {
    candidates: Vec<Vec<usize>>,
    right: usize,
}

/// What a row teaches: nothing where the marks of its clean text cannot be read, or the damage is none of marks.
fn example(
    row: &Row,
    is_tested: bool,
    closings: &mut Vec<Choice>,
    openings: &mut Vec<Choice>,
) -> Option<Example> {
    let language = Language::parse(&row.lang).ok();
    let document = Document::plain(&row.text, language, &PACKS);
    let marks = marks::find(&document);
    let sound =
        |_: usize, role: Option<Role>, _: &Features| role.is_none_or(|role| ANY_SOUND.contains(&role));
    let mut damaged = None;
    let (allowed, goes_on) = match &row.clean {
        None => (vec![ANY_SOUND.to_vec(); marks.len()], vec![true; marks.len()]),
        Some(clean) => {
            let original = Document::plain(clean, language, &PACKS);
            let clean_marks = marks::find(&original);
            let solution = solve(&original, &clean_marks, Costs::of_language(language), &sound);
            let pairs = pairs(&solution)?;
            let damage = Damage::of(clean, &row.text);
            damaged = Some(Span::new(damage.prefix, damage.text - damage.suffix));
            let allowed = damage.roles(&marks, &clean_marks, &solution, &pairs)?;
            damage.places(&document, &marks, &clean_marks, &pairs, closings, openings);
            allowed
        }
    };
    Some(Example {
        document,
        marks,
        allowed,
        goes_on,
        damage: damaged,
        lang: row.lang.clone(),
        kind: row.kind.clone(),
        is_tested,
    })
}

/// The mark that each mark is closed or opened by; `None` for a reading in which one has none.
fn pairs(solution: &Solution) -> Option<Vec<Option<usize>>> {
    let mut pairs = vec![None; solution.readings.len()];
    let mut stack = Vec::new();
    for (at, reading) in solution.readings.iter().enumerate() {
        match reading.role {
            Role::Open => stack.push(at),
            Role::Close => {
                let open = stack.pop()?;
                (pairs[open], pairs[at]) = (Some(at), Some(open));
            }
            _ => {}
        }
        if reading.goes_on {
            stack.clear();
        }
    }
    let is_sound = |feature: Feature| {
        !matches!(feature, Feature::Unclosed | Feature::UnclosedAtOpen | Feature::InnerUnclosed)
    };
    (stack.is_empty() && solution.paid.iter().all(|(_, features)| features.iter().all(is_sound)))
        .then_some(pairs)
}

/// Where a text differs from its clean form: the lengths of what they share at both ends.
struct Damage {
    prefix: usize,
    suffix: usize,
    clean: usize,
    text: usize,
}

impl Damage {
    fn of(clean: &str, text: &str) -> Self {
        let prefix = clean.bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
        let most = clean.len().min(text.len()) - prefix;
        let suffix =
            clean.bytes().rev().zip(text.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
        Self { prefix, suffix, clean: clean.len(), text: text.len() }
    }

    /// Where a place of the damaged text is in the clean one; `None` within what was changed.
    fn in_clean(&self, span: Span) -> Option<usize> {
        if span.hi() <= self.prefix {
            Some(span.lo())
        } else if span.lo() >= self.text - self.suffix {
            Some(span.lo() + self.clean - self.text)
        } else {
            None
        }
    }

    fn roles(
        &self,
        marks: &[Mark],
        clean: &[Mark],
        solution: &Solution,
        pairs: &[Option<usize>],
    ) -> Option<(Vec<Vec<Role>>, Vec<bool>)> {
        let at_start: BTreeMap<usize, usize> =
            clean.iter().enumerate().map(|(at, it)| (it.span.lo(), at)).collect();
        let known: Vec<Option<usize>> = marks
            .iter()
            .map(|mark| self.in_clean(mark.span).and_then(|at| at_start.get(&at)).copied())
            .collect();
        let is_kept = |mark: usize| known.contains(&Some(mark));
        let gone: Vec<usize> = (0..clean.len()).filter(|&mark| !is_kept(mark)).collect();
        let added: Vec<usize> = (0..marks.len()).filter(|&mark| known[mark].is_none()).collect();
        // As many marks as were there: each does what the one in its place did.
        let is_changed = !gone.is_empty() && gone.len() == added.len();
        if !is_changed && !gone.is_empty() && !added.is_empty() {
            return None;
        }
        let before = clean.partition_point(|mark| mark.span.hi() <= self.prefix);
        let is_inside = before.checked_sub(1).is_some_and(|before| solution.readings[before].after > 0);
        let mut allowed = Vec::new();
        let mut goes_on = Vec::new();
        for (mark, &known) in known.iter().enumerate() {
            let clean_mark = known.or_else(|| {
                let at = added.iter().position(|&other| other == mark).filter(|_| is_changed)?;
                gone.get(at).copied()
            });
            goes_on.push(clean_mark.is_some_and(|at| solution.readings[at].goes_on));
            allowed.push(match clean_mark {
                // A mark put into a quotation is one too many; beside one it may have lost its other half.
                None if is_inside => vec![Role::Stray],
                None => vec![Role::Stray, Role::CloseUnopened, Role::Open],
                Some(at) => {
                    let role = solution.readings[at].role;
                    let is_alone = !is_changed && pairs[at].is_some_and(|other| !is_kept(other));
                    match role {
                        Role::Close if is_alone => vec![Role::CloseUnopened, Role::Stray],
                        role => vec![role],
                    }
                }
            });
        }
        // Of two alike side by side either is the one too many.
        for &mark in &added {
            for twin in [mark.checked_sub(1), Some(mark + 1)].into_iter().flatten().filter(|_| !is_changed) {
                if let Some(twin_mark) = marks.get(twin).filter(|it| it.family == marks[mark].family) {
                    let (low, high) =
                        (twin_mark.span.min(marks[mark].span), twin_mark.span.max(marks[mark].span));
                    if high.lo() - low.hi() <= 2 {
                        let roles = allowed[twin].clone();
                        allowed[mark].extend(roles);
                        allowed[twin].push(Role::Stray);
                    }
                }
            }
        }
        Some((allowed, goes_on))
    }

    /// The choices that a single lost mark teaches.
    fn places(
        &self,
        document: &Document,
        marks: &[Mark],
        clean: &[Mark],
        pairs: &[Option<usize>],
        closings: &mut Vec<Choice>,
        openings: &mut Vec<Choice>,
    ) {
        if self.prefix + self.suffix != self.text || marks.len() + 1 != clean.len() {
            return;
        }
        let lost = clean.iter().position(|mark| mark.span.lo() == self.prefix);
        let Some((lost, partner)) = lost.and_then(|lost| Some((lost, pairs[lost]?))) else { return };
        let closes = partner < lost;
        let quotations = document.quotations();
        let Some(mark) = marks.get(if closes { partner } else { partner - 1 }) else { return };
        let block = document.blocks()[mark.block].span;
        let choose = |candidates: Vec<places::Candidate>| {
            let right = candidates.iter().position(|it| it.at.abs_diff(self.prefix) <= 1)?;
            let candidates = candidates.into_iter().map(|it| it.features).collect();
            Some(Choice { candidates, right })
        };
        if closes {
            let end = marks
                .get(partner + 1)
                .filter(|it| it.block == mark.block)
                .map_or(block.hi(), |it| it.span.lo());
            let span = Span::new(mark.span.hi(), end);
            closings.extend(choose(places::closing_candidates(
                document,
                span,
                quotations.stops_stand_inside(),
            )));
        } else {
            let before =
                (partner - 1).checked_sub(1).map(|at| &marks[at]).filter(|it| it.block == mark.block);
            let span = Span::new(before.map_or(block.lo(), |it| it.span.hi()), mark.span.lo());
            openings.extend(choose(places::opening_candidates(document, span)));
        }
    }
}

/// The right reading of an example; `None` where it has none.
fn right(example: &Example, costs: &Costs) -> Option<Solution> {
    let allowed = |at: usize, role: Option<Role>, features: &Features| example.permits(at, role, features);
    let solution = solve(&example.document, &example.marks, costs, &allowed);
    example.is_read_right(&solution).then_some(solution)
}

fn is_right(example: &Example, costs: &Costs) -> bool {
    example.is_read_right(&solve(&example.document, &example.marks, costs, &|_, _, _| true))
}

/// How many of the examples kept apart are read right.
fn accuracy(costs: &Costs, examples: &[&Example]) -> f64 {
    let tested = examples.iter().filter(|it| it.is_tested && right(it, costs).is_some());
    let (right, all) =
        tested.fold((0, 0), |(right, all), it| (right + usize::from(is_right(it, costs)), all + 1));
    f64::from(right as u32) / f64::from(all.max(1))
}

fn told(costs: &Costs, examples: &[&Example]) -> String {
    let mut by_kind: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for example in examples.iter().filter(|it| it.is_tested && right(it, costs).is_some()) {
        let count = by_kind.entry(&example.kind).or_default();
        count.0 += u32::from(is_right(example, costs));
        count.1 += 1;
    }
    let mut line = format!("{:.4}", accuracy(costs, examples));
    for (kind, (right, all)) in by_kind {
        write!(line, "  {} {right}/{all}", if kind.is_empty() { "human" } else { kind }).unwrap();
    }
    line
}

/// The least and the most a feature may cost: one that speaks against an oddity may lower its cost, never below nothing.
fn bounds(feature: Feature, start: Cost) -> (f64, f64) {
    // What damaged texts hold too little of to teach it.
    let stays = matches!(
        feature,
        Feature::SignOfMeasure
            | Feature::ApostropheAfterS
            | Feature::ApostropheAtEnd
            | Feature::ApostropheAtStart
            | Feature::ApostropheSmall
            | Feature::ApostropheOpen
            | Feature::Continuation
            | Feature::ContinuationOutside
            | Feature::ClosesSpeech
            | Feature::EndsSpeech
            | Feature::CarriedSpeech
            | Feature::CloseEmpty
            | Feature::OpenSame
            | Feature::OpenSameUsual
            | Feature::StrayEarly
    );
    if stays {
        return (f64::from(start), f64::from(start));
    }
    let adjusts = matches!(
        feature,
        Feature::UnopenedAfterStop
            | Feature::UnopenedReporting
            | Feature::UnclosedReporting
            | Feature::UnclosedSentence
            | Feature::UnclosedInSentence
            | Feature::ReopenedShort
            | Feature::ReopenedReporting
            | Feature::ReopenedAlone
            | Feature::ReopenedQuestion
            | Feature::ReopenedAfterSentence
            | Feature::StrayReporting
            | Feature::StrayInSentence
            | Feature::StrayAtSentence
            | Feature::StrayOutside
            | Feature::ApostropheSmall
    );
    if adjusts { (-150.0, 250.0) } else { (4.0, f64::from(start.max(100)) * 3.0) }
}

fn perceptron(start: &Costs, examples: &[&Example], rounds: usize) -> Costs {
    let mut weights: Vec<[f64; CLASSES]> = start.weights.iter().map(|row| row.map(f64::from)).collect();
    let mut sums = vec![[0.0; CLASSES]; weights.len()];
    let rounded = |weights: &[[f64; CLASSES]]| Costs {
        weights: weights.iter().map(|row| row.map(|weight| weight.round() as Cost)).collect(),
    };
    let mut costs = start.clone();
    let mut steps = 0.0;
    for round in 0..rounds {
        let step = STEP / (1.0 + round as f64);
        for (row, start) in weights.iter_mut().zip(&start.weights) {
            row.iter_mut()
                .zip(start)
                .for_each(|(weight, start)| *weight += PULL * (f64::from(*start) - *weight));
        }
        for example in examples.iter().filter(|it| !it.is_tested) {
            let best = solve(&example.document, &example.marks, &costs, &|_, _, _| true);
            if !example.is_read_right(&best)
                && let Some(right) = right(example, &costs)
                && right.cost - best.cost < 400
            {
                for (solution, sign) in [(&best, step), (&right, -step)] {
                    for (mark, features) in &solution.paid {
                        let class = class(example.marks[*mark].family);
                        for feature in features.iter() {
                            let weight = &mut weights[feature as usize][class];
                            let (least, most) = bounds(feature, start.weights[feature as usize][class]);
                            *weight = (*weight + sign).clamp(least, most);
                        }
                    }
                }
                costs = rounded(&weights);
            }
            steps += 1.0;
            for (sum, row) in sums.iter_mut().zip(&weights) {
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
            }
        }
    }
    if steps == 0.0 {
        return start.clone();
    }
    rounded(&sums.iter().map(|row| row.map(|sum| sum / steps)).collect::<Vec<_>>())
}

/// Weights under which the right place of a choice is the likeliest, in hundredths.
fn regress(what: &str, choices: &[Choice], names: &[&str], start: &[i32]) -> Vec<i32> {
    let mut weights = vec![0.0; names.len()];
    let score = |features: &[usize], weights: &[f64]| features.iter().map(|&it| weights[it]).sum::<f64>();
    for round in 0..200 {
        let step = 0.5 / (1.0 + f64::from(round) * 0.05);
        let mut slope = vec![0.0; names.len()];
        for choice in choices.iter().enumerate().filter(|(at, _)| at % TESTED != 0).map(|(_, choice)| choice)
        {
            let scores: Vec<f64> = choice.candidates.iter().map(|it| score(it, &weights).exp()).collect();
            let sum: f64 = scores.iter().sum();
            for (at, features) in choice.candidates.iter().enumerate() {
                let error = f64::from(u8::from(at == choice.right)) - scores[at] / sum;
                features.iter().for_each(|&it| slope[it] += error);
            }
        }
        let count = choices.len().max(1) as f64;
        for (weight, slope) in weights.iter_mut().zip(&slope) {
            *weight += step * (8.0 * slope / count - 0.002 * *weight);
        }
    }
    let start: Vec<f64> = start.iter().map(|&it| f64::from(it) / 100.0).collect();
    for (when, weights) in [("before", &start), ("after", &weights)] {
        let found = |within: usize| {
            let tested = choices.iter().enumerate().filter(|(at, _)| at % TESTED == 0);
            let (found, all) = tested.fold((0, 0), |(found, all), (_, choice)| {
                let right = score(&choice.candidates[choice.right], weights);
                let better = choice.candidates.iter().filter(|it| score(it, weights) > right).count();
                (found + u32::from(better < within), all + 1)
            });
            f64::from(found) / f64::from(all.max(1))
        };
        eprintln!("{what} {when}: first {:.3}, among three {:.3}", found(1), found(3));
    }
    weights.iter().map(|weight| (weight * 100.0).round() as i32).collect()
}

fn page(
    sources: &str,
    start: &Costs,
    costs: &Costs,
    languages: &BTreeMap<String, Costs>,
    closing: &[i32],
    opening: &[i32],
) -> String {
    let mut page = String::from(
        "# What the oddities of quotation marks cost, and where lost marks belong: trained by `cargo run -p xtask -- train quotations`.\n\
         # A reading of all marks costs the sum of these; the cheapest one is taken for what was meant. The three numbers\n\
         # hold for marks that point their way, for straight ones and for single ones.\n\n",
    );
    writeln!(
        page,
        "# What it was trained on; NOTICE tells whose texts they are made from.\nsources = [\n{sources}]\n"
    )
    .unwrap();
    for (table, costs, what) in [
        ("costs", costs, "# What they are held for.\n"),
        (
            "start",
            start,
            "\n# What training starts from, and is drawn to: an estimate. The program does not read it.\n",
        ),
    ] {
        writeln!(page, "{what}[{table}]").unwrap();
        for feature in Feature::ALL {
            writeln!(page, "{} = {:?}", feature.name(), costs.weights[*feature as usize]).unwrap();
        }
    }
    for (lang, own) in languages {
        writeln!(page, "\n[languages.{lang}]").unwrap();
        for feature in
            Feature::ALL.iter().filter(|it| own.weights[**it as usize] != costs.weights[**it as usize])
        {
            writeln!(page, "{} = {:?}", feature.name(), own.weights[*feature as usize]).unwrap();
        }
    }
    for (table, names, weights) in
        [("closing-places", Closing::NAMES, closing), ("opening-places", Opening::NAMES, opening)]
    {
        writeln!(page, "\n[{table}]").unwrap();
        for (name, weight) in names.iter().zip(weights) {
            writeln!(page, "{name} = {weight}").unwrap();
        }
    }
    page
}

#[test]
fn what_a_damage_teaches() {
    let clean = "“The lamp is out,” said the keeper. “It was late.”";
    let text = "“The lamp is out, said the keeper. “It was late.”";
    let row = Row {
        text: text.to_owned(),
        clean: Some(clean.to_owned()),
        lang: "en".to_owned(),
        kind: "lost-close".to_owned(),
        format: None,
    };
    let (mut closings, mut openings) = (Vec::new(), Vec::new());
    let example = example(&row, false, &mut closings, &mut openings).unwrap();
    assert_eq!(example.allowed, [vec![Role::Open], vec![Role::Open], vec![Role::Close]]);
    assert_eq!((closings.len(), openings.len()), (1, 0));
    assert_eq!(closings[0].right, 0);
}
