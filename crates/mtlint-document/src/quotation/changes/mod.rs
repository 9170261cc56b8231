//! Which change of its quotation marks makes a paragraph read better, and by how much.
//!
//! Where [`super::solve`] asks which roles the marks can have that stand, this asks whether they stand where people set
//! them: a paragraph is read as it is and with each mark left out, moved, turned, made single or double, or one more set,
//! and the readings are compared by what stands beside each mark and what each stretch in and between quotations is like.
//! The weights are learned from paragraphs of human writing and from the same with one mark changed.

mod observe;
mod paragraph;
mod propose;

pub use observe::ONE;
pub use paragraph::{Paragraph, Placed, Word};
pub use propose::Change;

use super::Document;
use super::marks::Neighbour;
use mtlint_lang::expectation::feature_hash;
use mtlint_lang::{MARK_CHANGES, MarkPlaces};

/// The changes of a paragraph that would make it read better, the best first.
#[derive(Debug)]
pub struct Better {
    pub paragraph: Paragraph,
    /// Each with how much better it reads.
    pub changes: Vec<(Change, i32)>,
}

/// Over how many lines a quotation goes on, as verse does.
const LINES: usize = 40;

/// How many changes are kept.
const KEPT: usize = 3;

impl Document {
    /// The paragraphs that have quotation marks and can be judged: none of a text in lines of one sentence each, and none
    /// of a quotation that goes on over paragraphs which do not open it again.
    pub fn quoting_paragraphs(&self) -> Vec<Paragraph> {
        let quotations = self.quotations();
        let marks = quotations.marks();
        let mut judged: Vec<Paragraph> = Vec::new();
        if self.is_cut_into_lines() {
            return judged;
        }
        let [inside, behind] = stops(marks);
        // The last block with marks, where a quotation is still open at its end, and whether it was taken.
        let mut open: Option<(usize, bool)> = None;
        let mut first = 0;
        for own in marks.chunk_by(|a, b| a.block == b.block) {
            let at = first;
            first += own.len();
            let block = own[0].block;
            let [own_inside, own_behind] = stops(own);
            let habit = u32::from(inside > own_inside) + 2 * u32::from(behind > own_behind);
            let reopens = own[0].left == Neighbour::Edge && own[0].is_set_to_open();
            let carried =
                open.filter(|(from, _)| !reopens && self.is_near(*from, block) && own[0].is_set_to_close());
            if let Some((_, true)) = carried {
                judged.pop();
            }
            let paragraph = Paragraph::of(self, quotations, at, habit);
            let ends_open = paragraph.as_ref().map_or(open.is_some(), |it| it.ends_open(carried.is_some()));
            let taken = paragraph.filter(|_| carried.is_none() && crate::is_prose(&self.blocks()[block]));
            open = ends_open.then_some((block, taken.is_some()));
            judged.extend(taken);
        }
        judged
    }

    /// Whether a quotation may go on from a block to another: the next, the one behind it, or lines without a gap.
    fn is_near(&self, from: usize, to: usize) -> bool {
        let blocks = self.blocks();
        to <= from + 2
            || blocks[from..=to].windows(2).take(LINES + 1).enumerate().all(|(at, pair)| {
                let between = self.text().get(pair[0].span.hi()..pair[1].span.lo()).unwrap_or_default();
                at < LINES && between.bytes().filter(|&b| b == b'\n').count() < 2
            })
    }

    /// The paragraphs that would read better with a change of their quotation marks.
    pub fn better_marks(&self) -> Vec<Better> {
        let Some(model) = MarkPlaces::of(self.language()) else { return Vec::new() };
        self.quoting_paragraphs()
            .into_iter()
            .filter_map(|paragraph| {
                let mut changes = paragraph.better(&paragraph.placed, model, KEPT, 0);
                changes.retain(|(change, score)| *score >= model.hint(change.kind()));
                (!changes.is_empty()).then_some(Better { paragraph, changes })
            })
            .collect()
    }
}

/// How often a stop or a comma stands before a mark that closes, and behind one.
fn stops(marks: &[super::Mark]) -> [usize; 2] {
    let is_stop = |it| matches!(it, Neighbour::Terminal | Neighbour::Pause);
    let closes = || marks.iter().filter(|mark| mark.is_set_to_close() && !mark.left.is_gap());
    [closes().filter(|mark| is_stop(mark.left)).count(), closes().filter(|mark| is_stop(mark.right)).count()]
}

/// What it counts that a change is of its kind.
pub fn prior(change: Change) -> u32 {
    feature_hash(51, &[change.kind() as u32])
}

impl Paragraph {
    /// Whether a quotation is open at its end, by count; one may be open at its beginning.
    fn ends_open(&self, is_carried: bool) -> bool {
        let mut open = i32::from(is_carried);
        self.placed.iter().for_each(|mark| open = (open + if mark.opens { 1 } else { -1 }).clamp(0, 3));
        open > 0
    }

    /// Calls `seen` with every observation of a reading and its value, in parts of [`ONE`].
    pub fn observe(&self, placed: &[Placed], mut seen: impl FnMut(u32, i32)) {
        for mark in placed {
            self.local(*mark).into_iter().for_each(|it| seen(it, ONE));
        }
        let (mut paired, mut stretches) = (Vec::new(), Vec::new());
        self.pair(
            placed,
            |it| paired.push(it),
            |from, to, depth, around| stretches.push((from, to, depth, around)),
        );
        paired.into_iter().for_each(|it| seen(it, ONE));
        for (from, to, depth, around) in stretches {
            let within = from as usize..(to as usize).max(from as usize);
            let telling = within.clone().filter(|at| self.is_telling(*at)).count() as u32;
            let ends = within.clone().filter(|at| self.ends_sentence(*at, to as usize)).count() as u32;
            self.stretch(from, to, depth, around, telling, ends).into_iter().for_each(|it| seen(it, ONE));
            if depth > 0 {
                let value = spoken_value(within.len());
                within.flat_map(|at| self.spoken(at)).for_each(|it| seen(it, value));
            }
        }
    }

    /// Whether a sentence ends with a word and another begins before `to`.
    fn ends_sentence(&self, at: usize, to: usize) -> bool {
        at + 1 < to && self.words[at].is_terminal() && self.word(at as isize + 1).has_capital
    }
}

/// What one word counts of so many that a quotation holds: the longer it is, the less.
fn spoken_value(count: usize) -> i32 {
    const SQUARE: usize = (ONE as usize) * (ONE as usize);
    (SQUARE / count.max(1)).isqrt() as i32
}

/// What a model makes of the observations of a paragraph that do not depend on the reading.
struct Sums<'p> {
    paragraph: &'p Paragraph,
    model: &'p MarkPlaces,
    /// By gap, and whether the mark opens and is single.
    local: Vec<[Option<i32>; 4]>,
    /// Sums over the words before each.
    spoken: Vec<i32>,
    telling: Vec<u32>,
    ends: Vec<u32>,
}

impl<'p> Sums<'p> {
    fn of(paragraph: &'p Paragraph, model: &'p MarkPlaces) -> Self {
        let count = paragraph.words.len();
        let (mut spoken, mut telling, mut ends) = (vec![0], vec![0], vec![0]);
        for at in 0..count {
            let sum: i32 = paragraph.spoken(at).into_iter().map(|it| model.weight(it)).sum();
            spoken.push(spoken[at] + sum);
            telling.push(telling[at] + u32::from(paragraph.is_telling(at)));
            ends.push(ends[at] + u32::from(paragraph.ends_sentence(at, count)));
        }
        Self { paragraph, model, local: vec![[None; 4]; count + 1], spoken, telling, ends }
    }

    fn score(&mut self, placed: &[Placed]) -> i32 {
        let mut sum = 0;
        for mark in placed {
            let slot = usize::from(mark.opens) + 2 * usize::from(mark.single);
            let known = &mut self.local[mark.gap as usize][slot];
            sum += ONE
                * *known.get_or_insert_with(|| {
                    self.paragraph.local(*mark).into_iter().map(|it| self.model.weight(it)).sum()
                });
        }
        let (mut paired, mut stretched) = (0, 0);
        let Self { paragraph, model, spoken, telling, ends, .. } = self;
        paragraph.pair(
            placed,
            |it| paired += model.weight(it),
            |from, to, depth, around| {
                let (low, high) = (from as usize, (to as usize).max(from as usize));
                let told = telling[high] - telling[low];
                // The end of the last sentence is that of the stretch.
                let last = high.saturating_sub(1).max(low);
                let ended = ends[last] - ends[low];
                let of: i32 = paragraph
                    .stretch(from, to, depth, around, told, ended)
                    .into_iter()
                    .map(|it| model.weight(it))
                    .sum();
                stretched += ONE * of;
                if depth > 0 {
                    stretched += spoken_value(high - low) * (spoken[high] - spoken[low]);
                }
            },
        );
        sum + ONE * paired + stretched
    }
}

impl Paragraph {
    /// The changes by which `placed` would read better than it does by more than `least`, the best first, `kept` of them
    /// at most.
    pub fn better(
        &self,
        placed: &[Placed],
        model: &MarkPlaces,
        kept: usize,
        least: i32,
    ) -> Vec<(Change, i32)> {
        let mut sums = Sums::of(self, model);
        let written = sums.score(placed);
        let mut best: Vec<(Change, i32)> = Vec::new();
        let mut changed = Vec::with_capacity(placed.len() + 2);
        self.changes(placed, |change| {
            if !change.apply(placed, &mut changed) {
                return;
            }
            let score = sums.score(&changed) - written + ONE * model.weight(prior(change));
            let at = best.partition_point(|(_, other)| *other >= score);
            if at < kept && score > least {
                best.insert(at, (change, score));
                best.truncate(kept);
            }
        });
        best
    }
}

/// How many kinds of changes there are.
pub const KINDS: usize = MARK_CHANGES;
