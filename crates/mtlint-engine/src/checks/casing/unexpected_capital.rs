//! A capital inside a sentence on a word that the language writes small there: `the wind drops and The cold comes`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{Block, BlockKind, Document, Token, TokenKind, UnexpectedCapital, amid, is_prose};
use mtlint_text::{BuildWordHasher, Edit};
use std::collections::HashMap;

/// How much must speak against a capital, in thousandths, for a candidate.
const LEAST: i32 = 2500;

/// From how much on other capitals of the document count as unexpected, too.
const TELLING: i32 = 5000;

/// Function words that are names, letters or symbols too: `Will`, `A`, `In`.
const NAMES_TOO: &str = "capital-possible";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let blocks = document.blocks().iter().filter(|block| is_prose(block));
    let found: Vec<(&Block, UnexpectedCapital)> = blocks
        .flat_map(|block| {
            document.unexpected_capitals(block, LEAST).into_iter().map(move |found| (block, found))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    let words = found.iter().map(|(block, found)| document.tokens_of(block)[found.word].hash);
    let uses = Uses::of(document, words);
    let telling = found.iter().filter(|(_, found)| found.surprise >= TELLING).count();
    for (block, found) in found {
        let others = telling - usize::from(found.surprise >= TELLING);
        let Some(assessment) = report.assess(&observations(document, block, found, others, &uses)) else {
            continue;
        };
        let word = document.tokens_of(block)[found.word].span;
        let (text, lower) = (document.slice(word), document.slice(word).to_lowercase());
        report
            .add(
                word,
                format!(
                    "`{text}` has a capital in the middle of a sentence: its pieces were translated apart and joined, or \
                     a stop before it is gone; write `{lower}`"
                ),
            )
            .assessed(assessment)
            .fix(Fix::unsafe_(
                format!("write `{lower}`"),
                Edit::minimal(document.text(), word, &lower).into_iter().collect(),
            ));
    }
}

/// How often certain words stand in the document with a capital, and how often without, by their hashes.
struct Uses(HashMap<u32, [u32; 2], BuildWordHasher>);

impl Uses {
    fn of(document: &Document, words: impl Iterator<Item = u32>) -> Self {
        let mut uses: HashMap<u32, [u32; 2], BuildWordHasher> = words.map(|hash| (hash, [0; 2])).collect();
        for block in document.blocks() {
            let mut begins = true;
            for token in document.tokens_of(block) {
                let count = match token.kind {
                    TokenKind::Lower => Some(0),
                    // The first word of a sentence has a capital whatever it is.
                    TokenKind::Capitalised if !begins => Some(1),
                    _ => None,
                };
                if let Some(count) = count
                    && let Some(uses) = uses.get_mut(&token.hash)
                {
                    uses[count] += 1;
                }
                begins = token.kind == TokenKind::Mark && !document.is_ascii_mark(*token, b',');
            }
        }
        Self(uses)
    }

    fn of_word(&self, hash: u32) -> [u32; 2] {
        self.0.get(&hash).copied().unwrap_or_default()
    }
}

/// What is known about a candidate.
fn observations(
    document: &Document,
    block: &Block,
    found: UnexpectedCapital,
    others: usize,
    uses: &Uses,
) -> Vec<Observation> {
    let tokens = document.tokens_of(block);
    let [before, word, after] = amid(tokens, found.word).unwrap_or([tokens[found.word]; 3]);
    let is = |condition: bool| i32::from(condition) * 1000;
    let [small, capital] = uses.of_word(word.hash);
    let is_capital = |token: &Token| matches!(token.kind, TokenKind::Capitalised | TokenKind::Upper);
    // A title may begin with a small word: `Into the Night`.
    let mut soon = tokens[found.word + 1..].iter().take(4).take_while(|token| token.kind.is_word());
    let is_title = soon.any(|token| is_capital(token) && token.span.len() > 1);
    let near = tokens[found.word.saturating_sub(4)..tokens.len().min(found.word + 5)].iter();
    let capitals_near = near.filter(|token| is_capital(token) && token.span != word.span).count();
    vec![
        ("surprise", found.surprise),
        ("again", (capital.saturating_sub(1).min(4) as i32) * 1000),
        ("small-elsewhere", (small.min(4) as i32) * 1000),
        ("after-small", is(before.kind == TokenKind::Lower)),
        ("before-small", is(after.kind == TokenKind::Lower)),
        ("before-mark", is(after.kind == TokenKind::Mark)),
        ("after-capital", is(is_capital(&before))),
        ("before-capital", is(is_capital(&after))),
        ("name-possible", is(document.is_listed(word, NAMES_TOO))),
        ("capital-soon", is(is_title)),
        ("capitals-near", (capitals_near.min(4) as i32) * 1000),
        ("other-surprises", (others as i32).min(8) * 1000),
        ("quoted", is(document.is_quoted_closely(word.span))),
        ("list-item", is(block.kind == BlockKind::ListItem)),
        ("short", is(word.span.len() <= 2)),
    ]
}
