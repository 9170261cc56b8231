//! Classes of words by the company they keep: words whose neighbours are alike are taken for one. A plain k-means
//! over the neighbours of each frequent word, whose first centres are the most frequent words.

use std::collections::HashMap;

/// How many classes there are.
const CLASSES: usize = 160;

/// How often a word must be met to have a class.
const LEAST: usize = 8;

/// How many frequent words are looked for as neighbours.
const NEIGHBOURS: usize = 500;

const ROUNDS: usize = 12;

/// The class of every frequent word, by its hash. `blocks` are the hashes of words and the numbers of marks in order;
/// those below `is_word_from` are no words.
pub fn of(blocks: &[Vec<u32>], is_word_from: u32) -> Vec<(u32, [i8; 1])> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    blocks.iter().flatten().for_each(|hash| *counts.entry(*hash).or_default() += 1);
    let mut all: Vec<(u32, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(hash, count)| (std::cmp::Reverse(*count), *hash));
    let near: HashMap<u32, usize> =
        all.iter().take(NEIGHBOURS).enumerate().map(|(place, (hash, _))| (*hash, place)).collect();
    let words: Vec<(u32, usize)> =
        all.iter().copied().filter(|(hash, count)| *count >= LEAST && *hash >= is_word_from).collect();
    let places: HashMap<u32, usize> =
        words.iter().enumerate().map(|(place, (hash, _))| (*hash, place)).collect();

    let vectors = vectors(&company(blocks, &places, &near, words.len()));
    let mut centres: Vec<Vec<f64>> = vectors.iter().take(CLASSES).map(|vector| spread(vector)).collect();
    let mut classes = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        for (class, vector) in classes.iter_mut().zip(&vectors) {
            let likeness =
                |centre: &Vec<f64>| vector.iter().map(|(at, value)| value * centre[*at]).sum::<f64>();
            let likenesses: Vec<f64> = centres.iter().map(likeness).collect();
            *class = (0..likenesses.len())
                .reduce(|a, b| if likenesses[b] > likenesses[a] { b } else { a })
                .unwrap_or(0);
        }
        centres.iter_mut().for_each(|centre| centre.fill(0.0));
        for ((class, vector), (_, count)) in classes.iter().zip(&vectors).zip(&words) {
            let weight = (*count as f64).ln();
            vector.iter().for_each(|(at, value)| centres[*class][*at] += value * weight);
        }
        centres.iter_mut().for_each(|centre| normalise(centre.iter_mut()));
    }
    words.iter().zip(classes).map(|((hash, _), class)| (*hash, [class as u8 as i8])).collect()
}

/// How many places a vector has: the neighbours on either side, with one for the edge and one for all others.
const WIDTH: usize = 2 * (NEIGHBOURS + 2);

/// How often each word has each neighbour.
fn company(
    blocks: &[Vec<u32>],
    places: &HashMap<u32, usize>,
    near: &HashMap<u32, usize>,
    words: usize,
) -> Vec<HashMap<usize, f64>> {
    let mut company = vec![HashMap::new(); words];
    for block in blocks {
        let at = |index: Option<usize>| {
            let hash = index.and_then(|index| block.get(index));
            hash.map_or(NEIGHBOURS, |hash| near.get(hash).copied().unwrap_or(NEIGHBOURS + 1))
        };
        for (index, hash) in block.iter().enumerate() {
            let Some(&word) = places.get(hash) else { continue };
            *company[word].entry(at(index.checked_sub(1))).or_default() += 1.0;
            *company[word].entry(NEIGHBOURS + 2 + at(Some(index + 1))).or_default() += 1.0;
        }
    }
    company
}

/// How much more often than by chance each neighbour is there, on a logarithmic scale, at length 1.
fn vectors(company: &[HashMap<usize, f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut totals = vec![0.0; WIDTH];
    company.iter().flatten().for_each(|(at, count)| totals[*at] += count);
    let total: f64 = totals.iter().sum();
    let vector = |counts: &HashMap<usize, f64>| {
        let mut counts: Vec<(usize, f64)> = counts.iter().map(|(at, count)| (*at, *count)).collect();
        counts.sort_by_key(|(at, _)| *at);
        let own: f64 = counts.iter().map(|(_, count)| count).sum();
        let value = |(at, count): &(usize, f64)| {
            let value = (count * total / (own * totals[*at])).ln().max(0.0);
            // What was met once or twice says little.
            (*at, value * count / (count + 1.0))
        };
        let mut vector: Vec<(usize, f64)> =
            counts.iter().map(value).filter(|(_, value)| *value > 0.0).collect();
        normalise(vector.iter_mut().map(|(_, value)| value));
        vector
    };
    company.iter().map(vector).collect()
}

fn spread(vector: &[(usize, f64)]) -> Vec<f64> {
    let mut spread = vec![0.0; WIDTH];
    vector.iter().for_each(|(at, value)| spread[*at] = *value);
    spread
}

fn normalise<'a>(values: impl Iterator<Item = &'a mut f64>) {
    let values: Vec<&mut f64> = values.collect();
    let length = values.iter().map(|value| **value * **value).sum::<f64>().sqrt().max(1e-9);
    values.into_iter().for_each(|value| *value /= length);
}
