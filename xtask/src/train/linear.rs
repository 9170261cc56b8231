//! A linear model of several outcomes over hashed features, trained by FTRL-Proximal with strong regularisation,
//! which leaves most weights at nothing (McMahan et al., 2013).

use mtlint_lang::expectation::PARTS;
use std::collections::HashMap;

/// What is known of one place, and which of the outcomes is there.
pub trait Example {
    /// Calls `found` with the hash of every feature.
    fn each_feature(&self, found: impl FnMut(u32));
    fn outcome(&self) -> usize;
}

/// How often a feature must be met to count.
const LEAST: u8 = 4;
const RATE: f32 = 0.1;
/// What pulls small weights to nothing.
const ABSOLUTE: f32 = 2.0;
/// What pulls large weights down.
const SQUARE: f32 = 1.0;
const ROUNDS: usize = 2;

/// Places for counting features; two that share one are both kept.
const COUNTERS: usize = 1 << 26;

/// Of every feature that matters its weights.
pub fn train<const WIDTH: usize>(examples: &[impl Example]) -> Vec<(u32, [f32; WIDTH])> {
    let mut counts = vec![0u8; COUNTERS];
    for example in examples {
        example.each_feature(|feature| {
            let count = &mut counts[feature as usize % COUNTERS];
            *count = count.saturating_add(1);
        });
    }
    let mut places: HashMap<u32, u32> = HashMap::new();
    let mut starts = vec![0];
    let mut features: Vec<u32> = Vec::new();
    for example in examples {
        example.each_feature(|feature| {
            if counts[feature as usize % COUNTERS] >= LEAST {
                let next = places.len() as u32;
                features.push(*places.entry(feature).or_insert(next));
            }
        });
        starts.push(features.len());
    }
    drop(counts);
    eprintln!("{} examples, {} features", examples.len(), places.len());

    let mut learner = Learner::<WIDTH> {
        sums: vec![[0.0; WIDTH]; places.len()],
        squares: vec![[0.0; WIDTH]; places.len()],
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(1);
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &index in &order {
            let features = &features[starts[index]..starts[index + 1]];
            loss += f64::from(learner.learn(features, examples[index].outcome()));
        }
        eprintln!("round {}: {:.4} nats a place", round + 1, loss / examples.len().max(1) as f64);
    }
    let mut weights: Vec<(u32, [f32; WIDTH])> = places
        .into_iter()
        .map(|(feature, place)| {
            (feature, std::array::from_fn(|outcome| learner.weight(place as usize, outcome)))
        })
        .filter(|(_, weights): &(u32, [f32; WIDTH])| weights.iter().any(|weight| *weight != 0.0))
        .collect();
    weights.sort_by_key(|(feature, _)| *feature);
    weights
}

struct Learner<const WIDTH: usize> {
    sums: Vec<[f32; WIDTH]>,
    squares: Vec<[f32; WIDTH]>,
}

impl<const WIDTH: usize> Learner<WIDTH> {
    fn weight(&self, feature: usize, outcome: usize) -> f32 {
        let (sum, square) = (self.sums[feature][outcome], self.squares[feature][outcome]);
        if sum.abs() <= ABSOLUTE {
            return 0.0;
        }
        -(sum - sum.signum() * ABSOLUTE) / ((1.0 + square.sqrt()) / RATE + SQUARE)
    }

    /// Learns one example, and tells how surprising it was.
    fn learn(&mut self, features: &[u32], outcome: usize) -> f32 {
        let mut scores = [0.0; WIDTH];
        for &feature in features {
            for (at, score) in scores.iter_mut().enumerate() {
                *score += self.weight(feature as usize, at);
            }
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = scores.iter().map(|score| (score - most).exp()).sum();
        let probabilities = scores.map(|score| (score - most).exp() / total);
        for &feature in features {
            for (at, probability) in probabilities.iter().enumerate() {
                let gradient = probability - f32::from(u8::from(at == outcome));
                if gradient.abs() < 1e-4 {
                    continue;
                }
                let weight = self.weight(feature as usize, at);
                let square = &mut self.squares[feature as usize][at];
                let grown = *square + gradient * gradient;
                self.sums[feature as usize][at] += gradient - (grown.sqrt() - square.sqrt()) / RATE * weight;
                *square = grown;
            }
        }
        -probabilities[outcome].max(1e-9).ln()
    }
}

/// The features of the largest weights, in whole parts.
pub fn kept<const WIDTH: usize>(
    mut weights: Vec<(u32, [f32; WIDTH])>,
    most: usize,
) -> Vec<(u32, [i8; WIDTH])> {
    let size = |weights: &[f32; WIDTH]| weights.iter().fold(0f32, |most, weight| most.max(weight.abs()));
    weights.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    weights.truncate(most);
    let part = |weight: f32| (weight * PARTS as f32).round().clamp(-127.0, 127.0) as i8;
    weights.into_iter().map(|(feature, weights)| (feature, weights.map(part))).collect()
}

/// Numbers without an order, the same ones each time.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(self.0) * end as u128) >> 64) as usize
    }

    fn shuffle(&mut self, items: &mut [usize]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}
