//! A capital inside a sentence on a word that the language writes small there: `the wind drops and The cold comes`.
//!
//! May use `rule`, `document`, `lang` and `text`.

use crate::rule::{CodeCheck, Fix, Observation, ParamError, Params, Report};
use mtlint_document::{
    Behind, Block, BlockKind, Document, Token, TokenKind, UnexpectedCapital, amid, is_prose,
};
use mtlint_lang::tagger::{PartOfSpeech, Tag};
use mtlint_text::{BuildWordHasher, Edit};
use std::collections::HashMap;

/// How much must speak against a capital, in thousandths, for a candidate.
const LEAST: i32 = 500;

/// From how much on other capitals of the document count as unexpected, too.
const TELLING: i32 = 5000;

/// Function words that are names, letters or symbols too: `Will`, `A`, `In`.
const NAMES_TOO: &str = "capital-possible";

const DETERMINERS: &str = "determiner";

/// What stands before what a text has defined: `the Company`.
const DEFINITE: &str = "the";

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let blocks = document.blocks().iter().filter(|block| is_prose(block));
    let found: Vec<(&Block, UnexpectedCapital)> = blocks
        .flat_map(|block| {
            let found = document.unexpected_capitals(block, LEAST).into_iter();
            found
                .filter(move |found| !begins_line(document, block, found.word))
                .map(move |found| (block, found))
        })
        .collect();
    if found.is_empty() {
        return;
    }
    let words = found.iter().map(|(block, found)| document.tokens_of(block)[found.word].hash);
    let uses = Uses::of(document, words);
    let telling = found.iter().filter(|(_, found)| found.surprise >= TELLING).count();
    let all = found.len();
    for (block, found) in found {
        let others = telling - usize::from(found.surprise >= TELLING);
        let Some(assessment) = report.assess(&observations(document, block, found, [others, all - 1], &uses))
        else {
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

/// Whether a word is the first of its line, where verse has a capital.
fn begins_line(document: &Document, block: &Block, word: usize) -> bool {
    let tokens = document.tokens_of(block);
    let gap = word.checked_sub(1).map(|before| tokens[before].span.hi()..tokens[word].span.lo());
    gap.and_then(|gap| document.text().get(gap)).is_some_and(|gap| gap.contains('\n'))
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

/// How seldom a word has a capital inside a sentence: the logarithm of the inverse share to the base 2, in thousandths.
fn seldom(share: u8) -> i32 {
    // Exact in whole numbers: halves are counted, and what is left of the last one rises evenly.
    let (mut rest, mut halves) = (u32::from(share) + 1, 0);
    while rest <= 128 {
        rest *= 2;
        halves += 1000;
    }
    halves + ((256 - rest) * 1000 / 128) as i32
}

/// What is known about a candidate.
fn observations(
    document: &Document,
    block: &Block,
    found: UnexpectedCapital,
    [others, all]: [usize; 2],
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
    let form = document.word_form(word);
    let usual = form.map(|form| form.usual.part());
    let behind = |place: Behind| is(found.behind == place);
    let is_usual = |part: PartOfSpeech| is(usual == Some(part));
    // A word that was never met with a capital may be rare, so that this says the more the more usual it is.
    let capital_share = form.and_then(|form| form.capital);
    let frequency = form.map_or(0, |form| i32::from(form.frequency) * 250);
    let tag = document.tag_of(block.tokens.start as usize + found.word).map(Tag::part);
    let is_tagged = |part: PartOfSpeech| is(tag == Some(part));
    let is_article =
        document.word_form(before).is_some_and(|form| form.usual.part() == PartOfSpeech::Determiner);
    let is_determined = is_article || document.is_listed(before, DETERMINERS);
    let is_definite = document.slice(before.span).eq_ignore_ascii_case(DEFINITE);
    // `(Eds.), Title`, `D, Results`, `Dear Anna, Are you`: a comma that does not go on with a sentence.
    let earlier = found.word.checked_sub(2).map(|at| tokens[at]);
    let is_odd_comma = found.behind == Behind::Comma
        && (found.word <= 4
            || earlier.is_some_and(|token| token.kind == TokenKind::Mark || is_capital(&token)));
    vec![
        ("surprise", found.surprise),
        ("odd-comma", is(is_odd_comma)),
        ("comma-candidates", if found.behind == Behind::Comma { (all as i32).min(12) * 250 } else { 0 }),
        ("candidates", (all as i32).min(12) * 250),
        ("tagged-name", is_tagged(PartOfSpeech::ProperNoun)),
        ("tagged-noun", is_tagged(PartOfSpeech::Noun)),
        ("tagged-verb", is_tagged(PartOfSpeech::Verb)),
        ("tagged-adjective", is_tagged(PartOfSpeech::Adjective)),
        ("behind-definite", is(is_definite)),
        ("behind-determiner", is(is_determined && !is_definite)),
        ("seldom-capital", capital_share.map_or(0, seldom)),
        ("capital-unmet", is(capital_share.is_none())),
        ("frequency", frequency),
        ("behind-comma", behind(Behind::Comma)),
        ("behind-semicolon", behind(Behind::Semicolon)),
        ("behind-quotation", behind(Behind::Quotation)),
        ("usual-noun", is_usual(PartOfSpeech::Noun)),
        ("usual-verb", is_usual(PartOfSpeech::Verb)),
        ("usual-adjective", is_usual(PartOfSpeech::Adjective)),
        ("usual-name", is_usual(PartOfSpeech::ProperNoun)),
        ("small-alone", is(small > 0 && capital <= 1)),
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
