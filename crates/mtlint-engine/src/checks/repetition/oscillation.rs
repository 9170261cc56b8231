//! Words that the target says over and over and the source does not.
//!
//! May use `document`, `pair`, `rule` and `text`.

use crate::rule::{CodeCheck, ParamError, Params, Report};
use mtlint_document::pair::Pair;
use mtlint_document::{Document, Token};
use mtlint_text::Span;

/// How many words are repeated at most.
const LONGEST: usize = 12;

/// How many tokens a text has at most in which the same words do not come again and again by themselves.
const MOST_TOKENS: usize = 80;
/// How much oftener than anything of the source two words come.
const OFTENER: usize = 3;
/// How many letters the longer of the two has at least.
const LONG_WORD: usize = 4;

/// How many loops of a text are looked at.
const MOST: usize = 50;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::pair(check))
}

fn check(pair: &Pair<'_>, report: &mut Report<'_>) {
    if pair.holds_plural_forms() {
        return;
    }
    again_and_again(pair, report);
    inside_words(pair, report);
    let target = loops(pair.target());
    if target.is_empty() {
        return;
    }
    let source = loops(pair.source());
    let most = source.iter().map(|(_, length, times)| length * times).max().unwrap_or(0);
    for (span, length, times) in target {
        if length * times > 2 * most {
            report.add(span, format!("said {times} times in a row, which the source does not"));
        }
    }
}

/// Two words that come again and again, with others between them, in a single sentence or two, where
/// nothing in the source comes as often.
fn again_and_again(pair: &Pair<'_>, report: &mut Report<'_>) {
    let (target, source) = (pair.target(), pair.source());
    if target.tokens().len() > MOST_TOKENS {
        return;
    }
    let Some((times, places)) = most_frequent(target, 2) else { return };
    if times < 1 + OFTENER {
        return;
    }
    // A language that says a word with two may say with one what the target says with two.
    let in_source = [1, 2].map(|length| most_frequent(source, length).map_or(1, |(times, _)| times));
    if times >= in_source[0].max(in_source[1]) + OFTENER {
        let span = places[1].cover(places[places.len() - 1]);
        report.add(
            span,
            format!("`{}` is said {times} times, which the source does not", target.slice(places[0])),
        );
    }
}

/// A piece that a word says over and over, where no word of the source does.
fn inside_words(pair: &Pair<'_>, report: &mut Report<'_>) {
    let stutter = |document: &Document| {
        let words = document.tokens().iter().filter(|token| token.kind.is_word()).map(|token| token.span);
        let long = words.filter(|span| (SHORTEST_STUTTER..LONGEST_STUTTER).contains(&span.len()));
        let mut found = long.filter_map(|span| Some((span, repeated_piece(document.slice(span))?)));
        found.next()
    };
    if let Some((span, times)) = stutter(pair.target())
        && stutter(pair.source()).is_none()
    {
        report.add(span, format!("says the same {times} times inside a word, which the source does not"));
    }
}

/// How many bytes a word has at least that says a piece over and over, and how long a word is looked at.
const SHORTEST_STUTTER: usize = 9;
const LONGEST_STUTTER: usize = 200;
/// How many letters the piece has at least, and at most, and how often it comes at least.
const PIECE: std::ops::RangeInclusive<usize> = 3..=20;
const FEWEST_TIMES: usize = 3;

/// How often a word says the same piece in a row, if that is often. Case does not matter.
fn repeated_piece(word: &str) -> Option<usize> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    PIECE.into_iter().find_map(|length| {
        let mut run = 0;
        for at in length..letters.len() {
            run = if letters[at] == letters[at - length] { run + 1 } else { 0 };
            // Letters that are all the same are drawn out.
            let piece = &letters[at + 1 - length..=at];
            if run >= (FEWEST_TIMES - 1) * length && piece.iter().any(|c| *c != piece[0]) {
                let more = letters[at..].iter().zip(&letters[at - length..]).skip(1);
                let run = run + more.take_while(|(a, b)| a == b).count();
                return Some(1 + run / length);
            }
        }
        None
    })
}

/// The words in a row, at most two, of which one is long, that stand there most often, how often, and where.
fn most_frequent(document: &Document, length: usize) -> Option<(usize, Vec<Span>)> {
    let windows = document.tokens().windows(length).filter(|window| {
        window.iter().all(|token| token.kind.is_word())
            && window.iter().any(|token| document.slice(token.span).chars().nth(LONG_WORD - 1).is_some())
    });
    let key = |window: &[Token]| window.iter().fold(0, |key, token| key << 32 | u64::from(token.hash));
    let mut places: Vec<(u64, Span)> =
        windows.map(|window| (key(window), window[0].span.cover(window[length - 1].span))).collect();
    places.sort_unstable();
    let apart = |same: &[(u64, Span)]| {
        let mut apart: Vec<Span> = Vec::new();
        for (_, span) in same {
            if apart.last().is_none_or(|last| last.end <= span.start) {
                apart.push(*span);
            }
        }
        apart
    };
    let of_words = places.chunk_by(|a, b| a.0 == b.0);
    // Most stand there once.
    let most = of_words.clone().map(<[_]>::len).max()?;
    let best = match most {
        1 => vec![places.iter().map(|(_, span)| *span).min()?],
        _ => of_words.map(apart).max_by_key(|spans| (spans.len(), std::cmp::Reverse(spans[0])))?,
    };
    Some((best.len(), best))
}

/// What stands there several times in a row: two words or more, or one word three times; how many
/// words it has, and how often it stands there.
fn loops(document: &Document) -> Vec<(Span, usize, usize)> {
    let tokens = document.tokens();
    let is_same = |a: &Token, b: &Token| a.hash == b.hash && document.is_same_word(*a, *b);
    let mut found: Vec<(Span, usize, usize)> = Vec::new();
    for length in 1..=LONGEST {
        let mut at = 0;
        while at + 2 * length <= tokens.len() {
            let matching = (at..tokens.len() - length)
                .take_while(|place| is_same(&tokens[*place], &tokens[place + length]))
                .count();
            let times = 1 + matching / length;
            if times < 2 {
                at += matching.max(1);
                continue;
            }
            let piece = &tokens[at..at + length];
            let words = piece.iter().filter(|token| token.kind.is_word()).count();
            let letters: usize = piece
                .iter()
                .filter(|token| token.kind.is_word())
                .map(|token| document.slice(token.span).chars().count())
                .sum();
            let is_loop = match words {
                0 => false,
                1 => times >= 3 && letters >= 2 || times >= 4,
                _ => letters >= 4 && (times >= 3 || times == 2 && (words >= 3 && letters >= 8)),
            };
            if is_loop {
                let span = tokens[at].span.cover(tokens[at + length * times - 1].span);
                if found.len() < MOST && !found.iter().any(|(other, ..)| other.touches(span)) {
                    found.push((span, length, times));
                }
            }
            at += matching.max(1);
        }
    }
    found.sort();
    found
}
