//! Learns where quotation marks stand: from paragraphs as people set them, and from the same with one mark changed, whose
//! mending is what should be found. The thresholds are those at which human writing that was not learned from raises
//! hardly an alarm.

use super::draw::Draw;
use super::manifest_of;
use crate::corpus::{self, Source, Text};
use mtlint_document::Document;
use mtlint_document::quotation::changes::{Change, KINDS, ONE, Paragraph, Placed, prior};
use mtlint_lang::{Language, MARK_WEIGHTS, MarkPlaces, Packs};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;

/// What a text holds, each paragraph with its words, which part it belongs to, and whether it is as its writer left it.
type Read = (Vec<(Paragraph, String)>, usize, bool);

/// Into how many parts the texts are cut, each of which is judged by what was learned from the others.
const FOLDS: usize = 2;
const ROUNDS: usize = 2;
const BATCH: usize = 256;
/// How many changes a paragraph is compared with, the likeliest and others.
const LIKELY: usize = 12;
const OTHERS: usize = 8;
/// How many findings on human writing each kind of change may raise in 100,000 words: where most of the strongest, which are
/// printed, were judged to be slips of the writers, more than where they were none. And how many as a hint.
const ALARMS: [f64; KINDS] = [0.9, 0.75, 0.75, 0.3, 1.5, 0.75, NEVER];
const HINTS: [f64; KINDS] = [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, NEVER];
/// Of a kind that is never reported: a clause set free in a quotation is one that quotes somebody else (`"He said, 'Go.'"`)
/// too often, which the texts learned from hardly have.
const NEVER: f64 = 0.0;
/// How often a paragraph is changed.
const CHANGED: usize = 3;
/// How often a kind of change is made: as they come in translations, a mark set elsewhere, lost or too many most of all.
const SHARES: [u32; KINDS] = [22, 14, 22, 20, 6, 8, 8];

/// A paragraph, its marks as they may be written, and which change mends them; none where nothing is wrong.
struct Example {
    paragraph: usize,
    placed: Vec<Placed>,
    mended_by: Option<Change>,
    /// Of the text that it comes from.
    fold: usize,
    /// Whether it is as somebody wrote it.
    is_human: bool,
}

/// Learns from the sources and writes the weights and their manifest.
///
/// # Errors
/// When a source cannot be read or the file cannot be written.
pub fn run(code: &str, arguments: &[&str]) -> Result<(), String> {
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let sources: Vec<Source> =
        arguments.iter().map(|argument| corpus::read(argument, code)).collect::<Result<_, _>>()?;
    let packs = Packs::builtin();
    let mut draw = Draw(0x9E37_79B9_7F4A_7C15);
    let texts: Vec<(Text, usize, bool)> = pieces(&sources, &mut draw);
    let words: usize =
        texts.iter().filter(|it| it.2).map(|(text, ..)| text.text.split_whitespace().count()).sum();
    let read: Vec<Read> = texts
        .par_iter()
        .map(|(text, fold, is_human)| {
            let document = corpus::document(text, &text.text, language, &packs);
            (
                document.quoting_paragraphs().into_iter().map(|it| with_text(&document, it)).collect(),
                *fold,
                *is_human,
            )
        })
        .collect();
    let (mut paragraphs, mut written) = (Vec::new(), Vec::new());
    let mut examples = Vec::new();
    for (of, fold, is_human) in read {
        for (paragraph, text) in of {
            add_examples(&paragraph, paragraphs.len(), fold, is_human, &mut draw, &mut examples);
            paragraphs.push(paragraph);
            written.push(text);
        }
    }
    println!("{} paragraphs, {} examples, {words} words of human writing", paragraphs.len(), examples.len());
    let mut judged: Vec<Judged> = Vec::new();
    for fold in 0..FOLDS {
        let (apart, known): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|it| it.fold == fold);
        let weights = learn(&paragraphs, &known, &mut draw);
        let model = model_of(&weights, &[0; KINDS], &[0; KINDS]);
        judged.par_extend(apart.par_iter().map(|example| judge(&paragraphs, example, model)));
    }
    let [thresholds, hints] = [ALARMS, HINTS].map(|alarms| thresholds(&judged, words, &alarms));
    tell(&judged, &thresholds, &paragraphs, &written);
    let weights = learn(&paragraphs, &examples.iter().collect::<Vec<_>>(), &mut draw);
    let bytes = MarkPlaces::write(&thresholds, &hints, &quantised(&weights));
    let path = format!("models/{code}.marks");
    fs::write(&path, &bytes).map_err(|error| format!("{path}: {error}"))?;
    let path = format!("models/{code}-marks.toml");
    fs::write(&path, manifest_of(code, "marks", &sources, bytes.len()))
        .map_err(|error| format!("{path}: {error}"))
}

/// The texts and pieces of them, each also in another convention; the part that it belongs to, and whether it is as
/// somebody wrote it.
fn pieces(sources: &[Source], draw: &mut Draw) -> Vec<(Text, usize, bool)> {
    let mut all = Vec::new();
    for text in sources.iter().flat_map(|source| &source.texts) {
        let fold = draw.below(FOLDS);
        let mut pieces = Vec::new();
        if text.format() == "txt" && draw.below(4) > 0 {
            let blocks: Vec<&str> = text.text.split("\n\n").collect();
            let mut rest = blocks.as_slice();
            while !rest.is_empty() {
                let (piece, behind) = rest.split_at((1 + draw.below(8)).min(rest.len()));
                pieces.push(text.derived(piece.join("\n\n")));
                rest = behind;
            }
        } else {
            pieces.push(Text::like(text));
        }
        for piece in pieces {
            let style = draw.below(3);
            if let Some(other) = restyled(&piece.text, style).filter(|_| piece.format() == "txt") {
                all.push((piece.derived(other), fold, false));
            }
            all.push((piece, fold, true));
        }
    }
    all
}

/// The text with straight marks, with single marks for double ones, or with both; `None` where that changes nothing.
fn restyled(text: &str, style: usize) -> Option<String> {
    if !text.contains('“') {
        return None;
    }
    let mut swapped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_apostrophe = before.is_alphanumeric() || rest.peek().is_some_and(|c| c.is_alphanumeric());
        swapped.push(match c {
            '“' if style > 0 => '‘',
            '”' if style > 0 => '’',
            '‘' if style > 0 => '“',
            '’' if style > 0 && !is_apostrophe => '”',
            c => c,
        });
        before = c;
    }
    Some(match style {
        1 => swapped,
        _ => swapped.replace(['“', '”'], "\"").replace(['‘', '’'], "'"),
    })
}

/// The paragraph as it is, and with one mark changed, where a change mends it.
fn add_examples(
    paragraph: &Paragraph,
    index: usize,
    fold: usize,
    is_human: bool,
    draw: &mut Draw,
    examples: &mut Vec<Example>,
) {
    let example = |placed: Vec<Placed>, mended_by| Example {
        paragraph: index,
        placed,
        mended_by,
        fold,
        is_human: is_human && mended_by.is_none(),
    };
    examples.push(example(paragraph.placed.clone(), None));
    let mut changes: Vec<Vec<Change>> = vec![Vec::new(); KINDS];
    paragraph.changes(&paragraph.placed, |change| changes[change.kind()].push(change));
    let mut placed = Vec::new();
    let mut again = Vec::new();
    for _ in 0..CHANGED {
        let of_kind = &changes[draw.weighed(&SHARES)];
        // A mark that was set elsewhere stands by a comma or a stop more often than not.
        let drawn: Vec<Change> =
            (0..3).filter_map(|_| of_kind.get(draw.below(of_kind.len()))).copied().collect();
        let Some(change) = drawn.iter().find(|change| is_likely(paragraph, **change)).or(drawn.first())
        else {
            continue;
        };
        if !change.apply(&paragraph.placed, &mut placed) || placed.is_empty() {
            continue;
        }
        let mut mended_by = None;
        paragraph.changes(&placed, |change| {
            if mended_by.is_none() && change.apply(&placed, &mut again) && again == paragraph.placed {
                mended_by = Some(change);
            }
        });
        if mended_by.is_some() {
            examples.push(example(placed.clone(), mended_by));
        }
    }
}

/// Whether a mark stands by another mark where a change sets it.
fn is_likely(paragraph: &Paragraph, change: Change) -> bool {
    let is_by_mark =
        |gap: u16| paragraph.word(gap as isize - 1).is_mark() || paragraph.word(gap as isize).is_mark();
    match change {
        Change::Insert(mark) => is_by_mark(mark.gap),
        Change::Move(_, gap) => is_by_mark(gap),
        _ => true,
    }
}

/// What is observed of a reading, by observation.
fn observed(paragraph: &Paragraph, placed: &[Placed]) -> Vec<(u32, i32)> {
    let mut all = Vec::new();
    paragraph.observe(placed, |it, value| all.push((it % MARK_WEIGHTS as u32, value)));
    all
}

/// How a reading with a change differs from what is observed without it, and the prior of the change.
fn difference(
    paragraph: &Paragraph,
    placed: &[Placed],
    written: &[(u32, i32)],
    change: Change,
) -> Vec<(u32, f32)> {
    let mut changed = Vec::new();
    change.apply(placed, &mut changed);
    let mut all = observed(paragraph, &changed);
    all.extend(written.iter().map(|(it, value)| (*it, -value)));
    all.push((prior(change) % MARK_WEIGHTS as u32, ONE));
    all.sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|of| (of[0].0, of.iter().map(|(_, value)| value).sum::<i32>()))
        .filter(|(_, value)| *value != 0)
        .map(|(it, value)| (it, value as f32 / ONE as f32))
        .collect()
}

/// A softmax over what may be changed and nothing, fitted by AdaGrad.
fn learn(paragraphs: &[Paragraph], examples: &[&Example], draw: &mut Draw) -> Vec<f32> {
    const RATE: f32 = 0.12;
    const DECAY: f32 = 2e-6;
    let mut weights = vec![0_f32; MARK_WEIGHTS];
    let mut squares = vec![1e-4_f32; MARK_WEIGHTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for round in 0..ROUNDS {
        draw.shuffle(&mut order);
        let mut loss = 0.0;
        let mut model = model_of(&weights, &[0; KINDS], &[0; KINDS]);
        for (number, batch) in order.chunks(BATCH).enumerate() {
            if number % 40 == 39 {
                model = model_of(&weights, &[0; KINDS], &[0; KINDS]);
            }
            let seed = draw.number();
            let gradients: Vec<(Vec<(u32, f32)>, f32)> = batch
                .par_iter()
                .map(|at| {
                    gradient(paragraphs, examples[*at], model, &weights, &mut Draw(seed ^ (*at as u64 + 1)))
                })
                .collect();
            for (gradient, of) in gradients {
                loss += of;
                for (it, value) in gradient {
                    let (weight, square) = (&mut weights[it as usize], &mut squares[it as usize]);
                    *square += value * value;
                    *weight += RATE * value / square.sqrt() - DECAY * *weight;
                }
            }
        }
        println!("round {round}: loss {:.4}", loss / order.len() as f32);
    }
    weights
}

/// By how much each weight should grow for an example, and how unlikely what mends it is.
fn gradient(
    paragraphs: &[Paragraph],
    example: &Example,
    model: &MarkPlaces,
    weights: &[f32],
    draw: &mut Draw,
) -> (Vec<(u32, f32)>, f32) {
    let paragraph = &paragraphs[example.paragraph];
    let mut changes: Vec<Change> = paragraph
        .better(&example.placed, model, LIKELY, i32::MIN)
        .into_iter()
        .map(|(change, _)| change)
        .collect();
    let mut seen = 0;
    let mut others: Vec<Change> = Vec::new();
    paragraph.changes(&example.placed, |change| {
        seen += 1;
        if others.len() < OTHERS {
            others.push(change);
        } else if let Some(slot) = others.get_mut(draw.below(seen)) {
            *slot = change;
        }
    });
    changes.extend(others);
    changes.extend(example.mended_by);
    let mut unique: Vec<Change> = Vec::new();
    changes.into_iter().for_each(|change| {
        if !unique.contains(&change) {
            unique.push(change)
        }
    });
    let written = observed(paragraph, &example.placed);
    let differences: Vec<Vec<(u32, f32)>> =
        unique.iter().map(|change| difference(paragraph, &example.placed, &written, *change)).collect();
    let scores: Vec<f32> = differences
        .iter()
        .map(|of| of.iter().map(|(it, value)| weights[*it as usize] * value).sum())
        .collect();
    let most = scores.iter().copied().fold(0_f32, f32::max);
    let sum: f32 = (-most).exp() + scores.iter().map(|score| (score - most).exp()).sum::<f32>();
    let mut gradient: BTreeMap<u32, f32> = BTreeMap::new();
    let mut likelihood = (-most).exp() / sum;
    for ((change, difference), score) in unique.iter().zip(&differences).zip(&scores) {
        let share = (score - most).exp() / sum;
        let is_right = example.mended_by == Some(*change);
        if is_right {
            likelihood = share;
        }
        let error = f32::from(is_right) - share;
        if error.abs() > 1e-4 {
            difference.iter().for_each(|(it, value)| *gradient.entry(*it).or_default() += error * value);
        }
    }
    (gradient.into_iter().collect(), -likelihood.max(1e-6).ln())
}

fn quantised(weights: &[f32]) -> Vec<i8> {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
    weights.iter().map(|weight| (weight / most * 127.0).round().clamp(-127.0, 127.0) as i8).collect()
}

fn model_of(weights: &[f32], thresholds: &[i32; KINDS], hints: &[i32; KINDS]) -> &'static MarkPlaces {
    let bytes = MarkPlaces::write(thresholds, hints, &quantised(weights)).leak();
    Box::leak(Box::new(MarkPlaces::read(bytes).expect("it was just written")))
}

/// The best change of an example by a model that did not learn from it.
struct Judged {
    best: Option<(Change, i32)>,
    mended_by: Option<Change>,
    is_human: bool,
    paragraph: usize,
}

fn judge(paragraphs: &[Paragraph], example: &Example, model: &MarkPlaces) -> Judged {
    let paragraph = &paragraphs[example.paragraph];
    let best = paragraph.better(&example.placed, model, 1, 0).first().copied();
    Judged { best, mended_by: example.mended_by, is_human: example.is_human, paragraph: example.paragraph }
}

/// For each kind of change the score from which on human writing raises few enough alarms.
fn thresholds(judged: &[Judged], words: usize, alarms: &[f64; KINDS]) -> [i32; KINDS] {
    std::array::from_fn(|kind| {
        if alarms[kind] == NEVER {
            return i32::MAX;
        }
        let mut scores: Vec<i32> = judged
            .iter()
            .filter(|it| it.is_human)
            .filter_map(|it| it.best.filter(|(change, _)| change.kind() == kind).map(|(_, score)| score))
            .collect();
        scores.sort_unstable_by(|a, b| b.cmp(a));
        let may = (words as f64 / 100_000.0 * alarms[kind]) as usize;
        scores.get(may).map_or(1, |score| score + 1)
    })
}

/// Prints what is found of each kind at its threshold.
fn tell(judged: &[Judged], thresholds: &[i32; KINDS], paragraphs: &[Paragraph], written: &[String]) {
    for kind in 0..KINDS {
        let of: Vec<&Judged> =
            judged.iter().filter(|it| it.mended_by.is_some_and(|change| change.kind() == kind)).collect();
        let reaches =
            |it: &&&Judged| it.best.is_some_and(|(change, score)| score >= thresholds[change.kind()]);
        let found = of.iter().filter(reaches).count();
        let mended =
            of.iter().filter(|it| it.best.map(|(change, _)| change) == it.mended_by).filter(reaches).count();
        println!(
            "{:12} {:6} changed, found {:.3}, mended {:.3}, threshold {}",
            Change::KINDS[kind],
            of.len(),
            found as f64 / of.len().max(1) as f64,
            mended as f64 / of.len().max(1) as f64,
            thresholds[kind]
        );
        let mut alarms: Vec<(i32, &Judged, Change)> = judged
            .iter()
            .filter(|it| it.is_human)
            .filter_map(|it| it.best.map(|(change, score)| (score, it, change)))
            .filter(|(_, _, change)| change.kind() == kind)
            .collect();
        alarms.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
        for (score, of, change) in alarms.into_iter().take(SHOWN) {
            let at = place_of(&paragraphs[of.paragraph], change);
            let text = &written[of.paragraph];
            let near: String = text.chars().skip(at.saturating_sub(NEAR)).take(2 * NEAR).collect();
            println!("    {score:6} {change:?} {near}");
        }
    }
}

/// How many alarms on human writing are printed for each kind of change, to be judged, and how many characters of each.
const SHOWN: usize = 25;
const NEAR: usize = 60;

/// How many characters of its paragraph stand before what a change is about, marks left out.
fn place_of(paragraph: &Paragraph, change: Change) -> usize {
    let gap = match change {
        Change::Delete(at) | Change::Move(at, _) | Change::Turn(at) | Change::Swap(at) => {
            paragraph.placed.get(at).map_or(0, |mark| mark.gap)
        }
        Change::Insert(mark) | Change::Split(mark, _) => mark.gap,
    };
    let first = paragraph.word(0).span.lo();
    paragraph.words.get(usize::from(gap)).map_or(0, |word| word.span.lo().saturating_sub(first))
}

/// A paragraph and its text.
fn with_text(document: &Document, paragraph: Paragraph) -> (Paragraph, String) {
    let span = paragraph.words[0].span.cover(paragraph.words[paragraph.words.len() - 1].span);
    let text = document.slice(span).replace('\n', " ");
    (paragraph, text)
}
