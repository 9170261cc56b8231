//! Trains what the letters of words say of their language, from models of groups of letters that others have counted:
//! those of the crates `lingua-*-language-model`, of which a small part is enough.
//!
//! A model of theirs is a file `ngrams.fst`: for every group of one to five letters the logarithm of how likely its last
//! letter is behind the others.

use crate::sources::{Source, models, write_manifest};
use fst::{Map, Streamer};
use mtlint_lang::letters::{LONGEST_GROUP, LetterModels, UNIT, group_hash};
use std::collections::HashMap;
use std::fs;

/// How many groups of letters of a language are kept: those that occur most.
const GROUPS: usize = 40_000;

/// Writes `models/latin.letters` from files given as `LANGUAGE=FILE`.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    let mut trained = Vec::new();
    let mut sources = Vec::new();
    for argument in arguments {
        let (language, path) = argument.split_once('=').ok_or("a model is given as LANGUAGE=FILE")?;
        let code = language.as_bytes().try_into().map_err(|_| format!("{language}: two letters"))?;
        let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
        let source = Source::new(path, &bytes);
        sources.push(Source { name: format!("{language}/{}", source.name), ..source });
        trained.push((code, groups(bytes).map_err(|error| format!("{path}: {error}"))?));
    }
    let bytes = LetterModels::write(&trained);
    let path = models().join("latin.letters");
    fs::write(&path, &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    let files = [Source::new("latin.letters", &bytes)];
    write_manifest("latin-letters", "cargo run -p xtask -- train letters", &files, &[], &sources)
}

/// The groups of letters that occur most, and the weight of each.
fn groups(bytes: Vec<u8>) -> Result<Vec<(u32, [i8; 1])>, fst::Error> {
    let map = Map::new(bytes)?;
    let mut likely: HashMap<Vec<char>, f64> = HashMap::new();
    let mut stream = map.stream();
    while let Some((group, logarithm)) = stream.next() {
        let letters: Vec<char> = String::from_utf8_lossy(group).chars().collect();
        if letters.len() <= LONGEST_GROUP {
            likely.insert(letters, f64::from_bits(logarithm));
        }
    }
    // How likely a group is as a whole.
    let whole = |letters: &[char]| -> f64 {
        (1..=letters.len()).map(|end| likely.get(&letters[..end]).copied().unwrap_or(f64::NEG_INFINITY)).sum()
    };
    let mut sorted: Vec<(f64, &[char])> =
        likely.keys().map(|letters| (whole(letters), &letters[..])).collect();
    sorted.sort_by(|(a, left), (b, right)| b.total_cmp(a).then(left.cmp(right)));
    let weight = |letters: &[char]| (likely[letters] as f32 * UNIT).round().clamp(-127.0, 0.0) as i8;
    Ok(sorted.iter().take(GROUPS).map(|(_, letters)| (group_hash(letters), [weight(letters)])).collect())
}
