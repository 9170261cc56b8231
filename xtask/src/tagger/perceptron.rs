//! Training an averaged perceptron on hashed features.

use super::treebank::Sentence;
use mtlint_lang::tagger::features::{FEATURES, Word, features};
use mtlint_lang::tagger::{MAGIC, TAGS, Tag, WordForms};
use std::collections::HashMap;

/// How many places there are for weights, as a power of two.
const BITS: u32 = 20;
const PLACES: usize = 1 << BITS;

/// How often the treebank is gone through.
const ROUNDS: usize = 7;

/// How often all is learned, each time in another order: the mean of several taggers errs less than one.
const RUNS: usize = 8;

/// What a feature is met at least that is learned of.
const FEWEST: u32 = 2;

/// Weights that are learned, and what their average needs.
struct Weights {
    now: Vec<f32>,
    /// Each weight times the number of steps it had this value, up to its last change.
    sums: Vec<f64>,
    changed: Vec<u32>,
    step: u32,
}

impl Weights {
    fn new() -> Self {
        let length = PLACES + TAGS;
        Self { now: vec![0.0; length], sums: vec![0.0; length], changed: vec![0; length], step: 0 }
    }

    fn change(&mut self, features: impl Iterator<Item = u32>, tag: Tag, by: f32) {
        for feature in features {
            let place = (feature as usize & (PLACES - 1)) + tag.index();
            self.sums[place] += f64::from(self.now[place]) * f64::from(self.step - self.changed[place]);
            self.changed[place] = self.step;
            self.now[place] += by;
        }
    }

    /// The mean of each weight over all steps.
    fn averages(&self) -> impl Iterator<Item = f64> {
        let step = self.step;
        let places = self.now.iter().zip(&self.sums).zip(&self.changed);
        places.map(move |((now, sum), changed)| {
            (sum + f64::from(*now) * f64::from(step - changed)) / f64::from(step.max(1))
        })
    }

    fn best(&self, features: &[u32; FEATURES]) -> Tag {
        let mut scores = [0.0_f32; TAGS];
        for feature in features {
            let place = *feature as usize & (PLACES - 1);
            for (score, weight) in scores.iter_mut().zip(&self.now[place..place + TAGS]) {
                *score += weight;
            }
        }
        let best = (0..TAGS).fold(0, |best, index| if scores[index] > scores[best] { index } else { best });
        Tag::from_index(best).expect("it is an index of a score")
    }
}

/// Learns the tags of the sentences and returns the file of weights.
pub fn learn(sentences: &[Sentence], forms: Option<&WordForms>) -> Vec<u8> {
    let words: Vec<Vec<Word>> = sentences
        .iter()
        .map(|sentence| sentence.iter().map(|(word, _)| Word::new(word, forms)).collect())
        .collect();
    let met = count(sentences, &words);
    let is_learned = |feature: &u32| met.get(feature).is_some_and(|times| *times >= FEWEST);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut sum = vec![0.0; PLACES + TAGS];
    for _ in 0..RUNS {
        let mut weights = Weights::new();
        for _ in 0..ROUNDS {
            shuffle(&mut order, &mut seed);
            for &index in &order {
                let mut tags = Vec::with_capacity(words[index].len());
                for (at, (_, right)) in sentences[index].iter().enumerate() {
                    let features = features(&words[index], at, &tags);
                    weights.step += 1;
                    let best = weights.best(&features);
                    if best != *right {
                        let learned = || features.into_iter().filter(is_learned);
                        weights.change(learned(), *right, 1.0);
                        weights.change(learned(), best, -1.0);
                    }
                    tags.push(best);
                }
            }
        }
        sum.iter_mut().zip(weights.averages()).for_each(|(sum, average)| *sum += average);
    }
    quantise(&sum)
}

/// How often each feature is met.
fn count(sentences: &[Sentence], words: &[Vec<Word>]) -> HashMap<u32, u32> {
    let mut met = HashMap::new();
    for (words, sentence) in words.iter().zip(sentences) {
        let tags: Vec<Tag> = sentence.iter().map(|(_, tag)| *tag).collect();
        for at in 0..words.len() {
            for feature in features(words, at, &tags[..at]) {
                *met.entry(feature).or_default() += 1;
            }
        }
    }
    met
}

/// The weights as signed bytes.
fn quantise(weights: &[f64]) -> Vec<u8> {
    // One weight in ten thousand may be cut off, so that the others keep their detail.
    let mut sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let largest = sizes[sizes.len() - 1 - sizes.len() / 10_000].max(f64::MIN_POSITIVE);
    let byte = |weight: &f64| ((weight / largest * 127.0).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
    MAGIC.iter().copied().chain(weights.iter().map(byte)).collect()
}

/// Fisher and Yates, with the numbers of Marsaglia's xorshift.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for last in (1..order.len()).rev() {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        order.swap(last, (*seed % (last as u64 + 1)) as usize);
    }
}
