//! Counts which small words a language never sets side by side.

use super::manifest_of;
use crate::corpus::{self, Source};
use mtlint_document::{Document, TokenKind, is_prose};
use mtlint_lang::tagger::PartOfSpeech;
use mtlint_lang::{Language, NeverPairs, Packs};
use std::collections::{BTreeMap, HashMap};
use std::fs;

/// How many words are counted: the most frequent of the closed classes.
const WORDS: usize = 120;

/// How often chance would set two words side by side, at least, and how much more often than they are so.
const EXPECTED: f64 = 100.0;
const TIMES: f64 = 400.0;

/// One document of so many is kept apart, to tell how often people set such pairs after all.
const APART: usize = 5;

/// What was counted.
#[derive(Default)]
struct Counts {
    first: HashMap<u32, u32>,
    second: HashMap<u32, u32>,
    pairs: HashMap<(u32, u32), u32>,
    all: u32,
}

/// Counts the sources and writes the pairs and their manifest.
///
/// # Errors
/// When a source cannot be read or the file cannot be written.
pub fn run(code: &str, arguments: &[&str]) -> Result<(), String> {
    let language = Language::parse(code).map_err(|error| error.to_string())?;
    let sources: Vec<Source> =
        arguments.iter().map(|argument| corpus::read(argument, code)).collect::<Result<_, _>>()?;
    let documents = corpus::documents(&sources, language, &Packs::builtin());
    let (mut counts, mut apart) = (Counts::default(), Counts::default());
    let mut words: BTreeMap<u32, (u32, String)> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        let counts = if index % APART == 0 { &mut apart } else { &mut counts };
        count(document, counts, &mut words);
    }
    let mut frequent: Vec<(u32, u32, &str)> =
        words.iter().map(|(hash, (count, word))| (*count, *hash, word.as_str())).collect();
    frequent.sort_by(|a, b| b.cmp(a));
    frequent.truncate(WORDS);
    frequent.sort_by_key(|(_, hash, _)| *hash);
    let hashes: Vec<u32> = frequent.iter().map(|(_, hash, _)| *hash).collect();
    let is_never = |a: usize, b: usize| {
        let [first, second] = [&counts.first, &counts.second]
            .into_iter()
            .zip([hashes[a], hashes[b]])
            .map(|(counts, hash)| f64::from(counts.get(&hash).copied().unwrap_or(0)))
            .collect::<Vec<_>>()[..]
        else {
            return false;
        };
        let expected = first * second / f64::from(counts.all.max(1));
        let met = f64::from(counts.pairs.get(&(hashes[a], hashes[b])).copied().unwrap_or(0));
        a != b && expected >= EXPECTED && met * TIMES <= expected
    };
    let mut alarms = 0;
    for a in 0..hashes.len() {
        let never = (0..hashes.len()).filter(|b| is_never(a, *b));
        for b in never {
            let met = apart.pairs.get(&(hashes[a], hashes[b])).copied().unwrap_or(0);
            alarms += met;
            print!(
                "{} {}{}; ",
                frequent[a].2,
                frequent[b].2,
                if met > 0 { format!(" ({met})") } else { String::new() }
            );
        }
    }
    println!("\n{alarms} among {} words apart", apart.all);
    let bytes = NeverPairs::write(&hashes, is_never);
    let path = format!("models/{code}.pairs");
    fs::write(&path, &bytes).map_err(|error| format!("{path}: {error}"))?;
    let path = format!("models/{code}-pairs.toml");
    fs::write(&path, manifest_of(code, "pairs", &sources, bytes.len()))
        .map_err(|error| format!("{path}: {error}"))
}

fn count(document: &Document, counts: &mut Counts, words: &mut BTreeMap<u32, (u32, String)>) {
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let tokens = document.tokens_of(block);
        for (at, pair) in tokens.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            // Words tied by a hyphen or an apostrophe are others.
            let is_tied = |at: Option<usize>, beside: u32| {
                at.and_then(|at| tokens.get(at)).is_some_and(|token| {
                    token.kind == TokenKind::Mark
                        && (token.span.end == beside || token.span.start == beside)
                        && matches!(document.slice(token.span), "-" | "'" | "’" | "/" | "_")
                })
            };
            counts.all += 1;
            if first.kind == TokenKind::Mark
                || second.kind != TokenKind::Lower
                || first.span.end + 1 != second.span.start
                || document.mask().covers(first.span)
                || is_tied(at.checked_sub(1), first.span.start)
                || is_tied(Some(at + 2), second.span.end)
            {
                continue;
            }
            let index = block.tokens.start as usize + at;
            let is_small =
                |index| document.tag_of(index).is_some_and(|tag| PartOfSpeech::CLOSED.contains(&tag.part()));
            let (is_first_small, is_second_small) = (is_small(index), is_small(index + 1));
            if is_second_small {
                let word = words.entry(second.hash).or_default();
                word.0 += 1;
                if word.1.is_empty() {
                    word.1 = document.slice(second.span).to_lowercase();
                }
                *counts.second.entry(second.hash).or_default() += 1;
            }
            if is_first_small {
                *counts.first.entry(first.hash).or_default() += 1;
            }
            if is_first_small && is_second_small {
                *counts.pairs.entry((first.hash, second.hash)).or_default() += 1;
            }
        }
    }
}
